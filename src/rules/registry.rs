//! What every form answers, and the enum over all of them. The forms themselves are listed in `mod.rs`, one line each.

/// Registers forms: an enum over them, their fields and cards, and the calls every form answers.
macro_rules! forms {
    ($(#[$doc:meta])* $registry:ident, $list:ident, $found:ty => $result:ty; $($file:ident::$form:ident,)*) => {
        $(mod $file;)*

        $(#[$doc])*
        #[derive(Clone, Debug)]
        #[expect(missing_docs, reason = "each form documents itself")]
        pub enum $registry { $($form($file::$form),)* }

        impl $registry {
            /// The form of a word, with the fields it may have.
            #[must_use]
            pub fn fields(kind: &str) -> Option<&'static [Field]> {
                $list().into_iter().find(|(card, _)| card.kind == kind).map(|(_, fields)| fields)
            }

            /// Takes the parameters of a form.
            pub fn read(kind: &str, values: &mut Values) -> Option<Self> {
                $(if kind == $file::$form::CARD.kind {
                    return $file::$form::read(values).map(Self::$form);
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
                match self { $(Self::$form(_) => $file::$form::CARD,)* }
            }
        }

        /// All forms of this kind: card and fields.
        #[must_use]
        pub fn $list() -> Vec<(Card, &'static [Field])> {
            vec![$(($file::$form::CARD, $file::$form::FIELDS),)*]
        }
    };
}
