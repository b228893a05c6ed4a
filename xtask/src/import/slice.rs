//! The part of a published document that the spec covers: its operations and webhooks, and everything that they refer to.

use std::collections::BTreeSet;
use std::path::Path;

use telnyx_codegen::pointer::{steps, to_component};
use telnyx_codegen::{Entry, Node, Value};

use super::operation::{Operation, families, operations, operations_of, repeated_id, shared_by};
use super::tree::{Keys, at, canonical, entries, items, references, replaced, text};

/// A component with a new name: its section, the old name and the new name.
pub(super) type Renamed = (String, String, String);

/// Components of the base that have another name in the published document, and that document with the old names.
pub(super) fn with_old_names(base: &Node, upstream: &Node) -> (Node, Vec<Renamed>) {
    // A component that only missing operations use has no new name in the document.
    let lacking = ["paths", "webhooks"].map(|section| lacking(upstream, base, section));
    let lacking: Vec<&str> = lacking.iter().flatten().map(Operation::id).collect();
    let choice = Choice {
        wanted: &[],
        left_out: &lacking,
    };
    let base = of(base, upstream, choice);
    let mut upstream = upstream.clone();
    let mut renamed = Vec::new();
    // If one component gets its old name back, another that refers to it may become the same as before.
    while let Some((section, old, new)) = next_renamed(&base, &upstream) {
        upstream = replaced(
            &upstream,
            &to_component(&section, &new),
            &to_component(&section, &old),
        );
        rename_component(&mut upstream, &section, &new, &old);
        renamed.push((section, old, new));
    }
    (upstream, renamed)
}

/// The first component that only the base has, with the name of a new component that has the same structure.
fn next_renamed(base: &Node, upstream: &Node) -> Option<Renamed> {
    for section in base.get("components").map(entries).unwrap_or_default() {
        let Some(known) = at(upstream, &["components", &section.key]) else {
            continue;
        };
        let gone = entries(&section.node).iter();
        for old in gone.filter(|entry| known.get(&entry.key).is_none()) {
            let refer_to = |name: &str| to_component(&section.key, name);
            let before = canonical(&old.node, Keys::Keywords);
            let is_it = |entry: &&Entry| {
                let (new, old) = (refer_to(&entry.key), refer_to(&old.key));
                section.node.get(&entry.key).is_none()
                    && canonical(&replaced(&entry.node, &new, &old), Keys::Keywords) == before
            };
            let places = users(base, upstream, &refer_to(&old.key));
            // If several have the same structure, the one wins that most of the same parts refer to. Among those, the first wins.
            let others = entries(known).iter().rev().filter(is_it);
            let others = others.map(|entry| {
                let others = users(upstream, base, &refer_to(&entry.key));
                (places.intersection(&others).count(), entry)
            });
            let new = others.max_by_key(|(shared, _)| *shared);
            if let Some((1.., new)) = new {
                return Some((section.key.clone(), old.key.clone(), new.key.clone()));
            }
        }
    }
    None
}

/// The places in a document that refer to a component. All names that the other document lacks count as one, and so do all places
/// in lists.
fn users(root: &Node, other: &Node, reference: &str) -> BTreeSet<Vec<String>> {
    let mut found = BTreeSet::new();
    let mut open = vec![(Vec::new(), root)];
    while let Some((path, node)) = open.pop() {
        if text(node) == Some(reference) {
            found.insert(path);
            continue;
        }
        let above: Vec<&str> = path.iter().map(String::as_str).collect();
        let step = |step: &str| {
            let is_name = matches!(*above, ["paths" | "webhooks"] | ["components", _]);
            let is_lacking = is_name && at(other, &[&above, [step].as_slice()].concat()).is_none();
            let step = if is_lacking { "" } else { step };
            [path.as_slice(), &[step.to_owned()]].concat()
        };
        let inner = entries(node).iter();
        open.extend(inner.map(|entry| (step(&entry.key), &entry.node)));
        open.extend(items(node).iter().map(|item| (step(""), item)));
    }
    found
}

/// The document with old names, except for components that have their new names in the spec already.
pub(super) fn as_before(ours: &Node, renamed: &[Renamed]) -> Node {
    let mut before = ours.clone();
    for (section, old, new) in renamed.iter().filter(|one| has_new_name(ours, one)) {
        let [from, to] = [new, old].map(|name| to_component(section, name));
        before = replaced(&before, &from, &to);
        rename_component(&mut before, section, new, old);
    }
    before
}

/// Whether a document has a component under its new name.
pub(super) fn has_new_name(document: &Node, (section, old, new): &Renamed) -> bool {
    let has = |name| at(document, &["components", section, name]).is_some();
    has(new) && !has(old)
}

/// The document with the new names restored.
pub(super) fn with_new_names(upstream: &Node, renamed: &[Renamed]) -> Node {
    let mut upstream = upstream.clone();
    for (section, old, new) in renamed {
        upstream = replaced(
            &upstream,
            &to_component(section, old),
            &to_component(section, new),
        );
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

/// The user's choices about operations and webhooks that the spec does not have, by id.
#[derive(Clone, Copy)]
pub(super) struct Choice<'c> {
    /// Those that the spec should have from now on.
    pub(super) wanted: &'c [&'c str],
    /// Those that the spec should not have.
    pub(super) left_out: &'c [&'c str],
}

/// The part of `upstream` that belongs to the spec: what `known` has, what is wanted, and what is new with tags that the spec
/// covers. Descriptions stay.
pub(super) fn of(upstream: &Node, known: &Node, choice: Choice<'_>) -> Node {
    let families = families(upstream, known);
    let mut root = Vec::new();
    let mut open = Vec::new();
    for section in ["paths", "webhooks"] {
        let covered = operations(known, section);
        let all = operations(upstream, section);
        let is_family = |operation: &Operation<'_>| {
            let mut tags = operation.tags().into_iter();
            tags.any(|tag| families.contains(tag))
        };
        let is_among = |ids: &[&str], operation: &Operation<'_>| {
            ids.contains(&operation.id()) || ids.contains(&operation.path)
        };
        let mut paths: Vec<Entry> = Vec::new();
        for path in upstream.get(section).map(entries).unwrap_or_default() {
            let kept = operations_of(path).into_iter().filter(|operation| {
                operation.find_in(&all, &covered).is_some()
                    || is_among(choice.wanted, operation)
                    || is_family(operation) && !is_among(choice.left_out, operation)
            });
            let mut kept: Vec<&Entry> = kept.map(|operation| operation.entry).collect();
            if !kept.is_empty() {
                kept.extend(shared_by(path));
                open.extend(kept.iter().flat_map(|entry| references(&entry.node)));
                paths.push(with(path, kept.into_iter().cloned().collect()));
            }
        }
        if let Some(entry) = upstream_entry(upstream, section) {
            root.push(with(entry, paths));
        }
    }
    let reached = reached(upstream, open);
    if let Some(components) = upstream_entry(upstream, "components") {
        let sections = entries(&components.node).iter().map(|section| {
            let is_kept = |entry: &&Entry| {
                let is_known = at(known, &["components", &section.key, &entry.key]).is_some();
                reached.contains(to_component(&section.key, &entry.key).as_str()) || is_known
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

/// The targets of references, and the targets of references in those parts.
fn reached<'n>(root: &'n Node, mut open: Vec<&'n str>) -> BTreeSet<&'n str> {
    let mut reached = BTreeSet::new();
    while let Some(reference) = open.pop() {
        if reached.insert(reference) {
            let steps: Vec<String> = steps(reference).skip(1).collect();
            let path: Vec<&str> = steps.iter().map(String::as_str).collect();
            open.extend(at(root, &path).map(references).unwrap_or_default());
        }
    }
    reached
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

/// Whether a document is an excerpt for the spec's tags, so that missing parts mean nothing.
pub(super) fn is_part(upstream: &Node, known: &Node) -> bool {
    let families = families(upstream, known);
    ["paths", "webhooks"].into_iter().all(|section| {
        let covered = operations(known, section);
        let all = operations(upstream, section);
        let mut operations = all.iter();
        operations.all(|operation| {
            let mut tags = operation.tags().into_iter();
            operation.find_in(&all, &covered).is_some() || tags.any(|tag| families.contains(tag))
        })
    })
}

/// Fails if the part of a document that belongs to the spec is empty, or contains an `operationId` twice.
pub(super) fn check(part: &Node, file: &Path) -> Result<(), String> {
    let file = file.display();
    let is_empty = |section| operations(part, section).is_empty();
    if is_empty("paths") && is_empty("webhooks") {
        return Err(format!(
            "{file} has none of the operations and webhooks of the spec: is it Telnyx's document?"
        ));
    }
    match repeated_id(part) {
        None => Ok(()),
        Some(mistake) => Err(format!(
            "{file}: {mistake}: correct a copy of the document, and import that"
        )),
    }
}

/// The operations of `known` that the document lacks.
fn lacking<'n>(upstream: &Node, known: &'n Node, section: &str) -> Vec<Operation<'n>> {
    let there = operations(upstream, section);
    let all = operations(known, section);
    let lacking = all.iter().copied();
    lacking
        .filter(|operation| operation.find_in(&all, &there).is_none())
        .collect()
}

/// The document, together with the operations that only `known` has, and their components. Also returns the ids of these
/// operations.
pub(super) fn completed(upstream: &Node, known: &Node) -> (Node, Vec<String>) {
    let mut kept = Vec::new();
    let mut completed = upstream.clone();
    let (mut of_kept, mut of_others) = (Vec::new(), Vec::new());
    for section in ["paths", "webhooks"] {
        let lacking = lacking(upstream, known, section);
        let is_kept =
            |operation: &Operation<'_>| lacking.iter().any(|one| one.call() == operation.call());
        for operation in operations(known, section) {
            let parts: Vec<&Entry> = shared_by(operation.item).chain([operation.entry]).collect();
            let used = parts.iter().flat_map(|entry| references(&entry.node));
            if !is_kept(&operation) {
                of_others.extend(used);
                continue;
            }
            of_kept.extend(used);
            for entry in parts {
                let path = [section, operation.path, entry.key.as_str()];
                insert(&mut completed, &path, &entry.node);
            }
            kept.push(operation.id().to_owned());
        }
    }
    if kept.is_empty() {
        return (completed, kept);
    }
    let (of_kept, of_others) = (reached(known, of_kept), reached(known, of_others));
    let sections = known.get("components").map(entries).unwrap_or_default();
    for section in sections {
        for entry in entries(&section.node) {
            let path = ["components", section.key.as_str(), entry.key.as_str()];
            let reference = to_component(path[1], path[2]);
            let [is_kept, is_gone] =
                [&of_kept, &of_others].map(|used| used.contains(reference.as_str()));
            // A part that only the other operations used is removed with its last use.
            if at(upstream, &path).is_none() && (is_kept || !is_gone) {
                insert(&mut completed, &path, &entry.node);
            }
        }
    }
    if let Some(declared) = known.get("tags") {
        declare(&mut completed, items(declared));
    }
    (completed, kept)
}

/// Declares the tags that the document lacks.
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
