//! The words of treasury and tax offices' tables: names of taxes, periods, scopes, and what is no collection.

use crate::base::when::{YEARS, Year};
use crate::load::csv::half_width;
use crate::measure::backtest::Scope;

/// Names of taxes as tables have them, by the id the national rules give the source.
const TAXES: &[(&str, &[&str])] = &[
    (
        "vat",
        &[
            "增值税",
            "国内增值税",
            "一般增值税",
            "改征增值税",
            "营改增增值税",
            "营改增",
            "改征增值税（营改增）",
            "免抵调增值税",
            "免抵调库",
            "免抵调库增值税",
            "免抵调增增值税",
        ],
    ),
    ("business_tax", &["营业税", "地方营业税"]),
    ("cit", &["企业所得税", "内资企业所得税", "外资企业所得税", "外商投资企业和外国企业所得税"]),
    ("pit", &["个人所得税", "个税"]),
    ("umct", &["城市维护建设税", "城建税"]),
    ("education_surcharge", &["教育费附加", "教育费附加收入"]),
    ("local_education_surcharge", &["地方教育附加", "地方教育费附加", "地方教育附加收入"]),
    ("property_tax", &["房产税"]),
    ("land_use_tax", &["城镇土地使用税", "土地使用税"]),
    ("land_vat", &["土地增值税"]),
    ("deed_tax", &["契税"]),
    ("stamp_tax", &["印花税"]),
    ("vehicle_tax", &["车船税", "车船使用税", "车船使用和牌照税"]),
    ("farmland_tax", &["耕地占用税", "耕占税"]),
    ("nontax", &["非税收入", "非税"]),
];

/// Taxes that are wholly the centre's: nothing of them is shared here.
const CENTRAL: &[&str] = &["消费税", "国内消费税", "车辆购置税", "关税", "证券交易印花税", "船舶吨税", "储蓄存款利息所得税"];

/// A source by what a table calls it; `None` is unknown.
pub fn tax(name: &str) -> Option<&'static str> {
    let name = refund(name).map_or(name, |(tax, _)| tax);
    TAXES.iter().find(|(id, names)| *id == name || names.contains(&name)).map(|(id, _)| *id)
}

/// The Chinese name the national rules give a source.
pub fn title(id: &str) -> Option<&'static str> {
    let first = if id == "vat" { 1 } else { 0 };
    TAXES.iter().find(|(known, _)| *known == id).and_then(|(_, names)| names.get(first)).copied()
}

/// Every source there is a word for, in the order of the national rules.
pub fn all() -> impl Iterator<Item = &'static str> {
    TAXES.iter().map(|(id, _)| *id)
}

/// Whether a tax is wholly the centre's.
pub fn is_central(name: &str) -> bool {
    CENTRAL.contains(&name)
}

/// `增值税退税`, `出口退增值税`: the tax, and that the amount is paid back.
pub fn refund(name: &str) -> Option<(&str, bool)> {
    let tax = name.strip_suffix("退税").or_else(|| name.strip_suffix("留抵退税")).or_else(|| name.strip_suffix("退库")).or_else(|| name.strip_prefix("出口退"))?;
    let tax = tax.trim_end_matches("留抵");
    Some((if tax.is_empty() || tax == "税" { "增值税" } else { tax }, true))
}

/// Which part of a year an amount is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// One month.
    Month(u32),
    /// January to this month.
    ToDate(u32),
    /// The month the title names.
    ThisMonth,
    /// January to the month the title names.
    ToThisMonth,
}

/// The period a text names.
pub fn period(text: &str) -> Option<Period> {
    let text: String = half_width(text).chars().filter(|c| !c.is_whitespace()).map(|c| if "—~～至到".contains(c) { '-' } else { c }).collect();
    let fixed = [("上半年", 6), ("前三季度", 9), ("一季度", 3), ("全年", 12), ("决算", 12), ("年度合计", 12)];
    if let Some((_, month)) = fixed.iter().find(|(word, _)| text.contains(word)) {
        return Some(Period::ToDate(*month));
    }
    if let Some(month) = month_before(&text, "月") {
        let head = text.split('月').next().unwrap_or("");
        let until = head.contains("1-") || head.contains("一-") || text.contains("累计") || text.starts_with('截') || text.contains("月底") || text.contains("月末");
        return Some(if until { Period::ToDate(month) } else { Period::Month(month) });
    }
    match () {
        () if ["本月", "当月", "本期"].iter().any(|word| text.starts_with(word)) => Some(Period::ThisMonth),
        () if text.contains("累计") => Some(Period::ToThisMonth),
        () => None,
    }
}

/// The number right before a word: `1-9月` is 9, `十二月份` is 12.
fn month_before(text: &str, word: &str) -> Option<u32> {
    const CHINESE: [&str; 12] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
    let head = &text[..text.find(word)?];
    let digits: String = head.chars().rev().take_while(char::is_ascii_digit).collect::<Vec<_>>().into_iter().rev().collect();
    let chinese = || CHINESE.iter().enumerate().rev().find(|(_, name)| head.ends_with(*name)).and_then(|(n, _)| u32::try_from(n + 1).ok());
    digits.parse().ok().or_else(chinese).filter(|month| (1..=12).contains(month))
}

/// A year in a text: `2016年1-9月`, `2016`, `2016-09`, `2016.9`.
pub fn year(text: &str) -> Option<Year> {
    let plain = half_width(text);
    let digits: Vec<(usize, char)> = plain.char_indices().collect();
    digits.windows(4).find_map(|w| {
        let (start, end) = (w[0].0, w[3].0 + 1);
        let year = plain.get(start..end)?.parse().ok().filter(|y| YEARS.contains(y) && (1900..2200).contains(y))?;
        let before = plain[..start].chars().next_back();
        let after = plain[end..].chars().next();
        let alone = !before.is_some_and(|c| c.is_ascii_digit()) && after.is_none_or(|c| "年-./".contains(c));
        alone.then_some(year)
    })
}

/// The scope a title, a heading or a cell names.
pub fn scope(text: &str) -> Option<Scope> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    const LOCAL: &[&str] = &["一般公共预算", "地方级", "地方留成", "地方部分", "地方财政收入", "县级库", "区级库", "地方一般预算"];
    const GROSS: &[&str] = &["总收入", "全口径", "各级次", "入库总额", "总额", "大口径"];
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    match () {
        () if has(GROSS) => Some(Scope::Gross),
        () if has(LOCAL) || ["县级", "区级", "区县级", "县区级", "县镇级", "local"].contains(&plain.as_str()) => Some(Scope::Local),
        () if plain == "gross" => Some(Scope::Gross),
        () => None,
    }
}

/// A column that is no collection of the period: another level's part, last year's, a change, a target, a part of another column.
pub fn is_aside(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "中央级",
        "中央",
        "省级",
        "市级",
        "同期",
        "上年",
        "去年",
        "同比",
        "增减",
        "增长",
        "增幅",
        "增收",
        "占比",
        "比重",
        "序号",
        "预算数",
        "任务",
        "目标",
        "完成",
        "进度",
        "备注",
        "其中",
        "%",
    ];
    WORDS.iter().any(|word| text == *word || (word.chars().count() > 1 && *word != "中央" && text.contains(word)))
}

/// A sum of taxes: its parts stand beside it.
pub fn is_sum(text: &str) -> bool {
    ["合计", "总计", "小计", "税收", "各项税收", "地方税收", "税收收入", "税收合计", "收入合计", "一般公共预算收入", "财政总收入", "财政收入", "税收收入小计"].contains(&text)
        || text.ends_with("合计")
        || text.ends_with("小计")
}

/// A row of what belongs to no town.
pub fn is_no_town(text: &str) -> bool {
    ["县本级", "区本级", "市本级", "本级", "县级", "区级", "县直", "区直", "市直", "其他", "未分镇", "县本部"].contains(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_as_offices_write_them() {
        for (text, period_of) in [
            ("1-9月", Some(Period::ToDate(9))),
            ("２０１６年１—９月分镇分税种入库表", Some(Period::ToDate(9))),
            ("9月", Some(Period::Month(9))),
            ("十二月份", Some(Period::Month(12))),
            ("二月", Some(Period::Month(2))),
            ("截至2016年6月底", Some(Period::ToDate(6))),
            ("9月累计", Some(Period::ToDate(9))),
            ("全年", Some(Period::ToDate(12))),
            ("本月", Some(Period::ThisMonth)),
            ("本年累计数", Some(Period::ToThisMonth)),
            ("13月", None),
            ("增值税", None),
        ] {
            assert_eq!(period(text), period_of, "{text}");
        }
    }

    #[test]
    fn years_scopes_and_taxes() {
        assert_eq!((year("2016年1-9月"), year("２０１５"), year("201609"), year("2016-09"), year("12016年")), (Some(2016), Some(2015), None, Some(2016), None));
        assert_eq!((scope("分镇税收入库表（总收入口径）"), scope("一般公共预算收入分镇表"), scope("分镇表")), (Some(Scope::Gross), Some(Scope::Local), None));
        assert_eq!((tax("改征增值税"), tax("增值税退税"), tax("城建税"), tax("烟叶税")), (Some("vat"), Some("vat"), Some("umct"), None));
        assert!(is_aside("上年同期") && is_aside("中央级") && is_aside("其中：改征增值税") && !is_aside("增值税"));
    }
}
