//! People and firms moving money 人和企业搬动的钱: firms that move, enclaves, the state capital book, feedback.

use std::ops::Bound::{Excluded, Included};

use crate::base::place::Place;
use crate::base::ratio::Ratio;
use crate::base::when::Year;
use crate::rules::{
    field::{Field, Kind, Quantity, optional, required},
    param::Param,
    values::Values,
};

/// A firm that moves from one town to another 企业迁移: what it yields moves with it.
#[derive(Clone, Debug)]
pub struct FirmMove {
    /// Its key.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The source it pays, by its order.
    pub source: usize,
    /// The town it leaves, by its order.
    pub from: usize,
    /// The town it goes to.
    pub to: usize,
    /// What it yields a year, from the year it moves.
    pub amount: Param,
    /// The part of what comes to the new town that is passed back.
    pub compensation: Option<Param>,
    /// Where it stands.
    pub place: Place,
}

/// An enclave 飞地: what a host raises, shared with the town that brought it.
#[derive(Clone, Debug)]
pub struct Enclave {
    /// Its key.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The source shared, by its order.
    pub source: usize,
    /// The town it stands in, by its order 飞入地.
    pub host: usize,
    /// The town that brought it 飞出地.
    pub origin: usize,
    /// The origin's share of the host's local part.
    pub share: Param,
    /// Where it stands.
    pub place: Place,
}

/// What leaves the state capital book 国有资本经营预算 for the general one.
#[derive(Clone, Debug)]
pub struct StateCapital {
    /// Share transferred.
    pub transfer_in: Param,
}

/// What projects do to later years 反馈: off unless written.
#[derive(Clone, Debug, Default)]
pub struct Feedback {
    /// Settled people are counted in later years.
    pub people: bool,
    /// Finished projects raise revenue.
    pub capital: Option<CapitalFeedback>,
}

/// Revenue follows the stock of public capital 资本存量.
#[derive(Clone, Debug)]
pub struct CapitalFeedback {
    /// The sources that follow, by their order.
    pub sources: Vec<usize>,
    /// ε
    pub elasticity: Param,
    /// δ
    pub depreciation: Param,
    /// The stock the amounts of the sources were made with, by town.
    pub reference: Param,
    /// Where its sources stand.
    pub place: Place,
}

impl FirmMove {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        required("name", Kind::Text, "名称", "name"),
        required("of", Kind::Name("source"), "搬走的是哪一项收入", "the source that moves"),
        required("from", Kind::Town, "迁出镇（重名时写“县/镇”）", "the town it leaves (county/town where a name is not unique)"),
        required("to", Kind::Town, "迁入镇", "the town it goes to"),
        required("amount", Kind::Value(Quantity::Money), "每年搬走的收入总额，从迁移那年写起", "gross amount a year, from the year of the move"),
        optional("compensation", Kind::Value(Quantity::Share), "迁入镇把所得地方留成的多少补给迁出镇", "share of the local part passed back to the town left"),
    ];

    /// The first year in which it has moved; `None`: always.
    #[must_use]
    pub fn since(&self) -> Option<Year> {
        self.amount.days().next().map(|day| day.year)
    }
}

impl Enclave {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        required("name", Kind::Text, "名称", "name"),
        required("of", Kind::Name("source"), "分享哪一项收入", "the source that is shared"),
        required("host", Kind::Town, "飞入地：项目所在镇", "the town it stands in"),
        required("origin", Kind::Town, "飞出地：引来项目的镇", "the town that brought it"),
        required("share", Kind::Value(Quantity::Share), "飞出地占该项地方留成的比例", "the origin's share of the local part"),
    ];
}

impl StateCapital {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[required("transfer_in", Kind::Value(Quantity::Share), "调入一般公共预算的比例", "share transferred into the general public budget")];

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Option<Self> {
        Some(Self { transfer_in: values.param("transfer_in")? })
    }
}

impl Feedback {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        optional("people", Kind::Flag, "落户的人计入以后各年的人数", "whether people who settle are counted in later years"),
        optional("capital", Kind::Table(CapitalFeedback::FIELDS), "建成的项目带动以后的收入", "finished projects raise later revenue"),
    ];

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Self {
        Self { people: values.flag("people").unwrap_or(false), capital: values.table("capital").and_then(CapitalFeedback::read) }
    }

    /// Whether anything feeds back.
    #[must_use]
    pub const fn is_on(&self) -> bool {
        self.people || self.capital.is_some()
    }
}

impl CapitalFeedback {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        required("sources", Kind::Sources, "哪几项收入随之变动", "the sources that follow"),
        required("elasticity", Kind::Value(Quantity::Number), "收入对资本存量的弹性 ε", "elasticity ε of revenue to the stock").within(Included(0), Included(Ratio::ONE.0)),
        required("depreciation", Kind::Value(Quantity::Share), "每年折旧率 δ", "yearly depreciation δ"),
        required("reference", Kind::Value(Quantity::Money), "测算期前的资本存量，按镇", "the stock before the first year, by town").within(Excluded(0), Quantity::Money.range().1),
    ];

    fn read(mut values: Values) -> Option<Self> {
        Some(Self {
            place: values.place_of("sources"),
            sources: values.sources("sources")?,
            elasticity: values.param("elasticity")?,
            depreciation: values.param("depreciation")?,
            reference: values.param("reference")?,
        })
    }
}
