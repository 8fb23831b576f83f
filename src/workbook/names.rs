//! Names of worksheets and cells.

use crate::base::place::cell_name;

/// The longest name of a worksheet, counted as spreadsheets count.
const MOST: usize = 31;

/// Names of worksheets given so far: allowed by spreadsheets, no two alike.
#[derive(Debug, Default)]
pub struct Names(Vec<String>);

impl Names {
    /// The name wanted, or one like it that is allowed and free.
    pub fn free(&mut self, wanted: &str) -> String {
        let allowed: String = wanted.chars().map(|c| if c.is_control() || "[]:*?/\\'".contains(c) { '_' } else { c }).collect();
        let base = if allowed.trim().is_empty() { "_".to_owned() } else { allowed.trim().to_owned() };
        let others = (2..).map(|n| format!("-{n}"));
        let endings = std::iter::once(String::new()).chain(others);
        let name = endings.map(|ending| format!("{}{ending}", cut(&base, MOST - ending.len()))).find(|name| !self.0.contains(&name.to_lowercase())).unwrap_or(base);
        self.0.push(name.to_lowercase());
        name
    }
}

/// As much of a text as fits, in units of UTF-16.
fn cut(text: &str, most: usize) -> String {
    let mut left = most;
    text.chars()
        .take_while(|c| {
            let fits = c.len_utf16() <= left;
            left = left.saturating_sub(c.len_utf16());
            fits
        })
        .collect()
}

/// A cell of another worksheet; rows and columns count from 1.
#[must_use]
pub fn on_sheet(sheet: &str, cell: &str) -> String {
    format!("'{sheet}'!{cell}")
}

/// A cell that stays the same wherever the formula is copied.
#[must_use]
pub fn fixed(row: usize, column: usize) -> String {
    let name = cell_name(row, column);
    let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
    format!("${letters}${row}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_allowed_and_differ() {
        let mut names = Names::default();
        assert_eq!(names.free("审计·濛阳镇"), "审计·濛阳镇");
        assert_eq!(names.free("审计·濛阳镇"), "审计·濛阳镇-2");
        assert_eq!(names.free("a/b[c]:*?'\\\n"), "a_b_c_______");
        assert_eq!(names.free("A/B[C]:*?'\\\n"), "A_B_C_______-2");
        assert_eq!(names.free("  "), "_");
        let long = "镇".repeat(40);
        assert_eq!(names.free(&long).chars().count(), 31);
        assert_eq!(names.free(&long), format!("{}-2", "镇".repeat(29)));
        // A sign outside the basic plane counts twice.
        assert_eq!(names.free(&"𠮷".repeat(20)).chars().count(), 15);
        assert_eq!(fixed(12, 28), "$AB$12");
    }
}
