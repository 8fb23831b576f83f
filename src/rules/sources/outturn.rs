//! Outturns in place of the projection: what was collected is what is shared.

use super::Stream;
use crate::plan::{Arg, Lane, TableId};
use crate::rules::lowering::Lowering;

/// What was observed of a source: where, and how much.
#[derive(Clone, Copy, Debug)]
pub struct Outturn {
    /// 1 in the towns and years that were observed.
    pub seen: TableId,
    /// \[分\] What was observed there.
    pub amount: TableId,
}

impl Outturn {
    /// The outturn where there is one, else what is projected.
    pub fn instead_of(self, projected: Lane, low: &mut Lowering<'_>) -> Lane {
        let name = low.name("outturn", "全年数额（有决算数的用决算数）", "year's amount, the outturn where there is one");
        low.plan.select(name, self.seen, self.amount, projected)
    }

    /// The same of a source of several streams: each has the part of the outturn it has of the projection, the first the rest,
    /// so that the law of the part of the year in which a stream lives still finds it.
    pub fn over(self, streams: &mut [Stream], low: &mut Lowering<'_>) {
        let [first, others @ ..] = streams else { return };
        if others.is_empty() {
            first.gross = self.instead_of(first.gross, low);
            return;
        }
        let all: Vec<Lane> = std::iter::once(&*first).chain(others.iter()).map(|s| s.gross).collect();
        let projected = low.plan.sum(low.name("projected", "测算总额", "projected gross"), &all, &[]);
        let mut given = Vec::new();
        for (k, stream) in others.iter_mut().enumerate() {
            let part =
                low.plan.prorate(low.name(&format!("outturn_part_{k}"), "决算数的一部分", "its part of the outturn"), stream.gross, self.amount, projected, Arg::Number(0.0));
            stream.gross = low.plan.select(low.name(&format!("outturn_{k}"), "决算数或测算数", "outturn or projection"), self.seen, part, stream.gross);
            given.push(stream.gross);
        }
        let rest = low.plan.sum_in(
            low.name("outturn_rest", "决算数余下部分", "rest of the outturn"),
            crate::plan::Domain::Town,
            crate::plan::Unit::Fen,
            vec![self.amount.into()],
            given.into_iter().map(Arg::from).collect(),
        );
        first.gross = low.plan.select(low.name("outturn", "全年数额（有决算数的用决算数）", "year's amount, the outturn where there is one"), self.seen, rest, first.gross);
    }
}
