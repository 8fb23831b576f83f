//! Written quantities: money in several units, percentages, dates within the year, growth, columns of the town table.

use super::Maker;

const YUAN: i64 = 100;
const WAN: i64 = 1_000_000;

/// Fen in a unit, as short as it goes.
pub fn decimal(fen: i64, unit: i64) -> String {
    let places = unit.ilog10() as usize;
    let sign = if fen < 0 { "-" } else { "" };
    let digits = format!("{sign}{}.{:0places$}", fen.abs() / unit, fen.abs() % unit);
    digits.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl Maker {
    /// Fen up to so many 万元: mostly whole hundreds of yuan, sometimes odd.
    pub fn fen(&mut self, most_wan: i64) -> i64 {
        match self.random.within(0, 9) {
            0 => 0,
            1 | 2 => self.random.within(1, most_wan * WAN),
            3 => self.random.within(1, 50),
            _ => self.random.within(1, most_wan * 100) * 10_000,
        }
    }

    /// Money as it stands in TOML.
    pub fn money_text(&mut self, fen: i64) -> String {
        match self.random.within(0, 3) {
            0 => format!("\"{}元\"", decimal(fen, YUAN)),
            1 if fen % WAN == 0 && self.wan => (fen / WAN).to_string(),
            _ => format!("\"{}万元\"", decimal(fen, WAN)),
        }
    }

    /// Money as it stands in the town table: bare, in the unit of the scenario.
    pub fn cell(&self, fen: i64) -> String {
        decimal(fen, if self.wan { WAN } else { YUAN })
    }

    pub fn money(&mut self, most_wan: i64) -> String {
        let fen = self.fen(most_wan);
        self.money_text(fen)
    }

    /// A new column of the town table with an amount a town, as a value.
    pub fn money_column(&mut self, most_wan: i64) -> String {
        let cells = (0..self.towns.len()).map(|_| self.fen(most_wan)).collect::<Vec<_>>();
        let cells = cells.into_iter().map(|fen| self.cell(fen)).collect();
        self.column(cells)
    }

    /// A new column of the town table, as a value.
    pub fn column(&mut self, cells: Vec<String>) -> String {
        let heading = format!("列{}", self.columns.len());
        self.columns.push((heading.clone(), cells));
        format!("{{ column = \"{heading}\" }}")
    }

    /// An amount: constant, by town, dated, growing.
    pub fn amount(&mut self, most_wan: i64) -> String {
        match self.random.within(0, 9) {
            0..=3 => self.money(most_wan),
            4 => self.money_column(most_wan),
            _ => {
                let value = |maker: &mut Self| if maker.random.chance(15) { maker.money_column(most_wan) } else { maker.money(most_wan) };
                self.dated(value, true)
            }
        }
    }

    /// An amount that is the same for the whole county.
    pub fn plain_amount(&mut self, most_wan: i64) -> String {
        if self.random.chance(30) { self.money(most_wan) } else { self.dated(|maker| maker.money(most_wan), true) }
    }

    /// `{ 2012 = …, 2014-03-01 = … }`, growing or not; the first date lies at or before the first year.
    fn dated(&mut self, mut value: impl FnMut(&mut Self) -> String, grows: bool) -> String {
        let mut parts = vec![format!("{} = {}", self.random.year(self.base, self.first), value(self))];
        for year in self.some_later_years() {
            let day = if self.random.chance(20) { format!("{year}-{:02}-01", self.random.within(2, 12)) } else { year.to_string() };
            parts.push(format!("{day} = {}", value(self)));
        }
        if grows && self.random.chance(60) {
            parts.push(self.growth());
        }
        format!("{{ {} }}", parts.join(", "))
    }

    /// Up to two years of the horizon after the first.
    pub fn some_later_years(&mut self) -> Vec<i32> {
        let mut years: Vec<i32> = (self.first + 1..=self.last).collect();
        self.random.shuffle(&mut years);
        years.truncate(self.random.count(0, 2));
        years.sort_unstable();
        years
    }

    /// `grows_by = …` or `grows_with = …`.
    pub fn growth(&mut self) -> String {
        if self.drivers.is_empty() || self.random.chance(60) { format!("grows_by = \"{}\"", self.rate()) } else { format!("grows_with = \"{}\"", self.random.pick(&self.drivers)) }
    }

    /// A yearly growth.
    pub fn rate(&mut self) -> String {
        match self.random.within(0, 5) {
            0 => "0%".to_owned(),
            1 => format!("-{}.{:02}%", self.random.within(0, 6), self.random.within(0, 99)),
            2 => format!("{}.{:04}%", self.random.within(0, 11), self.random.within(0, 9_999)),
            _ => format!("{}%", self.random.within(1, 12)),
        }
    }

    /// A share from 0 % to `most`: mostly round, sometimes with six decimals.
    pub fn share(&mut self, most: i64) -> String {
        match self.random.within(0, 9) {
            0 => "0%".to_owned(),
            1 => format!("{most}%"),
            2 | 3 => format!("{}.{:04}%", self.random.within(0, most - 1), self.random.within(0, 9_999)),
            4 => format!("{}.5%", self.random.within(0, most - 1)),
            5 => format!("\"0.{:06}\"", self.random.within(0, most * 10_000 - 1)).trim_matches('"').to_owned(),
            _ => format!("{}%", self.random.within(0, most)),
        }
    }

    /// A share that may change, also within a year, by months or by days.
    pub fn dated_share(&mut self, most: i64) -> String {
        if self.random.chance(50) {
            return format!("\"{}\"", self.share(most));
        }
        if self.random.chance(15) {
            let cells = (0..self.towns.len()).map(|_| self.share(most)).collect();
            return self.column(cells);
        }
        let mut parts = vec![format!("{} = \"{}\"", self.random.year(self.base - 5, self.base), self.share(most))];
        for year in self.some_later_years() {
            let day = self.day_of(year);
            parts.push(format!("{day} = \"{}\"", self.share(most)));
        }
        format!("{{ {} }}", parts.join(", "))
    }

    fn day_of(&mut self, year: i32) -> String {
        match self.random.within(0, 3) {
            0 => year.to_string(),
            1 => format!("{year}-{:02}-{:02}", self.random.within(1, 12), self.random.within(2, 28)),
            _ => format!("{year}-{:02}-01", self.random.within(2, 12)),
        }
    }

    pub fn area(&mut self, most: i64) -> String {
        match self.random.within(0, 3) {
            0 => format!("\"{}.{:02}亩\"", self.random.within(0, most), self.random.within(0, 99)),
            1 => self.random.within(0, most).to_string(),
            _ => format!("\"{}亩\"", self.random.within(0, most)),
        }
    }

    pub fn dated_area(&mut self, most: i64) -> String {
        if self.random.chance(40) {
            return self.area(most);
        }
        let mut parts = vec![format!("{} = {}", self.random.year(self.base, self.first), self.area(most))];
        for year in self.some_later_years() {
            parts.push(format!("{year} = {}", self.area(most)));
        }
        format!("{{ {} }}", parts.join(", "))
    }

    /// A price: `"90.5万元/亩"`, dated or growing.
    pub fn price(&mut self, most: i64, unit: &'static str) -> String {
        let one = |maker: &mut Self| format!("\"{}{unit}\"", decimal(maker.random.within(0, most * 100), 100));
        if self.random.chance(50) { one(self) } else { self.dated(one, true) }
    }

    /// Shares that add up to the whole.
    pub fn shares(&mut self, count: usize) -> String {
        let mut left = 1_000_000;
        let mut parts = Vec::new();
        for at in 0..count {
            let share = if at + 1 == count { left } else { self.random.within(0, left / 10_000) * 10_000 };
            left -= share;
            parts.push(share);
        }
        let parts: Vec<String> = parts.into_iter().map(|share| format!("{}%", decimal(share, 10_000))).collect();
        parts.join("/")
    }
}
