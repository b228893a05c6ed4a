//! Applies one action, and records what it changed and what was already there.

use std::collections::BTreeSet;

use super::target::{Step, find};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::tree::{Entry, Extent, MAX_DEPTH, Node, Place, Value};

/// The maximum number of bytes of memory that an overlay may add. It is more than the largest document needs, and less than
/// nested updates could add.
pub(super) const MAX_ADDED_BYTES: usize = 8 * 1024 * 1024;

/// The changes of one action at all its locations.
pub(super) struct Edit<'d> {
    /// The place of the action's target.
    target: Place,
    /// Parts of the update that changed something at some location.
    effective: BTreeSet<Place>,
    /// Parts of the update that were already present at some location, with their places.
    idle: Vec<(Place, Place)>,
    /// Whether there was a mistake. The action then does nothing more.
    is_mistaken: bool,
    /// The number of bytes that all actions so far may have added.
    added_bytes: &'d mut usize,
    diagnostics: &'d mut Diagnostics,
}

impl<'d> Edit<'d> {
    pub(super) fn new(
        target: Place,
        added_bytes: &'d mut usize,
        diagnostics: &'d mut Diagnostics,
    ) -> Self {
        Self {
            target,
            effective: BTreeSet::new(),
            idle: Vec::new(),
            is_mistaken: false,
            added_bytes,
            diagnostics,
        }
    }

    /// Merges `update` into the node at `location`.
    pub(super) fn update(&mut self, document: &mut Node, location: &[Step], update: &Node) {
        if self.is_mistaken || !self.has_room(location, update) {
            return;
        }
        if let Some(node) = find(document, location) {
            match (&mut node.value, &update.value) {
                // The Overlay standard's rule for a list: an update that is not a list itself becomes one more item.
                (Value::Sequence(items), _) if !matches!(update.value, Value::Sequence(_)) => {
                    self.append(items, update);
                }
                _ => self.merge(node, update),
            }
        }
    }

    /// Removes the node at `location`.
    pub(super) fn remove(&mut self, document: &mut Node, location: &[Step]) {
        let Some((last, parent)) = location.split_last() else {
            self.mistake(self.target, "the whole document cannot be removed")
                .help("choose a target below `$`");
            return;
        };
        match (find(document, parent).map(|node| &mut node.value), last) {
            (Some(Value::Mapping(entries)), Step::Key(key)) => {
                entries.retain(|entry| entry.key != *key)
            }
            (Some(Value::Sequence(items)), Step::Index(index)) if *index < items.len() => {
                items.remove(*index);
            }
            _ => {}
        }
        self.effective.insert(self.target);
    }

    /// Warns about parts of the update that changed nothing at any location, because the published document now has the same.
    pub(super) fn finish(self) {
        let Self {
            target,
            effective,
            idle,
            is_mistaken,
            diagnostics,
            ..
        } = self;
        if is_mistaken {
            return;
        }
        if effective.is_empty() {
            if let Some((_, standing)) = idle.first() {
                diagnostics
                    .warning(target, "this action changes nothing")
                    .related(*standing, remark(*standing, target))
                    .help("remove the action");
            }
            return;
        }
        let mut reported = BTreeSet::new();
        for (part, standing) in idle {
            if !effective.contains(&part) && reported.insert(part) {
                diagnostics
                    .warning(part, "this part of the update changes nothing")
                    .related(standing, remark(standing, target))
                    .help("remove this part from the update");
            }
        }
    }

    fn merge(&mut self, node: &mut Node, update: &Node) {
        match (&mut node.value, &update.value) {
            (Value::Mapping(_), Value::Mapping(updates)) if updates.is_empty() => {
                self.idle.push((update.place, node.place));
            }
            (Value::Sequence(_), Value::Sequence(updates)) if updates.is_empty() => {
                self.idle.push((update.place, node.place));
            }
            (Value::Mapping(entries), Value::Mapping(updates)) => {
                for update in updates {
                    self.merge_entry(entries, update);
                }
            }
            (Value::Sequence(items), Value::Sequence(updates)) => {
                for update in updates {
                    self.append(items, update);
                }
            }
            (Value::Sequence(_) | Value::Mapping(_), _) => {
                let message = format!(
                    "{} cannot be merged into {}",
                    update.value.kind(),
                    node.value.kind()
                );
                self.mistake(update.place, message)
                    .related(node.place, "the old value is here")
                    .help("first remove the old value, with an action that has `remove: true`");
            }
            _ => self.replace(node, update),
        }
    }

    fn replace(&mut self, node: &mut Node, update: &Node) {
        if same(node, update) {
            self.idle.push((update.place, node.place));
            return;
        }
        if node.place.file == update.place.file {
            self.diagnostics
                .warning(update.place, "this overrides an earlier action")
                .related(node.place, "the earlier one is here")
                .help("keep one of the two actions");
        }
        self.effective.insert(update.place);
        *node = update.clone();
    }

    fn merge_entry(&mut self, entries: &mut Vec<Entry>, update: &Entry) {
        match entries.iter_mut().find(|entry| entry.key == update.key) {
            Some(entry) => self.merge(&mut entry.node, &update.node),
            None => {
                self.effective.insert(update.node.place);
                entries.push(update.clone());
            }
        }
    }

    /// Adds an item to a list, unless the list already has the same item.
    fn append(&mut self, items: &mut Vec<Node>, update: &Node) {
        match items.iter().find(|item| same(item, update)) {
            Some(item) => self.idle.push((update.place, item.place)),
            None => {
                self.effective.insert(update.place);
                items.push(update.clone());
            }
        }
    }

    /// Whether the document stays small enough for later stages.
    fn has_room(&mut self, location: &[Step], update: &Node) -> bool {
        let Extent { bytes, depth } = Extent::of(update);
        *self.added_bytes += bytes;
        if *self.added_bytes > MAX_ADDED_BYTES {
            self.mistake(self.target, "the updates up to this one add too much text")
                .help("choose a target that matches less");
            return false;
        }
        if location.len() + depth > MAX_DEPTH {
            self.mistake(
                update.place,
                format!("after this update, the document has more than {MAX_DEPTH} levels"),
            )
            .help("move the inner parts into `components`, and refer to them with a `$ref`");
            return false;
        }
        true
    }

    fn mistake(&mut self, place: Place, message: impl Into<String>) -> &mut Diagnostic {
        self.is_mistaken = true;
        self.diagnostics.error(place, message)
    }
}

fn remark(standing: Place, target: Place) -> &'static str {
    if standing.file == target.file {
        "an earlier action already has this"
    } else {
        "the document already has this"
    }
}

/// Whether two nodes are the same, regardless of the order of keys.
fn same(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(one), Value::Bool(other)) => one == other,
        (Value::Number(one), Value::Number(other)) => one == other,
        (Value::String(one), Value::String(other)) => one == other,
        (Value::Sequence(one), Value::Sequence(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Mapping(entries), Value::Mapping(others)) => {
            entries.len() == others.len()
                && entries.iter().all(|entry| {
                    other
                        .get(&entry.key)
                        .is_some_and(|other| same(&entry.node, other))
                })
        }
        _ => false,
    }
}
