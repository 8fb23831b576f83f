//! `fencheng pack`: a result and all that is needed to compute it again, in one archive. The same result packs to the same bytes.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::args::{Global, PackArgs};
use super::outcome::{Failure, Outcome, language, said, say};
use super::result::{MANIFEST, Results, open};
use super::target::failure;
use super::verify::files;
use crate::base::lang::Lang;
use crate::diag::Code;
use crate::write::folder::{Trouble, safe_name};

/// The page for people that a pack adds.
pub const README: &str = "README.md";
/// Files named in a refusal.
const MOST_NAMED: usize = 5;
/// From this size on an entry takes the larger form.
const LARGE: u64 = 4_000_000_000;

/// `fencheng pack`
///
/// # Errors
/// When the folder is none of this program or not as it was written, or the archive cannot be written.
pub fn pack(args: &PackArgs, global: &Global) -> Outcome {
    let lang = language(global, None);
    let results = Results::open(&args.result, lang)?;
    let wrong = files(&results);
    if !wrong.is_empty() {
        let names: Vec<&str> = wrong.iter().take(MOST_NAMED).map(|difference| difference.file.as_str()).collect();
        let names = names.join(if lang == Lang::Zh { "、" } else { ", " }) + if wrong.len() > MOST_NAMED { " …" } else { "" };
        return Err(Failure::Said(said(Code::E753, &[("folder", args.result.display().to_string()), ("files", names)], lang)));
    }
    let root = args.result.canonicalize().ok().and_then(|path| path.file_name().map(|name| name.to_string_lossy().into_owned()));
    let root = safe_name(&root.unwrap_or_else(|| "result".to_owned()));
    let out = args.out.clone().unwrap_or_else(|| args.result.canonicalize().unwrap_or_else(|_| args.result.clone()).with_file_name(format!("{root}.zip")));
    if out.exists() && (!args.replace || !out.is_file()) {
        return Err(Failure::Said(said(Code::E702, &[("folder", out.display().to_string())], lang)));
    }
    write(&results, &root, &out).map_err(|error| failure(&Trouble::Io(out.clone(), error), lang))?;
    if global.quiet {
        return say(out.display());
    }
    let (count, size) = (results.outputs().len() + 2, out.metadata().map_or(0, |about| about.len()));
    if global.json {
        let told = serde_json::json!({ "file": out.display().to_string(), "files": count, "bytes": size });
        return say(serde_json::to_string_pretty(&told).unwrap_or_default());
    }
    let size = size.div_ceil(1024);
    say(if lang == Lang::Zh { format!("  {count} 个文件，{size} KiB  {}", out.display()) } else { format!("  {count} files, {size} KiB  {}", out.display()) })
}

/// Writes the archive under another name; it gets its own when it is whole and on the disk.
fn write(results: &Results, root: &str, out: &Path) -> io::Result<()> {
    let name = out.file_name().map_or_else(|| "pack".into(), |name| name.to_string_lossy().into_owned());
    let half = out.with_file_name(format!(".{name}.{}.partial", crate::write::folder::own_number()));
    if let Some(parent) = out.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        fs::create_dir_all(parent)?;
    }
    let written = archive(results, root, &half).and_then(|()| fs::rename(&half, out));
    if written.is_err() {
        let _ = fs::remove_file(&half);
    }
    written
}

fn archive(results: &Results, root: &str, half: &PathBuf) -> io::Result<()> {
    let mut names: Vec<String> = results.outputs().into_iter().map(|(name, _)| name).collect();
    names.push(MANIFEST.to_owned());
    names.sort();
    names.dedup();
    let mut zip = ZipWriter::new(BufWriter::new(File::create(half)?));
    // Nothing of when or by whom: the same files are the same archive.
    let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::default()).unix_permissions(0o644);
    zip.start_file(format!("{root}/{README}"), plain)?;
    zip.write_all(readme(&results.manifest).as_bytes())?;
    for name in names {
        let Some(path) = results.path(&name).filter(|_| name != README) else { continue };
        let mut file = open(&path)?;
        zip.start_file(format!("{root}/{name}"), plain.large_file(file.metadata()?.len() >= LARGE))?;
        io::copy(&mut file, &mut zip)?;
    }
    let file = zip.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()
}

/// The page for people: what it is, which version and command made it, how to compute it again.
#[must_use]
pub fn readme(manifest: &Value) -> String {
    let text = |key: &str| manifest[key].as_str().unwrap_or("?").to_owned();
    let command: Vec<String> = manifest["command"].as_array().into_iter().flatten().filter_map(Value::as_str).map(quoted).collect();
    let (name, version, started, command) = (text("name"), text("version"), text("started"), command.join(" "));
    let scenario = manifest["request"]["scenario"].as_str().unwrap_or("inputs/");
    format!(
        "# {name}\n\n\
        fencheng（县镇财政分成测算）{version} 版的结果，{started}。\n\n\
        当时的命令：\n\n    {command}\n\n\
        核对并重算（需要同一版本的程序；在本文件所在的文件夹里）：\n\n    fencheng verify .\n\n\
        方案的副本：`{scenario}`。`run.json` 记有每个输入、输出文件的 SHA-256 和逐项的参数。\n\n\
        ---\n\n\
        A result of fencheng (county–town fiscal revenue sharing simulator), version {version}, {started}.\n\n\
        The command then:\n\n    {command}\n\n\
        To check it and compute it again (with the same version of the program, in the folder of this file):\n\n    fencheng verify .\n\n\
        The copy of the scenario: `{scenario}`. `run.json` holds the SHA-256 of every input and output, and the arguments one by one.\n"
    )
}

/// A word of a command line as it would be typed.
fn quoted(word: &str) -> String {
    let plain = !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || "-_./=,:@%+~".contains(c));
    if plain { word.to_owned() } else { format!("'{}'", word.replace(['\n', '\r'], " ").replace('\'', "'\\''")) }
}
