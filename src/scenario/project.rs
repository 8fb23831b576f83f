//! Projects 项目: total investment, who pays which part, and when.

use crate::base::{amount::Fen, place::Place, ratio::Ratio, when::Year};
use crate::plan::projects::Eligible;

/// A project.
#[derive(Clone, Debug)]
pub struct Project {
    /// 编号
    pub id: String,
    /// 项目名称
    pub name: String,
    /// The town, by its order.
    pub town: usize,
    /// 类别
    pub class: String,
    /// \[分\] 总投资
    pub cost: Fen,
    /// Who pays which part.
    pub funding: Funding,
    /// 开工年
    pub start: Year,
    /// Share of the cost by year from the start; adds up to the whole.
    pub profile: Vec<Ratio>,
    /// Lower goes first 优先级.
    pub priority: i64,
    /// 可用资金
    pub eligible: Eligible,
    /// 管护费率: of the whole cost, a year.
    pub upkeep: Ratio,
    /// Where its row stands.
    pub place: Place,
}

/// \[分\] The parts of the cost; they add up to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Funding {
    /// 社会投资
    pub society: Fen,
    /// 上级专项
    pub upper: Fen,
    /// 县级
    pub county: Fen,
    /// 债券
    pub bond: Fen,
    /// 土地前期开发
    pub land_development: Fen,
    /// 镇级: the planned project spending of the town.
    pub town: Fen,
}

impl Project {
    /// The year it should be finished.
    #[must_use]
    pub fn planned_finish(&self) -> Year {
        self.start + Year::try_from(self.profile.len()).unwrap_or(1) - 1
    }

    /// \[分\] The town's part due in a year: no more than is left, and the last year takes the rest.
    #[must_use]
    pub fn due(&self, year: Year) -> Fen {
        let Ok(asked) = usize::try_from(year - self.start) else { return 0 };
        let Some(before) = self.profile.get(..asked).filter(|_| asked < self.profile.len()) else { return 0 };
        let part = |left: Fen, share: &Ratio| share.of(self.funding.town).min(left);
        let left = before.iter().fold(self.funding.town, |left, share| left - part(left, share));
        if asked + 1 == self.profile.len() { left } else { part(left, &self.profile[asked]) }
    }
}
