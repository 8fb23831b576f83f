//! Terms: agreements between county and town, and transfers.

use super::{Term, term};

const STANDARD: (&str, &str) = ("县镇体制的标准用语（B）", "standard wording of county–town systems (B)");

pub(super) const AGREEMENTS: &[Term] = &[
    term(
        "县镇财政体制",
        "county–town agreement",
        "县与镇怎样分收入、怎样上解和补助的办法，有起止年份",
        "how county and town share revenue, remit and subsidise, for a term of years",
    )
    .law("预算法实施条例第十七条（A）", "Regulation 预算法实施条例 art. 17 (A)"),
    term("一篮收入", "basket", "体制一个部分合起来分的各项收入", "the sources one part of an agreement shares together"),
    term("分成比例", "sharing ratio", "镇在地方留成部分（或总额）中所占的比例", "the town's share of the local portion, or of gross")
        .unit("1")
        .law("由县定（D）", "set by the county (D)"),
    term("总额分成", "total-amount sharing", "不分基数和增量，全部按一个比例分", "one ratio for all, no base").law(STANDARD.0, STANDARD.1).see(&["比例分成", "增量分成"]),
    term("增量分成", "increment sharing", "只有超基数（超收）部分按比例分", "only what exceeds the base is shared").law(STANDARD.0, STANDARD.1).see(&[
        "基数",
        "增量",
        "基数加增量分成",
    ]),
    term(
        "基数",
        "sharing base",
        "体制约定的起点：给定数、某年实绩或几年平均，期内固定或逐年递增",
        "the agreed starting point: an amount, a year's outturn or a mean of years, fixed for the term or growing",
    )
    .money()
    .law(STANDARD.0, STANDARD.1)
    .see(&["增量"]),
    term("增量", "increment", "超过基数的部分", "what exceeds the base").is("max(0, X − 基数)", "max(0, X − base)").money().see(&["基数"]),
    term(
        "档次",
        "tier",
        "分档分成的一段；超额累进时各段按各自比例，全额累进时全部按所在档的比例",
        "a rung of a scale; marginal: each rung at its own rate, whole-amount: all at the rate of the rung reached",
    )
    .see(&["分档超额分成"]),
    term("核定收入、核定支出", "approved revenue, approved spending", "体制核定的收支基数 R0、E0", "the bases R0 and E0 of revenue and spending")
        .money()
        .law(STANDARD.0, STANDARD.1)
        .see(&["超收", "短收"]),
    term("超收", "excess", "超过核定收入的部分", "revenue above the approved base").is("max(0, X − R0)", "max(0, X − R0)").money(),
    term("短收", "shortfall of revenue", "低于核定收入的部分", "revenue below the approved base").is("max(0, R0 − X)", "max(0, R0 − X)").money(),
    term("上解", "remittance", "镇从所得中交给县的数：定额、比例、递增、专项", "what a town sends up from its share: fixed, by ratio, escalating, special")
        .money()
        .law(STANDARD.0, STANDARD.1)
        .see(&["递增上解", "欠缴上解"]),
    term("镇级所得", "entitlement", "镇按体制应得的数（含县补），上解从中支付", "what the agreement gives the town, the county's payment included; remittances are paid out of it")
        .is("T = S", "T = S")
        .money(),
    term("保底", "floor", "镇级分成不低于此数", "the town's share is not below it").money().see(&["封顶"]),
    term("封顶", "cap", "镇级分成不高于此数", "the town's share is not above it").money().see(&["保底"]),
    term("保既得利益", "guarantee of vested interests", "不低于某数或上年所得，差额由写明的一方补足", "not below an amount or last year's share; the payer named tops up")
        .is("max(0, 保证数 − S)", "max(0, reference − S)")
        .money(),
    term("预拨", "advance", "当年按比例先拨的部分，其余次年结算", "the share paid within the year, the rest is settled in the next")
        .is("R(λ·N_t)", "R(λ·N_t)")
        .money()
        .see(&["应收县级", "年终体制结算"]),
    term(
        "年终体制结算",
        "year-end settlement",
        "年终算清县镇之间分成、返还、补助、上解，可跨年拨付",
        "shares, returns, subsidies and remittances between county and town made up after the year; payment may fall in the next",
    )
    .money()
    .see(&["年终结算单", "预拨"]),
    term(
        "年终结算单",
        "settlement statement",
        "按结算口径逐行列出一镇一年的收支往来（settlement.csv）",
        "a town's year line by line in the layout of a settlement (settlement.csv)",
    )
    .see(&["年终体制结算"]),
    term("批次", "cohort", "镇列入试点的年份，体制和补助可以从这年起", "the year a town joins a programme; agreements and transfers may start with it").unit("年"),
];

pub(super) const TRANSFERS: &[Term] = &[
    term("转移支付", "transfer payment", "上级按规则付给镇的资金，分一般性和专项", "money paid to towns by rule, general or special")
        .money()
        .law("预算法第十六条（A）", "Budget Law 预算法 art. 16 (A)")
        .see(&["一般性转移支付", "专项转移支付"]),
    term("一般性转移支付", "general transfer", "不指定用途，计入留存财力", "for no purpose in particular; part of retained funds")
        .money()
        .law("预算法第十六条（A）", "Budget Law 预算法 art. 16 (A)"),
    term("专项转移支付", "special-purpose transfer", "指定用途，不计入留存财力", "for a purpose; no part of retained funds")
        .money()
        .law("预算法第十六条（A）", "Budget Law 预算法 art. 16 (A)")
        .see(&["专项"]),
    term("税收返还", "tax rebate", "分税制改革时为保地方既得利益而返还的税收", "what is returned of taxes that went to the centre, to keep what localities had")
        .money()
        .law("国发〔1993〕85号（A）", "国发〔1993〕85号 (A)")
        .see(&["税收返还（1∶0.3 递增）"]),
    term("定额补助", "fixed grant", "每年数额固定的补助", "a grant of a fixed amount a year").money().law(STANDARD.0, STANDARD.1).see(&["定额转移支付"]),
    term("因素法分配", "factor-based allocation", "按人口、面积等因素及其权重分一个盘子", "a pool divided by factors such as heads and area")
        .is("Σ 权重 × 本镇因素 ÷ 全部因素", "Σ weight × the town's factor ÷ all factors")
        .unit("1")
        .see(&["权重"]),
    term("权重", "weight", "一个因素占盘子的比例，合计 100%", "the part of the pool a factor divides, 100 % in all").unit("1"),
    term("标准支出", "standard need", "按因素和单位成本算出的应有支出", "spending as factors and unit costs say it should be")
        .is("Σ 计数 × 单位成本 × 系数", "Σ count × unit cost × coefficient")
        .money()
        .law("财预〔2012〕300号（A）", "财预〔2012〕300号 (A)")
        .see(&["标准收入"]),
    term("标准收入", "standard capacity", "用于均衡的收入能力，给定或取实际收入", "the revenue capacity equalisation looks at, given or actual")
        .money()
        .law("财预〔2012〕300号（A）", "财预〔2012〕300号 (A)")
        .see(&["标准支出"]),
    term("困难程度系数", "difficulty coefficient", "按财政困难程度调整支出需要的系数", "adjusts need by how hard-pressed a place is")
        .unit("1")
        .law("财政部公布的分县系数（A）；取值为假定（D）", "published by the Ministry of Finance (A); values are assumed (D)"),
];
