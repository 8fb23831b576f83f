//! Damages a scenario in thousands of ways, always the same ways.

mod words;

use std::fs;
use std::path::{Path, PathBuf};

use words::{BYTES, CELLS, LINES, ODD, VALUES};

/// The same numbers on every machine (splitmix64).
pub struct Dice(pub u64);

impl Dice {
    /// A number below a bound.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(bound.max(1)).unwrap()).unwrap()
    }

    /// One of a list.
    pub fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

/// One value of a line to an odd one of its kind, or one of its years to another.
fn gentle(line: &mut String, is_table: bool, dice: &mut Dice) {
    if is_table {
        let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        let numbers: Vec<usize> = (0..cells.len()).filter(|n| cells[*n].trim().parse::<f64>().is_ok()).collect();
        if !numbers.is_empty() {
            let old = cells[numbers[dice.below(numbers.len())]].clone();
            let new = dice.pick(&["0", "1", "0.000001", "99999999", "1000000000", "33333.333333", "100", "2012", "2016", "1950"]);
            // The same number stands in cost and town's part, and both must agree.
            let every = dice.below(2) == 0;
            let mut first = true;
            for cell in cells.iter_mut().filter(|cell| **cell == old) {
                if every || first {
                    new.clone_into(cell);
                }
                first = false;
            }
        }
        *line = cells.join(",");
        return;
    }
    let quoted: Vec<(usize, usize)> = line.match_indices('"').map(|(at, _)| at).collect::<Vec<_>>().chunks(2).filter_map(|c| Some((*c.first()?, *c.get(1)?))).collect();
    if !quoted.is_empty() && dice.below(5) > 0 {
        let (open, close) = quoted[dice.below(quoted.len())];
        let old = line[open + 1..close].to_owned();
        if let Some((_, odd)) = ODD.iter().find(|(end, _)| old.ends_with(end)) {
            line.replace_range(open + 1..close, dice.pick(odd));
        }
        return;
    }
    let years: Vec<usize> = line.match_indices("20").map(|(at, _)| at).filter(|at| line.get(at + 2..at + 4).is_some_and(|r| r.bytes().all(|b| b.is_ascii_digit()))).collect();
    if !years.is_empty() {
        let at = years[dice.below(years.len())];
        line.replace_range(at..at + 4, dice.pick(&["1950", "2011", "2012", "2013", "2014", "2016", "2018", "2150"]));
    }
}

/// One damage to the text of a file.
fn damage(text: &mut Vec<u8>, is_table: bool, dice: &mut Dice) {
    if dice.below(10) < 6 {
        let mut lines = lines(text);
        let telling: Vec<usize> = (0..lines.len()).filter(|n| is_table || lines[*n].contains('=')).collect();
        for _ in 0..8 {
            let at = telling.get(dice.below(telling.len())).copied().unwrap_or(0);
            let before = lines[at].clone();
            gentle(&mut lines[at], is_table, dice);
            if lines[at] != before {
                break;
            }
        }
        *text = lines.join("\n").into_bytes();
    } else if dice.below(8) == 0 {
        rough(text, dice);
    } else {
        let mut lines = lines(text);
        odd(&mut lines, is_table, dice);
        *text = lines.join("\n").into_bytes();
    }
}

fn lines(text: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(text).split('\n').map(str::to_owned).collect()
}

/// Some bytes are lost, put in or changed.
fn rough(text: &mut Vec<u8>, dice: &mut Dice) {
    let at = dice.below(text.len() + 1);
    match dice.below(4) {
        0 => text.truncate(at),
        1 => drop(text.splice(at..at, BYTES[dice.below(BYTES.len())].iter().copied())),
        2 => drop(text.splice(at..(at + dice.below(4)).min(text.len()), [])),
        _ => {
            if let Some(byte) = text.get_mut(at) {
                *byte ^= 1 << dice.below(8);
            }
        }
    }
}

/// A line goes, comes twice, moves, or holds what it should not.
fn odd(lines: &mut Vec<String>, is_table: bool, dice: &mut Dice) {
    let at = dice.below(lines.len());
    match dice.below(if is_table { 6 } else { 9 }) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, lines[at].clone()),
        2 => {
            let other = dice.below(lines.len());
            lines.swap(at, other);
        }
        _ if is_table => {
            let mut cells: Vec<String> = lines[at].split(',').map(str::to_owned).collect();
            let (cell, other) = (dice.below(cells.len()), dice.below(cells.len()));
            match dice.below(5) {
                0 => cells.swap(cell, other),
                1 => drop(cells.remove(cell)),
                _ => cells[cell] = dice.pick(CELLS).to_owned(),
            }
            lines[at] = cells.join(",");
        }
        3 => lines.insert(at, dice.pick(LINES).to_owned()),
        4 => {
            // A number of the line to an extreme.
            let digits: Vec<usize> = lines[at].char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(n, _)| n).collect();
            if !digits.is_empty() {
                let digit = digits[dice.below(digits.len())];
                lines[at].replace_range(digit..=digit, dice.pick(&["", "0", "9", "99999", "999999999999", "-1", ".", "1e9", "%"]));
            }
        }
        _ => {
            if let Some((key, _)) = lines[at].split_once('=') {
                lines[at] = format!("{key}= {}", dice.pick(VALUES));
            } else {
                lines[at] = lines[at].replace(['[', ']'], dice.pick(&["", "[", "[[", ".", "\""]));
            }
        }
    }
}

/// A whole scenario in memory.
#[derive(Clone)]
pub struct Text {
    /// Its files by their names.
    pub files: Vec<(String, Vec<u8>)>,
    /// The variant asked for.
    pub variant: Option<String>,
    /// What `--set` says.
    pub set: Vec<String>,
}

impl Text {
    /// The files of a folder; `short` ends years early and puts the rules beside it.
    pub fn of_folder(folder: &Path, short: bool) -> Self {
        let mut files = Vec::new();
        let mut todo = vec![PathBuf::new()];
        while let Some(inner) = todo.pop() {
            let mut names: Vec<_> = fs::read_dir(folder.join(&inner)).unwrap().flatten().map(|e| inner.join(e.file_name())).collect();
            names.sort();
            for name in names {
                match folder.join(&name) {
                    path if path.is_dir() => todo.push(name),
                    path if !name.to_string_lossy().starts_with("expected.") => files.push((name.to_string_lossy().into_owned(), fs::read(path).unwrap())),
                    _ => {}
                }
            }
        }
        for (name, bytes) in &mut files {
            if short && name == "scenario.toml" {
                let text = String::from_utf8(std::mem::take(bytes)).unwrap();
                // The rules stand beside it so that they can be damaged too.
                *bytes = text
                    .replace("last_year  = 2030", "last_year  = 2018")
                    .replace("[\"china\", \"sichuan\", \"chengdu\"]", "[\"./china.toml\", \"./sichuan.toml\", \"./chengdu.toml\"]")
                    .into_bytes();
            }
        }
        if short {
            for rules in ["china", "sichuan", "chengdu"] {
                files.push((format!("{rules}.toml"), fs::read(format!("scenarios/rules/{rules}.toml")).unwrap()));
            }
        }
        Self { files, variant: None, set: Vec::new() }
    }

    /// Writes it into a folder.
    pub fn write(&self, folder: &Path) {
        for (name, bytes) in &self.files {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }

    /// With up to three damages, and sometimes a `--set`.
    pub fn damaged(&self, dice: &mut Dice) -> Self {
        let mut text = self.clone();
        let variants: Vec<String> = text.files.iter().filter_map(|(name, _)| name.strip_prefix("variants/")?.strip_suffix(".toml").map(str::to_owned)).collect();
        if !variants.is_empty() && dice.below(2) == 0 {
            text.variant = Some(variants[dice.below(variants.len())].clone());
        }
        for _ in 0..=dice.below(3) {
            let asked = text.variant.as_ref().map(|v| format!("variants/{v}.toml"));
            let open: Vec<usize> = (0..text.files.len()).filter(|n| !text.files[*n].0.starts_with("variants/") || Some(&text.files[*n].0) == asked.as_ref()).collect();
            let n = open[dice.below(open.len())];
            let (name, bytes) = &mut text.files[n];
            damage(bytes, name.ends_with(".csv"), dice);
        }
        if dice.below(6) == 0 {
            let path = dice.pick(&[
                "agreement.ordinary.tax.share",
                "agreement.ordinary.tax.excess_share@2014",
                "source.vat.grows_by",
                "source.land.use.commercial.price@2013",
                "scenario.last_year",
                "projects.mode",
                "source.fee.build_out",
            ]);
            text.set.push(format!("{path}={}", dice.pick(VALUES)));
        }
        text
    }
}
