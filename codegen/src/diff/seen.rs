//! What a comparison has gone through, so that it ends and does nothing twice.

use std::collections::{HashMap, HashSet};

use super::carried::Carried;
use super::change::Visited;
use super::pairs::{ShapePair, pair};
use super::walk::Way;
use crate::contract::Shape;

/// Two shapes, and whether a published version loses no more than a part of what is in them.
type Visit = (ShapePair, bool);

/// The shapes of one request, response or event that were compared, and that are being compared.
#[derive(Default)]
pub(super) struct Seen {
    open: HashSet<Visit>,
    /// The pairs by all else that a record of a change takes from the way.
    done: HashMap<(Visit, Vec<String>), Visited>,
}

impl Seen {
    /// The number of two shapes, if they have to be compared on this way. `names` are those that a record takes from the way.
    pub(super) fn enter(
        &mut self,
        shapes: (&Shape, &Shape),
        names: Vec<String>,
        way: &Way,
        carried: &mut Carried,
    ) -> Option<Visited> {
        let visit = visit(shapes, way);
        let key = (visit, names);
        if let Some(known) = self.done.get(&key) {
            carried.lead(way.from, *known, &way.carriers);
            return None;
        }
        if !self.open.insert(visit) {
            return None;
        }
        let visited = carried.add();
        carried.lead(way.from, visited, &way.carriers);
        self.done.insert(key, visited);
        Some(visited)
    }

    /// Ends what [`enter`](Self::enter) began.
    pub(super) fn leave(&mut self, shapes: (&Shape, &Shape), way: &Way) {
        self.open.remove(&visit(shapes, way));
    }
}

fn visit((old, new): (&Shape, &Shape), way: &Way) -> Visit {
    (pair(old, new), way.is_shielded && !way.is_item)
}
