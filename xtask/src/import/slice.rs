//! The part of a published document that the spec covers: its operations and webhooks, and everything that they refer to.

use std::collections::BTreeSet;

use telnyx_codegen::{Entry, Node, Value};

use super::tree::{at, canonical, entries, items, references, replaced, structure, text, text_at};

pub(super) const METHODS: [&str; 7] = ["delete", "get", "head", "options", "patch", "post", "put"];

/// An operation and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Operation<'n> {
    pub(super) path: &'n str,
    pub(super) method: &'n str,
    pub(super) node: &'n Node,
}

impl<'n> Operation<'n> {
    /// Its `operationId`; of one without, its path.
    pub(super) fn id(&self) -> &'n str {
        text_at(self.node, "operationId").unwrap_or(self.path)
    }

    fn tags(&self) -> Vec<&'n str> {
        let tags = self.node.get("tags").map(items).unwrap_or_default();
        tags.iter().filter_map(text).collect()
    }

    /// The same operation among others: the same id, else the same call.
    pub(super) fn find_in<'o>(&self, others: &[Operation<'o>]) -> Option<Operation<'o>> {
        let same_id = others.iter().find(|other| other.id() == self.id());
        let is_call =
            |other: &&Operation<'_>| (other.path, other.method) == (self.path, self.method);
        same_id.or_else(|| others.iter().find(is_call)).copied()
    }
}

/// The operations of a document, or its webhooks.
pub(super) fn operations<'n>(root: &'n Node, section: &str) -> Vec<Operation<'n>> {
    let paths = root.get(section).map(entries).unwrap_or_default();
    let operations = paths.iter().flat_map(|path| {
        let methods = entries(&path.node).iter();
        let methods = methods.filter(|entry| METHODS.contains(&entry.key.as_str()));
        methods.map(|entry| Operation {
            path: &path.key,
            method: &entry.key,
            node: &entry.node,
        })
    });
    operations.collect()
}

/// A component that has another name: its section, the old name and the new.
pub(super) type Renamed = (String, String, String);

/// Components of the base that the published document has under another name, and the document with the old names.
pub(super) fn with_old_names(base: &Node, upstream: &Node) -> (Node, Vec<Renamed>) {
    let mut upstream = upstream.clone();
    let mut renamed = Vec::new();
    for section in base.get("components").map(entries).unwrap_or_default() {
        let known = upstream
            .get("components")
            .and_then(|node| node.get(&section.key));
        let Some(known) = known.cloned() else {
            continue;
        };
        let is_gone = |entry: &&Entry| known.get(&entry.key).is_none();
        let gone: Vec<&Entry> = entries(&section.node).iter().filter(is_gone).collect();
        for old in gone {
            let reference = |name: &str| format!("#/components/{}/{name}", section.key);
            let before = canonical(&structure(&old.node));
            let is_it = |entry: &&Entry| {
                section.node.get(&entry.key).is_none()
                    && canonical(&structure(&replaced(
                        &entry.node,
                        &reference(&entry.key),
                        &reference(&old.key),
                    ))) == before
            };
            let Some(new) = entries(&known).iter().find(is_it) else {
                continue;
            };
            upstream = replaced(&upstream, &reference(&new.key), &reference(&old.key));
            rename_component(&mut upstream, &section.key, &new.key, &old.key);
            renamed.push((section.key.clone(), old.key.clone(), new.key.clone()));
        }
    }
    (upstream, renamed)
}

/// The document with the new names again.
pub(super) fn with_new_names(upstream: &Node, renamed: &[Renamed]) -> Node {
    let mut upstream = upstream.clone();
    for (section, old, new) in renamed {
        let reference = |name: &str| format!("#/components/{section}/{name}");
        upstream = replaced(&upstream, &reference(old), &reference(new));
        rename_component(&mut upstream, section, old, new);
    }
    upstream
}

fn rename_component(root: &mut Node, section: &str, from: &str, to: &str) {
    let Value::Mapping(top) = &mut root.value else {
        return;
    };
    let components = top.iter_mut().find(|entry| entry.key == "components");
    let Some(Value::Mapping(sections)) = components.map(|entry| &mut entry.node.value) else {
        return;
    };
    let found = sections.iter_mut().find(|entry| entry.key == section);
    if let Some(Value::Mapping(named)) = found.map(|entry| &mut entry.node.value) {
        for entry in named.iter_mut().filter(|entry| entry.key == from) {
            to.clone_into(&mut entry.key);
        }
    }
}

/// What the spec says of operations and webhooks that it does not have, by their ids.
#[derive(Clone, Copy)]
pub(super) struct Choice<'c> {
    /// What it is to have from now on.
    pub(super) wanted: &'c [&'c str],
    /// What it is not to have.
    pub(super) left_out: &'c [&'c str],
}

/// What of `upstream` belongs to the spec: what `known` has, what is wanted, and what is new among its families. Prose stays.
pub(super) fn of(upstream: &Node, known: &Node, choice: Choice<'_>) -> Node {
    let mut root = Vec::new();
    let mut open = Vec::new();
    for section in ["paths", "webhooks"] {
        let covered = operations(known, section);
        let all = operations(upstream, section);
        let (matched, others): (Vec<_>, Vec<_>) = all
            .iter()
            .partition(|operation| operation.find_in(&covered).is_some());
        let count = |operations: &[&Operation<'_>], tag: &str| {
            operations
                .iter()
                .filter(|operation| operation.tags().contains(&tag))
                .count()
        };
        let is_family = |operation: &Operation<'_>| {
            let mut tags = operation.tags().into_iter();
            tags.any(|tag| count(&matched, tag) > 0 && count(&matched, tag) >= count(&others, tag))
        };
        let is_among = |ids: &[&str], operation: &Operation<'_>| {
            ids.contains(&operation.id()) || ids.contains(&operation.path)
        };
        let mut paths: Vec<Entry> = Vec::new();
        for path in upstream.get(section).map(entries).unwrap_or_default() {
            let kept = entries(&path.node).iter().filter(|entry| {
                let found = all
                    .iter()
                    .find(|operation| std::ptr::eq(operation.node, &entry.node));
                found.is_some_and(|operation| {
                    operation.find_in(&covered).is_some()
                        || is_among(choice.wanted, operation)
                        || is_family(operation) && !is_among(choice.left_out, operation)
                })
            });
            let kept: Vec<Entry> = kept.cloned().collect();
            if !kept.is_empty() {
                open.extend(kept.iter().flat_map(|entry| references(&entry.node)));
                paths.push(with(path, kept));
            }
        }
        if let Some(entry) = upstream_entry(upstream, section) {
            root.push(with(entry, paths));
        }
    }
    let mut reached = BTreeSet::new();
    while let Some(reference) = open.pop() {
        if reached.insert(reference.clone()) {
            let path: Vec<&str> = reference.trim_start_matches("#/").split('/').collect();
            open.extend(at(upstream, &path).map(references).unwrap_or_default());
        }
    }
    if let Some(components) = upstream_entry(upstream, "components") {
        let sections = entries(&components.node).iter().map(|section| {
            let is_kept = |entry: &&Entry| {
                let reference = format!("#/components/{}/{}", section.key, entry.key);
                let is_known = at(known, &["components", &section.key, &entry.key]).is_some();
                reached.contains(&reference) || is_known
            };
            with(
                section,
                entries(&section.node)
                    .iter()
                    .filter(is_kept)
                    .cloned()
                    .collect(),
            )
        });
        let sections = sections.filter(|section| !entries(&section.node).is_empty());
        root.push(with(components, sections.collect()));
    }
    Node {
        value: Value::Mapping(root),
        place: upstream.place,
    }
}

fn upstream_entry<'n>(root: &'n Node, key: &str) -> Option<&'n Entry> {
    entries(root).iter().find(|entry| entry.key == key)
}

fn with(entry: &Entry, inner: Vec<Entry>) -> Entry {
    Entry {
        node: Node {
            value: Value::Mapping(inner),
            place: entry.node.place,
        },
        ..entry.clone()
    }
}

/// Whether a document was cut out for the families of the spec: then what it lacks says nothing.
pub(super) fn is_part(upstream: &Node, known: &Node) -> bool {
    ["paths", "webhooks"].into_iter().all(|section| {
        let covered = operations(known, section);
        let mut all = operations(upstream, section).into_iter();
        all.all(|operation| operation.find_in(&covered).is_some())
    })
}

/// The document with what only `known` has, and the operations of these.
pub(super) fn completed(upstream: &Node, known: &Node) -> (Node, Vec<String>) {
    let mut kept = Vec::new();
    let mut completed = upstream.clone();
    for section in ["paths", "webhooks"] {
        let there = operations(upstream, section);
        for operation in operations(known, section) {
            if operation.find_in(&there).is_none() {
                let path = [section, operation.path, operation.method];
                insert(&mut completed, &path, operation.node);
                kept.push(operation.id().to_owned());
            }
        }
    }
    if kept.is_empty() {
        return (completed, kept);
    }
    let sections = known.get("components").map(entries).unwrap_or_default();
    for section in sections {
        for entry in entries(&section.node) {
            let path = ["components", section.key.as_str(), entry.key.as_str()];
            if at(upstream, &path).is_none() {
                insert(&mut completed, &path, &entry.node);
            }
        }
    }
    if let Some(declared) = known.get("tags") {
        declare(&mut completed, items(declared));
    }
    (completed, kept)
}

/// Declares the tags that the document does not declare yet.
fn declare(document: &mut Node, tags: &[Node]) {
    let Value::Mapping(entries) = &mut document.value else {
        return;
    };
    let Some(list) = entries.iter_mut().find(|entry| entry.key == "tags") else {
        return;
    };
    let name = |tag: &Node| tag.get("name").and_then(text).map(str::to_owned);
    let there: Vec<Option<String>> = items(&list.node).iter().map(name).collect();
    if let Value::Sequence(declared) = &mut list.node.value {
        let others = tags.iter().filter(|tag| !there.contains(&name(tag)));
        declared.extend(others.cloned());
    }
}

/// Puts a node at a path of keys.
fn insert(node: &mut Node, path: &[&str], inner: &Node) {
    let place = node.place;
    let (Value::Mapping(entries), [first, rest @ ..]) = (&mut node.value, path) else {
        return;
    };
    if entries.iter().all(|entry| entry.key != **first) {
        let empty = Value::Mapping(Vec::new());
        let value = if rest.is_empty() {
            inner.value.clone()
        } else {
            empty
        };
        entries.push(Entry {
            key: (*first).to_owned(),
            key_place: place,
            node: Node { value, place },
        });
    }
    if let Some(entry) = entries.iter_mut().find(|entry| entry.key == **first) {
        insert(&mut entry.node, rest, inner);
    }
}
