//! What is said beside a formula, and where a figure ends: in a value somebody wrote, a row, a rule.

use super::node::{Kind, Whose};
use super::words::Teller;
use super::{Key, Node, Note, Origin};
use crate::rules::field::Quantity;
use crate::rules::param::Leaf;

impl Teller<'_, '_> {
    /// What is said beside a formula.
    #[must_use]
    pub fn note(&self, note: &Note) -> String {
        let money = |value: f64| self.value(Kind::Money, value);
        match note {
            Note::Pool { sum, towns, low, high, others } => {
                let named: Vec<String> = others.iter().map(|(place, share)| format!("{} {}", self.who(Whose::Town(*place)), self.bare(Kind::Money, *share))).collect();
                let high = high.map_or_else(|| self.pick("不封顶", "no upper limit"), |high| self.pick(format!("上限 {}", money(high)), format!("at most {}", money(high))));
                let rest = if named.is_empty() {
                    String::new()
                } else {
                    self.pick(format!("；其他镇分得最多的：{}", named.join("、")), format!("; the largest other shares: {}", named.join(", ")))
                };
                self.pick(
                    format!("盘子 {}，{towns}个镇分；本镇下限 {}，{high}{rest}", money(*sum), money(*low)),
                    format!("{} shared by {towns} towns; here at least {}, {high}{rest}", money(*sum), money(*low)),
                )
            }
            Note::Rank { rank, of, best } => self.pick(format!("{of}个镇竞争，取前{best}名，本镇第{rank}名"), format!("rank {rank} of {of}, the best {best} win")),
            Note::Meaning(words) => words.get(self.lang).to_owned(),
            Note::Order => {
                self.pick("付款次序：先专项，再配套补助，再基金，后一般公共预算", "paid in this order: earmarked money, matching grants, the fund book, the general book")
            }
        }
    }

    /// Where a figure ends.
    #[must_use]
    pub fn origin(&self, origin: &Origin, node: &Node) -> String {
        let files = &self.explainer.run.scenario.files;
        let at = |place| match files.line_of(place) {
            ("", _) => String::new(),
            (file, 0) => format!("  {file}"),
            (file, line) => format!("  {file}:{line}"),
        };
        match origin {
            Origin::Written(leaf) => {
                let leaf = self.explainer.leaf(*leaf);
                let sources = self.names.sources(&leaf.provenance);
                format!("{}  {}{}{}", self.written(leaf, node), leaf.path, sources, at(&leaf.place))
            }
            Origin::Row(place) => self.pick(format!("  表中一行{}", at(place)), format!("  a row of a table{}", at(place))),
            Origin::Rule(path, place) => self.pick(format!("  由规则 {path} 定{}", at(place)), format!("  set by the rule {path}{}", at(place))),
            Origin::Program => self.pick("  程序的常数", "  a constant of the program"),
        }
    }

    /// The growth written beside a value.
    fn growth(&self, leaf: &Leaf) -> String {
        let path = format!("{}.grows_by", leaf.path);
        let growth = self.explainer.run.scenario.leaves.iter().find(|(_, leaf)| leaf.path == path).map(|(_, leaf)| leaf);
        growth.map_or(String::new(), |growth| self.pick(format!("、每年增长“{}”", growth.text), format!(" and growth of “{}” a year", growth.text)))
    }

    /// What was written, where the year's number is not just that.
    fn written(&self, leaf: &Leaf, node: &Node) -> String {
        let from = leaf.from.map_or(String::new(), |day| self.pick(format!("（{}起）", self.names.day(day)), format!(" (from {})", self.names.day(day))));
        let same = !matches!(node.core, Key::Table(..)) || as_used(leaf, node.kind) == Some(node.value) || (as_used(leaf, node.kind).unwrap_or(f64::NAN) - node.value).abs() < 1e-9;
        match (same, from.is_empty()) {
            (true, true) => String::new(),
            (true, false) => from,
            (false, _) => {
                let growth = self.growth(leaf);
                self.pick(format!("，由所写“{}”{from}{growth}算得", leaf.text), format!(", from “{}”{from} as written{growth}", leaf.text))
            }
        }
    }
}

/// A written value as the tables of a plan hold it.
#[expect(clippy::cast_precision_loss, reason = "amounts stay below 10^15")]
fn as_used(leaf: &Leaf, kind: Kind) -> Option<f64> {
    let value = leaf.value as f64;
    Some(match leaf.quantity {
        Quantity::Share | Quantity::Rate | Quantity::Number if kind == Kind::Millionths => value,
        Quantity::Share | Quantity::Rate | Quantity::Number => value / 1e6,
        Quantity::Word(_) => return None,
        _ => value,
    })
}
