//! Terms: budgets, spending, projects, studies.

use super::{Term, term};

pub(super) const BUDGETS: &[Term] = &[
    term(
        "一般公共预算",
        "general public budget",
        "以税收为主，用于保障民生、政权运转等的预算",
        "the budget of taxes and non-tax revenue that pays for services and administration",
    )
    .law("预算法第五条（A）", "Budget Law 预算法 art. 5 (A)")
    .see(&["政府性基金预算", "国有资本经营预算"]),
    term(
        "政府性基金预算",
        "government fund budget",
        "以收定支、专款专用的预算；土地出让收入、配套费列在这里",
        "the budget of earmarked funds, land-transfer income and the infrastructure fee among them; spending is set by revenue",
    )
    .law("预算法第九条（A）", "Budget Law 预算法 art. 9 (A)")
    .see(&["一般公共预算"]),
    term(
        "国有资本经营预算",
        "state capital operations budget",
        "国有资本收益的预算，不列赤字，须调入一般公共预算一部分",
        "the budget of returns on state capital; it has no deficit and passes part on to the general budget",
    )
    .law("预算法第十条（A）；调入比例：国发〔2014〕63号（B）", "Budget Law 预算法 art. 10 (A); share passed on: 国发〔2014〕63号 (B)"),
    term(
        "乡财县管",
        "town finance managed by the county",
        "县代管镇的账户和支付；资金所有权、使用权、审批权仍属镇",
        "the county keeps the account and pays; ownership, use and approval stay with the town",
    )
    .law("财预〔2006〕402号（B）", "财预〔2006〕402号 (B)"),
    term("专项", "earmark", "只能用于指定用途的资金，不计入留存财力", "money that may serve its purpose only; no part of retained funds").money().see(&["专项收入"]),
    term("社会", "outside", "政府以外的得款方：农户、承包人、投资人", "parties outside government: land holders, contractors, investors"),
    term("预算年度", "fiscal year", "公历年度，1 月 1 日至 12 月 31 日", "the calendar year").unit("年"),
    term(
        "四舍五入",
        "rounding",
        "每个数在算出时取整到分一次，半分远离零进位；“余数”由减法得到",
        "every amount is rounded to the fen once, where it is made, half away from zero; whoever gets the rest gets a difference",
    )
    .is("R(x) = sign(x)·⌊|x| + 1/2⌋", "R(x) = sign(x)·⌊|x| + 1/2⌋"),
    term("亩", "mu", "土地面积单位，算到 0.01 亩", "unit of land area, counted to 0.01 mu").is("1 亩 = 666.67 m²", "1 mu = 666.67 m²").unit("亩"),
    term("万元、亿元", "10,000 yuan, 100 million yuan", "文件和表用的金额单位；内部一律整分", "units of money in files and tables; inside, amounts are whole fen")
        .is("1 亿元 = 10,000 万元", "100 million = 10,000 × 10,000"),
];

pub(super) const SPENDING: &[Term] = &[
    term("“三保”支出", "three-guarantees spending", "保基本民生、保工资、保运转的支出，最先支付", "spending on basic livelihood, wages and operation, paid before anything else")
        .money()
        .law("预算法第三十七条（A）；财预〔2010〕443号（A）", "Budget Law 预算法 art. 37 (A); 财预〔2010〕443号 (A)")
        .see(&["三保保障率", "经常性支出"]),
    term("购买服务", "purchase of services", "把一部分支出包给社会，按比例节省", "part of a line is bought from outside and saves a share of its cost"),
    term("运转缺口", "operating shortfall", "一般公共预算付不了的经常性支出", "recurrent spending the general book cannot pay")
        .is("max(0, 应付经常性支出 − 可支付的一般公共预算资金)", "max(0, recurrent due − general money at hand)")
        .money()
        .see(&["经常性支出未付"]),
    term(
        "县级救助",
        "county aid",
        "镇保不住“三保”时县的临时救助，次年起先归还",
        "what the county lends a town that cannot pay its three guarantees; repaid first from the next year on",
    )
    .money()
    .law("预算法实施条例第七十八条（A）", "Regulation 预算法实施条例 art. 78 (A)"),
    term("年初结余", "opening balance", "年初两本预算各自的净结余，不含专项", "net balance of each book at the start of the year, without earmarked money")
        .money()
        .see(&["年末结余", "上年结转"]),
    term(
        "年末结余",
        "closing balance",
        "年末两本预算各自的净结余，不含专项；带入下年",
        "net balance of each book at the end of the year, without earmarked money; carried into the next",
    )
    .money()
    .see(&["年初结余"]),
];

pub(super) const PROJECTS: &[Term] = &[
    term("照计划（不受约束）", "unconstrained", "计划不动，付不了的是缺口，以后不补", "the plan stands; what cannot be paid is the gap and does not come back")
        .see(&["按财力（受约束）", "缺口"]),
    term("按财力（受约束）", "constrained", "按优先级有多少钱付多少，未付的转下年，完工推迟", "in order of priority, money permitting; what is unpaid slips to later years")
        .see(&["照计划（不受约束）", "年末未付"]),
    term("优先级", "priority", "项目付款的先后，数小的在先", "the order in which projects are paid, low numbers first"),
    term("工程进度", "profile", "镇级负担在各年的分布，末年为余数", "how the town's part is spread over the years, the last by subtraction"),
    term("管护费", "upkeep", "完工次年起每年的维护支出", "yearly cost of keeping what is finished, from the next year on").is("R(比例 × 总投资)", "R(rate × cost)").money(),
    term(
        "新增项目资金",
        "new project money",
        "当年可用于项目、扣除上年结转的资金，两本预算分别算，不低于零",
        "what each book may spend on projects this year less what it brought forward, not below nothing",
    )
    .is("max(0, 可用于项目 − 上年结转)", "max(0, money for projects − brought forward)")
    .money()
    .see(&["最高资金占用", "可安排项目资金"]),
    term(
        "可安排项目资金",
        "fundable",
        "专项先付其指定项目，再由各预算付其可付的计划，最后两本都可付的计划",
        "earmarked money first, then each book its own plans, then what is left of either for plans both may pay",
    )
    .money()
    .see(&["缺口"]),
    term("项目推迟", "delay", "实际完工比计划完工晚几年", "how many years later than planned a project is finished").is("完工 − 计划完工", "finish − planned finish").unit("年"),
];

pub(super) const STUDIES: &[Term] =
    &[
        term("情景", "scenario", "一个文件夹：县、镇、收入、体制、项目的全部数据", "a folder with everything: county, towns, revenue, agreements, projects"),
        term("基准方案", "baseline", "不加变体的情景，通常是现行体制", "the scenario without variants, as a rule the present system").see(&["方案变体"]),
        term("方案变体", "variant", "对情景的少量改动", "a short list of changes to a scenario").see(&["基准方案"]),
        term("变式叠加", "stack", "几个变体依次盖在情景上，写作 a+b，后写的为准", "variants laid one over another in order, written a+b; the upper one holds").see(&["方案变体"]),
        term("新旧体制对比", "comparison", "两种体制各测算一次，逐镇逐县比较得失", "both systems are projected and what towns and counties gain or lose is set side by side")
            .see(&["保既得利益", "基数核对", "差额分解", "回放"]),
        term("基数核对", "base check", "体制里的基数同所依年度的实际数比", "the bases of agreements against what came in in the years they rest on"),
        term(
            "差额分解",
            "decomposition",
            "把两种体制的差额分到每条改动的规则上，与先后次序无关，合计等于全部差额",
            "the difference of two systems by changed rule, whatever their order; the parts add up to the whole",
        )
        .is("Σ_S |S|!(n−|S|−1)!÷n!·(v(S∪i) − v(S))", "Σ_S |S|!(n−|S|−1)!÷n!·(v(S∪i) − v(S))"),
        term("回放", "replay", "用前几年各项收入的决算总额代替测算，在新旧体制下各算一遍", "the gross outturns of the last years in place of the projection, under both systems"),
        term("基期年", "base year", "镇表各项收入是哪一年的数；增长指数从这年的 1 起", "the year of the amounts in the town table; indices are 1 in it").unit("年"),
        term("测算期", "horizon", "从测算首年到测算末年", "from the first year to the last").unit("年"),
        term("参数扫描", "sweep", "让一个或几个参数取许多值，各测算一次", "one or more parameters take many values, each projected once").see(&["扫描轴", "结果指标"]),
        term("扫描轴", "axis", "扫描的一个参数和它取的值", "a parameter of a sweep and the values it takes"),
        term(
            "求解",
            "solve",
            "求一个政策变量满足全部要求的最低或最高取值；没有时说出最接近的取值和差多少",
            "the lowest or highest value of a lever that meets all requirements; where there is none, the value that comes nearest and what is missing",
        )
        .is("最接近 = 使 max(差额 ÷ 界限) 最小的取值", "nearest = the value with the smallest max(missing ÷ bound)")
        .see(&["卡住的要求", "县镇取舍"]),
        term("卡住的要求", "binding requirement", "比求得的值再差一步就不满足的要求", "a requirement that fails one step beyond the value found").see(&["求解"]),
        term(
            "县镇取舍",
            "front between towns and county",
            "没有别的取值两头都不差、一头更好的那些取值（帕累托前沿）",
            "values such that no other is as good for both and better for one (Pareto front)",
        )
        .see(&["求解"]),
        term(
            "敏感性",
            "sensitivity",
            "哪些因素使结果变动：索博尔指数或莫里斯筛选；每年抽一次的因素算作一个",
            "which inputs make results vary: Sobol' indices or Morris screening; an input drawn every year counts as one",
        )
        .is("一阶 = V(E[Y|X_i]) ÷ V(Y)；总效应 = E[V(Y|X_~i)] ÷ V(Y)", "first = V(E[Y|X_i]) ÷ V(Y); total = E[V(Y|X_~i)] ÷ V(Y)"),
        term(
            "情景发现",
            "scenario discovery",
            "圈出结果不理想的取值范围（PRIM）：覆盖率是这类情形有多少在圈内，密度是圈内有多少是这类情形",
            "the box of inputs in which results of interest lie (PRIM): coverage is the share of them inside, density their share of the points inside",
        ),
        term("结果指标", "outcome", "每次测算留下的数", "a figure kept of every projection"),
        term(
            "示意",
            "illustrative",
            "按金额计超过四分之一靠假定（D 级）的结果，图上注明",
            "a result that rests on assumptions (grade D) for more than a quarter of its amount; pictures say so",
        ),
    ];
