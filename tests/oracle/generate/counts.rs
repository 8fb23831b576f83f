//! Counts, and the years in which something runs.

use super::Maker;

impl Maker {
    /// Counts of the scenario: by town, dated, growing; some grow by people who come and stay.
    pub fn counts(&mut self) {
        if !self.uses("counts", 60) {
            return;
        }
        let people = self.uses("people", 50);
        for at in 0..self.random.count(1, 3) {
            let value = self.number();
            self.line(format!("\n[count.count{at}]\nname = \"计数{at}\"\nvalue = {value}"));
            if people && at > 0 && self.random.chance(60) {
                let other = self.random.count(0, at - 1);
                self.line(format!("adds = \"count{other}\""));
            }
            self.counts.push(format!("count{at}"));
        }
        self.people = people;
    }

    /// A plain number: one for all, by town, dated, growing.
    pub fn number(&mut self) -> String {
        match self.random.within(0, 4) {
            0 => self.random.within(0, 4_000).to_string(),
            1 | 2 => self.number_column(),
            _ => {
                let (number, growth) = (self.number_column(), self.growth());
                format!("{{ {} = {number}, {growth} }}", self.random.year(self.base, self.first))
            }
        }
    }

    pub fn number_column(&mut self) -> String {
        let cells = (0..self.towns.len()).map(|_| self.plain_number()).collect();
        self.column(cells)
    }

    fn plain_number(&mut self) -> String {
        if self.random.chance(80) { self.random.within(0, 3_000).to_string() } else { format!("{}.{}", self.random.within(0, 900), self.random.within(1, 9)) }
    }

    /// A count of the scenario or a column of the town table, by name.
    pub fn per(&mut self) -> String {
        if !self.counts.is_empty() && self.random.chance(60) {
            return self.random.pick(&self.counts).clone();
        }
        let heading = format!("数{}", self.columns.len());
        let cells = (0..self.towns.len()).map(|_| self.plain_number()).collect();
        self.columns.push((heading.clone(), cells));
        heading
    }

    /// `from` and `until`, if any; whether it runs in some years only.
    pub fn when(&mut self) -> bool {
        if !self.uses("when", 30) {
            return false;
        }
        let from = self.begins();
        if self.random.chance(50) {
            let until = self.random.year(from, self.last.max(from));
            self.line(format!("until = {until}"));
        }
        true
    }

    /// `from`: a year, or the town's own; from when it may run.
    pub fn begins(&mut self) -> i32 {
        if self.random.chance(30) {
            self.line("from = \"cohort\"");
            return self.first;
        }
        let from = self.random.year(self.first - 1, self.first + 1);
        self.line(format!("from = {from}"));
        from
    }
}
