//! Feedback of capital 资本反馈: finished projects add to a stock, and later revenue follows the stock.

use super::Compiler;
use crate::plan::{
    Arg, Lane,
    table::{Follows, Shown},
};
use crate::rules::sources::Stream;

/// Where its lanes stand.
const PATH: &str = "feedback.capital";

impl Compiler<'_> {
    /// Gross of the sources that follow the stock of the year before: `R(gross × (K_{t−1} ÷ reference)^ε)`.
    pub(super) fn follow_capital(&mut self, streams: &mut [Vec<Stream>]) {
        let scenario = self.scenario;
        let Some(capital) = &scenario.feedback.capital else { return };
        let gate = self.everywhere();
        let mut low = self.low(PATH, "资本反馈", gate);
        let stock = low.plan.fen(low.name("stock", "年末资本存量", "capital at the end of the year"));
        let reference = low.money(&capital.reference);
        let elasticity = low.table(&capital.elasticity, Shown::Number, Follows::Plain);
        let before = low.plan.carry(low.name("stock_before", "年初资本存量", "capital at the start of the year"), stock, 1, reference);
        let factor = low.plan.power(low.name("factor", "资本反馈系数", "factor of capital"), before, reference, elasticity);
        for &source in &capital.sources {
            let (path, title) = (super::sources::path_of(&scenario.sources[source]), &scenario.sources[source].name);
            for (k, stream) in streams[source].iter_mut().enumerate() {
                let gate = self.everywhere();
                let low = self.low(&path, title, gate);
                let name = low.name(&format!("with_capital_{k}"), "资本反馈后总额", "gross with feedback of capital");
                stream.gross = low.plan.amount(name, stream.gross, factor);
            }
        }
        self.accounts.capital_stock = Some((stock, before));
    }

    /// `K_t = R(K_{t−1}·(1−δ)) + what was finished`
    pub(super) fn build_up_capital(&mut self, finished: Lane) {
        let (Some(capital), Some((stock, before))) = (&self.scenario.feedback.capital, self.accounts.capital_stock) else { return };
        let gate = self.everywhere();
        let mut low = self.low(PATH, "资本反馈", gate);
        let rest: Arg = low.rest_ratio(&capital.depreciation).into();
        let left = low.plan.amount(low.name("after_depreciation", "折旧后资本存量", "capital after depreciation"), before, rest);
        low.plan.sum_into(stock, &[left, finished], &[]);
    }
}
