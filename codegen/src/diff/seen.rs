//! What a comparison has gone through, so that it ends and does nothing twice.

use std::collections::{HashMap, HashSet};

use super::walk::Way;
use crate::contract::Shape;

/// Two shapes that are compared, by their places in memory.
type Pair = (*const Shape, *const Shape);

/// The shapes of one request, response or event that were compared, and that are being compared.
#[derive(Default)]
pub(super) struct Seen {
    open: HashSet<Pair>,
    /// The lines that the ways to each pair carried, by all else that a record of a change takes from the way.
    done: HashMap<(Pair, Vec<String>, bool), Vec<String>>,
}

impl Seen {
    /// Whether two shapes have to be compared on this way, with the lines that all ways carry here. `names` are those that a
    /// record takes from the way.
    pub(super) fn enter(
        &mut self,
        (old, new): (&Shape, &Shape),
        names: Vec<String>,
        way: &Way,
    ) -> Option<Vec<String>> {
        let pair = (std::ptr::from_ref(old), std::ptr::from_ref(new));
        if self.open.contains(&pair) {
            return None;
        }
        let key = (pair, names, way.is_shielded);
        let is_new = !self.done.contains_key(&key);
        let carried = self.done.entry(key).or_default();
        let count = carried.len();
        for line in &way.carriers {
            if !carried.contains(line) {
                carried.push(line.clone());
            }
        }
        if !is_new && carried.len() == count {
            return None;
        }
        let carriers = carried.clone();
        self.open.insert(pair);
        Some(carriers)
    }

    /// Ends what [`enter`](Self::enter) began.
    pub(super) fn leave(&mut self, (old, new): (&Shape, &Shape)) {
        self.open
            .remove(&(std::ptr::from_ref(old), std::ptr::from_ref(new)));
    }
}
