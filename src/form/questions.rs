//! What the form asks: every sheet, column, choice and note, in the order of the form.

use super::layout::{Column, FormSheet, Holds};
use crate::base::lang::Words;

const fn col(key: &'static str, zh: &'static str, en: &'static str, holds: Holds, required: bool, note: (&'static str, &'static str)) -> Column {
    Column { key, words: Words::new(zh, en), holds, required, note: Words::new(note.0, note.1) }
}

const SOURCE: Column =
    col("source", "来源", "source", Holds::Text, false, ("文件名称、文号、条款；没有就空着，不要编", "the document and article; leave it empty rather than invent one"));
const GRADE: Column =
    col("grade", "等级", "grade", Holds::Choice(GRADES), false, ("A 原文 B 二手 C 常识 D 假定；空着按 D", "A original, B secondary, C common knowledge, D assumed; empty is D"));

/// Grades of evidence.
pub const GRADES: &[(Words, &str)] = &[(Words::new("A", "A"), "A"), (Words::new("B", "B"), "B"), (Words::new("C", "C"), "C"), (Words::new("D", "D"), "D")];

/// Scopes of the revenue in the form.
pub const SCOPES: &[(Words, &str)] = &[(Words::new("总收入口径", "gross"), "gross"), (Words::new("一般公共预算口径", "local"), "local")];

/// Units of money.
pub const UNITS: &[(Words, &str)] = &[(Words::new("万元", "万元"), "万元"), (Words::new("元", "元"), "元"), (Words::new("亿元", "亿元"), "亿元")];

/// Shared rules of a province and a city that come with the program.
pub const RULES: &[(Words, &str)] = &[
    (Words::new("没有，见“上级分成”", "none, see upper shares"), ""),
    (Words::new("四川", "Sichuan"), "sichuan"),
    (Words::new("四川、成都", "Sichuan and Chengdu"), "sichuan+chengdu"),
];

const PARTS: &[(Words, &str)] = &[
    (Words::new("全部收入", "all revenue"), "rest"),
    (Words::new("税收和非税", "taxes and non-tax"), "tax+nontax"),
    (Words::new("税收", "taxes"), "tax"),
    (Words::new("非税", "non-tax"), "nontax"),
    (Words::new("土地净收益", "net land income"), "fund"),
    (Words::new("其余收入", "the rest"), "rest"),
];

const FORMS: &[(Words, &str)] = &[
    (Words::new("比例分成", "ratio"), "ratio"),
    (Words::new("全额留镇", "full"), "full"),
    (Words::new("全额上解", "none"), "none"),
    (Words::new("基数加增量分成", "base and increment"), "base_and_increment"),
    (Words::new("核定收支、超收分成", "contract"), "contract"),
];

const CLASSES: &[(Words, &str)] = &[
    (Words::new("保工资", "wages"), "wages"),
    (Words::new("保运转", "operation"), "operation"),
    (Words::new("保基本民生", "livelihood"), "livelihood"),
    (Words::new("其他", "other"), "other"),
];

const PER: &[(Words, &str)] = &[
    (Words::new("每镇", "a town"), ""),
    (Words::new("每人", "a head"), "population"),
    (Words::new("每个编制", "a post"), "staff"),
    (Words::new("每个村社区", "a village"), "villages"),
];

const PAYERS: &[(Words, &str)] = &[(Words::new("镇", "town"), "town"), (Words::new("县", "county"), "county")];

const BOOKS: &[(Words, &str)] =
    &[(Words::new("基金、一般预算", "fund/general"), "fund/general"), (Words::new("一般预算", "general"), "general"), (Words::new("基金", "fund"), "fund")];

/// Revenue the form asks of each town: the id of the source, its name, whether it is a tax, non-tax or fund income.
pub const REVENUE: &[(&str, Words, &str)] = &[
    ("vat", Words::new("国内增值税", "VAT"), "tax"),
    ("business_tax", Words::new("营业税", "business tax"), "tax"),
    ("cit", Words::new("企业所得税", "corporate income tax"), "tax"),
    ("pit", Words::new("个人所得税", "personal income tax"), "tax"),
    ("property_tax", Words::new("房产税", "property tax"), "tax"),
    ("land_use_tax", Words::new("城镇土地使用税", "urban land use tax"), "tax"),
    ("land_vat", Words::new("土地增值税", "land VAT"), "tax"),
    ("deed_tax", Words::new("契税", "deed tax"), "tax"),
    ("stamp_tax", Words::new("印花税", "stamp tax"), "tax"),
    ("vehicle_tax", Words::new("车船税", "vehicle tax"), "tax"),
    ("farmland_tax", Words::new("耕地占用税", "farmland occupation tax"), "tax"),
    ("nontax", Words::new("非税收入", "non-tax"), "nontax"),
    ("land_net", Words::new("土地净收益", "net land income"), "fund"),
];

/// Taxes levied on others: with gross revenue the rules compute them, with local revenue the form's table may bring them.
pub const DERIVED: &[(&str, Words, &str)] = &[
    ("umct", Words::new("城市维护建设税", "urban maintenance tax"), "tax"),
    ("education_surcharge", Words::new("教育费附加", "education surcharge"), "nontax"),
    ("local_education_surcharge", Words::new("地方教育附加", "local education surcharge"), "nontax"),
];

const MONEY_NOTE: (&str, &str) =
    ("基年全年数，不含城建税和两项附加（按税率自动算）；没有就空着", "of the whole base year, surcharges left out (they are computed); empty where there is none");

/// What 基本情况 asks.
pub const BASICS: &[Column] = &[
    col("name", "方案名称", "name", Holds::Text, true, ("出现在图和表上", "shown on pictures and tables")),
    col("county", "县（市、区）", "county", Holds::Text, true, ("如 彭州市", "its name")),
    col("base_year", "基年", "base year", Holds::Year, true, ("“镇”表里的收入是哪一年的", "the year of the revenue in the sheet of towns")),
    col("last_year", "测算到哪一年", "last year", Holds::Year, true, ("如基年以后 10 年", "for instance ten years on")),
    col("unit", "金额单位", "money unit", Holds::Choice(UNITS), false, ("本表所有金额的单位；空着为万元", "the unit of all amounts here; empty is 万元")),
    col(
        "scope",
        "收入口径",
        "scope",
        Holds::Choice(SCOPES),
        true,
        ("总收入口径含中央、省、市的部分；一般公共预算口径只有县镇的部分", "gross holds the parts of all levels, local only what county and town keep"),
    ),
    col(
        "rules",
        "省市规则",
        "provincial rules",
        Holds::Choice(RULES),
        false,
        ("程序自带的省、市分成；没有本省的就填“上级分成”", "shares of province and city that come with the program; else fill in the upper shares"),
    ),
];

const BASICS_SHEET: &[Column] = &[
    col("item", "项目", "item", Holds::Text, true, ("不要改", "do not change")),
    col("content", "内容", "content", Holds::Text, true, ("填这一列", "fill in this column")),
    SOURCE,
    GRADE,
    col("note", "说明", "note", Holds::Text, false, ("", "")),
];

const TOWNS: &[Column] = &[
    col("town", "镇", "town", Holds::Text, true, ("一镇一行", "one row a town")),
    col("class", "类别", "class", Holds::Text, false, ("如 重点镇；不分就空着", "such as key town; may be empty")),
    col("population", "人口", "population", Holds::Count, false, ("常住人口，人", "persons")),
    col("staff", "编制", "staff", Holds::Count, false, ("由镇财政供养的在编人数", "posts the town pays")),
    col("villages", "村社区数", "villages", Holds::Count, false, ("个", "villages and communities")),
    col("vat", "国内增值税", "VAT", Holds::Money, false, MONEY_NOTE),
    col("business_tax", "营业税", "business tax", Holds::Money, false, MONEY_NOTE),
    col("cit", "企业所得税", "corporate income tax", Holds::Money, false, MONEY_NOTE),
    col("pit", "个人所得税", "personal income tax", Holds::Money, false, MONEY_NOTE),
    col("property_tax", "房产税", "property tax", Holds::Money, false, MONEY_NOTE),
    col("land_use_tax", "城镇土地使用税", "urban land use tax", Holds::Money, false, MONEY_NOTE),
    col("land_vat", "土地增值税", "land VAT", Holds::Money, false, MONEY_NOTE),
    col("deed_tax", "契税", "deed tax", Holds::Money, false, MONEY_NOTE),
    col("stamp_tax", "印花税", "stamp tax", Holds::Money, false, MONEY_NOTE),
    col("vehicle_tax", "车船税", "vehicle tax", Holds::Money, false, MONEY_NOTE),
    col("farmland_tax", "耕地占用税", "farmland occupation tax", Holds::Money, false, MONEY_NOTE),
    col("nontax", "非税收入", "non-tax", Holds::Money, false, MONEY_NOTE),
    col(
        "land_net",
        "土地净收益",
        "net land income",
        Holds::Money,
        false,
        ("土地出让收入扣成本、计提和上交以后，县镇可以分的", "land income after costs, accruals and dues: what county and town share"),
    ),
    SOURCE,
    GRADE,
];

const GROWTH: &[Column] = &[
    col("item", "收入", "revenue", Holds::Text, true, ("与“镇”表的列名相同", "as in the headings of the sheet of towns")),
    col("rate", "每年增长", "growth a year", Holds::Rate, false, ("如 8%；空着按不增长（假定）", "such as 8%; empty is no growth, assumed")),
    SOURCE,
    GRADE,
];

const UPPER: &[Column] = &[
    col("item", "收入", "revenue", Holds::Text, true, ("与“镇”表的列名相同", "as in the headings of the sheet of towns")),
    col("province", "省得（占总额）", "province (of gross)", Holds::Share, false, ("如 8.75%；空着按不分（假定）", "such as 8.75%; empty is nothing, assumed")),
    col("city", "市得（占总额）", "city (of gross)", Holds::Share, false, ("空着按不分（假定）", "empty is nothing, assumed")),
    SOURCE,
    GRADE,
];

const SYSTEM: &[Column] = &[
    col("name", "体制名称", "agreement", Holds::Text, true, ("同一体制的几行写同一个名称", "the rows of one agreement bear one name")),
    col("from", "起始年", "from", Holds::Year, true, ("从哪一年起", "the first year")),
    col("towns", "适用的镇", "towns", Holds::Text, false, ("空着为全部；几个镇用、分开", "empty is all; several are set apart by 、")),
    col("of", "收入范围", "revenue", Holds::Choice(PARTS), true, ("每项收入必须恰好在一行里", "every revenue in one row exactly")),
    col("form", "分法", "form", Holds::Choice(FORMS), true, ("", "")),
    col(
        "share",
        "镇得比例",
        "town's share",
        Holds::Share,
        false,
        ("比例分成：镇得多少；基数加增量：基数以内；核定收支：超收部分", "ratio: the town's part; base: within the base; contract: of the excess"),
    ),
    col("above", "超基数镇得比例", "share above base", Holds::Share, false, ("基数加增量分成才填", "base and increment only")),
    col("base", "基数或核定收入", "base or approved revenue", Holds::Money, false, ("每镇一样的数", "the same for every town")),
    col("spending", "核定支出", "approved spending", Holds::Money, false, ("核定收支才填", "contract only")),
    SOURCE,
    GRADE,
];

const SPENDING: &[Column] = &[
    col("name", "名称", "name", Holds::Text, true, ("如 在编人员", "such as staff")),
    col("class", "类别", "class", Holds::Choice(CLASSES), true, ("", "")),
    col("per", "按什么算", "per", Holds::Choice(PER), true, ("每人、每个编制要在“镇”表填人数", "heads and posts stand in the sheet of towns")),
    col("amount", "标准", "amount", Holds::Money, true, ("每镇、每人、每编制一年多少", "a year, per town, head or post")),
    col("rate", "每年增长", "growth a year", Holds::Rate, false, ("空着按不增长（假定）", "empty is no growth, assumed")),
    col("paid_by", "由谁负担", "paid by", Holds::Choice(PAYERS), true, ("", "")),
    SOURCE,
    GRADE,
];

const PROJECTS: &[Column] = &[
    col("id", "编号", "id", Holds::Text, true, ("不能重", "no two alike")),
    col("name", "项目名称", "project", Holds::Text, true, ("", "")),
    col("town", "镇", "town", Holds::Text, true, ("与“镇”表写得一样", "as in the sheet of towns")),
    col("class", "类别", "class", Holds::Text, true, ("道路、教育、卫生、供水……", "roads, schools …")),
    col("cost", "总投资", "cost", Holds::Money, true, ("", "")),
    col("society", "社会投资", "society", Holds::Money, false, ("总投资中的一部分", "part of the cost")),
    col("upper", "上级专项", "grants", Holds::Money, false, ("总投资中的一部分", "part of the cost")),
    col("county_part", "县级", "county_part", Holds::Money, false, ("总投资中的一部分；其余由镇负担", "part of the cost; the town pays the rest")),
    col("bond", "债券", "bond", Holds::Money, false, ("总投资中的一部分，由县还", "part of the cost, repaid by the county")),
    col("land_development", "土地前期开发", "land_development", Holds::Money, false, ("总投资中的一部分", "part of the cost")),
    col("town_part", "镇级", "town_part", Holds::Money, false, ("不填即其余；填了就与总投资核对", "the rest if empty; checked against the cost if not")),
    col("start", "开工年", "start", Holds::Year, true, ("", "")),
    col("years", "工期（年）", "years", Holds::Count, true, ("1—30", "1 to 30")),
    col("profile", "进度", "profile", Holds::Text, false, ("如 30%/40%/30%；空着为平均", "such as 30%/40%/30%; even if empty")),
    col("upkeep", "管护费率", "upkeep", Holds::Share, false, ("完工次年起每年，占总投资", "a year from the year after completion, of the cost")),
    col("priority", "优先级", "priority", Holds::Count, false, ("1 最先", "1 is first")),
    col("books", "可用资金", "books", Holds::Choice(BOOKS), true, ("", "")),
    SOURCE,
    GRADE,
];

const OUTTURNS: &[Column] = &[
    col("town", "镇", "town", Holds::Text, true, ("", "")),
    col("year", "年份", "year", Holds::Year, true, ("", "")),
    col("item", "项目", "item", Holds::Text, true, ("收入名称", "the revenue")),
    col("scope", "口径", "scope", Holds::Text, false, ("总额、地方部分", "gross or local")),
    col("amount", "数额", "amount", Holds::Money, true, ("", "")),
    SOURCE,
    GRADE,
];

const fn w(zh: &'static str, en: &'static str) -> Words {
    Words::new(zh, en)
}

/// All sheets, in the order of the form; the page of explanations stands before them.
pub const SHEETS: &[FormSheet] = &[
    FormSheet { key: "basics", words: w("基本情况", "basics"), about: w("先填这一页", "begin here"), columns: BASICS_SHEET, example: &[] },
    FormSheet {
        key: "towns",
        words: w("镇", "towns"),
        about: w("一镇一行，收入为基年全年数", "one row a town, revenue of the whole base year"),
        columns: TOWNS,
        example: &[
            w("（示例）城关镇", "(example) Gate Town"),
            w("重点镇", "key town"),
            w("30000", "30000"),
            w("60", "60"),
            w("12", "12"),
            w("1200", "1200"),
            w("", ""),
            w("300", "300"),
        ],
    },
    FormSheet {
        key: "growth",
        words: w("增长", "growth"),
        about: w("各项收入以后每年增长多少", "how each revenue grows"),
        columns: GROWTH,
        example: &[w("（示例）契税", "(example) deed tax"), w("8%", "8%")],
    },
    FormSheet {
        key: "upper",
        words: w("上级分成", "upper shares"),
        about: w("省、市各得多少（中央的部分程序自带）；“省市规则”选了省市的不填", "what province and city take (the centre's part is built in); not with provincial rules"),
        columns: UPPER,
        example: &[w("（示例）契税", "(example) deed tax"), w("8.75%", "8.75%")],
    },
    FormSheet {
        key: "system",
        words: w("体制", "agreement"),
        about: w("县与镇怎么分，一行一类收入", "how county and town share, a row for each kind of revenue"),
        columns: SYSTEM,
        example: &[w("（示例）现行体制", "(example) present"), w("2024", "2024"), w("", ""), w("税收和非税", "taxes and non-tax"), w("比例分成", "ratio"), w("50%", "50%")],
    },
    FormSheet {
        key: "spending",
        words: w("支出", "spending"),
        about: w("基年的经常性支出；可以不填", "recurrent spending of the base year; may be left empty"),
        columns: SPENDING,
        example: &[w("（示例）在编人员", "(example) staff"), w("保工资", "wages"), w("每个编制", "a post"), w("9", "9"), w("5%", "5%"), w("镇", "town")],
    },
    FormSheet {
        key: "projects",
        words: w("项目库", "projects"),
        about: w("镇里计划的项目，一项一行；可以不填", "what towns plan to build; may be left empty"),
        columns: PROJECTS,
        example: &[
            w("（示例）P1", "(example) P1"),
            w("场镇道路", "Main road"),
            w("城关镇", "Gate Town"),
            w("道路", "roads"),
            w("2000", "2000"),
            w("", ""),
            w("500", "500"),
            w("", ""),
            w("", ""),
            w("", ""),
            w("", ""),
            w("2025", "2025"),
            w("2", "2"),
            w("", ""),
            w("", ""),
            w("1", "1"),
            w("基金、一般预算", "fund/general"),
        ],
    },
    FormSheet {
        key: "outturns",
        words: w("决算数", "outturns"),
        about: w("前几年的决算数，供回测和新旧体制回放；可以不填", "outturns of past years for backtests and replays; may be left empty"),
        columns: OUTTURNS,
        example: &[w("（示例）城关镇", "(example) Gate Town"), w("2023", "2023"), w("国内增值税", "VAT"), w("总额", "gross"), w("1150", "1150")],
    },
];

/// What the first page says.
pub const EXPLAINED: &[Words] = &[
    w("填报表：填好以后 fencheng new 新文件夹 --from 填报表.xlsx", "Form: when it is filled in, fencheng new FOLDER --from form.xlsx"),
    w("1. 黄色的格必填；灰色斜体的示例行不读，留着或删去都行。", "1. Yellow cells must be filled in; the grey example rows are not read."),
    w("2. 金额的单位写在“基本情况”；比例写 60% 这样。", "2. The unit of money is said on the sheet basics; shares are written 60%."),
    w(
        "3. 每个数都可以写来源和等级：A 原文，B 二手资料，C 常识，D 假定。没有文号的不要编，空着按 D 计。",
        "3. Each figure may have a source and a grade: A original, B secondary, C common knowledge, D assumed. Never invent a document; empty is D.",
    ),
    w(
        "4. 没有填的，程序能假定的按 D 级假定并写在方案里，不能假定的会指出是哪一格。",
        "4. What is left empty is assumed at grade D and said so in the scenario, or asked for by the name of its cell.",
    ),
    w("5. 可以加行，不要改列名和工作表名；列可以换次序。", "5. Rows may be added; keep the names of columns and sheets; columns may change places."),
    w("6. 合计行不读，只核对。", "6. Total rows are not read, only checked."),
];
