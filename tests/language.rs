//! Everything a user sees exists in Chinese and in English: every word of every list, and what the commands say.
//!
//! What users name themselves (towns, sources, documents) stays as they wrote it, in either language.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use fencheng::base::lang::Words;
use fencheng::diag::Code;
use fencheng::measure::{columns, compare};
use fencheng::reference::glossary;
use fencheng::write::report::words::{KEYS, Page};

fn is_chinese(sign: char) -> bool {
    matches!(sign, '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ff60}')
}

fn has_latin(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_alphabetic())
}

#[test]
fn every_word_has_both_languages() {
    let mut wrong = Vec::new();
    let mut look = |what: String, words: Words| {
        let one_sided = words.zh.trim().is_empty() != words.en.trim().is_empty();
        if one_sided || words.en.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) && !QUOTED.contains(&c)) {
            wrong.push(format!("{what}: {words:?}"));
        }
    };
    for (table, columns) in columns::TABLES.iter().chain(&compare::columns::TABLES).chain([&columns::CAPITAL_TABLE]) {
        for column in *columns {
            look(format!("{table}.{}", column.key), column.words);
            look(format!("{table}.{} (meaning)", column.key), column.definition);
        }
    }
    Page::ALL.iter().for_each(|word| look(format!("page {}", word.key()), word.words()));
    KEYS.iter().for_each(|(key, words)| look(format!("key {key}"), *words));
    for entry in glossary::entries() {
        look(format!("term {}", entry.term.name.en), entry.subject);
        assert!(!entry.term.name.en.is_empty() && !entry.term.meaning.en.is_empty(), "{}", entry.term.name.zh);
    }
    for code in Code::ALL {
        for words in code.words().into_iter().flatten() {
            assert!(!words.zh.trim().is_empty() && !words.en.trim().is_empty(), "{code}");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Signs that English words may quote: units as files write them.
const QUOTED: [char; 6] = ['万', '亿', '元', '分', '角', '亩'];

/// The commands there are, as the help of the program lists them.
fn commands() -> Vec<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_fencheng")).arg("--help").output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    let listed = help.lines().skip_while(|line| !line.starts_with("Commands")).skip(1).take_while(|line| !line.is_empty());
    let names: Vec<String> =
        listed.filter(|line| line.starts_with("  ") && !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next().map(str::to_owned)).collect();
    assert!(names.len() > 20 && names.iter().any(|name| name == "unpack" || name == "explain-error"), "{names:?}");
    names.into_iter().filter(|name| name != "help").collect()
}

#[test]
fn every_line_of_help_speaks_both_languages() {
    let mut wrong = BTreeSet::new();
    for command in commands() {
        let output = Command::new(env!("CARGO_BIN_EXE_fencheng")).args([&command, "--help"]).output().unwrap();
        let help = String::from_utf8(output.stdout).unwrap();
        // An option's words are the lines indented below it, up to an empty one; of a value they follow its colon.
        let mut words = String::new();
        for line in help.lines().skip_while(|line| !line.starts_with("Usage")).skip(1).chain([""]) {
            let told = line.trim().starts_with("- ");
            if line.trim().is_empty() || told || line.trim_start().starts_with('-') || line.trim_start().starts_with('[') {
                let known = words.is_empty() || words.starts_with("Print ") || ["中文", "English"].contains(&words.trim());
                if !(known || words.chars().any(is_chinese) && has_latin(&words)) {
                    wrong.insert(format!("{command}: {words}"));
                }
                words = if told { line.split_once(": ").map_or(String::new(), |(_, after)| after.to_owned()) } else { String::new() };
            } else if line.starts_with("          ") && !line.trim().ends_with("values:") {
                words.push_str(line.trim());
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}

/// All texts that stand in a folder and in the rules that come with the program: what users named.
fn named(folder: &Path) -> String {
    let mut all = String::new();
    let mut todo: Vec<PathBuf> = vec![folder.to_owned(), root("scenarios/rules"), root("scenarios/agreements")];
    while let Some(path) = todo.pop() {
        if path.is_dir() {
            todo.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            all.push_str(&String::from_utf8_lossy(&fs::read(path).unwrap()));
        }
    }
    all
}

fn root(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// What the commands say about a bundled scenario, and the pages of its reports.
fn said(scenario: &str, town: &str, lang: &str) -> String {
    let (folder, home) = (root("scenarios").join(scenario), tempfile::tempdir().unwrap());
    let (folder, out, page) = (folder.to_str().unwrap(), home.path().join("run"), home.path().join("page.html"));
    let (out, page) = (out.to_str().unwrap(), page.to_str().unwrap());
    let [pictures, compared] = ["pictures", "compared"].map(|name| home.path().join(name).to_str().unwrap().to_owned());
    let (pictures, compared) = (pictures.as_str(), compared.as_str());
    let variant = if scenario == "mengyang" { "pilot-reform" } else { "without-reform" };
    let commands: Vec<Vec<&str>> = vec![
        vec!["run", folder, "--variant", "baseline", "--variant", variant, "--chart", "none", "--out", out],
        vec!["verify", out],
        vec!["report", out, "--out", page],
        vec!["compare", folder, "--variant", variant, "--decompose", "--chart", "none", "--replace", "--out", out],
        vec!["check", folder],
        vec!["read", folder],
        vec!["diff", folder, "baseline", variant],
        vec!["list", folder],
        vec!["explain", folder, "--town", town, "--year", "2014"],
        vec!["explain", folder, "--town", town, "--year", "2014", "--item", "gap", "--variant", variant, "--against", "baseline"],
        vec!["run", folder, "--town", "x"],
        vec!["run", folder, "--set", "nowhere=1", "--chart", "none", "--out", out, "--replace"],
        vec!["report", folder],
        vec!["explain-error", "E811"],
        vec!["run", folder, "--variant", "baseline", "--variant", variant, "--chart", "svg", "--picture", "all", "--replace", "--out", pictures],
        vec!["compare", folder, "--variant", variant, "--decompose", "--chart", "svg", "--replace", "--out", compared],
    ];
    let mut all = String::new();
    for command in commands {
        let output = Command::new(env!("CARGO_BIN_EXE_fencheng")).args(&command).args(["--lang", lang]).output().unwrap();
        all.push_str(&format!("{}\n{}\n", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)));
    }
    [pictures, compared].into_iter().for_each(|folder| all.push_str(&drawn(Path::new(folder))));
    all + &texts(&fs::read_to_string(page).unwrap())
}

/// The texts of the pictures in a folder.
fn drawn(folder: &Path) -> String {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "svg"));
    let pictures: Vec<String> = files.map(|path| fs::read_to_string(path).unwrap()).collect();
    assert!(!pictures.is_empty() || !cfg!(feature = "chart"), "no picture was drawn");
    let texts = pictures.iter().flat_map(|svg| svg.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text.trim()));
    texts.filter(|text| !text.is_empty()).map(|text| format!("{text}\n")).collect()
}

/// What a reader sees of a page: texts between tags, and the words its script has. Documents of the glossary and names in
/// the other language stand as they are.
fn texts(page: &str) -> String {
    let (before, after) = page.split_once("<script type=\"application/json\" id=\"data\">").unwrap();
    let data: serde_json::Value = serde_json::from_str(after.split_once("</script>").unwrap().0).unwrap();
    let mut out = format!("{}\n", data["heads"]).replace(['"', '[', ']'], "\n");
    for list in ["words", "keys"] {
        data[list].as_object().unwrap().values().for_each(|word| out.push_str(&format!("{}\n", word.as_str().unwrap())));
    }
    let (head, body) = before.split_once("</style>").unwrap();
    let markup = format!("{}{body}", head.split_once("<style>").unwrap().0);
    for (tag, text) in markup.split('<').filter_map(|part| part.split_once('>')) {
        if !tag.contains("class=\"other\"") && !["依据：", "Source: "].iter().any(|label| text.starts_with(label)) {
            out.push_str(&text.replace("&#39;", "'").replace("&quot;", "\"").replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&"));
            out.push('\n');
        }
    }
    out
}

const SCENARIOS: [(&str, &str); 2] = [("mengyang", "濛阳镇"), ("pilot-towns", "濛阳镇")];

#[test]
fn no_chinese_stands_in_what_is_said_in_english() {
    let mut wrong = BTreeSet::new();
    for (scenario, town) in SCENARIOS {
        let names = named(&root("scenarios").join(scenario));
        for line in said(scenario, town, "en").lines() {
            let runs = line.split(|c: char| !is_chinese(c)).filter(|run| !run.is_empty());
            wrong.extend(runs.filter(|run| !names.contains(*run)).map(|run| format!("{run}   in: {line}")));
        }
    }
    assert!(wrong.is_empty(), "{} texts\n{}", wrong.len(), wrong.iter().take(60).cloned().collect::<Vec<_>>().join("\n"));
}

#[test]
fn no_english_sentence_stands_in_what_is_said_in_chinese() {
    let mut wrong = BTreeSet::new();
    for (scenario, town) in SCENARIOS {
        let names = named(&root("scenarios").join(scenario));
        for line in said(scenario, town, "zh").lines().filter(|line| !line.contains("fencheng ") && !line.contains("run ") && !names.contains(line.trim())) {
            // Three words of small letters in a row are a sentence, not a name of a column or a file.
            let words: Vec<&str> = line.split(' ').collect();
            let small = |word: &&str| word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase());
            if words.windows(3).any(|three| three.iter().all(small)) {
                wrong.insert(line.to_owned());
            }
        }
    }
    assert!(wrong.is_empty(), "{} lines\n{}", wrong.len(), wrong.iter().take(60).cloned().collect::<Vec<_>>().join("\n"));
}
