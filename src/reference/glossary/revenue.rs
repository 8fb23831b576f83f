//! Terms: revenue and land.

use super::{Term, term};

pub(super) const REVENUE: &[Term] = &[
    term("税收收入", "tax revenue", "各项税收", "revenue from taxes").money().see(&["非税收入"]),
    term("非税收入", "non-tax revenue", "税收以外列入一般公共预算的收入，如教育费附加、规费", "what is in the general budget and no tax: surcharges, fees")
        .money()
        .see(&["税收收入"]),
    term("总额", "gross", "一项收入在任何一级分成以前的数", "a source before any level has shared it").money().see(&["地方留成部分"]),
    term("上级分成", "upper split", "中央、省、市依次按比例所得", "what centre, province and city take in turn").money().see(&["地方留成部分"]),
    term("地方留成部分", "local retained portion", "上级分成后留给县镇分的部分", "what the levels above leave for county and town to share")
        .is("总额 − 中央 − 省 − 市", "gross − central − province − city")
        .money(),
    term("入库分成", "split into the treasuries", "各级所得直接进各级金库", "each level's share enters its own treasury").see(&["先入县库再返还"]),
    term(
        "先入县库再返还",
        "returned by the county",
        "全部进县库，镇得部分由县返还；留存财力相同，账面收入不同",
        "all enters the county's treasury, the town's part is returned: same retained funds, other reported revenue",
    )
    .see(&["入库分成"]),
    term("增值税", "value-added tax (VAT)", "中央与地方共享：2016-05-01 前 75∶25，以后 50∶50", "shared by centre and localities: 75 : 25 until 2016-04-30, 50 : 50 since")
        .law("国发〔1993〕85号（A）；国发〔2016〕26号（B）", "国发〔1993〕85号 (A); 国发〔2016〕26号 (B)")
        .see(&["营业税"]),
    term("企业所得税", "corporate income tax", "中央与地方共享，2003 年起 60∶40", "shared by centre and localities, 60 : 40 since 2003")
        .law("国发〔2003〕26号（A）", "国发〔2003〕26号 (A)"),
    term("个人所得税", "individual income tax", "中央与地方共享，2003 年起 60∶40", "shared by centre and localities, 60 : 40 since 2003")
        .law("国发〔2003〕26号（A）", "国发〔2003〕26号 (A)"),
    term("营业税", "business tax", "地方税，2016-05-01 停征，税基并入增值税", "a local tax, ended on 2016-05-01, its base going into VAT")
        .law("财税〔2016〕36号（B）", "财税〔2016〕36号 (B)")
        .see(&["增值税"]),
    term(
        "城市维护建设税",
        "urban maintenance and construction tax",
        "按增值税、消费税（及营业税）附征：市区 7%，县城和镇 5%，其他 1%",
        "levied on VAT and consumption tax (and business tax): 7 % in cities, 5 % in county seats and towns, 1 % elsewhere",
    )
    .law("城市维护建设税法（A）", "城市维护建设税法 (A)"),
    term("教育费附加", "education surcharge", "按同一税基附征 3%", "3 % of the same base").law("国务院令448号（A）", "国务院令448号 (A)").see(&["地方教育附加"]),
    term("地方教育附加", "local education surcharge", "按同一税基附征 2%", "2 % of the same base").law("财综〔2010〕98号（B）", "财综〔2010〕98号 (B)").see(&["教育费附加"]),
    term("房产税", "real estate tax", "地方税，按房产原值 70%—90% 的 1.2% 或租金的 12%", "a local tax: 1.2 % of 70–90 % of original value, or 12 % of rent")
        .law("房产税暂行条例（A）", "房产税暂行条例 (A)"),
    term("城镇土地使用税", "urban land-use tax", "地方税，按占用面积每年计征", "a local tax on the area occupied, yearly")
        .law("城镇土地使用税暂行条例（A）", "城镇土地使用税暂行条例 (A)"),
    term("土地增值税", "land value increment tax", "地方税，按增值额累进 30%—60%", "a local tax on the gain, 30–60 % by brackets")
        .law("土地增值税暂行条例（A）", "土地增值税暂行条例 (A)"),
    term("契税", "deed tax", "地方税，成交价的 3%—5%", "a local tax, 3–5 % of the price").law("契税法（A）", "契税法 (A)"),
    term("耕地占用税", "farmland occupation tax", "地方税，占用耕地时一次征收", "a local tax, paid once when farmland is taken").law("耕地占用税法（A）", "耕地占用税法 (A)"),
    term("资源税", "resource tax", "地方税（海洋石油除外）", "a local tax, offshore oil aside").law("资源税法（B）", "资源税法 (B)"),
    term("环境保护税", "environmental protection tax", "2018 年起，全部归地方", "since 2018, wholly local").law("国发〔2017〕56号（B）", "国发〔2017〕56号 (B)"),
    term("印花税", "stamp tax", "地方税（证券交易印花税除外）", "a local tax, securities aside").law("国发明电〔2015〕3号（B）", "国发明电〔2015〕3号 (B)"),
    term("留抵退税", "refund of retained VAT credit", "从当年收入中扣除的退税，可使收入为负", "refunds taken off the year's amount, which may become negative")
        .money()
        .law("国发〔2019〕21号（C）", "国发〔2019〕21号 (C)"),
    term("增长因素", "driver", "许多收入随之增长的逐年增速，如生产总值", "a yearly rate many sources grow with, such as GDP").unit("1").see(&["弹性"]),
    term("弹性", "elasticity", "增长因素增 1%，收入增百分之几", "by how many per cent revenue grows where the driver grows by 1 %")
        .unit("1")
        .law("取值为假定（D）", "values are assumed (D)"),
    term("增长指数", "index", "各年增长系数的连乘，系数四舍五入到 9 位小数", "the product of yearly factors, each rounded to nine decimals")
        .is("Π(1 + 弹性 × 增速 + 本镇差异)", "Π(1 + elasticity × growth + own growth)")
        .unit("1"),
    term(
        "收入划转",
        "firm move",
        "企业从一镇迁到另一镇，收入随之转移，可逐年补偿",
        "a firm moves to another town and its revenue with it; the old town may be compensated for some years",
    )
    .money()
    .law("规则为假定（D）", "the rule is an assumption (D)"),
    term("飞地", "enclave", "项目落在一镇，地方留成部分按比例分给引进的镇", "a project stands in one town; part of its local portion goes to the town that brought it")
        .money()
        .law("飞地经济分成有实例，比例未公开（B）", "enclave sharing exists, ratios are not published (B)"),
];

pub(super) const LAND: &[Term] = &[
    term("土地出让收入", "gross land-transfer income", "当年到账的国有土地使用权出让价款，扣除成本以前", "land prices received in the year, before any cost")
        .money()
        .law("国办发〔2006〕100号（B）", "国办发〔2006〕100号 (B)")
        .see(&["合同额", "土地出让净收益"]),
    term("合同额", "contract amount", "当年签订的出让合同价款", "prices of the contracts signed in the year")
        .is("Σ R(面积 × 地价)", "Σ R(area × price)")
        .money()
        .see(&["土地出让收入"]),
    term(
        "征地和拆迁补偿等成本",
        "land acquisition and compensation cost",
        "补偿、社保、前期开发、业务费等，付给社会或县",
        "compensation, social security, development and business costs",
    )
    .money()
    .law("财综〔2006〕68号（B）", "财综〔2006〕68号 (B)"),
    term("土地出让净收益", "net land-transfer income", "计提和上交的基数，不低于零", "the base of set-asides and dues, not below nothing")
        .is("max(0, 到账 − 成本 − 新增费 − 农业土地开发资金)", "max(0, cash − cost − new-land fee − farm-land development)")
        .money()
        .law("财综〔2011〕62号（B）", "财综〔2011〕62号 (B)")
        .see(&["计提资金", "县镇可分成土地收益"]),
    term("计提资金", "mandatory set-asides", "从净收益中计提的教育、农田水利、保障性住房等专项资金", "money set aside from net income for schools, irrigation, housing")
        .money()
        .law("财综〔2011〕62号、财综〔2011〕48号、财综〔2010〕95号（B）", "财综〔2011〕62号, 财综〔2011〕48号, 财综〔2010〕95号 (B)"),
    term("县镇可分成土地收益", "shareable land income", "计提、补足、上交省市之后，由县镇体制分的部分", "what set-asides, top-up and dues leave for county and town")
        .is("净收益 − 计提 − 农业农村补足 − 上交省市", "net − set-asides − agriculture top-up − dues")
        .money(),
    term(
        "新增建设用地土地有偿使用费",
        "new-construction-land fee",
        "新增建设用地按面积缴纳，中央 30%，地方 70%",
        "paid by area of new construction land, 30 % central, 70 % local",
    )
    .is("R(面积 × 666.67 × 标准)", "R(area × 666.67 × rate)")
    .money()
    .law("土地管理法第五十五条（A）；标准：财综〔2009〕24号（C）", "Land Administration Law 土地管理法 art. 55 (A); rates: 财综〔2009〕24号 (C)"),
    term("农业土地开发资金", "farm-land development fund", "平均纯收益的 15% 乘面积", "15 % of the average net income by area")
        .money()
        .law("国发〔2004〕8号（B）", "国发〔2004〕8号 (B)"),
    term("农业农村补足", "agriculture top-up", "2021—2025 年土地收益用于农业农村的比例不足时补足", "tops up what land income spends on agriculture and rural areas, 2021–2025")
        .is("max(0, max(p·净收益, g·到账) − 已计提的农业部分)", "max(0, max(p·net, g·cash) − set-asides that count)")
        .money()
        .law("中办国办2020年9月意见（A；到账的 8% 为 B）", "中办国办 opinion of 2020-09 (A; 8 % of cash is B)"),
    term("用地指标", "land quota", "每年可用的新增建设用地面积", "area of new construction land allowed a year").unit("亩").see(&["土地储备"]),
    term("土地储备", "land bank", "可供出让的土地总量", "all the area that can be sold").unit("亩").see(&["用地指标"]),
    term("土地倒挂", "land loss", "成本和两费超过到账的部分，由方案写明的一方承担", "what cost and fees exceed cash by; the party the scenario names bears it")
        .is("max(0, 成本 + 新增费 + 农业土地开发资金 − 到账)", "max(0, cost + new-land fee + farm-land development − cash)")
        .money(),
    term("容积率", "plot ratio", "建筑面积与用地面积之比", "floor space over land area").unit("1"),
];
