//! Why a figure differs between two runs: the tree along what differs, down to the parameters or rules that do.

use std::collections::HashSet;

use super::cell::Asked;
use super::node::Whose;
use super::{Explainer, Key, Node};

/// A figure in both runs, or in one of them.
#[derive(Clone, Debug)]
pub struct Pair {
    /// In the run asked for.
    pub a: Option<Node>,
    /// In the one it is compared with.
    pub b: Option<Node>,
    /// What differs below.
    pub children: Vec<Self>,
    /// How many parts are the same in both.
    pub same: usize,
    /// It was shown further up.
    pub seen: bool,
    /// It goes on below the depth asked for.
    pub cut: bool,
}

impl Pair {
    /// What the first has more than the second.
    #[must_use]
    pub fn difference(&self) -> f64 {
        let value = |node: &Option<Node>| node.as_ref().map_or(0.0, |node| node.value);
        value(&self.a) - value(&self.b)
    }

    /// Whether nothing below differs although the figure does: the rule itself is another one.
    #[must_use]
    pub fn is_end(&self) -> bool {
        self.children.is_empty() && !self.seen && !self.cut
    }
}

impl Explainer<'_> {
    /// What a figure is called in every run: its path, year and whose it is.
    #[must_use]
    pub fn identity(&self, key: Key) -> String {
        let plan = &self.run.compiled.plan;
        let project = |n: usize| self.run.compiled.projects.get(n).and_then(|n| self.run.scenario.projects.get(*n)).map_or("", |p| &p.id);
        let what = match key {
            Key::Lane(lane, ..) => plan.lane(lane).name.clone(),
            Key::Table(table, _, place) => format!("[{}] {}", plan.tables[table.0 as usize].name, self.town_id(place)),
            Key::Column(table, column, ..) => format!("{table}:{column}"),
            Key::Constant(_, lane) => format!("number of {}", plan.lane(lane).name),
            Key::Project(n, part, _) => format!("project {} {part:?}", project(n)),
            Key::Cell(n) => self.path_of_cell(n),
            Key::Drawn(pot, ..) => format!("drawn {pot}"),
            Key::Left(pool, _, group) => format!("left {} {group}", plan.pools[pool].name),
            Key::Weights(pool, _, group) => format!("weights {} {group}", plan.pools[pool].name),
        };
        self.identified(&what, self.whose(key), self.year_of(key))
    }

    /// The same of a cell before it is asked for.
    pub(super) fn identity_of_cell(&self, asked: &Asked) -> String {
        self.identified(&asked.path(), asked.whose, asked.year)
    }

    fn identified(&self, what: &str, whose: Whose, year: Option<usize>) -> String {
        let whose = match whose {
            Whose::Town(place) => self.town_id(place),
            Whose::County(county) => self.run.compiled.counties.get(county).cloned().unwrap_or_default(),
            Whose::Nobody => String::new(),
        };
        format!("{what} {whose} {:?}", year.map(|year| self.run.year(year)))
    }

    /// The same figure in another run, wherever it stands there.
    fn counterpart(&self, key: Key, other: &Explainer<'_>) -> Option<Key> {
        let (plan, theirs) = (&self.run.compiled.plan, &other.run.compiled.plan);
        let number = |at: Option<usize>| at.and_then(|at| u32::try_from(at).ok());
        let found = match key {
            Key::Lane(lane, year, place) => number(theirs.lanes.iter().position(|l| l.name == plan.lane(lane).name)).map(|n| Key::Lane(crate::plan::Lane(n), year, place)),
            Key::Table(table, year, place) => {
                let name = &plan.tables[table.0 as usize].name;
                number(theirs.tables.iter().position(|t| t.name == *name)).map(|n| Key::Table(crate::plan::TableId(n), year, place))
            }
            _ => None,
        };
        // Years and towns may be others there.
        found.filter(|found| theirs.years == plan.years && theirs.towns == plan.towns && other.identity(*found) == self.identity(key))
    }

    /// A town as `county/name`.
    #[must_use]
    pub fn town_id(&self, place: usize) -> String {
        self.run.compiled.towns.get(place).map(|town| self.run.scenario.towns[*town].id()).unwrap_or_default()
    }

    /// The tree of differences of a figure against another run.
    #[must_use]
    pub fn against(&self, key: Key, other: &Explainer<'_>, theirs: Key, depth: usize) -> Pair {
        Both { a: self, b: other, seen: HashSet::new() }.grow(Some(key), Some(theirs), depth)
    }
}

struct Both<'x, 'r, 's> {
    a: &'x Explainer<'r>,
    b: &'x Explainer<'s>,
    seen: HashSet<(Option<Key>, Option<Key>)>,
}

/// A way to name a figure of a run.
type Naming<'a> = &'a dyn Fn(&Explainer<'_>, Key) -> String;

/// A figure in the one run, in the other, or in both.
type Match = (Option<Key>, Option<Key>);

fn parts(node: Option<&Node>) -> Vec<Key> {
    node.filter(|node| node.origin.is_none()).map(|node| node.formula.keys(false)).unwrap_or_default()
}

/// The same path under whatever agreement.
fn loose(name: &str) -> String {
    match name.strip_prefix("agreement.").and_then(|rest| rest.split_once('.')) {
        Some((_, rest)) => format!("agreement.*.{rest}"),
        None => name.to_owned(),
    }
}

impl Both<'_, '_, '_> {
    fn grow(&mut self, a: Option<Key>, b: Option<Key>, depth: usize) -> Pair {
        let (first, second) = (a.map(|key| self.a.node(key)), b.map(|key| self.b.node(key)));
        let mut pair = Pair { children: Vec::new(), same: 0, seen: false, cut: false, a: first, b: second };
        let (ours, theirs) = (parts(pair.a.as_ref()), parts(pair.b.as_ref()));
        if ours.is_empty() && theirs.is_empty() {
            return pair;
        }
        let cores = (pair.a.as_ref().map(|n| n.core), pair.b.as_ref().map(|n| n.core));
        pair.seen = self.seen.contains(&cores);
        pair.cut = !pair.seen && depth == 0;
        if pair.cut || pair.seen {
            return pair;
        }
        self.seen.insert(cores);
        let all = self.matched(ours, theirs);
        let count = all.len();
        let differing: Vec<Match> = all.into_iter().filter(|both| self.differs(both)).collect();
        pair.same = count - differing.len();
        for (a, b) in differing {
            let child = self.grow(a, b, depth - 1);
            pair.children.push(child);
        }
        pair
    }

    /// Parts matched by their path, else by their path under another agreement, else by what they are called; what is left
    /// over is looked for anywhere in the other run, and a last one on both sides stands for the other.
    fn matched(&self, ours: Vec<Key>, mut theirs: Vec<Key>) -> Vec<Match> {
        let (a, b) = (self.a, self.b);
        let mut found: Vec<Match> = ours.into_iter().map(|key| (Some(key), None)).collect();
        let called = |of: &Explainer<'_>, key: Key| match key {
            Key::Lane(lane, ..) => format!("{} {:?}", of.run.compiled.plan.lane(lane).zh, of.year_of(key).map(|year| of.run.year(year))),
            _ => of.identity(key),
        };
        let ways: [Naming<'_>; 3] = [&|of, key| of.identity(key), &|of, key| loose(&of.identity(key)), &called];
        for way in ways {
            for both in found.iter_mut().filter(|both| both.1.is_none()) {
                let name = both.0.map(|key| way(a, key));
                let at = theirs.iter().position(|key| Some(way(b, *key)) == name);
                both.1 = at.map(|at| theirs.remove(at));
            }
        }
        for both in found.iter_mut().filter(|both| both.1.is_none()) {
            both.1 = both.0.and_then(|key| a.counterpart(key, b));
        }
        found.extend(theirs.into_iter().map(|key| (b.counterpart(key, a), Some(key))));
        let alone: Vec<usize> = (0..found.len()).filter(|n| (found[*n].0.is_none() || found[*n].1.is_none()) && self.differs(&found[*n])).collect();
        if let [one, other] = alone[..]
            && found[one].1.is_none()
            && found[other].0.is_none()
        {
            found[one].1 = found[other].1;
            found.remove(other);
        }
        found
    }

    /// A part of nothing is no difference to a part that is not there.
    fn differs(&self, (a, b): &Match) -> bool {
        let (x, y) = (a.map_or(0.0, |key| self.a.value(key)), b.map_or(0.0, |key| self.b.value(key)));
        x != y && !(x.is_nan() && y.is_nan())
    }
}
