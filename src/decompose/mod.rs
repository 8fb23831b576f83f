//! Which rule brings how much of the difference between two scenarios: every subset of the changed rules is run, and each
//! rule has its Shapley value, so that the order in which rules are looked at does not matter.

mod acts;
mod renewed;

use std::collections::HashMap;

use acts::{Act, differing, mixed, written};

use crate::base::amount::Fen;
use crate::check::check;
use crate::load::{Loaded, node::Table};
use crate::measure::Run;
use crate::measure::compare::Comparison;
use crate::measure::compare::decomposition::{Decomposition, Group, figures};
use crate::scenario::Scenario;
use crate::study::math::shapley::Exact;

/// More groups than this are merged: 2⁸ runs.
const MOST_GROUPS: usize = 8;

/// What both scenarios were read from, and how a scenario in between is readied before it is run (a replay puts outturns in).
pub struct Between<'l> {
    /// The baseline.
    pub before: &'l Loaded,
    /// The variant.
    pub after: &'l Loaded,
    /// Readies a scenario.
    pub ready: &'l dyn Fn(&mut Scenario),
}

/// Takes the difference of a comparison apart.
#[must_use]
pub fn decompose(between: &Between<'_>, comparison: &Comparison<'_>) -> Decomposition {
    let root = taken_apart(between, comparison);
    let acts = differing(&root, &between.after.root);
    let mut game = Game { between, root, comparison, acts, known: HashMap::new() };
    let mut teams: Vec<Team> = (0..game.acts.len()).map(|n| Team { acts: vec![n], ..Team::default() }).collect();
    while let Some(joined) = game.not_alone(&teams, 1) {
        join(&mut teams, joined, |team| team.needs = true);
    }
    while teams.len() > MOST_GROUPS {
        let smallest = game.smallest(&teams);
        join(&mut teams, smallest, |team| team.small = true);
    }
    while let Some(joined) = game.not_alone(&teams, teams.len()) {
        join(&mut teams, joined, |team| team.needs = true);
    }
    game.shared(&teams)
}

/// The baseline's tree, with new agreements as far as they can be taken apart by their parts without too many rules.
fn taken_apart(between: &Between<'_>, comparison: &Comparison<'_>) -> Table {
    let (before, after) = (&between.before.root, &between.after.root);
    let base = figures(comparison, comparison.before);
    let mut root = before.clone();
    for (new, old) in renewed::successions(comparison.before, comparison.after) {
        let few = |root: &Table| differing(root, after).len() <= MOST_GROUPS;
        let Some(candidate) = renewed::renewed(&root, after, &new, &old).filter(few) else { continue };
        if between.figures(candidate.clone(), comparison).as_ref() == Some(&base) {
            root = candidate;
        }
    }
    root
}

impl Between<'_> {
    /// The figures of a scenario with a tree in between; none when it cannot be read or run.
    fn figures(&self, root: Table, comparison: &Comparison<'_>) -> Option<Vec<Fen>> {
        let mut sheets = self.before.sheets.clone();
        sheets.extend(self.after.sheets.iter().map(|(name, sheet)| (name.clone(), sheet.clone())));
        let loaded = Loaded { root, sheets, ..self.after.clone() };
        let mut scenario = check("between", &loaded).0?;
        (self.ready)(&mut scenario);
        Run::of(scenario).ok().map(|run| figures(comparison, &run))
    }
}

/// Rules that change together.
#[derive(Clone, Debug, Default)]
struct Team {
    acts: Vec<usize>,
    needs: bool,
    small: bool,
}

/// Puts teams (by their order) together in the place of the first.
fn join(teams: &mut Vec<Team>, mut joined: Vec<usize>, mark: impl Fn(&mut Team)) {
    joined.sort_unstable();
    joined.dedup();
    let others: Vec<Team> = joined.iter().skip(1).rev().map(|n| teams.remove(*n)).collect();
    let Some(first) = joined.first().and_then(|n| teams.get_mut(*n)) else { return };
    for other in others {
        first.acts.extend(other.acts);
        (first.needs, first.small) = (first.needs || other.needs, first.small || other.small);
    }
    first.acts.sort_unstable();
    mark(first);
}

/// The runs in between, each done once.
struct Game<'g> {
    between: &'g Between<'g>,
    /// The baseline's tree.
    root: Table,
    comparison: &'g Comparison<'g>,
    acts: Vec<Act>,
    known: HashMap<Vec<usize>, Option<Vec<Fen>>>,
}

impl Game<'_> {
    /// The figures with some rules changed; none when such a scenario cannot be read or run.
    fn worth(&mut self, teams: &[&Team]) -> Option<Vec<Fen>> {
        let mut changed: Vec<usize> = teams.iter().flat_map(|t| &t.acts).copied().collect();
        changed.sort_unstable();
        if let Some(known) = self.known.get(&changed) {
            return known.clone();
        }
        let worth = self.run(&changed);
        self.known.insert(changed, worth.clone());
        worth
    }

    fn run(&self, changed: &[usize]) -> Option<Vec<Fen>> {
        let Comparison { before, after, .. } = *self.comparison;
        // The two ends are the runs themselves, whatever the order of their files.
        if changed.is_empty() {
            return Some(figures(self.comparison, before));
        }
        if changed.len() == self.acts.len() {
            return Some(figures(self.comparison, after));
        }
        let acts: Vec<&Act> = changed.iter().map(|n| &self.acts[*n]).collect();
        self.between.figures(mixed(&self.root, &self.between.after.root, &acts), self.comparison)
    }

    /// Teams that must go together: of the smallest set (of up to `most` teams) that cannot be run, what it lacks beside it.
    fn not_alone(&mut self, teams: &[Team], most: usize) -> Option<Vec<usize>> {
        let n = teams.len();
        for size in 1..=most.min(n.saturating_sub(1)) {
            for set in subsets(n, size) {
                if self.worth(&pick(teams, &set)).is_some() {
                    continue;
                }
                let lacks = (0..n).filter(|other| !set.contains(other)).find(|other| {
                    let with: Vec<usize> = set.iter().copied().chain([*other]).collect();
                    self.worth(&pick(teams, &with)).is_some()
                });
                return Some(match lacks {
                    Some(other) => set.into_iter().chain([other]).collect(),
                    // Several that do not go together without others are one; one that no other helps goes with all.
                    None if set.len() > 1 => set,
                    None => (0..n).collect(),
                });
            }
        }
        None
    }

    /// The two teams that change retained funds least by themselves.
    fn smallest(&mut self, teams: &[Team]) -> Vec<usize> {
        let none = self.worth(&[]).unwrap_or_default();
        let mut sizes: Vec<(i128, usize)> = Vec::new();
        for (n, team) in teams.iter().enumerate() {
            let worth = self.worth(&[team]).unwrap_or_else(|| none.clone());
            sizes.push((worth.iter().zip(&none).map(|(a, b)| i128::from(a - b).abs()).sum(), n));
        }
        sizes.sort_unstable();
        sizes.into_iter().take(2).map(|(_, n)| n).collect()
    }

    fn shared(&mut self, teams: &[Team]) -> Decomposition {
        let n = teams.len();
        let worth: Vec<Vec<Fen>> = (0..1_usize << n)
            .map(|set| {
                let members: Vec<&Team> = (0..n).filter(|k| set & 1 << k != 0).map(|k| &teams[k]).collect();
                self.worth(&members).unwrap_or_default()
            })
            .collect();
        let coalitions = |at: usize| -> Vec<Fen> { worth.iter().map(|figures| figures.get(at).copied().unwrap_or(0)).collect() };
        // At most 2⁸ coalitions of amounts far below the limits of the method: it cannot fail.
        let figure = |at: usize| Exact::new(&coalitions(at)).and_then(|exact| exact.fen()).unwrap_or_else(|_| vec![0; n]);
        let by_figure: Vec<Vec<Fen>> = (0..worth.first().map_or(0, Vec::len)).map(figure).collect();
        let parts = (0..n).map(|team| by_figure.iter().map(|parts| parts[team]).collect()).collect();
        let group = |team: &Team| Group { rules: team.acts.iter().map(|a| written(&self.acts[*a])).collect(), needs: team.needs, small: team.small };
        Decomposition { groups: teams.iter().map(group).collect(), parts }
    }
}

fn pick<'t>(teams: &'t [Team], set: &[usize]) -> Vec<&'t Team> {
    set.iter().map(|n| &teams[*n]).collect()
}

/// All sets of a size, in order.
fn subsets(n: usize, size: usize) -> Vec<Vec<usize>> {
    if size == 1 {
        return (0..n).map(|k| vec![k]).collect();
    }
    // Of more than a few players only single ones are ever asked for.
    (0..1_usize << n).filter(|set| set.count_ones() as usize == size).map(|set| (0..n).filter(|k| set & 1 << k != 0).collect()).collect()
}
