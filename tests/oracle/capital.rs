//! 12. Feedback of capital 资本存量的反馈: what was built raises the sources named.

use toml::Table;

use super::number::{ONE, Whole, part_of};
use super::town::Years;
use super::written::{Written, bare, ratio, table, texts};

/// The stock of capital of a town.
pub struct Capital {
    sources: Vec<String>,
    elasticity: Whole,
    depreciation: Whole,
    reference: Whole,
    stock: Whole,
}

impl Capital {
    pub fn open(written: &Written, years: Years) -> Option<Self> {
        let rule: &Table = table(written.root.get("feedback")?).get("capital").map(table)?;
        let reference = written.amount(&rule["reference"], years.first);
        Some(Self {
            sources: texts(&rule["sources"]).into_iter().map(str::to_owned).collect(),
            elasticity: ratio(bare(&rule["elasticity"])),
            depreciation: ratio(bare(&rule["depreciation"])),
            reference,
            stock: reference,
        })
    }

    pub fn carries(&self, source: &str) -> bool {
        self.sources.iter().any(|id| id == source)
    }

    /// `(K of last year ÷ reference)^ε`, to nine decimals.
    #[expect(clippy::disallowed_methods, reason = "rounded to nine decimals, far above where platforms differ")]
    pub fn factor(&self) -> f64 {
        let power = (self.stock as f64 / self.reference as f64).powf(self.elasticity as f64 / ONE as f64);
        (power * 1e9 + 0.5).floor() / 1e9
    }

    /// The end of a year: what wore off, what was finished.
    pub fn close(&mut self, finished: Whole) {
        self.stock = part_of(self.stock, ONE - self.depreciation) + finished;
    }
}
