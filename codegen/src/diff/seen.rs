//! What a comparison has gone through, so that it ends and does nothing twice.

use std::collections::{HashMap, HashSet};

use super::pairs::{ShapePair, pair};
use super::walk::Way;
use crate::contract::Shape;

/// Two shapes, and whether a published version loses no more than a part of what is in them.
type Visit = (ShapePair, bool);

/// The shapes of one request, response or event that were compared, and that are being compared.
#[derive(Default)]
pub(super) struct Seen {
    open: HashSet<Visit>,
    /// The lines that the ways to each pair carried, by all else that a record of a change takes from the way.
    done: HashMap<(Visit, Vec<String>), Vec<String>>,
}

impl Seen {
    /// Whether two shapes have to be compared on this way, with the lines that all ways carry here. `names` are those that a
    /// record takes from the way.
    pub(super) fn enter(
        &mut self,
        shapes: (&Shape, &Shape),
        names: Vec<String>,
        way: &Way,
    ) -> Option<Vec<String>> {
        let visit = visit(shapes, way);
        if self.open.contains(&visit) {
            return None;
        }
        let key = (visit, names);
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
        self.open.insert(visit);
        Some(carriers)
    }

    /// Ends what [`enter`](Self::enter) began.
    pub(super) fn leave(&mut self, shapes: (&Shape, &Shape), way: &Way) {
        self.open.remove(&visit(shapes, way));
    }
}

fn visit((old, new): (&Shape, &Shape), way: &Way) -> Visit {
    (pair(old, new), way.is_shielded && !way.is_item)
}
