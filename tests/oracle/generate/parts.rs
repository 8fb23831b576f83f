//! Parts of an agreement: every form with its options.

use super::Maker;
use super::agreements::{Basket, Shared};

const FORMS: [&str; 9] = ["ratio", "ratio", "full", "none", "base_and_increment", "base_and_increment", "contract", "tiers", "unified"];

impl Maker {
    /// A form on a basket; whether it has a share above its base. Tables of the part come last.
    pub fn sharing_form(&mut self, path: &str, basket: &Basket, earliest: i32) -> bool {
        let form = *self.random.pick(&FORMS);
        self.line(format!("form = \"{form}\""));
        let mut tables = match form {
            "ratio" => self.ratio(basket),
            "base_and_increment" => self.base_and_increment(basket, earliest),
            "contract" => self.contract(),
            "tiers" => self.tiers(path, basket, earliest),
            _ => String::new(),
        };
        tables += &self.options(path, basket);
        self.out.push_str(&tables);
        ["base_and_increment", "contract"].contains(&form)
    }

    fn ratio(&mut self, basket: &Basket) -> String {
        // A partner takes part of what the levels leave: shares of gross might find too little.
        let of_gross = !basket.has_land && self.random.chance(25) && !self.features.has("partner");
        let share = self.dated_share(if of_gross { 20 } else { 100 });
        self.line(format!("share = {share}"));
        if of_gross {
            self.line("share_of = \"gross\"");
        } else if self.random.chance(20) {
            self.line("share_of = \"local\"");
        }
        String::new()
    }

    fn base_and_increment(&mut self, basket: &Basket, earliest: i32) -> String {
        self.base(basket, earliest);
        let (below, above) = (self.dated_share(100), self.dated_share(100));
        self.line(format!("below_base = {below}\nabove_base = {above}"));
        if self.random.chance(75) {
            let shortfall = self.random.word(&["shared", "county", "town"]);
            self.line(format!("shortfall = \"{shortfall}\""));
        }
        String::new()
    }

    /// A base of every kind, with the years before the horizon and perhaps growth. A basket that refunds may turn negative has
    /// a given base: what a mean below nothing should mean is no question of arithmetic.
    fn base(&mut self, basket: &Basket, earliest: i32) {
        let mut may_grow = true;
        let base = match self.random.within(0, if basket.may_be_negative { 0 } else { 3 }) {
            0 => self.amount(400),
            1 => {
                let year = self.random.year(self.first - 3, earliest.max(self.first));
                // `docs/model.md` does not say from when the outturn of a year before the horizon grows.
                may_grow = year >= self.first;
                format!("{{ year = {year} }}")
            }
            2 => format!("{{ mean_of = {} }}", self.random.within(1, 3)),
            _ => format!("{{ mean_of = {}, rolling = true }}", self.random.within(1, 3)),
        };
        let history: Vec<String> = (self.first - 6..self.first).map(|year| format!("{year} = {}", self.history(300))).collect();
        self.line(format!("base = {base}\nhistory = {{ {} }}", history.join(", ")));
        may_grow &= !base.contains("grows") && !base.contains("rolling") && !base.starts_with("{ 2");
        if may_grow && self.random.chance(40) {
            let growth = self.growth();
            self.line(growth);
        }
    }

    fn history(&mut self, most: i64) -> String {
        if self.random.chance(15) { self.money_column(most) } else { self.money(most) }
    }

    fn contract(&mut self) -> String {
        let (revenue, spending) = (self.amount(500), self.amount(400));
        let (excess, shortfall) = (self.dated_share(100), self.dated_share(100));
        self.line(format!("revenue_base = {revenue}\nspending_base = {spending}\nexcess_share = {excess}\nshortfall_share = {shortfall}"));
        String::new()
    }

    fn tiers(&mut self, path: &str, basket: &Basket, earliest: i32) -> String {
        let growth = !basket.may_be_negative && self.random.chance(50);
        if growth {
            self.base(basket, earliest);
        }
        if self.random.chance(35) {
            self.line("whole_amount = true");
        }
        let mut tables = format!("\n[{path}.tier]\n");
        let mut start = 0;
        for at in 0..self.random.count(1, 4) {
            let share = self.dated_share(100);
            let from = match (at, growth) {
                (0, _) => String::new(),
                (_, true) => format!("above_base = \"{}%\", ", {
                    start += self.random.within(1, 12);
                    start - 1
                }),
                (_, false) => format!("above = \"{}万元\", ", {
                    start += self.random.within(1, 150);
                    start
                }),
            };
            tables += &format!("tier{at} = {{ {from}share = {share} }}\n");
        }
        tables
    }

    fn options(&mut self, path: &str, basket: &Basket) -> String {
        if self.random.chance(20) {
            let floor = self.fen(150);
            let floor = self.money_text(floor);
            self.line(format!("floor = {floor}"));
        }
        if self.random.chance(20) {
            let cap = format!("\"{}万元\"", self.random.within(150, 600));
            self.line(format!("cap = {cap}"));
        }
        if basket.one_book && self.random.chance(25) {
            let (advance, receivable) = (self.dated_share(100), self.amount(100));
            self.line(format!("advance = {advance}\nopening_receivable = {receivable}"));
        }
        if basket.has_land && self.random.chance(40) {
            let holder = self.random.word(&["town", "county"]);
            self.line(format!("setasides = \"{holder}\""));
        }
        if !self.random.chance(25) {
            return String::new();
        }
        let payer = self.random.word(&["county", "city", "province"]);
        let what = if self.random.chance(50) {
            let opening = self.amount(300);
            format!("last_year = true\nopening = {opening}")
        } else {
            let amount = self.amount(300);
            format!("amount = {amount}")
        };
        format!("\n[{path}.guarantee]\npayer = \"{payer}\"\n{what}\n")
    }

    pub fn remitting_part(&mut self, path: &str, shared: &Shared) {
        let form = self.random.word(&["quota", "quota", "quota_up", "levy"]);
        let look = if form == "levy" && shared.has_over && self.random.chance(60) { "over" } else { "kept" };
        self.line(format!("\n[{path}]\nof = \"{look}.{}\"\nform = \"{form}\"", shared.id));
        match form {
            "quota" => {
                let (key, amount) = (self.random.word(&["remit", "remit", "subsidy"]), self.amount(150));
                self.line(format!("{key} = {amount}"));
            }
            "quota_up" => self.quota_up(),
            _ => {
                let (above, rate) = (self.amount(100), self.dated_share(100));
                self.line(format!("above = {above}\nrate = {rate}"));
                if self.random.chance(50) {
                    let earmark = self.random.pick(&self.earmarks).clone();
                    self.line(format!("rest_earmark = \"{earmark}\""));
                }
            }
        }
    }

    fn quota_up(&mut self) {
        let quota = if self.random.chance(50) { self.money(100) } else { self.money_column(100) };
        self.line(format!("quota = {quota}"));
        if self.random.chance(50) {
            self.line("grows_with = \"own_revenue\"");
            if self.random.chance(40) {
                let before = format!("\"{}万元\"", self.random.within(20, 300));
                self.line(format!("revenue_before = {before}"));
            }
        } else {
            let growth = self.growth();
            self.line(growth);
        }
        if self.random.chance(50) {
            self.line("never_below_base = true");
        }
    }
}
