//! Sources: gross by stream, the upper split, the local part that county and town share.

use super::Compiler;
use super::accounts::{Party, Posting, SourceLanes};
use super::books::{Book, Shelf};
use crate::plan::{Lane, table::Shown};
use crate::rules::{
    lowering::{Gate, Lowering},
    sources::{Advanced, Holder, Kind, LandLanes, Outturn, Set, Stream},
};
use crate::scenario::Source;

/// A source ready to be shared.
pub(super) struct Ready {
    pub lanes: SourceLanes,
    pub book: Book,
    /// The local part of every component, before enclaves.
    pub locals: Vec<Lane>,
    /// The smallest part of gross left to county and town, by year and town (millionths).
    pub left_of_gross: Vec<i64>,
}

impl Compiler<'_> {
    /// All sources, in file order.
    pub(super) fn sources(&mut self) -> Vec<Ready> {
        let scenario = self.scenario;
        let mut streams: Vec<Vec<Stream>> = vec![Vec::new(); scenario.sources.len()];
        let mut lands: Vec<Option<LandLanes>> = vec![None; scenario.sources.len()];
        for (n, source) in scenario.sources.iter().enumerate() {
            self.independent(n, source, &mut streams, &mut lands);
        }
        for (n, source) in scenario.sources.iter().enumerate() {
            if let Kind::Fee(fee) = &source.kind
                && let Some(land) = scenario.sources.iter().position(|s| s.id == fee.land).and_then(|at| lands[at].clone())
            {
                let gate = self.everywhere();
                let mut low = self.low(&path_of(source), &source.name, gate);
                let mut stream = fee.lower(&land, &mut low);
                refund(source, &mut stream, &mut low);
                streams[n].push(stream);
            }
        }
        self.follow_capital(&mut streams);
        let moved = self.moves(&mut streams);
        for (n, source) in scenario.sources.iter().enumerate() {
            self.observed(source, &mut streams[n]);
        }
        self.derived(&mut streams);
        let mut ready = Vec::new();
        for (n, source) in scenario.sources.iter().enumerate() {
            let land = lands[n].take();
            ready.push(match land {
                Some(land) => self.land_ready(n, source, &land),
                None => self.split(n, source, &streams[n]),
            });
        }
        self.compensate(&moved, &ready);
        ready
    }

    /// Sources that rest on nothing else; what ends by law goes on in another.
    fn independent(&mut self, n: usize, source: &Source, streams: &mut [Vec<Stream>], lands: &mut [Option<LandLanes>]) {
        let scenario = self.scenario;
        let gate = self.everywhere();
        let base_year = scenario.base_year;
        let outturn = self.outturn(source);
        let mut low = self.low(&path_of(source), &source.name, gate);
        match &source.kind {
            Kind::Driven(driven) => {
                let (mut stream, converted) = driven.lower(base_year, &mut low);
                refund(source, &mut stream, &mut low);
                streams[n].push(stream);
                let target = driven.ending().and_then(|e| e.becomes.as_ref()).and_then(|id| scenario.sources.iter().position(|s| s.id == *id));
                if let (Some(target), Some(converted)) = (target, converted) {
                    streams[target].push(converted);
                }
            }
            Kind::Series(series) => {
                let mut stream = series.lower(&mut low);
                refund(source, &mut stream, &mut low);
                streams[n].push(stream);
            }
            Kind::Concession(concession) => {
                let mut stream = concession.lower(&mut low);
                refund(source, &mut stream, &mut low);
                streams[n].push(stream);
            }
            Kind::Land(land) => lands[n] = Some(land.lower(outturn, &mut low)),
            Kind::Derived(_) | Kind::Fee(_) => {}
        }
    }

    /// Derived sources after what they are levied on; circles were refused by the check.
    fn derived(&mut self, streams: &mut [Vec<Stream>]) {
        let scenario = self.scenario;
        let mut left: Vec<usize> = (0..scenario.sources.len()).filter(|n| matches!(scenario.sources[*n].kind, Kind::Derived(_))).collect();
        while !left.is_empty() {
            let before = left.len();
            let waiting = left.clone();
            left.retain(|&n| {
                let source = &scenario.sources[n];
                let Kind::Derived(derived) = &source.kind else { return false };
                if derived.on.iter().any(|on| waiting.contains(on)) {
                    return true;
                }
                let gross: Vec<Lane> = derived.on.iter().flat_map(|on| streams[*on].iter().map(|s| s.gross)).collect();
                let gate = self.everywhere();
                let mut low = self.low(&path_of(source), &source.name, gate);
                let mut stream = derived.lower(&gross, &mut low);
                refund(source, &mut stream, &mut low);
                streams[n].push(stream);
                self.observed(source, &mut streams[n]);
                false
            });
            if left.len() == before {
                return;
            }
        }
    }

    /// What was observed of a source takes the place of its streams. One that was not made yet (a derived one) waits.
    fn observed(&mut self, source: &Source, streams: &mut [Stream]) {
        if let Some(outturn) = self.outturn(source).filter(|_| !streams.is_empty()) {
            let gate = self.everywhere();
            let mut low = self.low(&path_of(source), &source.name, gate);
            outturn.over(streams, &mut low);
        }
    }

    /// The tables of what was observed of a source.
    #[expect(clippy::cast_precision_loss, reason = "amounts stay below 10^15")]
    fn outturn(&mut self, source: &Source) -> Option<Outturn> {
        let observed = &source.outturns.as_ref()?.0;
        let (first, towns) = (self.scenario.first_year, self.towns.clone());
        let at = |y: usize, t: usize| observed.get(&(towns[t].0, first + i32::try_from(y).unwrap_or(0)));
        let path = path_of(source);
        let seen = self.plan.made(&format!("{path}/seen"), Shown::Flag, |y, t| f64::from(u8::from(at(y, t).is_some())));
        let amount = self.plan.made(&format!("{path}/observed"), Shown::Fen, |y, t| at(y, t).map_or(0.0, |fen| *fen as f64));
        Some(Outturn { seen, amount })
    }

    /// The land chain's lines in the ledger, its earmarked money in the pots, its shareable part.
    fn land_ready(&mut self, n: usize, source: &Source, land: &LandLanes) -> Ready {
        let path = path_of(source);
        let Shelf { book, in_fund, in_capital } = self.book_of(&format!("{path}.book"), &source.book);
        for (k, set) in land.costs.iter().enumerate() {
            // The county's own outlay is received and spent by it: it stands in the ledger, not in its account.
            let party = if land.costs_of_county[k] { Party::County } else { Party::Outside };
            match land.advances.iter().find(|a| a.cost == k) {
                None => self.post(n, &path, &set.name, party, set.lane),
                Some(advanced) => self.advanced(n, &path, advanced, party),
            }
        }
        if let Some(central) = land.central {
            self.post(n, &path, "新增建设用地有偿使用费", Party::Central, central);
        }
        for set in &land.to_province {
            self.post(n, &path, &set.name, Party::Province, set.lane);
        }
        for set in &land.to_city {
            self.post(n, &path, &set.name, Party::City, set.lane);
        }
        for (set, holder) in &land.before_net {
            self.held(n, &path, set, *holder == Holder::Town, &book);
        }
        for (set, holder) in &land.held {
            self.held_by_agreement(n, &path, set, *holder, &book);
        }
        self.loss(n, &path, land, &book);
        let mut lines = vec![("到账".to_owned(), land.cash), ("净收益".to_owned(), land.net)];
        lines.extend(land.costs.iter().chain(land.before_net.iter().map(|(s, _)| s)).chain(land.held.iter().map(|(s, _)| s)).map(|s| (s.name.clone(), s.lane)));
        lines.push(("可分成部分".to_owned(), land.shareable));
        self.accounts.land.push((n, lines));
        let left_of_gross = vec![0; self.plan.years * self.plan.towns];
        let lanes = SourceLanes { source: n, gross: land.cash, local: land.shareable, town: None, county: None, in_fund, in_capital };
        Ready { lanes, book, locals: vec![land.shareable], left_of_gross }
    }

    /// Set-asides follow the agreement: under full retention the town holds them.
    fn held_by_agreement(&mut self, n: usize, path: &str, set: &Set, holder: Holder, book: &Book) {
        let scenario = self.scenario;
        let by_agreement: Vec<bool> = scenario.agreements.iter().map(|a| a.sharing.iter().any(|p| p.of.contains(&n) && p.options.town_holds_setasides)).collect();
        let towns = &self.towns;
        let gate = Gate::new(self.plan.years, self.plan.towns, |y, t| holder == Holder::Town || by_agreement[scenario.regime[towns[t].0][y].agreement]);
        if gate.always() || gate.never() {
            return self.held(n, path, set, gate.always(), book);
        }
        let key = format!("{path}/{}", set.name);
        let mut low = self.low(&key, &set.name, gate);
        let flag = low.in_force();
        let (in_town, in_county) = (low.name("town", "镇持有", "held by the town"), low.name("county", "县持有", "held by the county"));
        let town = low.plan.amount(in_town, set.lane, flag);
        let county = low.plan.sum(in_county, &[set.lane], &[town]);
        self.held(n, path, &Set { lane: town, ..set.clone() }, true, book);
        self.held(n, path, &Set { lane: county, ..set.clone() }, false, book);
    }

    fn held(&mut self, n: usize, path: &str, set: &Set, by_town: bool, book: &Book) {
        let earmark = set.earmark.as_ref().and_then(|id| self.scenario.earmarks.iter().position(|e| e.id == *id));
        let party = if by_town { Party::Town } else { Party::County };
        let mut posting = self.posting(n, path, &set.name, party, set.lane);
        posting.earmark = earmark;
        self.accounts.postings.push(posting);
        match (by_town, earmark) {
            (false, _) => self.books.county.held.push(set.lane),
            (true, Some(earmark)) => self.books.pots[earmark].received.push(set.lane),
            (true, None) => {
                self.books.kinds.land.plus.push(set.lane);
                self.receive(path, set.lane, book);
            }
        }
    }

    fn loss(&mut self, n: usize, path: &str, land: &LandLanes, book: &Book) {
        let (lane, holder) = land.loss;
        let party = if holder == Holder::Town { Party::Town } else { Party::County };
        let mut posting = self.posting(n, path, "土地倒挂承担", party, lane);
        posting.is_paid = true;
        self.accounts.postings.push(posting);
        if holder == Holder::Town {
            self.books.kinds.land.minus.push(lane);
            self.give(path, lane, book);
        } else {
            self.books.county.paid.push(lane);
        }
    }

    /// A cost laid out before: out of the payer's money when it is laid out, back to it as the cost is recognised.
    fn advanced(&mut self, n: usize, path: &str, advanced: &Advanced, paid: Party) {
        let party = if advanced.by == Holder::Town { Party::Town } else { Party::County };
        let laid_out = format!("{}·垫付", advanced.name);
        let mut posting = self.posting(n, path, &laid_out, party, advanced.laid_out);
        posting.is_paid = true;
        self.accounts.postings.push(posting);
        self.post(n, path, &laid_out, paid, advanced.laid_out);
        self.post(n, path, &format!("{}·归还垫付", advanced.name), party, advanced.repaid);
        self.post(n, path, &advanced.name, paid, advanced.to_party);
        if advanced.by == Holder::Town {
            self.books.fund_cash.minus.push(advanced.laid_out);
            self.books.fund_cash.plus.push(advanced.repaid);
        } else {
            self.books.county.paid.push(advanced.laid_out);
            self.books.county.held.push(advanced.repaid);
        }
    }

    /// A ledger line of a source.
    pub(super) fn post(&mut self, source: usize, path: &str, name: &str, party: Party, lane: Lane) {
        let posting = self.posting(source, path, name, party, lane);
        self.accounts.postings.push(posting);
    }

    fn posting(&self, source: usize, path: &str, name: &str, party: Party, lane: Lane) -> Posting {
        let (item, name, rule) = (path.to_owned(), name.to_owned(), path.to_owned());
        Posting { item, name, party, source: Some(source), to_fund: false, earmark: None, lane, is_paid: false, rule }
    }
}

pub(super) fn path_of(source: &Source) -> String {
    format!("source.{}", source.id)
}

fn refund(source: &Source, stream: &mut Stream, low: &mut Lowering<'_>) {
    if let Some(refunds) = &source.refunds {
        let table = low.money(refunds);
        let name = low.name("net_of_refunds", "扣退税后", "net of refunds");
        stream.gross = low.plan.sum_in(name, crate::plan::Domain::Town, crate::plan::Unit::Fen, vec![stream.gross.into()], vec![table.into()]);
    }
}
