//! The dictionary of the tables: every column with its Chinese and English heading, unit, meaning and formula.

use super::cell::{Column, defined, plain};

const VARIANT: Column = plain("variant", "方案", "variant", "");
pub(super) const TOWN_ID: Column = plain("town_id", "县/镇", "town id", "");
pub(super) const TOWN: Column = plain("town", "镇", "town", "");
const COUNTY: Column = plain("county", "县", "county", "");
pub(super) const YEAR: Column = plain("year", "年度", "year", "年");
pub(super) const UNIT: Column = plain("unit", "单位", "unit", "");

/// Yearly summary.
pub const SUMMARY: &[Column] = &[
    VARIANT,
    TOWN_ID,
    TOWN,
    COUNTY,
    plain("agreement", "体制", "agreement", ""),
    YEAR,
    UNIT,
    defined(
        "total_revenue",
        ("财政总收入", "total revenue"),
        "money",
        ("镇域一般公共预算各级税收和非税之和", "taxes and non-tax of all levels raised in the town, general book"),
        "Σ G_s（一般公共预算）",
    ),
    defined("local_revenue", ("一般公共预算收入", "local general revenue"), "money", ("地方留成部分，不含基金", "local parts, without funds"), "Σ L_s（一般公共预算）"),
    defined("retained_tax", ("留存·税收", "retained: taxes"), "money", ("各税镇得，已扣上解", "the town's part of taxes, remittances taken off"), ""),
    defined("retained_land", ("留存·土地", "retained: land"), "money", ("土地可分成部分镇得", "the town's part of shareable land income"), ""),
    defined("retained_fee", ("留存·配套费", "retained: fee"), "money", ("配套费镇得", "the town's part of the infrastructure fee"), ""),
    defined(
        "retained_transfer",
        ("留存·转移和补助", "retained: transfers"),
        "money",
        ("一般性转移支付、体制补助、保底补足", "general transfers, subsidies, payments and top-ups"),
        "",
    ),
    defined("retained_other", ("留存·其他", "retained: other"), "money", ("非税等镇得", "non-tax and the rest"), ""),
    defined(
        "retained",
        ("留存财力", "retained funds"),
        "money",
        (
            "分成加补助减上解，一般公共预算与基金之和；不含专项、土地成本、调入、债务、结转",
            "shares plus grants less remittances, general and fund; without earmarked money, land cost, debt or balances",
        ),
        "G + F (+ C)",
    ),
    defined("retained_general", ("其中：一般公共预算", "of it general"), "money", ("留存财力中列入一般公共预算的部分", "retained funds in the general book"), "G"),
    defined("retained_fund", ("其中：基金", "of it fund"), "money", ("留存财力中列入政府性基金预算的部分", "retained funds in the fund book"), "F"),
    defined("earmarked", ("专项收入", "earmarked"), "money", ("只能用于指定用途", "serves its purpose only"), ""),
    defined("wages", ("保工资", "wages"), "money", ("三保中的工资和津补贴，当年应付", "pay and allowances within the three guarantees, due in the year"), ""),
    defined("operation", ("保运转", "operation"), "money", ("三保中的机构运转经费，当年应付", "running of offices within the three guarantees, due in the year"), ""),
    defined("livelihood", ("保基本民生", "basic livelihood"), "money", ("三保中的基本民生支出，当年应付", "basic livelihood within the three guarantees, due in the year"), ""),
    defined(
        "other_recurrent",
        ("其他经常性支出", "other recurrent"),
        "money",
        ("三保以外的经常性支出，当年应付", "recurrent spending beyond the three guarantees, due in the year"),
        "",
    ),
    defined("debt_service", ("还本付息", "debt service"), "money", ("当年应还的本金和利息", "principal and interest due in the year"), ""),
    defined("recurrent_unpaid", ("经常性支出未付", "recurrent unpaid"), "money", ("一般公共预算付不了的经常性支出", "recurrent spending the general book could not pay"), ""),
    defined("guarantees_cover", ("三保保障率", "three-guarantees cover"), "1", ("已付三保÷应付三保", "paid ÷ due"), "1 − 未付÷应付"),
    defined("brought_forward", ("上年结转", "brought forward"), "money", ("两本预算的净结余", "net balances of both books"), ""),
    defined(
        "available",
        ("可用财力", "available"),
        "money",
        (
            "留存（国有资本结转部分除外）＋上年结转－已付经常性支出，再加减预备费、调节基金、调入、救助和债券本息（见 budget.csv）；预拨时按现金",
            "retained (without locked state capital) + brought forward − recurrent paid, and the steps of budget.csv: reserve, stabilisation fund, transfer-in, aid, bond service; in cash where settled with an advance",
        ),
        "",
    ),
    defined("planned", ("计划项目支出", "planned"), "money", ("项目总投资中镇级负担部分的当年计划", "the town's part of the projects, as planned for the year"), ""),
    defined("paid", ("已付项目支出", "paid"), "money", ("含专项资金支付", "earmarked money included"), ""),
    defined("gap", ("缺口", "gap"), "money", ("计划减已付；追补以前年度时为负", "planned less paid; negative when catching up"), "计划 − 已付"),
    defined("gap_cumulative", ("累计缺口", "cumulative gap"), "money", ("从首年到当年各年缺口之和", "sum of the gaps from the first year on"), "Σ 缺口"),
    defined("due", ("当年应付", "due"), "money", ("计划加以前年度未付（按优先级排队时）", "planned and what earlier years left unpaid (constrained)"), ""),
    defined("unpaid", ("年末未付", "unpaid"), "money", ("应付减已付", "due less paid"), "应付 − 已付"),
    defined("coverage", ("保障率", "coverage"), "1", ("当年已付÷当年应付；无应付为空", "paid ÷ due of the year; empty when nothing is due"), "已付÷应付"),
    defined(
        "balance_general",
        ("年末结余·一般公共预算", "balance, general"),
        "money",
        ("一般公共预算年末没有用完、结转下年的钱", "what the general budget has left at the end of the year and carries over"),
        "",
    ),
    defined(
        "balance_fund",
        ("年末结余·基金", "balance, fund"),
        "money",
        ("政府性基金年末没有用完、结转下年的钱", "what the government fund budget has left at the end of the year and carries over"),
        "",
    ),
    defined(
        "balance_earmarked",
        ("年末结余·专项", "balance, earmarked"),
        "money",
        ("专项收入年末没有用完、结转下年的钱，只能用于指定项目", "earmarked money left at the end of the year; it stays bound to its projects"),
        "",
    ),
    defined("receivable", ("应收县级", "receivable"), "money", ("已应得未到账", "earned, not yet received"), ""),
    defined("arrears", ("欠缴上解", "arrears"), "money", ("应上解未能上解", "due to the county, not remitted"), ""),
    defined("match", ("财力事权匹配度", "match of money and duties"), "1", ("一般公共预算留存÷经常性支出", "retained general ÷ recurrent"), "G÷经常性支出"),
    defined("population", ("人口", "population"), "人", ("方案写的该年人口", "inhabitants of the year as the scenario has them"), ""),
];

/// Ledger.
pub const LEDGER: &[Column] = &[
    VARIANT,
    TOWN_ID,
    TOWN,
    YEAR,
    plain("item_id", "项目键", "item id", ""),
    plain("item", "收支项目", "item", ""),
    defined("book", ("预算", "book"), "", ("general 一般公共预算，fund 政府性基金，state_capital 国有资本经营", "general, fund or state capital budget"), ""),
    defined("party", ("得款方", "party"), "", ("central 中央、province 省、city 市、county 县、town 镇、outside 社会、other_town 其他镇", "who gets it"), ""),
    plain("earmark", "专项", "earmark", ""),
    defined("amount", ("金额", "amount"), "money", ("付出为负", "negative when paid"), ""),
    UNIT,
    plain("rule", "所依规则", "rule", ""),
    defined("grade", ("依据等级", "grade"), "", ("所依各数中最弱的等级", "the weakest grade among the values it rests on"), ""),
];

/// Projects.
pub const PROJECTS: &[Column] = &[
    VARIANT,
    plain("project_id", "编号", "project id", ""),
    plain("project", "项目", "project", ""),
    TOWN_ID,
    TOWN,
    plain("class", "类别", "class", ""),
    defined("priority", ("优先级", "priority"), "1", ("付款的先后，数小的先付", "the order of payment, small numbers first"), ""),
    defined("cost", ("总投资", "cost"), "money", ("各方资金之和", "all parties' money"), ""),
    defined("outside", ("社会投资", "outside"), "money", ("企业和居民为项目出的钱，不经镇财政", "what firms and people pay for the project, not through the town's books"), ""),
    defined("grant", ("上级专项", "grant"), "money", ("上级指定用于该项目的补助", "grants of higher levels bound to the project"), ""),
    defined("county_part", ("县级", "county's part"), "money", ("项目投资中县里负担的部分", "the county's part of the project's cost"), ""),
    defined("bond", ("债券", "bond"), "money", ("项目投资中用债券的部分", "the part of the project's cost paid from bonds"), ""),
    defined("land_development", ("土地前期开发", "land development"), "money", ("从土地收入列支的前期开发成本", "cost of developing land, paid from land income"), ""),
    defined("town_cost", ("镇级", "town's part"), "money", ("计划项目支出", "planned project spending"), ""),
    defined("planned_start", ("计划开工", "planned start"), "年", ("方案写的开工年度", "the year in which it is to start"), ""),
    defined("planned_finish", ("计划完工", "planned finish"), "年", ("方案写的完工年度", "the year in which it is to be finished"), ""),
    defined("finish", ("完工", "finish"), "年", ("镇级资金付清且工期已到的年份；未付清为空", "the year the schedule is over and nothing is owed; empty if never"), ""),
    defined("delay_years", ("推迟", "delay"), "年", ("实际完工比计划晚的年数", "years by which it is finished later than planned"), ""),
    defined("paid", ("已付", "paid"), "money", ("付给该项目的钱", "what is paid for the project"), ""),
    defined("paid_earmarked", ("其中：专项", "of it earmarked"), "money", ("已付中用专项收入付的部分", "of what is paid, the part from earmarked money"), ""),
    defined("paid_matched", ("其中：配套补助", "of it matching grants"), "money", ("已付中用配套补助付的部分", "of what is paid, the part from matching grants"), ""),
    defined("paid_general", ("其中：一般公共预算", "of it general"), "money", ("已付中用一般公共预算付的部分", "of what is paid, the part from the general budget"), ""),
    defined("paid_fund", ("其中：基金", "of it fund"), "money", ("已付中用政府性基金付的部分", "of what is paid, the part from the government fund budget"), ""),
    defined("unpaid", ("未付", "unpaid"), "money", ("到期未付的钱", "what is due and not paid"), ""),
    defined("upkeep", ("年管护费", "upkeep"), "money", ("完工以后每年的管护支出，列入经常性支出", "yearly cost of upkeep once finished; recurrent spending"), ""),
    defined(
        "status",
        ("状态", "status"),
        "",
        ("paid 付清、short 有缺口、delayed 推迟、open 期末未完、outside 无镇级资金", "paid, short, delayed, open at the end, or no town money"),
        "",
    ),
    UNIT,
];

/// Projects by year.
pub const PROJECT_YEARS: &[Column] = &[
    VARIANT,
    plain("project_id", "编号", "project id", ""),
    TOWN_ID,
    YEAR,
    defined("planned", ("计划", "planned"), "money", ("该项目当年计划的支出", "what the project plans to spend in the year"), ""),
    defined("due", ("应付", "due"), "money", ("计划加以前年度未付", "planned plus backlog"), ""),
    defined("paid_earmarked", ("专项支付", "from earmarked money"), "money", ("已付中用专项收入付的部分", "of what is paid, the part from earmarked money"), ""),
    defined("paid_matched", ("配套补助支付", "from matching grants"), "money", ("已付中用配套补助付的部分", "of what is paid, the part from matching grants"), ""),
    defined("paid_general", ("一般公共预算支付", "from the general book"), "money", ("已付中用一般公共预算付的部分", "of what is paid, the part from the general budget"), ""),
    defined("paid_fund", ("基金支付", "from the fund book"), "money", ("已付中用政府性基金付的部分", "of what is paid, the part from the government fund budget"), ""),
    defined("unpaid", ("未付", "unpaid"), "money", ("到期未付的钱", "what is due and not paid"), ""),
    UNIT,
];

/// Steps of the year's money.
pub const BUDGET: &[Column] = &[
    VARIANT,
    TOWN_ID,
    TOWN,
    YEAR,
    defined(
        "item_id",
        ("项目键", "item id"),
        "",
        (
            "预备费、预算稳定调节基金、调入、救助、收回、转贷债券；stabilisation、owed 是年末数",
            "reserve, stabilisation fund, transfer-in, aid, what lapsed, on-lent bonds; stabilisation and owed stand at the end of the year",
        ),
        "",
    ),
    plain("item", "项目", "item", ""),
    defined("amount", ("金额", "amount"), "money", ("该项的金额", "the amount of the line"), ""),
    UNIT,
];

/// Spending by function.
pub const FUNCTIONS: &[Column] = &[
    VARIANT,
    TOWN_ID,
    TOWN,
    YEAR,
    defined("kind", ("类型", "kind"), "", ("recurrent 经常性支出，project 项目", "recurrent spending or projects"), ""),
    defined(
        "function",
        ("功能", "function"),
        "",
        ("经常性支出的功能分类，或项目类别；未写为空", "function of the lines, or class of the projects; empty where none is written"),
        "",
    ),
    defined("public", ("公共服务", "public service"), "", ("1 表示算公共服务", "1 when it counts as a public service"), ""),
    defined("spent", ("已付", "spent"), "money", ("当年实际付出的钱", "what is paid in the year"), ""),
    UNIT,
];

/// County.
pub const COUNTY_TABLE: &[Column] = &[
    VARIANT,
    COUNTY,
    YEAR,
    UNIT,
    defined("own_revenue", ("县本级财力", "own revenue"), "money", ("县里不靠各镇体制的收入", "revenue the county has without its towns' agreements"), ""),
    defined("from_towns", ("来自各镇的分成", "from towns"), "money", ("各镇收入的县得部分，含上解", "the county's parts of the towns' sources, remittances included"), ""),
    defined("remittances", ("其中：上解和集中", "of it remittances"), "money", ("各镇上解和被集中的数", "what towns remit and what is levied"), ""),
    defined("held", ("持有的土地计提", "set-asides held"), "money", ("县持有的计提资金和两费", "set-asides and land fees the county holds"), ""),
    defined("returned", ("各镇还付", "brought back"), "money", ("转贷债券本息、归还的救助", "service of on-lent bonds, aid repaid"), ""),
    defined(
        "transfers_paid",
        ("对各镇补助和支付", "paid to towns"),
        "money",
        ("补助、转移支付、代付、土地倒挂承担、转贷债券应付本息、救助", "subsidies, transfers, payments for them, land losses borne, service due of on-lent bonds, aid"),
        "",
    ),
    defined(
        "resources",
        ("县级可用财力", "resources"),
        "money",
        ("县本级财力加分成加计提加还付减补助", "own revenue + from towns + set-asides held + brought back − paid to towns"),
        "本级＋分成＋计提＋还付－补助",
    ),
    defined(
        "three_guarantees",
        ("县级三保", "three guarantees"),
        "money",
        ("县级保工资、保运转、保基本民生的支出", "the county's spending on pay, running of offices and basic livelihood"),
        "",
    ),
    defined("debt_service", ("还本付息", "debt service"), "money", ("当年应还的本金和利息", "principal and interest due in the year"), ""),
    defined("balance", ("年末结余", "balance"), "money", ("年末没有用完、结转下年的钱", "what is left at the end of the year and carried over"), ""),
    defined("three_guarantees_cover", ("三保保障率", "cover"), "1", ("可用财力÷三保", "resources ÷ three guarantees"), "可用财力÷三保"),
    defined("broken", ("三保不足", "broken"), "", ("1 表示当年可用财力不足三保", "1 when resources fall short of the three guarantees"), ""),
    defined("in_debt", ("结余为负", "in debt"), "", ("1 表示年末结余为负", "1 when the balance is below nothing"), ""),
    defined(
        "broken_by_reform",
        ("方案打破县级", "broken by the reform"),
        "",
        (
            "1 表示本方案当年三保不足或结余为负，而基准方案不是；没有比较对象为空",
            "1 when the three guarantees fall short or the balance is negative here and not in the baseline; empty without one",
        ),
        "",
    ),
];

/// Measures over the horizon.
pub const MEASURES: &[Column] = &[
    VARIANT,
    TOWN_ID,
    TOWN,
    COUNTY,
    plain("class", "类别", "class", ""),
    defined("cohort", ("批次", "cohort"), "年", ("镇列入试点或重点镇的年度", "the year in which the town joined a programme"), ""),
    UNIT,
    defined("retained", ("留存财力合计", "retained"), "money", ("各年留存财力之和", "retained funds of all years"), ""),
    defined("planned", ("计划项目支出合计", "planned"), "money", ("各年镇级负担的计划项目支出之和", "planned project spending of the town, all years"), ""),
    defined("paid", ("已付合计", "paid"), "money", ("各年付给项目的钱之和", "what is paid for projects, all years"), ""),
    defined("gap", ("累计缺口", "gap"), "money", ("各年缺口之和", "sum of the gaps of all years"), "Σ(计划 − 已付)"),
    defined("coverage", ("项目资金保障率", "coverage"), "1", ("付清的计划占全部计划的比重；无计划为空", "1 − Σ gap ÷ Σ planned; empty when nothing is planned"), "1 − Σ缺口÷Σ计划"),
    defined("first_shortfall", ("首次不足", "first shortfall"), "年", ("首个付不清的年份", "first year something stays unpaid"), ""),
    defined("last_shortfall", ("最后不足", "last shortfall"), "年", ("最后一个付不清的年份", "last year something stays unpaid"), ""),
    defined("peak_gap", ("最大当年缺口", "peak gap"), "money", ("各年缺口中最大的", "the largest gap of a year"), "max 缺口_t"),
    defined("peak_gap_year", ("最紧的年份", "peak year"), "年", ("缺口最大的一年；没有缺口为空", "the year of the largest gap; empty where there is none"), ""),
    defined(
        "peak_need",
        ("最高资金占用", "peak need"),
        "money",
        (
            "若可先垫后补，最多须垫多少",
            "what would have to be advanced at most if later money could catch up: max_t (Σ (planned − paid from earmarked money − new project money) − opening)⁺",
        ),
        "max_t(Σ(计划 − 专项已付 − 新增项目资金) − 期初)⁺",
    ),
    defined("land_dependence", ("土地依赖度", "land dependence"), "1", ("留存财力中土地和配套费的比重", "retained land and fee ÷ retained funds"), "(土地＋配套费)÷留存财力"),
    defined("self_sufficiency", ("自给率", "self-sufficiency"), "1", ("一般公共预算收入÷一般公共预算支出", "local general revenue ÷ general spending"), ""),
    defined("volatility", ("波动", "volatility"), "1", ("留存财力逐年增长率的样本标准差", "sample standard deviation of yearly growth of retained funds"), ""),
    defined("retained_per_head", ("人均年留存财力", "retained per head"), "元", ("平均每年每人的留存财力", "retained funds ÷ years ÷ population"), "Σ留存÷年数÷人口"),
    defined("guarantees_cover", ("三保保障率最低", "lowest three-guarantees cover"), "1", ("各年三保保障率中最低的", "the lowest cover of a year"), "min_t"),
    defined(
        "services_share",
        ("新增财力用于公共服务", "new money to services"),
        "1",
        (
            "各年比首年多留的财力有多少用于公共服务；没有多留或未写 [public_services] 为空",
            "of what the years retain beyond the first, the part spent on public services; empty where no more is retained or no [public_services] is written",
        ),
        "Σ_t(公共服务支出_t − 公共服务支出_首)÷Σ_t(留存_t − 留存_首)",
    ),
    defined("projects", ("项目数", "projects"), "个", ("镇里计划的项目个数", "number of projects the town plans"), ""),
    defined(
        "projects_delayed",
        ("推迟或未完项目数", "projects delayed"),
        "个",
        ("推迟完工或到期末没有付清的项目个数", "number of projects finished late or not paid at the end"),
        "",
    ),
    defined("status", ("结论", "status"), "", ("covered 够用、short 有缺口、guarantees 保不住三保、no_plan 无计划", "covered, short, guarantees unmet, no plan"), ""),
];

/// Distribution across towns.
pub const INEQUALITY: &[Column] = &[
    VARIANT,
    YEAR,
    defined("towns", ("镇数", "towns"), "个", ("算在内的镇的个数", "number of towns counted"), ""),
    defined(
        "gini",
        ("基尼系数", "Gini"),
        "1",
        ("人均留存财力在各镇间的差距，0 为相等", "inequality of retained funds per head across towns, 0 where all are equal"),
        "Σ_iΣ_j|x_i − x_j| ÷ (2n²·μ)",
    ),
    defined("theil", ("泰尔指数", "Theil"), "1", ("人均留存财力；有非正数时为空", "per head; empty where one is not positive"), "Σ (x/μ)·ln(x/μ) ÷ n"),
    defined("variation", ("变异系数", "coefficient of variation"), "1", ("人均留存财力的标准差÷均值", "standard deviation ÷ mean of retained funds per head"), "σ ÷ μ"),
];

/// Shares of the levels in what the town raises.
pub const LEVELS: &[Column] = &[
    VARIANT,
    TOWN_ID,
    TOWN,
    YEAR,
    plain("party", "级次", "party", ""),
    defined("amount", ("所得", "amount"), "money", ("该级次分得的钱", "what the level gets"), ""),
    UNIT,
    defined("share", ("占镇域全部收入的比例", "share"), "1", ("该级所得占镇域全部收入总额的比例", "what the level gets ÷ gross of all sources"), "所得÷Σ总额"),
];

/// Settlement statement.
pub const SETTLEMENT: &[Column] = &[
    VARIANT,
    TOWN_ID,
    TOWN,
    YEAR,
    defined("line", ("行次", "line"), "1", ("结算单上的行次", "the line of the statement"), ""),
    plain("section", "栏目", "section", ""),
    plain("item", "项目", "item", ""),
    defined("amount", ("金额", "amount"), "money", ("该项的金额", "the amount of the line"), ""),
    UNIT,
    plain("rule", "依据", "rule", ""),
];

/// The state capital book; only where some source is in it.
pub const STATE_CAPITAL: &[Column] = &[
    VARIANT,
    TOWN_ID,
    TOWN,
    YEAR,
    defined("received", ("镇得收入", "received"), "money", ("国有资本经营预算各项收入的镇得部分", "the town's part of the sources in the state capital book"), ""),
    defined("transferred", ("调入一般公共预算", "transferred"), "money", ("计入一般公共预算留存", "counts as retained in the general book"), "R(比例 × 镇得)"),
    defined("retained", ("留存财力·国有资本经营预算", "retained"), "money", ("含在留存财力里，不安排支出", "part of retained funds, pays for nothing"), "C；留存财力 = G + F + C"),
    defined("balance", ("年末结余", "balance"), "money", ("结转以后年度", "carried over"), ""),
    UNIT,
];

/// How the dictionary calls it.
pub const CAPITAL_TABLE: (&str, &[Column]) = ("state_capital", STATE_CAPITAL);

/// Parameters.
pub const PARAMETERS: &[Column] = &[
    plain("path", "路径", "path", ""),
    plain("from", "起", "from", ""),
    defined("value", ("数值", "value"), "", ("比例为小数，金额为方案单位", "ratios as fractions, money in the scenario's unit"), ""),
    plain("text", "原文", "text", ""),
    plain("unit", "单位", "unit", ""),
    plain("source", "依据", "source", ""),
    plain("grade", "等级", "grade", ""),
    plain("verified", "核实日", "verified", ""),
    plain("note", "说明", "note", ""),
    plain("file", "文件", "file", ""),
    defined("line", ("行", "line"), "1", ("参数所在的行", "the line on which the value stands"), ""),
    defined("set_by", ("由谁写", "set by"), "", ("空为方案本身", "empty: the scenario itself"), ""),
    defined("used", ("用到", "used"), "", ("1 表示本次测算用到", "1 when this run used it"), ""),
];

/// The dictionary itself.
pub const DICTIONARY: &[Column] = &[
    plain("table", "表", "table", ""),
    plain("column", "列", "column", ""),
    plain("zh", "中文", "Chinese", ""),
    plain("en", "英文", "English", ""),
    plain("unit", "单位", "unit", ""),
    plain("definition_zh", "定义", "definition (Chinese)", ""),
    plain("definition_en", "定义（英文）", "definition", ""),
    plain("formula", "算式", "formula", ""),
];

/// All tables that are described in the dictionary.
pub const TABLES: &[(&str, &[Column])] = &[
    ("summary", SUMMARY),
    ("measures", MEASURES),
    ("ledger", LEDGER),
    ("settlement", SETTLEMENT),
    ("projects", PROJECTS),
    ("project_years", PROJECT_YEARS),
    ("county", COUNTY_TABLE),
    ("budget", BUDGET),
    ("functions", FUNCTIONS),
    ("levels", LEVELS),
    ("inequality", INEQUALITY),
    ("parameters", PARAMETERS),
];
