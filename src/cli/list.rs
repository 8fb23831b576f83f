//! `fencheng list`: what a scenario holds; `fencheng plan`: what it is computed by.

use serde_json::json;

use super::args::{Global, ScenarioArgs};
use super::check::read;
use super::outcome::{Outcome, language, say};
use crate::base::lang::Lang;
use crate::load;
use crate::scenario::Scenario;

/// `fencheng list`
///
/// # Errors
/// When the scenario is wrong.
pub fn list(args: &ScenarioArgs, global: &Global) -> Outcome {
    let checked = read(args, args.variant.first().map(String::as_str), global)?;
    let folder = if args.scenario.is_dir() { args.scenario.clone() } else { args.scenario.parent().map(Into::into).unwrap_or_default() };
    let variants = load::variants(&folder);
    let scenario = &checked.scenario;
    if global.json {
        return say(serde_json::to_string_pretty(&as_json(scenario, &variants)).unwrap_or_default());
    }
    let lang = language(global, Some(scenario.lang));
    for (title, items) in sections(scenario, &variants, lang) {
        say(format!("{title}（{}）", items.len()))?;
        for item in items {
            say(format!("  {item}"))?;
        }
    }
    Ok(())
}

/// `fencheng plan`
///
/// # Errors
/// When the scenario is wrong.
pub fn plan(args: &ScenarioArgs, global: &Global) -> Outcome {
    let checked = read(args, args.variant.first().map(String::as_str), global)?;
    let run = super::check::project(checked.scenario, global)?;
    say(crate::plan::print::print(&run.compiled.plan).trim_end())
}

fn sections(s: &Scenario, variants: &[String], lang: Lang) -> Vec<(&'static str, Vec<String>)> {
    let title = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
    let named = |id: &str, name: &str| format!("{id}  {name}");
    vec![
        (title("镇", "towns"), s.towns.iter().map(|t| t.id()).collect()),
        (title("收入", "sources"), s.sources.iter().map(|x| named(&x.id, &x.name)).collect()),
        (title("体制", "agreements"), s.agreements.iter().map(|x| named(&x.id, &x.name)).collect()),
        (title("转移支付", "transfers"), s.transfers.iter().map(|x| named(&x.id, &x.name)).collect()),
        (title("经常性支出", "recurrent spending"), s.spending.iter().map(|x| named(&x.id, &x.name)).collect()),
        (title("专项", "earmarks"), s.earmarks.iter().map(|x| named(&x.id, &x.name)).collect()),
        (title("项目", "projects"), s.projects.iter().map(|x| named(&x.id, &x.name)).collect()),
        (title("变式", "variants"), variants.to_vec()),
    ]
}

fn as_json(s: &Scenario, variants: &[String]) -> serde_json::Value {
    let pair = |id: &str, name: &str| json!({ "id": id, "name": name });
    json!({
        "scenario": s.id,
        "name": s.name,
        "first_year": s.first_year,
        "last_year": s.last_year,
        "towns": s.towns.iter().map(|t| json!({ "id": t.id(), "county": t.county, "class": t.class, "cohort": t.cohort })).collect::<Vec<_>>(),
        "sources": s.sources.iter().map(|x| pair(&x.id, &x.name)).collect::<Vec<_>>(),
        "agreements": s.agreements.iter().map(|x| pair(&x.id, &x.name)).collect::<Vec<_>>(),
        "transfers": s.transfers.iter().map(|x| pair(&x.id, &x.name)).collect::<Vec<_>>(),
        "spending": s.spending.iter().map(|x| pair(&x.id, &x.name)).collect::<Vec<_>>(),
        "earmarks": s.earmarks.iter().map(|x| pair(&x.id, &x.name)).collect::<Vec<_>>(),
        "projects": s.projects.iter().map(|x| pair(&x.id, &x.name)).collect::<Vec<_>>(),
        "variants": variants,
        "parameters": s.leaves.iter().map(|(_, l)| json!({ "path": l.path, "from": l.from.map(|d| d.to_string()), "text": l.text })).collect::<Vec<_>>(),
    })
}
