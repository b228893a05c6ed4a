//! Two values that are compared, by their places in memory. A value can hold itself, and another one many times.

use std::cell::RefCell;
use std::collections::HashSet;

use crate::contract::{Contract, Shape};

/// A value in its contract.
pub(super) type In<'c> = (&'c Contract, &'c Shape);

pub(super) type ShapePair = (*const Shape, *const Shape);

pub(super) fn pair(old: &Shape, new: &Shape) -> ShapePair {
    (std::ptr::from_ref(old), std::ptr::from_ref(new))
}

/// What does not hold of two values. Each level of a long schema asks the same of all levels below it, so a comparison keeps this.
///
/// A value that holds itself is taken for no obstacle while it is looked at. So only what does not hold is certain before the end.
#[derive(Default)]
pub(super) struct Denied {
    pub(super) same: RefCell<HashSet<ShapePair>>,
    pub(super) accepted: RefCell<HashSet<ShapePair>>,
    pub(super) accepted_as_text: RefCell<HashSet<ShapePair>>,
}
