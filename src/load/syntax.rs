//! What the TOML reader could not understand, in words a clerk can act on.

use std::ops::Range;

use ::toml::de::Error;

use super::words;
use crate::base::{
    lang::Words,
    place::{FileId, Place},
};
use crate::diag::{Code, Problem, Problems};

/// More syntax errors than this in one file are one mistake that was misread many times.
const MOST_ERRORS: usize = 100;
/// More key parts than any statement of a rule file has.
const MOST_DOTS: usize = 64;

/// Turns the reader's errors into problems: one per line, since one slip often trips it several times.
pub fn explain(text: &str, file: FileId, errors: &[Error], problems: &mut Problems) {
    let mut spans: Vec<(Range<usize>, &str)> = errors.iter().map(|e| (whole(text, e.span()), e.message())).collect();
    spans.sort_by_key(|(span, _)| span.start);
    let mut told_until = None;
    for (span, message) in spans.into_iter().take(MOST_ERRORS) {
        let line = line_around(text, span.start);
        if told_until.is_some_and(|end| span.start <= end) {
            continue;
        }
        told_until = Some(line.end);
        problems.push(one(text, file, &span, message, line));
    }
}

fn one(text: &str, file: FileId, span: &Range<usize>, message: &str, line: Range<usize>) -> Problem {
    let place = |span: &Range<usize>| Place::Text { file, start: span.start, end: span.end };
    let shown = text.get(span.clone()).unwrap_or("");
    if message.starts_with("duplicate key") {
        let problem = Problem::new(Code::E011, &place(span)).with("key", shown.trim());
        return match first_of(text, span) {
            Some(first) => problem.also_in(&place(&first), Words::new("第一次", "first time")),
            None => problem,
        };
    }
    if message.contains("recurs") {
        return Problem::new(Code::E012, &place(span)).with("limit", 80);
    }
    if let Some(mark) = full_width(text, &line) {
        return mark.problem(text, &line, file);
    }
    if message.starts_with("cannot extend value") {
        return Problem::new(Code::E019, &place(span)).with("key", shown.trim());
    }
    if message.starts_with("missing comma")
        && let Some(open) = open_bracket(text, span.start)
    {
        let problem = Problem::new(Code::E010, &place(&open));
        return words::of("unclosed array").iter().fold(problem, |p, (name, words)| p.with(name, words));
    }
    if message.starts_with("invalid unquoted key") && !shown.trim().is_empty() && !shown.is_ascii() {
        return Problem::new(Code::E015, &place(span)).with("key", shown.trim());
    }
    if let Some(key) = chinese_key(text, &line) {
        return Problem::new(Code::E015, &place(&key)).with("key", text.get(key).unwrap_or(""));
    }
    if message.starts_with("string values must be quoted") {
        let bare = bare_text(text, span, &line);
        if text.get(bare.clone()).is_none_or(|bare| bare.trim().is_empty()) {
            return words::of("missing value").iter().fold(Problem::new(Code::E010, &place(span)), |p, (name, words)| p.with(name, words));
        }
        return Problem::new(Code::E017, &place(&bare)).with("text", text.get(bare.clone()).unwrap_or("").trim());
    }
    if let Some(opened) = unclosed_quote(text, &line).filter(|_| message.contains("string") || message.contains("quote")) {
        return Problem::new(Code::E018, &place(&opened));
    }
    words::of(message).iter().fold(Problem::new(Code::E010, &place(span)), |p, (name, words)| p.with(name, words))
}

/// A full-width sign where TOML wants an ASCII one.
struct Mark {
    at: usize,
    sign: char,
    ascii: char,
}

impl Mark {
    fn problem(&self, text: &str, line: &Range<usize>, file: FileId) -> Problem {
        let place = Place::Text { file, start: self.at, end: self.at + self.sign.len_utf8() };
        let code = if matches!(self.ascii, '"' | '\'') { Code::E013 } else { Code::E014 };
        let line = text.get(line.clone()).unwrap_or("").trim();
        let fixed = (line.chars().count() <= 100).then(|| half_width(line));
        Problem::new(code, &place).with("ascii", self.ascii).with("mark", self.sign).with_some("fixed", fixed)
    }
}

const fn ascii_of(sign: char) -> Option<char> {
    Some(match sign {
        '“' | '”' | '„' | '＂' | '「' | '」' | '『' | '』' => '"',
        '‘' | '’' | '＇' => '\'',
        '＝' => '=',
        '，' => ',',
        '：' => '=',
        '［' | '【' => '[',
        '］' | '】' => ']',
        '｛' => '{',
        '｝' => '}',
        '．' | '。' => '.',
        '＃' => '#',
        '％' => '%',
        '＿' => '_',
        '－' => '-',
        '　' => ' ',
        _ => return None,
    })
}

/// The first full-width sign of a line outside ASCII quotation marks and comments, or one that was to close such a mark.
fn full_width(text: &str, line: &Range<usize>) -> Option<Mark> {
    let body = text.get(line.clone())?;
    let mark = |at: usize, sign: char| ascii_of(sign).map(|ascii| Mark { at: line.start + at, sign, ascii });
    let (mut quote, mut escaped, mut closing) = (None, false, None);
    for (at, char) in body.char_indices() {
        match quote {
            Some(_) if escaped => escaped = false,
            Some('"') if char == '\\' => escaped = true,
            Some(open) if char == open => quote = None,
            Some(open) if ascii_of(char) == Some(open) => closing = mark(at, char),
            Some(_) => {}
            None if matches!(char, '"' | '\'') => (quote, closing) = (Some(char), None),
            None if char == '#' => return None,
            None if char != '　' && ascii_of(char).is_some() => return mark(at, char),
            None => {}
        }
    }
    // Still open at the end of the line: a full-width mark inside was meant to close it.
    quote.and(closing)
}

/// The line with every sign that tripped the reader replaced; text inside proper quotation marks stays.
fn half_width(line: &str) -> String {
    // The open quotation mark, and whether it was an ASCII one: then full-width marks inside belong to the text, as long as an ASCII one closes it.
    let mut quote: Option<(char, bool)> = None;
    let mut fixed = String::with_capacity(line.len());
    for (at, char) in line.char_indices() {
        let closes_later = |open: char| line.get(at + char.len_utf8()..).is_some_and(|rest| rest.contains(open));
        let meant = ascii_of(char).filter(|ascii| match quote {
            None => true,
            Some((open, true)) => open == *ascii && !closes_later(open),
            Some((open, false)) => open == *ascii,
        });
        let sign = meant.unwrap_or(char);
        match quote {
            Some((open, _)) if open == sign => quote = None,
            None if matches!(sign, '"' | '\'') => quote = Some((sign, meant.is_none())),
            _ => {}
        }
        fixed.push(sign);
    }
    fixed
}

/// The bracket of a list that was never closed, when what follows it stands at the beginning of a line and has a key.
fn open_bracket(text: &str, at: usize) -> Option<Range<usize>> {
    let line = line_around(text, at);
    let body = text.get(line.clone())?;
    if !text.get(line.start..at)?.trim().is_empty() || !(body.contains('=') || body.trim_start().starts_with('[')) {
        return None;
    }
    // A list over many lines is rare; only the nearest lines are looked at, so that hostile files stay cheap.
    let mut before = text.get(..line.start)?;
    for _ in 0..50 {
        let start = before.trim_end_matches('\n').rfind('\n').map_or(0, |n| n + 1);
        let earlier = before.get(start..)?;
        if earlier.trim_start().starts_with('[') {
            return None;
        }
        if let Some(open) = earlier.rfind("= [").map(|at| at + 2).filter(|open| !earlier[*open..].contains(']') && !earlier.contains('#')) {
            return Some(start + open..start + open + 1);
        }
        before = text.get(..start)?;
    }
    None
}

/// The Chinese key of a line: what stands before `=`, or between `[` `]`, and is neither ASCII nor quoted.
fn chinese_key(text: &str, line: &Range<usize>) -> Option<Range<usize>> {
    let body = text.get(line.clone())?;
    let keys_end = if body.trim_start().starts_with('[') { body.find(']') } else { body.find('=') }.unwrap_or(body.len());
    let mut from = 0;
    for part in body.get(..keys_end)?.split(['.', '[', ']', '{', ',']) {
        let key = part.trim();
        let at = line.start + from + (part.len() - part.trim_start().len());
        if !key.is_ascii() && !key.contains(['"', '\'', '#']) {
            return Some(at..at + key.len());
        }
        from += part.len() + 1;
    }
    None
}

/// An unquoted text up to the end of its value.
fn bare_text(text: &str, span: &Range<usize>, line: &Range<usize>) -> Range<usize> {
    let rest = text.get(span.start..line.end).unwrap_or("");
    let end = rest.find(['#', ',', '}', ']']).unwrap_or(rest.len());
    let bare = rest.get(..end).unwrap_or("").trim_end();
    span.start..(span.start + bare.len()).max(span.end.min(line.end))
}

/// The quotation mark of a line that is never closed.
fn unclosed_quote(text: &str, line: &Range<usize>) -> Option<Range<usize>> {
    let mut open: Option<(usize, char)> = None;
    let mut escaped = false;
    for (at, char) in text.get(line.clone())?.char_indices() {
        match open {
            Some(_) if escaped => escaped = false,
            Some((_, '"')) if char == '\\' => escaped = true,
            Some((_, quote)) if quote == char => open = None,
            Some(_) => {}
            None if char == '#' => break,
            None if matches!(char, '"' | '\'') => open = Some((at, char)),
            None => {}
        }
    }
    open.map(|(at, _)| line.start + at..line.start + at + 1)
}

/// Where the key of a duplicate stood first: an earlier line of the same table that begins alike, or the same `[head]`.
fn first_of(text: &str, span: &Range<usize>) -> Option<Range<usize>> {
    let line = line_around(text, span.start);
    let written = text.get(line.start..span.end)?.trim_start();
    let is_head = written.starts_with('[');
    let mut found = None;
    let mut from = 0;
    for earlier in text.get(..line.start)?.split_inclusive('\n') {
        let indent = earlier.len() - earlier.trim_start().len();
        let body = earlier.trim_start();
        if !is_head && body.starts_with('[') {
            found = None;
        }
        let next = body.strip_prefix(written).and_then(|rest| rest.trim_start().chars().next());
        if found.is_none() && matches!((is_head, next), (true, Some(']')) | (false, Some('=' | '.'))) {
            let key_start = from + indent + written.len() - (span.end - span.start).min(written.len());
            found = Some(key_start..from + indent + written.len());
        }
        from += earlier.len();
    }
    found
}

/// A span inside the text on character boundaries, never empty unless the text ends there.
fn whole(text: &str, span: Option<Range<usize>>) -> Range<usize> {
    let span = span.unwrap_or(0..0);
    let start = text.floor_char_boundary(span.start);
    start..text.ceil_char_boundary(span.end.max(start)).min(text.len())
}

fn line_around(text: &str, at: usize) -> Range<usize> {
    let start = text.get(..at).and_then(|s| s.rfind('\n')).map_or(0, |n| n + 1);
    let end = text.get(at..).and_then(|s| s.find('\n')).map_or(text.len(), |n| at + n);
    start..end
}

/// Whether a `{ … }` has line breaks or a last comma that TOML 1.0 does not know.
pub fn needs_toml_1_1(raw: &str) -> bool {
    let mut scan = Scan::new(raw);
    let (mut open, mut comma) = (Vec::new(), false);
    while let Some((_, char)) = scan.next_sign() {
        let in_braces = open.last() == Some(&'{');
        match char {
            '{' | '[' => open.push(char),
            '}' if comma => return true,
            '}' | ']' => drop(open.pop()),
            '\n' if in_braces => return true,
            _ => {}
        }
        comma = char == ',' || (comma && char.is_whitespace());
    }
    false
}

/// The first statement with so many key parts that the tree it makes would be too deep to walk (`a.a.a…`, also in
/// nested braces). The reader itself limits only each key and each bracket by itself.
pub fn too_many_dots(text: &str) -> Option<Range<usize>> {
    let mut scan = Scan::new(text);
    let (mut brackets, mut dots) = (0_usize, 0_usize);
    while let Some((at, char)) = scan.next_sign() {
        match char {
            '[' | '{' => brackets += 1,
            ']' | '}' => brackets = brackets.saturating_sub(1),
            '\n' if brackets == 0 => dots = 0,
            // Dots of numbers do not nest; those of keys stand outside lists of numbers or begin with a letter.
            ',' => dots = if brackets <= 1 { 0 } else { dots },
            '.' if !scan.in_number(at) => dots += 1,
            _ => {}
        }
        if dots > MOST_DOTS {
            return Some(at..at + 1);
        }
    }
    None
}

/// Walks over signs outside quotation marks and comments.
struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn next_sign(&mut self) -> Option<(usize, char)> {
        loop {
            let rest = self.text.get(self.at..)?;
            let char = rest.chars().next()?;
            let at = self.at;
            self.at += match char {
                '#' => rest.find('\n').unwrap_or(rest.len()),
                '"' | '\'' => quoted_len(rest, char),
                _ => {
                    self.at += char.len_utf8();
                    return Some((at, char));
                }
            };
        }
    }

    /// Whether the dot at a byte stands between two digits of a value: such a dot nests nothing.
    fn in_number(&self, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
        digit(at.checked_sub(1)) && digit(at.checked_add(1)) && !self.text[..at].ends_with('.') && self.after_equals(at)
    }

    fn after_equals(&self, at: usize) -> bool {
        let before = self.text.as_bytes().get(at.saturating_sub(40)..at).unwrap_or(&[]);
        before.iter().rev().find(|b| !b.is_ascii_digit() && !matches!(b, b'_' | b'-' | b'+' | b' ')).is_some_and(|b| matches!(b, b'=' | b',' | b'[' | b'\n' | b'\t'))
    }
}

/// Bytes of a quoted text with its marks; an unclosed one ends with its line.
fn quoted_len(rest: &str, quote: char) -> usize {
    let triple: String = [quote; 3].iter().collect();
    if let Some(body) = rest.strip_prefix(&triple) {
        return body.find(&triple).map_or(rest.len(), |end| end + 6);
    }
    let mut escaped = false;
    for (at, char) in rest.char_indices().skip(1) {
        match char {
            '\n' => return at,
            _ if escaped => escaped = false,
            '\\' if quote == '"' => escaped = true,
            _ if char == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::half_width;

    #[test]
    fn quotation_marks_that_belong_to_a_text_stay() {
        let line = "share = { value = “80%”, note = \"原文“大部分”，取80%\" }";
        assert_eq!(half_width(line), "share = { value = \"80%\", note = \"原文“大部分”，取80%\" }");
        assert_eq!(half_width("name = \"濛阳”"), "name = \"濛阳\"");
    }
}
