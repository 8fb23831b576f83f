//! What fits on paper: columns too many for one A4 page go on over several, each large enough to read.

/// What a page of A4 across takes between its margins, in the pixels spreadsheets count in (96 an inch): 1,046, less what
/// fonts take of which a digit is wider than the 7 pixels of the usual one (a machine without that font).
const WIDE: usize = 750;
/// … and from top to bottom, likewise.
const HIGH: usize = 600;
/// The smallest that can still be read, in percent.
const SMALLEST: usize = 52;
/// The height of a row.
const ROW: usize = 20;

/// How columns are printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// The scale in percent.
    pub scale: usize,
    /// Before which of the columns after the repeated ones a page begins, counted from 0.
    pub breaks: Vec<usize>,
}

impl Paper {
    /// For columns of which the first stand on every page, by their widths in characters: as few pages as can be read.
    #[must_use]
    pub fn of(repeated: &[usize], columns: &[usize]) -> Self {
        let at = |scale: usize| Self { scale, breaks: breaks(repeated, columns, WIDE * 100 / scale) };
        let fewest = at(SMALLEST);
        (SMALLEST..=100).rev().map(at).find(|paper| paper.breaks.len() == fewest.breaks.len()).unwrap_or(fewest)
    }

    /// The widest a picture may be that stands right of the repeated columns, in pixels.
    #[must_use]
    pub fn room(&self, columns: &[usize]) -> usize {
        columns.iter().take(self.breaks.first().copied().unwrap_or(columns.len())).map(|width| pixels(*width)).sum()
    }

    /// How many rows a page takes.
    #[must_use]
    pub const fn rows(&self) -> usize {
        HIGH * 100 / self.scale / ROW
    }
}

/// The width of a column in pixels.
const fn pixels(characters: usize) -> usize {
    7 * characters + 5
}

fn breaks(repeated: &[usize], columns: &[usize], page: usize) -> Vec<usize> {
    let first: usize = repeated.iter().map(|width| pixels(*width)).sum();
    let (mut found, mut used) = (Vec::new(), first);
    for (n, width) in columns.iter().enumerate() {
        if used + pixels(*width) > page && used > first {
            found.push(n);
            used = first;
        }
        used += pixels(*width);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_go_on_over_as_few_pages_as_can_be_read() {
        // 5 + 7 × 13 = 96 pixels a year; 33 characters repeated are 236: (750 − 236) / 96 = 5 years at full size.
        assert_eq!(Paper::of(&[33], &[13; 5]), Paper { scale: 100, breaks: vec![] });
        // Twenty columns need 236 + 20 × 96 = 2156: no page at 52 % (1442) takes them; two of ten need 1196, which is 62 %.
        assert_eq!(Paper::of(&[33], &[13; 20]), Paper { scale: 62, breaks: vec![10] });
        assert_eq!(Paper::of(&[33], &[13; 20]).rows(), 48);
        // One too wide for any page stands alone.
        assert_eq!(Paper::of(&[], &[300, 4]).breaks, [1]);
    }
}
