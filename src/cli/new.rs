//! `fencheng new`: a scenario to start from, the empty form, or a scenario from what a bureau has.

use std::path::Path;

use super::args::{Global, NewArgs, Template};
use super::outcome::{Failure, Outcome, language, report, said, say};
use super::target::failure;
use crate::base::lang::Lang;
use crate::base::place::Place;
use crate::diag::{Code, Problem, Problems};
use crate::form;
use crate::load::single::{self, Worksheets};
use crate::load::{self, Request};
use crate::write::folder::Folder;

/// A file by its path within the folder.
type File = (String, Vec<u8>);

/// `fencheng new`
///
/// # Errors
/// When the folder exists, the workbook cannot be used, or the system refuses.
pub fn new(args: &NewArgs, global: &Global) -> Outcome {
    let lang = language(global, None);
    if args.folder.exists() {
        return Err(Failure::Said(said(Code::E789, &[("folder", args.folder.display().to_string())], lang)));
    }
    let files = match (&args.from, args.template) {
        (Some(from), _) => from_file(from, args, lang, global)?,
        (None, Some(Template::Xlsx)) => vec![(form_name(lang).to_owned(), crate::write::form::workbook(lang).map_err(|e| Failure::Said(e.to_string()))?)],
        (None, None) => form::starter(lang),
    };
    write(&args.folder, &files, args.template.is_none(), lang, global)?;
    told(args, lang, global)
}

const fn form_name(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "填报表.xlsx",
        Lang::En => "form.xlsx",
    }
}

/// Reads what the bureau has; everything doubtful is printed.
fn from_file(from: &Path, args: &NewArgs, lang: Lang, global: &Global) -> Result<Vec<File>, Failure> {
    let asked = Place::Argument(format!("--from {}", from.display()).into());
    let Worksheets { files, sheets, mut problems } = single::worksheets(from, &asked);
    let origin = from.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let mut draft = None;
    if form::is_form(&sheets) {
        // What is wrong with the layout of a sheet nobody filled in is no mistake.
        problems = without_empty(problems);
        draft = form::from_form(&sheets, &origin, lang, &mut problems);
    } else if sheets.is_empty() && problems.is_empty() {
        problems.push(Problem::new(Code::E785, &asked));
    } else {
        let mut tried = Problems::default();
        let scope = args.scope.map(Into::into);
        if !form::is_workbook(&sheets) {
            draft = form::from_collections(&sheets, scope, &origin, lang, &mut tried);
        }
        if draft.is_none() && tried.is_empty() {
            draft = form::from_workbook(&sheets, scope, &origin, lang, &mut tried);
        }
        problems.append(tried);
    }
    report(&problems, &files, lang, global);
    match draft.filter(|_| !problems.has_errors()) {
        Some(draft) => Ok(form::files(&draft)),
        None => Err(Failure::Reported),
    }
}

/// Without what is said of sheets that hold only headings.
fn without_empty(problems: Problems) -> Problems {
    let mut kept = Problems::default();
    problems.iter().filter(|p| ![Code::E030, Code::W771].contains(&p.code)).for_each(|p| kept.push(p.clone()));
    kept
}

/// Writes the files under a temporary name, reads them back as a scenario, and only then gives the folder its name.
fn write(target: &Path, files: &[File], is_scenario: bool, lang: Lang, global: &Global) -> Outcome {
    let mut folder = Folder::start(target, false).map_err(|t| failure(&t, lang))?;
    for (name, bytes) in files {
        folder.write(name, bytes).map_err(|t| failure(&t, lang))?;
    }
    if is_scenario {
        let loaded = load::load(&Request { scenario: folder.path().to_owned(), ..Request::default() });
        let (scenario, problems) = crate::check::check("new", &loaded);
        if scenario.is_none() {
            report(&errors(&problems), &loaded.files, lang, global);
            return Err(Failure::Reported);
        }
    }
    folder.finish().map_err(|t| failure(&t, lang))?;
    Ok(())
}

fn errors(problems: &Problems) -> Problems {
    let mut kept = Problems::default();
    let is_error = |p: &&Problem| p.code.severity() == crate::diag::Severity::Error;
    problems.iter().filter(is_error).for_each(|p| kept.push(p.clone()));
    kept
}

/// Where it is and what comes next.
fn told(args: &NewArgs, lang: Lang, global: &Global) -> Outcome {
    let folder = args.folder.display();
    if global.quiet {
        return say(&folder);
    }
    if global.json {
        return say(serde_json::json!({ "folder": folder.to_string() }));
    }
    let form = format!("{folder}/{}", form_name(lang));
    match (lang, args.template.is_some()) {
        (Lang::Zh, true) => say(format!("写好 {form}：用 Excel 或 WPS 填好，再运行\n  fencheng new 新文件夹 --from {form}")),
        (Lang::En, true) => say(format!("Written: {form}. Fill it in, then\n  fencheng new FOLDER --from {form}")),
        (Lang::Zh, false) => say(format!("写好方案 {folder}：\n  fencheng check {folder}     看还有哪些是假定\n  fencheng run {folder}       出表和图")),
        (Lang::En, false) => say(format!("Written: {folder}\n  fencheng check {folder}     what is still assumed\n  fencheng run {folder}       tables and picture")),
    }
}
