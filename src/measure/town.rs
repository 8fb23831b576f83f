//! A town over the years: the figures of the summary and the measures over the horizon.

use super::Run;
use crate::base::{amount::Fen, when::Year};
use crate::plan::Lane;
use crate::rules::spending::Class;
use crate::scenario::Town;

/// \[分\] One year of a town.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "each field is the column of the same name, see `columns::SUMMARY`")]
pub struct TownYear {
    pub year: Year,
    pub total_revenue: Fen,
    pub local_revenue: Fen,
    pub retained_tax: Fen,
    pub retained_land: Fen,
    pub retained_fee: Fen,
    pub retained_transfer: Fen,
    pub retained_other: Fen,
    pub retained: Fen,
    pub retained_general: Fen,
    pub retained_fund: Fen,
    /// What stays in the state capital book: retained, but it pays for nothing.
    pub retained_capital: Fen,
    pub earmarked: Fen,
    /// Due, by class in the order of [`Class::ALL`].
    pub recurrent: [Fen; 5],
    pub recurrent_unpaid: Fen,
    pub guarantees_unpaid: Fen,
    pub brought_forward: Fen,
    pub available: Fen,
    pub planned: Fen,
    pub paid: Fen,
    /// From earmarked money.
    pub paid_earmarked: Fen,
    /// Planned and what earlier years left unpaid (constrained).
    pub due: Fen,
    /// Due and unpaid at the end of the year.
    pub unpaid: Fen,
    /// New project money: what each book has for projects this year without what it brought forward, never below nothing.
    pub new_money: Fen,
    pub balance_general: Fen,
    pub balance_fund: Fen,
    pub balance_earmarked: Fen,
    pub receivable: Fen,
    pub arrears: Fen,
}

impl TownYear {
    /// Planned less paid.
    #[must_use]
    pub const fn gap(&self) -> Fen {
        self.planned - self.paid
    }

    /// Adds another town's year, figure by figure.
    pub fn add(&mut self, other: &Self) {
        let pairs = [
            (&mut self.total_revenue, other.total_revenue),
            (&mut self.local_revenue, other.local_revenue),
            (&mut self.retained_tax, other.retained_tax),
            (&mut self.retained_land, other.retained_land),
            (&mut self.retained_fee, other.retained_fee),
            (&mut self.retained_transfer, other.retained_transfer),
            (&mut self.retained_other, other.retained_other),
            (&mut self.retained, other.retained),
            (&mut self.retained_general, other.retained_general),
            (&mut self.retained_fund, other.retained_fund),
            (&mut self.retained_capital, other.retained_capital),
            (&mut self.earmarked, other.earmarked),
            (&mut self.recurrent_unpaid, other.recurrent_unpaid),
            (&mut self.guarantees_unpaid, other.guarantees_unpaid),
            (&mut self.brought_forward, other.brought_forward),
            (&mut self.available, other.available),
            (&mut self.planned, other.planned),
            (&mut self.paid, other.paid),
            (&mut self.paid_earmarked, other.paid_earmarked),
            (&mut self.due, other.due),
            (&mut self.unpaid, other.unpaid),
            (&mut self.new_money, other.new_money),
            (&mut self.balance_general, other.balance_general),
            (&mut self.balance_fund, other.balance_fund),
            (&mut self.balance_earmarked, other.balance_earmarked),
            (&mut self.receivable, other.receivable),
            (&mut self.arrears, other.arrears),
        ];
        pairs.into_iter().for_each(|(sum, x)| *sum += x);
        self.recurrent.iter_mut().zip(other.recurrent).for_each(|(sum, x)| *sum += x);
    }

    /// All recurrent spending due.
    #[must_use]
    pub fn recurrent_due(&self) -> Fen {
        self.recurrent.iter().sum()
    }

    /// Three guarantees due.
    #[must_use]
    pub fn guarantees(&self) -> Fen {
        Class::ALL.iter().zip(self.recurrent).filter(|(c, _)| c.is_guarantee()).map(|(_, f)| f).sum()
    }

    /// Share of the three guarantees that was paid; `None` where there are none.
    #[must_use]
    pub fn guarantees_cover(&self) -> Option<f64> {
        ratio(self.guarantees() - self.guarantees_unpaid, self.guarantees())
    }
}

/// A ÷ B; `None` when B is nothing.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a ratio is for reading")]
pub fn ratio(a: Fen, b: Fen) -> Option<f64> {
    (b != 0).then(|| a as f64 / b as f64)
}

/// A town over all years.
#[derive(Clone, Debug)]
pub struct TownView<'r> {
    /// The town.
    pub town: &'r Town,
    /// Its id in tables.
    pub id: String,
    /// Its order in the scenario.
    pub order: usize,
    /// Its place in the plan.
    pub place: usize,
    /// Year after year.
    pub years: Vec<TownYear>,
}

impl Run {
    /// All towns, in the order of the scenario.
    #[must_use]
    pub fn town_views(&self) -> Vec<TownView<'_>> {
        let places = self.places();
        let view = |order: usize| {
            let place = places[order];
            let years = (0..self.years()).map(|y| self.town_year(y, place)).collect();
            let town = &self.scenario.towns[order];
            TownView { town, id: town.id(), order, place, years }
        };
        (0..places.len()).map(view).collect()
    }

    fn town_year(&self, year: usize, place: usize) -> TownYear {
        let accounts = &self.compiled.accounts;
        let at = |lane: Lane| self.outcome.fen(lane, year, place);
        let stage = &self.compiled.plan.projects;
        let mut row = TownYear { year: self.year(year), ..TownYear::default() };
        for source in &accounts.sources {
            let cell = year * self.compiled.plan.towns + place;
            if !source.in_fund[cell] && !source.in_capital[cell] {
                row.total_revenue += at(source.gross);
                row.local_revenue += at(source.local);
            }
        }
        if let Some(r) = &accounts.retained {
            (row.retained_tax, row.retained_land, row.retained_fee) = (at(r.tax), at(r.land), at(r.fee));
            (row.retained_transfer, row.retained_other, row.retained) = (at(r.transfer), at(r.other), at(r.all));
            (row.retained_general, row.retained_fund) = (at(r.general), at(r.fund));
            row.retained_capital = r.capital.map_or(0, |c| at(c.kept));
        }
        for line in &accounts.lines {
            row.recurrent[line.class as usize] += at(line.due);
            row.recurrent_unpaid += at(line.unmet);
            row.guarantees_unpaid += if line.class.is_guarantee() { at(line.unmet) } else { 0 };
        }
        if let Some(p) = &accounts.purse {
            (row.earmarked, row.brought_forward, row.available) = (at(p.earmarked), at(p.opening), at(p.available));
            (row.receivable, row.arrears) = (at(p.receivable), at(p.arrears));
            (row.balance_general, row.balance_fund) = (at(p.balance_general), at(p.balance_fund));
            row.new_money = (at(stage.general.before) - at(p.opening_general)).max(0) + (at(stage.fund.before) - at(p.opening_fund)).max(0);
        }
        (row.planned, row.paid, row.unpaid) = (at(stage.planned), at(stage.paid), at(stage.unpaid));
        row.due = at(stage.due);
        row.balance_earmarked = accounts.pots.iter().map(|after| at(*after)).sum();
        row.paid_earmarked = stage.earmarks.iter().map(|e| at(e.before) - at(e.after)).chain(stage.matches.iter().map(|m| at(m.out))).sum();
        row
    }
}

impl TownView<'_> {
    /// The sum of a figure over the years.
    #[must_use]
    pub fn sum(&self, of: impl Fn(&TownYear) -> Fen) -> Fen {
        self.years.iter().map(of).sum()
    }

    /// Coverage 项目资金保障率 = 1 − Σ gap ÷ Σ plan; `None` when nothing is planned.
    #[must_use]
    pub fn coverage(&self) -> Option<f64> {
        ratio(self.sum(|y| y.paid), self.sum(|y| y.planned))
    }

    /// First and last year in which something stays unpaid.
    #[must_use]
    pub fn shortfall(&self) -> Option<(Year, Year)> {
        let mut short = self.years.iter().filter(|y| y.unpaid > 0).map(|y| y.year);
        let first = short.next()?;
        Some((first, short.next_back().unwrap_or(first)))
    }

    /// The largest gap of a year, and the year.
    #[must_use]
    pub fn peak_gap(&self) -> Option<(Fen, Year)> {
        let worst = self.years.iter().max_by_key(|y| (y.gap(), -y.year))?;
        (worst.gap() > 0).then_some((worst.gap(), worst.year))
    }

    /// Peak need 最高资金占用: what would have to be advanced at most if later money could catch up.
    #[must_use]
    pub fn peak_need(&self) -> Fen {
        let opening = self.years.first().map_or(0, |y| y.brought_forward);
        let (mut open, mut peak) = (-opening.max(0), 0);
        for year in &self.years {
            open += year.planned - year.paid_earmarked - year.new_money;
            peak = peak.max(open);
        }
        peak
    }

    /// Land dependence 土地依赖度.
    #[must_use]
    pub fn land_dependence(&self) -> Option<f64> {
        ratio(self.sum(|y| y.retained_land + y.retained_fee), self.sum(|y| y.retained))
    }

    /// 自给率: local general revenue ÷ general spending (recurrent and projects paid from the general book).
    #[must_use]
    pub fn self_sufficiency(&self, general_paid: Fen) -> Option<f64> {
        let recurrent = self.sum(|y| y.recurrent_due() - y.recurrent_unpaid);
        ratio(self.sum(|y| y.local_revenue), recurrent + general_paid)
    }

    /// Sample standard deviation of the yearly growth of retained funds.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a statistic over a few years")]
    pub fn volatility(&self) -> Option<f64> {
        let growth: Vec<f64> = self.years.windows(2).filter(|w| w[0].retained > 0).filter_map(|w| ratio(w[1].retained - w[0].retained, w[0].retained)).collect();
        if growth.len() < 2 {
            return None;
        }
        let n = growth.len() as f64;
        let mean = growth.iter().sum::<f64>() / n;
        let square = growth.iter().map(|g| (g - mean) * (g - mean)).sum::<f64>();
        Some((square / (n - 1.0)).sqrt())
    }

    /// \[元\] Retained funds a head and year.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a figure for reading")]
    pub fn retained_per_head(&self) -> Option<f64> {
        let people = self.town.population.filter(|p| *p > 0)? as f64 / 1e6;
        Some(self.sum(|y| y.retained) as f64 / 100.0 / self.years.len() as f64 / people)
    }

    /// The lowest cover of the three guarantees, and its year.
    #[must_use]
    pub fn lowest_cover(&self) -> Option<(f64, Year)> {
        self.years.iter().filter_map(|y| y.guarantees_cover().map(|c| (c, y.year))).min_by(|a, b| a.0.total_cmp(&b.0))
    }

    /// The last year something is planned.
    #[must_use]
    pub fn last_planned(&self) -> Option<Year> {
        self.years.iter().rev().find(|y| y.planned > 0).map(|y| y.year)
    }
}
