//! The split of a source before county and town share it: levels above, a partner, enclaves; what is left is the local part.

use super::Compiler;
use super::accounts::{Party, SourceLanes};
use super::books::Shelf;
use super::moving::Shifted;
use super::sources::{Ready, path_of};
use crate::base::{lang::Words, ratio::Ratio};
use crate::plan::{
    Lane,
    builder::Name,
    table::{Follows, Shown},
};
use crate::rules::{
    param::Param,
    sources::{PartnerHolder, Stream},
};
use crate::scenario::{Level, Source};

/// Who takes of a component before county and town share it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taker {
    Level(Level),
    Partner(PartnerHolder),
}

/// The split of a source so far: who took what of each component, what is left of it.
struct Split {
    takes: Vec<(Taker, Vec<Lane>)>,
    locals: Vec<Lane>,
    left_of_gross: Vec<i64>,
}

/// What is taken next of a component: by whom, at which rate, of gross or of what is left.
struct Claim<'s> {
    taker: Taker,
    rate: &'s Param,
    of_gross: bool,
}

impl Taker {
    const fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Level(Level::Central) => ("central", "中央分成", "central share"),
            Self::Level(Level::Province) => ("province", "省级分成", "province's share"),
            Self::Level(Level::City) => ("city", "市级分成", "city's share"),
            Self::Partner(_) => ("partner", "合作方分成", "partner's share"),
        }
    }

    const fn party(self) -> Party {
        match self {
            Self::Level(Level::Central) => Party::Central,
            Self::Level(Level::Province) => Party::Province,
            Self::Level(Level::City) => Party::City,
            Self::Partner(PartnerHolder::County) => Party::County,
            Self::Partner(PartnerHolder::Outside) => Party::Outside,
        }
    }
}

impl Compiler<'_> {
    /// Takes of the upper levels and of a partner from every component; what is left is the local part, which enclaves shift.
    pub(super) fn split(&mut self, n: usize, source: &Source, streams: &[Stream]) -> Ready {
        let path = path_of(source);
        let mut split = Split { takes: Vec::new(), locals: Vec::new(), left_of_gross: vec![Ratio::ONE.0; self.plan.years * self.plan.towns] };
        for (k, stream) in streams.iter().enumerate() {
            self.split_component(n, source, k, stream, &mut split);
        }
        let Split { takes, locals, left_of_gross } = split;
        let gross: Vec<Lane> = streams.iter().map(|s| s.gross).collect();
        let gross = self.joined(&path, &source.name, "gross", ("总额", "gross"), &gross);
        let raised = self.joined(&path, &source.name, "local", ("地方留成部分", "local part"), &locals);
        let shifted = self.shift(n, raised);
        let (whole, local) = self.with_enclaves(&path, &source.name, gross, raised, &shifted);
        let mut parts: Vec<Lane> = std::iter::once(local).chain(shifted.given).collect();
        for (taker, lanes) in takes {
            let (key, zh, en) = taker.words();
            let lane = self.joined(&path, &source.name, key, (zh, en), &lanes);
            parts.push(lane);
            let name = match (taker, &source.partner) {
                (Taker::Partner(_), Some(partner)) => &partner.name,
                _ => &source.name,
            };
            self.post(n, &path, name, taker.party(), lane);
            if taker == Taker::Partner(PartnerHolder::County) {
                self.books.county.held.push(lane);
            }
        }
        self.plan.closes(&path, whole, parts);
        let Shelf { book, in_fund, in_capital } = self.book_of(&format!("{path}.book"), &source.book);
        Ready { lanes: SourceLanes { source: n, gross, local, town: None, county: None, in_fund, in_capital }, book, locals, left_of_gross }
    }

    /// The levels above in their order, then the partner; each from what the ones before leave.
    fn split_component(&mut self, n: usize, source: &Source, k: usize, stream: &Stream, split: &mut Split) {
        let scenario = self.scenario;
        let uppers = scenario.uppers.iter().filter_map(|u| u.shares[n].as_ref().map(|s| Claim { taker: Taker::Level(u.level), rate: &s.rate, of_gross: s.of_gross }));
        let partner = source.partner.iter().map(|p| Claim { taker: Taker::Partner(p.holder), rate: &p.share, of_gross: false });
        let mut left = stream.gross;
        let mut share_left = vec![Ratio::ONE.0; split.left_of_gross.len()];
        for claim in uppers.chain(partner) {
            let Some((taken, rest)) = self.claim(source, k, stream, &claim, left, &mut share_left) else { continue };
            left = rest;
            match split.takes.iter_mut().find(|(taker, _)| *taker == claim.taker) {
                Some((_, lanes)) => lanes.push(taken),
                None => split.takes.push((claim.taker, vec![taken])),
            }
        }
        split.locals.push(left);
        split.left_of_gross.iter_mut().zip(share_left).for_each(|(least, left)| *least = (*least).min(left));
    }

    /// One take; none where the rate is nothing everywhere.
    fn claim(&mut self, source: &Source, k: usize, stream: &Stream, claim: &Claim<'_>, left: Lane, share_left: &mut [i64]) -> Option<(Lane, Lane)> {
        let (gate, towns) = (self.everywhere(), self.plan.towns);
        let mut low = self.low(&path_of(source), &source.name, gate);
        let rate = low.table_while(claim.rate, Shown::Share, Follows::Share, |y, _| stream.lives[y]);
        for (at, left) in share_left.iter_mut().enumerate() {
            let asked = claim.rate.at(low.towns[at % towns].0, low.year(at / towns), low.drivers, stream.lives[at / towns]);
            let rate = Ratio(asked.map_or(0, |(rate, _)| rate));
            *left -= if claim.of_gross { rate.0 } else { rate.of(*left) };
        }
        if low.plan.get(rate).is_all(0.0) {
            return None;
        }
        let base = if claim.of_gross { stream.gross } else { left };
        let (key, zh, en) = claim.taker.words();
        let (name, rest) = (low.name(&format!("{key}_{k}"), zh, en), low.name(&format!("after_{key}_{k}"), "余额", "left"));
        Some(low.plan.take(name, rest, base, rate, left))
    }

    /// The local part with what enclaves shift, and what all parts must add up to.
    fn with_enclaves(&mut self, path: &str, owner: &str, gross: Lane, raised: Lane, shifted: &Shifted) -> (Lane, Lane) {
        if shifted.given.is_empty() {
            return (gross, raised);
        }
        let name = |key, zh, en| Name::of(path, owner, key, Words::new(zh, en));
        let plus = |lane: Lane| [&[lane], &shifted.received[..]].concat();
        let whole = self.plan.sum(name("gross_with_enclaves", "总额加飞地分得", "gross with what comes of enclaves"), &plus(gross), &[]);
        let local = self.plan.sum(name("local_with_enclaves", "地方留成部分（飞地划转后）", "local part after enclaves"), &plus(raised), &shifted.given);
        (whole, local)
    }

    fn joined(&mut self, path: &str, owner: &str, key: &str, words: (&'static str, &'static str), lanes: &[Lane]) -> Lane {
        let name = Name::of(path, owner, key, Words::new(words.0, words.1));
        match lanes {
            [one] => *one,
            _ => self.plan.sum(name, lanes, &[]),
        }
    }
}
