//! Words of the workbook in two languages.

use crate::base::lang::Lang;

/// One of two texts.
#[must_use]
pub const fn pick<'t>(lang: Lang, zh: &'t str, en: &'t str) -> &'t str {
    if matches!(lang, Lang::Zh) { zh } else { en }
}
