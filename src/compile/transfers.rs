//! Transfers: from a payer into a town's book, general or for a purpose.

use super::Compiler;
use super::accounts::{Party, Posting};
use super::books::Book;
use crate::scenario::Transfer;

impl Compiler<'_> {
    /// All transfers.
    pub(super) fn transfers(&mut self) {
        let scenario = self.scenario;
        for (n, transfer) in scenario.transfers.iter().enumerate() {
            let gate = self.in_towns(&transfer.towns);
            if gate.never() {
                continue;
            }
            let path = format!("transfer.{}", transfer.id);
            let lane = transfer.form.lower(&mut self.low(&path, &transfer.name, gate));
            self.accounts.transfers.push((n, lane));
            match transfer.earmark {
                None => {
                    let book = if transfer.to_fund { Book::Fund } else { Book::General };
                    self.grant(&path, &transfer.name, lane, transfer.payer.into(), &book, None);
                }
                Some(earmark) => self.special(&path, transfer, lane, earmark),
            }
        }
    }

    /// Special transfers stand apart: they only serve their purpose.
    fn special(&mut self, path: &str, transfer: &Transfer, lane: crate::plan::Lane, earmark: usize) {
        self.books.earmarked[earmark].push(lane);
        let payer = Party::from(transfer.payer);
        for (party, is_paid, earmark) in [(payer, true, None), (Party::Town, false, Some(earmark))] {
            let (item, name, rule) = (path.to_owned(), transfer.name.clone(), path.to_owned());
            self.accounts.postings.push(Posting { item, name, party, source: None, to_fund: transfer.to_fund, earmark, lane, is_paid, rule });
        }
        if payer == Party::County {
            self.books.county.paid.push(lane);
        }
    }
}
