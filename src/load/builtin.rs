//! Rules that come with the program, so that an executable and a scenario folder suffice.

/// Name and text of each: `include = ["china"]`.
pub const BUILTIN: &[(&str, &str)] = &[
    ("china", include_str!("../../scenarios/rules/china.toml")),
    ("sichuan", include_str!("../../scenarios/rules/sichuan.toml")),
    ("chengdu", include_str!("../../scenarios/rules/chengdu.toml")),
];

/// The text of a name.
#[must_use]
pub fn text(name: &str) -> Option<&'static str> {
    BUILTIN.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// What a name's rules say of taxes and their split, without what follows on land: a scenario without a land chain needs no more.
#[must_use]
pub fn taxes(name: &str) -> Option<&'static str> {
    let text = text(name)?;
    let land = text.find("\n[source.land.").unwrap_or(text.len());
    // The remarks right above belong to the land.
    Some(text[..land].split_once("\n# ==== 三").map_or(&text[..land], |(taxes, _)| taxes).trim_end())
}

/// All names, for messages.
#[must_use]
pub fn names() -> Vec<&'static str> {
    BUILTIN.iter().map(|(name, _)| *name).collect()
}

/// Name and text of each agreement that can be laid over any scenario: `--variant NAME`.
pub const AGREEMENTS: &[(&str, &str)] = &[
    ("beijiao", include_str!("../../scenarios/agreements/beijiao.toml")),
    ("centre-town", include_str!("../../scenarios/agreements/centre-town.toml")),
    ("daxing", include_str!("../../scenarios/agreements/daxing.toml")),
    ("developed-town", include_str!("../../scenarios/agreements/developed-town.toml")),
    ("escalating-remittance", include_str!("../../scenarios/agreements/escalating-remittance.toml")),
    ("fee-return-100", include_str!("../../scenarios/agreements/fee-return-100.toml")),
    ("fee-return-80", include_str!("../../scenarios/agreements/fee-return-80.toml")),
    ("five-year-terms", include_str!("../../scenarios/agreements/five-year-terms.toml")),
    ("growth-tiers", include_str!("../../scenarios/agreements/growth-tiers.toml")),
    ("hubei-streets", include_str!("../../scenarios/agreements/hubei-streets.toml")),
    ("keep-increment", include_str!("../../scenarios/agreements/keep-increment.toml")),
    ("key-town", include_str!("../../scenarios/agreements/key-town.toml")),
    ("land-return-50", include_str!("../../scenarios/agreements/land-return-50.toml")),
    ("over-base-4-6", include_str!("../../scenarios/agreements/over-base-4-6.toml")),
    ("over-base-5-5", include_str!("../../scenarios/agreements/over-base-5-5.toml")),
    ("over-base-levy", include_str!("../../scenarios/agreements/over-base-levy.toml")),
    ("pilot-return", include_str!("../../scenarios/agreements/pilot-return.toml")),
    ("quota-remittance", include_str!("../../scenarios/agreements/quota-remittance.toml")),
    ("retain-all", include_str!("../../scenarios/agreements/retain-all.toml")),
    ("shortfall-on-town", include_str!("../../scenarios/agreements/shortfall-on-town.toml")),
    ("three-year-terms", include_str!("../../scenarios/agreements/three-year-terms.toml")),
    ("unified", include_str!("../../scenarios/agreements/unified.toml")),
    ("xinqiao", include_str!("../../scenarios/agreements/xinqiao.toml")),
    ("y-county-unified", include_str!("../../scenarios/agreements/y-county-unified.toml")),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn taxes_are_what_stands_before_land() {
        for (name, last) in [("china", "[upper.central]"), ("sichuan", "[upper.province]"), ("chengdu", "[upper.city]")] {
            let taxes = taxes(name).unwrap();
            assert!(taxes.contains(last) && !taxes.contains("source.land.") && taxes.starts_with('#'), "{name}");
        }
    }

    #[test]
    fn every_file_of_the_two_folders_is_in_the_program() {
        for (folder, known) in [("rules", BUILTIN), ("agreements", AGREEMENTS)] {
            let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(folder);
            let names = folder.read_dir().unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
            let files: BTreeSet<String> = names.filter_map(|n| n.strip_suffix(".toml").map(str::to_owned)).collect();
            assert_eq!(files, known.iter().map(|(name, _)| (*name).to_owned()).collect());
        }
    }
}
