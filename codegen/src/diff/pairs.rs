//! Pairs of values that are compared, identified by their addresses in memory. A value can contain itself, or contain another
//! value many times.

use std::cell::RefCell;
use std::collections::HashSet;

use crate::contract::{Contract, Shape};

/// A value in its contract.
pub(super) type In<'c> = (&'c Contract, &'c Shape);

pub(super) type ShapePair = (*const Shape, *const Shape);

pub(super) fn pair(old: &Shape, new: &Shape) -> ShapePair {
    (std::ptr::from_ref(old), std::ptr::from_ref(new))
}

/// Pairs of values for which a check has failed. Each level of a long schema repeats the check for all levels below, so a
/// comparison stores the results.
///
/// While the comparison of a value runs, the value passes inside itself. So only a failure is certain before the end of the
/// comparison.
#[derive(Default)]
pub(super) struct Denied {
    pub(super) same: RefCell<HashSet<ShapePair>>,
    pub(super) accepted: RefCell<HashSet<ShapePair>>,
    pub(super) accepted_as_text: RefCell<HashSet<ShapePair>>,
}
