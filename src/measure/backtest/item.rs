//! What can be observed: a source at a scope 口径, a figure of the yearly summary, a figure of the county's account.

use crate::base::lang::{Lang, Words};
use crate::measure::cell::Column;
use crate::scenario::Scenario;

/// Which part of a source 口径.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// 总额: all that is collected.
    Gross,
    /// 地方部分: what the levels above leave.
    Local,
    /// 镇得: the town's part, remittances taken off.
    Town,
    /// 县得: the county's part, remittances included.
    County,
    /// 市得
    City,
    /// 省得
    Province,
    /// 中央
    Central,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 7] = [Self::Gross, Self::Local, Self::Town, Self::County, Self::City, Self::Province, Self::Central];

    /// All names it may be written by: first the key, then what tables call it in Chinese, then others.
    #[must_use]
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Gross => &["gross", "总额", "全额"],
            Self::Local => &["local", "地方部分", "地方留成", "地方级"],
            Self::Town => &["town", "镇得", "镇级", "镇级留存"],
            Self::County => &["county", "县得", "县级"],
            Self::City => &["city", "市得", "市级"],
            Self::Province => &["province", "省得", "省级"],
            Self::Central => &["central", "中央", "中央级"],
        }
    }

    /// The key in tables.
    #[must_use]
    pub const fn key(self) -> &'static str {
        self.names()[0]
    }

    /// As people read it.
    #[must_use]
    pub const fn words(self) -> Words {
        Words::new(self.names()[1], self.names()[0])
    }

    /// From one of its names.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let wanted = text.trim().to_lowercase();
        Self::ALL.into_iter().find(|s| s.names().contains(&wanted.as_str()))
    }
}

/// A figure the program computes.
#[derive(Clone, Copy, Debug)]
pub enum Figure {
    /// A source, by its order in the scenario.
    Source(usize),
    /// A column of `summary.csv`.
    Town(&'static Column),
    /// A column of `county.csv`.
    County(&'static Column),
}

impl Figure {
    /// Whether it has several scopes.
    #[must_use]
    pub const fn is_scoped(self) -> bool {
        matches!(self, Self::Source(_))
    }

    /// Its title.
    #[must_use]
    pub fn title(self, scenario: &Scenario, lang: Lang) -> String {
        match self {
            Self::Source(n) => scenario.sources[n].name.clone(),
            Self::Town(column) | Self::County(column) => column.words.get(lang).to_owned(),
        }
    }
}

/// A figure, of a source at one scope.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// The figure.
    pub figure: Figure,
    /// The scope of a source.
    pub scope: Option<Scope>,
}

impl Item {
    /// `source.vat`, `summary.retained`, `county.resources`.
    #[must_use]
    pub fn id(self, scenario: &Scenario) -> String {
        match self.figure {
            Figure::Source(n) => format!("source.{}", scenario.sources[n].id),
            Figure::Town(column) => format!("summary.{}", column.key),
            Figure::County(column) => format!("county.{}", column.key),
        }
    }

    /// The key of its scope, or nothing.
    #[must_use]
    pub fn scope_key(self) -> &'static str {
        self.scope.map_or("", Scope::key)
    }

    /// Its title with its scope: 国内增值税·地方部分.
    #[must_use]
    pub fn title(self, scenario: &Scenario, lang: Lang) -> String {
        let title = self.figure.title(scenario, lang);
        match (self.scope, lang) {
            (Some(scope), Lang::Zh) => format!("{title}·{}", scope.words().zh),
            (Some(scope), Lang::En) => format!("{title} ({})", scope.words().en),
            (None, _) => title,
        }
    }
}
