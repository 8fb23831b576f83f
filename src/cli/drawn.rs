//! Pictures of runs: of which towns, under which names; drawn many at a time.

use super::args::ChartFormat;
use super::outcome::{Failure, complain, said};
use super::output::Told;
use super::pictures::Wanted;
use super::target::{Target, When};
use crate::base::lang::Lang;
use crate::diag::Code;
use crate::measure::Run;
use crate::measure::story::{Story, tell};
use crate::write::chart::{Aspect, ChartError, Drawing, Format, Kind};
use crate::write::folder::safe_name;
use crate::write::picture::{
    Named, Nothing, Picture, Subject,
    batch::{self, Done},
    funds::funds,
    of_run, variants,
};

/// Draws what is wanted in the formats asked for.
///
/// # Errors
/// When a format is not built in, a picture that was named has nothing to show, or the system refuses.
pub fn pictures(told: &[Told<'_>], wanted: &Wanted, when: &When, lang: Lang, target: &mut Target) -> Result<(), Failure> {
    let formats: Vec<Format> = wanted.chart.iter().filter_map(|f| format_of(*f)).collect();
    if formats.is_empty() {
        return Ok(());
    }
    let all = planned(told, wanted, when, lang)?;
    for some in all.chunks(batch::AT_ONCE) {
        for done in batch::render_all(some, &formats).map_err(|e| chart_failure(&e, lang))? {
            keep(&done, lang, target)?;
        }
    }
    Ok(())
}

/// So many pictures has a meeting.
const FOR_MEETING: usize = 3;

/// Writes one drawing in the formats asked for, under a name no other file has.
///
/// # Errors
/// When a format is not built in, or the system refuses.
pub fn store(drawing: Drawing, name: &str, chart: &[ChartFormat], lang: Lang, target: &mut Target) -> Result<(), Failure> {
    let formats: Vec<Format> = chart.iter().filter_map(|f| format_of(*f)).collect();
    let done = batch::render_one(safe_name(name), drawing, &formats).map_err(|e| chart_failure(&e, lang))?;
    keep(&done, lang, target)
}

/// Writes what was rendered and says what found no place.
fn keep(done: &Done, lang: Lang, target: &mut Target) -> Result<(), Failure> {
    for words in &done.dropped {
        complain(if lang == Lang::Zh { format!("图上放不下：{words}") } else { format!("no room in the picture for: {words}") });
    }
    for file in &done.files {
        let name = target.folder.free_name(&format!("{}{}", done.name, file.suffix), file.extension);
        target.write(&name, &file.bytes)?;
    }
    Ok(())
}

/// Why a picture could not be made.
pub fn chart_failure(error: &ChartError, lang: Lang) -> Failure {
    match (error, lang) {
        (ChartError::Feature(name), Lang::Zh) => Failure::Said(format!("本程序编译时未带 {name}；请用 --features {name} 重新编译")),
        _ => Failure::Said(error.to_string()),
    }
}

const fn format_of(format: ChartFormat) -> Option<Format> {
    match format {
        ChartFormat::Png => Some(Format::Png),
        ChartFormat::Svg => Some(Format::Svg),
        ChartFormat::SvgOutlines => Some(Format::SvgOutlines),
        ChartFormat::Pdf => Some(Format::Pdf),
        ChartFormat::None => None,
    }
}

/// A run with the towns shown together and what is said of them.
struct Group<'t> {
    told: &'t Told<'t>,
    towns: Vec<usize>,
    story: Story,
}

impl<'t> Group<'t> {
    fn of(told: &'t Told<'t>, lang: Lang) -> Self {
        let named: Vec<usize> = told.stories.iter().filter_map(|(town, _)| *town).collect();
        let towns = if named.is_empty() { (0..told.towns.len()).collect() } else { named };
        let story = match (&towns[..], &told.stories[..]) {
            (_, [(_, story)]) => story.clone(),
            _ => tell(told.run, told.baseline, None, lang),
        };
        Self { told, towns, story }
    }
}

/// How all pictures of a command look.
struct Look<'t> {
    when: &'t When,
    lang: Lang,
    aspect: Aspect,
}

impl<'t> Look<'t> {
    fn subject(&self, told: &'t Told<'t>, towns: &'t [usize], story: &'t Story) -> Subject<'t> {
        Subject { run: told.run, all: &told.towns, towns, story, years: told.years, when: &self.when.shown, lang: self.lang, aspect: self.aspect }
    }
}

/// All pictures with their names, ready to be drawn.
fn planned(told: &[Told<'_>], wanted: &Wanted, when: &When, lang: Lang) -> Result<Vec<Named>, Failure> {
    let groups: Vec<Group<'_>> = told.iter().map(|t| Group::of(t, lang)).collect();
    if wanted.meeting {
        let look = Look { when, lang, aspect: wanted.paper.into() };
        return Ok(wanted.kinds.iter().filter_map(|key| of_meeting(key, &groups, &look)).take(FOR_MEETING).collect());
    }
    let mut found = Vec::new();
    for key in &wanted.kinds {
        if *key == "variants" {
            let look = Look { when, lang, aspect: wanted.paper.into() };
            let subjects: Vec<Subject<'_>> = groups.iter().map(|g| look.subject(g.told, &g.towns, &g.story)).collect();
            match variants::picture(&subjects) {
                Ok(picture) => found.push(Named { name: safe_name(kind_name(key, lang)), picture: Picture::Multiples(picture) }),
                Err(why) => refuse(key, why, wanted.all, lang)?,
            }
            continue;
        }
        for group in &groups {
            if *key == "funds" {
                for (town, story) in &group.told.stories {
                    let towns = town.map_or_else(|| group.towns.clone(), |t| vec![t]);
                    let picture = Picture::Funds(funds(&Look { when, lang, aspect: wanted.paper.into() }.subject(group.told, &towns, story)));
                    found.push(Named { name: picture_name(group.told.run, *town, None, None, lang), picture });
                }
                continue;
            }
            // One town alone is what the funds picture shows already.
            if wanted.all && group.towns.len() == 1 && matches!(*key, "towns" | "heat") {
                continue;
            }
            match of_run(key, &Look { when, lang, aspect: wanted.paper.into() }.subject(group.told, &group.towns, &group.story)) {
                Ok(pictures) => found.extend(pictures.into_iter().map(|(part, picture)| Named { name: name_of(group, key, part.as_deref(), lang), picture })),
                Err(why) => refuse(key, why, wanted.all, lang)?,
            }
        }
    }
    Ok(found)
}

/// A picture of a meeting, if there is something to show: of the first run, or of all variants.
fn of_meeting(key: &str, groups: &[Group<'_>], look: &Look<'_>) -> Option<Named> {
    let first = groups.first()?;
    match key {
        "variants" => {
            let subjects: Vec<Subject<'_>> = groups.iter().map(|group| look.subject(group.told, &group.towns, &group.story)).collect();
            variants::picture(&subjects).ok().map(|picture| Named { name: safe_name(kind_name(key, look.lang)), picture: Picture::Multiples(picture) })
        }
        "heat" if first.towns.len() == 1 => None,
        _ => {
            let (part, picture) = of_run(key, &look.subject(first.told, &first.towns, &first.story)).ok()?.into_iter().next()?;
            let only = if let [town] = first.towns[..] { Some(town) } else { None };
            let kind = (key != "funds").then(|| kind_name(key, look.lang));
            Some(Named { name: picture_name(first.told.run, only, kind, part.as_deref(), look.lang), picture })
        }
    }
}

/// Nothing to show is a mistake only where that picture was named.
fn refuse(key: &str, why: Nothing, all: bool, lang: Lang) -> Result<(), Failure> {
    let reason = if lang == Lang::Zh { why.0 } else { why.1 };
    if all { Ok(()) } else { Err(Failure::Said(said(Code::E792, &[("picture", kind_name(key, lang).to_owned()), ("reason", reason.to_owned())], lang))) }
}

fn kind_name(key: &str, lang: Lang) -> &'static str {
    Kind::named(key).map_or("", |kind| kind.name(lang))
}

fn name_of(group: &Group<'_>, key: &str, part: Option<&str>, lang: Lang) -> String {
    let only = match group.towns[..] {
        [town] => Some(town),
        _ => None,
    };
    match (key, part) {
        // A county's picture is called after the county.
        ("county", Some(county)) => suffixed(group.told.run, format!("{county}-{}", kind_name(key, lang))),
        _ => picture_name(group.told.run, only, Some(kind_name(key, lang)), part, lang),
    }
}

fn picture_name(run: &Run, town: Option<usize>, kind: Option<&str>, part: Option<&str>, lang: Lang) -> String {
    let all = if lang == Lang::Zh { "全部镇" } else { "all-towns" };
    let several = |name: &str| run.scenario.towns.iter().filter(|t| t.name == name).count() > 1;
    let name = town.map_or(all.to_owned(), |t| {
        let town = &run.scenario.towns[t];
        if several(&town.name) { format!("{}-{}", town.county, town.name) } else { town.name.clone() }
    });
    let more = kind.into_iter().chain(part).map(|word| format!("-{word}"));
    suffixed(run, more.fold(name, |name, word| name + &word))
}

/// With the variant, if it is one.
fn suffixed(run: &Run, name: String) -> String {
    match &run.scenario.variant {
        Some(variant) => safe_name(&format!("{name}-{}", variant.id)),
        None => safe_name(&name),
    }
}
