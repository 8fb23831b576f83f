//! A scenario from an office's table of collections: the latest whole year is the base.

use std::collections::BTreeMap;

use super::draft::{Draft, Evidence, Fact, Revenue, TableText};
use super::questions::{DERIVED, REVENUE};
use super::read::assumed_agreement;
use super::toml::pick;
use crate::base::amount::{Fen, MoneyUnit};
use crate::base::lang::Lang;
use crate::base::place::Place;
use crate::diag::{Code, Problem, Problems};
use crate::load::sheet::Sheet;
use crate::measure::backtest::Scope;
use crate::outturn::collected::{self, Collected, MONTHS};

/// Years a scenario looks ahead where nobody said how many.
const AHEAD: i32 = 10;

/// Reads the first sheet that is such a table; `None` when none is, or when it cannot be used, which was told.
pub fn from_collections(sheets: &[(String, Sheet)], scope: Option<Scope>, origin: &str, lang: Lang, problems: &mut Problems) -> Option<Draft> {
    let (_, sheet) = sheets.iter().find(|(_, sheet)| collected::is_one(sheet, &collected::national))?;
    let unit = sheet.unit.unwrap_or(MoneyUnit::WanYuan);
    let table = collected::read(sheet, scope, unit, &collected::national, problems);
    let whole = |year: i32| table.iter().filter(|(key, amount)| key.year == year && amount.months == MONTHS).count();
    let years: Vec<i32> = table.keys().map(|key| key.year).collect();
    let most = years.iter().map(|year| whole(*year)).max().unwrap_or(0);
    let base_year = years.iter().copied().filter(|year| whole(*year) > 0 && whole(*year) == most).max();
    let Some(base_year) = base_year else {
        if !problems.has_errors() {
            problems.push(Problem::new(Code::E788, &Place::File(sheet.file)));
        }
        return None;
    };
    let local = table.values().any(|amount| amount.scope == Scope::Local);
    let base: Collected = table.into_iter().filter(|(key, amount)| key.year == base_year && amount.months == MONTHS).collect();
    let (towns, revenue) = tables(&base, local, unit, lang, origin);
    let county = base.keys().map(|key| key.county.as_str()).find(|c| !c.is_empty()).unwrap_or(pick(lang, "未写县名", "county not named")).to_owned();
    let name = match lang {
        Lang::Zh => format!("{county}：按 {base_year} 年入库数"),
        Lang::En => format!("{county}: from the collections of {base_year}"),
    };
    let agreements = vec![assumed_agreement(base_year, lang)];
    let draft = Draft {
        origin: origin.to_owned(),
        name,
        county,
        base_year,
        last_year: base_year + AHEAD,
        unit,
        lang,
        local,
        rules: Vec::new(),
        revenue,
        upper: BTreeMap::new(),
        agreements,
        spending: Vec::new(),
        towns,
        projects: None,
        outturns: None,
    };
    (!problems.has_errors()).then_some(draft)
}

/// The table of towns and its revenue. Gross surcharges are left to the national rules, which levy them on the taxes.
fn tables(base: &Collected, local: bool, unit: MoneyUnit, lang: Lang, origin: &str) -> (TableText, Vec<Revenue>) {
    let has = |id: &str| base.keys().any(|key| key.source == id);
    let wanted = REVENUE.iter().filter(|(id, ..)| *id != "land_net").chain(DERIVED.iter().filter(|_| local));
    let kept: Vec<_> = wanted.filter(|(id, ..)| has(id) || !local).collect();
    let mut by_town: Vec<(&str, &str, BTreeMap<&str, Fen>)> = Vec::new();
    for (key, amount) in base {
        let at = by_town.iter().position(|(county, town, _)| (*county, *town) == (key.county.as_str(), key.town.as_str())).unwrap_or_else(|| {
            by_town.push((&key.county, &key.town, BTreeMap::new()));
            by_town.len() - 1
        });
        by_town[at].2.insert(&key.source, amount.to_date);
    }
    let mut headings = vec![pick(lang, "镇", "town").to_owned(), pick(lang, "县", "county").to_owned()];
    headings.extend(kept.iter().map(|(id, words, _)| pick(lang, words.zh, id).to_owned()));
    let row = |(county, town, amounts): &(&str, &str, BTreeMap<&str, Fen>)| {
        let own = kept.iter().map(|(id, ..)| unit.print(amounts.get(id).copied().unwrap_or(0)));
        [(*town).to_owned(), (*county).to_owned()].into_iter().chain(own).collect::<Vec<_>>()
    };
    let zero = pick(lang, "入库表没有，按 0", "not in the table, taken as 0");
    let missing = kept.iter().filter(|(id, ..)| by_town.iter().any(|(.., amounts)| !amounts.contains_key(id)));
    let assumed = missing.map(|(id, words, _)| (pick(lang, words.zh, id).to_owned(), zero.to_owned())).collect();
    let note = pick(lang, "入库表照录；原件未附，等级请核定", "copied from the table; the original is not attached: set the grade yourself");
    let evidence = Evidence { source: origin.to_owned(), grade: "D".to_owned(), note: note.to_owned() };
    let grows = pick(lang, "入库表没有，按不增长假定", "not in the table: assumed not to grow");
    let growth = || Fact { text: "0%".to_owned(), evidence: Evidence::assumed(grows) };
    let revenue = kept.iter().map(|(id, words, class)| Revenue { id: (*id).to_owned(), name: pick(lang, words.zh, words.en).to_owned(), class, growth: growth() }).collect();
    (TableText { headings, rows: by_town.iter().map(row).collect(), evidence, assumed }, revenue)
}
