//! Reading scenarios from disk: merging, messages, and files nobody wrote in good faith.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use fencheng::base::lang::Lang;
use fencheng::base::place::Place;
use fencheng::diag::{Code, render};
use fencheng::load::{
    Loaded, Request, load,
    node::{Table, Value},
};
use proptest::prelude::*;

const HEAD: &str = "[scenario]\nname = \"濛阳镇\"\n";

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn read(folder: &Path, variant: Option<&str>, set: &[&str]) -> Loaded {
    let set = set.iter().map(|s| (*s).to_owned()).collect();
    load(&Request { scenario: folder.to_owned(), variants: fencheng::load::stack(variant), set })
}

fn codes(loaded: &Loaded) -> Vec<Code> {
    loaded.problems.iter().map(|p| p.code).collect()
}

fn at<'a>(root: &'a Table, path: &str) -> Option<&'a fencheng::load::node::Node> {
    let parts = fencheng::load::set::parts(path)?;
    let (last, parents) = parts.split_last()?;
    let table = parents.iter().try_fold(root, |table, part| table.get(part)?.node.table())?;
    table.get(last).map(|entry| &entry.node)
}

fn text(root: &Table, path: &str) -> String {
    match at(root, path).map(|node| &node.value) {
        Some(Value::Text(text) | Value::Number(_, text)) => text.clone(),
        other => format!("{other:?}"),
    }
}

#[test]
fn rules_scenario_variant_and_set_are_laid_in_this_order() {
    let scenario = b"[scenario]\nname = \"s\"\ninclude = [\"china\", \"../sibling/own.toml\"]\n[upper.central]\nother = \"1%\"\nvat = { 1994 = \"75%\", 2020 = \"50%\" }\n[source.x]\nfile = \"x.csv\"\n[source.y]\na = 1\nb = 2\n";
    let outer = folder(&[
        ("s/scenario.toml", scenario),
        ("s/x.csv", "镇,数\n甲,1\n".as_bytes()),
        ("s/variants/reform.toml", b"[variant]\nname = \"v\"\nremove = [\"source.y.b\"]\n[upper.central]\nvat.2016-05-01 = \"40%\"\n"),
        ("sibling/own.toml", b"[rules]\nname = \"own\"\ngrade = \"B\"\n[source.vat]\nname = \"VAT\"\n"),
    ]);
    let loaded = read(&outer.path().join("s"), Some("reform"), &["source.y.a@2010=70%"]);
    assert_eq!(codes(&loaded), []);
    let root = &loaded.root;
    assert_eq!(text(root, "source.vat.name"), "VAT");
    assert_eq!(&*at(root, "source.vat.name").unwrap().layer, "include own");
    assert_eq!(&*at(root, "source.vat.kind").unwrap().layer, "include china");
    assert_eq!(text(root, "upper.central.other"), "1%");
    assert_eq!(text(root, "upper.central.vat.2016-05-01"), "40%");
    assert!(at(root, "upper.central.vat.1994").is_some() && at(root, "upper.central.vat.2020").is_none());
    assert!(at(root, "source.y.a").is_some() && at(root, "source.y.b").is_none());
    assert_eq!((text(root, "source.y.a.1950"), text(root, "source.y.a.2010")), ("1".into(), "70%".into()));
    assert!(at(root, "rules").is_none() && at(root, "variant").is_none());
    let names: Vec<&str> = loaded.layers.iter().map(|l| &*l.name).collect();
    assert_eq!(names, ["include china", "include own", "", "variant reform"]);
    assert_eq!(text(&loaded.layers[1].head, "grade"), "B");
    assert_eq!((loaded.variants, loaded.sheets["x.csv"].rows.len()), (vec!["reform".to_owned()], 1));
}

#[test]
fn a_file_in_gb18030_is_read_and_its_places_count_decoded_characters() {
    let (bytes, _, _) = encoding_rs::GB18030.encode("[scenario]\nname = \"濛阳镇\" 多余\n");
    let scenario = folder(&[("scenario.toml", &bytes)]);
    let loaded = read(scenario.path(), None, &[]);
    let json = render::render_json(&loaded.problems, &loaded.files, Lang::Zh);
    assert_eq!((json[0]["line"].as_u64(), json[0]["column"].as_u64()), (Some(2), Some(14)), "{json:?}");
}

#[test]
fn slips_of_the_chinese_keyboard_are_named() {
    for (line, code, shown) in [
        ("name = “濛阳镇”", Code::E013, "“"),
        ("name = \"濛阳镇”", Code::E013, "”"),
        ("name = ‘濛阳镇’", Code::E013, "‘"),
        ("name ＝ \"濛阳镇\"", Code::E014, "＝"),
        ("name： \"濛阳镇\"", Code::E014, "："),
        ("x = [1，2]", Code::E014, "，"),
        ("［scenario］", Code::E014, "［"),
        ("税种 = 1", Code::E015, "税种"),
        ("[体制.a]", Code::E015, "体制"),
        ("a.税种 = 1", Code::E015, "税种"),
        ("name = 濛阳镇", Code::E017, "濛阳镇"),
        ("share = 60%", Code::E017, "60%"),
        ("x = \"abc", Code::E018, "\""),
        ("y = 1\ny = 2", Code::E011, "y"),
        ("y = 1\ny.z = 2", Code::E019, "y"),
        ("[[agreement]]\nx = 1", Code::E016, "agreement"),
    ] {
        let text = format!("# “全角”在说明里，没有关系\n[a]\n{line}\n[b]\nz = \"“好”，对\"\n");
        let scenario = folder(&[("scenario.toml", text.as_bytes())]);
        let loaded = read(scenario.path(), None, &[]);
        let found = loaded.problems.iter().next().unwrap();
        assert_eq!(codes(&loaded), [code], "{line}");
        let Place::Text { start, end, .. } = found.place else { panic!("{line}") };
        assert!(shown.is_empty() || &text[start..end] == shown, "{line}: {:?}", &text[start..end]);
    }
}

#[test]
fn what_is_missing_is_told_with_what_there_is() {
    let inner = "[scenario]\ninclude = [\"chian\", \"../rules/sichuan.toml\", \"loop.toml\", 5]\n";
    let tables = "[scenario]\ninclude = [\"chian\", \"../rules/sichuan.toml\", \"loop.toml\"]\n[towns]\nfile = \"town.csv\"\n[projects]\nfile = \"p.xlsx\"\n\
        [source.a]\nfile = \"../x.csv\"\n[source.b]\nfile = 5\n[source.c]\nfile = \"c.txt\"\n";
    let scenario = folder(&[
        ("scenario.toml", tables.as_bytes()),
        ("towns.csv", b"a\n1\n"),
        ("loop.toml", b"[rules]\ninclude = \"./loop.toml\"\n"),
        ("variants/pilot-reform.toml", b"[variant]\nname = \"x\"\nremove = [\"townz.file\"]\n"),
        ("other/scenario.toml", inner.as_bytes()),
    ]);
    let loaded = read(scenario.path(), Some("pilot"), &["towns.flie.x=1"]);
    assert_eq!(codes(&loaded), [Code::E009, Code::E009, Code::E007, Code::E123, Code::E122, Code::E025, Code::E025, Code::E020, Code::E023, Code::E022]);
    let text = render::render(&loaded.problems, &loaded.files, Lang::Zh, false);
    for words in ["\"china\"", "\"sichuan\"", "pilot-reform", "\"towns.csv\"", "p.xlsx"] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert_eq!(codes(&read(scenario.path(), Some("pilot-reform"), &[]))[3], Code::E120);
    assert_eq!(codes(&read(&scenario.path().join("other"), None, &[])), [Code::E023]);
    assert_eq!(codes(&read(&scenario.path().join("nowhere"), None, &[])), [Code::E001]);
    assert_eq!(codes(&read(&scenario.path().join("variants"), None, &[])), [Code::E006]);
}

#[test]
fn files_that_are_no_rules_are_told() {
    for (bytes, code) in [(b"a\0b".to_vec(), Code::E004), (b"PK\x03\x04\0\xff\xff".to_vec(), Code::E004), (vec![0xff; 9], Code::E005), (vec![b'#'; (4 << 20) + 1], Code::E003)] {
        let scenario = folder(&[("scenario.toml", &bytes)]);
        assert_eq!(codes(&read(scenario.path(), None, &[])), [code]);
    }
    let scenario = folder(&[("scenario.toml/x", b"")]);
    assert_eq!(codes(&read(scenario.path(), None, &[])), [Code::E002]);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_refused() {
    let scenario = folder(&[("s/scenario.toml", b"[scenario]\n[towns]\nfile = \"t.csv\"\n"), ("t.csv", b"a\n1\n")]);
    std::os::unix::fs::symlink(scenario.path().join("t.csv"), scenario.path().join("s/t.csv")).unwrap();
    assert_eq!(codes(&read(&scenario.path().join("s"), None, &[])), [Code::E020]);
}

/// Anything must be judged in seconds, and on a small stack (up to 4 MiB it takes eight times as long).
#[test]
fn hostile_files_neither_hang_nor_overflow() {
    let big = 480 << 10;
    let fill = |piece: &str| piece.repeat(big / piece.len());
    let keys = |form: &dyn Fn(usize) -> String| {
        let mut text = String::new();
        for n in 0.. {
            let line = form(n);
            if text.len() + line.len() > big {
                return text;
            }
            text += &line;
        }
        text
    };
    let nested = format!("a=1\na={}1", format!("{{{}x=", "x.".repeat(70)).repeat(79));
    let texts = [
        fill("["),
        fill("{a="),
        fill("a."),
        fill("[a]\n"),
        fill("[[a]]\n"),
        fill("a=1\n"),
        fill("=\n"),
        fill("“\n"),
        fill("\""),
        fill("'''"),
        fill("\\"),
        fill("[a.b.c.d]\n"),
        fill("税="),
        fill("，"),
        nested,
        fill("a={b=1,\n}\n"),
        format!("a = [{}]", fill("{b=1},")),
        format!("a = {}", fill("[1],")),
        format!("a = \"{}\"", fill("\\")),
        keys(&|n| format!("k{n}=1\n")),
        keys(&|n| format!("[t{n}]\n")),
        keys(&|n| format!("[t.t{n}.x]\n")),
        keys(&|n| format!("[t{n}.x]\n")) + "[t1]\n",
        keys(&|n| format!("[t.x{n}]\n[t.x{}]\n", n / 2)),
        fill("\r"),
        fill("\t,"),
        keys(&|n| format!("a{n}=“x”\n")),
        fill("a=1.1.1.1\n"),
        fill("#\u{1}\n"),
    ];
    let worst = std::thread::Builder::new().stack_size(1 << 20).spawn(move || {
        let mut slow = Vec::new();
        for text in &texts {
            let scenario = folder(&[("scenario.toml", text.as_bytes()), ("variants/v.toml", text.as_bytes())]);
            let start = Instant::now();
            let loaded = read(scenario.path(), Some("v"), &[]);
            let read = start.elapsed();
            let shown = render::render(&loaded.problems, &loaded.files, Lang::Zh, false);
            assert!(shown.len() < 1 << 20);
            slow.push((read, start.elapsed() - read, text.chars().take(20).collect::<String>()));
        }
        slow.into_iter().max_by_key(|(read, shown, _)| *read + *shown).unwrap()
    });
    let (read, shown, text) = worst.unwrap().join().unwrap();
    assert!(read + shown < Duration::from_secs(120), "{read:?} {shown:?} {text:?}");
}

/// A whole small scenario as bytes, to be damaged.
fn sound() -> Vec<u8> {
    let rules = include_str!("../scenarios/rules/china.toml");
    format!("{HEAD}[towns]\nfile = \"towns.csv\"\n{}", rules.replace("[rules]", "[other]")).into_bytes()
}

fn survives(toml: &[u8], csv: &[u8], set: &[&str]) {
    let scenario = folder(&[("scenario.toml", toml), ("towns.csv", csv), ("variants/v.toml", toml)]);
    let loaded = read(scenario.path(), Some("v"), set);
    for lang in [Lang::Zh, Lang::En] {
        let text = render::render(&loaded.problems, &loaded.files, lang, false);
        assert!(!text.contains(['\u{1b}', '\u{202e}']));
        assert_eq!(render::render_json(&loaded.problems, &loaded.files, lang).len(), loaded.problems.len());
    }
    for problem in loaded.problems.iter() {
        assert!(!problem.code.title(Lang::Zh, &problem.args).contains('…') || problem.args.iter().any(|(_, v)| v.contains('…')), "{problem:?}");
        if let Place::Text { file, start, end } = problem.place {
            assert!(loaded.files.get(file).unwrap().text.get(start..end).is_some(), "{problem:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn damaged_files_are_survived(edits in prop::collection::vec((any::<prop::sample::Index>(), prop_oneof![
        any::<u8>().prop_map(|b| vec![b]),
        "[\\[\\]{}=.,\"'#\n ]{0,4}".prop_map(String::into_bytes),
        prop::sample::select(vec!["“", "”", "＝", "，", "：", "税", "[[", "]]", "\"\"\"", "'''", "\\u{", "\u{202e}", "\u{1b}", "{ value = ", "@", "2016-05-01"]).prop_map(|s| s.as_bytes().to_vec()),
    ], 0_usize..3), 1..8)) {
        let mut bytes = sound();
        for (at, new, gone) in edits {
            let at = at.index(bytes.len());
            let end = (at + gone).min(bytes.len());
            bytes.splice(at..end, new);
        }
        survives(&bytes, b"a,b\n1,2\n", &[]);
    }

    #[test]
    fn any_text_is_survived(toml in "[\\PC\n\t]{0,80}", csv in "[a,;\"\n\r\t，　\\PC]{0,60}", set in "\\PC{0,30}") {
        survives(format!("{HEAD}[towns]\nfile = \"towns.csv\"\n{toml}").as_bytes(), csv.as_bytes(), &[&set]);
    }

    #[test]
    fn any_bytes_are_survived(toml in prop::collection::vec(any::<u8>(), 0..200), csv in prop::collection::vec(any::<u8>(), 0..200)) {
        survives(&toml, &csv, &[]);
        survives(format!("{HEAD}[towns]\nfile = \"towns.csv\"\n").as_bytes(), &csv, &["towns.file@2015=x"]);
    }
}
