//! Formulas as text → trees. Operators by their usual rank; references as A1 or 'name'!$A$1.

use super::calculator::At;

/// A formula.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    Number(f64),
    Text(String),
    Cell(At),
    Range(At, At),
    Minus(Box<Formula>),
    Two(char, Box<Formula>, Box<Formula>),
    Call(String, Vec<Formula>),
}

struct Parser<'t> {
    rest: &'t str,
    sheet: usize,
    names: &'t [String],
}

/// Reads a formula that stands on a worksheet.
pub fn parse(text: &str, sheet: usize, names: &[String]) -> Result<Formula, String> {
    let mut parser = Parser { rest: text, sheet, names };
    let formula = parser.level(0)?;
    if parser.rest.is_empty() { Ok(formula) } else { Err(format!("{} is left over", parser.rest)) }
}

/// Operators by rank, the loosest first.
const LEVELS: [&[(&str, char)]; 4] = [&[(">=", '≥'), ("<=", '≤'), ("=", '='), (">", '>'), ("<", '<')], &[("+", '+'), ("-", '-')], &[("*", '*'), ("/", '/')], &[("^", '^')]];

impl Parser<'_> {
    fn eat(&mut self, sign: &str) -> bool {
        let found = self.rest.strip_prefix(sign);
        self.rest = found.unwrap_or(self.rest);
        found.is_some()
    }

    fn level(&mut self, level: usize) -> Result<Formula, String> {
        let Some(signs) = LEVELS.get(level) else { return self.unary() };
        let mut left = self.level(level + 1)?;
        while let Some((_, sign)) = signs.iter().find(|(text, _)| self.rest.starts_with(text)).copied() {
            let text = signs.iter().find(|(_, known)| *known == sign).map_or("", |(text, _)| text);
            self.eat(text);
            left = Formula::Two(sign, Box::new(left), Box::new(self.level(level + 1)?));
        }
        Ok(left)
    }

    fn unary(&mut self) -> Result<Formula, String> {
        if self.eat("-") { Ok(Formula::Minus(Box::new(self.unary()?))) } else { self.atom() }
    }

    fn atom(&mut self) -> Result<Formula, String> {
        let first = self.rest.chars().next().ok_or("the formula ends too soon")?;
        match first {
            '(' => {
                self.eat("(");
                let inner = self.level(0)?;
                if self.eat(")") { Ok(inner) } else { Err(format!("no ) before {}", self.rest)) }
            }
            '"' => {
                let end = self.rest[1..].find('"').ok_or("an open text")?;
                let text = self.rest[1..=end].to_owned();
                self.rest = &self.rest[end + 2..];
                Ok(Formula::Text(text))
            }
            '0'..='9' => self.number(),
            '\'' => {
                let end = self.rest[1..].find("'!").ok_or("an open name")?;
                let name = &self.rest[1..=end];
                let sheet = self.names.iter().position(|known| known == name).ok_or_else(|| format!("no worksheet {name}"))?;
                self.rest = &self.rest[end + 3..];
                self.reference(sheet)
            }
            _ => {
                let word: String = self.rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '$').collect();
                if self.rest[word.len()..].starts_with('(') { self.call(&word) } else { self.reference(self.sheet) }
            }
        }
    }

    fn call(&mut self, word: &str) -> Result<Formula, String> {
        self.rest = &self.rest[word.len() + 1..];
        let mut args = vec![self.level(0)?];
        while self.eat(",") {
            args.push(self.level(0)?);
        }
        if self.eat(")") { Ok(Formula::Call(word.to_owned(), args)) } else { Err(format!("no ) before {}", self.rest)) }
    }

    fn number(&mut self) -> Result<Formula, String> {
        let mut end = 0;
        let bytes = self.rest.as_bytes();
        while end < bytes.len()
            && (bytes[end].is_ascii_digit()
                || bytes[end] == b'.'
                || matches!(bytes[end], b'E' | b'e')
                || matches!(bytes[end], b'+' | b'-') && matches!(bytes[end - 1], b'E' | b'e'))
        {
            end += 1;
        }
        let number = self.rest[..end].parse().map_err(|_| format!("{} is no number", &self.rest[..end]))?;
        // A spreadsheet keeps 15 digits of a number in a formula.
        if self.rest[..end].chars().filter(char::is_ascii_digit).collect::<String>().trim_start_matches('0').trim_end_matches('0').len() > 15 {
            return Err(format!("{} has more than 15 digits", &self.rest[..end]));
        }
        self.rest = &self.rest[end..];
        Ok(Formula::Number(number))
    }

    fn reference(&mut self, sheet: usize) -> Result<Formula, String> {
        let from = self.cell(sheet)?;
        Ok(if self.eat(":") { Formula::Range(from, self.cell(sheet)?) } else { Formula::Cell(from) })
    }

    fn cell(&mut self, sheet: usize) -> Result<At, String> {
        self.eat("$");
        let letters: String = self.rest.chars().take_while(char::is_ascii_uppercase).collect();
        self.rest = &self.rest[letters.len()..];
        self.eat("$");
        let digits: String = self.rest.chars().take_while(char::is_ascii_digit).collect();
        self.rest = &self.rest[digits.len()..];
        let column = letters.bytes().fold(0, |n, letter| n * 26 + u32::from(letter - b'A') + 1);
        let row: u32 = digits.parse().map_err(|_| format!("no cell before {}", self.rest))?;
        if column == 0 { Err(format!("no column before {}", self.rest)) } else { Ok((sheet, row - 1, column - 1)) }
    }
}
