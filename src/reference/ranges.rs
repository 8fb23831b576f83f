//! Ranges in words, told from the bounds the reader enforces.

use std::ops::Bound::{self, Excluded, Included, Unbounded};

use super::pages::pick;
use crate::base::{amount::MoneyUnit, decimal::Decimal, lang::Lang, ratio::Ratio, when::YEARS};
use crate::rules::field::{Field, Kind, Quantity};

/// A limit no budget comes near: told once, on the page on the format.
pub(super) const FAR: i64 = 1_000_000_000_000;

/// What range a field has, in words; far limits are left out.
pub(super) fn range(field: &Field, lang: Lang) -> String {
    let of = |quantity: Quantity| interval(quantity, field.range.unwrap_or(quantity.range()), lang, |limit| limit.abs() < FAR);
    match field.kind {
        Kind::Value(quantity) | Kind::Map(quantity) => of(quantity),
        Kind::Base => of(Quantity::Money),
        Kind::Shares => of(Quantity::Share),
        Kind::Year | Kind::Start => between(YEARS.start(), YEARS.end(), lang),
        Kind::Whole(low, high) if low < high => between(low, high, lang),
        _ => String::new(),
    }
}

/// The whole range of a quantity, and that of a number without `%` where it is narrower.
pub(super) fn whole_range(quantity: Quantity, lang: Lang) -> String {
    let (range, bare) = (quantity.range(), quantity.bare_range());
    let told = |range| interval(quantity, range, lang, |_| true);
    if bare == range {
        return told(range);
    }
    format!("{}{}{}", told(range), pick(lang, "；不带 % 时 ", "; without % "), told(bare))
}

/// The smallest step of a quantity.
pub(super) fn finest(quantity: Quantity) -> String {
    match quantity.unit() {
        "money" | "money/亩" | "元/平方米" => format!("{}{}", MoneyUnit::Yuan.print(1), MoneyUnit::Yuan.symbol()),
        _ => shown(1, quantity),
    }
}

fn interval(quantity: Quantity, (low, high): (Bound<i64>, Bound<i64>), lang: Lang, told: impl Fn(i64) -> bool) -> String {
    let shown = |limit: i64| shown(limit, quantity);
    let part = |bound, inclusive: &str, exclusive: &str| match bound {
        Included(limit) if told(limit) => Some(format!("{inclusive} {}", shown(limit))),
        Excluded(limit) if told(limit) => Some(format!("{exclusive} {}", shown(limit))),
        Included(_) | Excluded(_) | Unbounded => None,
    };
    match (low, high) {
        _ if matches!(quantity, Quantity::Word(_)) => String::new(),
        (Included(low), Included(high)) if told(low) && told(high) => between(shown(low), shown(high), lang),
        _ => match (part(low, "≥", ">"), part(high, "≤", "<")) {
            (Some(low), Some(high)) => format!("{low}{}{high}", pick(lang, "，", ", ")),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => pick(lang, "可为负", "may be negative").to_owned(),
        },
    }
}

fn between(low: impl std::fmt::Display, high: impl std::fmt::Display, lang: Lang) -> String {
    format!("{low}{}{high}", pick(lang, "—", "–"))
}

/// A limit as people write it.
fn shown(limit: i64, quantity: Quantity) -> String {
    let text = match quantity {
        Quantity::Share | Quantity::Rate => Ratio(limit).to_string(),
        _ if limit == 0 => "0".to_owned(),
        Quantity::Number | Quantity::Area | Quantity::Word(_) => Decimal::new(limit.into(), quantity.places()).to_string(),
        _ => format!("{}{}", MoneyUnit::YiYuan.print(limit), MoneyUnit::YiYuan.symbol()),
    };
    text.replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::field::optional;

    #[test]
    fn a_reader_sees_what_the_reader_of_files_enforces() {
        let of = |kind| optional("key", kind, "", "");
        let said = |quantity| range(&of(Kind::Value(quantity)), Lang::En);
        assert_eq!(said(Quantity::Share), "0%–100%");
        assert_eq!(said(Quantity::Rate), "> −100%, ≤ 1000%");
        assert_eq!(said(Quantity::Money), "≥ 0");
        assert_eq!(said(Quantity::SignedMoney), "may be negative");
        assert_eq!(range(&of(Kind::Whole(1, 10)), Lang::Zh), "1—10");
        assert_eq!(whole_range(Quantity::Money, Lang::Zh), "0—100000亿元");
        assert_eq!(whole_range(Quantity::Rate, Lang::En), "> −100%, ≤ 1000%; without % > −100%, ≤ 300%");
        assert_eq!([Quantity::Share, Quantity::Money, Quantity::Area].map(finest), ["0.0001%", "0.01元", "0.01"]);
        assert_eq!(whole_range(Quantity::Area, Lang::Zh), "≥ 0，< 10000000000");
    }
}
