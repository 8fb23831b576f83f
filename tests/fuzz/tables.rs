//! Tables handed in as CSV and as workbooks.

use std::io::{Cursor, Write};

use fencheng::base::{lang::Lang, place::Place};
use fencheng::diag::render::render;
use fencheng::load::single::table;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::{End, SCENARIO, files, folder, run, write};

/// `towns.csv`, and `projects.csv` behind its own heading.
pub fn csv(bytes: &[u8]) -> End {
    let folder = folder();
    files(bytes, "towns.csv").into_iter().for_each(|(name, text)| write(folder.path(), name, text));
    run(folder.path(), Vec::new(), Vec::new())
}

/// The parts of a workbook that holds the towns; an input replaces some of them.
const PARTS: [(&str, &str); 7] = [
    ("xl/worksheets/sheet1.xml", include_str!("base/sheet1.xml")),
    ("xl/sharedStrings.xml", include_str!("base/sharedStrings.xml")),
    ("xl/workbook.xml", include_str!("base/workbook.xml")),
    ("xl/styles.xml", include_str!("base/styles.xml")),
    ("xl/_rels/workbook.xml.rels", include_str!("base/workbook.xml.rels")),
    ("_rels/.rels", include_str!("base/rels.xml")),
    ("[Content_Types].xml", include_str!("base/content_types.xml")),
];

/// A workbook: its bytes as they are, or the parts it is made of, the worksheet first. Read by itself, as outturns are, and as towns.
pub fn workbook(bytes: &[u8]) -> End {
    let folder = folder();
    let book = if bytes.starts_with(b"PK") { bytes.to_vec() } else { zipped(&files(bytes, "xl/worksheets/sheet1.xml")) };
    write(folder.path(), "towns.xlsx", &book);
    let alone = table(&folder.path().join("towns.xlsx"), None, &Place::Nowhere);
    for lang in [Lang::Zh, Lang::En] {
        assert!(alone.problems.is_empty() || !render(&alone.problems, &alone.files, lang, false).is_empty());
    }
    assert!(alone.sheet.is_some() || alone.problems.has_errors(), "refused without a word");
    write(folder.path(), "scenario.toml", SCENARIO.replace("towns.csv", "towns.xlsx").as_bytes());
    run(folder.path(), Vec::new(), Vec::new());
    if alone.problems.has_errors() { End::Refused } else { End::Computed }
}

fn zipped(given: &[(&str, &[u8])]) -> Vec<u8> {
    let mut book = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in PARTS {
        let own = given.iter().find(|(part, _)| *part == name).map(|(_, bytes)| *bytes).filter(|bytes| !bytes.is_empty());
        book.start_file(name, SimpleFileOptions::default()).expect("a part of a workbook");
        book.write_all(own.unwrap_or(text.as_bytes())).expect("bytes in memory");
    }
    book.finish().expect("a workbook in memory").into_inner()
}
