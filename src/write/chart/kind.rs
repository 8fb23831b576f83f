//! The kinds of chart there are: one line each. Options, file names and the gallery read this list.

use crate::base::lang::Lang;

/// A kind of chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// How options and English file names call it.
    pub key: &'static str,
    /// How Chinese options and file names call it.
    pub zh: &'static str,
    /// What it shows, in Chinese and English, for the gallery.
    pub shows: [&'static str; 2],
}

impl Kind {
    /// The kind of a name in either language, capital letters aside.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim();
        KINDS.iter().copied().find(|kind| kind.key.eq_ignore_ascii_case(name) || kind.zh == name)
    }

    /// Whether it is drawn of a run (else of a study).
    #[must_use]
    pub fn is_of_run(self) -> bool {
        OF_RUNS.contains(&self.key)
    }

    /// Its name in a language.
    #[must_use]
    pub const fn name(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.key,
        }
    }
}

/// The kinds `run --picture` knows.
const OF_RUNS: [&str; 8] = ["funds", "county", "towns", "variants", "flow", "heat", "lorenz", "calendar"];

const fn kind(key: &'static str, zh: &'static str, shows: [&'static str; 2]) -> Kind {
    Kind { key, zh, shows }
}

/// Every kind, those of runs before those of studies, in the order of the gallery.
pub const KINDS: &[Kind] = &[
    kind("funds", "财力", ["一个镇（或全部镇）的留存财力与支出计划", "retained funds against planned spending, of a town or all towns"]),
    kind("county", "县级", ["县本级的收支与三保保障", "the county's own receipts, payments and cover of its three guarantees"]),
    kind("towns", "各镇", ["全部镇逐个小图，按缺口排序", "every town small, side by side, sorted by gap"]),
    kind("variants", "方案", ["各方案并排，同一尺度", "variants side by side on one scale"]),
    kind("flow", "流向", ["一元税、一元土地收入归谁", "where one yuan of tax and one yuan of land income goes"]),
    kind("heat", "热力", ["各镇各年缺口", "the gap of every town in every year"]),
    kind("lorenz", "洛伦兹", ["镇际差距：洛伦兹曲线与基尼系数", "how unequal towns are: Lorenz curve and Gini coefficient"]),
    kind("calendar", "工期", ["项目计划与实际工期", "projects as planned and as money permits"]),
    kind("map", "取值图", ["两个政策变量各取值的保障率，够用的界线", "a measure over two levers, with the line from which on plans are paid"]),
    kind("line", "取值线", ["一个政策变量由低到高，指标怎样变", "a measure over one lever"]),
    kind("fan", "扇形", ["各年缺口的分位数与出现缺口的可能", "quantiles of the gap by year, and how likely a shortfall is"]),
    kind("spread", "分布", ["累计缺口在各次抽样中的分布", "how the gap spreads over draws"]),
    kind("tornado", "龙卷风", ["各因素单独变动时指标的高低两端", "what each input brings by itself from its low to its high end"]),
    kind("indices", "敏感性", ["索博尔一阶与总效应指数及区间", "Sobol' first and total indices with intervals"]),
    kind("screening", "筛选", ["莫里斯平均效应与标准差", "Morris: mean size of effects against their deviation"]),
    kind("front", "取舍", ["县镇之间不被压倒的取值", "the front between towns and county"]),
    kind("waterfall", "分解", ["新旧差额由哪条规则带来", "which changed rule brings how much of a difference"]),
    kind("box", "情景箱", ["什么情形下不够：情景发现的箱", "in which circumstances towns fall short: the box of a discovery"]),
];
