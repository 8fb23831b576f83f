//! The piece of a user's text that a message shows: cut to size, and harmless on a terminal.

use std::fmt::Write;
use std::ops::Range;

/// Most characters shown before the span, of the span, and after it.
const SHOWN: [usize; 3] = [48, 72, 40];

/// One line (or a piece of it) around a span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// Line of the span's start, from 1.
    pub line: usize,
    /// Column of the span's start in characters, from 1.
    pub column: usize,
    /// The piece of the line, cleaned.
    pub source: String,
    /// Where the span lies in `source`, in bytes.
    pub span: Range<usize>,
}

/// Where the lines of a text begin, so that many messages about a large file stay cheap.
#[derive(Clone, Debug)]
pub struct Lines(Vec<usize>);

impl Lines {
    /// Finds the lines of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let after = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1);
        Self(std::iter::once(0).chain(after).collect())
    }

    /// Line and column (in characters), both from 1, of a byte; any byte, even one inside a character or past the end.
    #[must_use]
    pub fn position(&self, text: &str, byte: usize) -> (usize, usize) {
        let (line, start, at) = self.line(text, byte);
        (line, 1 + text.get(start..at).map_or(0, |s| s.chars().count()))
    }

    /// The column of a worksheet a byte stands in, from 1: its cells are apart by tabs.
    #[must_use]
    pub fn cell(&self, text: &str, byte: usize) -> usize {
        let (_, start, at) = self.line(text, byte);
        1 + text.get(start..at).map_or(0, |s| s.matches('\t').count())
    }

    fn line(&self, text: &str, byte: usize) -> (usize, usize, usize) {
        let at = text.floor_char_boundary(byte);
        let line = self.0.partition_point(|start| *start <= at).max(1);
        (line, self.0.get(line - 1).copied().unwrap_or(0), at)
    }

    /// The excerpt around bytes `start..end`; a span over several lines is shown by its first.
    #[must_use]
    pub fn excerpt(&self, text: &str, start: usize, end: usize) -> Excerpt {
        let (line, line_start, at) = self.line(text, start);
        let rest = text.get(at..).unwrap_or("");
        let line_end = at + rest.find('\n').unwrap_or(rest.len());
        let to = text.floor_char_boundary(end).clamp(at, line_end);
        let before = text.get(line_start..at).unwrap_or("");
        let (marked, after) = (text.get(at..to).unwrap_or(""), text.get(to..line_end).unwrap_or(""));

        let mut source = last_chars(before, SHOWN[0]);
        let from = source.len();
        source.push_str(&first_chars(marked.trim_end_matches('\r'), SHOWN[1]));
        let span = from..source.len();
        source.push_str(&first_chars(after.trim_end_matches('\r'), SHOWN[2]));
        Excerpt { line, column: 1 + before.chars().count(), source, span }
    }
}

fn first_chars(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((cut, _)) => clean(&text[..cut]) + "…",
        None => clean(text),
    }
}

fn last_chars(text: &str, most: usize) -> String {
    match text.char_indices().nth_back(most) {
        Some((cut, char)) => "…".to_owned() + &clean(&text[cut + char.len_utf8()..]),
        None => clean(text),
    }
}

/// The text with everything that could steer a terminal or turn its direction made visible.
#[must_use]
pub fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '\t' => clean.push_str("    "),
            // The pictures of control characters ␀…␟ stand in the same order as the characters.
            '\0'..='\x1f' => clean.push(char::from_u32(0x2400 + u32::from(char)).unwrap_or('␦')),
            '\x7f' => clean.push('␡'),
            _ if hidden(char) => {
                let _ = write!(clean, "\\u{{{:x}}}", u32::from(char));
            }
            _ => clean.push(char),
        }
    }
    clean
}

/// C1 controls, marks of direction, joiners and other characters without a picture.
const fn hidden(char: char) -> bool {
    matches!(char,
        '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "甲\n名 = “濛阳镇”\r\n";
        let start = text.find('“').unwrap();
        let excerpt = Lines::of(text).excerpt(text, start, start + 3);
        assert_eq!((excerpt.line, excerpt.column), (2, 5));
        assert_eq!(&excerpt.source[excerpt.span], "“");
        assert_eq!(excerpt.source, "名 = “濛阳镇”");
    }

    #[test]
    fn any_span_is_survived() {
        let text = "濛阳\n\nab\u{1b}[31m";
        let lines = Lines::of(text);
        for start in 0..20 {
            for end in 0..20 {
                let excerpt = lines.excerpt(text, start, end);
                assert!(excerpt.source.get(excerpt.span).is_some());
            }
        }
        assert_eq!(Lines::of("").excerpt("", 9, 3).source, "");
    }

    #[test]
    fn long_lines_are_cut_and_controls_made_visible() {
        let text = format!("{}濛{}", "a".repeat(1000), "b".repeat(1000));
        let excerpt = Lines::of(&text).excerpt(&text, 1000, 1003);
        assert!(excerpt.source.chars().count() < 120 && &excerpt.source[excerpt.span.clone()] == "濛");
        assert_eq!(excerpt.column, 1001);
        assert_eq!(clean("a\u{1b}[0m\u{202e}b\t"), "a␛[0m\\u{202e}b    ");
    }
}
