//! LibreOffice as a second spreadsheet: the workbook without its cached values goes in, a computed one comes out.

use std::collections::HashMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use calamine::{Data, Reader, Xlsx};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::calculator::At;

/// The program, where it is installed.
pub fn program() -> Option<&'static str> {
    ["soffice", "libreoffice"]
        .into_iter()
        .find(|name| Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success()))
}

/// The same workbook without the cached value of any formula: whatever it shows afterwards was computed.
/// Inputs are changed on the way: worksheet by its order, cell, number.
pub fn bare(bytes: &[u8], changes: &[(usize, String, f64)]) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..from.len() {
        let mut part = from.by_index(n).expect("a part");
        let (name, mut text) = (part.name().expect("a name").into_owned(), Vec::new());
        part.read_to_end(&mut text).expect("its bytes");
        if let Some(sheet) = name.strip_prefix("xl/worksheets/sheet").and_then(|rest| rest.strip_suffix(".xml")?.parse::<usize>().ok()) {
            let xml = String::from_utf8(text).expect("XML");
            text = without_values(&xml, changes.iter().filter(|(of, ..)| of + 1 == sheet)).into_bytes();
        }
        to.start_file(name, SimpleFileOptions::default()).expect("a part");
        to.write_all(&text).expect("room");
    }
    to.finish().expect("a workbook").into_inner()
}

fn without_values<'c>(xml: &str, changes: impl Iterator<Item = &'c (usize, String, f64)>) -> String {
    let mut out = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some(at) = rest.find("</f><v>") {
        let end = rest[at..].find("</v>").expect("a value that ends") + at;
        out.push_str(&rest[..at + "</f>".len()]);
        rest = &rest[end + "</v>".len()..];
    }
    out.push_str(rest);
    for (_, cell, number) in changes {
        let start = out.find(&format!("<c r=\"{cell}\" ")).unwrap_or_else(|| panic!("no cell {cell}"));
        let from = out[start..].find("<v>").expect("a number") + start + 3;
        let to = out[from..].find("</v>").expect("its end") + from;
        out.replace_range(from..to, &number.to_string());
    }
    out
}

/// What LibreOffice makes of a workbook.
pub fn computed(program: &str, bytes: &[u8], folder: &Path) -> Vec<u8> {
    let (source, target): (PathBuf, PathBuf) = (folder.join("bare.xlsx"), folder.join("out"));
    fs::write(&source, bytes).expect("room");
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let status =
        Command::new(program).args([&profile, "--headless", "--convert-to", "xlsx", "--outdir"]).arg(&target).arg(&source).stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(status.expect("it starts").success(), "LibreOffice gives up");
    fs::read(target.join("bare.xlsx")).expect("a computed workbook")
}

/// Every number of a workbook by worksheet, row and column.
pub fn values(bytes: &[u8]) -> HashMap<At, f64> {
    let mut xlsx: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook");
    let mut found = HashMap::new();
    for (sheet, name) in xlsx.sheet_names().iter().enumerate() {
        let range = xlsx.worksheet_range(name).expect("a worksheet");
        let start = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let number = match value {
                Data::Float(number) => *number,
                Data::Int(number) => *number as f64,
                _ => continue,
            };
            found.insert((sheet, start.0 + u32::try_from(row).unwrap(), start.1 + u32::try_from(column).unwrap()), number);
        }
    }
    found
}
