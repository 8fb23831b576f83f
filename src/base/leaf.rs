//! The name of a value a user wrote.

/// A written value by its order in the scenario's list of leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LeafId(pub u32);
