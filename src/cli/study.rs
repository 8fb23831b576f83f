//! What studies have in common on the command line: the scenario, its levers and uncertainties, declared or typed.

use super::args::{Global, StudyArgs};
use super::check::{read, variants};
use super::outcome::{Failure, language, report};
use crate::base::{lang::Lang, place::Place};
use crate::diag::{Code, nearest};
use crate::load::{self, Request};
use crate::scenario::Scenario;
use crate::scenario::study::{Acts, Each, Lever, Uncertain};
use crate::study::inputs::Input;
use crate::study::subject::Subject;
use crate::study::wrong::Wrong;

/// A scenario ready to be studied.
pub struct Studied {
    /// As it was read.
    pub subject: Subject,
    /// Checked.
    pub scenario: Scenario,
    /// The language of answers.
    pub lang: Lang,
    /// Codes of warnings.
    pub notes: Vec<String>,
    /// The variant laid over the scenario, as it is written.
    pub variant: Option<String>,
}

/// The scenario without a variant, to see what it declares.
///
/// # Errors
/// [`Failure::Reported`] after printing what is wrong.
pub fn declared(args: &StudyArgs, global: &Global) -> Result<Scenario, Failure> {
    let plain = super::args::ScenarioArgs { variant: Vec::new(), set: Vec::new(), ..args.scenario.clone() };
    read(&plain, None, global).map(|checked| checked.scenario)
}

/// The scenario with the variant asked for, or else the study's own.
///
/// # Errors
/// [`Failure::Reported`] after printing what is wrong; a sentence where several variants are asked for.
pub fn studied(args: &StudyArgs, own: Option<&str>, global: &Global) -> Result<Studied, Failure> {
    let asked = if args.scenario.variant.is_empty() { vec![own.map(str::to_owned)] } else { variants(&args.scenario) };
    let [variant] = &asked[..] else {
        let lang = language(global, None);
        return Err(said(&Wrong::coded(Code::E734, "--variant", "一次研究一个变式", "one variant at a time"), lang));
    };
    let checked = read(&args.scenario, variant.as_deref(), global)?;
    let request = Request { scenario: args.scenario.scenario.clone(), variants: load::stack(variant.as_deref()), set: args.scenario.set.clone() };
    let lang = language(global, Some(checked.scenario.lang));
    let notes = checked.notes.iter().map(|p| p.code.to_string()).collect();
    Ok(Studied { subject: Subject::new(&checked.scenario.id, load::load(&request)), scenario: checked.scenario, lang, notes, variant: variant.clone() })
}

/// A sentence about the study itself.
pub fn said(wrong: &Wrong, lang: Lang) -> Failure {
    wrong.message(lang).map_or(Failure::Reported, |(code, args)| Failure::Said(super::outcome::said(code, &args, lang)))
}

/// Prints what is wrong with a study or with the scenario under it.
pub fn failure(wrong: Wrong, studied: &Studied, global: &Global) -> Failure {
    match wrong {
        Wrong::Scenario(problems) => {
            // What a value laid over the scenario breaks stands in files that were read with it.
            report(&problems, &studied.subject.loaded().files, studied.lang, global);
            Failure::Reported
        }
        said_wrong => said(&said_wrong, studied.lang),
    }
}

/// One of several declared things by its key; the only one where none is named.
///
/// # Errors
/// A sentence with the keys there are.
pub fn named<'d, T>(all: &'d [T], name: Option<&str>, id: impl Fn(&T) -> &str, lang: Lang) -> Result<Option<&'d T>, Failure> {
    let Some(name) = name else { return Ok(if let [only] = all { Some(only) } else { None }) };
    if let Some(found) = all.iter().find(|one| id(one) == name) {
        return Ok(Some(found));
    }
    let ids: Vec<&str> = all.iter().map(&id).collect();
    let near = nearest(name, ids.iter().copied()).map_or(String::new(), |near| if lang == Lang::Zh { format!("，是否想写 {near}？") } else { format!("; did you mean {near}?") });
    let list = if ids.is_empty() { "—".to_owned() } else { ids.join(if lang == Lang::Zh { "、" } else { ", " }) };
    Err(said(&Wrong::coded(Code::E734, name, format!("方案没有声明这项研究；有：{list}{near}"), format!("the scenario declares no such study; there are: {list}{near}")), lang))
}

/// The inputs: the levers and uncertainties named by a study, and those typed.
///
/// # Errors
/// A path or value that cannot be read.
pub fn inputs(args: &StudyArgs, levers: &[String], uncertain: &[String], studied: &Studied, global: &Global) -> Result<Vec<Input>, Failure> {
    let scenario = &studied.scenario;
    let mut found = Vec::new();
    let typed = |texts: &[String], own: &[String]| if texts.is_empty() { own.to_vec() } else { texts.to_vec() };
    for text in typed(&args.lever, levers) {
        let declared = scenario.studies.levers.iter().find(|lever| lever.id == text).cloned();
        let lever = declared.map_or_else(|| lever_of(&text), Ok).map_err(|wrong| failure(wrong, studied, global))?;
        found.push(Input::lever(&lever, &studied.subject, scenario).map_err(|wrong| failure(wrong, studied, global))?);
    }
    for text in typed(&args.uncertain, uncertain) {
        let declared = scenario.studies.uncertain.iter().find(|one| one.id == text).cloned();
        let one = declared.map_or_else(|| uncertain_of(&text), Ok).map_err(|wrong| failure(wrong, studied, global))?;
        found.push(Input::uncertain(&one, &studied.subject, scenario).map_err(|wrong| failure(wrong, studied, global))?);
    }
    Ok(found)
}

/// `PATH=40%..100%/10%` or `PATH=40%,50%,60%`
fn lever_of(text: &str) -> Result<Lever, Wrong> {
    let shape =
        || Wrong::said(text, "写成 路径=40%..100%/10%、路径=40%,50%,60%，或方案里政策变量的键", "write PATH=40%..100%/10%, PATH=40%,50%,60%, or the key of a declared lever");
    let (path, values) = text.split_once('=').ok_or_else(shape)?;
    let place = Place::Argument(format!("--lever {text}").into());
    let (id, name) = (path.trim().to_owned(), path.trim().to_owned());
    let paths = vec![id.clone()];
    if let Some((low, rest)) = values.split_once("..") {
        // The stroke of a price (200万元/亩) is no step: a step starts with a digit.
        let starts = |at: &usize| rest[at + 1..].trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '.');
        let stroke = rest.match_indices('/').map(|(at, _)| at).find(starts);
        let (high, step) = stroke.map_or((rest, None), |at| (&rest[..at], Some(rest[at + 1..].trim().to_owned())));
        return Ok(Lever { id, name, paths, range: Some((low.trim().to_owned(), high.trim().to_owned())), step, values: Vec::new(), place });
    }
    let values: Vec<String> = values.split([',', '，']).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty()).collect();
    if values.is_empty() {
        return Err(shape());
    }
    Ok(Lever { id, name, paths, range: None, step: None, values, place })
}

/// `PATH~normal(0%,5%)`, `PATH~triangular(1,1.1,1.4):times`, `PATH~normal(0%,20%):add:year`
fn uncertain_of(text: &str) -> Result<Uncertain, Wrong> {
    let shape = || {
        Wrong::said(
            text,
            "写成 路径~normal(0%,5%)、路径~uniform(0%,25%)、路径~triangular(1,1.1,1.4):times，每年各抽加 :year，每镇各抽加 :town",
            "write PATH~normal(0%,5%), PATH~uniform(0%,25%) or PATH~triangular(1,1.1,1.4):times; add :year to draw every year, :town for every town",
        )
    };
    let (path, rest) = text.split_once(['~', '～']).ok_or_else(shape)?;
    let (draw, rest) = rest.split_once(['(', '（']).ok_or_else(shape)?;
    let (numbers, flags) = rest.split_once([')', '）']).ok_or_else(shape)?;
    let numbers: Vec<String> = numbers.split([',', '，']).map(|n| n.trim().to_owned()).collect();
    let mut parameters: [Option<String>; 5] = Default::default();
    let places: &[usize] = match draw.trim() {
        "normal" | "lognormal" => &[0, 1],
        "uniform" => &[2, 4],
        "triangular" => &[2, 3, 4],
        _ => return Err(shape()),
    };
    if numbers.len() != places.len() {
        return Err(shape());
    }
    places.iter().zip(numbers).for_each(|(at, number)| parameters[*at] = Some(number));
    let (mut acts, mut each) = (Acts::Replace, Each::Run);
    for flag in flags.split(':').map(str::trim).filter(|flag| !flag.is_empty()) {
        match flag {
            "add" => acts = Acts::Add,
            "times" => acts = Acts::Times,
            "replace" => acts = Acts::Replace,
            "year" => each = Each::Year,
            "town" => each = Each::Town,
            "run" => each = Each::Run,
            _ => return Err(shape()),
        }
    }
    let (id, place) = (path.trim().to_owned(), Place::Argument(format!("--uncertain {text}").into()));
    Ok(Uncertain { name: id.clone(), path: id.clone(), id, acts, each, draw: draw.trim().to_owned(), parameters, persistence: None, place })
}
