//! The folder a command writes: where it stands, its tables, a copy of the inputs, the manifest; and how it is told.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::args::{Encoding, Global, TableFormat, TargetArgs};
use super::inputs;
use super::outcome::{Failure, Outcome, said, say};
use super::request::Request;
use crate::base::{amount::MoneyUnit, lang::Lang, place::SourceFile};
use crate::diag::Code;
use crate::load::single::Single;
use crate::measure::Run;
use crate::measure::cell::{Row, Sheet};
use crate::write::folder::{Folder, Trouble, safe_name};
use crate::write::manifest::{About, Input, digest, sealed};
use crate::write::{csv, json::JSON, table};

/// When and how it was run.
pub struct When {
    /// `20261123-141205`
    pub stamp: String,
    /// As people read it.
    pub shown: String,
    /// When it started, for the duration.
    pub started: std::time::Instant,
}

impl When {
    /// Now.
    #[must_use]
    pub fn now() -> Self {
        let now = jiff::Zoned::now();
        Self { stamp: now.strftime("%Y%m%d-%H%M%S").to_string(), shown: now.strftime("%Y-%m-%d %H:%M").to_string(), started: std::time::Instant::now() }
    }
}

/// A folder of results in the making.
pub struct Target {
    /// The folder.
    pub folder: Folder,
    forms: Vec<table::Form>,
    inputs: Vec<Input>,
    lang: Lang,
}

impl Target {
    /// Starts the folder asked for, or one under `output/` called after `name`.
    ///
    /// # Errors
    /// When something stands there already, or it holds the scenario itself.
    pub fn open(args: &TargetArgs, scenario: &Path, name: &str, when: &When, lang: Lang) -> Result<Self, Failure> {
        let target = args.out.clone().unwrap_or_else(|| free_name(&format!("{}-{}", safe_name(name), when.stamp), None));
        refuse_inputs(&target, scenario, lang)?;
        if args.format.contains(&TableFormat::Parquet) {
            let words = if lang == Lang::Zh { "parquet 只用于 sweep 和 merge；这里用 csv 或 json" } else { "parquet is for sweep and merge; here use csv or json" };
            return Err(Failure::Said(words.to_owned()));
        }
        let folder = Folder::start(&target, args.replace).map_err(|t| failure(&t, lang))?;
        let folder = if args.out.is_none() { folder.or_numbered() } else { folder };
        let forms = [(TableFormat::Csv, csv_form(args.encoding)), (TableFormat::Json, JSON)].into_iter().filter(|(format, _)| args.format.contains(format));
        Ok(Self { folder, forms: forms.map(|(_, form)| form).collect(), inputs: Vec::new(), lang })
    }

    /// Writes one file, by its path within the folder.
    ///
    /// # Errors
    /// What the system says.
    pub fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        self.folder.write(name, bytes).map_err(|t| failure(&t, self.lang))
    }

    /// Writes the tables of several runs in every format asked for; without a format nothing is made.
    ///
    /// # Errors
    /// What the system says.
    pub fn tables<'r, S: IntoIterator<Item = Sheet<'r>>>(&mut self, sheets: impl FnOnce() -> S, unit: MoneyUnit) -> Result<(), Failure> {
        if self.forms.is_empty() {
            return Ok(());
        }
        let write = |sheet| table::write(sheet, unit, &self.forms, &mut self.folder);
        joined(sheets()).into_iter().try_for_each(write).map_err(|t| failure(&t, self.lang))
    }

    /// A copy of what was read, so that the folder explains itself and can be computed again.
    ///
    /// # Errors
    /// What the system says.
    pub fn inputs<'r>(&mut self, runs: impl Iterator<Item = &'r Run>) -> Result<(), Failure> {
        self.input_files(runs.flat_map(|run| run.scenario.files.iter()))
    }

    /// The same, of files.
    ///
    /// # Errors
    /// What the system says.
    pub fn input_files<'r>(&mut self, files: impl Iterator<Item = &'r SourceFile>) -> Result<(), Failure> {
        let mut found: Vec<&SourceFile> = Vec::new();
        for file in files {
            if !found.iter().any(|known| known.path() == file.path()) {
                found.push(file);
            }
        }
        found.iter().zip(inputs::places(&found)).try_for_each(|(file, copy)| self.input(file.path(), copy, file.bytes()))
    }

    /// A copy of one file that was read.
    ///
    /// # Errors
    /// What the system says.
    pub fn input(&mut self, shown: &str, copy: String, bytes: &[u8]) -> Result<(), Failure> {
        if !self.inputs.iter().any(|known| known.copy == copy) {
            self.write(&copy, bytes)?;
        }
        self.inputs.push(Input { file: shown.to_owned(), sha256: digest(bytes), copy });
        Ok(())
    }

    /// A copy of the outturns.
    ///
    /// # Errors
    /// What the system says.
    pub fn observed(&mut self, path: &Path, file: &Single) -> Result<(), Failure> {
        let shown = file.files.iter().next().map_or(String::new(), |f| f.shown.clone());
        self.input(&shown, inputs::observed(path), &file.bytes)
    }

    /// What the manifest says beside the run; `notes` are the codes of warnings.
    #[must_use]
    pub fn about(&self, when: &When, notes: Vec<String>, request: Option<&Request>) -> About {
        let copy = |at: &str| self.inputs.iter().map(|input| input.copy.as_str()).find(|copy| copy.starts_with(at));
        About {
            command: command(),
            lang: if self.lang == Lang::Zh { "zh" } else { "en" },
            started: when.shown.clone(),
            seconds: (when.started.elapsed().as_secs_f64() * 1000.0).round() / 1000.0,
            notes,
            request: request.map_or(Value::Null, |request| request.clone().of_files(copy(inputs::SCENARIO).unwrap_or_default(), copy(inputs::OBSERVED)).value()),
            inputs: self.inputs.clone(),
            files: self.folder.files().to_vec(),
        }
    }

    /// Writes the manifest and gives the folder its name.
    ///
    /// # Errors
    /// What the system says; nothing half-written stays.
    pub fn finish(mut self, manifest: &Value) -> Result<PathBuf, Failure> {
        self.write("run.json", sealed(manifest).as_bytes())?;
        let lang = self.lang;
        self.folder.finish().map_err(|t| failure(&t, lang))
    }
}

const fn csv_form(encoding: Encoding) -> table::Form {
    match encoding {
        Encoding::Utf8 => csv::CSV,
        Encoding::Gb18030 => csv::CSV_GB18030,
    }
}

/// The same tables of several runs, one under the other.
fn joined<'r>(sheets: impl IntoIterator<Item = Sheet<'r>>) -> Vec<Sheet<'r>> {
    let mut all: Vec<Sheet<'r>> = Vec::new();
    for sheet in sheets {
        match all.iter_mut().find(|s| s.name == sheet.name) {
            Some(whole) => append(whole, sheet),
            None => all.push(sheet),
        }
    }
    all
}

/// Adds another run's rows; of those that do not name the variant, only what is new.
fn append<'r>(whole: &mut Sheet<'r>, other: Sheet<'r>) {
    let rows = std::mem::replace(&mut whole.rows, Box::new(std::iter::empty()));
    if ["columns", "parameters"].contains(&whole.name) {
        let known: Vec<Row<'r>> = rows.collect();
        let new: Vec<Row<'r>> = other.rows.filter(|row| !known.contains(row)).collect();
        whole.rows = Box::new(known.into_iter().chain(new));
    } else {
        whole.rows = Box::new(rows.chain(other.rows));
    }
}

/// Tells a program what was written: with `--quiet` the folder, with `--json` the manifest; `false` when a person reads.
///
/// # Errors
/// When the reader is gone.
pub fn told_to_program(folder: &Path, headlines: Vec<String>, global: &Global) -> Result<bool, Failure> {
    if global.silent {
        return Ok(true);
    }
    if global.quiet {
        say(folder.display())?;
    } else if global.json {
        let text = std::fs::read_to_string(folder.join("run.json")).unwrap_or_default();
        let mut value: Value = serde_json::from_str(&text).unwrap_or_default();
        value["folder"] = folder.display().to_string().into();
        value["headlines"] = headlines.into();
        say(serde_json::to_string_pretty(&value).unwrap_or_default())?;
    }
    Ok(global.quiet || global.json)
}

/// Where the results are, how many notes there are, how long it took.
///
/// # Errors
/// When the reader is gone.
pub fn footer(folder: &Path, scenario: &Path, notes: usize, when: &When, lang: Lang) -> Outcome {
    let seconds = when.started.elapsed().as_secs_f64();
    let scenario = scenario.display();
    match lang {
        Lang::Zh => {
            say(format!("  结果  {}", folder.display()))?;
            say(format!("  提示  {notes} 条（fencheng check {scenario}）        {seconds:.2} 秒"))
        }
        Lang::En => {
            say(format!("  Results  {}", folder.display()))?;
            say(format!("  Notes    {notes} (fencheng check {scenario})        {seconds:.2} s"))
        }
    }
}

/// A folder under `output/`, or a file with this ending, that is not there yet: two runs may fall into the same second.
pub fn free_name(name: &str, ending: Option<&str>) -> PathBuf {
    let ended = |name: String| Path::new("output").join(ending.map_or_else(|| name.clone(), |ending| format!("{name}.{ending}")));
    let others = (2..1_000).map(|n| ended(format!("{name}-{n}")));
    std::iter::once(ended(name.to_owned())).chain(others).find(|path| !path.exists()).unwrap_or_else(|| ended(name.to_owned()))
}

/// The command line, with the program by its name only.
fn command() -> Vec<String> {
    std::iter::once("fencheng".to_owned()).chain(std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned())).collect()
}

/// Whether results can be written where they are asked for: told before minutes of computing, not after.
///
/// # Errors
/// When something stands there already, or it holds the scenario itself.
pub fn ready(args: &TargetArgs, scenario: &Path, lang: Lang) -> Outcome {
    let Some(target) = &args.out else { return Ok(()) };
    refuse_inputs(target, scenario, lang)?;
    Folder::may_start(target, args.replace).map_err(|t| failure(&t, lang))
}

/// An output folder must not be, or hold, what is read.
fn refuse_inputs(target: &Path, scenario: &Path, lang: Lang) -> Result<(), Failure> {
    let source = if scenario.is_dir() { scenario.to_owned() } else { scenario.parent().map(Path::to_owned).unwrap_or_default() };
    let (Ok(target), Ok(source)) = (target.canonicalize(), source.canonicalize()) else { return Ok(()) };
    if source.starts_with(&target) {
        let words = if lang == Lang::Zh {
            format!("输出位置 {} 就是方案所在的文件夹；换一个 --out", target.display())
        } else {
            format!("the output {} holds the scenario itself; choose another --out", target.display())
        };
        return Err(Failure::Said(words));
    }
    Ok(())
}

/// What the system refuses, in words.
pub fn failure(trouble: &Trouble, lang: Lang) -> Failure {
    let (code, args) = match trouble {
        Trouble::Exists(path) => (Code::E702, vec![("folder", path.display().to_string())]),
        Trouble::Foreign(path) => (Code::E704, vec![("folder", path.display().to_string())]),
        Trouble::Io(path, error) => (Code::E703, vec![("file", path.display().to_string()), ("reason", error.to_string())]),
    };
    Failure::Said(said(code, &args, lang))
}
