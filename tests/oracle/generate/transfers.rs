//! Transfers of every form but `fixed` and `pool`.

use super::{CLASSES, Maker, list};

const FORMS: [&str; 9] = ["per_unit", "cohort", "rebate", "base_return", "incentive", "competition", "matching", "guarantee", "pool"];

const MEASURES: [&str; 8] = ["gross", "local", "central", "province", "city", "county", "town", "up"];

impl Maker {
    pub fn new_transfers(&mut self) {
        let mut forms = FORMS;
        self.random.shuffle(&mut forms);
        for form in forms {
            let once = [("guarantee", "guarantee_many"), ("matching", "matching_some")].iter().any(|(only, word)| form == *only && !self.features.has(word));
            let most = if once { 1 } else { 2 };
            for at in 0..most {
                if self.uses(form, if at == 0 { 40 } else { 15 }) {
                    self.transfer(form, at);
                }
            }
        }
    }

    fn transfer(&mut self, form: &'static str, at: usize) {
        let id = format!("{form}{at}");
        let payer = if form == "rebate" { "central" } else { self.random.word(&["central", "province", "city", "county", "county"]) };
        let everywhere = form == "matching" && !self.features.has("matching_some");
        let towns = if everywhere { "\"all\"".to_owned() } else { self.selection() };
        if form == "pool" {
            self.pool(&id, payer, &towns);
            return;
        }
        self.transfer_head(&id, form, payer, &towns);
        match form {
            "per_unit" => self.per_unit(),
            "cohort" => self.by_cohort(),
            "rebate" => self.rebate(),
            "base_return" => self.base_return(),
            "incentive" => self.incentive(),
            "competition" => self.competition(),
            "matching" => self.matching(),
            _ => self.guarantee(),
        }
    }

    pub fn transfer_head(&mut self, id: &str, form: &str, payer: &str, towns: &str) {
        let book = self.random.word(&["general", "general", "general", "fund"]);
        self.line(format!("\n[transfer.{id}]\nname = \"转移{id}\"\nform = \"{form}\"\npayer = \"{payer}\"\ntowns = {towns}\nbook = \"{book}\""));
        let may_serve = !["base_return", "matching", "project", "guarantee"].contains(&form);
        if may_serve && self.random.chance(20) {
            let earmark = self.random.pick(&self.earmarks).clone();
            self.line(format!("earmark = \"{earmark}\""));
        }
    }

    /// Sources by name.
    fn some_sources(&mut self) -> String {
        let ids: Vec<String> = self.sources.iter().map(|source| source.id.clone()).collect();
        let ids = self.random.some(&ids);
        list(&ids)
    }

    /// A measure and its sources, and what it was before the first year.
    pub fn measure(&mut self, before: i64) {
        let compensated = self.compensated && !self.features.has("retained_compensated");
        if !compensated && self.uses("retained", 20) {
            self.line("measure = \"retained\"");
        } else {
            let (measure, of) = (self.random.word(&MEASURES), self.some_sources());
            self.line(format!("measure = \"{measure}\"\nof = {of}"));
        }
        if self.random.chance(before) {
            let before = self.money(300);
            self.line(format!("before = {before}"));
        }
    }

    fn per_unit(&mut self) {
        self.when();
        let (per, rate) = (self.per(), self.amount(2));
        self.line(format!("per = \"{per}\"\nrate = {rate}"));
    }

    fn by_cohort(&mut self) {
        let (key, amount) = (self.random.word(&["amount", "per_town"]), self.plain_amount(200));
        self.line(format!("{key} = {amount}"));
        if self.random.chance(60) {
            let years = self.random.within(1, 3);
            self.line(format!("years = {years}"));
        }
    }

    fn rebate(&mut self) {
        self.when();
        let (amount, of) = (self.amount(100), self.some_sources());
        let rate = self.random.word(&["30%", "25%", "12.5%"]);
        self.line(format!("amount = {amount}\nrate = \"{rate}\"\nof = {of}"));
        if self.random.chance(30) {
            let measure = self.random.word(&MEASURES);
            self.line(format!("measure = \"{measure}\""));
        }
        if self.random.chance(40) {
            let frozen = self.random.year(self.first, self.last + 1);
            self.line(format!("frozen = {frozen}"));
        }
        if self.random.chance(50) {
            let before = self.random.within(20, 300);
            self.line(format!("before = \"{before}万元\""));
        }
    }

    fn base_return(&mut self) {
        let ids: Vec<String> = self.sources.iter().filter(|source| source.kind != "land").map(|source| source.id.clone()).collect();
        let ids = self.random.some(&ids);
        let written = self.random.chance(50);
        let year = if written { self.first - 1 } else { self.first };
        self.line(format!("year = {year}\nof = {}", list(&ids)));
        for id in ids {
            let (old, new) = (self.share(100), self.share(100));
            self.line(format!("old.{id} = \"{old}\"\nnew.{id} = \"{new}\""));
            if written {
                let gross = if self.random.chance(50) { self.money(200) } else { self.money_column(200) };
                self.line(format!("gross.{id} = {gross}"));
            }
        }
    }

    fn incentive(&mut self) {
        self.when();
        let rate = self.dated_share(50);
        self.line(format!("rate = {rate}"));
        if self.uses("incentive_lag", 30) {
            self.line("lag = 1");
            self.measure(100);
        } else {
            self.measure(60);
        }
    }

    fn competition(&mut self) {
        let (best, prize) = (self.random.within(1, 4), self.plain_amount(300));
        self.line(format!("best = {best}\nprize = {prize}"));
        if self.random.chance(50) {
            let score = self.number_column();
            self.line(format!("score = {score}"));
        } else {
            self.measure(50);
        }
    }

    fn matching(&mut self) {
        let (share, classes) = (self.random.word(&["70%", "50%", "33.3333%", "95%", "0%"]), self.random.some(&CLASSES));
        self.line(format!("share = \"{share}\"\nclasses = {}", list(&classes)));
        if self.random.chance(60) {
            let cap = self.amount(60);
            self.line(format!("cap = {cap}"));
        }
    }

    fn guarantee(&mut self) {
        if self.random.chance(50) {
            let share = self.share(100);
            self.line(format!("share = \"{share}\""));
        }
        if self.random.chance(50) {
            let before = self.money_column(300);
            self.line(format!("of_last_year = true\nbefore = {before}"));
        } else {
            let reference = self.amount(400);
            self.line(format!("reference = {reference}"));
        }
    }

    /// Money for some projects of one town only; after the projects are known.
    pub fn transfers_for_projects(&mut self) {
        if self.projects.is_empty() || !self.uses("project", 50) {
            return;
        }
        for at in 0..self.random.count(1, 2) {
            let town = self.random.pick(&self.projects).1.clone();
            let ids: Vec<String> = self.projects.iter().filter(|(_, other)| *other == town).map(|(id, _)| id.clone()).collect();
            let ids = self.random.some(&ids);
            let payer = self.random.word(&["central", "province", "city", "county"]);
            self.transfer_head(&format!("project{at}"), "project", payer, &list(&[town]));
            self.when();
            let amount = if self.random.chance(50) { format!("amount = {}", self.amount(60)) } else { format!("share = {}", self.dated_share(100)) };
            self.line(format!("projects = {}\n{amount}", list(&ids)));
        }
    }
}
