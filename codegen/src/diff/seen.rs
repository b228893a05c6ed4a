//! The pairs that a comparison has visited, so that it ends and repeats nothing.

use std::collections::{HashMap, HashSet};

use super::carried::Carried;
use super::change::Visited;
use super::pairs::{ShapePair, pair};
use super::walk::Way;
use crate::contract::Shape;

/// Two shapes, and whether a published version loses at most a part of their contents.
type Visit = (ShapePair, bool);

/// The pairs of shapes in one request, response or event that are compared already, or whose comparison runs.
#[derive(Default)]
pub(super) struct Seen {
    open: HashSet<Visit>,
    /// The compared pairs, together with everything else that a recorded change takes from the path.
    done: HashMap<(Visit, Vec<String>), Visited>,
}

impl Seen {
    /// The number of two shapes, if they must be compared on this path. `names` are the names that a recorded change takes from
    /// the path.
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
