//! Which rules random scenarios may use: those the program has learned, or those asked for.
//!
//! `ORACLE_FEATURES=pool,pool_limits cargo test --test oracle` tries some, `ORACLE_FEATURES=all` every one there is.

use std::collections::BTreeSet;
use std::env;

/// Every rule that can be switched on.
pub const NEW: &[&str] = &[
    // counts and when something runs
    "counts",
    "people",
    "when",
    "of_select",
    // transfers
    "per_unit",
    "cohort",
    "project",
    "rebate",
    "base_return",
    "incentive",
    "competition",
    "matching",
    "guarantee",
    "retained",
    "lag",
    "pool",
    "pool_factors",
    "pool_coefficient",
    "pool_weights",
    "pool_limits",
    "pool_rounding",
    "pool_levies",
    // spending
    "ramp",
    "contracted",
    "paid_above",
    "bond",
    "reserve",
    "stabilisation",
    "transfer_in",
    "ladder",
    "aid",
    "lapse",
    "fund_above",
    // the county
    "counties",
    // sources of money and people moving it
    "concession",
    "partner",
    "state_capital",
    "move",
    "compensation",
    "enclave",
    "quota_extra",
    "advance_town",
    "advance_county",
    "capital",
    // rarer turns of the same rules
    "fund_falls",
    "guarantee_many",
    "matching_some",
    "incentive_lag",
    "move_derived",
    "enclave_chain",
    "bond_before",
    "levies_some",
    "pool_join",
    "retained_compensated",
];

/// Those in use unless others are asked for; a rule being learned is taken out until the program has it.
pub const ENABLED: &[&str] = NEW;

/// The rules in use.
pub struct Features(BTreeSet<String>);

impl Features {
    /// Those asked for, or else those the program has learned.
    pub fn chosen() -> Self {
        let words: BTreeSet<String> = match env::var("ORACLE_FEATURES") {
            Ok(all) if all == "all" => return Self::all(),
            Ok(words) => words.split(',').filter(|word| !word.is_empty()).map(str::to_owned).collect(),
            Err(_) => ENABLED.iter().map(|word| (*word).to_owned()).collect(),
        };
        words.iter().for_each(|word| Self::must_exist(word));
        Self(words)
    }

    pub fn without(mut self, word: &str) -> Self {
        self.0.remove(word);
        self
    }

    pub fn all() -> Self {
        Self(NEW.iter().map(|word| (*word).to_owned()).collect())
    }

    fn must_exist(word: &str) {
        assert!(NEW.contains(&word), "{word} is no feature: {NEW:?}");
    }

    pub fn has(&self, word: &str) -> bool {
        Self::must_exist(word);
        self.0.contains(word)
    }

    /// Whether there is any: then there are more towns and counties too.
    pub fn any(&self) -> bool {
        !self.0.is_empty()
    }
}
