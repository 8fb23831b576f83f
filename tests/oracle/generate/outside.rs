//! Other sources of money, and people and firms that move it between towns.

use super::quantities::decimal;
use super::{Book, Maker, Source, list};

impl Maker {
    pub fn new_sources(&mut self) {
        if self.uses("concession", 40) {
            let book = self.random.word(&["general", "fund"]);
            self.concession("concession", book);
        }
        if self.uses("state_capital", 40) {
            self.concession("capital_income", "state_capital");
            let share = self.yearly_share(100);
            self.line(format!("\n[state_capital]\ntransfer_in = {share}"));
        }
    }

    fn concession(&mut self, id: &str, book: &'static str) {
        let (turnover, rate) = (self.amount(2_000), self.dated_share(20));
        self.line(format!("\n[source.{id}]\nname = \"{id}\"\nkind = \"concession\"\nclass = \"nontax\"\nbook = \"{book}\"\nturnover = {turnover}\nrate = {rate}"));
        if self.random.chance(50) {
            let minimum = self.amount(30);
            self.line(format!("minimum = {minimum}"));
        }
        self.partner();
        self.sources.push(Source { id: id.to_owned(), kind: "concession", book: Book::Always(book), may_be_negative: false });
    }

    /// A partner of the source that is being written.
    pub fn partner(&mut self) {
        if self.uses("partner", 25) {
            let (share, holder) = (self.dated_share(50), self.random.word(&["county", "outside"]));
            self.line(format!("partner = {{ name = \"园区\", share = {share}, holder = \"{holder}\" }}"));
        }
    }

    /// A share by years.
    pub fn yearly_share(&mut self, most: i64) -> String {
        if self.random.chance(40) {
            return format!("\"{}\"", self.share(most));
        }
        let mut parts = vec![format!("{} = \"{}\"", self.base - 1, self.share(most))];
        for year in self.some_later_years() {
            parts.push(format!("{year} = \"{}\"", self.share(most)));
        }
        format!("{{ {} }}", parts.join(", "))
    }

    /// Two different towns.
    fn two_towns(&mut self) -> (String, String) {
        let one = self.random.count(0, self.towns.len() - 1);
        let other = (one + self.random.count(1, self.towns.len() - 1)) % self.towns.len();
        let name = |at: usize| self.towns[at].name.clone();
        let (one, other, with_county) = (name(one), name(other), self.random.chance(30));
        if with_county { (self.long_name(&one), self.long_name(&other)) } else { (one, other) }
    }

    fn long_name(&self, name: &str) -> String {
        let town = self.towns.iter().find(|town| town.name == name).expect("a town");
        format!("{}/{name}", town.county)
    }

    /// Sources of one stream that run all year, whole: nothing ends in them, nothing goes on as them.
    fn plain_sources(&self) -> Vec<String> {
        let plain = |source: &&Source| source.kind == "series" || source.kind == "driven";
        let ids = self.sources.iter().filter(plain).map(|source| source.id.clone());
        ids.filter(|id| !self.ended.contains(id)).collect()
    }

    pub fn moves(&mut self) {
        if self.towns.len() < 2 {
            return;
        }
        let mut sources = self.plain_sources();
        sources.retain(|id| self.features.has("move_derived") || !self.rested_on.contains(id));
        if !sources.is_empty() && self.uses("move", 50) {
            self.random.shuffle(&mut sources);
            sources.truncate(self.random.count(1, 2));
            sources.into_iter().enumerate().for_each(|(at, source)| self.one_move(at, &source));
        }
        if self.uses("enclave", 50) {
            self.enclaves();
        }
    }

    fn one_move(&mut self, at: usize, source: &str) {
        let ((from, to), start) = (self.two_towns(), self.random.year(self.base.max(self.first - 1), self.last));
        let growth = if self.random.chance(50) { format!(", {}", self.growth()) } else { String::new() };
        let amount = self.money(150);
        self.line(format!("\n[move.move{at}]\nname = \"迁移{at}\"\nof = \"{source}\"\nfrom = \"{from}\"\nto = \"{to}\"\namount = {{ {start} = {amount}{growth} }}"));
        if self.uses("compensation", 60) {
            self.compensated = true;
            let (one, other) = (self.share(100), self.share(100));
            self.line(format!("compensation = {{ {start} = \"{one}\", {} = \"{other}\" }}", start + 2));
        }
    }

    fn enclaves(&mut self) {
        let mut ids: Vec<String> = self.sources.iter().filter(|source| source.kind != "land").map(|source| source.id.clone()).collect();
        self.random.shuffle(&mut ids);
        if self.uses("enclave_chain", 50) {
            ids = vec![ids[0].clone(); 2];
        }
        ids.truncate(self.random.count(1, 2));
        ids.into_iter().enumerate().for_each(|(at, source)| self.enclave(at, &source));
    }

    fn enclave(&mut self, at: usize, source: &str) {
        let ((host, origin), share) = (self.two_towns(), self.yearly_share(60));
        self.line(format!("\n[enclave.enclave{at}]\nname = \"飞地{at}\"\nof = \"{source}\"\nhost = \"{host}\"\norigin = \"{origin}\"\nshare = {share}"));
    }

    pub fn feedback(&mut self) {
        let mut sources = self.plain_sources();
        sources.retain(|id| !self.refunded.contains(id));
        let capital = !sources.is_empty() && self.uses("capital", 40);
        if self.people {
            self.line("\n[feedback]\npeople = true");
        }
        if capital {
            let cells = (0..self.towns.len()).map(|_| self.random.within(100, 9_000) * 1_000_000).collect::<Vec<_>>();
            let cells = cells.into_iter().map(|fen| self.cell(fen)).collect();
            let (reference, elasticity) = (self.column(cells), decimal(self.random.within(1, 40), 100));
            let (sources, depreciation) = (self.random.some(&sources), self.random.within(0, 20));
            self.line(format!("\n[feedback.capital]\nsources = {}\nelasticity = {elasticity}\ndepreciation = \"{depreciation}%\"\nreference = {reference}", list(&sources)));
        }
    }
}
