//! What may be written for a land source, and its card.

use super::Land;
use crate::base::lang::Words;
use crate::rules::{
    card::Card,
    field::{Field, Kind, Quantity, optional, required},
};

const USE: &[Field] = &[
    optional("name", Kind::Text, "用途名称", "name of the use"),
    required("area", Kind::Value(Quantity::Area), "各年供地（亩）", "area supplied by year"),
    required("price", Kind::Value(Quantity::MoneyPerMu), "地价（每亩）", "price a mu"),
    required("new", Kind::Value(Quantity::Share), "其中新增建设用地的比例", "share that is new construction land"),
    optional("builds", Kind::Flag, "是否计征配套费的建筑用地", "whether it carries floor space for the infrastructure fee"),
];

const COST: &[Field] = &[
    optional("name", Kind::Text, "名称", "name"),
    optional("per_mu", Kind::Value(Quantity::MoneyPerMu), "每亩成本", "cost a mu"),
    optional("share", Kind::Value(Quantity::Share), "占当年到账的比例", "share of the year's cash"),
    optional("advance", Kind::Table(ADVANCE), "由谁先垫付，以后从认列的成本里归还", "laid out by somebody and repaid from the cost as it is recognised"),
    optional("party", Kind::Choice(&["outside", "county"]), "付给谁（社会：农户、承包人；县：业务费）", "to whom: outside, or the county's own cost").or("outside", "outside"),
];

const ADVANCE: &[Field] = &[
    required("amount", Kind::Value(Quantity::Money), "各年垫付的数额", "amount laid out, by year"),
    required("by", Kind::Choice(&["town", "county"]), "谁垫付（镇用基金）", "who lays it out (a town from its fund money)"),
];

const NEW_LAND_FEE: &[Field] = &[
    optional("name", Kind::Text, "名称", "name"),
    required("rate", Kind::Value(Quantity::MoneyPerSquareMetre), "征收标准（元/平方米）", "rate a square metre"),
    required("central", Kind::Value(Quantity::Share), "中央所得", "central share"),
    required("holder", Kind::Choice(&["county", "town"]), "地方部分由谁持有", "who holds the local part"),
];

const FARMLAND: &[Field] = &[
    optional("name", Kind::Text, "名称", "name"),
    required("per_mu", Kind::Value(Quantity::MoneyPerMu), "每亩计提（平均纯收益 × 15%）", "amount a mu: 15 % of average net"),
    required("holder", Kind::Choice(&["county", "town"]), "由谁持有", "who holds it"),
];

const SETASIDE: &[Field] = &[
    optional("name", Kind::Text, "名称", "name"),
    required("of", Kind::Choice(&["cash", "net", "remainder"]), "计提基数：到账、净收益、余额", "base: cash, net or remainder"),
    required("rate", Kind::Value(Quantity::Share), "计提比例", "rate"),
    required("holder", Kind::Choice(&["county", "town"]), "由谁持有", "who holds it"),
    optional("earmark", Kind::Name("earmark"), "作何专项", "its earmark"),
];

const DUE: &[Field] = &[
    optional("name", Kind::Text, "名称", "name"),
    required("of", Kind::Choice(&["cash", "net", "remainder"]), "计算基数", "base"),
    required("rate", Kind::Value(Quantity::Share), "比例", "rate"),
    required("to", Kind::Choice(&["province", "city"]), "上交给谁", "to whom"),
];

const AGRICULTURE: &[Field] = &[
    optional("name", Kind::Text, "名称", "name"),
    required("net", Kind::Value(Quantity::Share), "占净收益的最低比例", "least share of net"),
    required("gross", Kind::Value(Quantity::Share), "占到账的最低比例", "least share of cash"),
    required("counts", Kind::Texts, "哪些计提算在内", "set-asides that count towards it"),
    required("holder", Kind::Choice(&["county", "town"]), "由谁持有", "who holds it"),
    optional("earmark", Kind::Name("earmark"), "作何专项", "its earmark"),
];

const OPENING: &[Field] = &[
    optional("contracts", Kind::Value(Quantity::Money), "测算期上一年的合同额", "contracts of the year before the first"),
    optional("cost", Kind::Map(Quantity::Money), "上一年各项成本总额", "cost totals of that year"),
    optional("area", Kind::Map(Quantity::Area), "上一年各用途供地", "areas of that year"),
];

impl Land {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        optional("instalments", Kind::Shares, "合同价款分几年到账", "instalments of the contract price").or("当年全部", "all in the year"),
        optional("quota", Kind::Value(Quantity::Area), "每年新增建设用地指标", "yearly quota of new construction land"),
        optional("quota_extra", Kind::Value(Quantity::Area), "另加的指标（如增减挂钩），从写的那年起", "quota on top (as from consolidation), from the year written"),
        optional("bank", Kind::Value(Quantity::Area), "可供土地总量", "land bank: total area that can be sold"),
        required("loss", Kind::Choice(&["county", "town"]), "成本超过到账时由谁承担", "who bears a loss"),
        required("use", Kind::Keyed(USE), "各用途", "uses"),
        optional("cost", Kind::Keyed(COST), "各项成本", "costs"),
        optional("new_land_fee", Kind::Table(NEW_LAND_FEE), "新增建设用地有偿使用费", "new-construction-land fee"),
        optional("farmland_development", Kind::Table(FARMLAND), "农业土地开发资金", "farm-land development"),
        optional("setaside", Kind::Keyed(SETASIDE), "各项计提", "set-asides"),
        optional("agriculture", Kind::Table(AGRICULTURE), "用于农业农村的补足", "top-up for agriculture and rural areas"),
        optional("due", Kind::Keyed(DUE), "上交省、市", "dues to province and city"),
        optional("opening", Kind::Table(OPENING), "测算期上一年", "the year before the first"),
    ];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "land",
        name: Words::new("国有土地使用权出让收入", "land-transfer income"),
        formula: Words::new(
            "到账 − 成本 − 新增费 − 农业土地开发 = 净收益；净收益 − 计提 − 上交 = 县镇可分成部分",
            "cash − cost − new-land fee − farm-land development = net; net − set-asides − dues = shareable between county and town",
        ),
        law: Words::new(
            "国办发〔2006〕100号；财综〔2006〕68号；财综〔2011〕62号；财综〔2011〕48号；财综〔2010〕95号（B）；新增费30∶70：土地管理法第五十五条（A）",
            "国办发〔2006〕100号; 财综〔2006〕68号; 财综〔2011〕62号; 财综〔2011〕48号; 财综〔2010〕95号 (B); new-land fee 30 : 70: Land Administration Law 土地管理法 art. 55 (A)",
        ),
        example: Words::new(
            "到账 1,000，成本 700，净收益 300；教育、水利、住房各 30；余 210，上交 10% 为 21，可分成 189 万元",
            "cash 1,000, cost 700, net 300; education, water, housing 30 each; 210 left, dues 10 % = 21, shareable 189",
        ),
        case: "31-land-chain",
    };
}
