//! Pools: in every mode, with limits and roundings. What they have is far above what their floors ask.

use super::Maker;

impl Maker {
    pub fn pool(&mut self, id: &str, payer: &'static str, towns: &str) {
        let levies = payer == "county" && self.uses("pool_levies", 40);
        let some = !levies || self.features.has("levies_some");
        let towns = if some { towns } else { "\"all\"" };
        self.transfer_head(id, "pool", payer, towns);
        let changes = some && self.when();
        self.pool_amount(payer, levies);
        let tables = self.pool_mode(id);
        if self.uses("pool_rounding", 60) {
            let (residue, unit) = (self.random.word(&["payer", "largest_remainder"]), self.random.word(&["分", "元", "万元"]));
            self.line(format!("residue = \"{residue}\"\nround_to = \"{unit}\""));
        }
        let may_follow = !levies && (!changes || self.features.has("pool_join"));
        let limits = self.pool_limits(id, may_follow);
        self.out.push_str(&tables);
        self.out.push_str(&limits);
    }

    /// At least 500 万元, never falling.
    fn pool_amount(&mut self, payer: &str, levies: bool) {
        let amount = format!("\"{}万元\"", self.random.within(500, 3_000));
        let amount = match self.random.within(0, 3) {
            0 => format!("{{ {} = {amount}, grows_by = \"{}.5%\" }}", self.first, self.random.within(0, 9)),
            1 if payer == "county" && self.has_county_table => self.county_column(500, 3_000),
            _ => amount,
        };
        self.line(format!("amount = {amount}"));
        if levies {
            self.line("funded_by = \"levies\"");
        }
    }

    /// By what it goes; tables of the transfer come last.
    fn pool_mode(&mut self, id: &str) -> String {
        if self.uses("pool_weights", 35) {
            self.line("mode = \"weights\"");
            return self.weights(id);
        }
        if self.uses("pool_coefficient", 45) {
            let share = self.share(100);
            self.line(format!("mode = \"coefficient\"\ncoefficient = \"{share}\""));
        } else {
            self.line("mode = \"pro_rata\"");
        }
        self.capacity();
        if self.uses("pool_factors", 50) {
            return self.need_factors(id);
        }
        let need = self.amount(1_500);
        self.line(format!("need = {need}"));
        String::new()
    }

    fn capacity(&mut self) {
        if self.random.chance(50) {
            let capacity = self.amount(400);
            self.line(format!("capacity = {capacity}"));
        } else if self.uses("lag", 40) {
            self.line("lag = 1");
            self.measure(100);
        } else {
            self.measure(0);
        }
    }

    fn need_factors(&mut self, id: &str) -> String {
        let mut tables = String::new();
        for at in 0..self.random.count(1, 3) {
            let (per, cost) = (self.per(), self.amount(2));
            let coefficient = if self.random.chance(50) { format!("\ncoefficient = {}.{:02}", self.random.within(0, 1), self.random.within(1, 99)) } else { String::new() };
            tables += &format!("\n[transfer.{id}.need_factor.factor{at}]\nper = \"{per}\"\nunit_cost = {cost}{coefficient}\n");
        }
        tables
    }

    /// Shares that add up to the whole.
    fn weights(&mut self, id: &str) -> String {
        let count = self.random.count(1, 3);
        let shares = self.shares(count);
        let table = |maker: &mut Self, (at, share): (usize, &str)| format!("\n[transfer.{id}.weight.weight{at}]\nper = \"{}\"\nshare = \"{share}\"\n", maker.per());
        shares.split('/').enumerate().map(|weight| table(self, weight)).collect()
    }

    /// Floors together stay far below what there is: at most 10 万元 a town, or nine tenths of last year's.
    fn pool_limits(&mut self, id: &str, may_follow: bool) -> String {
        let mut tables = String::new();
        if !self.uses("pool_limits", 70) {
            return tables;
        }
        let mut followed = false;
        for (key, amount, head, percent) in [("floor", 6, 60, 90), ("cap", 900, 9_000, 130)] {
            if self.random.chance(35) {
                continue;
            }
            tables += &format!("\n[transfer.{id}.{key}]\n");
            let kind = self.random.within(0, 3);
            if kind != 1 && kind != 2 {
                tables += &format!("amount = {}\n", self.money(amount));
            }
            if kind == 1 || kind == 3 {
                self.heads();
                tables += &format!("per_head = \"{}元\"\n", self.random.within(1, head));
            }
            if kind == 2 {
                let percent = if may_follow { percent } else { 0 };
                let follows = if percent > 0 { format!("of_last_year = \"{}%\"\n", self.random.within(percent / 2, percent)) } else { "amount = \"1万元\"\n".to_owned() };
                followed |= percent > 0;
                tables += &follows;
            }
        }
        if followed && self.random.chance(60) {
            let cells = (0..self.towns.len()).map(|_| self.fen(20)).collect::<Vec<_>>();
            let cells = cells.into_iter().map(|fen| self.cell(fen)).collect();
            let last = self.column(cells);
            self.line(format!("last_year = {last}"));
        }
        tables
    }

    /// A column of people: less than ten thousand a town.
    fn heads(&mut self) {
        if !self.columns.iter().any(|(heading, _)| heading == "人口") {
            let cells = (0..self.towns.len()).map(|_| self.random.within(0, 1_500).to_string()).collect();
            self.columns.push(("人口".to_owned(), cells));
        }
    }
}
