//! Merges the changes of operations, webhooks and components.

use std::collections::BTreeSet;

use telnyx_codegen::{Entry, Node, Value};

use super::identity::new_names;
use super::merge::{Merge, Sides, Variables};
use super::moves::Moves;
use super::operation::{self, Operation, operations_of, shared_by};
use super::slice::Renamed;
use super::tree::{Keys, at, entries, same, text_at};
use super::{Beside, Documents, names};

/// Carries operations and webhooks. Returns the new names of paths and webhooks.
pub(super) fn operations(
    merge: &mut Merge<'_>,
    beside: &mut Beside,
    (base, upstream, ours): Documents<'_>,
) -> Vec<Renamed> {
    let mut renamed = Vec::new();
    for section in ["paths", "webhooks"] {
        let (old, new, known) = (
            operation::operations(base, section),
            operation::operations(upstream, section),
            operation::operations(ours, section),
        );
        let moves = Moves::of(merge, section, (base, upstream, ours));
        renamed.extend(moves.carry(merge, section));
        let leaves = |here: &Operation<'_>| {
            let before = here.find_in(&known, &old);
            before.is_some_and(|before| before.find_in(&old, &new).is_none())
        };
        // Paths whose shared parts were carried.
        let mut shared_of = BTreeSet::new();
        for before in &old {
            let here = before.find_in(&old, &known);
            match (before.find_in(&old, &new), here) {
                (Some(after), Some(here)) => {
                    moves.report(merge, before, &after, &here);
                    let is_first = shared_of.insert(here.path);
                    changed(merge, (before, &after, &here), is_first);
                    if before.id() != after.id() && section == "paths" {
                        beside.config =
                            names::operation_in_config(&beside.config, before.id(), after.id());
                    }
                }
                (None, Some(here)) => gone(merge, section, (before, &here), leaves, ours),
                (Some(after), None) if !same(before.node, after.node, Keys::Keywords) => {
                    merge.report.conflicts.push(format!(
                        "{}: not in the spec, changed upstream",
                        before.id()
                    ))
                }
                _ => {}
            }
        }
        merge.variables = Variables::default();
        // A path that is new comes with all its new operations.
        let mut whole = BTreeSet::new();
        let found = |after: &Operation<'_>| [&old, &known].map(|all| after.find_in(&new, all));
        let is_new = |after: &Operation<'_>| found(after).iter().all(Option::is_none);
        for after in &new {
            let [before, here] = found(after);
            let comes = before.is_none() && here.is_none();
            if let (None, Some(here)) = (before, here) {
                already_here(merge, after, &here);
            }
            let item = moves.item(after.path, at(ours, &[section, after.path]));
            if comes && !whole.contains(after.path) {
                added(merge, section, (after, &is_new), upstream, (ours, item));
                if let Some(payload) =
                    payload(upstream, after.node).filter(|_| section == "webhooks")
                {
                    beside.config = names::event_in_config(&beside.config, after.path, payload);
                }
            }
            if comes && item.is_none() {
                whole.insert(after.path);
            }
        }
    }
    beside.config = names::events_in_config(&beside.config, &renamed);
    renamed
}

/// Merges an operation that all three documents have; with the first one of a path, also the parts that its operations share.
fn changed(
    merge: &mut Merge<'_>,
    (before, after, here): (&Operation<'_>, &Operation<'_>, &Operation<'_>),
    is_first: bool,
) {
    merge.variables = Variables {
        upstream: new_names(before.path, after.path),
        ours: new_names(before.path, here.path),
    };
    let sides = Sides {
        keys: Keys::Keywords,
        base: before.node,
        upstream: after.node,
        ours: here.node,
    };
    merge.node(here.id(), sides);
    if is_first {
        let [base, upstream] = [before.item, after.item].map(shared);
        let sides = Sides {
            base: &base,
            upstream: &upstream,
            ours: &here.item.node,
            ..sides
        };
        merge.node(here.path, sides);
    }
}

/// The parts that the operations of a path share.
fn shared(item: &Entry) -> Node {
    Node {
        value: Value::Mapping(shared_by(item).cloned().collect()),
        place: item.node.place,
    }
}

/// Removes an operation that Telnyx removed. With the last operation of a path, the path is removed too.
fn gone(
    merge: &mut Merge<'_>,
    section: &str,
    (before, here): (&Operation<'_>, &Operation<'_>),
    leaves: impl Fn(&Operation<'_>) -> bool,
    ours: &Node,
) {
    let Some(paths) = ours.get(section) else {
        return;
    };
    let line = format!("- {}  {}", here.id(), merge.spec.place(here.node.place));
    if !same(before.node, here.node, Keys::Keywords) {
        let line = format!("{line}: removed upstream, changed here");
        return merge.report.conflicts.push(line);
    }
    let all = operations_of(here.item);
    let is_done = match all.iter().all(leaves) {
        true if all[0].method == here.method => merge.spec.remove_entry(paths, here.path),
        // The first removed operation already removed the path.
        true => true,
        false => merge.spec.remove_entry(&here.item.node, here.method),
    };
    match is_done {
        true => merge.report.done.push(line),
        false => merge.report.by_hand.push(line),
    }
}

/// An operation that only the last import lacks must be the same here as in the published document.
fn already_here(merge: &mut Merge<'_>, after: &Operation<'_>, here: &Operation<'_>) {
    if after.call() != here.call() || !same(after.node, here.node, Keys::Keywords) {
        let place = merge.spec.place(here.entry.key_place);
        merge.report.conflicts.push(format!(
            "{}: new upstream, and here in another way  {place}",
            here.id()
        ));
    }
}

fn added(
    merge: &mut Merge<'_>,
    section: &str,
    (after, is_new): (&Operation<'_>, &dyn Fn(&Operation<'_>) -> bool),
    upstream: &Node,
    (ours, item): (&Node, Option<&Node>),
) {
    let (Some(paths), Some(all)) = (ours.get(section), upstream.get(section).map(entries)) else {
        return merge.report.by_hand.push(format!("+ {}", after.id()));
    };
    if let Some(item) = item {
        return merge.added(after.id(), after.entry, (item, Keys::Keywords), &[], true);
    }
    let earlier = all.iter().map(|entry| entry.key.as_str());
    let earlier: Vec<&str> = earlier.take_while(|key| *key != after.path).collect();
    let paths = (paths, Keys::Names);
    // What the spec has at another path is not written a second time.
    let mut item = after.item.clone();
    if let Value::Mapping(parts) = &mut item.node.value {
        for known in operations_of(after.item) {
            parts.retain(|part| part.key != known.method || is_new(&known));
        }
    }
    merge.added(after.id(), &item, paths, &earlier, true);
}

/// The path of the content in the body of a webhook.
fn payload(root: &Node, webhook: &Node) -> Option<&'static str> {
    let body = at(
        webhook,
        &["requestBody", "content", "application/json", "schema"],
    )?;
    let property = |schema, name| at(resolved(root, schema), &["properties", name]);
    let data = property(body, "data")?;
    match property(data, "payload") {
        Some(_) => Some("data.payload"),
        None => Some("data"),
    }
}

/// The target of a reference, or the node itself.
fn resolved<'n>(root: &'n Node, node: &'n Node) -> &'n Node {
    let reference = text_at(node, "$ref").and_then(|reference| reference.strip_prefix("#/"));
    let path: Vec<&str> = reference
        .into_iter()
        .flat_map(|path| path.split('/'))
        .collect();
    match path.as_slice() {
        [] => node,
        path => at(root, path).unwrap_or(node),
    }
}

/// Carries components, including those that a new part refers to.
pub(super) fn components(merge: &mut Merge<'_>, (base, upstream, ours): Documents<'_>) {
    for section in sections_of(upstream) {
        let path = ["components", section.key.as_str()];
        let Some(known) = at(ours, &path) else {
            if !at(base, &path).is_some_and(|base| same(base, &section.node, Keys::Names)) {
                let line = format!("+ components.{}", section.key);
                merge.report.by_hand.push(line);
            }
            continue;
        };
        let all = entries(&section.node);
        for (index, entry) in all.iter().enumerate() {
            let [before, here] = [at(base, &path), Some(known)]
                .map(|section| section.and_then(|section| section.get(&entry.key)));
            if merge.is_new(&entry.key, Keys::Keywords, before, &entry.node, here) {
                let earlier: Vec<&str> = all[..index]
                    .iter()
                    .map(|entry| entry.key.as_str())
                    .collect();
                merge.added(&entry.key, entry, (known, Keys::Names), &earlier, true);
            }
        }
    }
    for section in sections_of(base) {
        let path = ["components", section.key.as_str()];
        let Some(known) = at(ours, &path) else {
            continue;
        };
        for entry in entries(&section.node) {
            let path = [path[0], path[1], entry.key.as_str()];
            if at(upstream, &path).is_none() {
                merge.removed(&entry.key, entry, (known, Keys::Names));
            }
        }
    }
}

fn sections_of(root: &Node) -> &[Entry] {
    root.get("components").map(entries).unwrap_or_default()
}
