//! Parameters, responses and bodies in `components` that only refer to another component.

use std::collections::BTreeMap;

use super::pointer::find_mut;
use crate::openapi::fit::beside_reference;
use crate::openapi::keys::{has_names, is_part};
use crate::pointer;
use crate::tree::{Entry, Node, Value};

/// Later stages expect no references between these components. Schemas may refer to each other.
const SECTIONS: [&str; 3] = ["parameters", "responses", "requestBodies"];

/// The end of a chain of references.
struct End {
    reference: String,
    /// The nearest description beside a `$ref` of the chain.
    description: Option<Node>,
}

/// Redirects each `$ref` to the component at the end of its chain, and removes the components in between. A description there
/// moves to the `$ref`. A `$ref` without a target, or one that leads back to itself, stays and is reported where it is read.
pub(super) fn remove(root: &mut Node) {
    let mut ends = BTreeMap::new();
    for section in SECTIONS {
        let pointer = vec!["components".to_owned(), section.to_owned()];
        if let Some(node) = find_mut(root, &pointer)
            && let Value::Mapping(components) = &mut node.value
        {
            let found = ends_of(components, section);
            // A component with other keywords stays, and is reported.
            components.retain(|entry| {
                !found.contains_key(&pointer::to_component(section, &entry.key))
                    || beside_reference(&entry.node).next().is_some()
            });
            ends.extend(found);
        }
    }
    if !ends.is_empty() {
        redirect(root, &ends, false);
    }
}

/// References to components that only refer to others, each with the reference at the end of the chain.
fn ends_of(components: &[Entry], section: &str) -> BTreeMap<String, End> {
    let indices: BTreeMap<String, usize> = components
        .iter()
        .enumerate()
        .map(|(index, entry)| (pointer::to_component(section, &entry.key), index))
        .collect();
    let targets: Vec<Option<&str>> = components.iter().map(|entry| target(&entry.node)).collect();
    let written_out = |index: usize| targets[index].is_none().then_some(index);
    let mut ends: Vec<Option<usize>> = (0..components.len()).map(written_out).collect();
    let mut was_seen = vec![false; components.len()];
    for start in 0..components.len() {
        let mut path = Vec::new();
        let mut next = Some(start);
        while let Some(index) = next.filter(|index| ends[*index].is_none() && !was_seen[*index]) {
            was_seen[index] = true;
            path.push(index);
            next = targets[index].and_then(|target| indices.get(target).copied());
        }
        let end = next.and_then(|index| ends[index]);
        for index in path {
            ends[index] = end;
        }
    }
    let others = ends.iter().enumerate().filter_map(|(index, end)| {
        let end = end.filter(|end| *end != index)?;
        let name = |index: usize| pointer::to_component(section, &components[index].key);
        let next = |at: &usize| indices.get(targets[*at]?).copied();
        let chain = std::iter::successors(Some(index), next);
        let mut between = chain.take_while(|at| *at != end);
        let description = between.find_map(|at| components[at].node.get("description").cloned());
        let end = End {
            reference: name(end),
            description,
        };
        Some((name(index), end))
    });
    others.collect()
}

/// The target of the node, if it is a reference.
fn target(node: &Node) -> Option<&str> {
    node.get("$ref")?.text()
}

/// Redirects each `$ref` below a node to the end of its chain; `are_names` says whether the keys of the node are names.
fn redirect(node: &mut Node, ends: &BTreeMap<String, End>, are_names: bool) {
    match &mut node.value {
        Value::Mapping(entries) => {
            let said = entries.iter().filter(|entry| entry.key == "$ref");
            let mut said =
                said.filter_map(|entry| ends.get(entry.node.text()?)?.description.as_ref());
            let is_described = entries.iter().any(|entry| entry.key == "description");
            if let Some(description) = said.next().filter(|_| !are_names && !is_described) {
                let entry = Entry {
                    key: "description".to_owned(),
                    key_place: description.place,
                    node: description.clone(),
                };
                entries.push(entry);
            }
            for Entry { key, node, .. } in entries {
                if !is_part(key, are_names) {
                    continue;
                }
                match &mut node.value {
                    Value::String(target) if key == "$ref" => {
                        if let Some(end) = ends.get(target) {
                            target.clone_from(&end.reference);
                        }
                    }
                    _ => redirect(node, ends, has_names(key, are_names)),
                }
            }
        }
        Value::Sequence(items) => {
            for item in items {
                redirect(item, ends, false);
            }
        }
        _ => {}
    }
}
