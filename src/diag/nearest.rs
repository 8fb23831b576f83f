//! Which known name was probably meant.

/// Longer than any name; keeps the comparison cheap whatever a user hands in.
const MOST_CHARS: usize = 80;

/// The likeliest of the candidates, if one is near: one character off in a two-character name still is.
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    if name.chars().nth(MOST_CHARS).is_some() {
        return None;
    }
    let wanted = name.trim().to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        if candidate.chars().nth(MOST_CHARS).is_some() {
            continue;
        }
        let score = likeness(&wanted, &candidate.to_lowercase());
        if score >= 0.5 && best.is_none_or(|(top, _)| score > top) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate.to_owned())
}

/// Edits for typing mistakes; a name of three characters or more that begins or ends the other one counts as near too
/// (濛阳 for 濛阳镇, `pilot` for `pilot-reform`).
fn likeness(a: &str, b: &str) -> f64 {
    let edits = strsim::normalized_damerau_levenshtein(a, b);
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let part = short.len() >= 3 && (long.starts_with(short) || long.ends_with(short));
    if part { edits.max(0.6) } else { edits }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn one_slip_is_forgiven_and_strangers_are_not() {
        assert_eq!(nearest("pliot", ["ordinary", "pilot"]).as_deref(), Some("pilot"));
        assert_eq!(nearest("濛阳", ["丽春镇", "濛阳镇"]).as_deref(), Some("濛阳镇"));
        assert_eq!(nearest("蒙阳镇", ["丽春镇", "濛阳镇"]).as_deref(), Some("濛阳镇"));
        assert_eq!(nearest("China", ["china", "sichuan"]).as_deref(), Some("china"));
        assert_eq!(nearest("tax", ["ordinary", "pilot"]), None);
        assert_eq!(nearest(&"x".repeat(100_000), ["x"]), None);
    }
}
