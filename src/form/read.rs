//! A workbook to a [`Draft`]: our form, or an ordinary one whose headings are known.

use std::collections::BTreeMap;

use super::basics::Basics;
use super::cells::Filled;
use super::draft::{Agreement, Draft, Evidence, Fact, Line, Part, Revenue};
use super::layout::{FormSheet, Holds};
use super::questions::{DERIVED, REVENUE};
use super::toml::pick;
use crate::base::amount::MoneyUnit;
use crate::base::lang::{Lang, Words};
use crate::base::place::Place;
use crate::base::when::Year;
use crate::diag::{Code, Problem, Problems, nearest};
use crate::load::layout::Role;
use crate::load::sheet::Sheet;
use crate::measure::backtest::Scope;
use crate::outturn::collected;

/// Worksheets by name.
pub type Sheets = [(String, Sheet)];

pub(super) fn sheet<'s>(sheets: &'s Sheets, key: &str) -> Option<&'s Sheet> {
    let words = FormSheet::of(key).words;
    sheets.iter().find(|(name, _)| name == words.zh || name.eq_ignore_ascii_case(words.en)).map(|(_, sheet)| sheet)
}

/// Whether a workbook is our form.
#[must_use]
pub fn is_form(sheets: &Sheets) -> bool {
    sheet(sheets, "basics").is_some() && sheet(sheets, "towns").is_some()
}

/// What the reader of a form knows while it reads.
pub(super) struct Reader<'r> {
    pub(super) sheets: &'r Sheets,
    pub(super) basics: Basics,
    pub(super) lang: Lang,
    pub(super) problems: &'r mut Problems,
}

/// Reads the form; all mistakes are told, each with its cell.
pub fn from_form(sheets: &Sheets, origin: &str, lang: Lang, problems: &mut Problems) -> Option<Draft> {
    let basics = Basics::read(sheet(sheets, "basics")?, problems);
    // Without its basics the rest is read all the same, so that every mistake is told at once.
    let stand_in = Basics { name: String::new(), county: String::new(), base_year: 2020, last_year: 2030, unit: MoneyUnit::WanYuan, local: false, rules: Vec::new() };
    let mut reader = Reader { sheets, basics: basics.unwrap_or(stand_in), lang, problems };
    let (towns, mut revenue) = reader.towns(sheet(sheets, "towns")?);
    let names: Vec<String> = towns.rows.iter().map(|row| row[0].clone()).collect();
    reader.growth(&mut revenue);
    let upper = reader.upper(&revenue);
    let agreements = reader.agreements(&names, &revenue);
    let (spending, projects, outturns) = (reader.spending(), reader.projects(&names), reader.outturns());
    let Reader { basics, .. } = reader;
    let Basics { name, county, base_year, last_year, unit, local, rules } = basics;
    let draft = Draft {
        origin: origin.to_owned(),
        name,
        county,
        base_year,
        last_year,
        unit,
        lang,
        local,
        rules,
        revenue,
        upper,
        agreements,
        spending,
        towns,
        projects,
        outturns,
    };
    (!problems.has_errors()).then_some(draft)
}

/// Whether a workbook describes towns and their plans rather than collections: heads and posts beside the taxes, or projects.
#[must_use]
pub fn is_workbook(sheets: &Sheets) -> bool {
    let headings = |sheet: &Sheet| sheet.headings.iter().map(|h| h.text.clone()).collect::<Vec<_>>();
    let counts = |sheet: &Sheet| headings(sheet).iter().any(|h| ["population", "staff", "villages"].contains(&crate::check::canonical(h)));
    let of_towns = |sheet: &Sheet| Role::Towns.fits(&headings(sheet));
    sheets.iter().any(|(_, s)| of_towns(s)) && sheets.iter().any(|(_, s)| (of_towns(s) && counts(s)) || Role::Projects.fits(&headings(s)))
}

/// Reads an ordinary workbook: a sheet of towns with revenue by tax, and perhaps one of projects.
pub fn from_workbook(sheets: &Sheets, scope: Option<Scope>, origin: &str, lang: Lang, problems: &mut Problems) -> Option<Draft> {
    let headings = |sheet: &Sheet| sheet.headings.iter().map(|h| h.text.clone()).collect::<Vec<_>>();
    let Some((name, towns)) = sheets.iter().find(|(_, s)| Role::Towns.fits(&headings(s))) else {
        problems.push(Problem::new(Code::E785, &Place::Argument(format!("--from {origin}").into())).with_list("found", sheets.iter().map(|(name, _)| name)));
        return None;
    };
    let texts = || towns.above.iter().map(|c| c.text.as_str()).chain([name.as_str(), origin]);
    let Some(base_year) = texts().find_map(collected::words::year) else {
        problems.push(Problem::new(Code::E786, &Place::File(towns.file)));
        return None;
    };
    let county = towns.headings.iter().position(|h| crate::check::canonical(&h.text) == "county");
    let county = county.and_then(|at| towns.rows.first().map(|row| row[at].text.clone())).filter(|t| !t.is_empty());
    let said = collected::scope_of_title(towns).or(scope);
    if said.is_none() {
        problems.push(Problem::new(Code::E777, &Place::File(towns.file)));
    }
    let unit = towns.unit.unwrap_or(MoneyUnit::WanYuan);
    let local = said == Some(Scope::Local);
    let unnamed = if lang == Lang::Zh { "未写县名" } else { "county not named" };
    let county = county.unwrap_or_else(|| unnamed.to_owned());
    let basics = Basics { name: format!("{county} {base_year}"), county: county.clone(), base_year, last_year: base_year + 10, unit, local, rules: Vec::new() };
    let mut reader = Reader { sheets, basics, lang, problems };
    let (mut towns, mut revenue) = reader.towns(towns);
    if towns.evidence.source.is_empty() {
        towns.evidence = Evidence {
            source: format!("{origin}，{name}"), grade: "D".to_owned(), note: pick(lang, "表中没有写来源", "the workbook names no source").to_owned()
        };
    }
    let names: Vec<String> = towns.rows.iter().map(|row| row[0].clone()).collect();
    reader.growth(&mut revenue);
    let upper = reader.upper(&revenue);
    let projects = sheets.iter().find(|(_, s)| Role::Projects.fits(&headings(s))).and_then(|(_, s)| reader.project_table(s, &names));
    let agreements = vec![assumed_agreement(base_year, lang)];
    let Reader { basics, .. } = reader;
    let Basics { name, last_year, .. } = basics;
    let draft = Draft {
        origin: origin.to_owned(),
        name,
        county,
        base_year,
        last_year,
        unit,
        lang,
        local,
        rules: Vec::new(),
        revenue,
        upper,
        agreements,
        spending: Vec::new(),
        towns,
        projects,
        outturns: None,
    };
    (!problems.has_errors()).then_some(draft)
}

/// Where no agreement is known: everything stays in the town, so that the upper bound of what it could keep shows.
pub fn assumed_agreement(from: Year, lang: Lang) -> Agreement {
    let note = pick(lang, "表中没有体制，按全额留镇假定；请改成本地的办法", "no agreement was given: assumed that all stays in the town; put in your own");
    let name = pick(lang, "假定：全额留镇", "assumed: all stays in the town");
    let part = Part { of: "rest", form: "full", values: Vec::new(), evidence: Evidence::assumed(note) };
    Agreement { name: name.to_owned(), from, towns: Vec::new(), parts: vec![part] }
}

impl Reader<'_> {
    pub(super) fn filled<'s>(&self, sheet: &'s Sheet, key: &str) -> Filled<'s> {
        Filled::of(sheet, FormSheet::of(key), self.basics.unit)
    }

    pub(super) fn evidences(&mut self, filled: &Filled<'_>) -> Evidence {
        let all: Vec<Evidence> = filled.rows().map(|row| filled.evidence(row, self.problems)).collect();
        Evidence::joined(&all)
    }

    /// A revenue by its name in either language; an unknown one is told.
    fn revenue_of(&mut self, cell: &crate::load::sheet::Cell) -> Option<&'static str> {
        let all = || REVENUE.iter().chain(DERIVED);
        let found = all().find(|(id, words, _)| cell.text == words.zh || cell.text.eq_ignore_ascii_case(words.en) || cell.text == *id).map(|(id, ..)| *id);
        if found.is_none() {
            let names: Vec<&str> = all().map(|(_, words, _)| words.zh).collect();
            let near = nearest(&cell.text, names.iter().copied());
            self.problems
                .push(Problem::new(Code::E783, &cell.place).with_in("item", "收入", "revenue").with("text", &cell.text).with_list("known", names).with_some("nearest", near));
        }
        found
    }

    fn growth(&mut self, revenue: &mut [Revenue]) {
        let mut said: BTreeMap<&str, Fact> = BTreeMap::new();
        if let Some(sheet) = sheet(self.sheets, "growth") {
            let filled = self.filled(sheet, "growth");
            for row in filled.rows() {
                let Some(id) = filled.cell(row, "item").and_then(|c| self.revenue_of(c)) else { continue };
                let evidence = filled.evidence(row, self.problems);
                if let Some(text) = filled.share(row, "rate", self.problems) {
                    said.insert(id, Fact { text, evidence });
                }
            }
        }
        let note = pick(self.lang, "填报表没有填，按不增长假定", "not filled in: assumed not to grow");
        for revenue in revenue {
            revenue.growth = said.remove(revenue.id.as_str()).unwrap_or_else(|| Fact { text: "0%".to_owned(), evidence: Evidence::assumed(note) });
        }
    }

    fn upper(&mut self, revenue: &[Revenue]) -> BTreeMap<String, [Option<Fact>; 2]> {
        let mut upper = BTreeMap::new();
        let Some(sheet) = sheet(self.sheets, "upper").filter(|_| self.basics.rules.is_empty() && !self.basics.local) else { return upper };
        let filled = self.filled(sheet, "upper");
        for row in filled.rows() {
            let Some(id) = filled.cell(row, "item").and_then(|c| self.revenue_of(c)) else { continue };
            let evidence = filled.evidence(row, self.problems);
            let shares = ["province", "city"].map(|key| filled.share(row, key, self.problems).map(|text| Fact { text, evidence: evidence.clone() }));
            if shares.iter().any(Option::is_some) && revenue.iter().any(|r| r.id == id) {
                upper.insert(id.to_owned(), shares);
            }
        }
        upper
    }

    fn agreements(&mut self, towns: &[String], revenue: &[Revenue]) -> Vec<Agreement> {
        let Some(sheet) = sheet(self.sheets, "system") else {
            self.problems.push(Problem::new(Code::E785, &Place::Nowhere).with_list("found", self.sheets.iter().map(|(name, _)| name)));
            return Vec::new();
        };
        let filled = self.filled(sheet, "system");
        let mut all: Vec<Agreement> = Vec::new();
        let mut places: Vec<Place> = Vec::new();
        filled.required(self.problems);
        for row in filled.rows() {
            let (name, from) = (filled.text(row, "name"), filled.year(row, "from", self.problems).unwrap_or(self.basics.base_year));
            let asked = self.towns_of(&filled, row, towns);
            let Some(part) = self.part(&filled, row) else { continue };
            match all.iter_mut().find(|a| a.name == name) {
                Some(agreement) => agreement.parts.push(part),
                None => {
                    places.push(row[0].place.clone());
                    all.push(Agreement { name, from, towns: asked, parts: vec![part] });
                }
            }
        }
        if all.is_empty() && !self.problems.has_errors() {
            self.problems.push(Problem::new(Code::E782, &Place::File(sheet.file)).with_in("item", "体制", "agreement"));
        }
        for (agreement, place) in all.iter().zip(&places) {
            self.covered(agreement, place, revenue);
        }
        all
    }

    /// Every class of revenue in one part exactly.
    fn covered(&mut self, agreement: &Agreement, place: &Place, revenue: &[Revenue]) {
        for (class, words) in [("tax", Words::new("税收", "taxes")), ("nontax", Words::new("非税", "non-tax")), ("fund", Words::new("土地净收益", "net land income"))] {
            let named = agreement.parts.iter().filter(|p| p.of.split('+').any(|of| of == class)).count();
            let rest = agreement.parts.iter().filter(|p| p.of == "rest").count();
            // Surcharges are non-tax and are computed with the taxes.
            let there = revenue.iter().any(|r| r.class == class);
            if (there && named == 0 && rest == 0) || named > 1 || rest > 1 {
                let many = named > 1 || rest > 1;
                let (zh, en) = if many { ("写了不止一行", "stands in several rows") } else { ("没有写怎么分", "stands in no row") };
                let problem = Problem::new(Code::E787, place).with("name", &agreement.name).with_in("what", words.zh, words.en);
                self.problems.push(problem.with_in("how", zh, en));
            }
        }
    }

    fn towns_of(&mut self, filled: &Filled<'_>, row: &[crate::load::sheet::Cell], towns: &[String]) -> Vec<String> {
        let Some(cell) = filled.cell(row, "towns").filter(|c| !["全部", "all"].contains(&c.text.as_str())) else { return Vec::new() };
        let names: Vec<String> = cell.text.split(['、', '，', ',', ';', '；']).map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()).collect();
        for name in names.iter().filter(|n| !towns.contains(n)) {
            let near = nearest(name, towns.iter().map(String::as_str));
            self.problems.push(Problem::new(Code::E106, &cell.place).with("name", name).with_some("nearest", near));
        }
        names
    }

    fn part(&mut self, filled: &Filled<'_>, row: &[crate::load::sheet::Cell]) -> Option<Part> {
        let (of, form) = (filled.choice(row, "of", self.problems), filled.choice(row, "form", self.problems));
        let evidence = filled.evidence(row, self.problems);
        let (of, form) = (of?, form?);
        let needed: &[(&str, &'static str)] = match form {
            "ratio" => &[("share", "share")],
            "base_and_increment" => &[("base", "base"), ("share", "below_base"), ("above", "above_base")],
            "contract" => &[("base", "revenue_base"), ("spending", "spending_base"), ("share", "excess_share")],
            _ => &[],
        };
        let mut values = Vec::new();
        for (key, name) in needed {
            let column = FormSheet::of("system").column(key)?;
            let text = if matches!(column.holds, Holds::Money) { filled.money(row, key, self.problems) } else { filled.share(row, key, self.problems) };
            match text {
                Some(text) => values.push((*name, text)),
                None if filled.cell(row, key).is_some() => {}
                None => {
                    let place = filled.column(key).and_then(|at| row.get(at)).map_or_else(|| row[0].place.clone(), |c| c.place.clone());
                    self.problems.push(Problem::new(Code::E782, &place).with_in("item", column.words.zh, column.words.en));
                }
            }
        }
        Some(Part { of, form, values, evidence })
    }

    fn spending(&mut self) -> Vec<Line> {
        let Some(sheet) = sheet(self.sheets, "spending") else { return Vec::new() };
        let filled = self.filled(sheet, "spending");
        filled.required(self.problems);
        let note = pick(self.lang, "填报表没有填，按不增长假定", "not filled in: assumed not to grow");
        let mut lines = Vec::new();
        for row in filled.rows() {
            let (class, per, paid_by) = (filled.choice(row, "class", self.problems), filled.choice(row, "per", self.problems), filled.choice(row, "paid_by", self.problems));
            let (amount, rate, evidence) = (filled.money(row, "amount", self.problems), filled.share(row, "rate", self.problems), filled.evidence(row, self.problems));
            let growth = match rate {
                Some(text) => Fact { text, evidence: evidence.clone() },
                None => Fact { text: "0%".to_owned(), evidence: Evidence::assumed(note) },
            };
            if let (Some(class), Some(per), Some(paid_by), Some(amount)) = (class, per, paid_by, amount) {
                lines.push(Line { name: filled.text(row, "name"), class, per, amount, growth, paid_by, evidence });
            }
        }
        lines
    }
}
