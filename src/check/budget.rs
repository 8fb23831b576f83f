//! Reserve, stabilisation fund, transfer-in, ladder, carry-over.

use super::read::Reader;
use crate::load::node::Table;
use crate::rules::budget::{Budget, Carryover, Ladder, Reserve, Stabilisation, TransferIn};

impl Reader<'_> {
    /// The tables that are written.
    pub fn budget(&mut self, root: &Table) -> Budget {
        Budget {
            stabilisation: self.table_at(root, Stabilisation::CARD.kind, Stabilisation::FIELDS).map(|mut v| Stabilisation::read(&mut v)),
            transfer_in: self.table_at(root, TransferIn::CARD.kind, TransferIn::FIELDS).map(|mut v| TransferIn::read(&mut v)),
            reserve: self.table_at(root, Reserve::CARD.kind, Reserve::FIELDS).and_then(|mut v| Reserve::read(&mut v)),
            ladder: self.table_at(root, Ladder::CARD.kind, Ladder::FIELDS).map(|mut v| Ladder::read(&mut v)),
            carryover: self.table_at(root, Carryover::CARD.kind, Carryover::FIELDS).map(|mut v| Carryover::read(&mut v)),
        }
    }
}
