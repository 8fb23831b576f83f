//! What budget law lets a town do with the year's general money: reserve, stabilisation fund, transfer-in, the ladder of
//! help when money is short, and what lapses at the end of the year.

use super::{
    card::Card,
    field::{Field, Kind, Quantity, optional, required},
    param::Param,
    speak::Speak,
    values::Values,
};
use crate::base::lang::Words;

/// The tables of section 9 that were written.
#[derive(Clone, Debug, Default)]
pub struct Budget {
    /// 预备费
    pub reserve: Option<Reserve>,
    /// 预算稳定调节基金
    pub stabilisation: Option<Stabilisation>,
    /// 调入资金
    pub transfer_in: Option<TransferIn>,
    /// What helps when the three guarantees lack money.
    pub ladder: Option<Ladder>,
    /// 结转结余
    pub carryover: Option<Carryover>,
}

/// The tables with their keys, in the order they act; `card.kind` is the head of the table.
pub const TABLES: [(Card, &[Field]); 5] = [
    (Stabilisation::CARD, Stabilisation::FIELDS),
    (TransferIn::CARD, TransferIn::FIELDS),
    (Reserve::CARD, Reserve::FIELDS),
    (Ladder::CARD, Ladder::FIELDS),
    (Carryover::CARD, Carryover::FIELDS),
];

impl Budget {
    /// Whether a year's unpaid three guarantees get help from anywhere.
    #[must_use]
    pub fn helps(&self) -> bool {
        self.stabilisation.is_some() || self.ladder.as_ref().is_some_and(|l| l.transfer_in || l.county_aid)
    }

    /// Whether the county aids towns that cannot pay.
    #[must_use]
    pub fn county_aids(&self) -> bool {
        self.ladder.as_ref().is_some_and(|l| l.county_aid)
    }

    /// What is written under a table's head, in words.
    #[must_use]
    pub fn sentence(&self, head: &str, speak: &Speak<'_>) -> Option<String> {
        match head {
            "stabilisation" => self.stabilisation.as_ref().map(|r| r.sentence(speak)),
            "transfer_in" => self.transfer_in.as_ref().map(|r| r.sentence(speak)),
            "reserve" => self.reserve.as_ref().map(|r| r.sentence(speak)),
            "ladder" => self.ladder.as_ref().map(|r| r.sentence(speak)),
            "carryover" => self.carryover.as_ref().map(|r| r.sentence(speak)),
            _ => None,
        }
    }
}

/// `[reserve]` 预备费: put away before anything is spent, back at the end of the year.
#[derive(Clone, Debug)]
pub struct Reserve {
    /// Share of recurrent spending.
    pub rate: Param,
}

impl Reserve {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[required("rate", Kind::Value(Quantity::Share), "占经常性支出的比例", "share of recurrent spending")];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "reserve",
        name: Words::new("预备费", "reserve"),
        formula: Words::new("min(R(比例 × Σ经常性支出), max(0, 余额))，年末退回", "min(R(rate × Σ recurrent due), max(0, what is left)); comes back at the end of the year"),
        law: Words::new(
            "按一般公共预算支出额的 1%—3% 设置：预算法第四十条（A）；以经常性支出为基数是假定（D）",
            "1–3 % of general spending: Budget Law 预算法 art. 40 (A); recurrent spending as its base is an assumption (D)",
        ),
        example: Words::new("经常性支出 1,000 万元、2%：20 万元", "recurrent spending of 10 million at 2 %: 0.2 million"),
        case: "57-ladder",
    };

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Option<Self> {
        Some(Self { rate: values.param("rate")? })
    }

    fn sentence(&self, speak: &Speak<'_>) -> String {
        let rate = speak.value(&self.rate);
        speak.pick(format!("先提经常性支出的{rate}，年末不用的退回"), format!("{rate} of recurrent spending is put away first and comes back at the end of the year"))
    }
}

/// `[stabilisation]` 预算稳定调节基金: takes over-collection and surplus, helps when money is short.
#[derive(Clone, Debug)]
pub struct Stabilisation {
    /// Its balance when the horizon opens.
    pub opening: Option<Param>,
    /// Approved general revenue: what exceeds it is over-collection 超收.
    pub budget: Option<Param>,
    /// Whether the year's general surplus goes into it.
    pub surplus: bool,
}

impl Stabilisation {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        optional("opening", Kind::Value(Quantity::Money), "期初余额（默认 0）", "opening balance (default 0)"),
        optional("budget", Kind::Value(Quantity::Money), "核定的一般公共预算收入，超过的为超收", "approved general revenue; what exceeds it is over-collection"),
        optional("surplus", Kind::Flag, "年末一般公共预算结余是否转入", "whether the general surplus of the year goes into it"),
    ];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "stabilisation",
        name: Words::new("预算稳定调节基金", "stabilisation fund"),
        formula: Words::new(
            "年末 = 年初 + 超收 + 结余 + 收回 − 动用；超收 = max(0, 当年一般公共预算现金财力 − 核定数)",
            "closing = opening + over-collection + surplus + lapsed − drawn; over-collection = max(0, general cash of the year − budget)",
        ),
        law: Words::new(
            "超收收入、结余资金补充基金，短收时动用：预算法第四十一、六十六条，实施条例第四十九、七十八条（A）",
            "over-collection and surplus go in, a shortfall draws on it: Budget Law 预算法 art. 41 and 66, Regulation 预算法实施条例 art. 49 and 78 (A)",
        ),
        example: Words::new("核定 1,000 万元，实收 1,080：转入 80", "approved 10 million, collected 10.8: 0.8 million goes in"),
        case: "57-ladder",
    };

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Self {
        Self { opening: values.param("opening"), budget: values.param("budget"), surplus: values.flag("surplus").unwrap_or(false) }
    }

    fn sentence(&self, speak: &Speak<'_>) -> String {
        let opening = self.opening.as_ref().map(|p| speak.value(p)).map(|v| speak.pick(format!("期初{v}"), format!("it opens with {v}")));
        let budget = self
            .budget
            .as_ref()
            .map(|p| speak.value(p))
            .map(|v| speak.pick(format!("一般公共预算财力超过核定数（{v}）的部分转入"), format!("general money above the approved sum ({v}) goes into it")));
        let surplus = self.surplus.then(|| speak.pick("年末一般公共预算结余转入", "so does the general surplus at the end of the year"));
        let used = Some(speak.pick("“三保”付不了时首先动用", "it is the first to help when the three guarantees cannot be paid"));
        let clauses: Vec<String> = [opening, budget, surplus, used].into_iter().flatten().collect();
        speak.clauses(&clauses)
    }
}

/// `[transfer_in]` 调入资金: planned, from the fund budget into the general budget.
#[derive(Clone, Debug)]
pub struct TransferIn {
    /// What is planned a year.
    pub amount: Option<Param>,
}

impl TransferIn {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[optional("amount", Kind::Value(Quantity::Money), "每年计划由基金调入的数", "planned transfer from fund to general money a year")];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "transfer_in",
        name: Words::new("调入资金", "transfer-in"),
        formula: Words::new("min(计划数, max(0, 付债券本息后的基金))", "min(planned, max(0, fund money after bond service))"),
        law: Words::new(
            "政府性基金可调入一般公共预算：实施条例第三十四、三十六条（A）",
            "fund money may be moved to the general budget: Regulation 预算法实施条例 art. 34 and 36 (A)",
        ),
        example: Words::new("计划 100 万元，基金余 60：调入 60", "1 million planned, 0.6 in the fund: 0.6"),
        case: "57-ladder",
    };

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Self {
        Self { amount: values.param("amount") }
    }

    fn sentence(&self, speak: &Speak<'_>) -> String {
        match self.amount.as_ref().map(|p| speak.yearly(p)) {
            Some(amount) => speak.pick(format!("由基金调入一般公共预算{amount}，以基金现有的为限"), format!("from fund to general money, {amount}, as far as the fund goes")),
            None => speak.pick("没有计划数", "nothing is planned"),
        }
    }
}

/// `[ladder]`: where help comes from when the three guarantees lack money, one rung after another.
#[derive(Clone, Debug)]
pub struct Ladder {
    /// Fund money is transferred in.
    pub transfer_in: bool,
    /// The county aids, and is repaid.
    pub county_aid: bool,
    /// The most a town gets in a year.
    pub aid_limit: Option<Param>,
}

impl Ladder {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        optional("transfer_in", Kind::Flag, "“三保”不足时由基金调入", "fund money is transferred in for the three guarantees"),
        optional("county_aid", Kind::Flag, "仍不足时县级临时救助，次年起归还", "then the county aids, and is repaid from the next year on"),
        optional("aid_limit", Kind::Value(Quantity::Money), "救助每镇每年的上限（默认不限）", "most aid a town and year (default no limit)"),
    ];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "ladder",
        name: Words::new("短收时依次动用", "ladder when money is short"),
        formula: Words::new(
            "“三保”未付数依次由：预算稳定调节基金 → 基金调入 → 县级救助（次年起从一般公共预算归还）",
            "what the three guarantees lack, in turn from: stabilisation fund → fund money → county aid (repaid from general money from the next year on)",
        ),
        law: Words::new(
            "短收先用预算稳定调节基金、其他预算资金、压减支出，仍不足可申请上级临时救助，下一年度归还：实施条例第七十八条（A）",
            "a shortfall uses the stabilisation fund, other budget money and cuts, then temporary aid repaid the next year: Regulation 预算法实施条例 art. 78 (A)",
        ),
        example: Words::new("缺 100 万元，稳定基金 30，基金 50：救助 20", "1 million lacking, stabilisation fund 0.3, fund 0.5: aid 0.2"),
        case: "57-ladder",
    };

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Self {
        let (transfer_in, county_aid) = (values.flag("transfer_in"), values.flag("county_aid"));
        Self { transfer_in: transfer_in.unwrap_or(false), county_aid: county_aid.unwrap_or(false), aid_limit: values.param("aid_limit") }
    }

    fn sentence(&self, speak: &Speak<'_>) -> String {
        let fund = self.transfer_in.then(|| speak.pick("“三保”付不了时由基金调入", "fund money is transferred in when the three guarantees cannot be paid"));
        let limit =
            self.aid_limit.as_ref().map(|p| speak.value(p)).map_or_else(String::new, |v| speak.pick(format!("，每镇每年不超过{v}"), format!(", not above {v} a town and year")));
        let aid = self.county_aid.then(|| speak.pick(format!("仍不足的由县临时救助{limit}，以后归还"), format!("what still lacks the county lends{limit}, to be repaid")));
        let clauses: Vec<String> = fund.into_iter().chain(aid).collect();
        if clauses.is_empty() { speak.pick("没有可动用的", "nothing helps") } else { speak.clauses(&clauses) }
    }
}

/// `[carryover]` 结转结余: what lapses, and what the fund book may not keep.
#[derive(Clone, Debug)]
pub struct Carryover {
    /// Earmarked money older than this lapses.
    pub lapse_after: Option<usize>,
    /// The share of the year's fund revenue above which the fund balance is moved over.
    pub fund_above: Option<Param>,
}

impl Carryover {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        optional("lapse_after", Kind::Whole(1, 20), "专项结转超过几年收回", "years after which unspent earmarked money lapses"),
        optional(
            "fund_above",
            Kind::Value(Quantity::Share),
            "基金结余超过当年收入的多少调入一般公共预算",
            "share of the year's fund money above which the fund balance is moved over",
        ),
    ];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "carryover",
        name: Words::new("结转结余", "carry-over"),
        formula: Words::new(
            "收回 = max(0, 专项年末数 − 最近 n 年收入)；基金调出 = max(0, 基金年末数 − max(0, R(比例 × 当年基金现金财力)))",
            "lapses = max(0, purse − money received in the last n years); moved over = max(0, fund balance − max(0, R(rate × fund cash of the year)))",
        ),
        law: Words::new(
            "结转两年未用完作结余：预算法第四十二条（A）；基金结转超过当年收入 30% 的部分调入一般公共预算：国发〔2014〕63号、财预〔2015〕15号（B）",
            "what is unused after two years is surplus: Budget Law 预算法 art. 42 (A); fund balance above 30 % of the year's income goes to the general budget: 国发〔2014〕63号, 财预〔2015〕15号 (B)",
        ),
        example: Words::new("基金收入 100 万元，结余 50，30%：调出 20", "fund money of 1 million, balance 0.5, 30 %: 0.2 moved over"),
        case: "60-carryover",
    };

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Self {
        Self { lapse_after: values.whole("lapse_after").and_then(|n| usize::try_from(n).ok()), fund_above: values.param("fund_above") }
    }

    fn sentence(&self, speak: &Speak<'_>) -> String {
        let lapse = self.lapse_after.map(|n| speak.pick(format!("专项结转{n}年未用完的收回"), format!("earmarked money unspent after {n} years lapses")));
        let fund = self
            .fund_above
            .as_ref()
            .map(|p| speak.value(p))
            .map(|v| speak.pick(format!("基金结余超过当年基金财力{v}的部分调出"), format!("fund balances above {v} of the year's fund money are moved over")));
        let to = Some(speak.pick("转入预算稳定调节基金，没有设立的转入一般公共预算结余", "into the stabilisation fund if there is one, else into the general balance"));
        let clauses: Vec<String> = [lapse, fund, to].into_iter().flatten().collect();
        speak.clauses(&clauses)
    }
}
