//! Every word of the report, in both languages, once. The template, the sections and the script take them from here.

use crate::base::lang::{Lang, Words};

/// Declares the words: `Name key (中文, English);` is a variant of [`Page`], `{{key}}` in the template, `say('key')` in the script.
macro_rules! words {
    ($($name:ident $key:ident ($zh:literal, $en:literal);)*) => {
        /// A word of the page.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Page {
            $(#[doc = concat!("`", $zh, "`")] $name,)*
        }

        impl Page {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// How template and script call it.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => stringify!($key),)* }
            }

            /// In both languages.
            #[must_use]
            pub const fn words(self) -> Words {
                match self { $(Self::$name => Words::new($zh, $en),)* }
            }
        }
    };
}

words! {
    Kind kind ("县镇财政分成测算报告", "County–town revenue sharing: a report");
    Contents contents ("目录", "Contents");
    Findings h_findings ("结论", "Findings");
    Funds h_funds ("资金与计划", "Funds against plan");
    Towns h_towns ("各镇", "Towns");
    Variants h_variants ("方案对比", "Variants compared");
    County h_county ("县级", "The county");
    Projects h_projects ("项目", "Projects");
    Method h_method ("口径与算式", "Method");
    Sources h_sources ("依据与等级", "Sources and grades");
    Glossary h_glossary ("名词", "Glossary");
    Again h_again ("如何复算", "Compute it again");
    Controls controls ("选择方案和镇", "Choose variant and town");
    Variant variant ("方案", "Variant");
    Town town ("镇", "Town");
    CountyWord county ("县", "County");
    AllTowns all_towns ("全部镇合计", "All towns together");
    AllCounties all_counties ("全部县", "All counties");
    Exact exact ("金额显示到分", "Money to the fen");
    Baseline baseline ("基准", "baseline");
    Against against ("对比", "against");
    Overview overview_title ("一览：各方案谁缺钱、镇里留多少、县里得失多少", "At a glance: who lacks money, what towns keep, what it costs the counties");
    TownsLacking towns_lacking ("缺钱的镇（个）", "Towns that lack money");
    RetainedChange retained_change ("留存比对比方案增减", "Retained, change");
    CountyChange county_change ("县级净得增减", "County, change");
    EachRule each_rule ("各条规则的贡献（合计等于全部差额）", "What each rule brings (together the whole difference)");
    TightestTowns tightest_towns ("缺得最多的镇", "Towns that lack most");
    GradesByAmount grades_by_amount ("留存财力的依据等级（按金额）：", "Evidence of retained funds, by amount:");
    FundsLead funds_lead ("柱是镇里当年留下和动用的钱，线是要花的钱，斜线是缺口。斜线压在柱上，是因为土地等专用的钱不能用来付经常性支出。", "Bars are what the town keeps and draws on, lines are what is to be spent, hatching is what is missing. Hatching upon a bar: land and other money for set purposes may not pay recurrent spending.");
    Tax tax ("税收", "taxes");
    Other other ("非税等", "non-tax");
    Transfer transfer ("转移支付", "transfers");
    Fee fee ("配套费", "fee");
    Land land ("土地", "land");
    Drawn drawn ("动用结余和专项", "balances and earmarked money used");
    ToSpend to_spend ("经常性支出＋计划项目", "recurrent + planned projects");
    Recurrent recurrent ("经常性支出", "recurrent spending");
    Missing missing ("缺口", "missing");
    Retained retained ("留存财力", "retained funds");
    Planned planned ("计划项目支出", "planned projects");
    Paid paid ("已付项目", "projects paid");
    Gap gap ("项目缺口", "project gap");
    RecurrentUnpaid recurrent_unpaid ("经常性支出未付", "recurrent unpaid");
    Available available ("可用财力", "available");
    BalanceGeneral balance_general ("结余·一般", "balance, general");
    BalanceFund balance_fund ("结余·基金", "balance, fund");
    Earmarked earmarked ("专项收入", "earmarked");
    Year year ("年度", "Year");
    Total total ("合计", "Total");
    HeatTitle heat_title ("哪个镇、哪一年缺钱", "Where and when money is missing");
    HeatLead heat_lead ("颜色越深缺得越多（计划和经常性支出未付之和）；点一行看这个镇。", "The darker, the more is missing (plans and recurrent spending unpaid); click a row to see its town.");
    HeatNone heat_none ("没有镇在任何一年缺钱。", "No town lacks money in any year.");
    HeatMore heat_more ("只画缺得最多的 {n} 个镇", "Only the {n} towns that lack most are drawn");
    ShowAll show_all ("全部画出", "Draw all");
    ShowLess show_less ("只画最缺的", "Draw fewer");
    Filter filter ("筛选：镇名、县名、结论…", "Filter: town, county, status …");
    OnlyShort only_short ("只看有缺口的", "Only towns that fall short");
    Rows rows ("{n} 行，共 {all} 行", "{n} of {all} rows");
    Copy copy ("复制到 Excel", "Copy for Excel");
    Copied copied ("已复制 {n} 行，可粘贴到 Excel", "{n} rows copied; paste them into Excel");
    CopyFailed copy_failed ("浏览器不让复制，请选中表格后按 Ctrl+C", "The browser refuses; select the table and press Ctrl+C");
    More more ("显示全部 {n} 行", "Show all {n} rows");
    SortBy sort_by ("按此列排序", "Sort by this column");
    YearTable year_table ("逐年数据", "Year by year");
    VariantsLead variants_lead ("同一个镇在各方案下的结果；每行的条形按本列最大值画。", "The same town under every variant; bars are drawn against the largest of their column.");
    ByYear by_year ("逐年", "Year by year");
    LinesMore lines_more ("{all} 个方案中画 {n} 个：选中的、与它比较的和排在前面的。", "{n} of {all} variants are drawn: the one chosen, what it is compared with, and the first others.");
    ChangeTitle change_title ("谁多留，谁少留", "Who retains more, who less");
    NotCompared not_compared ("这个方案没有比较对象。", "This variant is not compared with another.");
    NoChange no_change ("与比较对象相比，没有镇的留存财力变化。", "No town retains more or less than in the variant compared with.");
    LevelsTitle levels_title ("镇里产生的每 100 元收入归谁", "Who gets each 100 yuan raised in the towns");
    CountyLead county_lead ("县级可用财力与县级三保；低于三保的年份用红色标出。", "The county's resources against its three guarantees; years below them are red.");
    NoCounty no_county ("方案没有写县级账（[county_account]），看不到县级三保。", "The scenario has no county account ([county_account]): the county's three guarantees cannot be seen.");
    Resources resources ("县级可用财力", "resources");
    Guarantees guarantees ("县级三保", "three guarantees");
    Cover cover ("三保保障率", "cover");
    NoProjects no_projects ("没有计划项目。", "No projects are planned.");
    Coverage coverage ("项目资金保障率", "coverage");
    Net net ("县级从各镇净得", "county, net of towns");
    Measure measure ("指标", "Measure");
    Meaning meaning ("意思", "Meaning");
    Formula formula ("算式", "Formula");
    InFiles in_files ("表中列名", "Column in files");
    RuleFen rule_fen ("金额以分计，是整数；每个金额只在产生时四舍五入一次。", "Money is whole fen; every amount is rounded once, where it is made.");
    RuleClosed rule_closed ("每项收入分到各方后分毫不剩，账目逐镇逐年核对，差 0 分。", "Every source is handed out to the last fen; books are checked town by town and year by year.");
    RuleBooks rule_books ("一般公共预算、政府性基金和国有资本经营预算分开算；基金只付它能付的支出。", "General, fund and state capital budgets are kept apart; fund money pays only what it may.");
    RuleGap rule_gap ("缺口＝计划项目支出（镇级负担部分）－已付；留存财力先付经常性支出，再付项目。", "Gap = the town's part of planned projects less what is paid; retained funds pay recurrent spending first, then projects.");
    RuleEarmarked rule_earmarked ("留存财力不含专项、土地成本、调入、债务和上年结转。", "Retained funds hold no earmarked money, land cost, transfer-in, debt or balances of earlier years.");
    GradesMean grades_mean ("等级：A 原文，B 二手资料，C 常识，D 假定。没有写等级的按 D 计。", "Grades: A official text, B secondary, C general knowledge, D assumption. What has no grade counts as D.");
    AllValues all_values ("全部参数，逐个列出依据", "All values, each with its source");
    NoDocument no_document ("没有文件：假定", "no document: assumed");
    Document document ("依据", "Source");
    Grade grade ("等级", "Grade");
    Values values ("参数个数", "Values");
    Path path ("参数路径", "Path");
    From from ("起", "From");
    Written written ("原文", "As written");
    Place place ("文件:行", "File:line");
    Term term ("名词", "Term");
    OtherLanguage other_language ("英文", "Chinese");
    Stop stop ("；", "; ");
    Comma comma ("、", ", ");
    Colon colon ("：", ": ");
    Scenario scenario ("情景", "Scenario");
    Command command ("命令", "Command");
    Version version ("版本", "Version");
    RunAt run_at ("运行", "run");
    InputDigest input_digest ("输入摘要", "inputs");
    Input input ("读入的文件", "File read");
    Digest digest ("SHA-256", "SHA-256");
    StepVerify step_verify ("fencheng verify 结果文件夹：核对文件未改，并重算一遍，逐字相同才算通过。", "fencheng verify RESULT: files unchanged and computed anew, the same to the byte.");
    StepRun step_run ("结果文件夹的 inputs/ 里有全部输入的副本，可以直接再测算。", "The folder inputs/ of a result holds a copy of everything read and can be run as it is.");
    StepExplain step_explain ("fencheng explain 方案 --town 镇 --year 年：把任何一个数追到参数和文件。", "fencheng explain SCENARIO --town TOWN --year YEAR: any figure down to its documents.");
    NoScript no_script ("浏览器没有运行脚本：图表不能选择，以下是结论和主要表格。", "Scripts do not run here: charts cannot be chosen; these are the findings and main tables.");
    OnlyRows only_rows ("只列 {n} 行（共 {all} 行），最要紧的在前；全部见结果文件夹的 tables/。", "{n} of {all} rows, the most pressing first; all are in tables/ of the results.");
    MoreTables more_tables ("其余方案的表见结果文件夹的 tables/。", "The tables of the other variants are in tables/ of the results.");
    TownUnit town_unit ("个镇", "town");
    TownsUnit towns_unit ("个镇", "towns");
    RunUnit run_unit ("个方案", "variant");
    RunsUnit runs_unit ("个方案", "variants");
    MillionYuan million ("百万元", "million yuan");
    Yi yi ("亿元", "100 million yuan");
    Wan wan ("万元", "10,000 yuan");
    Unit unit_word ("单位", "in");
    Yuan yuan ("元", "yuan");
    Toggle toggle ("切换", "Toggle");
    Broken broken ("三保不足", "below three guarantees");
    Top top ("回到页首", "Back to top");
}

/// The words for keys of the tables: what became of a town or project, who gets money.
pub const KEYS: &[(&str, Words)] = &[
    ("covered", Words::new("够用", "covered")),
    ("short", Words::new("有缺口", "short")),
    ("guarantees", Words::new("保不住三保", "guarantees unmet")),
    ("no_plan", Words::new("无计划", "no plan")),
    ("paid", Words::new("付清", "paid")),
    ("delayed", Words::new("推迟", "delayed")),
    ("open", Words::new("期末未完", "open at the end")),
    ("outside", Words::new("无镇级资金", "no town money")),
    ("winner", Words::new("增加", "winner")),
    ("loser", Words::new("减少", "loser")),
    ("unchanged", Words::new("不变", "unchanged")),
    ("central", Words::new("中央", "central")),
    ("province", Words::new("省", "province")),
    ("city", Words::new("市", "city")),
    ("county", Words::new("县", "county")),
    ("town", Words::new("镇", "town")),
    ("society", Words::new("社会", "outside parties")),
    ("other_town", Words::new("其他镇", "other towns")),
];

/// A key as a word; one that is not listed stays as it is.
#[must_use]
pub fn of_key(key: &str, lang: Lang) -> &str {
    KEYS.iter().find(|(known, _)| *known == key).map_or(key, |(_, words)| words.get(lang))
}
