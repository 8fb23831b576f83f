//! The dictionary of the tables of a comparison.

use crate::measure::cell::{Column, defined, plain};

const BASELINE: Column = defined("baseline", ("比较对象", "baseline"), "", ("与之比较的方案", "the variant compared with"), "");
const VARIANT: Column = plain("variant", "方案", "variant", "");
const TOWN_ID: Column = plain("town_id", "县/镇", "town id", "");
const TOWN: Column = plain("town", "镇", "town", "");
const COUNTY: Column = plain("county", "县", "county", "");
const YEAR: Column = plain("year", "年度", "year", "年");
const UNIT: Column = plain("unit", "单位", "unit", "");
const BEFORE: Column = defined("before", ("原体制", "before"), "money", ("原体制下的数", "the figure under the system before"), "");
const AFTER: Column = defined("after", ("新体制", "after"), "money", ("新体制下的数", "the figure under the system after"), "");
const CHANGE: Column = defined("change", ("增减", "change"), "money", ("新体制减原体制", "after less before"), "after − before");

/// Town by town.
pub const COMPARISON: &[Column] = &[
    BASELINE,
    VARIANT,
    TOWN_ID,
    TOWN,
    COUNTY,
    UNIT,
    defined("retained_before", ("留存财力·原", "retained before"), "money", ("原体制下各年留存财力之和", "retained funds of all years under the system before"), ""),
    defined("retained_after", ("留存财力·新", "retained after"), "money", ("新体制下各年留存财力之和", "retained funds of all years under the system after"), ""),
    CHANGE,
    defined(
        "planned_before",
        ("计划项目支出·原", "planned before"),
        "money",
        ("原体制下镇级负担的计划项目支出", "planned project spending of the town under the system before"),
        "",
    ),
    defined("planned_after", ("计划项目支出·新", "planned after"), "money", ("新体制下镇级负担的计划项目支出", "planned project spending of the town under the system after"), ""),
    defined("paid_before", ("已付项目支出·原", "paid before"), "money", ("原体制下付给项目的钱", "what is paid for projects under the system before"), ""),
    defined("paid_after", ("已付项目支出·新", "paid after"), "money", ("新体制下付给项目的钱", "what is paid for projects under the system after"), ""),
    defined("gap_before", ("缺口·原", "gap before"), "money", ("原体制下计划减已付", "plans less payments under the system before"), ""),
    defined("gap_after", ("缺口·新", "gap after"), "money", ("新体制下计划减已付", "plans less payments under the system after"), ""),
    defined("coverage_before", ("保障率·原", "coverage before"), "1", ("原体制下已付占计划的比重", "payments ÷ plans under the system before"), ""),
    defined("coverage_after", ("保障率·新", "coverage after"), "1", ("新体制下已付占计划的比重", "payments ÷ plans under the system after"), ""),
    defined(
        "first_shortfall_before",
        ("首次不足·原", "first shortfall before"),
        "年",
        ("原体制下第一次付不足的年度", "the first year that falls short under the system before"),
        "",
    ),
    defined("first_shortfall_after", ("首次不足·新", "first shortfall after"), "年", ("新体制下第一次付不足的年度", "the first year that falls short under the system after"), ""),
    defined("outcome", ("得失", "outcome"), "", ("按留存财力合计：winner 增加、loser 减少、unchanged 不变", "by retained funds over the years: winner, loser or unchanged"), ""),
    defined(
        "share",
        ("占全部增加或减少的比重", "share of all gains or losses"),
        "1",
        ("该镇增减占各镇增加（或减少）合计的比重；不变的为空", "of what all winners gain, or all losers lose; empty where nothing changes"),
        "增减 ÷ Σ 同向增减",
    ),
];

/// Town, year and measure.
pub const CHANGES: &[Column] = &[
    BASELINE,
    VARIANT,
    TOWN_ID,
    TOWN,
    YEAR,
    defined("measure", ("指标", "measure"), "", ("summary.csv 的列名", "a column of summary.csv"), ""),
    BEFORE,
    AFTER,
    CHANGE,
    UNIT,
];

/// Source by source: which party gets what of each item.
pub const CHANGES_BY_SOURCE: &[Column] = &[
    BASELINE,
    VARIANT,
    TOWN_ID,
    TOWN,
    YEAR,
    plain("item_id", "项目键", "item id", ""),
    plain("item", "收支项目", "item", ""),
    defined("party", ("得款方", "party"), "", ("central 中央、province 省、city 市、county 县、town 镇、outside 社会、other_town 其他镇", "who gets it; paying is negative"), ""),
    BEFORE,
    AFTER,
    CHANGE,
    UNIT,
];

/// County by county.
pub const COUNTY_CHANGES: &[Column] = &[
    BASELINE,
    VARIANT,
    COUNTY,
    YEAR,
    UNIT,
    defined(
        "before",
        ("县得净额·原", "county's net part before"),
        "money",
        ("来自各镇的分成加持有和还付，减对各镇补助", "from towns + held + brought back − paid to towns, see county.csv"),
        "分成＋持有＋还付−补助",
    ),
    defined("after", ("县得净额·新", "county's net part after"), "money", ("新体制下县里从各镇得到的净额", "what the county gets of its towns, net, under the system after"), ""),
    CHANGE,
    defined(
        "cover_before",
        ("县级三保保障率·原", "three-guarantees cover before"),
        "1",
        ("原体制下县级可用财力占县级三保的比重，最低的一年", "the county's resources ÷ its three guarantees under the system before, the lowest year"),
        "",
    ),
    defined(
        "cover_after",
        ("县级三保保障率·新", "three-guarantees cover after"),
        "1",
        ("新体制下县级可用财力占县级三保的比重，最低的一年", "the county's resources ÷ its three guarantees under the system after, the lowest year"),
        "",
    ),
    defined("balance_before", ("县级年末结余·原", "balance before"), "money", ("原体制下县级年末结余", "the county's balance at the end of the year under the system before"), ""),
    defined("balance_after", ("县级年末结余·新", "balance after"), "money", ("新体制下县级年末结余", "the county's balance at the end of the year under the system after"), ""),
    defined(
        "broken_by_reform",
        ("方案打破县级", "broken by the reform"),
        "",
        ("1 表示新体制下当年三保不足或结余为负，而原体制不是", "1 when the three guarantees fall short or the balance is negative after and not before"),
        "",
    ),
];

/// What keeping everyone whole costs.
pub const WHOLE: &[Column] = &[
    BASELINE,
    VARIANT,
    COUNTY,
    YEAR,
    UNIT,
    defined(
        "given_up",
        ("县级让利", "given up"),
        "money",
        ("不保既得利益时县得净额减少多少；负数为增加", "what the county has less of its towns without keeping them whole; negative when it has more"),
        "县得净额·原 − 县得净额·新",
    ),
    defined("losing", ("减收镇数", "towns losing"), "个", ("留存财力减少的镇的个数", "number of towns that retain less"), ""),
    defined(
        "whole",
        ("保既得利益", "keeping towns whole"),
        "money",
        ("把当年留存财力减少的镇补到原数要多少钱；增加的镇不收回", "tops up every town that retains less in the year; what others gain is not taken"),
        "Σ_镇 max(0, 留存·原 − 留存·新)",
    ),
    defined(
        "together",
        ("合计", "together"),
        "money",
        ("让利加保既得利益，由县级出；带动的项目和支出不重算", "what the county gives up and the top-ups; what towns would do with them is not computed again"),
        "让利＋保既得利益",
    ),
];

/// Bases against outturns.
pub const BASE_CHECK: &[Column] = &[
    VARIANT,
    TOWN_ID,
    TOWN,
    plain("part", "体制分成部分", "part", ""),
    defined("year", ("起用年度", "year"), "年", ("该基数在测算期内起用的年度，每届一行", "the first year of the horizon in which the term uses it; a row a term"), ""),
    defined("fixed_on", ("核定依据", "fixed on"), "", ("given 直接给定、year 某年实绩、mean 前几年平均、rolling 逐年滚动", "given, year, mean or rolling"), ""),
    defined("base", ("采用的基数", "base"), "money", ("体制采用的基数", "the base the agreement uses"), ""),
    defined(
        "actual_years",
        ("对照年度", "years of the actual"),
        "",
        (
            "基数所依年度；直接给定的为起用前一年，测算期内没有则为起用当年",
            "the years it is fixed on; of a given base the year before, or the first year where the horizon has none",
        ),
        "",
    ),
    defined(
        "actual",
        ("实际数", "actual"),
        "money",
        ("对照年度县镇可分成部分的平均数；测算期以前的年度为空", "mean of what county and town share in those years; empty before the horizon"),
        "",
    ),
    defined("difference", ("基数减实际", "difference"), "money", ("正数：基数定高了；负数：定低了", "positive when the base is too high"), "基数 − 实际"),
    UNIT,
];

/// Shares of the rules in the difference.
pub const DECOMPOSITION: &[Column] = &[
    BASELINE,
    VARIANT,
    defined("group", ("组", "group"), "1", ("分解时一起改动的规则的组号", "number of the group of rules that change together"), ""),
    defined("rules", ("规则", "rules"), "", ("一起改变的规则的路径", "paths of the rules that change together"), ""),
    defined(
        "joined",
        ("并组原因", "joined"),
        "",
        ("needs 缺一不可、small 影响小而合并、空为单独一条", "needs: one cannot be read without the other; small: merged because there are more than eight; empty: one rule"),
        "",
    ),
    defined("level", ("级次", "level"), "", ("town 镇、county 县", "town or county"), ""),
    plain("id", "县/镇或县", "id", ""),
    defined("measure", ("指标", "measure"), "", ("retained 留存财力、gap 缺口、county 县得净额，各年合计", "retained, gap, county: sums over the years"), ""),
    defined(
        "amount",
        ("贡献", "contribution"),
        "money",
        ("该组规则对差额的贡献（Shapley 值）；各组之和等于全部差额", "its part of the difference (Shapley value); the groups add up to the whole difference to the fen"),
        "Σ_S |S|!(n−|S|−1)!÷n!·(v(S∪i) − v(S))",
    ),
    UNIT,
];

/// What a replay took from outturns.
pub const REPLAY: &[Column] = &[
    TOWN_ID,
    TOWN,
    YEAR,
    plain("item_id", "项目键", "item id", ""),
    plain("item", "收入", "source", ""),
    defined(
        "status",
        ("口径", "status"),
        "",
        ("observed 用决算数、projected 仍用测算数（附征随所依税种的决算数变动）", "observed, or projected where none was (a surcharge follows the observed tax it is levied on)"),
        "",
    ),
    defined("amount", ("采用的总额", "gross used"), "money", ("比较对象用的数；有决算数的新旧体制下相同", "what the baseline uses; an outturn is used under both systems"), ""),
    defined("projected", ("测算总额", "projected gross"), "money", ("测算的各级合计总额", "the projected total of all levels"), ""),
    UNIT,
];

/// The tables of a comparison.
pub const TABLES: [(&str, &[Column]); 8] = [
    ("comparison", COMPARISON),
    ("changes", CHANGES),
    ("changes_by_source", CHANGES_BY_SOURCE),
    ("county_changes", COUNTY_CHANGES),
    ("whole", WHOLE),
    ("base_check", BASE_CHECK),
    ("decomposition", DECOMPOSITION),
    ("replay", REPLAY),
];
