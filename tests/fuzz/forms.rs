//! Sheets as bureaus hand them in, each as CSV behind a line `=== NAME`: forms, workbooks and collections that become scenarios,
//! and outturns that take the place of a projection.

use std::fs;
use std::path::Path;

use fencheng::base::{lang::Lang, place::Place};
use fencheng::diag::{Problems, render::render};
use fencheng::form;
use fencheng::load::sheet::Sheet;
use fencheng::load::{Request, load, single};
use fencheng::measure::Run;
use fencheng::measure::backtest::{Figures, Scope};
use fencheng::outturn::Estimates;

use super::{End, files, folder, run};

/// Everything that is made of such sheets.
pub fn forms(bytes: &[u8]) -> End {
    let scratch = tempfile::tempdir().expect("a temporary folder");
    let mut sheets = Vec::new();
    for (name, text) in files(bytes, "Sheet1").into_iter().filter(|(_, text)| !text.is_empty()).take(12) {
        let path = scratch.path().join("sheet.csv");
        fs::write(&path, text).expect("a file of the temporary folder");
        let read = single::table(&path, None, &Place::Nowhere);
        assert!(read.sheet.is_some() || read.problems.has_errors(), "refused without a word");
        sheets.extend(read.sheet.map(|sheet| (name.to_owned(), sheet)));
    }
    let mut end = End::Refused;
    for lang in [Lang::Zh, Lang::En] {
        for draft in [0, 1, 2] {
            if drafted(&sheets, draft, lang) == End::Computed {
                end = End::Computed;
            }
        }
    }
    sheets.iter().for_each(|(_, sheet)| outturns(sheet));
    end
}

/// A scenario of them, as `new --from` makes it: what is said to be fine can be computed.
fn drafted(sheets: &[(String, Sheet)], way: u8, lang: Lang) -> End {
    let mut problems = Problems::default();
    let draft = match way {
        0 => form::is_form(sheets).then(|| form::from_form(sheets, "x.xlsx", lang, &mut problems)).flatten(),
        1 => form::from_workbook(sheets, Some(Scope::Gross), "x.xlsx", lang, &mut problems),
        _ => form::from_collections(sheets, None, "x.xlsx", lang, &mut problems),
    };
    assert!(problems.is_empty() || !render(&problems, &load(&Request::default()).files, lang, false).is_empty());
    let Some(draft) = draft.filter(|_| !problems.has_errors()) else { return End::Refused };
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in form::files(&draft) {
        assert!(Path::new(&name).components().all(|part| matches!(part, std::path::Component::Normal(_))), "{name} leads out");
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("it is in the folder")).and_then(|()| fs::write(path, text)).expect("a file of the temporary folder");
    }
    run(folder.path(), Vec::new(), Vec::new())
}

/// Outturns in the place of a projection, as `run --outturn` puts them.
fn outturns(sheet: &Sheet) {
    let projected = sound(folder().path());
    let mut problems = Problems::default();
    let estimates = Estimates::read(sheet, Some(Scope::Gross), &Figures::of(&projected), &mut problems);
    if !problems.has_errors() {
        let mut scenario = projected.scenario;
        estimates.put_into(&mut scenario);
        let _ = Run::of(scenario);
    }
}

fn sound(folder: &Path) -> Run {
    let loaded = load(&Request { scenario: folder.to_owned(), ..Request::default() });
    let scenario = fencheng::check::check("fuzz", &loaded).0.expect("a sound scenario");
    Run::of(scenario).expect("a run")
}
