//! Printing, and how a command may fail.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

use super::args::Global;
use crate::base::{lang::Lang, place::Files};
use crate::diag::{Code, Problems, Severity, render};

/// How a command may fail.
#[derive(Debug)]
pub enum Failure {
    /// The problems were printed.
    Reported,
    /// One sentence is still to be printed.
    Said(String),
    /// Everything was printed: there is no solution.
    Unsolved,
    /// Everything was printed: a result is as it was written, but was not computed anew.
    Unverified,
    /// Whoever read the output went away.
    ReaderGone,
}

/// What a command gives back.
pub type Outcome = Result<(), Failure>;

/// Prints to standard output.
///
/// # Errors
/// [`Failure::ReaderGone`] when the pipe was closed; what the system says where it cannot be written, so that a full disk is no success.
pub fn say(text: impl Display) -> Outcome {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}").and_then(|()| out.flush()).map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::ReaderGone,
        _ => Failure::Said(said(Code::E703, &[("file", "stdout".to_owned()), ("reason", error.to_string())], system())),
    })
}

/// Prints to standard error; there is nobody to tell if that fails.
pub fn complain(text: impl Display) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// A problem of the command line in the words of the catalogue.
pub fn said(code: Code, args: &[(&'static str, String)], lang: Lang) -> String {
    let label = match (code.severity(), lang) {
        (Severity::Error, Lang::Zh) => "错误",
        (Severity::Error, Lang::En) => "error",
        (_, Lang::Zh) => "警告",
        (_, Lang::En) => "warning",
    };
    let remedy = code.remedy(lang, args).map_or(String::new(), |r| format!("\n  = {r}"));
    format!("{label}[{code}]: {}{remedy}", code.title(lang, args))
}

/// Prints problems in the language and layout asked for.
pub fn report(problems: &Problems, files: &Files, lang: Lang, global: &Global) {
    if problems.is_empty() || (global.silent && !problems.has_errors()) {
        return;
    }
    if global.json {
        let all = render::render_json(problems, files, lang);
        complain(serde_json::to_string_pretty(&all).unwrap_or_default());
    } else {
        let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        let text = render::render(problems, files, lang, colour);
        complain(text.trim_end());
    }
}

/// The language: asked for, else the scenario's, else the system's.
pub fn language(global: &Global, scenario: Option<Lang>) -> Lang {
    global.lang.map(Lang::from).or(scenario).unwrap_or_else(system)
}

fn system() -> Lang {
    let of = |key: &str| std::env::var(key).ok().filter(|v| !v.is_empty());
    let locale = of("LC_ALL").or_else(|| of("LC_MESSAGES")).or_else(|| of("LANG")).unwrap_or_default();
    if locale.starts_with("en") { Lang::En } else { Lang::Zh }
}
