//! Merges the changes of operations, webhooks and components.

use std::collections::BTreeSet;

use telnyx_codegen::{Entry, Node};

use super::merge::{Merge, Sides};
use super::slice::{self, Operation};
use super::tree::{at, entries, same, text_at};
use super::{Beside, Documents, names};

/// Carries operations and webhooks.
pub(super) fn operations(
    merge: &mut Merge<'_>,
    beside: &mut Beside,
    (base, upstream, ours): Documents<'_>,
) {
    for section in ["paths", "webhooks"] {
        let (old, new, known) = (
            slice::operations(base, section),
            slice::operations(upstream, section),
            slice::operations(ours, section),
        );
        for before in &old {
            let here = before.find_in(&known);
            match (before.find_in(&new), here) {
                (Some(after), Some(here)) => {
                    moved(merge, beside, (before, &after, &here), ours);
                    let sides = Sides {
                        base: before.node,
                        upstream: after.node,
                        ours: here.node,
                    };
                    merge.node(here.id(), sides);
                    if before.id() != after.id() && section == "paths" {
                        beside.config =
                            names::operation_in_config(&beside.config, before.id(), after.id());
                    }
                }
                (None, Some(here)) => gone(merge, section, before, &here, ours),
                (Some(after), None) if !same(before.node, after.node) => merge.conflicts.push(
                    format!("{}: not in the spec, changed upstream", before.id()),
                ),
                _ => {}
            }
        }
        // A path that is new comes with all its methods.
        let mut whole = BTreeSet::new();
        for after in &new {
            let is_new = after.find_in(&old).is_none() && after.find_in(&known).is_none();
            if is_new && !whole.contains(after.path) {
                added(merge, section, after, upstream, ours);
                if let Some(payload) =
                    payload(upstream, after.node).filter(|_| section == "webhooks")
                {
                    beside.config = names::event_in_config(&beside.config, after.path, payload);
                }
            }
            if is_new && at(ours, &[section, after.path]).is_none() {
                whole.insert(after.path);
            }
        }
    }
}

/// Carries the new path or method of an operation.
fn moved(
    merge: &mut Merge<'_>,
    beside: &mut Beside,
    (before, after, here): (&Operation<'_>, &Operation<'_>, &Operation<'_>),
    ours: &Node,
) {
    if before.method != after.method {
        merge.by_hand.push(format!(
            "~ {}: {} → {}",
            here.id(),
            before.method,
            after.method
        ));
    }
    if before.path == after.path || here.path == after.path {
        return;
    }
    let item = at(ours, &["paths"]).map(entries).unwrap_or_default();
    let item = item.iter().find(|entry| entry.key == here.path);
    let is_alone = item.filter(|item| entries(&item.node).len() == 1);
    let is_done = here.path == before.path
        && is_alone
            .is_some_and(|item| merge.spec.rename_key(item.key_place, &item.key, after.path));
    let line = format!("~ {}: {} → {}", here.id(), before.path, after.path);
    if is_done {
        merge.done.push(line);
        for quote in ["'", "\""] {
            let quoted = |path: &str| format!("{quote}{path}{quote}");
            beside.overlay = beside
                .overlay
                .replace(&quoted(before.path), &quoted(after.path));
        }
    } else {
        merge.by_hand.push(line);
    }
}

fn gone(
    merge: &mut Merge<'_>,
    section: &str,
    before: &Operation<'_>,
    here: &Operation<'_>,
    ours: &Node,
) {
    let Some(paths) = ours.get(section) else {
        return;
    };
    let Some(item) = paths.get(here.path) else {
        return;
    };
    let methods = entries(item)
        .iter()
        .filter(|entry| slice::METHODS.contains(&entry.key.as_str()));
    let (owner, key) = match methods.count() {
        1 => (paths, here.path),
        _ => (item, here.method),
    };
    let line = format!("- {}  {}", here.id(), merge.spec.place(here.node.place));
    if !same(before.node, here.node) {
        merge
            .conflicts
            .push(format!("{line}: removed upstream, changed here"));
    } else if merge.spec.remove_entry(owner, key) {
        merge.done.push(line);
    } else {
        merge.by_hand.push(line);
    }
}

fn added(
    merge: &mut Merge<'_>,
    section: &str,
    after: &Operation<'_>,
    upstream: &Node,
    ours: &Node,
) {
    let (Some(paths), Some(all)) = (ours.get(section), upstream.get(section).map(entries)) else {
        return merge.by_hand.push(format!("+ {}", after.id()));
    };
    let earlier = |entries: &[Entry], key: &str| -> Vec<String> {
        let before = entries.iter().take_while(|entry| entry.key != key);
        before.map(|entry| entry.key.clone()).collect()
    };
    let Some(path) = all.iter().find(|entry| entry.key == after.path) else {
        return;
    };
    if let Some(item) = paths.get(after.path) {
        let Some(method) = entries(&path.node)
            .iter()
            .find(|entry| entry.key == after.method)
        else {
            return;
        };
        return merge.added(after.id(), method, item, &[], true);
    }
    let earlier = earlier(all, after.path);
    let earlier: Vec<&str> = earlier.iter().map(String::as_str).collect();
    merge.added(after.id(), path, paths, &earlier, true);
}

/// Where in the body of a webhook stands what it tells.
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

/// What a node refers to, or the node.
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

/// Carries components, those that something new refers to too.
pub(super) fn components(merge: &mut Merge<'_>, (base, upstream, ours): Documents<'_>) {
    for section in upstream.get("components").map(entries).unwrap_or_default() {
        let path = ["components", section.key.as_str()];
        let Some(known) = at(ours, &path) else {
            merge.by_hand.push(format!("+ components.{}", section.key));
            continue;
        };
        let all = entries(&section.node);
        for (index, entry) in all.iter().enumerate() {
            let before = at(base, &path).and_then(|section| section.get(&entry.key));
            match (before, known.get(&entry.key)) {
                (Some(base), Some(ours)) => {
                    let sides = Sides {
                        base,
                        upstream: &entry.node,
                        ours,
                    };
                    merge.node(&entry.key, sides);
                }
                (None, None) => {
                    let earlier: Vec<&str> = all[..index]
                        .iter()
                        .map(|entry| entry.key.as_str())
                        .collect();
                    merge.added(&entry.key, entry, known, &earlier, true);
                }
                _ => {}
            }
        }
        for entry in at(base, &path).map(entries).unwrap_or_default() {
            if section.node.get(&entry.key).is_none() {
                merge.removed(&entry.key, entry, known);
            }
        }
    }
}
