//! Commands that describe: read, diff, schema, error codes, completions, the man page.

use clap::CommandFactory;

use super::args::{Cli, DiffArgs, Global, ScenarioArgs};
use super::outcome::{Failure, Outcome, language, say};
use crate::base::lang::Lang;
use crate::diag::{Code, nearest};

pub fn read(_: &ScenarioArgs, _: &Global) -> Outcome { Ok(()) }
pub fn diff(_: &DiffArgs, _: &Global) -> Outcome { Ok(()) }
pub fn schema() -> Outcome { Ok(()) }
/// `fencheng explain-error`
///
/// # Errors
/// When there is no such code.
pub fn explain_error(name: &str, global: &Global) -> Outcome {
    let lang = language(global, None);
    let Some(code) = Code::parse(name) else {
        let near = nearest(&name.to_uppercase(), Code::ALL.iter().map(|c| c.name()));
        let hint = near.map_or(String::new(), |n| if lang == Lang::Zh { format!("，是否想查 {n}？") } else { format!("; did you mean {n}?") });
        return Err(Failure::Said(if lang == Lang::Zh { format!("没有代码 {name}{hint}") } else { format!("no code {name}{hint}") }));
    };
    let titles = if lang == Lang::Zh { ["", "标注", "原因", "改法"] } else { ["", "label", "cause", "fix"] };
    for (title, words) in titles.into_iter().zip(code.words()) {
        let Some(words) = words else { continue };
        say(if title.is_empty() { format!("{code}  {}", words.get(lang)) } else { format!("  {title}  {}", words.get(lang)) })?;
    }
    Ok(())
}

/// `fencheng completions`
///
/// # Errors
/// When nobody reads any more.
pub fn completions(shell: clap_complete::Shell) -> Outcome {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "fencheng", &mut text);
    say(String::from_utf8_lossy(&text).trim_end())
}

/// `fencheng man`
///
/// # Errors
/// When nobody reads any more.
pub fn man() -> Outcome {
    let mut text = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut text).map_err(|_| Failure::ReaderGone)?;
    say(String::from_utf8_lossy(&text).trim_end())
}
