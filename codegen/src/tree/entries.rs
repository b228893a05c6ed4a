//! The entries of a mapping, each key once.

use std::collections::HashMap;

use super::{Entry, Node, Place};
use crate::diagnostic::Diagnostics;

/// Entries in the order of the document, with the place of each key.
#[derive(Default)]
pub(super) struct Entries {
    entries: Vec<Entry>,
    keys: HashMap<String, Place>,
}

impl Entries {
    /// Adds an entry, and returns whether it was added. A duplicate key is an error.
    pub(super) fn add(
        &mut self,
        key: String,
        key_place: Place,
        node: Node,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        if let Some(first) = self.keys.get(&key) {
            diagnostics
                .error(key_place, format!("this mapping has the key `{key}` twice"))
                .related(*first, "the first one is here")
                .help("remove one of the two keys");
            return false;
        }
        self.keys.insert(key.clone(), key_place);
        self.entries.push(Entry {
            key,
            key_place,
            node,
        });
        true
    }

    pub(super) fn finish(self) -> Vec<Entry> {
        self.entries
    }
}
