//! CSV text to [`Sheet`], every cell with its bytes (the `csv` crate gives places of rows only). RFC 4180 and what
//! spreadsheets make of it: other separators, blank rows, empty columns on the right.

use std::ops::Range;

use super::sheet::{Cell, MOST_CELLS, MOST_COLUMNS, Sheet};
use crate::base::{
    decimal::Decimal,
    place::{FileId, Place},
};
use crate::diag::{Code, Problem, Problems};

/// Reads a table; `None` when it has no headings or cannot be cut into cells.
#[must_use]
pub fn parse(text: &str, file: FileId, shown: &str, problems: &mut Problems) -> Option<Sheet> {
    let place = |span: &Range<usize>| Place::Text { file, start: span.start, end: span.end };
    let rows = match Rows::of(text).collect::<Result<Vec<_>, _>>() {
        Ok(rows) => rows,
        Err(Flaw(code, span)) => {
            let problem = Problem::new(code, &place(&span)).with("columns", MOST_COLUMNS).with("cells", MOST_CELLS);
            problems.push(problem);
            return None;
        }
    };
    let cell = |(text, span): (String, Range<usize>)| Cell { text, place: place(&span) };
    let rows = rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect();
    Sheet::of_rows(rows, file, shown, problems)
}

/// A number as it stands in a table: `1,234.50`, `１２３`, `－5`; `None` for anything else, also for `(5)` and `5%`.
#[must_use]
pub fn number(text: &str) -> Option<Decimal> {
    let plain = half_width(text);
    let (whole, part) = plain.split_once('.').map_or((plain.as_str(), None), |(whole, part)| (whole, Some(part)));
    if plain.contains('_') || part.is_some_and(|part| part.contains(',')) {
        return None;
    }
    if whole.contains(',') {
        let mut groups = whole.trim_start_matches(['-', '+']).split(',');
        let first = groups.next().is_some_and(|group| (1..=3).contains(&group.len()));
        if !first || !groups.all(|group| group.len() == 3) {
            return None;
        }
    }
    Decimal::parse(&plain.replace(',', ""))
}

/// The text with full-width digits, signs and punctuation of numbers in their ASCII form, trimmed: `６０％` is `60%`.
#[must_use]
pub fn half_width(text: &str) -> String {
    text.trim()
        .chars()
        .map(|char| match char {
            '０'..='９' => char::from_u32(u32::from(char) - u32::from('０') + u32::from('0')).unwrap_or(char),
            '．' => '.',
            '，' => ',',
            '％' => '%',
            '＋' => '+',
            '－' | '−' | '–' => '-',
            _ => char,
        })
        .collect()
}

/// What keeps a text from being cut into cells, and where.
struct Flaw(Code, Range<usize>);

type Row = Vec<(String, Range<usize>)>;

/// Cuts a text into rows of cells.
struct Rows<'a> {
    text: &'a str,
    at: usize,
    comma: char,
    cells: usize,
}

impl<'a> Rows<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, at: 0, comma: separator(text), cells: 0 }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// One cell, and whether another one follows in the row.
    fn cell(&mut self) -> Result<((String, Range<usize>), bool), Flaw> {
        let rest = self.rest();
        let comma = self.comma;
        let lead = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() && c != '\n' && c != '\r' && c != comma).len();
        let cell = if rest[lead..].starts_with('"') { self.quoted(lead)? } else { self.bare() };
        let rest = self.rest();
        let more = rest.starts_with(comma);
        self.at += if more { comma.len_utf8() } else { line_break(rest) };
        Ok((cell, more))
    }

    fn bare(&mut self) -> (String, Range<usize>) {
        let rest = self.rest();
        let comma = self.comma;
        let raw = rest.split([comma, '\n', '\r']).next().unwrap_or("");
        let start = self.at + (raw.len() - raw.trim_start().len());
        let text = raw.trim();
        self.at += raw.len();
        (text.to_owned(), start..start + text.len())
    }

    fn quoted(&mut self, lead: usize) -> Result<(String, Range<usize>), Flaw> {
        let open = self.at + lead;
        let mut from = open + 1;
        let mut value = String::new();
        loop {
            let body = self.text.get(from..).unwrap_or("");
            let Some(close) = body.find('"') else { return Err(Flaw(Code::E033, open..open + 1)) };
            value.push_str(&body[..close]);
            from += close + 1;
            if !body[close + 1..].starts_with('"') {
                break;
            }
            value.push('"');
            from += 1;
        }
        let comma = self.comma;
        let after = self.text.get(from..).unwrap_or("").split([comma, '\n', '\r']).next().unwrap_or("");
        if let Some(char) = after.trim_start().chars().next() {
            let at = from + (after.len() - after.trim_start().len());
            return Err(Flaw(Code::E034, at..at + char.len_utf8()));
        }
        self.at = from + after.len();
        Ok((value.trim().to_owned(), open..from))
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, Flaw>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.text.len() {
            return None;
        }
        let start = self.at;
        let mut row = Row::new();
        loop {
            match self.cell() {
                Ok((cell, more)) => {
                    row.push(cell);
                    self.cells += 1;
                    if row.len() > MOST_COLUMNS || self.cells > MOST_CELLS {
                        self.at = self.text.len();
                        return Some(Err(Flaw(Code::E036, start..start)));
                    }
                    if !more {
                        return Some(Ok(row));
                    }
                }
                Err(flaw) => {
                    self.at = self.text.len();
                    return Some(Err(flaw));
                }
            }
        }
    }
}

fn line_break(rest: &str) -> usize {
    if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with(['\n', '\r'])) }
}

/// Lines in which the headings are looked for: titles and units may stand above them.
const HEADINGS_WITHIN: usize = 8;

/// What separates the headings: the sign that stands most often in the first line with text, outside quotation marks. Chinese
/// commas there may be those of a title, when lines below have more of another sign.
fn separator(text: &str) -> char {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).take(HEADINGS_WITHIN);
    let first = most(lines.next().unwrap_or(""), &[',', '\t', ';', '，']);
    let below = lines.map(|line| most(line, &[',', '\t', ';'])).max_by_key(|(_, count)| *count);
    match (first, below) {
        (('，', in_title), Some((sign, count))) if count > in_title => sign,
        ((_, 0), _) => ',',
        ((sign, _), _) => sign,
    }
}

/// The sign that stands most often in a line, outside quotation marks, and how often.
fn most(line: &str, signs: &[char]) -> (char, usize) {
    let count = |sign: char| {
        let mut quoted = false;
        line.chars()
            .filter(|c| {
                quoted ^= *c == '"';
                !quoted && *c == sign
            })
            .count()
    };
    // The first of equals wins: max_by_key would take the last.
    signs.iter().rev().map(|sign| (*sign, count(*sign))).max_by_key(|(_, count)| *count).unwrap_or((',', 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<Sheet>, Vec<Code>) {
        let mut problems = Problems::default();
        let sheet = parse(text, FileId(0), "x.csv", &mut problems);
        (sheet, problems.iter().map(|p| p.code).collect())
    }

    fn at<'a>(text: &'a str, cell: &Cell) -> &'a str {
        match &cell.place {
            Place::Text { start, end, .. } => &text[*start..*end],
            _ => "",
        }
    }

    #[test]
    fn every_cell_knows_its_bytes() {
        let text = "镇, 人口 ,备注,\r\n濛阳镇,\"73,024\",\"他说\"\"好\"\"\n下一行\",\r\n\r\n,,,\n　丽春镇　,1\n";
        let (sheet, problems) = read(text);
        let sheet = sheet.unwrap();
        assert_eq!(problems, []);
        assert_eq!(sheet.headings.iter().map(|c| c.text.as_str()).collect::<Vec<_>>(), ["镇", "人口", "备注"]);
        assert_eq!(sheet.rows.len(), 2);
        assert_eq!((sheet.rows[0][1].text.as_str(), at(text, &sheet.rows[0][1])), ("73,024", "\"73,024\""));
        assert_eq!(sheet.rows[0][2].text, "他说\"好\"\n下一行");
        assert_eq!((sheet.rows[1][0].text.as_str(), at(text, &sheet.rows[1][0])), ("丽春镇", "丽春镇"));
        assert_eq!((sheet.rows[1].len(), sheet.rows[1][2].text.as_str()), (3, ""));
    }

    #[test]
    fn other_separators_are_found_by_the_headings() {
        for text in ["a\tb\n1\t2", "a;b\r\n1;2", "a，b\n1，2", "a,b\r1,2"] {
            let sheet = read(text).0.unwrap();
            assert_eq!((sheet.headings.len(), sheet.rows[0][1].text.as_str()), (2, "2"), "{text:?}");
        }
        assert_eq!(read("\"a;b;c\",d\n1,2").0.unwrap().headings.len(), 2);
    }

    #[test]
    fn broken_tables_are_told() {
        assert_eq!(read("a,b\n1,2,3\n").1, [Code::E032]);
        assert_eq!(read("a,b\n1,2,,\n").1, []);
        assert_eq!(read("a,a\n1,2\n").1, [Code::E031]);
        assert_eq!(read("a,,b\n1,2,3\n").1, [Code::E035]);
        assert_eq!(read("a\n\"1\n").1, [Code::E033]);
        assert_eq!(read("a\n\"1\"2\n").1, [Code::E034]);
        for empty in ["", "\n\n", ",,,\n", "a,b\n"] {
            assert_eq!(read(empty).1, [Code::E030], "{empty:?}");
        }
        assert_eq!(read(&",".repeat(2000)).1, [Code::E036]);
    }

    #[test]
    fn numbers_as_people_keep_them() {
        for (text, value) in [("1,234.50", "1234.5"), (" １２３ ", "123"), ("－5", "-5"), ("　1，000　", "1000"), ("-1,000,000", "-1000000"), ("+3", "3")] {
            assert_eq!(number(text).map(|d| d.to_string()).as_deref(), Some(value), "{text}");
        }
        for bad in ["（123）", "(123)", "5%", "1,23", "12,34,567", ",123", "1.2,345", "_", "1_000", "", "-", "一", "1 000", "--1,000"] {
            assert_eq!(number(bad), None, "{bad}");
        }
        assert_eq!(half_width(" ６０％"), "60%");
    }
}
