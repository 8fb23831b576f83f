//! The forms there are. One line each.

use super::{Basket, Due, Kept, Shared};
use super::{
    base_and_increment::BaseAndIncrement, contract::Contract, full::Full, levy::Levy, none::None as NoShare, quota::Quota, quota_up::QuotaUp, ratio::Ratio, tiers::Tiers,
    unified::Unified,
};
use crate::diag::Problems;
use crate::rules::{card::Card, field::Field, lowering::Lowering, speak::Speak, values::Values};

/// Registers forms: an enum over them, their fields and cards, and the calls every form answers.
macro_rules! forms {
    ($(#[$doc:meta])* $registry:ident, $list:ident, $found:ty => $result:ty; $($form:ident,)*) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        #[expect(missing_docs, reason = "each form documents itself")]
        pub enum $registry { $($form($form),)* }

        impl $registry {
            /// The form of a word, with the fields it may have.
            #[must_use]
            pub fn fields(kind: &str) -> Option<&'static [Field]> {
                $list().into_iter().find(|(card, _)| card.kind == kind).map(|(_, fields)| fields)
            }

            /// Takes the parameters of a form.
            pub fn read(kind: &str, values: &mut Values) -> Option<Self> {
                $(if kind == $form::CARD.kind {
                    return $form::read(values).map(Self::$form);
                })*
                None
            }

            /// Checks what no single field can tell.
            pub fn check(&self, problems: &mut Problems) {
                match self { $(Self::$form(form) => form.check(problems),)* }
            }

            /// The form as operations.
            pub fn lower(&self, found: &$found, low: &mut Lowering<'_>) -> $result {
                match self { $(Self::$form(form) => form.lower(found, low),)* }
            }

            /// The form in words.
            #[must_use]
            pub fn sentence(&self, speak: &Speak<'_>) -> String {
                match self { $(Self::$form(form) => form.sentence(speak),)* }
            }

            /// Its card.
            #[must_use]
            pub const fn card(&self) -> Card {
                match self { $(Self::$form(_) => $form::CARD,)* }
            }
        }

        /// All forms of this kind: card and fields.
        #[must_use]
        pub fn $list() -> Vec<(Card, &'static [Field])> {
            vec![$(($form::CARD, $form::FIELDS),)*]
        }
    };
}

forms! {
    /// Forms that share a basket.
    Sharing, sharing_forms, Basket => Shared;
    Ratio,
    Full,
    NoShare,
    BaseAndIncrement,
    Contract,
    Tiers,
    Unified,
}

forms! {
    /// Forms that remit (or subsidise) afterwards.
    Remitting, remitting_forms, Kept => Due;
    Quota,
    QuotaUp,
    Levy,
}

impl Remitting {
    /// The earmark that what remains is put to, if any.
    #[must_use]
    pub fn rest_earmark(&self) -> Option<&str> {
        match self {
            Self::Levy(levy) => levy.rest_earmark(),
            _ => None,
        }
    }
}
