//! The tables of a backtest: figure by figure, by item, by year.

use std::collections::BTreeMap;

use super::statistics::Statistics;
use super::{Compared, Who, columns};
use crate::base::when::Year;
use crate::measure::Run;
use crate::measure::cell::{Cell, Sheet};
use crate::measure::tables::{dictionary, unit};

/// A run beside what was observed.
#[derive(Debug)]
pub struct Backtest<'r> {
    /// The run.
    pub run: &'r Run,
    /// Every figure.
    pub figures: Vec<Compared>,
}

/// The figures of one item and scope.
#[derive(Debug)]
pub struct Group<'b> {
    /// The first of them stands for the item.
    pub figures: Vec<&'b Compared>,
    /// Their statistics.
    pub statistics: Statistics,
}

impl<'b> Group<'b> {
    fn of(figures: Vec<&'b Compared>) -> Self {
        Self { statistics: Statistics::of(&figures), figures }
    }
}

impl Backtest<'_> {
    /// All figures together.
    #[must_use]
    pub fn all(&self) -> Group<'_> {
        Group::of(self.figures.iter().collect())
    }

    /// By item and scope, in the order they first appear.
    #[must_use]
    pub fn by_item(&self) -> Vec<Group<'_>> {
        let mut groups: Vec<((String, &str), Vec<&Compared>)> = Vec::new();
        for figure in &self.figures {
            let item = figure.observed.item;
            let key = (item.id(&self.run.scenario), item.scope_key());
            match groups.iter_mut().find(|(known, _)| *known == key) {
                Some((_, group)) => group.push(figure),
                None => groups.push((key, vec![figure])),
            }
        }
        groups.into_iter().map(|(_, figures)| Group::of(figures)).collect()
    }

    /// By year, in order.
    #[must_use]
    pub fn by_year(&self) -> Vec<(Year, Group<'_>)> {
        let mut years: BTreeMap<Year, Vec<&Compared>> = BTreeMap::new();
        for figure in &self.figures {
            years.entry(figure.observed.year).or_default().push(figure);
        }
        years.into_iter().map(|(year, figures)| (year, Group::of(figures))).collect()
    }

    /// All tables, in the order they are written.
    #[must_use]
    pub fn tables(&self) -> Vec<Sheet> {
        let figures = self.figures.iter().map(|f| self.figure(f)).collect();
        let mut items: Vec<Vec<Cell>> = self.by_item().iter().map(|g| self.item(g)).collect();
        let all = [self.variant(), Cell::Key("all".to_owned()), Cell::Empty, Cell::Empty];
        items.push(all.into_iter().chain(self.statistics(&self.all().statistics)).collect());
        let years = self.by_year().iter().map(|(year, g)| [self.variant(), Cell::Year(*year)].into_iter().chain(self.statistics(&g.statistics)).collect()).collect();
        let [figures_table, items_table, years_table] = [(0, figures), (1, items), (2, years)].map(|(n, rows)| {
            let (name, columns) = columns::TABLES[n];
            Sheet { name, columns, rows }
        });
        vec![figures_table, items_table, years_table, dictionary(columns::TABLES)]
    }

    /// What a figure is called by: town (or county), county.
    #[must_use]
    pub fn name(&self, who: Who) -> (&str, &str) {
        match who {
            Who::Town(n) => (&self.run.scenario.towns[n].name, &self.run.scenario.towns[n].county),
            Who::County(n) => (&self.run.compiled.counties[n], &self.run.compiled.counties[n]),
        }
    }

    fn variant(&self) -> Cell {
        Cell::Key(self.run.variant().to_owned())
    }

    fn figure(&self, compared: &Compared) -> Vec<Cell> {
        let seen = &compared.observed;
        let (town, county) = self.name(seen.who);
        let text = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) };
        let [id, town] = match seen.who {
            Who::Town(n) => [text(&self.run.scenario.towns[n].id()), text(town)],
            Who::County(_) => [Cell::Empty, Cell::Empty],
        };
        let mut row = vec![self.variant(), id, town, text(county), Cell::Year(seen.year)];
        row.extend(self.named(compared));
        row.extend([seen.amount, compared.projected, compared.error()].map(Cell::Money));
        row.extend([Cell::or_empty(compared.share(), Cell::Ratio), unit(self.run), text(&seen.source)]);
        row.extend([Cell::or_empty(seen.grade, |g| Cell::Key(g.letter().to_owned())), text(&seen.note)]);
        row
    }

    fn item(&self, group: &Group<'_>) -> Vec<Cell> {
        let named = group.figures.first().map(|f| self.named(f)).into_iter().flatten();
        std::iter::once(self.variant()).chain(named).chain(self.statistics(&group.statistics)).collect()
    }

    /// The item's id, title and scope.
    fn named(&self, compared: &Compared) -> [Cell; 3] {
        let (item, scenario) = (compared.observed.item, &self.run.scenario);
        let scope = item.scope.map(|s| Cell::Key(s.key().to_owned())).unwrap_or(Cell::Empty);
        [Cell::Key(item.id(scenario)), Cell::Text(item.figure.title(scenario, scenario.lang)), scope]
    }

    fn statistics(&self, s: &Statistics) -> Vec<Cell> {
        let whole = |n: usize| Cell::Whole(i64::try_from(n).unwrap_or(0));
        let mut cells = vec![whole(s.count)];
        cells.extend([s.bias, s.mape, s.median].into_iter().chain(s.quantiles).map(|x| Cell::or_empty(x, Cell::Ratio)));
        cells.extend([Cell::Money(s.rmse), unit(self.run), whole(s.above), whole(s.below), Cell::Key(s.direction.key().to_owned())]);
        cells
    }
}
