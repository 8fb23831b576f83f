//! Firms that move and enclaves 收入划转、飞地: what is raised in one town and belongs to another.

use super::Compiler;
use super::accounts::{MoveLanes, Party, Posting};
use super::sources::{Ready, path_of};
use crate::base::when::Year;
use crate::plan::{Arg, Lane, builder::Name};
use crate::rules::{
    lowering::{Gate, Lowering},
    sources::Stream,
};
use crate::scenario::FirmMove;

/// A move on its way: its order, and the component it became in the source.
pub(super) struct Moved {
    order: usize,
    component: usize,
}

/// What enclaves change of the local part of a source.
pub(super) struct Shifted {
    /// What leaves the hosts.
    pub given: Vec<Lane>,
    /// What comes to the origins.
    pub received: Vec<Lane>,
}

impl Compiler<'_> {
    /// All moves in file order: out of the components of the source in the town left, into a new component in the other.
    pub(super) fn moves(&mut self, streams: &mut [Vec<Stream>]) -> Vec<Moved> {
        let scenario = self.scenario;
        let mut moved = Vec::new();
        for (order, firm) in scenario.moves.iter().enumerate() {
            let (from, to) = (self.place_of(firm.from), self.place_of(firm.to));
            let left = self.leave(firm, from, &mut streams[firm.source]);
            let came = self.pass(&path_of_move(firm), &firm.name, ("came", "迁入收入", "gross that came"), left, from, to);
            let lives = streams[firm.source].first().map(|s| s.lives.clone()).unwrap_or_default();
            moved.push(Moved { order, component: streams[firm.source].len() });
            streams[firm.source].push(Stream { gross: came, lives });
            self.accounts.moves.push(MoveLanes { order, left, came, compensation: None });
            let path = path_of_move(firm);
            let at = Some(firm.source);
            self.note(&path, &format!("{}·收入迁出", firm.name), Party::OtherTown, at, left, false);
            self.note(&path, &format!("{}·收入迁入", firm.name), Party::OtherTown, at, came, true);
        }
        moved
    }

    /// `min(amount, max(0, gross))`, out of the components one after another.
    fn leave(&mut self, firm: &FirmMove, from: usize, streams: &mut [Stream]) -> Lane {
        let gate = self.gate_of(firm, from);
        let mut low = self.low(&path_of_move(firm), &firm.name, gate);
        let asked = low.money(&firm.amount).into();
        let take = |low: &mut Lowering<'_>, part: &str, due: Arg, gross: Lane| {
            let left = low.name(&format!("left{part}"), "迁出收入", "gross that left");
            let unmet = low.name(&format!("unmet{part}"), "超出总额部分", "more than there is");
            let stays = low.name(&format!("stays{part}"), "迁出后总额", "gross that stays");
            low.plan.pay(left, unmet, stays, due, gross)
        };
        if let [only] = streams {
            let (left, _, stays) = take(&mut low, "", asked, only.gross);
            only.gross = stays;
            return left;
        }
        let components: Vec<Lane> = streams.iter().map(|s| s.gross).collect();
        let gross = low.plan.sum(low.name("gross", "迁出前总额", "gross before the move"), &components, &[]);
        let (left, ..) = take(&mut low, "", asked, gross);
        let mut due = left;
        for (k, stream) in streams.iter_mut().enumerate() {
            (_, due, stream.gross) = take(&mut low, &format!("_{k}"), due.into(), stream.gross);
        }
        left
    }

    /// Compensation: a share of what the move left to county and town in the new town, passed back within the general books.
    pub(super) fn compensate(&mut self, moved: &[Moved], ready: &[Ready]) {
        let scenario = self.scenario;
        for moved in moved {
            let firm = &scenario.moves[moved.order];
            let Some(compensation) = &firm.compensation else { continue };
            let (from, to) = (self.place_of(firm.from), self.place_of(firm.to));
            let (path, gate) = (path_of_move(firm), self.gate_of(firm, to));
            let local = ready[firm.source].locals[moved.component];
            let mut low = self.low(&path, &firm.name, gate);
            let share = low.ratio(compensation);
            let paid = low.plan.amount(low.name("compensation_paid", "付出补偿", "compensation paid"), local, share);
            let received = self.pass(&path, &firm.name, ("compensation_received", "收到补偿", "compensation received"), paid, to, from);
            self.books.general.minus.push(paid);
            self.books.general.plus.push(received);
            self.books.kinds.transfer.minus.push(paid);
            self.books.kinds.transfer.plus.push(received);
            let name = format!("{}·补偿", firm.name);
            self.note(&path, &name, Party::Town, None, paid, true);
            self.note(&path, &name, Party::Town, None, received, false);
            self.accounts.moves[moved.order].compensation = Some((paid, received));
        }
    }

    /// The enclaves of a source: shares of the hosts' local part, each no more than is left.
    pub(super) fn shift(&mut self, source: usize, local: Lane) -> Shifted {
        let scenario = self.scenario;
        let mut shifted = Shifted { given: Vec::new(), received: Vec::new() };
        let mut there: Option<(Lane, Lane)> = None;
        for enclave in scenario.enclaves.iter().filter(|e| e.source == source) {
            let (host, origin) = (self.place_of(enclave.host), self.place_of(enclave.origin));
            let path = format!("enclave.{}", enclave.id);
            let gate = Gate::new(self.plan.years, self.plan.towns, |_, t| t == host);
            let mut low = self.low(&path, &enclave.name, gate);
            let (base, left) = there.unwrap_or_else(|| {
                let name = low.name("there", "可分享部分（不为负）", "what there is to share");
                let lane = low.plan.clamp(name, local, Some(Arg::Number(0.0)), None);
                (lane, lane)
            });
            let share = low.ratio(&enclave.share);
            let (given, rest) = (low.name("given", "分给飞出地", "share of the origin"), low.name("rest", "飞入地余额", "left to the host"));
            let (given, rest) = low.plan.take(given, rest, base, share, left);
            there = Some((base, rest));
            let received = self.pass(&path, &enclave.name, ("received", "飞出地分得", "received by the origin"), given, host, origin);
            // Lines of the source itself, so that its lines add up to its gross in both towns.
            let item = path_of(&scenario.sources[source]);
            for (what, lane, is_paid) in [("分给飞出地", given, false), ("飞出地分得", received, true)] {
                let (item, name, rule) = (item.clone(), format!("{}·{what}", enclave.name), path.clone());
                self.accounts.postings.push(Posting { item, name, party: Party::OtherTown, source: Some(source), to_fund: false, earmark: None, lane, is_paid, rule });
            }
            shifted.given.push(given);
            shifted.received.push(received);
        }
        shifted
    }

    /// What one town has, in another; where they are of different counties, these are computed together.
    fn pass(&mut self, path: &str, owner: &str, (key, zh, en): (&str, &'static str, &'static str), lane: Lane, from: usize, to: usize) -> Lane {
        let county = |place: usize| &self.scenario.towns[self.towns[place].0].county;
        self.plan.one_block |= county(from) != county(to);
        self.plan.route(Name::of(path, owner, key, crate::base::lang::Words::new(zh, en)), lane, from, to)
    }

    fn note(&mut self, path: &str, name: &str, party: Party, source: Option<usize>, lane: Lane, is_paid: bool) {
        let (item, name, rule) = (path.to_owned(), name.to_owned(), path.to_owned());
        self.accounts.postings.push(Posting { item, name, party, source, to_fund: false, earmark: None, lane, is_paid, rule });
    }

    /// One town, from the year of the move on.
    fn gate_of(&self, firm: &FirmMove, place: usize) -> Gate {
        let first = self.scenario.first_year;
        Gate::new(self.plan.years, self.plan.towns, |y, t| t == place && firm.since().is_none_or(|since| first + Year::try_from(y).unwrap_or(0) >= since))
    }

    /// The place in the plan of a town of the scenario.
    fn place_of(&self, town: usize) -> usize {
        self.towns.iter().position(|(t, _)| *t == town).expect("every town of the scenario stands in the plan")
    }
}

fn path_of_move(firm: &FirmMove) -> String {
    format!("move.{}", firm.id)
}
