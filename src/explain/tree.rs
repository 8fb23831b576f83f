//! The tree below a figure: as deep as asked, nothing twice, what is nothing folded away.

use std::collections::{HashMap, HashSet};

use super::{Explainer, Key, Node};

/// A sum of more parts than this …
const MANY: usize = 8;
/// … shows only so many, the largest.
const SHOWN: usize = 6;

/// A figure and what it rests on.
#[derive(Clone, Debug)]
pub struct Tree {
    /// The figure.
    pub node: Node,
    /// What it rests on, in the order of its formula.
    pub children: Vec<Self>,
    /// How many parts are nothing and are left out.
    pub zeros: usize,
    /// Smaller parts that are left out: how many, and what they come to.
    pub rest: Option<(usize, f64)>,
    /// It was shown further up.
    pub seen: bool,
    /// It goes on below the depth asked for.
    pub cut: bool,
}

impl Explainer<'_> {
    /// The tree below a figure, so many levels deep; the smaller parts of long sums only where `all` are wanted.
    #[must_use]
    pub fn tree(&self, key: Key, depth: usize, all: bool) -> Tree {
        self.grow(key, (depth, all), &mut HashMap::new())
    }

    fn grow(&self, key: Key, (depth, all): (usize, bool), seen: &mut HashMap<Key, bool>) -> Tree {
        let node = self.node(key);
        let mut tree = Tree { children: Vec::new(), zeros: 0, rest: None, seen: false, cut: false, node };
        if tree.node.origin.is_some() {
            return tree;
        }
        // What was only named so far is told in full where there is room for it.
        let told = seen.get(&tree.node.core).copied();
        tree.seen = told == Some(true) || told == Some(false) && depth == 0;
        tree.cut = !tree.seen && depth == 0;
        seen.insert(tree.node.core, told == Some(true) || depth > 0);
        if tree.seen || tree.cut {
            return tree;
        }
        let (keys, zeros, rest) = self.parts(&tree.node, all);
        (tree.zeros, tree.rest) = (zeros, rest);
        for key in keys {
            let child = self.grow(key, (depth - 1, all), seen);
            // The same growth of every year is said once.
            let known = tree.children.iter().any(|c| c.node.origin.is_some() && c.node.origin == child.node.origin && c.node.value.to_bits() == child.node.value.to_bits());
            if !known {
                tree.children.push(child);
            }
        }
        tree
    }

    /// What is shown of the parts of a figure, how many are nothing, and what smaller ones come to.
    fn parts(&self, node: &Node, all: bool) -> (Vec<Key>, usize, Option<(usize, f64)>) {
        let keys = node.formula.keys(false);
        let named = keys.len();
        let nothing = |key: &Key| matches!(self.value(*key), 0.0) && (node.formula.is_sum() || !matches!(key, Key::Table(..)));
        let mut keys: Vec<Key> = keys.into_iter().filter(|key| !nothing(key)).collect();
        let zeros = named - keys.len();
        if all || !node.formula.is_sum() || keys.len() <= MANY {
            return (keys, zeros, None);
        }
        let mut by_size = keys.clone();
        by_size.sort_by(|a, b| self.value(*b).abs().total_cmp(&self.value(*a).abs()));
        let least = by_size.split_off(SHOWN);
        let rest = least.iter().map(|key| self.value(*key)).sum();
        let least: HashSet<Key> = least.into_iter().collect();
        keys.retain(|key| !least.contains(key));
        (keys, zeros, Some((least.len(), rest)))
    }
}
