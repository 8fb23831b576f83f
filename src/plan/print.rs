//! Print-out of a plan.
