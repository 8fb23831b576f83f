//! The project stage of the plan: what is planned when, which money may pay, and what is written where.

use super::{Lane, TableId};

/// Which general books a project may draw on 可用资金.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Eligible {
    /// General public budget 一般公共预算.
    pub general: bool,
    /// Government fund budget 政府性基金预算.
    pub fund: bool,
}

/// One project as the stage sees it.
#[derive(Clone, Debug)]
pub struct ProjectPlan {
    /// The town, by its order in the plan.
    pub town: usize,
    /// Lower goes first.
    pub priority: i64,
    /// \[分\] The town's part due by year.
    pub due: Vec<f64>,
    /// The year of the planned finish, by its order; may lie outside the horizon.
    pub planned_finish: i64,
    /// Which books may pay.
    pub eligible: Eligible,
    /// The earmarked money that may pay, in the order it pays, by its order in [`Projects::earmarks`].
    pub earmarks: Vec<usize>,
    /// The matching grants for its class, by their order in [`Projects::matches`]: the first that runs adds to own money.
    pub matched: Vec<usize>,
    /// \[分\] The whole cost, whoever pays it 总投资.
    pub cost: f64,
    /// \[分\] Upkeep a year after the finish 管护费.
    pub upkeep: f64,
}

/// A matching grant 配套补助: what a town builds of its own money brings its share.
#[derive(Clone, Debug)]
pub struct MatchPlan {
    /// The rule's path.
    pub owner: String,
    /// 1 in the towns and years in which it runs.
    pub runs: TableId,
    /// The grant's share of the spending, in millionths; below the whole.
    pub share: TableId,
    /// \[分\] The most a town gets in a year.
    pub cap: Option<TableId>,
    /// The project classes it is for.
    pub classes: Vec<String>,
    /// \[分\] Result: what was granted.
    pub out: Lane,
}

/// How projects are paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The plan stands, the gap is shown.
    Unconstrained,
    /// In priority order, money permitting; what is not paid slips.
    Constrained {
        /// After a project that could not be paid in full no later one is paid.
        strict: bool,
    },
}

/// Money of one earmark 专项: the lane that holds it before projects and the lane that takes what is left.
#[derive(Clone, Copy, Debug)]
pub struct EarmarkPot {
    /// What there is.
    pub before: Lane,
    /// What is left.
    pub after: Lane,
}

/// The stage.
#[derive(Clone, Debug)]
pub struct Projects {
    /// All projects, those of a town together, in payment order within a town (priority, then file order).
    pub list: Vec<ProjectPlan>,
    /// For every town its projects, as a range of `list`.
    pub by_town: Vec<std::ops::Range<usize>>,
    /// How they are paid.
    pub mode: Mode,
    /// Earmarked money.
    pub earmarks: Vec<EarmarkPot>,
    /// Matching grants.
    pub matches: Vec<MatchPlan>,
    /// General money before and after.
    pub general: EarmarkPot,
    /// Fund money before and after.
    pub fund: EarmarkPot,
    /// Results: planned, due with backlog, paid (all), unpaid.
    pub planned: Lane,
    /// Due in the year, backlog included.
    pub due: Lane,
    /// Paid from all money.
    pub paid: Lane,
    /// Due and not paid.
    pub unpaid: Lane,
    /// \[分\] Upkeep of what is finished, for the year after.
    pub upkeep: Lane,
    /// \[分\] Whole cost of what was finished in the year; only where something rests on it.
    pub finished_cost: Option<Lane>,
}
