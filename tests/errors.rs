//! The catalogue of errors as examples: each folder of `tests/errors` is a scenario somebody got wrong, with the exact
//! message in both languages. `UPDATE_ERRORS=1 cargo test --test errors` writes what is said now; read the difference.
//!
//! A folder holds `scenario.toml` with its tables, `expected.zh.txt`, `expected.en.txt`, and perhaps `request.txt`:
//!
//! ```text
//! variant = pilot            the variant to lay over it
//! set = towns.file=x.csv     an argument of --set; may stand several times
//! scenario = nowhere         what is asked for instead of the folder itself, below it
//! large = big.csv 5 甲,1     a file made for the run: so many thousand times this line (\n, %n the number of the line)
//! ```

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use fencheng::base::lang::Lang;
use fencheng::base::place::Place;
use fencheng::diag::{Code, Problems, render};
use fencheng::load::{Request, load};
use fencheng::{check, compile};

const FOLDER: &str = "tests/errors";

/// Codes that no scenario on disk can show, and why.
const NOT_FROM_INPUT: &[(&str, &str)] = &[
    ("E601", "said by the command line of what the engine found: engine::Broken::Amount"),
    ("E602", "a bug of the program: engine::Broken::Books"),
    ("E603", "said by the command line before it asks for the memory"),
    ("E604", "said by the command line of what the engine found: engine::Broken::Pool"),
    ("E701", "arguments of the command line"),
    ("E702", "outputs of the command line"),
    ("E703", "outputs of the command line"),
    ("E704", "outputs of the command line"),
    ("E705", "arguments of the command line"),
    ("E791", "arguments of the command line: tests/pictures.rs"),
    ("E792", "arguments of the command line: tests/pictures.rs"),
    ("E711", "observed outturns: tests/backtest.rs"),
    ("E712", "observed outturns: tests/backtest.rs"),
    ("E713", "observed outturns: tests/backtest.rs"),
    ("E714", "observed outturns: tests/backtest.rs"),
    ("E715", "observed outturns: tests/backtest.rs"),
    ("E716", "observed outturns: tests/backtest.rs"),
    ("E718", "observed outturns: tests/backtest.rs"),
    ("E719", "observed outturns: tests/backtest.rs"),
    ("E720", "observed outturns: tests/backtest.rs"),
    ("E731", "studies: tests/sweep.rs"),
    ("E732", "studies: tests/sweep.rs"),
    ("E733", "studies: tests/sweep.rs"),
    ("E734", "studies: tests/sweep.rs"),
    ("E735", "studies: tests/search.rs"),
    ("E736", "studies: tests/search.rs"),
    ("E737", "studies: tests/studycharts.rs"),
    ("E738", "studies: tests/studycharts.rs"),
    ("E721", "observed outturns: tests/compare.rs"),
    ("E761", "arguments of the command line: tests/workbook.rs"),
    ("E762", "limits of the file format, said when the workbook is written"),
    ("E811", "results written before: tests/report.rs"),
    ("E812", "results written before: tests/report.rs"),
    ("E813", "outputs of the command line: tests/report.rs"),
    ("E814", "results of another version: tests/report.rs"),
    ("E815", "a feature of the build: tests/report.rs"),
    ("E751", "results written before: tests/replicate.rs"),
    ("E752", "results written before: tests/replicate.rs"),
    ("E753", "results written before: tests/replicate.rs"),
    ("W741", "results written before: tests/replicate.rs"),
    ("E745", "studies: tests/replicate.rs"),
    ("E754", "results written before: tests/studycharts.rs"),
    ("E755", "draws of studies: tests/study.rs"),
    ("E741", "questions put to explain: tests/explain.rs"),
    ("E742", "questions put to explain: tests/explain.rs"),
    ("E743", "questions put to explain: tests/explain.rs"),
    ("E744", "questions put to explain: tests/explain.rs"),
    ("E746", "questions put to explain: tests/explain.rs"),
    ("E747", "questions put to explain: tests/explain.rs"),
    ("E748", "questions put to explain: tests/explain.rs"),
    ("E777", "tables of collections: tests/excel.rs"),
    ("E778", "tables of collections: tests/excel.rs"),
    ("E779", "tables of collections: tests/excel.rs"),
    ("E780", "tables of collections: tests/excel.rs"),
    ("E781", "tables of collections: tests/excel.rs"),
    ("W773", "tables of collections: tests/excel.rs"),
    ("W774", "tables of collections: tests/excel.rs"),
    ("W775", "tables of collections: tests/excel.rs"),
    ("W776", "tables of collections: tests/excel.rs"),
    ("W777", "tables of collections: tests/excel.rs"),
    ("W778", "tables of collections: tests/excel.rs"),
    ("E782", "the form and fencheng new: tests/excel.rs"),
    ("E783", "the form and fencheng new: tests/excel.rs"),
    ("E784", "the form and fencheng new: tests/excel.rs"),
    ("E785", "the form and fencheng new: tests/excel.rs"),
    ("E786", "the form and fencheng new: tests/excel.rs"),
    ("E787", "the form and fencheng new: tests/excel.rs"),
    ("E788", "the form and fencheng new: tests/excel.rs"),
    ("E789", "the form and fencheng new: tests/excel.rs"),
    ("W711", "observed outturns: tests/backtest.rs"),
    ("W712", "observed outturns: tests/backtest.rs"),
    ("W713", "observed outturns: tests/backtest.rs"),
    ("W714", "observed outturns: tests/compare.rs"),
    ("W715", "observed outturns: tests/compare.rs"),
];

/// One folder and what is asked of it.
struct Case {
    name: String,
    folder: PathBuf,
    request: Request,
    /// Keeps a copy with large files until the case is over.
    copy: Option<tempfile::TempDir>,
}

impl Case {
    fn open(folder: &Path) -> Self {
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let said = fs::read_to_string(folder.join("request.txt")).unwrap_or_default();
        let mut request = Request { scenario: folder.to_owned(), ..Request::default() };
        let mut case = Self { name, folder: folder.to_owned(), request: Request::default(), copy: None };
        for line in said.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
            let (key, value) = line.split_once('=').unwrap_or_else(|| panic!("{}: {line}", case.name));
            let value = value.trim();
            match key.trim() {
                "variant" => request.variants = fencheng::load::stack(Some(value)),
                "set" => request.set.push(value.to_owned()),
                "scenario" => request.scenario = request.scenario.join(value),
                "large" => {
                    let copy = case.copy.get_or_insert_with(|| copied(folder));
                    request.scenario = copy.path().to_owned();
                    large(copy.path(), value);
                }
                other => panic!("{}: {other}", case.name),
            }
        }
        case.request = request;
        case
    }

    /// Everything that is wrong, and the text of it, free of where this machine keeps things.
    fn shown(&self, lang: Lang) -> (Problems, String) {
        let loaded = load(&self.request);
        let (scenario, mut problems) = check::check("id", &loaded);
        if let Some(Err(more)) = scenario.as_ref().map(compile::compile) {
            problems.append(more);
        }
        for problem in problems.iter() {
            if let Place::Text { file, start, end } = problem.place {
                assert!(loaded.files.get(file).unwrap().text.get(start..end).is_some(), "{}: {problem:?}", self.name);
            }
        }
        let mut text = render::render(&problems, &loaded.files, lang, false);
        let here = std::env::current_dir().unwrap();
        if let Some(copy) = &self.copy {
            text = text.replace(copy.path().to_str().unwrap(), &format!("{FOLDER}/{}", self.name));
        }
        (problems, text.replace(here.to_str().unwrap(), "/home/clerk"))
    }

    /// The code in the folder's name; `MANY-…` stands for no single one.
    fn code(&self) -> Option<Code> {
        Code::parse(self.name.split('-').next().unwrap_or(""))
    }
}

fn copied(folder: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(folder).unwrap().flatten().filter(|e| e.path().is_file()) {
        fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
    }
    copy
}

fn large(folder: &Path, said: &str) {
    let mut words = said.splitn(3, ' ');
    let (file, thousands, line) = (words.next().unwrap(), words.next().unwrap().parse::<usize>().unwrap(), words.next().unwrap().replace("\\n", "\n"));
    let mut text = fs::read_to_string(folder.join(file)).unwrap_or_default();
    for n in 0..thousands * 1000 {
        text += &line.replace("%n", &n.to_string());
        text.push('\n');
    }
    fs::write(folder.join(file), text).unwrap();
}

fn cases() -> Vec<Case> {
    let mut folders: Vec<PathBuf> = fs::read_dir(FOLDER).unwrap().flatten().map(|e| e.path()).filter(|p| p.is_dir()).collect();
    folders.sort();
    folders.iter().map(|folder| Case::open(folder)).collect()
}

#[test]
fn every_message_is_what_was_agreed() {
    let update = std::env::var_os("UPDATE_ERRORS").is_some();
    let mut wrong = Vec::new();
    for case in cases() {
        for (lang, ending) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
            let (problems, text) = case.shown(lang);
            if case.code().is_some_and(|code| !problems.iter().any(|p| p.code == code)) {
                wrong.push(format!("== {} does not show its code\n{text}", case.name));
            }
            let file = case.folder.join(format!("expected.{ending}.txt"));
            if update {
                fs::write(&file, &text).unwrap();
                continue;
            }
            let expected = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
            if expected != text {
                wrong.push(format!("== {} ({ending})\n{}", case.name, difference(&expected, &text)));
            }
        }
    }
    assert!(wrong.is_empty(), "{} messages changed; UPDATE_ERRORS=1 rewrites them\n{}", wrong.len(), wrong.join("\n"));
}

/// Lines that are gone and lines that are new.
fn difference(expected: &str, found: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (expected.lines().collect(), found.lines().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail = old[same..].iter().rev().zip(new[same..].iter().rev()).take_while(|(a, b)| a == b).count();
    let gone = old[same..old.len() - tail].iter().map(|line| format!("- {line}\n"));
    let come = new[same..new.len() - tail].iter().map(|line| format!("+ {line}\n"));
    format!("  after line {same}\n{}", gone.chain(come).collect::<String>())
}

#[test]
fn every_code_has_an_example() {
    let shown: BTreeSet<&str> = cases().iter().filter_map(Case::code).map(Code::name).collect();
    let exempt: BTreeSet<&str> = NOT_FROM_INPUT.iter().map(|(code, _)| *code).collect();
    let missing: Vec<&str> = Code::ALL.iter().map(|c| c.name()).filter(|c| !shown.contains(c) && !exempt.contains(c)).collect();
    assert!(missing.is_empty(), "codes without a folder in {FOLDER}: {missing:?}");
    let both: Vec<_> = shown.intersection(&exempt).collect();
    assert!(both.is_empty(), "have a folder after all: {both:?}");
    assert!(exempt.iter().all(|code| Code::parse(code).is_some()), "an exempt code is gone from the catalogue");
}

/// What the program says (not what the user wrote) keeps to one language, leaves no hole open and always names a remedy.
#[test]
fn every_message_is_whole_and_in_one_language() {
    let mut wrong = Vec::new();
    for case in cases() {
        for lang in [Lang::Zh, Lang::En] {
            let (problems, text) = case.shown(lang);
            for problem in problems.iter() {
                let (code, args) = (problem.code, &problem.args);
                let lines = [Some(code.title(lang, args)), code.label(lang, args), code.cause(lang, args), code.remedy(lang, args)];
                if lines[0].as_ref().is_some_and(|title| title.contains('…') && !args.iter().any(|(_, v)| v.contains('…'))) {
                    wrong.push(format!("{}: a hole is open: {:?}", case.name, lines[0]));
                }
                if lines[3].is_none() && !matches!(code.name(), "E009" | "E013" | "E014") {
                    wrong.push(format!("{}: no remedy for {code}: {:?}", case.name, lines[0]));
                }
                let mixed = |text: &str| ["、", "（", "）", "；", "，", "。", "：", "是否", "例如"].iter().any(|sign| text.contains(sign));
                if lang == Lang::En && lines.iter().flatten().any(|line| mixed(line) && !mixed_by_user(line)) {
                    wrong.push(format!("{}: Chinese in English: {lines:?}", case.name));
                }
            }
            assert!(!text.contains('\u{1f}') && !text.contains('\u{241f}'), "{}: {text}", case.name);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Signs a user wrote stand in what is quoted of the file.
fn mixed_by_user(line: &str) -> bool {
    line.contains("full-width") || line.contains("headings:") || line.contains("use a heading") || line.contains("known")
}

#[test]
fn many_mistakes_are_told_in_one_go_in_the_order_of_the_file() {
    let case = Case::open(&Path::new(FOLDER).join("MANY-at-once"));
    let (problems, _) = case.shown(Lang::Zh);
    assert!(problems.iter().filter(|p| p.code.name().starts_with('E')).count() >= 10, "{problems:?}");
    let shown = problems.in_file_order();
    let places = shown.iter().filter(|p| p.code.name().starts_with('E')).filter_map(|p| match &p.place {
        Place::Text { file, start, .. } => Some((*file, *start)),
        _ => None,
    });
    assert!(places.collect::<Vec<_>>().is_sorted());
}
