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
        say(if lang == Lang::Zh { format!("{title}（{}）", items.len()) } else { format!("{title} ({})", items.len()) })?;
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
    let moving = [
        (title("企业迁移", "firms that move"), s.moves.iter().map(|x| named(&x.id, &x.name)).collect::<Vec<_>>()),
        (title("飞地", "enclaves"), s.enclaves.iter().map(|x| named(&x.id, &x.name)).collect()),
    ];
    let mut all = vec![
        (title("镇", "towns"), s.towns.iter().map(|t| t.id()).collect()),
        (title("收入", "sources"), s.sources.iter().map(|x| named(&x.id, &x.name)).collect()),
        (title("体制", "agreements"), s.agreements.iter().map(|x| named(&x.id, &x.name)).collect()),
        (title("转移支付", "transfers"), s.transfers.iter().map(|x| named(&x.id, &x.name)).collect()),
        (title("经常性支出", "recurrent spending"), s.spending.iter().map(|x| named(&x.id, &x.name)).collect()),
        (title("转贷专项债", "on-lent bonds"), s.bonds.iter().map(|x| named(&x.id, &x.name)).collect()),
        (title("专项", "earmarks"), s.earmarks.iter().map(|x| named(&x.id, &x.name)).collect()),
        (title("项目", "projects"), s.projects.iter().map(|x| named(&x.id, &x.name)).collect()),
        (title("变式", "variants"), variants.to_vec()),
        (title("可套用于任何方案的体制", "agreements that fit any scenario"), load::builtin::AGREEMENTS.iter().map(|(name, _)| (*name).to_owned()).collect()),
    ];
    let studies = &s.studies;
    let declared = [
        (title("政策变量", "levers"), studies.levers.iter().map(|x| named(&x.id, &x.name)).collect::<Vec<_>>()),
        (title("不确定因素", "uncertainties"), studies.uncertain.iter().map(|x| named(&x.id, &x.name)).collect()),
        (title("扫描（fencheng sweep）", "sweeps (fencheng sweep)"), studies.sweeps.iter().map(|x| named(&x.id, &x.name)).collect()),
        (title("求解（fencheng solve）", "searches (fencheng solve)"), studies.solves.iter().map(|x| named(&x.id, &x.name)).collect()),
    ];
    all.extend(moving.into_iter().chain(declared).filter(|(_, items)| !items.is_empty()));
    all
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
        "bonds": s.bonds.iter().map(|x| pair(&x.id, &x.name)).collect::<Vec<_>>(),
        "earmarks": s.earmarks.iter().map(|x| pair(&x.id, &x.name)).collect::<Vec<_>>(),
        "projects": s.projects.iter().map(|x| pair(&x.id, &x.name)).collect::<Vec<_>>(),
        "moves": s.moves.iter().map(|x| pair(&x.id, &x.name)).collect::<Vec<_>>(),
        "enclaves": s.enclaves.iter().map(|x| pair(&x.id, &x.name)).collect::<Vec<_>>(),
        "levers": s.studies.levers.iter().map(|x| pair(&x.id, &x.name)).collect::<Vec<_>>(),
        "uncertainties": s.studies.uncertain.iter().map(|x| pair(&x.id, &x.name)).collect::<Vec<_>>(),
        "sweeps": s.studies.sweeps.iter().map(|x| pair(&x.id, &x.name)).collect::<Vec<_>>(),
        "searches": s.studies.solves.iter().map(|x| pair(&x.id, &x.name)).collect::<Vec<_>>(),
        "feedback": s.feedback_on(),
        "variants": variants,
        "builtin_variants": load::builtin::AGREEMENTS.iter().map(|(name, _)| *name).collect::<Vec<_>>(),
        "parameters": s.leaves.iter().map(|(_, l)| json!({ "path": l.path, "from": l.from.map(|d| d.to_string()), "text": l.text })).collect::<Vec<_>>(),
    })
}
