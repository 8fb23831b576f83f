//! Transfers, recurrent spending, projects, opening balances, the county's account.

use super::quantities::decimal;
use super::{CLASSES, Maker};

const WAN: i64 = 1_000_000;

impl Maker {
    pub fn transfers(&mut self) {
        for at in 0..self.random.count(0, 3) {
            let payer = self.random.word(&["central", "province", "city", "county", "county"]);
            let book = self.random.word(&["general", "general", "fund"]);
            let (towns, amount) = (self.selection(), self.amount(100));
            self.line(format!("\n[transfer.transfer{at}]\nname = \"补助{at}\"\nform = \"fixed\"\npayer = \"{payer}\"\ntowns = {towns}\nbook = \"{book}\"\namount = {amount}"));
            if self.random.chance(30) {
                let earmark = self.random.pick(&self.earmarks).clone();
                self.line(format!("earmark = \"{earmark}\""));
            }
        }
    }

    pub fn spending(&mut self) {
        for at in 0..self.random.count(1, 5) {
            let class = self.random.word(&["wages", "operation", "livelihood", "debt", "other"]);
            self.line(format!("\n[spending.line{at}]\nclass = \"{class}\""));
            if !self.counts.is_empty() && self.random.chance(40) {
                let (per, cost) = (self.per(), self.plain_amount(1));
                self.line(format!("per = \"{per}\"\ncost = {cost}"));
            } else if self.random.chance(40) {
                let heading = format!("数{}", self.columns.len());
                let count = |maker: &mut Self| if maker.random.chance(80) { maker.random.within(0, 200).to_string() } else { format!("{}.5", maker.random.within(0, 90)) };
                let cells = (0..self.towns.len()).map(|_| count(self)).collect();
                self.columns.push((heading.clone(), cells));
                let cost = self.plain_amount(5);
                self.line(format!("per = \"{heading}\"\ncost = {cost}"));
            } else {
                let amount = self.amount(150);
                self.line(format!("amount = {amount}"));
            }
            if self.random.chance(30) {
                let towns = self.selection();
                self.line(format!("towns = {towns}"));
            }
            if self.uses("paid_above", 20) {
                let payer = self.random.word(&["city", "province"]);
                self.line(format!("paid_by = \"{payer}\""));
            } else if self.random.chance(35) {
                let payer = self.random.word(&["town", "county"]);
                self.line(format!("paid_by = \"{payer}\""));
            }
            self.new_terms_of_line();
        }
    }

    pub fn opening(&mut self) {
        if self.random.chance(50) {
            self.line("\n[opening]");
            for book in ["general", "fund"] {
                if self.random.chance(80) {
                    let amount = if self.random.chance(50) { self.money(300) } else { self.money_column(300) };
                    self.line(format!("{book} = {amount}"));
                }
            }
        }
    }

    pub fn county_account(&mut self) {
        if !self.has_county {
            return;
        }
        self.line("\n[county_account]");
        for (key, most, always) in
            [("own_revenue", 2_000, true), ("three_guarantees", 1_800, true), ("debt_service", 200, false), ("other_spending", 300, false), ("opening_balance", 500, false)]
        {
            if always || self.random.chance(60) {
                let amount = if key == "opening_balance" { self.money(most) } else { self.plain_amount(most) };
                // Its cover is a quotient: what must be paid is not nothing.
                let amount = if key == "three_guarantees" { format!("{{ {} = \"{}万元\", grows_by = \"3%\" }}", self.base, self.random.within(1, most)) } else { amount };
                // Several counties do not share one amount.
                let by_column = self.has_county_table && (self.county_names().len() > 1 || self.random.chance(60));
                let amount = if by_column { self.county_column(1, most) } else { amount };
                self.line(format!("{key} = {amount}"));
            }
        }
    }

    /// The project table, if there are projects.
    pub fn projects(&mut self) -> Option<String> {
        let count = self.random.count(0, 7);
        if count == 0 {
            return None;
        }
        self.line("\n[projects]\nfile = \"projects.csv\"");
        match self.random.within(0, 3) {
            0 => self.line("mode = \"unconstrained\""),
            1 => self.line("mode = \"constrained\""),
            2 => self.line("mode = \"constrained\"\nstrict = true"),
            _ => {}
        }
        let mut text = "编号,项目名称,镇,类别,总投资（万元）,其中：社会投资（万元）,其中：镇级（万元）,开工年,工期（年）,进度,优先级,可用资金,管护费率\n".to_owned();
        for at in 0..count {
            text += &self.project(at);
        }
        Some(text)
    }

    fn project(&mut self, at: usize) -> String {
        let (own, society) = (self.fen(200), if self.random.chance(50) { self.fen(100) } else { 0 });
        let years = self.random.count(1, 7);
        let profile = if self.random.chance(25) { String::new() } else { self.shares(years) };
        let town = self.towns[self.random.count(0, self.towns.len() - 1)].name.clone();
        self.projects.push((format!("P{at}"), town.clone()));
        let cells = [
            format!("P{at}"),
            format!("项目{at}"),
            town,
            (*self.random.pick(&CLASSES)).to_owned(),
            decimal(own + society, WAN),
            decimal(society, WAN),
            decimal(own, WAN),
            self.random.year(self.first - 2, self.last + 1).to_string(),
            years.to_string(),
            profile,
            self.random.within(1, 3).to_string(),
            (self.random.word(&["一般预算", "基金", "基金、一般预算"])).to_owned(),
            format!("{}%", self.random.within(0, 8)),
        ];
        cells.join(",") + "\n"
    }
}
