//! Money in whole fen 分, and the units files are written in.

use super::decimal::Decimal;

/// \[分\] Money is whole fen, negative where a refund or a debt makes it so. Amounts stay below 10^15 (10 万亿元).
pub type Fen = i64;

/// The largest amount a single figure may reach: a spreadsheet's 15 digits.
pub const LIMIT_FEN: f64 = 1e15;

/// The unit money is written in 金额单位.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyUnit {
    /// 元
    Yuan,
    /// 万元
    WanYuan,
    /// 亿元
    YiYuan,
}

impl MoneyUnit {
    /// Every unit, largest first so that a suffix search finds `亿元` and `万元` before `元`.
    pub const ALL: [Self; 3] = [Self::YiYuan, Self::WanYuan, Self::Yuan];

    /// How it is written in files and tables.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Yuan => "元",
            Self::WanYuan => "万元",
            Self::YiYuan => "亿元",
        }
    }

    /// How it is called in English.
    #[must_use]
    pub const fn english(self) -> &'static str {
        match self {
            Self::Yuan => "yuan",
            Self::WanYuan => "10,000 yuan",
            Self::YiYuan => "100 million yuan",
        }
    }

    /// Decimal places that still are whole fen.
    #[must_use]
    pub const fn places(self) -> u32 {
        match self {
            Self::Yuan => 2,
            Self::WanYuan => 6,
            Self::YiYuan => 10,
        }
    }

    /// Whole fen of an amount in this unit; `None` below one fen or past the limit.
    #[must_use]
    pub fn fen(self, amount: Decimal) -> Option<Fen> {
        let fen = i64::try_from(amount.exact(self.places())?).ok()?;
        (fen.unsigned_abs() <= 1_000_000_000_000_000).then_some(fen)
    }

    /// The nearest whole fen of a measured amount (四舍五入); `None` past the limit.
    #[must_use]
    pub fn nearest_fen(self, amount: Decimal) -> Option<Fen> {
        let fen = i64::try_from(amount.nearest(self.places())?).ok()?;
        (fen.unsigned_abs() <= 1_000_000_000_000_000).then_some(fen)
    }

    /// The shortest exact decimal of an amount of fen in this unit.
    #[must_use]
    pub fn print(self, fen: Fen) -> String {
        Decimal::new(i128::from(fen), self.places()).to_string()
    }
}
