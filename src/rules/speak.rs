//! Saying a rule aloud: numbers with their units, dates, names, and where each number comes from, in Chinese or English.
//!
//! A form's sentence stands beside the form; what all sentences share stands here. Whatever number a sentence says is
//! remembered, so that [`Speak::cited`] can name the sources of exactly what was said.

mod names;
mod value;

use std::cell::RefCell;

use super::count::{Counted, Per};
use super::param::{Grade, LeafId, Leaves, Provenance};
use crate::base::{
    amount::{Fen, MoneyUnit},
    decimal::Decimal,
    lang::Lang,
    ratio::Ratio,
    when::{Day, Year},
};

/// What rules refer to by key or by order, so that sentences can call it by its name.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Towns, in file order.
    pub towns: Vec<String>,
    /// Sources: key and name, in file order.
    pub sources: Vec<(String, String)>,
    /// Earmarks: key and name.
    pub earmarks: Vec<(String, String)>,
    /// Counts: key and name.
    pub counts: Vec<(String, String)>,
    /// Counties.
    pub counties: Vec<String>,
    /// Names of the drivers, in file order.
    pub drivers: Vec<String>,
}

/// One language, one scenario's units and names, and the list of values said since the last citation.
#[derive(Debug)]
pub struct Speak<'a> {
    /// The language.
    pub lang: Lang,
    /// First and last year spoken of.
    pub years: (Year, Year),
    unit: MoneyUnit,
    leaves: &'a Leaves,
    known: Known,
    said: RefCell<Vec<LeafId>>,
}

impl<'a> Speak<'a> {
    /// Ready to speak of a scenario.
    #[must_use]
    pub fn new(lang: Lang, unit: MoneyUnit, years: (Year, Year), leaves: &'a Leaves, known: Known) -> Self {
        Self { lang, years, unit, leaves, known, said: RefCell::default() }
    }

    /// One of two texts.
    #[must_use]
    pub fn pick(&self, zh: impl Into<String>, en: impl Into<String>) -> String {
        match self.lang {
            Lang::Zh => zh.into(),
            Lang::En => en.into(),
        }
    }

    /// Money: `3,900万元` in the scenario's unit; `39.00 million yuan`, below a million `65,000 yuan`.
    #[must_use]
    pub fn money(&self, fen: Fen) -> String {
        const MILLION_YUAN: u64 = 100_000_000;
        const WAN_YUAN: u64 = 1_000_000;
        match self.lang {
            // 0.0014万元 is nobody's way of saying 14元.
            Lang::Zh if fen.unsigned_abs() < WAN_YUAN => format!("{}元", grouped(&MoneyUnit::Yuan.print(fen))),
            Lang::Zh => format!("{}{}", grouped(&self.unit.print(fen)), self.unit.symbol()),
            Lang::En if fen.unsigned_abs() < MILLION_YUAN => format!("{} yuan", grouped(&MoneyUnit::Yuan.print(fen))),
            Lang::En => format!("{} million yuan", two_places(&grouped(&Decimal::new(i128::from(fen), 8).to_string()))),
        }
    }

    /// A share or rate: `62.5%`.
    #[must_use]
    pub fn share(&self, millionths: i64) -> String {
        Ratio(millionths).to_string()
    }

    /// A plain number of millionths: `2`, `130`.
    #[must_use]
    pub fn number(&self, millionths: i64) -> String {
        grouped(&Decimal::new(i128::from(millionths), 6).to_string())
    }

    /// An area of 0.01 亩: `210亩`, `210 mu`.
    #[must_use]
    pub fn area(&self, centi_mu: i64) -> String {
        let number = grouped(&Decimal::new(i128::from(centi_mu), 2).to_string());
        self.pick(format!("{number}亩"), format!("{number} mu"))
    }

    /// A day: `2016年5月1日`, `1 May 2016`; the first of January is its year.
    #[must_use]
    pub fn day(&self, day: Day) -> String {
        const MONTHS: [&str; 12] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
        let Day { year, month, day: of_month } = day;
        if day == Day::first_of(year) {
            return self.year(year);
        }
        let english = MONTHS.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or_default();
        self.pick(format!("{year}年{month}月{of_month}日"), format!("{of_month} {english} {year}"))
    }

    /// A year: `2016年`, `2016`.
    #[must_use]
    pub fn year(&self, year: Year) -> String {
        self.pick(format!("{year}年"), year.to_string())
    }

    /// A list: `甲、乙`, `a, b and c`.
    #[must_use]
    pub fn list<S: AsRef<str>>(&self, items: &[S]) -> String {
        let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
        match (self.lang, &items[..]) {
            (Lang::Zh, all) => all.join("、"),
            (Lang::En, [before @ .., last]) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
            (Lang::En, all) => all.concat(),
        }
    }

    /// Clauses of one sentence.
    #[must_use]
    pub fn clauses<S: AsRef<str>>(&self, clauses: &[S]) -> String {
        let said: Vec<&str> = clauses.iter().map(AsRef::as_ref).filter(|c| !c.is_empty()).collect();
        said.join(&self.pick("；", "; "))
    }

    /// A name in the language spoken, where it is one of the usual ones; else as it was written.
    #[must_use]
    pub fn called(&self, name: &str) -> String {
        let english = (self.lang == Lang::En).then(|| names::english(name)).flatten();
        english.unwrap_or(name).to_owned()
    }

    /// A column of the town table as people call it.
    #[must_use]
    pub fn column(&self, heading: &str) -> String {
        let known = names::column(heading).map(|(zh, en)| self.pick(zh, en));
        known.unwrap_or_else(|| self.called(heading))
    }

    /// What a rule counts by, and how many that is in the towns concerned: `编制共130`; `按编制计` where no towns are asked.
    #[must_use]
    pub fn counted(&self, per: &Per, towns: &[bool]) -> String {
        match &per.what {
            Counted::Column(_) if towns.is_empty() => {
                let column = self.column(&per.name);
                self.pick(format!("按{column}计"), format!("by {column}"))
            }
            Counted::Column(by_town) => {
                let count: i64 = by_town.iter().zip(towns).filter(|(_, has)| **has).map(|(count, _)| *count).sum();
                let (count, column) = (self.number(count), self.column(&per.name));
                self.pick(format!("{column}共{count}"), format!("{count} {column}"))
            }
            Counted::Count(_) => {
                let name = self.known.counts.iter().find(|(id, _)| *id == per.name).map_or(per.name.as_str(), |(_, name)| name);
                self.pick(format!("按{}计", self.called(name)), format!("by {}", self.called(name)))
            }
        }
    }

    /// The name of a source by its order.
    #[must_use]
    pub fn source(&self, order: usize) -> String {
        self.known.sources.get(order).map_or_else(String::new, |(_, name)| self.called(name))
    }

    /// The name of a source by its key.
    #[must_use]
    pub fn source_of_key(&self, key: &str) -> String {
        self.known.sources.iter().find(|(id, _)| id == key).map_or_else(|| key.to_owned(), |(_, name)| self.called(name))
    }

    /// The name of an earmark by its key.
    #[must_use]
    pub fn earmark(&self, key: &str) -> String {
        self.known.earmarks.iter().find(|(id, _)| id == key).map_or_else(|| key.to_owned(), |(_, name)| self.called(name))
    }

    /// Remembers that a value was said.
    pub fn cite(&self, leaf: LeafId) {
        self.said.borrow_mut().push(leaf);
    }

    /// Remembers the value at a path, where only its meaning was kept (a growth became a factor).
    pub fn cite_path(&self, path: &str) {
        if let Some((id, _)) = self.leaves.iter().find(|(_, leaf)| leaf.path == path) {
            self.cite(id);
        }
    }

    /// Source and grade of every value said since the last call, in brackets; nothing when none was.
    #[must_use]
    pub fn cited(&self) -> String {
        let said = std::mem::take(&mut *self.said.borrow_mut());
        self.sources(said.iter().map(|leaf| &self.leaves.get(*leaf).provenance))
    }

    /// Sources and grades in brackets, each document once with all its grades.
    #[must_use]
    pub fn sources<'p>(&self, provenances: impl IntoIterator<Item = &'p Provenance>) -> String {
        let mut sources: Vec<(String, Vec<String>)> = Vec::new();
        for provenance in provenances {
            let (source, grade) = (self.document(provenance), self.grade(provenance));
            match sources.iter_mut().find(|(known, _)| *known == source) {
                Some((_, grades)) if grades.contains(&grade) => {}
                Some((_, grades)) => grades.push(grade),
                None => sources.push((source, vec![grade])),
            }
        }
        let said: Vec<String> = sources.iter().map(|(source, grades)| format!("{source}{}{}", self.pick("，", ", "), self.list(grades))).collect();
        self.in_brackets(&said)
    }

    /// Sources in brackets; nothing when there is none.
    fn in_brackets(&self, sources: &[String]) -> String {
        if sources.is_empty() {
            return String::new();
        }
        let all = sources.join(&self.pick("；", "; "));
        self.pick(format!("（{all}）"), format!(" ({all})"))
    }

    /// The document, or that there is none.
    fn document(&self, provenance: &Provenance) -> String {
        // Entries are set apart by 「；」, so within one the documents are joined more closely.
        let source = provenance.source.as_ref().map(|s| s.replace('；', &self.pick("、", ", ")));
        source.unwrap_or_else(|| match provenance.grade {
            Some(Grade::D) => self.pick("假定", "assumption"),
            _ => self.pick("未写出处", "source not stated"),
        })
    }

    /// The grade; what nobody graded counts as an assumption.
    fn grade(&self, provenance: &Provenance) -> String {
        let letter = provenance.weight().letter();
        match provenance.grade {
            Some(_) => self.pick(format!("{letter}级"), format!("grade {letter}")),
            None => self.pick(format!("未定级按{letter}级"), format!("not graded, counted as {letter}")),
        }
    }
}

/// A number with thousands separators.
#[must_use]
pub fn grouped(number: &str) -> String {
    let (sign, body) = number.strip_prefix('-').map_or(("", number), |body| ("-", body));
    let (whole, part) = body.split_once('.').map_or((body, String::new()), |(whole, part)| (whole, format!(".{part}")));
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    format!("{sign}{text}{part}")
}

/// At least two decimals, and no digit lost.
fn two_places(number: &str) -> String {
    let places = number.split_once('.').map_or(0, |(_, part)| part.len());
    let point = if places == 0 { "." } else { "" };
    format!("{number}{point}{}", "0".repeat(2_usize.saturating_sub(places)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_said_in_the_units_of_each_language() {
        let leaves = Leaves::default();
        let said = |lang, fen| Speak::new(lang, MoneyUnit::WanYuan, (2012, 2030), &leaves, Known::default()).money(fen);
        // 3,900万元 = 39 million yuan = 3,900,000,000 fen.
        assert_eq!(said(Lang::Zh, 3_900_000_000), "3,900万元");
        assert_eq!(said(Lang::En, 3_900_000_000), "39.00 million yuan");
        assert_eq!(said(Lang::Zh, 6_500_000), "6.5万元");
        assert_eq!(said(Lang::En, 6_500_000), "65,000 yuan");
        assert_eq!(said(Lang::En, 123_456_789), "1.23456789 million yuan");
        assert_eq!(said(Lang::En, -250_000_000_000), "-2,500.00 million yuan");
    }

    #[test]
    fn lists_and_days_are_said_as_people_say_them() {
        let leaves = Leaves::default();
        let speak = |lang| Speak::new(lang, MoneyUnit::WanYuan, (2012, 2030), &leaves, Known::default());
        assert_eq!(speak(Lang::En).list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(speak(Lang::En).list(&["a"]), "a");
        assert_eq!(speak(Lang::Zh).list(&["甲", "乙"]), "甲、乙");
        let may = Day { year: 2016, month: 5, day: 1 };
        assert_eq!((speak(Lang::Zh).day(may), speak(Lang::En).day(may)), ("2016年5月1日".to_owned(), "1 May 2016".to_owned()));
    }
}
