//! On-lent special bonds: money lent goes into a purse of its own; its service is the first of all fund spending.

use super::Compiler;
use super::accounts::{BondService, Party, Posting};
use super::books::{Pays, Pot};
use crate::plan::{Arg, Lane, Op};
use crate::scenario::OnLent;

impl Compiler<'_> {
    /// Lends and serves every bond, in file order; gives what is left of the fund money.
    pub(super) fn serve_bonds(&mut self, fund: Lane) -> Lane {
        let scenario = self.scenario;
        scenario.bonds.iter().fold(fund, |left, bond| self.bond(bond, left))
    }

    /// The town pays the county what it can, the rest it owes on; the county pays the service whole.
    fn bond(&mut self, bond: &OnLent, fund: Lane) -> Lane {
        let path = format!("bond.{}", bond.id);
        let gate = self.in_towns(&bond.towns);
        if gate.never() {
            return fund;
        }
        let mut low = self.low(&path, &bond.name, gate);
        let lanes = bond.terms.lower(&mut low);
        let owed = low.plan.fen(low.name("owed", "年末欠付本息", "service owed at the end of the year"));
        let before = low.plan.carry(low.name("owed_before", "年初欠付本息", "service owed at the start of the year"), owed, 1, Arg::Number(0.0));
        let asked = low.plan.sum(low.name("asked", "应付本息（含欠付）", "service with what was owed"), &[lanes.due, before], &[]);
        let paid = low.plan.fen(low.name("paid", "实付本息", "service paid"));
        let rest = low.plan.fen(low.name("left", "付息还本后基金", "fund money left"));
        low.plan.ops.push(Op::Pay { paid, unmet: owed, rest, due: asked.into(), from: fund });
        self.books.pots.push(Pot { path: path.clone(), name: bond.name.clone(), received: vec![lanes.lent], pays: Pays::Classes(bond.classes.clone()) });
        self.books.county.returned.push(paid);
        self.books.county.paid.push(lanes.due);
        self.accounts.bonds.push(BondService { path: path.clone(), lent: lanes.lent, due: lanes.due, paid, owed });
        let service = format!("{path}/service");
        let pot = self.books.pots.len() - 1;
        for (party, is_paid, earmark) in [(Party::Province, true, None), (Party::Town, false, Some(pot))] {
            let (item, name, rule) = (path.clone(), bond.name.clone(), path.clone());
            self.accounts.postings.push(Posting { item, name, party, source: None, to_fund: true, earmark, lane: lanes.lent, is_paid, rule });
        }
        self.financing(&path, &service, &bond.name, paid, [(Party::Town, true, true), (Party::County, false, true)]);
        self.financing(&path, &service, &bond.name, lanes.due, [(Party::County, true, true), (Party::Province, false, true)]);
        rest
    }
}
