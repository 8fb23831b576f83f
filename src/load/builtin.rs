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

/// All names, for messages.
#[must_use]
pub fn names() -> Vec<&'static str> {
    BUILTIN.iter().map(|(name, _)| *name).collect()
}
