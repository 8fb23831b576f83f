//! Every form of rule there is, from the registries, and their page.

use std::fmt::Write as _;

use super::pages::{escaped, keys, pick};
use crate::base::lang::{Lang, Words};
use crate::rules::{
    agreements::{Options, remitting_forms, sharing_forms},
    bond, budget,
    card::Card,
    field::Field,
    sources::source_kinds,
    spending,
    transfers::giving_forms,
};

/// Forms of one sort.
pub struct Group {
    /// How they are headed.
    pub title: Words,
    /// What one of them is.
    pub about: Words,
    /// Card and keys of each.
    pub forms: Vec<(Card, &'static [Field])>,
}

/// All forms. What is listed here is printed, found in the glossary, and must have a worked case.
///
/// ```
/// let forms = fencheng::reference::groups().into_iter().flat_map(|group| group.forms);
/// assert!(forms.into_iter().any(|(card, _)| card.name.zh == "比例分成"));
/// ```
#[must_use]
pub fn groups() -> Vec<Group> {
    let group = |title, about, forms| Group { title, about, forms };
    vec![
        group(
            Words::new("县镇怎么分（`form`）", "How county and town share (`form`)"),
            Words::new("县镇分享一篮收入的一种办法", "a way county and town share a basket of revenue"),
            sharing_forms(),
        ),
        group(
            Words::new("分后上解（`form`）", "What is remitted afterwards (`form`)"),
            Words::new("镇从分得的收入里上解或得到补助的一种办法", "a way a town remits from its share, or is subsidised"),
            remitting_forms(),
        ),
        group(
            Words::new("收入的种类（`kind`）", "Kinds of source (`kind`)"),
            Words::new("一种收入：逐年的总额怎么来", "a kind of source: where its yearly gross comes from"),
            source_kinds().to_vec(),
        ),
        group(Words::new("转移支付（`form`）", "Transfers (`form`)"), Words::new("转移支付的一种形式", "a form of transfer"), giving_forms()),
        group(Words::new("支出（表）", "Spending (table)"), Words::new("先于项目支付的支出", "what is paid before any project"), vec![(spending::CARD, spending::FIELDS)]),
        group(
            Words::new("转贷债券和预算平衡（表）", "On-lent bonds and balancing the budget (tables)"),
            Words::new("债务和平衡预算的一种规则", "a rule of debt or of balancing the budget"),
            std::iter::once((bond::CARD, bond::FIELDS)).chain(budget::TABLES).collect(),
        ),
    ]
}

/// Every form with its card and keys.
pub(super) fn page(lang: Lang) -> String {
    let mut page = pick(
        lang,
        "S 为镇级分成，X 为一篮收入的地方留成部分，G 为总额，R 为四舍五入到分。口径见 [model.md](../model.md)，每个表都有的键和各种数的范围见 [format.zh.md](format.zh.md)。\n\n",
        "S is the town's share, X the local part of a basket, G the gross amount, R rounding to the fen. Definitions are in [model.md](../model.md), the keys all tables share and the ranges of numbers in [format.en.md](format.en.md).\n\n",
    )
    .to_owned();
    for group in groups() {
        let _ = write!(page, "## {}\n\n", group.title.get(lang));
        for (card, fields) in group.forms {
            page += &self::card(&card, lang);
            page += &keys(&[fields], lang);
        }
    }
    let _ = write!(page, "## {}\n\n", pick(lang, "各分法都可以加的键", "Keys every sharing part may add"));
    page += pick(lang, "次序：形式 → 保底 → 封顶 → 保既得利益 → 预拨与结算。\n\n", "In this order: form, floor, cap, guarantee, advance and settlement.\n\n");
    page + &keys(&[Options::FIELDS], lang)
}

fn card(card: &Card, lang: Lang) -> String {
    let colon = pick(lang, "：", ": ");
    let mut text = format!("### `{}` {}\n\n", card.kind, card.name.get(lang));
    for (name, words) in [(Words::new("公式", "Formula"), card.formula), (Words::new("依据", "Source"), card.law), (Words::new("算例", "Example"), card.example)] {
        let _ = writeln!(text, "- {}{colon}{}", name.get(lang), escaped(words.get(lang)));
    }
    let case = card.case;
    let _ = writeln!(text, "- {}{colon}[{case}](../../tests/worked/{case}/paper.md)\n", pick(lang, "手算例", "Worked case"));
    text
}
