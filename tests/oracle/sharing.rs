//! 4b. Sharing forms 分法: one function a form. X is the basket, S the town's share before options.

use toml::{Table, Value};

use super::dates::Year;
use super::number::{ONE, Whole, divide, part_of, take, times};
use super::regime::form;
use super::town::Town;
use super::written::{Written, bare, flag, has_year, table, text, word};

/// What a form finds: the part, its basket and the year.
pub struct Found<'t, 'a> {
    pub town: &'t Town<'a>,
    pub part: &'a Table,
    pub year: Year,
    /// The first year in which the agreement holds this time.
    pub start: Year,
    pub x: Whole,
}

/// S, and the town's share of what lies above the base.
pub struct Share {
    pub share: Whole,
    pub over: Option<Whole>,
}

impl From<Whole> for Share {
    fn from(share: Whole) -> Self {
        Self { share, over: None }
    }
}

impl<'t, 'a> Found<'t, 'a> {
    pub fn new(town: &'t Town<'a>, part: &'a Table, year: Year) -> Self {
        Self { town, part, year, start: town.start_of(year), x: town.basket_local(part, year) }
    }

    fn written(&self) -> &Written<'a> {
        &self.town.written
    }

    pub fn ratio(&self, key: &str) -> Whole {
        self.written().ratio(&self.part[key], self.year)
    }

    pub fn amount(&self, key: &str) -> Whole {
        self.written().amount(&self.part[key], self.year)
    }

    pub fn share(&self) -> Share {
        match form(self.part) {
            "ratio" => self.of_ratio().into(),
            "full" => self.x.into(),
            "none" => 0.into(),
            "base_and_increment" => self.of_base_and_increment(),
            "contract" => self.of_contract(),
            "tiers" => self.of_tiers().into(),
            "unified" => self.town.approved_spending(self.year).into(),
            other => panic!("form {other}"),
        }
    }

    fn of_ratio(&self) -> Whole {
        if word(self.part, "share_of") == Some("gross") {
            let gross = self.town.basket(self.part).iter().map(|source| self.town.gross[&(source.clone(), self.year)]).sum();
            return take(self.ratio("share"), gross, self.x);
        }
        part_of(self.x, self.ratio("share"))
    }

    fn of_base_and_increment(&self) -> Share {
        let (x, b) = (self.x, self.base());
        let of_base = part_of(b, self.ratio("below_base"));
        if x >= b {
            let above = part_of(x - b, self.ratio("above_base"));
            return Share { share: of_base + above, over: Some(above) };
        }
        let share = match word(self.part, "shortfall").unwrap_or("shared") {
            "shared" => part_of(x, self.ratio("below_base")),
            "county" => of_base,
            "town" => x.min(0).max(of_base - (b - x)),
            other => panic!("shortfall {other}"),
        };
        Share { share, over: Some(0) }
    }

    fn of_contract(&self) -> Share {
        let (x, approved) = (self.x, self.amount("revenue_base"));
        let (excess, short) = ((x - approved).max(0), (approved - x).max(0));
        let to_county = part_of(excess, ONE - self.ratio("excess_share"));
        let from_county = part_of(short, self.ratio("shortfall_share"));
        Share { share: x - to_county + from_county, over: Some(excess - to_county) }
    }

    fn of_tiers(&self) -> Whole {
        let rungs: Vec<(Whole, Whole)> =
            table(&self.part["tier"]).values().map(table).map(|tier| (self.threshold(tier), self.written().ratio(&tier["share"], self.year))).collect();
        if flag(self.part, "whole_amount") {
            let stands_in = rungs.iter().skip(1).rfind(|(from, _)| self.x > *from).unwrap_or(&rungs[0]);
            return part_of(self.x, stands_in.1);
        }
        let mut share = 0;
        for (at, (from, rate)) in rungs.iter().enumerate() {
            let top = rungs.get(at + 1).map_or(self.x, |(next, _)| self.x.min(*next));
            let within = if at == 0 { top } else { (top - from).max(0) };
            share += part_of(within, *rate);
        }
        share
    }

    fn threshold(&self, tier: &Table) -> Whole {
        match (tier.get("above"), tier.get("above_base")) {
            (Some(above), _) => self.written().amount(above, self.year),
            (None, Some(growth)) => part_of(self.base(), ONE + self.written().ratio(growth, self.year)),
            (None, None) => 0,
        }
    }

    /// The base 基数 of the year.
    fn base(&self) -> Whole {
        let base = &self.part["base"];
        let key = |key: &str| base.as_table().and_then(|t| t.get(key));
        if let Some(of_year) = key("year").and_then(Value::as_integer) {
            let of_year = of_year as Year;
            return self.grown(self.local_or_history(of_year), of_year);
        }
        if let Some(years) = key("mean_of").and_then(Value::as_integer) {
            if flag(table(base), "rolling") {
                return self.mean(years as Year, self.year);
            }
            return self.grown(self.mean(years as Year, self.town.term_start(self.start)), self.start);
        }
        if Written::grows(self.part) {
            return self.grown(self.written().amount(base, self.start), self.start);
        }
        self.written().amount(base, self.year)
    }

    /// A base of a year, grown year by year, each a rounded amount.
    fn grown(&self, base: Whole, since: Year) -> Whole {
        if !Written::grows(self.part) {
            return base;
        }
        (since + 1..=self.year).fold(base, |base, year| times(base, self.written().growth(self.part, year)))
    }

    fn mean(&self, years: Year, before: Year) -> Whole {
        let sum: Whole = (1..=years).map(|back| self.local_or_history(before - back)).sum();
        divide(sum, Whole::from(years))
    }

    /// X of a year; before the horizon from `history`.
    fn local_or_history(&self, year: Year) -> Whole {
        if year >= self.town.years.first {
            return self.town.basket_local(self.part, year);
        }
        let history = &self.part["history"];
        assert!(has_year(history, year), "history says nothing of {year}");
        self.written().amount(history, year)
    }

    /// Within floor and cap, in this order.
    pub fn bounded(&self, share: Whole) -> Whole {
        let floored = self.part.get("floor").map_or(share, |floor| share.max(self.written().amount(floor, self.year)));
        self.part.get("cap").map_or(floored, |cap| floored.min(self.written().amount(cap, self.year)))
    }

    /// What tops the share up to the guaranteed amount, and who pays it. `last` is last year's share with its top-up.
    pub fn top_up(&self, share: Whole, last: Option<Whole>) -> (Whole, &'a str) {
        let Some(guarantee) = self.part.get("guarantee").map(table) else { return (0, "") };
        let reference = if flag(guarantee, "last_year") {
            last.filter(|_| self.year > self.start).unwrap_or_else(|| self.written().amount(&guarantee["opening"], self.year))
        } else {
            self.written().amount(&guarantee["amount"], self.year)
        };
        ((reference - share).max(0), text(bare(&guarantee["payer"])))
    }

    /// λ of the year.
    pub fn advance(&self) -> Option<Whole> {
        self.part.get("advance").map(|share| self.written().ratio(share, self.year))
    }
}
