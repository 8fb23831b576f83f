//! How a town keeps house: bonds, reserve, stabilisation fund, transfer-in, ladder, carry-over.

use super::{Book, CLASSES, Maker, list};

impl Maker {
    pub fn household(&mut self) {
        if self.uses("bond", 50) {
            (0..self.random.count(1, 2)).for_each(|at| self.bond(at));
        }
        if self.uses("reserve", 40) {
            let rate = self.dated_share(5);
            self.line(format!("\n[reserve]\nrate = {rate}"));
        }
        if self.uses("stabilisation", 50) {
            self.stabilisation();
        }
        if self.uses("transfer_in", 40) {
            let amount = self.amount(100);
            self.line(format!("\n[transfer_in]\namount = {amount}"));
        }
        if self.uses("ladder", 50) {
            self.ladder();
        }
        self.carryover();
    }

    fn bond(&mut self, at: usize) {
        let earliest = if self.uses("bond_before", 40) { self.first - 3 } else { self.first };
        let mut years: Vec<i32> = (earliest..=self.last).collect();
        self.random.shuffle(&mut years);
        years.truncate(self.random.count(1, 3));
        years.sort_unstable();
        let principal: Vec<String> = years.iter().map(|year| format!("{year} = {}", if self.random.chance(30) { self.money_column(150) } else { self.money(150) })).collect();
        let (towns, classes, term) = (self.selection(), self.random.some(&CLASSES), self.random.within(1, 6));
        let rate = format!("{{ {} = \"3.{}%\", {} = \"{}.1234%\" }}", earliest - 1, self.random.within(0, 9), self.first + 1, self.random.within(2, 6));
        self.line(format!("\n[bond.bond{at}]\nname = \"债券{at}\"\ntowns = {towns}\nclasses = {}", list(&classes)));
        self.line(format!("principal = {{ {} }}\nrate = {rate}\nyears = {term}", principal.join(", ")));
        if self.random.chance(50) {
            self.line("repay = \"bullet\"");
        } else {
            let grace = self.random.within(0, term - 1);
            self.line(format!("repay = \"instalments\"\ngrace = {grace}"));
        }
    }

    fn stabilisation(&mut self) {
        self.line("\n[stabilisation]");
        let opening = if self.random.chance(50) { self.money(100) } else { self.money_column(100) };
        let budget = self.amount(400);
        for (key, value) in [("opening", opening), ("budget", budget), ("surplus", "true".to_owned())] {
            if self.random.chance(60) {
                self.line(format!("{key} = {value}"));
            }
        }
    }

    fn ladder(&mut self) {
        self.line("\n[ladder]");
        if self.random.chance(70) {
            self.line("transfer_in = true");
        }
        if self.uses("aid", 70) {
            self.line("county_aid = true");
            if self.random.chance(50) {
                let limit = self.amount(60);
                self.line(format!("aid_limit = {limit}"));
            }
        }
    }

    fn carryover(&mut self) {
        let falls = self.fund_may_fall || self.sources.iter().any(|source| source.may_be_negative && source.book != Book::Always("general"));
        let may_measure = !falls || self.features.has("fund_falls");
        let (lapse, above) = (self.uses("lapse", 40), may_measure && self.uses("fund_above", 40));
        if lapse || above {
            self.line("\n[carryover]");
        }
        if lapse {
            let years = self.random.within(1, 3);
            self.line(format!("lapse_after = {years}"));
        }
        if above {
            let share = self.random.word(&["30%", "0%", "12.5%", "100%"]);
            self.line(format!("fund_above = \"{share}\""));
        }
    }

    /// What a spending line may say beyond what it costs.
    pub fn new_terms_of_line(&mut self) {
        if self.uses("ramp", 30) {
            self.begins();
            let levels: Vec<String> = (0..self.random.count(1, 4)).map(|_| self.share(100)).collect();
            self.line(format!("ramp = {}", list(&levels)));
        } else {
            self.when();
        }
        if self.uses("contracted", 30) {
            let (out, saving) = (self.dated_share(100), self.share(40));
            self.line(format!("contracted_out = {out}\nsaving = \"{saving}\""));
        }
    }
}
