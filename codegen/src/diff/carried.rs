//! Lines of the surface that change together with everything below them, if many paths lead to one value.
//!
//! `diff` compares a value only once. Each further path to the value only adds its lines here, because there can be any number of
//! paths.

use std::collections::BTreeSet;

use super::change::{Changes, Visited};

/// The paths to each value. A path has its start and its lines.
#[derive(Debug, Default)]
pub(super) struct Carried {
    ways: Vec<Vec<(Visited, BTreeSet<String>)>>,
}

impl Carried {
    /// Gives a number to a new value.
    pub(super) fn add(&mut self) -> Visited {
        self.ways.push(Vec::new());
        self.ways.len()
    }

    /// Adds a path from one value to another.
    pub(super) fn lead(&mut self, from: Visited, to: Visited, lines: &[String]) {
        if let Some(ways) = to.checked_sub(1).and_then(|index| self.ways.get_mut(index)) {
            ways.push((from, lines.iter().cloned().collect()));
        }
    }

    /// Adds to each change the lines of all paths to it.
    pub(super) fn claim(&self, changes: &mut Changes) {
        let carried = self.carried();
        for change in &mut changes.0 {
            let lines = change.visited.iter().flat_map(|visited| &carried[*visited]);
            let known: BTreeSet<&str> = change.claims.iter().map(String::as_str).collect();
            let lines: BTreeSet<&str> = lines.copied().collect();
            let found: Vec<String> = lines.difference(&known).map(ToString::to_string).collect();
            change.claims.extend(found);
        }
    }

    /// The lines of all paths to each value.
    fn carried(&self) -> Vec<BTreeSet<&str>> {
        let mut carried: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); self.ways.len() + 1];
        let mut is_growing = true;
        while is_growing {
            is_growing = false;
            for (index, ways) in self.ways.iter().enumerate() {
                let mut all = std::mem::take(&mut carried[index + 1]);
                let count = all.len();
                for (from, lines) in ways {
                    all.extend(lines.iter().map(String::as_str));
                    all.extend(&carried[*from]);
                }
                is_growing |= all.len() > count;
                carried[index + 1] = all;
            }
        }
        carried
    }
}
