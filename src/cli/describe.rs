//! Commands that describe: read, diff, schema, error codes, completions, the man page.

use clap::CommandFactory;

use super::args::{Cli, DiffArgs, Global, ScenarioArgs};
use super::check::{read as load, variants};
use super::outcome::{Failure, Outcome, language, say};
use crate::base::lang::Lang;
use crate::diag::{Code, nearest};
use crate::{reference, speak};

/// `fencheng read`
///
/// # Errors
/// When the scenario is wrong.
pub fn read(args: &ScenarioArgs, global: &Global) -> Outcome {
    for variant in variants(args) {
        let checked = load(args, variant.as_deref(), global)?;
        let lang = language(global, Some(checked.scenario.lang));
        let paragraphs = speak::read(&checked.scenario, lang);
        if global.json {
            let all: Vec<_> = paragraphs.iter().map(|p| serde_json::json!({ "heading": p.heading, "sentences": p.sentences })).collect();
            say(serde_json::to_string_pretty(&all).unwrap_or_default())?;
        } else {
            say(speak::text(&paragraphs))?;
        }
    }
    Ok(())
}

/// `fencheng diff`
///
/// # Errors
/// When one of the two is wrong.
pub fn diff(args: &DiffArgs, global: &Global) -> Outcome {
    let scenario = ScenarioArgs { scenario: args.scenario.clone(), variant: Vec::new(), set: Vec::new() };
    let of = |name: &str| load(&scenario, (name != "baseline").then_some(name), global);
    let (first, second) = (of(&args.first)?, of(&args.second)?);
    let lang = language(global, Some(first.scenario.lang));
    let lines = speak::diff(&first.scenario, &second.scenario, lang);
    if global.json {
        return say(serde_json::to_string_pretty(&lines).unwrap_or_default());
    }
    if lines.is_empty() {
        return say(if lang == Lang::Zh { "没有差别" } else { "no difference" });
    }
    lines.into_iter().try_for_each(say)
}

/// `fencheng schema`
///
/// # Errors
/// When nobody reads any more.
pub fn schema() -> Outcome {
    say(serde_json::to_string_pretty(&reference::schema()).unwrap_or_default())
}

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
        say(if title.is_empty() { format!("{code}  {}", blanked(words.get(lang))) } else { format!("  {title}  {}", blanked(words.get(lang))) })?;
    }
    Ok(())
}

/// The holes of a message as an ellipsis.
fn blanked(template: &str) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        match after.split_once('}').filter(|(hole, _)| !hole.is_empty() && hole.chars().all(|c| c.is_ascii_lowercase() || c == '_')) {
            Some((_, after)) => {
                text.push('…');
                rest = after;
            }
            None => {
                text.push('{');
                rest = after;
            }
        }
    }
    text + rest
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
