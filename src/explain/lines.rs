//! A tree as lines of text, drawn with ├ └ │.

use super::against::Pair;
use super::node::Kind;
use super::tree::Tree;
use super::words::Teller;
use super::{Explainer, Key, Node};
use crate::base::lang::Lang;

/// The sentence of a figure: what it is, what it comes to, how.
fn sentence(teller: &Teller<'_, '_>, node: &Node, is_seen: bool) -> String {
    let formula = teller.formula(node).filter(|_| !is_seen).map_or(String::new(), |formula| format!(" = {formula}"));
    let origin = node.origin.as_ref().map_or(String::new(), |origin| teller.origin(origin, node));
    format!("{} {}{formula}{origin}", teller.label(node.key), teller.value(node.kind, node.value))
}

/// Town and year, then the tree.
#[must_use]
pub fn tree(teller: &Teller<'_, '_>, of: &Tree, depth: usize) -> Vec<String> {
    let mut lines = body(teller, of);
    lines.extend(foot(teller, is_cut(of), depth));
    lines
}

/// The tree without what is said below it.
#[must_use]
pub fn body(teller: &Teller<'_, '_>, tree: &Tree) -> Vec<String> {
    let mut lines = vec![format!("{}{}", about(teller, tree.node.key), sentence(teller, &tree.node, false))];
    below(teller, tree, "", &mut lines);
    lines
}

/// What is said below trees: that they go on, how money is shown.
#[must_use]
pub fn foot(teller: &Teller<'_, '_>, goes_on: bool, depth: usize) -> Vec<String> {
    let mut lines = Vec::new();
    if goes_on {
        lines.push(String::new());
        lines.push(teller.pick(format!("“…”处还有：加 --depth {} 再往下看", depth + 2), format!("“…” goes on: see more with --depth {}", depth + 2)));
    }
    if !teller.exact && teller.lang == Lang::Zh && teller.explainer.run.scenario.unit.places() > 2 {
        lines.push(teller.pick("金额显示两位小数，计算到分；加 --exact 显示到分", ""));
    }
    lines
}

fn about(teller: &Teller<'_, '_>, key: Key) -> String {
    let who = teller.who(teller.explainer.whose(key));
    let year = teller.explainer.year_of(key).map(|year| teller.explainer.run.year(year));
    let year = year.map_or(String::new(), |year| teller.pick(format!(" {year}年"), format!(", {year}")));
    match (who.is_empty(), year.is_empty()) {
        (true, true) => String::new(),
        _ => teller.pick(format!("{} ", format!("{who}{year}").trim_start()), format!("{}: ", format!("{who}{year}").trim_start_matches(", "))),
    }
}

/// Whether a tree goes on below what is told of it.
#[must_use]
pub fn is_cut(tree: &Tree) -> bool {
    tree.cut || tree.children.iter().any(is_cut)
}

fn below(teller: &Teller<'_, '_>, tree: &Tree, margin: &str, lines: &mut Vec<String>) {
    let mut branches: Vec<(String, Option<&Tree>)> = Vec::new();
    branches.extend(tree.node.note.as_ref().filter(|_| !tree.seen && !tree.cut).map(|note| (teller.note(note), None)));
    for child in &tree.children {
        let more = match (child.seen, child.cut) {
            (true, _) => teller.pick("（见上）", " (see above)"),
            (_, true) => " …".to_owned(),
            _ => String::new(),
        };
        branches.push((format!("{}{more}", sentence(teller, &child.node, child.seen)), Some(child)));
    }
    if let Some((count, sum)) = tree.rest {
        let sum = teller.value(tree.children.first().map_or(Kind::Money, |c| c.node.kind), sum);
        branches.push((teller.pick(format!("较小的{count}项合计 {sum}（加 --all 逐项列出）"), format!("{count} smaller ones, together {sum} (--all lists them)")), None));
    }
    if tree.zeros > 0 {
        branches.push((teller.pick(format!("其余{}项为0", tree.zeros), format!("{} more are 0", tree.zeros)), None));
    }
    draw(branches, margin, lines, |child, margin, lines| below(teller, child, margin, lines));
}

fn draw<T>(branches: Vec<(String, Option<&T>)>, margin: &str, lines: &mut Vec<String>, mut deeper: impl FnMut(&T, &str, &mut Vec<String>)) {
    let count = branches.len();
    for (n, (text, child)) in branches.into_iter().enumerate() {
        let (branch, stem) = if n + 1 == count { ("└ ", "  ") } else { ("├ ", "│ ") };
        lines.push(format!("{margin}{branch}{text}"));
        if let Some(child) = child {
            deeper(child, &format!("{margin}{stem}"), lines);
        }
    }
}

/// Both runs side by side, and the tree along what differs. The first teller tells of the run asked for.
#[must_use]
pub fn against(a: &Teller<'_, '_>, b: &Teller<'_, '_>, pair: &Pair, depth: usize) -> Vec<String> {
    let (ours, theirs) = (label(a.explainer), label(b.explainer));
    let head = pair.a.as_ref().map_or(String::new(), |node| about(a, node.key));
    let mut lines = vec![a.pick(format!("{head}{ours} 对 {theirs}"), format!("{head}{ours} against {theirs}")), both(a, b, pair)];
    apart(a, b, pair, "", &mut lines);
    if is_short(pair) {
        lines.push(String::new());
        lines.push(a.pick(format!("“…”处还有：加 --depth {} 再往下看", depth + 2), format!("“…” goes on: see more with --depth {}", depth + 2)));
    }
    lines
}

fn label<'x>(explainer: &'x Explainer<'_>) -> &'x str {
    explainer.run.label()
}

fn is_short(pair: &Pair) -> bool {
    pair.cut || pair.children.iter().any(is_short)
}

fn both(a: &Teller<'_, '_>, b: &Teller<'_, '_>, pair: &Pair) -> String {
    let (one, other) = (pair.a.as_ref(), pair.b.as_ref());
    // What only one of them has, and what ends there, is said in one line.
    for (teller, node, there) in [(a, one, other), (b, other, one)] {
        if let (Some(node), None, true) = (node, there, pair.is_end()) {
            let only = teller.pick(format!("只有 {} 有：", label(teller.explainer)), format!("only {} has: ", label(teller.explainer)));
            return only + &sentence(teller, node, false);
        }
    }
    let name = one.map_or_else(|| other.map_or(String::new(), |node| b.label(node.key)), |node| a.label(node.key));
    let said = |teller: &Teller<'_, '_>, node: Option<&Node>| node.map_or_else(|| teller.pick("没有这一项", "none"), |node| teller.value(node.kind, node.value));
    let kind = one.or(other).map_or(Kind::Money, |node| node.kind);
    let gap = pair.difference();
    let more = match kind {
        Kind::Money => {
            let amount = a.value(kind, gap.abs());
            if gap < 0.0 { a.pick(format!("，少 {amount}"), format!(", {amount} less")) } else { a.pick(format!("，多 {amount}"), format!(", {amount} more")) }
        }
        _ => String::new(),
    };
    format!("{name} {} ↔ {}{}", said(a, one), said(b, other), if gap == 0.0 || gap.is_nan() { a.pick("，相同", ", the same") } else { more })
}

fn apart(a: &Teller<'_, '_>, b: &Teller<'_, '_>, pair: &Pair, margin: &str, lines: &mut Vec<String>) {
    let mut branches: Vec<(String, Option<&Pair>)> = Vec::new();
    if pair.is_end() && pair.a.is_some() && pair.b.is_some() {
        // Where it ends, both rules are shown as they are.
        for (teller, node) in [(a, &pair.a), (b, &pair.b)] {
            branches.extend(node.as_ref().map(|node| (format!("{}{}{}", label(teller.explainer), teller.pick("：", ": "), sentence(teller, node, false)), None)));
        }
    }
    for child in &pair.children {
        let more = match (child.seen, child.cut) {
            (true, _) => a.pick("（见上）", " (see above)"),
            (_, true) => " …".to_owned(),
            _ => String::new(),
        };
        branches.push((format!("{}{more}", both(a, b, child)), Some(child)));
    }
    if pair.same > 0 && !pair.children.is_empty() {
        branches.push((a.pick(format!("其余{}项相同", pair.same), format!("{} more are the same", pair.same)), None));
    }
    draw(branches, margin, lines, |child, margin, lines| apart(a, b, child, margin, lines));
}
