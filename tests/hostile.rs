//! Nothing a user hands in makes the program panic or hang: scenarios are damaged in thousands of ways, always the same
//! ways, and run as far as they go. What is wrong must come out as problems, or as `engine::Broken`.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use fencheng::base::lang::Lang;
use fencheng::diag::render;
use fencheng::load::{Request, load};
use fencheng::{check, compile, engine};

/// How far a run came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Refused,
    NotCompiled,
    Broken,
    Computed,
}

/// Everything from files to figures. The horizon is kept short so that thousands of runs fit into seconds.
fn run(folder: &Path, variant: Option<&str>, set: &[String]) -> End {
    let loaded = load(&Request { scenario: folder.to_owned(), variants: fencheng::load::stack(variant), set: set.to_vec() });
    let (scenario, problems) = check::check("id", &loaded);
    for lang in [Lang::Zh, Lang::En] {
        assert!(problems.is_empty() || !render::render(&problems, &loaded.files, lang, false).is_empty());
    }
    let Some(scenario) = scenario else {
        assert!(problems.has_errors(), "refused without a word");
        return End::Refused;
    };
    match compile::compile(&scenario) {
        Err(problems) => {
            assert!(problems.has_errors());
            assert!(!render::render(&problems, &loaded.files, Lang::Zh, false).is_empty());
            End::NotCompiled
        }
        Ok(compiled) => match engine::project(&compiled.plan) {
            Err(engine::Broken::Books { what, year, place, difference }) => panic!("the books do not close: {what} {year} {place} {difference}"),
            Err(engine::Broken::Amount { .. } | engine::Broken::Pool { .. }) => End::Broken,
            Ok(_) => End::Computed,
        },
    }
}

/// The same numbers on every machine (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(bound.max(1)).unwrap()).unwrap()
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

const VALUES: &[&str] = &[
    "0",
    "1",
    "-1",
    "50",
    "1e400",
    "inf",
    "-inf",
    "nan",
    "0xFF",
    "0o7",
    "999999999999999999",
    "99999999999999999999999",
    "0.000001",
    "0.0000001",
    "true",
    "false",
    "\"\"",
    "\"x\"",
    "[]",
    "{}",
    "[[]]",
    "[1, \"a\"]",
    "{ value = 1 }",
    "{ value = { value = 1 } }",
    "{ 2012 = 1 }",
    "{ 2150 = \"1%\" }",
    "{ 1950 = \"1%\", grows_by = \"900%\" }",
    "{ year = 2012 }",
    "{ year = 1950 }",
    "{ mean_of = 10 }",
    "{ mean_of = 1, rolling = true }",
    "{ column = \"国内增值税\" }",
    "{ column = \"人口\" }",
    "{ column = \"无\" }",
    "2012",
    "2016-04-30",
    "1950",
    "2150",
    "9999",
    "07:30:00",
    "\"0%\"",
    "\"100%\"",
    "\"101%\"",
    "\"-5%\"",
    "\"999%\"",
    "\"1000%\"",
    "\"-99.9999%\"",
    "\"0.0001%\"",
    "\"60%\"",
    "\"六成\"",
    "\"999,999,999万元\"",
    "\"99999999999999亿元\"",
    "\"10万亿元\"",
    "\"100000亿元\"",
    "\"100000亿元/亩\"",
    "\"1000000000元/平方米\"",
    "\"9999999999亩\"",
    "\"0亩\"",
    "\"-1万元\"",
    "\"0.01元\"",
    "\"all\"",
    "\"cohort\"",
    "\"tax\"",
    "[\"tax\"]",
    "[\"vat\"]",
    "[\"vat\", \"vat\"]",
    "\"kept.tax\"",
    "\"over.tax\"",
    "\"kept.land\"",
    "\"over.\"",
    "\"gross\"",
    "\"remainder\"",
    "\"cash\"",
    "\"town\"",
    "\"county\"",
    "\"fund\"",
    "\"general\"",
    "\"land\"",
    "\"fee\"",
    "\"driven\"",
    "\"derived\"",
    "\"series\"",
    "\"ratio\"",
    "\"full\"",
    "\"none\"",
    "\"tiers\"",
    "\"contract\"",
    "\"unified\"",
    "\"quota\"",
    "\"quota_up\"",
    "\"levy\"",
    "\"base_and_increment\"",
    "\"own_revenue\"",
    "\"constrained\"",
    "\"../x.csv\"",
    "\"/etc/passwd\"",
    "\"a\\u0000b\"",
    "\"a\\nb\"",
    "'''\nx'''",
    "[\"100%\"]",
    "[\"50%\", \"30%\", \"20%\"]",
    "[\"0%\", \"0%\", \"100%\"]",
    "{ \"人口\" = \">= 0\" }",
    "{ \"镇\" = \">x\" }",
];

const CELLS: &[&str] = &[
    "",
    "0",
    "-1",
    "1e9",
    "nan",
    "99999999999999999999",
    "100000000000",
    "0.000001",
    "1,000",
    "\"1,000\"",
    "２６００",
    "濛阳镇",
    "../x",
    "60%",
    "101%",
    "50%/50%",
    "0%/0%/100%",
    "100%",
    "1950",
    "2150",
    "2012",
    "100",
    "\"a\nb\"",
    "基金",
    "一般预算",
    "基金、一般预算",
    "万元",
    "99999999999999亿元",
    "-",
];

const LINES: &[&str] = &[
    "grows_by = \"900%\"",
    "grows_with = \"own_revenue\"",
    "advance = \"90%\"",
    "opening_receivable = \"1亿元\"",
    "floor = \"100000亿元\"",
    "cap = 0",
    "guarantee = { last_year = true, opening = 1, payer = \"county\" }",
    "setasides = \"town\"",
    "until = 2013",
    "term = 1",
    "term = 100",
    "successor = \"ordinary\"",
    "from = 1950",
    "from = \"cohort\"",
    "towns = []",
    "share_of = \"gross\"",
    "shortfall = \"town\"",
    "shortfall = \"county\"",
    "never_below_base = true",
    "interpolate = true",
    "elasticity = 3",
    "elasticity = 999999",
    "own_growth = \"900%\"",
    "own_growth = { 2012 = \"900%\", grows_by = \"900%\" }",
    "refunds = \"100000亿元\"",
    "until = 2014-07-15",
    "becomes = \"vat\"",
    "becomes_at = \"0%\"",
    "of = \"gross\"",
    "grade = \"E\"",
    "strict = true",
    "mode = \"constrained\"",
    "[[x]]",
    "[agreement.ordinary]",
    "[source.vat]",
    "[group]",
    "tax = [\"tax\"]",
    "[upper.city]",
    "other = \"100%\"",
    "x = 1",
    "\u{feff}",
    "\"\" = 1",
    "history = { 2011 = -1 }",
    "base = { mean_of = 3 }",
    "base = { year = 2014 }",
    "whole_amount = true",
    "first_year = 1950",
    "last_year = 2016",
    "base_year = 1950",
    "exempt = \"100%\"",
    "plot_ratio = 0",
    "plot_ratio = 999999",
    "bank = \"0亩\"",
    "quota = \"0亩\"",
];

const BYTES: &[&[u8]] = &[b"\0", b"\xff", b"\"", b"'", b"[", b"{", b"=", b"\n", b"\r", b",", b"#", b"\xef\xbb\xbf", b"\xe6\xb5", b"\xe2\x80\xae", b"\x1b[31m", b".", b"-", b"%"];

/// Values of the right kind that nobody means, by what the old one ended with: they pass the check and reach the engine.
const ODD: &[(&str, &[&str])] = &[
    ("%", &["0%", "100%", "0.0001%", "33.3333%", "99.9999%", "900%", "-99%", "1000%", "50%"]),
    ("/亩", &["0元/亩", "0.01元/亩", "100000亿元/亩", "33.33万元/亩", "5亿元/亩"]),
    ("/平方米", &["0元/平方米", "0.01元/平方米", "10000000000000元/平方米", "33.33元/平方米"]),
    ("亩", &["0亩", "0.01亩", "9999999999亩", "333.33亩", "100万亩"]),
    ("元", &["0万元", "0.01元", "100000亿元", "99999.9999亿元", "3333.333333万元", "1元", "5亿元", "-0.01元"]),
];

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
        let whole = String::from_utf8_lossy(text).into_owned();
        let mut lines: Vec<String> = whole.split('\n').map(str::to_owned).collect();
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
        return;
    }
    if dice.below(8) == 0 {
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
        return;
    }
    let whole = String::from_utf8_lossy(text).into_owned();
    let mut lines: Vec<String> = whole.split('\n').map(str::to_owned).collect();
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
    *text = lines.join("\n").into_bytes();
}

/// A whole scenario in memory.
#[derive(Clone)]
struct Text {
    files: Vec<(String, Vec<u8>)>,
    variant: Option<String>,
    set: Vec<String>,
}

impl Text {
    fn of_folder(folder: &Path, short: bool) -> Self {
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

    fn write(&self, folder: &Path) {
        for (name, bytes) in &self.files {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }

    fn damaged(&self, dice: &mut Dice) -> Self {
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

/// Damages a scenario so many times, on all processors; gives how often each end was reached.
fn attack(name: &str, text: &Text, seed: u64, times: usize) -> [usize; 4] {
    let found = Mutex::new((Vec::new(), [0_usize; 4]));
    let threads = std::thread::available_parallelism().map_or(4, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let found = &found;
            scope.spawn(move || {
                let folder = tempfile::tempdir().unwrap();
                for n in (thread..times).step_by(threads) {
                    let damaged = text.damaged(&mut Dice(seed ^ (n as u64).wrapping_mul(0x1_0000_0001)));
                    damaged.write(folder.path());
                    let start = Instant::now();
                    let end = catch_unwind(AssertUnwindSafe(|| run(folder.path(), damaged.variant.as_deref(), &damaged.set)));
                    let slow = start.elapsed() > Duration::from_secs(10);
                    let mut found = found.lock().unwrap();
                    match end {
                        Ok(end) if !slow => found.1[end as usize] += 1,
                        end => {
                            let keep = std::env::temp_dir().join(format!("fencheng-hostile-{name}-{n}"));
                            damaged.write(&keep);
                            found.0.push(format!(
                                "{} variant {:?} set {:?}: {:?}, {:?}",
                                keep.display(),
                                damaged.variant,
                                damaged.set,
                                end.map_err(|e| e.downcast::<String>().ok()),
                                start.elapsed()
                            ));
                        }
                    }
                }
            });
        }
    });
    let (wrong, ends) = found.into_inner().unwrap();
    assert!(wrong.is_empty(), "{} of {times} damaged scenarios panic or hang:\n{}", wrong.len(), wrong.join("\n"));
    ends
}

/// `HOSTILE_TIMES=20 HOSTILE_SEED=7` hunts longer and elsewhere.
fn times(many: usize) -> usize {
    asked("HOSTILE_TIMES").unwrap_or(1) * many
}

fn asked(name: &str) -> Option<usize> {
    std::env::var(name).ok()?.parse().ok()
}

fn seed() -> u64 {
    u64::try_from(asked("HOSTILE_SEED").unwrap_or(1)).unwrap().wrapping_mul(0x5851_f42d_4c95_7f2d)
}

#[test]
fn a_damaged_real_scenario_is_survived() {
    let text = Text::of_folder(Path::new("scenarios/mengyang"), true);
    let ends = attack("mengyang", &text, seed(), times(600));
    eprintln!("refused, not compiled, broken, computed: {ends:?}");
    // Damage that is always refused would test nothing behind the check.
    assert!(ends[End::Computed as usize] * 10 > ends.iter().sum::<usize>(), "{ends:?}");
}

#[test]
fn damaged_small_scenarios_are_survived() {
    let mut folders: Vec<PathBuf> = fs::read_dir("tests/errors").unwrap().flatten().map(|e| e.path()).filter(|p| p.join("scenario.toml").is_file()).collect();
    folders.sort();
    let mut all = [0_usize; 4];
    for (n, folder) in folders.iter().enumerate() {
        let text = Text::of_folder(folder, false);
        let ends = attack(folder.file_name().unwrap().to_str().unwrap(), &text, seed() ^ n as u64, times(14));
        all.iter_mut().zip(ends).for_each(|(all, n)| *all += n);
    }
    eprintln!("refused, not compiled, broken, computed: {all:?}");
}
