//! All tables of a scenario with their keys, in the order of the file.

use crate::base::lang::Words;
use crate::check;
use crate::rules::{
    agreements::Options,
    bond, budget,
    field::{Field, Kind, Quantity, optional, required},
    sources, spending,
};
use crate::scenario::study::{Lever, Solve, Sweep, Uncertain};
use crate::scenario::{CountyAccount, Enclave, Feedback, FirmMove, StateCapital};

/// Keys of `[towns]`.
pub(super) const TOWNS: &[Field] = &[
    required("file", Kind::Text, "镇表的文件名（CSV 或 .xlsx）", "file of the town table (CSV or .xlsx)"),
    optional("sheet", Kind::Text, "工作簿里的哪个工作表；不写则按列名找", "worksheet of a workbook; without it the one whose headings fit"),
    optional(
        "columns",
        Kind::Keyed(&[]),
        "某一列的依据：columns.\"人口\" = { source = …, grade = … }",
        "where a column comes from: columns.population = { source = …, grade = … }",
    ),
    optional("expect", Kind::Table(&[ROWS]), "核对数", "control totals"),
    optional("illustrative", Kind::Flag, "示意数据", "whether the table is illustrative"),
];

/// Keys of `[projects]`.
pub(super) const PROJECTS: &[Field] = &[
    required("file", Kind::Text, "项目表的文件名（CSV 或 .xlsx）", "file of the project table (CSV or .xlsx)"),
    optional("sheet", Kind::Text, "工作簿里的哪个工作表；不写则按列名找", "worksheet of a workbook; without it the one whose headings fit"),
    optional("mode", Kind::Choice(&["unconstrained", "constrained"]), "照计划画缺口，或按优先级有多少钱办多少事", "the plan stands, or priority order, money permitting")
        .or("unconstrained", "unconstrained"),
    optional("strict", Kind::Flag, "前一个没付足，后面的不付（只用于 constrained）", "after a project that is not paid in full no later one is paid (constrained only)"),
    optional("illustrative", Kind::Flag, "示意数据", "whether the table is illustrative"),
    optional("expect", Kind::Table(&[ROWS, COST]), "核对数：行数、总投资", "control totals: rows, total investment"),
];

const ROWS: Field = optional("rows", Kind::Whole(0, 1_000_000), "应有的行数", "rows there must be");
const COST: Field = optional("cost", Kind::Value(Quantity::Money), "总投资应为", "total investment there must be");

/// Keys of `[upper.central]`, `[upper.province]`, `[upper.city]` beside the sources.
pub(super) const UPPER: &[Field] = &[
    required("of", Kind::Choice(&["gross", "remainder"]), "比例占总额，还是占上一级分后的余额", "share of gross, or of what the level above leaves"),
    optional("other", Kind::Value(Quantity::Share), "没有单列的收入分多少；有未单列的就必须写", "share of the sources that are not listed; required where there are any"),
];

/// Keys of `[variant]`.
pub(super) const VARIANT: &[Field] = &[
    required("name", Kind::Text, "方案名称", "title of the variant"),
    optional("remove", Kind::Texts, "要去掉的路径", "paths to take out"),
    optional("include", Kind::Texts, "引入的规则", "rules included"),
];

/// Keys of `[rules]`.
pub(super) const RULES: &[Field] = &[required("name", Kind::Text, "规则名称", "title of the rules"), optional("include", Kind::Texts, "引入的规则", "rules included")];

/// Keys every table may have.
pub(super) const PROVENANCE: &[Field] = &[
    optional("source", Kind::Text, "依据：文号、条款", "document and clause"),
    optional(
        "grade",
        Kind::Choice(&["A", "B", "C", "D"]),
        "依据等级：A 原文，B 二手资料，C 常识，D 假定",
        "grade: A official text, B secondary, C general knowledge, D assumption",
    ),
    optional("verified", Kind::Day, "核实到哪一天", "day up to which it was checked"),
    optional("note", Kind::Text, "说明", "a remark"),
];

/// One table as the pages list it.
pub(super) struct Section {
    /// As it is headed in a file.
    pub head: String,
    /// What it is.
    pub words: Words,
    /// Its keys.
    pub fields: Vec<&'static [Field]>,
}

/// Every table.
pub(super) fn sections() -> Vec<Section> {
    let section = |head: &str, zh, en, fields: &[&'static [Field]]| Section { head: head.to_owned(), words: Words::new(zh, en), fields: fields.to_vec() };
    let budget = budget::TABLES.into_iter().map(|(card, fields)| Section { head: format!("[{}]", card.kind), words: card.name, fields: vec![fields] });
    let mut sections = vec![
        section("[scenario]", "方案的抬头（scenario.toml）", "head of a scenario (scenario.toml)", &[check::HEAD]),
        section("[variant]", "方案变体的抬头（variants/*.toml）", "head of a variant (variants/*.toml)", &[VARIANT]),
        section("[rules]", "规则文件的抬头", "head of a file of rules", &[RULES]),
        section("[towns]", "镇", "towns", &[TOWNS]),
        section("[projects]", "项目", "projects", &[PROJECTS]),
        section("[source.<键 key>]", "一项收入；各种类另有自己的键，见 forms", "a source of revenue; each kind has keys of its own, see forms", &[sources::COMMON]),
        section(
            "[upper.central | province | city]",
            "上级分成：of、other，和每项收入的键 = 比例",
            "what the levels above take: of, other, and for each source its key = share",
            &[UPPER],
        ),
        section("[agreement.<键 key>]", "县镇体制；各部分是它下面的表", "county–town agreement; its parts are tables below it", &[check::AGREEMENT]),
        section(
            "[agreement.<键 key>.<部分 part>] — 分 sharing",
            "分一篮收入的部分；各分法另有自己的键",
            "a part that shares a basket; each form has keys of its own",
            &[check::SHARING, Options::FIELDS],
        ),
        section("[agreement.<键 key>.<部分 part>] — 解 remitting", "从另一部分里解出的部分", "a part that remits from another", &[check::REMITTING]),
        section("[counties]", "县：一县一行，各列可像镇表的列一样引用", "counties, one row each; their columns are used like those of the town table", &[TOWNS]),
        section("[count.<键 key>]", "计数", "count", &[crate::rules::count::FIELDS]),
        section(
            "[transfer.<键 key>]",
            "转移支付；各形式另有自己的键，见 forms",
            "transfer; each form has keys of its own, see forms",
            &[check::TRANSFER, crate::rules::span::FIELDS],
        ),
        section("[spending.<键 key>]", "经常性支出", "recurrent spending", &[spending::FIELDS, crate::rules::span::FIELDS]),
        section("[bond.<键 key>]", "转贷专项债", "on-lent special bond", &[bond::FIELDS]),
        section("[public_services]", "哪些支出算公共服务", "what counts as public services", &[spending::PUBLIC_SERVICES]),
        section("[earmark.<键 key>]", "专项资金", "money for a purpose", &[check::EARMARK]),
        section("[county_account]", "县级账", "the county's own account", &[CountyAccount::FIELDS]),
        section("[opening]", "镇的期初结余", "opening balances of the towns", &[check::OPENING]),
        section("[move.<键 key>]", "企业迁移：收入从一镇到另一镇", "a firm that moves: revenue goes from one town to another", &[FirmMove::FIELDS]),
        section("[enclave.<键 key>]", "飞地：地方留成在两镇间分享", "an enclave: a local part shared between two towns", &[Enclave::FIELDS]),
        section("[state_capital]", "国有资本经营预算", "the state capital budget", &[StateCapital::FIELDS]),
        section("[feedback]", "反馈（默认不开）", "feedback (off unless written)", &[Feedback::FIELDS]),
        section("[lever.<键 key>]", "政策变量：能定的", "lever: what one decides", &[Lever::FIELDS]),
        section("[uncertain.<键 key>]", "不确定因素：定不了的", "uncertainty: what one does not decide", &[Uncertain::FIELDS]),
        section("[sweep.<键 key>]", "扫描", "sweep", &[Sweep::FIELDS]),
        section("[solve.<键 key>]", "求解", "search", &[Solve::FIELDS]),
    ];
    sections.extend(budget);
    sections
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn keys(tables: &[&[Field]]) -> BTreeSet<&'static str> {
        tables.iter().copied().flatten().map(|f| f.key).collect()
    }

    #[test]
    fn what_is_told_here_is_what_the_reader_takes() {
        let read = |known: &[&'static str]| known.iter().copied().collect::<BTreeSet<_>>();
        assert_eq!(keys(&[TOWNS, PROVENANCE]), read(check::TOWN_KEYS));
        assert_eq!(keys(&[PROJECTS, PROVENANCE]), read(check::PROJECT_KEYS));
        assert_eq!(keys(&[PROVENANCE]), read(&crate::rules::field::PROVENANCE));
    }
}
