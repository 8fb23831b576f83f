//! The table of counties.

use super::Maker;

impl Maker {
    /// The counties of the towns, in order.
    pub fn county_names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.towns.iter().map(|town| town.county.clone()).collect();
        names.sort();
        names.dedup();
        names
    }

    /// A new column of the table of counties with whole 万元, as a value.
    pub fn county_column(&mut self, least: i64, most: i64) -> String {
        let heading = format!("县列{}", self.county_columns.len());
        let amounts: Vec<i64> = self.county_names().iter().map(|_| self.random.within(least, most) * 1_000_000).collect();
        let cells = amounts.into_iter().map(|fen| self.cell(fen)).collect();
        self.county_columns.push((heading.clone(), cells));
        format!("{{ column = \"{heading}\" }}")
    }

    pub fn county_table(&self) -> Option<String> {
        if !self.has_county_table {
            return None;
        }
        let headings = self.county_columns.iter().map(|(heading, _)| heading.clone());
        let mut lines = vec![std::iter::once("县".to_owned()).chain(headings).collect::<Vec<_>>().join(",")];
        for (at, name) in self.county_names().into_iter().enumerate() {
            lines.push(std::iter::once(name).chain(self.county_columns.iter().map(|(_, cells)| cells[at].clone())).collect::<Vec<_>>().join(","));
        }
        Some(lines.join("\n") + "\n")
    }
}
