//! How much of a difference each changed rule brings: the result of a decomposition, as a table and in words.

use super::{Comparison, columns};
use crate::base::{amount::Fen, lang::Lang};
use crate::measure::Run;
use crate::measure::cell::{Cell, Sheet};
use crate::measure::county::CountyYear;
use crate::measure::finding::money;
use crate::measure::town::TownYear;

/// Rules that change together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Their paths.
    pub rules: Vec<String>,
    /// One of them cannot be read without another.
    pub needs: bool,
    /// They were put together because there were too many.
    pub small: bool,
}

/// What each group of rules brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decomposition {
    /// The groups.
    pub groups: Vec<Group>,
    /// \[分\] For every group its part of every figure, in the order of [`figures`]; over the groups they add up to the difference.
    pub parts: Vec<Vec<Fen>>,
}

/// \[分\] The figures that are taken apart, of any run: retained funds and gap of every town of the comparison over its years, then
/// the net part of every county.
#[must_use]
pub fn figures(comparison: &Comparison<'_>, run: &Run) -> Vec<Fen> {
    let views = run.town_views();
    let of = |id: &str, figure: fn(&TownYear) -> Fen| -> Fen {
        let years = views.iter().filter(|v| v.id == id).flat_map(|v| &v.years);
        years.filter(|y| comparison.years.contains(&y.year)).map(figure).sum()
    };
    let net = |county: &str| run.years_of_county(county).iter().filter(|y| comparison.years.contains(&y.year)).map(CountyYear::of_towns).sum();
    let towns = comparison.towns.iter().flat_map(|t| [of(&t.after.id, |y| y.retained), of(&t.after.id, TownYear::gap)]);
    towns.chain(comparison.counties.iter().map(|c| net(&c.name))).collect()
}

impl Decomposition {
    /// \[分\] What a group brings over all towns: retained funds, gap; and over all counties: their net part.
    #[must_use]
    pub fn totals(&self, group: usize, comparison: &Comparison<'_>) -> [Fen; 3] {
        let parts = &self.parts[group];
        let towns = comparison.towns.len() * 2;
        let every_second = |from: usize| parts[..towns].iter().skip(from).step_by(2).sum();
        [every_second(0), every_second(1), parts[towns..].iter().sum()]
    }

    /// The table.
    #[must_use]
    pub fn table<'r>(&'r self, comparison: &'r Comparison<'r>) -> Sheet<'r> {
        let towns = comparison.towns.iter().flat_map(|t| [("town", t.after.id.as_str(), "retained"), ("town", t.after.id.as_str(), "gap")]);
        let keys: Vec<(&str, &str, &str)> = towns.chain(comparison.counties.iter().map(|c| ("county", c.name.as_str(), "county"))).collect();
        let rows = self.groups.iter().zip(&self.parts).enumerate().flat_map(move |(n, (group, parts))| {
            let cells = move |((level, id, measure), part): ((&'static str, &'r str, &'static str), Fen)| {
                let mut row = comparison.head();
                row.extend([Cell::Whole(i64::try_from(n + 1).unwrap_or(0)), Cell::key(group.rules.join("; ")), Cell::key(group.joined())]);
                row.extend([Cell::key(level), Cell::text(id), Cell::key(measure), Cell::Money(part), comparison.unit()]);
                row
            };
            keys.clone().into_iter().zip(parts.iter().copied()).map(cells).collect::<Vec<_>>()
        });
        Sheet::new("decomposition", columns::DECOMPOSITION, rows)
    }

    /// The change of retained funds (of the gap where they stay) and the rule that brings most of it, in a sentence.
    #[must_use]
    pub fn headline(&self, comparison: &Comparison<'_>, lang: Lang) -> String {
        let (before, after) = comparison.sum(|y| y.retained);
        let (gap_before, gap_after) = comparison.sum(TownYear::gap);
        let (figure, change, names) =
            if before == after { (1, gap_after - gap_before, ("项目缺口", "the project gap")) } else { (0, after - before, ("留存财力", "retained funds")) };
        let label = comparison.after.label();
        let part = |n: &usize| self.totals(*n, comparison)[figure];
        let most = (0..self.groups.len()).filter(|n| part(n).signum() == change.signum() && change != 0).max_by_key(|n| part(n).abs());
        let Some(most) = most else {
            return match lang {
                Lang::Zh => format!("方案 {label}：留存财力和项目缺口都不变"),
                Lang::En => format!("Variant {label}: neither retained funds nor the project gap change"),
            };
        };
        let (rule, brings, change) = (self.groups[most].named(comparison, lang), signed(part(&most), lang), signed(change, lang));
        match lang {
            Lang::Zh => format!("方案 {label}：{} {change}，主要来自{rule}（{brings}）", names.0),
            Lang::En => format!("Variant {label}: {} {change}, mostly from {rule} ({brings})", names.1),
        }
    }

    /// A line a group, and why rules stand together.
    #[must_use]
    pub fn lines(&self, comparison: &Comparison<'_>, lang: Lang) -> Vec<String> {
        let mut lines: Vec<String> = self.groups.iter().enumerate().map(|(n, group)| self.line(n, group, comparison, lang)).collect();
        let any = |of: fn(&Group) -> bool| self.groups.iter().any(of);
        if any(|g| g.needs) {
            lines.push(
                match lang {
                    Lang::Zh => "有的规则缺一不可，合为一组（decomposition.csv 的 joined 列为 needs）",
                    Lang::En => "some rules cannot be read one without the other and stand as one group (needs, in decomposition.csv)",
                }
                .to_owned(),
            );
        }
        if any(|g| g.small) {
            lines.push(
                match lang {
                    Lang::Zh => "改动的规则多于 8 组，影响最小的几组已合并（joined 列为 small）",
                    Lang::En => "more than 8 groups of rules change; the smallest were merged (small, in decomposition.csv)",
                }
                .to_owned(),
            );
        }
        lines
    }

    fn line(&self, n: usize, group: &Group, comparison: &Comparison<'_>, lang: Lang) -> String {
        let [retained, gap, county] = self.totals(n, comparison).map(|fen| signed(fen, lang));
        let rules = group.named(comparison, lang);
        match lang {
            Lang::Zh => format!("{rules}：留存财力 {retained}，缺口 {gap}，县得 {county}"),
            Lang::En => format!("{rules}: retained funds {retained}, gap {gap}, county {county}"),
        }
    }
}

/// Money with its sign, also where it is more.
#[must_use]
pub fn signed(fen: Fen, lang: Lang) -> String {
    let plus = if fen > 0 { "+" } else { "" };
    format!("{plus}{}", money(fen, lang))
}

impl Group {
    /// Why its rules stand together: the key in tables.
    #[must_use]
    pub fn joined(&self) -> String {
        let why = [("needs", self.needs), ("small", self.small)];
        why.into_iter().filter(|(_, holds)| *holds).map(|(key, _)| key).collect::<Vec<_>>().join("+")
    }

    /// The first rules, and how many more.
    #[must_use]
    pub fn named(&self, comparison: &Comparison<'_>, lang: Lang) -> String {
        const FEW: usize = 3;
        let named = |rule: &String| [comparison.after, comparison.before].iter().find_map(|run| name_of(rule, run)).map_or(rule.clone(), |name| format!("{name} {rule}"));
        let first = self.rules.iter().take(FEW).map(named).collect::<Vec<_>>().join(" + ");
        match (self.rules.len().checked_sub(FEW).filter(|more| *more > 0), lang) {
            (None, _) => first,
            (Some(_), Lang::Zh) => format!("{first} 等 {} 条", self.rules.len()),
            (Some(more), Lang::En) => format!("{first} and {more} more"),
        }
    }
}

/// How the scenario calls a rule; parts of an agreement are called by it.
fn name_of<'r>(rule: &str, run: &'r Run) -> Option<&'r str> {
    let mut path = rule.split('.');
    let (kind, id) = (path.next()?, path.next()?);
    let s = &run.scenario;
    match kind {
        "agreement" => s.agreements.iter().find(|x| x.id == id).map(|x| x.name.as_str()),
        "transfer" => s.transfers.iter().find(|x| x.id == id).map(|x| x.name.as_str()),
        "source" => s.sources.iter().find(|x| x.id == id).map(|x| x.name.as_str()),
        "spending" => s.spending.iter().find(|x| x.id == id).map(|x| x.name.as_str()),
        "earmark" => s.earmarks.iter().find(|x| x.id == id).map(|x| x.name.as_str()),
        "count" => s.counts.iter().find(|x| x.id == id).map(|x| x.name.as_str()),
        _ => None,
    }
}
