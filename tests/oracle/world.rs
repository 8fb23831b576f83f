//! All towns, year by year: what one year does, in its order.

use std::collections::{BTreeMap, BTreeSet};

use toml::Table;

use super::Figures;
use super::county;
use super::dates::Year;
use super::town::{Town, Years};
use super::written::{NO_ROW, Row};
use super::{moving, transfers};

pub struct World<'a> {
    root: &'a Table,
    years: Years,
    towns: Vec<Town<'a>>,
    /// Rows of the counties, by name.
    counties: BTreeMap<String, Row>,
}

impl<'a> World<'a> {
    pub fn new(root: &'a Table, towns: &'a [Row], counties: &'a [Row], projects: &[Row], years: Years) -> Self {
        let row_of = |town: &Row| counties.iter().find(|county| town.get("县") == county.get("县"));
        let towns: Vec<Town> = towns.iter().map(|row| Town::new(root, row, row_of(row).unwrap_or(&NO_ROW), projects, years)).collect();
        let names: BTreeSet<String> = towns.iter().map(|town| town.county.clone()).collect();
        let row_named = |name: &String| counties.iter().find(|row| row.get("县") == Some(name)).cloned().unwrap_or_default();
        let counties = names.into_iter().map(|name| (name.clone(), row_named(&name))).collect();
        Self { root, years, towns, counties }
    }

    pub fn run(&mut self) {
        self.years.all().for_each(|year| self.year(year));
    }

    fn year(&mut self, year: Year) {
        let towns = &mut self.towns;
        towns.iter_mut().for_each(|town| town.gather(year));
        moving::firms(self.root, towns, year);
        towns.iter_mut().for_each(|town| town.derive(year));
        towns.iter_mut().for_each(|town| town.split_sources(year));
        moving::compensate(self.root, towns, year);
        moving::enclaves(self.root, towns, year);
        towns.iter_mut().for_each(|town| town.share(year));
        transfers::pay_out(self.root, &self.counties, towns, year);
        towns.iter_mut().for_each(|town| town.spend(year));
    }

    /// All that was noted, and the accounts of the counties.
    pub fn figures(self) -> Figures {
        let mut figures = Figures::new();
        for (name, row) in &self.counties {
            let key = if self.counties.len() == 1 { String::new() } else { name.clone() };
            let mine: Vec<&Town> = self.towns.iter().filter(|town| town.county == *name).collect();
            let account = county::account(self.root, self.years, row, &mine);
            figures.extend(account.into_iter().map(|((year, item), amount)| ((key.clone(), year, item), amount)));
        }
        for town in self.towns {
            let name = town.name;
            figures.extend(town.lines.into_iter().map(|((year, item), amount)| ((name.clone(), year, item), amount)));
        }
        figures
    }
}
