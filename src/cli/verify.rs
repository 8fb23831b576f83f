//! `fencheng verify`: whether results are whole, unchanged, and come out the same when computed anew.

use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::{Value, json};

use super::args::{Global, VerifyArgs};
use super::outcome::{Failure, Outcome, complain, language, said, say};
use super::pack::{README, readme};
use super::redo::{Redone, redo};
use super::result::{MANIFEST, Results, digest_of};
use super::unpack::{Scratch, unpack};
use crate::base::lang::{Lang, Words};
use crate::diag::Code;

/// Something that is not as it was written.
#[derive(Clone, Debug, Serialize)]
pub struct Difference {
    /// `missing`, `changed`, `outside`, `input`, `recomputed`
    pub kind: &'static str,
    /// Which file.
    pub file: String,
    /// What is wrong with it.
    pub zh: String,
    /// What is wrong with it.
    pub en: String,
}

impl Difference {
    fn new(kind: &'static str, file: &str, words: Words) -> Self {
        Self { kind, file: file.to_owned(), zh: words.zh.to_owned(), en: words.en.to_owned() }
    }

    /// What came out otherwise.
    #[must_use]
    pub fn recomputed(file: &str, zh: &str, en: &str) -> Self {
        Self { kind: "recomputed", file: file.to_owned(), zh: zh.to_owned(), en: en.to_owned() }
    }

    const fn words(&self, lang: Lang) -> &String {
        if matches!(lang, Lang::Zh) { &self.zh } else { &self.en }
    }
}

/// What was found of one result.
struct Found {
    version: String,
    files: usize,
    extra: Vec<String>,
    redone: Option<Redone>,
    /// Why nothing was computed anew, where it was not even tried.
    untried: Option<Words>,
    differences: Vec<Difference>,
}

/// `fencheng verify`
///
/// # Errors
/// When something differs, or a folder is none of this program.
pub fn verify(args: &VerifyArgs, global: &Global) -> Outcome {
    let lang = language(global, None);
    let (mut failed, mut untried, mut all) = (false, false, Vec::new());
    for result in &args.results {
        match one(result, args, global, lang) {
            Ok(found) => {
                failed |= !found.differences.is_empty();
                untried |= found.untried.is_some();
                if let Some(why) = &found.untried {
                    complain(said(Code::W741, &[("folder", result.display().to_string()), ("reason", why.get(lang).to_owned())], lang));
                }
                if global.json { all.push(found.json(result)) } else { found.tell(result, global, lang)? }
            }
            Err(Failure::ReaderGone) => return Err(Failure::ReaderGone),
            Err(failure) => {
                failed = true;
                if let Failure::Said(words) = failure {
                    complain(words);
                }
            }
        }
    }
    if global.json {
        say(serde_json::to_string_pretty(&all).unwrap_or_default())?;
    }
    match (failed, untried) {
        (true, _) => Err(Failure::Reported),
        (false, true) => Err(Failure::Unverified),
        (false, false) => Ok(()),
    }
}

fn one(result: &Path, args: &VerifyArgs, global: &Global, lang: Lang) -> Result<Found, Failure> {
    let scratch = Scratch::new(lang)?;
    let folder: PathBuf = if result.is_file() && result.file_name().is_some_and(|name| name != MANIFEST) { unpack(result, &scratch, lang)? } else { folder_of(result) };
    let results = Results::open(&folder, lang)?;
    let mut differences = files(&results);
    let request = results.replayable(args.scenario.as_deref());
    let untried = request.as_ref().err().copied();
    let redone = match request.ok().map(|request| redo(&results, request, args.all, &scratch.path, global)) {
        None => None,
        Some(Ok(mut redone)) => {
            differences.append(&mut redone.differences);
            Some(redone)
        }
        Some(Err(Failure::ReaderGone)) => return Err(Failure::ReaderGone),
        Some(Err(failure)) => {
            let (zh, en) = if let Failure::Said(words) = failure { (format!("：{words}"), format!(": {words}")) } else { Default::default() };
            differences.push(Difference::recomputed(MANIFEST, &format!("不能重算{zh}"), &format!("cannot be computed anew{en}")));
            None
        }
    };
    Ok(Found { version: results.version().to_owned(), files: results.outputs().len(), extra: extra(&results), redone, untried, differences })
}

/// `run.json` itself stands for its folder.
fn folder_of(result: &Path) -> PathBuf {
    if result.is_file() { result.parent().map(Path::to_owned).unwrap_or_default() } else { result.to_owned() }
}

/// What is not as the manifest says.
#[must_use]
pub fn files(results: &Results) -> Vec<Difference> {
    let mut found = Vec::new();
    if !results.sealed {
        found.push(Difference::new("changed", MANIFEST, Words::new("内容被改过（与自身的摘要不符）", "was changed: it has not the digest it says it has")));
    }
    let outputs = results.outputs();
    for (name, digest) in &outputs {
        let Some(path) = results.path(name) else {
            found.push(Difference::new("outside", name, Words::new("路径出了结果文件夹", "the path leads out of the folder")));
            continue;
        };
        match digest_of(&path) {
            Ok(now) if now == *digest => {}
            Ok(_) => found.push(Difference::new("changed", name, Words::new("内容被改过", "was changed"))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => found.push(Difference::new("missing", name, Words::new("不见了", "is missing"))),
            Err(error) => found.push(Difference { kind: "missing", file: name.clone(), zh: format!("读不出：{error}"), en: format!("cannot be read: {error}") }),
        }
    }
    // A copy of an input is one of the files; its digest must also be that of what was read.
    for input in results.inputs() {
        if !outputs.iter().any(|(name, digest)| *name == input.copy && *digest == input.sha256) {
            found.push(Difference::new("input", &input.copy, Words::new("副本不是当时读到的文件", "the copy is not the file that was read")));
        }
    }
    found
}

/// Files nobody wrote down, but for the page that a pack adds.
fn extra(results: &Results) -> Vec<String> {
    let known = results.outputs();
    let ours = |name: &String| name == README && digest_of(&results.folder.join(name)).is_ok_and(|d| d == crate::write::manifest::digest(readme(&results.manifest).as_bytes()));
    results.present().into_iter().filter(|name| name != MANIFEST && !known.iter().any(|(known, _)| known == name) && !ours(name)).collect()
}

impl Found {
    fn json(&self, result: &Path) -> Value {
        json!({
            "result": result.display().to_string(),
            "version": self.version,
            // Nothing is known of tables that were not computed anew.
            "same": if self.untried.is_some() && self.differences.is_empty() { Value::Null } else { self.differences.is_empty().into() },
            "not_recomputed": self.untried.map(|why| why.en),
            "files": self.files,
            "recomputed": self.redone.as_ref().map(|r| json!({ "tables": r.tables, "points": r.points.map(|(some, _)| some), "of": r.points.map(|(_, all)| all) })),
            "differences": self.differences,
            "extra": self.extra,
        })
    }

    fn tell(&self, result: &Path, global: &Global, lang: Lang) -> Outcome {
        let (zh, name) = (lang == Lang::Zh, result.display());
        for difference in &self.differences {
            say(format!("  ! {}  {}", difference.file, difference.words(lang)))?;
        }
        if global.quiet {
            return Ok(());
        }
        for file in &self.extra {
            say(if zh { format!("  · {file}  不是结果里的文件") } else { format!("  · {file}  is no part of the result") })?;
        }
        if self.version != env!("CARGO_PKG_VERSION") {
            let here = env!("CARGO_PKG_VERSION");
            say(if zh { format!("  · 由 {} 版写出，这里是 {here} 版", self.version) } else { format!("  · written by version {}, this is {here}", self.version) })?;
        }
        let redone = self.recomputed(zh);
        let (files, wrong) = (self.files, self.differences.len());
        say(match (zh, wrong) {
            (true, 0) => format!("{name}：{files} 个文件与摘要相符；{redone}"),
            (true, _) => format!("{name}：{wrong} 处不符（共 {files} 个文件；{redone}）"),
            (false, 0) => format!("{name}: {files} files have their digests; {redone}"),
            (false, 1) => format!("{name}: 1 difference ({files} files; {redone})"),
            (false, _) => format!("{name}: {wrong} differences ({files} files; {redone})"),
        })
    }

    fn recomputed(&self, zh: bool) -> String {
        let wrong = self.differences.iter().any(|difference| difference.kind == "recomputed");
        match &self.redone {
            None if zh => "没有重算".to_owned(),
            None => "not computed anew".to_owned(),
            Some(Redone { points: Some((some, all)), .. }) => match (zh, wrong) {
                (true, false) => format!("重算 {all} 个点中的 {some} 个，逐字相同"),
                (true, true) => format!("重算 {all} 个点中的 {some} 个"),
                (false, false) => format!("{some} of {all} points computed anew, the same to the byte"),
                (false, true) => format!("{some} of {all} points computed anew"),
            },
            Some(redone) => match (zh, wrong, redone.tables) {
                (true, false, n) => format!("重算 {n} 张表，逐字相同"),
                (true, true, n) => format!("重算 {n} 张表"),
                (false, false, n) => format!("{n} tables computed anew, the same to the byte"),
                (false, true, n) => format!("{n} tables computed anew"),
            },
        }
    }
}
