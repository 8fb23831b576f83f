//! English names of what Chinese scenarios call by its usual name.

/// Chinese and English, as the glossary has them.
const NAMES: &[(&str, &str)] = &[
    ("国内增值税", "value-added tax"),
    ("增值税", "value-added tax"),
    ("营业税", "business tax"),
    ("企业所得税", "corporate income tax"),
    ("个人所得税", "individual income tax"),
    ("城市维护建设税", "urban maintenance and construction tax"),
    ("教育费附加", "education surcharge"),
    ("地方教育附加", "local education surcharge"),
    ("房产税", "real estate tax"),
    ("城镇土地使用税", "urban land-use tax"),
    ("土地增值税", "land value increment tax"),
    ("契税", "deed tax"),
    ("印花税", "stamp tax"),
    ("车船税", "vehicle and vessel tax"),
    ("耕地占用税", "farmland occupation tax"),
    ("资源税", "resource tax"),
    ("环境保护税", "environmental protection tax"),
    ("非税收入", "non-tax revenue"),
    ("国有资本收益", "income from state capital"),
    ("特许经营收入", "concession income"),
    ("国有土地使用权出让收入", "land-transfer income"),
    ("土地出让收入", "land-transfer income"),
    ("城市基础设施配套费", "urban infrastructure supporting fee"),
    ("商业、住宅用地", "commercial and residential land"),
    ("商住用地", "commercial and residential land"),
    ("工业用地", "industrial land"),
    ("征地拆迁补偿", "land acquisition and compensation"),
    ("土地前期开发", "land development"),
    ("土地出让业务费", "handling land transfers"),
    ("新增建设用地土地有偿使用费", "new-construction-land fee"),
    ("农业土地开发资金", "farmland development money"),
    ("教育资金", "education money"),
    ("农田水利建设资金", "irrigation money"),
    ("保障性住房资金", "affordable-housing money"),
    ("国有土地收益基金", "state land income fund"),
    ("土地出让收入用于农业农村", "land income for agriculture and rural areas"),
    ("农业农村资金", "agriculture and rural money"),
    ("上交省", "due to the province"),
    ("上交成都市", "due to Chengdu city"),
    ("一般性转移支付", "general transfer"),
    ("在编人员", "permanent staff"),
    ("编外岗位", "contract posts"),
    ("机关运转", "running of offices"),
    ("村和社区", "villages and communities"),
    ("民生、环卫、治安", "livelihood, sanitation and public order"),
    ("下放事权", "delegated functions"),
    ("普通镇体制", "ordinary-town agreement"),
    ("试点镇体制", "pilot-town agreement"),
    ("重点镇", "key town"),
    ("中心镇", "centre town"),
];

/// Columns of the town table that may be named in English, with what they count.
const COLUMNS: &[(&[&str], &str, &str)] = &[
    (&["population", "人口", "常住人口"], "人口", "people"),
    (&["staff", "编制", "在编人数"], "编制", "permanent posts"),
    (&["villages", "村社区数"], "村和社区", "villages and communities"),
];

/// What a column counts, if it is a usual one.
pub(super) fn column(heading: &str) -> Option<(&'static str, &'static str)> {
    COLUMNS.iter().find(|(known, ..)| known.contains(&heading)).map(|(_, zh, en)| (*zh, *en))
}

/// The English name, if it is one of the usual ones.
pub(super) fn english(name: &str) -> Option<&'static str> {
    NAMES.iter().find(|(zh, _)| *zh == name).map(|(_, en)| *en)
}
