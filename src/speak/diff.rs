//! What distinguishes two scenarios, in words: who changes agreement when, what is new, gone, or has another value.

use std::collections::{BTreeMap, BTreeSet};

use super::{Act, Speaker};
use crate::base::{lang::Lang, when::Day};
use crate::rules::{field::Quantity, param::Leaf};
use crate::scenario::{Agreement, Scenario, Town};

/// The differences from `old` to `new`; none when they say the same.
#[must_use]
pub fn diff(old: &Scenario, new: &Scenario, lang: Lang) -> Vec<String> {
    let differ = Differ { old: Speaker::new(old, lang), new: Speaker::new(new, lang) };
    let mut said = differ.years();
    said.extend(differ.towns());
    said.extend(differ.regimes());
    said.extend(differ.rules());
    said.extend(differ.projects());
    said
}

struct Differ<'s> {
    old: Speaker<'s>,
    new: Speaker<'s>,
}

/// The values written under one path: from when, which, and where from.
type Values<'l> = BTreeMap<&'l str, Vec<&'l Leaf>>;

impl Differ<'_> {
    fn pick(&self, zh: impl Into<String>, en: impl Into<String>) -> String {
        self.new.speak.pick(zh, en)
    }

    fn years(&self) -> Vec<String> {
        let span = |s: &Scenario| (s.first_year, s.last_year, s.base_year);
        let (old, new) = (span(self.old.scenario), span(self.new.scenario));
        if old == new {
            return Vec::new();
        }
        let zh = format!("测算期由{}年至{}年（基期{}年）改为{}年至{}年（基期{}年）。", old.0, old.1, old.2, new.0, new.1, new.2);
        let en = format!("The projection runs from {} to {} (base year {}) instead of {} to {} (base year {}).", new.0, new.1, new.2, old.0, old.1, old.2);
        vec![self.pick(zh, en)]
    }

    fn towns(&self) -> Vec<String> {
        let ids = |s: &Scenario| s.towns.iter().map(Town::id).collect::<BTreeSet<_>>();
        let (old, new) = (ids(self.old.scenario), ids(self.new.scenario));
        let added = new.difference(&old).map(|t| self.pick(format!("新增镇：{t}。"), format!("Added: the town {t}.")));
        let gone = old.difference(&new).map(|t| self.pick(format!("不再包括镇：{t}。"), format!("Gone: the town {t}.")));
        added.chain(gone).collect()
    }

    /// Which towns change agreement, and when; towns with the same change together.
    fn regimes(&self) -> Vec<String> {
        type Change = (i32, i32, String, String);
        let mut changes: BTreeMap<Change, Vec<bool>> = BTreeMap::new();
        for (at, town) in self.new.scenario.towns.iter().enumerate() {
            for change in self.changes_of(at, town) {
                let towns = changes.entry(change).or_insert_with(|| vec![false; self.new.scenario.towns.len()]);
                if let Some(towns) = towns.get_mut(at) {
                    *towns = true;
                }
            }
        }
        changes.iter().map(|(change, towns)| self.change(change, towns)).collect()
    }

    fn changes_of(&self, at: usize, town: &Town) -> Vec<(i32, i32, String, String)> {
        let Some(before) = self.old.scenario.towns.iter().position(|t| t.id() == town.id()) else { return Vec::new() };
        let mut found: Vec<(i32, i32, String, String)> = Vec::new();
        for year in self.new.scenario.first_year..=self.new.scenario.last_year {
            let pair = held(self.old.scenario, before, year).zip(held(self.new.scenario, at, year)).filter(|(a, b)| a.id != b.id || a.name != b.name);
            let Some((from, to)) = pair else { continue };
            match found.last_mut() {
                Some((_, last, a, b)) if *last + 1 == year && *a == from.name && *b == to.name => *last = year,
                _ => found.push((year, year, from.name.clone(), to.name.clone())),
            }
        }
        found
    }

    fn change(&self, (from, to, old, new): &(i32, i32, String, String), towns: &[bool]) -> String {
        let (towns, old, new) = (self.new.towns(towns), self.new.speak.called(old), self.new.speak.called(new));
        if *to == self.new.scenario.last_year {
            return self.pick(format!("{towns}{from}年起由{old}改为{new}。"), format!("From {from} on {towns} is under the {new} instead of the {old}."));
        }
        let years = self.new.years((*from, *to));
        self.pick(format!("{towns}{years}由{old}改为{new}。"), format!("{towns}: {years} under the {new} instead of the {old}."))
    }

    /// Acts that came, went or changed, and values that did.
    fn rules(&self) -> Vec<String> {
        let (old, new) = (acts(&self.old), acts(&self.new));
        let (before, after) = (paths(&old), paths(&new));
        let mut said: Vec<String> = new.iter().filter(|a| !before.contains(a.path.as_str())).map(|a| self.new_act(a)).collect();
        said.extend(old.iter().filter(|a| !after.contains(a.path.as_str())).map(|a| self.pick(format!("取消：{}", a.sentence), format!("Gone: {}", a.sentence))));
        // What stands under an act that came or went was said with it.
        let told = |path: &str| {
            let one_sided = |act: &&Act| before.contains(act.path.as_str()) != after.contains(act.path.as_str());
            old.iter().chain(&new).filter(one_sided).any(|act| under(path, &act.path))
        };
        let changed = self.values(&told);
        for (act, earlier) in new.iter().filter_map(|a| old.iter().find(|o| o.path == a.path).map(|o| (a, o))) {
            let explained = changed.iter().any(|(path, _)| under(path, &act.path));
            // The years an agreement runs are said town by town.
            let is_head = act.path.starts_with("agreement.") && act.path.matches('.').count() == 1;
            if act.sentence != earlier.sentence && !explained && !is_head {
                said.push(self.pick(format!("原为“{}”，现为“{}”", earlier.sentence, act.sentence), format!("Was “{}”, now “{}”", earlier.sentence, act.sentence)));
            }
        }
        if !changed.iter().any(|(path, _)| path.starts_with("upper.")) && before == after {
            said.extend(self.upper_rules());
        }
        said.extend(changed.into_iter().map(|(_, sentence)| sentence));
        said
    }

    /// A change from a share of gross to one of the remainder is no value of its own.
    fn upper_rules(&self) -> Vec<String> {
        let sentences = |s: &Speaker<'_>| s.upper_shares().acts.into_iter().map(|a| a.sentence).collect::<Vec<_>>();
        let (old, new) = (sentences(&self.old), sentences(&self.new));
        new.into_iter().filter(|s| !old.contains(s)).map(|s| self.pick(format!("上级分成现为：{s}"), format!("The levels above now take: {s}"))).collect()
    }

    fn new_act(&self, act: &Act) -> String {
        let mut parts = act.path.split('.');
        let agreement = (parts.next() == Some("agreement")).then(|| parts.next()).flatten().and_then(|id| self.new.scenario.agreements.iter().find(|a| a.id == id));
        match (agreement, parts.next()) {
            (Some(agreement), Some(_)) => {
                let name = self.new.speak.called(&agreement.name);
                self.pick(format!("{name}·{}", act.sentence), format!("{} – {}", super::capital(&name), act.sentence))
            }
            (Some(_), None) => self.pick(format!("新增体制——{}", act.sentence), format!("New agreement – {}", act.sentence)),
            (None, _) => self.pick(format!("新增：{}", act.sentence), format!("New: {}", act.sentence)),
        }
    }

    /// Values by path that differ, said, in the order of the new scenario.
    fn values(&self, told: &dyn Fn(&str) -> bool) -> Vec<(String, String)> {
        let (old, new) = (by_path(self.old.scenario), by_path(self.new.scenario));
        let none: Vec<&Leaf> = Vec::new();
        let mut said = Vec::new();
        let mut seen = BTreeSet::new();
        let all = self.new.scenario.leaves.iter().chain(self.old.scenario.leaves.iter()).map(|(_, leaf)| leaf.path.as_str());
        for path in all.filter(|path| seen.insert(*path) && !told(path)) {
            let (before, after) = (old.get(path).unwrap_or(&none), new.get(path).unwrap_or(&none));
            said.extend(self.value(path, before, after).map(|sentence| (path.to_owned(), sentence)));
        }
        said
    }

    fn value(&self, path: &str, before: &[&Leaf], after: &[&Leaf]) -> Option<String> {
        let values = |leaves: &[&Leaf]| leaves.iter().map(|l| (l.from, l.value)).collect::<Vec<_>>();
        let sources = |leaves: &[&Leaf]| self.new.speak.sources(leaves.iter().map(|l| &l.provenance));
        let cites = sources(after);
        let label = if after.is_empty() { self.old.label(path) } else { self.new.label(path) };
        let (old, new) = (self.dated(before), self.dated(after));
        match (before.is_empty(), after.is_empty()) {
            (true, _) => Some(self.pick(format!("{label}：新增，{new}{cites}。"), format!("{}: new, {new}{cites}.", super::capital(&label)))),
            (_, true) => Some(self.pick(format!("{label}：取消，原为{old}。"), format!("{}: gone, it was {old}.", super::capital(&label)))),
            _ if values(before) != values(after) => {
                Some(self.pick(format!("{label}：由{old}改为{new}{cites}。"), format!("{}: {new} instead of {old}{cites}.", super::capital(&label))))
            }
            _ if sources(before) != sources(after) => {
                let was = sources(before);
                Some(self.pick(format!("{label}：数不变，依据由{was}改为{cites}。"), format!("{}: the same value, its source{cites} instead of{was}.", super::capital(&label))))
            }
            _ => None,
        }
    }

    fn dated(&self, leaves: &[&Leaf]) -> String {
        let speak = &self.new.speak;
        let alone = leaves.len() == 1;
        let say = |leaf: &&Leaf| {
            let value = match leaf.quantity {
                // Zero money is "nothing" in a sentence and 0 in a comparison.
                Quantity::Money | Quantity::SignedMoney => speak.money(leaf.value),
                quantity => speak.quantity(quantity, leaf.value),
            };
            match leaf.from {
                Some(day) if !(alone && day <= Day::first_of(self.new.scenario.first_year)) => {
                    speak.pick(format!("{}起{value}", speak.day(day)), format!("{value} from {}", speak.day(day)))
                }
                _ => value,
            }
        };
        speak.list(&leaves.iter().map(say).collect::<Vec<_>>())
    }

    /// Projects that came or went, or whose cost, town's part or start changed.
    fn projects(&self) -> Vec<String> {
        let (old, new) = (&self.old.scenario.projects, &self.new.scenario.projects);
        let mut said = Vec::new();
        let say = |p: &crate::scenario::Project| {
            let (cost, town) = (self.new.speak.money(p.cost), self.new.speak.money(p.funding.town));
            self.pick(format!("总投资{cost}、镇级{town}、{}年开工", p.start), format!("investment {cost}, the town's part {town}, starting in {}", p.start))
        };
        for p in new {
            match old.iter().find(|o| o.id == p.id) {
                None => said.push(self.pick(format!("新增项目{}：{}。", p.name, say(p)), format!("New project {}: {}.", p.name, say(p)))),
                Some(o) if say(o) != say(p) => {
                    said.push(self.pick(format!("项目{}：由{}改为{}。", p.name, say(o), say(p)), format!("Project {}: {} instead of {}.", p.name, say(p), say(o))))
                }
                Some(_) => {}
            }
        }
        let gone = old.iter().filter(|o| !new.iter().any(|p| p.id == o.id));
        said.extend(gone.map(|o| self.pick(format!("取消项目{}。", o.name), format!("Project {} is gone.", o.name))));
        said
    }
}

/// Acts that stand somewhere (summaries do not).
fn acts(speaker: &Speaker<'_>) -> Vec<Act> {
    speaker.sections().into_iter().flat_map(|s| s.acts).filter(|a| !a.path.is_empty()).collect()
}

fn paths(acts: &[Act]) -> BTreeSet<&str> {
    acts.iter().map(|a| a.path.as_str()).collect()
}

fn under(path: &str, act: &str) -> bool {
    path == act || path.strip_prefix(act).is_some_and(|rest| rest.starts_with('.'))
}

fn by_path(scenario: &Scenario) -> Values<'_> {
    let mut values = Values::new();
    for (_, leaf) in scenario.leaves.iter() {
        values.entry(leaf.path.as_str()).or_default().push(leaf);
    }
    values.values_mut().for_each(|leaves| leaves.sort_by_key(|l| l.from));
    values
}

fn held(scenario: &Scenario, town: usize, year: i32) -> Option<&Agreement> {
    let order = usize::try_from(year - scenario.first_year).ok()?;
    scenario.agreements.get(scenario.regime.get(town)?.get(order)?.agreement)
}
