//! Sources of every kind, and what the upper levels take of them.

use super::quantities::decimal;
use super::{Book, Maker, Source, list};

const TITLES: [&str; 8] = ["甲税", "乙税", "丙税", "丁税", "戊税", "己费", "庚费", "辛费"];

impl Maker {
    pub fn make_sources(&mut self) {
        let count = self.random.count(1, 5);
        for at in 0..count {
            let kind = match self.random.within(0, 9) {
                _ if at == 0 => "driven",
                0..=5 => "driven",
                6 | 7 => "series",
                _ => "derived",
            };
            self.one_source(at, kind);
        }
        if self.random.chance(50) {
            self.land();
        }
    }

    fn one_source(&mut self, at: usize, kind: &'static str) {
        let (id, title) = (format!("source{at}"), TITLES[at]);
        let book = self.book();
        let class = if at < 5 { "tax" } else { "nontax" };
        let class = if self.random.chance(25) { "nontax" } else { class };
        let start = self.base - 5;
        let written = match book {
            Book::Always(book) if self.random.chance(50) => format!("\"{book}\""),
            Book::Always(book) => format!("{{ {start} = \"{book}\" }}"),
            Book::Changing => {
                let change = self.random.year(self.first, self.last + 1);
                let (one, other) = if self.random.chance(50) { ("general", "fund") } else { ("fund", "general") };
                format!("{{ {start} = \"{one}\", {change} = \"{other}\" }}")
            }
        };
        self.line(format!("\n[source.{id}]\nname = \"{title}\"\nkind = \"{kind}\"\nclass = \"{class}\"\nbook = {written}"));
        let mut negative = match kind {
            "driven" => self.driven(at, title),
            "series" => self.series(),
            _ => self.derived(),
        };
        if self.random.chance(15) {
            negative = true;
            let refunds = self.amount(200);
            self.line(format!("refunds = {refunds}"));
            self.refunded.insert(id.clone());
        }
        self.partner();
        self.sources.push(Source { id, kind, book, may_be_negative: negative });
    }

    pub(super) fn book(&mut self) -> Book {
        match self.random.within(0, 9) {
            0 => Book::Changing,
            1 | 2 => Book::Always("fund"),
            _ => Book::Always("general"),
        }
    }

    fn driven(&mut self, at: usize, title: &str) -> bool {
        let mut negative = false;
        if self.random.chance(25) {
            let mut fen = self.fen(300);
            if self.random.chance(10) {
                fen = -fen;
                negative = true;
            }
            let base = self.money_text(fen);
            self.line(format!("base = {base}"));
        } else {
            let cells = (0..self.towns.len()).map(|_| self.fen(300)).collect::<Vec<_>>();
            let cells = cells.into_iter().map(|fen| self.cell(fen)).collect();
            self.columns.push((title.to_owned(), cells));
        }
        if self.random.chance(90) {
            let growth = self.growth();
            self.line(&growth);
            if growth.starts_with("grows_with") && self.random.chance(50) {
                let elasticity = ["0.8", "1.1", "120%", "1.25"];
                let elasticity = *self.random.pick(&elasticity);
                self.line(format!("elasticity = \"{elasticity}\""));
            }
        }
        if self.random.chance(20) {
            let own = self.own_growth();
            self.line(format!("own_growth = {own}"));
        }
        // It may end and go on as a source written before it.
        let targets: Vec<String> = self.sources.iter().filter(|s| s.kind == "driven").map(|s| s.id.clone()).collect();
        if at > 0 && self.random.chance(30) {
            let day = self.last_day();
            self.line(format!("until = {day}"));
            self.ended.insert(format!("source{at}"));
            if !targets.is_empty() && self.random.chance(80) {
                let target = self.random.pick(&targets).clone();
                negative |= self.sources.iter().any(|s| s.id == target && s.may_be_negative);
                self.line(format!("becomes = \"{target}\""));
                self.ended.insert(target);
                if self.random.chance(70) {
                    let at = self.share(100);
                    self.line(format!("becomes_at = \"{at}\""));
                }
            }
        }
        negative
    }

    fn own_growth(&mut self) -> String {
        match self.random.within(0, 2) {
            0 => format!("\"{}\"", self.rate()),
            1 => {
                let (early, late) = (self.rate(), self.rate());
                format!("{{ {} = \"{early}\", {} = \"{late}\" }}", self.base, self.first + 1)
            }
            _ => {
                let cells = (0..self.towns.len()).map(|_| self.rate()).collect();
                self.column(cells)
            }
        }
    }

    /// Mostly the end of a month.
    fn last_day(&mut self) -> String {
        let year = self.random.year(self.first - 1, self.last + 1);
        let month = self.random.count(1, 12);
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let ends = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let day = if self.random.chance(85) { ends[month - 1] } else { self.random.within(1, 27) };
        format!("{year}-{month:02}-{day:02}")
    }

    fn series(&mut self) -> bool {
        let start = self.random.year(self.base, self.first);
        let end = self.random.year(self.first, self.last);
        let mut negative = false;
        let mut amounts = Vec::new();
        for year in start..=end {
            let amount = match self.random.within(0, 9) {
                0 | 1 => self.money_column(200),
                2 => {
                    negative = true;
                    format!("\"{}元\"", decimal(-self.fen(20), 100))
                }
                _ => self.money(200),
            };
            amounts.push(format!("{year} = {amount}"));
        }
        self.line(format!("amount = {{ {} }}", amounts.join(", ")));
        if self.random.chance(70) {
            let growth = self.growth();
            self.line(growth);
        }
        negative
    }

    fn derived(&mut self) -> bool {
        let ids: Vec<String> = self.sources.iter().map(|s| s.id.clone()).collect();
        let on = self.random.some(&ids);
        self.rested_on.extend(on.iter().cloned());
        let rate = self.dated_share(10);
        self.line(format!("rate = {rate}\non = {}", list(&on)));
        self.sources.iter().any(|s| s.may_be_negative && on.contains(&s.id))
    }

    /// Central, province, city: some of them, of gross or of what is left. At least a fifth stays with county and town.
    pub fn uppers(&mut self) {
        for (level, gross, remainder) in [("central", 50, 50), ("province", 15, 40), ("city", 5, 10)] {
            if self.random.chance(25) {
                continue;
            }
            let of_gross = self.random.chance(50);
            let word = |of_gross: bool| if of_gross { "gross" } else { "remainder" };
            self.line(format!("\n[upper.{level}]\nof = \"{}\"", word(of_gross)));
            let most = |of_gross: bool| if of_gross { gross } else { remainder };
            let other = self.dated_share(most(of_gross));
            self.line(format!("other = {other}"));
            let ids: Vec<String> = self.sources.iter().filter(|s| s.kind != "land").map(|s| s.id.clone()).collect();
            for id in ids {
                match self.random.within(0, 9) {
                    0..=4 => {
                        let share = self.dated_share(most(of_gross));
                        self.line(format!("{id} = {share}"));
                    }
                    5 => {
                        let own = self.random.chance(50);
                        let share = self.share(most(own));
                        self.line(format!("{id} = {{ value = \"{share}\", of = \"{}\" }}", word(own)));
                    }
                    _ => {}
                }
            }
        }
    }
}
