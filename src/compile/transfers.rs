//! Transfers: from a payer into a town's book, general or for a purpose, stage by stage of the year.

use super::Compiler;
use super::accounts::{Party, Posting};
use super::books::{Book, Pays, Pot};
use crate::plan::Lane;
use crate::rules::transfers::{Given, Planned, Sight, SourceSight, Stage};
use crate::scenario::{Payer, Transfer};

impl Compiler<'_> {
    /// All transfers, a stage of the year after another; inside a stage in file order.
    pub(super) fn transfers(&mut self) {
        if self.scenario.transfers.is_empty() {
            return;
        }
        let sources = self.source_sights();
        let planned = self.planned();
        let levies = self.books.levies.clone();
        let levies = self.total("levies", "集中入县", "levies", &levies, &[]);
        for (n, stage) in Stage::ALL.into_iter().enumerate() {
            let of_stage: Vec<usize> = (0..self.scenario.transfers.len()).filter(|t| self.scenario.transfers[*t].form.stage() == stage).collect();
            if of_stage.is_empty() {
                continue;
            }
            let (plus, minus) = (self.books.general.plus.clone(), self.books.general.minus.clone());
            let retained = self.total(&format!("retained_before_stage_{n}"), "此前的留存财力（一般公共预算）", "general retained funds so far", &plus, &minus);
            for at in of_stage {
                self.transfer(at, &sources, &planned, (retained, levies));
            }
        }
    }

    fn transfer(&mut self, at: usize, sources: &[SourceSight], planned: &[Planned], (retained, levies): (Lane, Lane)) {
        let scenario = self.scenario;
        let transfer = &scenario.transfers[at];
        let gate = self.in_towns_while(&transfer.towns, transfer.span);
        if gate.never() {
            return;
        }
        let path = format!("transfer.{}", transfer.id);
        let cohorts: Vec<_> = self.towns.iter().map(|(t, _)| scenario.towns[*t].cohort).collect();
        let by_county = transfer.payer == Payer::County;
        let sight = Sight { sources, retained, by_county, levies, cohorts: &cohorts, planned };
        let given = transfer.form.lower(&sight, &mut self.low(&path, &transfer.name, gate));
        self.accounts.transfers.push((at, given.amount));
        self.hand_over(&path, transfer, &given);
    }

    /// Puts a transfer where it belongs: a book, an earmark, or a pot of its own.
    fn hand_over(&mut self, path: &str, transfer: &Transfer, given: &Given) {
        if given.matched {
            let payer = Party::from(transfer.payer);
            self.books.matched.push((path.to_owned(), transfer.name.clone(), payer, given.amount));
            if payer == Party::County {
                self.books.county.paid.push(given.amount);
            }
            return;
        }
        match (&given.only, transfer.earmark) {
            (Some(projects), _) => {
                self.books.pots.push(Pot { path: path.to_owned(), name: transfer.name.clone(), received: Vec::new(), pays: Pays::Projects(projects.clone()) });
                self.special(path, transfer, given.amount, self.books.pots.len() - 1);
            }
            (None, Some(earmark)) => self.special(path, transfer, given.amount, earmark),
            (None, None) => {
                let book = if transfer.to_fund { Book::Fund } else { Book::General };
                self.grant(path, &transfer.name, given.amount, transfer.payer.into(), &book, None);
            }
        }
        if let Some(back) = given.back {
            self.send_up(path, transfer, back);
        }
    }

    /// Special transfers stand apart: they only serve their purpose.
    fn special(&mut self, path: &str, transfer: &Transfer, lane: Lane, pot: usize) {
        self.books.pots[pot].received.push(lane);
        let payer = Party::from(transfer.payer);
        for (party, is_paid, earmark) in [(payer, true, None), (Party::Town, false, Some(pot))] {
            let (item, name, rule) = (path.to_owned(), transfer.name.clone(), path.to_owned());
            self.accounts.postings.push(Posting { item, name, party, source: None, to_fund: transfer.to_fund, earmark, lane, is_paid, rule });
        }
        if payer == Party::County {
            self.books.county.paid.push(lane);
        }
    }

    /// Money from the town's general book to the payer.
    fn send_up(&mut self, path: &str, transfer: &Transfer, lane: Lane) {
        let payer = Party::from(transfer.payer);
        for (party, is_paid) in [(Party::Town, true), (payer, false)] {
            let (item, name, rule) = (path.to_owned(), transfer.name.clone(), path.to_owned());
            self.accounts.postings.push(Posting { item, name, party, source: None, to_fund: false, earmark: None, lane, is_paid, rule });
        }
        self.books.kinds.transfer.minus.push(lane);
        self.give(path, lane, &Book::General);
        if payer == Party::County {
            self.books.county.held.push(lane);
        }
    }

    /// The sources as transfers see them, in file order.
    fn source_sights(&mut self) -> Vec<SourceSight> {
        let mut lanes = self.accounts.sources.clone();
        lanes.sort_by_key(|s| s.source);
        let mut sights = Vec::new();
        for source in lanes {
            let id = self.scenario.sources[source.source].id.clone();
            let levels = [Party::Central, Party::Province, Party::City].map(|party| self.level_of(&format!("source.{id}"), party));
            sights.push(SourceSight { id, gross: source.gross, local: source.local, levels, county: source.county, town: source.town });
        }
        sights
    }

    /// What a level takes of a source, where it takes anything; of land in several lines.
    fn level_of(&mut self, item: &str, party: Party) -> Option<Lane> {
        let lanes: Vec<Lane> = self.accounts.postings.iter().filter(|p| p.item == item && p.party == party && !p.is_paid).map(|p| p.lane).collect();
        match lanes[..] {
            [] => None,
            [one] => Some(one),
            _ => Some(self.total(&format!("{item}/{}", party.key()), "上级所得", "what the level takes", &lanes, &[])),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "amounts stay below 10^15")]
    fn planned(&self) -> Vec<Planned> {
        let scenario = self.scenario;
        let named: Vec<&String> = scenario.transfers.iter().flat_map(|t| t.form.projects()).collect();
        let place = |town: usize| self.towns.iter().position(|(t, _)| *t == town).unwrap_or(0);
        let years = scenario.first_year..=scenario.last_year;
        let plan = |p: &crate::scenario::Project| Planned { id: p.id.clone(), town: place(p.town), due: years.clone().map(|y| p.due(y) as f64).collect() };
        scenario.projects.iter().filter(|p| named.contains(&&p.id)).map(plan).collect()
    }
}
