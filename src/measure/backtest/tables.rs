//! The tables of a backtest: figure by figure, by item, by year.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::statistics::Statistics;
use super::{Compared, Who, columns};
use crate::base::when::Year;
use crate::measure::Run;
use crate::measure::cell::{Cell, Row, Sheet};
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
    pub fn tables(&self) -> Vec<Sheet<'_>> {
        let mut items: Vec<Row<'_>> = self.by_item().iter().map(|g| self.item(g)).collect();
        let all = [self.variant(), Cell::key("all"), Cell::Empty, Cell::Empty];
        items.push(all.into_iter().chain(self.statistics(&self.all().statistics)).collect());
        let year = |(year, g): &(Year, Group<'_>)| [self.variant(), Cell::Year(*year)].into_iter().chain(self.statistics(&g.statistics)).collect();
        let years: Vec<Row<'_>> = self.by_year().iter().map(year).collect();
        let [figures_table, items_table, years_table] = columns::TABLES;
        vec![
            Sheet::new(figures_table.0, figures_table.1, self.figures.iter().map(|f| self.figure(f))),
            Sheet::new(items_table.0, items_table.1, items),
            Sheet::new(years_table.0, years_table.1, years),
            dictionary(&columns::TABLES),
        ]
    }

    /// What a figure is called by: town (or county), county.
    #[must_use]
    pub fn name(&self, who: Who) -> (&str, &str) {
        match who {
            Who::Town(n) => (&self.run.scenario.towns[n].name, &self.run.scenario.towns[n].county),
            Who::County(n) => (&self.run.compiled.counties[n], &self.run.compiled.counties[n]),
        }
    }

    fn variant(&self) -> Cell<'_> {
        Cell::key(self.run.label())
    }

    fn figure<'b>(&'b self, compared: &'b Compared) -> Row<'b> {
        let seen = &compared.observed;
        let (town, county) = self.name(seen.who);
        let text = |text: Cow<'b, str>| if text.is_empty() { Cell::Empty } else { Cell::text(text) };
        let [id, town] = match seen.who {
            Who::Town(n) => [text(self.run.scenario.towns[n].id().into()), text(town.into())],
            Who::County(_) => [Cell::Empty, Cell::Empty],
        };
        let mut row = vec![self.variant(), id, town, text(county.into()), Cell::Year(seen.year)];
        row.extend(self.named(compared));
        row.extend([seen.amount, compared.projected, compared.error()].map(Cell::Money));
        row.extend([Cell::or_empty(compared.share(), Cell::Ratio), unit(self.run), text((&seen.source).into())]);
        row.extend([Cell::or_empty(seen.grade, |g| Cell::key(g.letter())), text((&seen.note).into())]);
        row
    }

    fn item(&self, group: &Group<'_>) -> Row<'_> {
        let named = group.figures.first().map(|f| self.named(f)).into_iter().flatten();
        std::iter::once(self.variant()).chain(named).chain(self.statistics(&group.statistics)).collect()
    }

    /// The item's id, title and scope.
    fn named(&self, compared: &Compared) -> [Cell<'_>; 3] {
        let (item, scenario) = (compared.observed.item, &self.run.scenario);
        let scope = Cell::or_empty(item.scope, |s| Cell::key(s.key()));
        [Cell::key(item.id(scenario)), Cell::text(item.figure.title(scenario, scenario.lang)), scope]
    }

    fn statistics(&self, s: &Statistics) -> Row<'_> {
        let whole = |n: usize| Cell::Whole(i64::try_from(n).unwrap_or(0));
        let mut cells = vec![whole(s.count)];
        cells.extend([s.bias, s.mape, s.median].into_iter().chain(s.quantiles).map(|x| Cell::or_empty(x, Cell::Ratio)));
        cells.extend([Cell::Money(s.rmse), unit(self.run), whole(s.above), whole(s.below), Cell::key(s.direction.key())]);
        cells
    }
}
