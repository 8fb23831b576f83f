//! The land chain with all its options, and the fee that follows it.

use super::{Book, Maker, Source, list};

impl Maker {
    pub fn land(&mut self) {
        let loss = self.random.word(&["county", "town"]);
        self.line(format!("\n[source.land]\nname = \"土地出让\"\nkind = \"land\"\nclass = \"fund\"\nbook = \"fund\"\nmode = \"return\"\nloss = \"{loss}\""));
        self.fund_may_fall |= loss == "town";
        let two = self.random.chance(60);
        if two {
            let shares: Vec<String> = self.shares(2).split('/').map(str::to_owned).collect();
            self.line(format!("instalments = {}", list(&shares)));
        }
        if self.random.chance(50) {
            let quota = self.dated_area(40);
            self.line(format!("quota = {quota}"));
            if self.uses("quota_extra", 50) {
                let year = self.random.year(self.first, self.last);
                self.line(format!("quota_extra = {{ {year} = \"{}亩\", {} = \"0亩\" }}", year % 17, year + 1));
            }
        }
        if self.random.chance(40) {
            let bank = self.area(200);
            self.line(format!("bank = {bank}"));
        }
        let with_fee = self.random.chance(60);
        let uses = self.random.count(1, 3);
        for at in 0..uses {
            let (area, price, new) = (self.dated_area(30), self.price(60, "万元/亩"), self.share(100));
            self.line(format!("\n[source.land.use.use{at}]\narea = {area}\nprice = {price}\nnew = \"{new}\""));
            if with_fee && (at == 0 || self.random.chance(50)) {
                self.line("builds = true");
            }
        }
        let per_mu = self.land_costs();
        self.land_takings();
        let build_out = if with_fee { self.random.count(1, 2) } else { 1 };
        self.land_opening(two, &per_mu, uses, build_out > 1);
        self.sources.push(Source { id: "land".to_owned(), kind: "land", book: Book::Always("fund"), may_be_negative: false });
        if with_fee {
            self.fee(build_out);
        }
    }

    fn land_costs(&mut self) -> Vec<String> {
        let mut per_mu = Vec::new();
        for at in 0..self.random.count(0, 3) {
            let id = format!("cost{at}");
            let (key, amount) = if self.random.chance(60) {
                per_mu.push(id.clone());
                ("per_mu", self.price(30, "万元/亩"))
            } else {
                ("share", self.dated_share(5))
            };
            let party = self.random.word(&["outside", "county"]);
            self.line(format!("\n[source.land.cost.{id}]\n{key} = {amount}\nparty = \"{party}\""));
            self.advance();
        }
        if self.random.chance(60) {
            let (rate, central) = (self.price(40, "元/平方米"), self.dated_share(40));
            let holder = self.holder();
            self.line(format!("\n[source.land.new_land_fee]\nrate = {rate}\ncentral = {central}\nholder = \"{holder}\""));
        }
        if self.random.chance(60) {
            let per_mu = self.price(2, "万元/亩");
            let holder = self.holder();
            self.line(format!("\n[source.land.farmland_development]\nper_mu = {per_mu}\nholder = \"{holder}\""));
        }
        per_mu
    }

    /// Laid out in one year only.
    fn advance(&mut self) {
        let by: Vec<&str> = [("advance_town", "town"), ("advance_county", "county")].into_iter().filter(|(word, _)| self.features.has(word)).map(|(_, by)| by).collect();
        if by.is_empty() || self.random.chance(60) {
            return;
        }
        let (by, year, amount) = (self.random.word(&by), self.random.year(self.first, self.last), self.money(200));
        self.fund_may_fall |= by == "town";
        self.line(format!("advance = {{ by = \"{by}\", amount = {{ {year} = {amount}, {} = \"0元\" }} }}", year + 1));
    }

    fn land_takings(&mut self) {
        let mut counted = Vec::new();
        for at in 0..self.random.count(0, 4) {
            let id = format!("aside{at}");
            let of = self.random.word(&["net", "cash", "remainder"]);
            let (rate, holder, earmark) = (self.dated_share(30), self.holder(), self.earmark());
            self.line(format!("\n[source.land.setaside.{id}]\nof = \"{of}\"\nrate = {rate}\nholder = \"{holder}\"{earmark}"));
            counted.push(id);
        }
        if self.random.chance(40) {
            let counts = if counted.is_empty() { Vec::new() } else { self.random.some(&counted) };
            let (net, gross) = (self.dated_share(50), self.dated_share(10));
            let (counts, holder, earmark) = (list(&counts), self.holder(), self.earmark());
            self.line(format!("\n[source.land.agriculture]\nnet = {net}\ngross = {gross}\ncounts = {counts}\nholder = \"{holder}\"{earmark}"));
        }
        for at in 0..self.random.count(0, 2) {
            let of = self.random.word(&["net", "cash", "remainder"]);
            let to = self.random.word(&["province", "city"]);
            let rate = self.dated_share(20);
            self.line(format!("\n[source.land.due.due{at}]\nof = \"{of}\"\nrate = {rate}\nto = \"{to}\""));
        }
    }

    fn holder(&mut self) -> &'static str {
        self.random.word(&["county", "town"])
    }

    /// Mostly with an earmark.
    fn earmark(&mut self) -> String {
        if self.random.chance(85) { format!("\nearmark = \"{}\"", self.random.pick(&self.earmarks)) } else { String::new() }
    }

    fn land_opening(&mut self, two: bool, per_mu: &[String], uses: usize, areas: bool) {
        if !two && !areas {
            return;
        }
        self.line("\n[source.land.opening]");
        if two {
            let contracts = self.money(1_000);
            self.line(format!("contracts = {contracts}"));
            for id in per_mu {
                let cost = self.money(500);
                self.line(format!("cost.{id} = {cost}"));
            }
        }
        if areas {
            for at in 0..uses {
                let area = self.area(20);
                self.line(format!("area.use{at} = {area}"));
            }
        }
    }

    fn fee(&mut self, build_out: usize) {
        let (rate, plot) = (self.price(60, "元/平方米"), self.random.word(&["2.0", "1.85", "3", "1.333333"]));
        let shares: Vec<String> = self.shares(build_out).split('/').map(str::to_owned).collect();
        let written = self.book();
        let book = match written {
            Book::Always(book) => book,
            Book::Changing => "fund",
        };
        let head = format!("\n[source.fee]\nname = \"配套费\"\nkind = \"fee\"\nclass = \"fund\"\nbook = \"{book}\"\nland = \"land\"");
        self.line(format!("{head}\nrate = {rate}\nplot_ratio = {plot}\nbuild_out = {}", list(&shares)));
        if self.random.chance(60) {
            let exempt = self.share(50);
            self.line(format!("exempt = \"{exempt}\""));
        }
        self.sources.push(Source { id: "fee".to_owned(), kind: "fee", book: Book::Always(book), may_be_negative: false });
    }
}
