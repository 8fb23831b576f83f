//! Line breaking by measured width, for Chinese and English, and cleaning of
//! text that comes from users.

use super::fonts::{Weight, width};

/// Font size and weight of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Face {
    /// Pixels per em.
    pub size: f64,
    /// Regular or bold.
    pub weight: Weight,
}

impl Face {
    /// A face in regular weight.
    pub const fn regular(size: f64) -> Self {
        Face { size, weight: Weight::Regular }
    }

    /// A face in bold weight.
    pub const fn bold(size: f64) -> Self {
        Face { size, weight: Weight::Bold }
    }

    /// Width of a line of text in this face.
    pub fn width(self, text: &str) -> f64 {
        width(text, self.size, self.weight)
    }

    /// The widest of some lines.
    pub fn widest(self, lines: &[String]) -> f64 {
        lines.iter().map(|line| self.width(line)).fold(0.0, f64::max)
    }
}

/// What may be drawn: line ends and tabs become blanks; controls, characters
/// that XML forbids, invisible and direction-changing ones go; blanks at both
/// ends go and runs of blanks become one, as SVG would show them.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for symbol in text.chars() {
        if symbol.is_whitespace() && symbol != '\u{3000}' {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !invisible(symbol) {
            out.push(symbol);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn invisible(symbol: char) -> bool {
    symbol.is_control()
        || matches!(symbol,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e0fff}')
}

/// Text made safe for an XML element.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Marks that must not begin a line.
const NOT_FIRST: &str = "，。；：、！？）》」』】〉”’％%…—·,.;:!?)]}元年月万亿级";
/// Marks that must not end a line.
const NOT_LAST: &str = "（《「『【〈“‘([{＋+−-";

fn wide(symbol: char) -> bool {
    matches!(symbol, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}' | '“' | '”' | '‘' | '’' | '…' | '—')
}

/// May a line end between these two characters?
fn breakable(before: char, after: char) -> bool {
    if NOT_FIRST.contains(after) || NOT_LAST.contains(before) || after == ' ' {
        return false;
    }
    if before == ' ' {
        return true;
    }
    wide(before) || wide(after)
}

/// Cuts a text into the smallest pieces a line may end after.
fn pieces(text: &str) -> Vec<&str> {
    let mut cuts = Vec::new();
    let mut start = 0;
    let mut last = ['\0'; 2];
    for (at, symbol) in text.char_indices() {
        // A blank between a number and its unit holds both together.
        let unit = last[1] == ' ' && last[0].is_ascii_digit() && wide(symbol);
        let number = last[1] == ' ' && wide(last[0]) && symbol.is_ascii_digit();
        if at > start && !unit && !number && breakable(last[1], symbol) {
            cuts.push(&text[start..at]);
            start = at;
        }
        last = [last[1], symbol];
    }
    if start < text.len() {
        cuts.push(&text[start..]);
    }
    cuts
}

/// Breaks a text into lines no wider than `room`. A single word that is wider
/// than that is cut between characters.
pub(super) fn wrap(text: &str, face: Face, room: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        let longer = format!("{line}{piece}");
        if face.width(longer.trim_end()) <= room {
            line = longer;
            continue;
        }
        push_line(&mut lines, &line);
        line.clear();
        for symbol in piece.chars() {
            line.push(symbol);
            if face.width(line.trim_end()) > room && line.chars().count() > 1 {
                line.pop();
                push_line(&mut lines, &line);
                line = symbol.to_string();
            }
        }
    }
    push_line(&mut lines, &line);
    lines
}

/// Like [`wrap`], but in lines of about the same width; two lines break at a
/// pause in the sentence if there is one.
pub(super) fn balanced(text: &str, face: Face, room: f64) -> Vec<String> {
    let lines = wrap(text, face, room);
    if lines.len() == 2
        && let Some(lines) = halves(text, face, room)
    {
        return lines.to_vec();
    }
    let (mut low, mut high) = (room / 2.0, room);
    while lines.len() > 1 && high - low > 4.0 {
        let middle = (low + high) / 2.0;
        if wrap(text, face, middle).len() > lines.len() { low = middle } else { high = middle }
    }
    wrap(text, face, high)
}

fn push_line(lines: &mut Vec<String>, line: &str) {
    let line = line.trim();
    if !line.is_empty() {
        lines.push(line.to_owned());
    }
}

/// Two lines of about the same width, better after a punctuation mark; none
/// when the text cannot be broken so that both fit.
pub(super) fn halves(text: &str, face: Face, room: f64) -> Option<[String; 2]> {
    let parts = pieces(text);
    let mut best: Option<(f64, [String; 2])> = None;
    for cut in 1..parts.len() {
        let lines = [parts[..cut].concat(), parts[cut..].concat()].map(|line| line.trim().to_owned());
        let widths = [face.width(&lines[0]), face.width(&lines[1])];
        if widths[0] > room || widths[1] > room {
            continue;
        }
        let pause = lines[0].ends_with(['，', '；', '：', '。', ',', ';', ':']) || lines[1].starts_with(['（', '(']);
        let cost = (widths[0] - widths[1]).abs() - if pause { 0.6 * room } else { 0.0 };
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, lines));
        }
    }
    best.map(|(_, lines)| lines)
}

/// The text cut so that it fits with an ellipsis at its end.
pub(super) fn ellipsis(text: &str, face: Face, room: f64) -> String {
    if face.width(text) <= room {
        return text.to_owned();
    }
    let mut cut = text.to_owned();
    while !cut.is_empty() && face.width(&format!("{cut}…")) > room {
        cut.pop();
    }
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_with_their_units() {
        let lines = wrap("普通镇体制缺 4.8 亿元，试点少缺 2.5 亿元", Face::regular(20.0), 150.0);
        assert!(lines.len() > 1);
        for line in &lines {
            assert!(!line.starts_with(['亿', '元', '，']), "{lines:?}");
            assert!(Face::regular(20.0).width(line) <= 150.0);
        }
    }

    #[test]
    fn unsafe_characters_go() {
        assert_eq!(clean(" a\u{0}\u{8}b\n\tc\u{202e}\u{ffff} "), "ab c");
    }
}
