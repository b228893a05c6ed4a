//! Paths and webhooks that refer to a path item.

use std::collections::BTreeSet;

use super::Settling;
use super::pointer::find;
use crate::tree::{Entry, Node, Value};

/// Keys of the document whose values are path items. A reference to a path item is replaced by a copy, and no path item becomes a
/// component.
pub(super) const PATHS: [&str; 2] = ["paths", "webhooks"];

/// Keys of a path item that replace those of the path item behind a `$ref`.
const WORDS: [&str; 2] = ["summary", "description"];

/// Replaces references to path items by copies, because later stages have no path items in `components`. Returns whether there
/// was one. A `$ref` without a target stays, and is reported where paths are read.
pub(super) fn include(root: &mut Node, settling: &mut Settling<'_>) -> bool {
    let Value::Mapping(entries) = &mut root.value else {
        return false;
    };
    let paths = entries
        .iter_mut()
        .filter(|entry| PATHS.contains(&entry.key.as_str()));
    let mut has_any = false;
    for item in paths.flat_map(|paths| match &mut paths.node.value {
        Value::Mapping(items) => items.as_mut_slice(),
        _ => &mut [],
    }) {
        if let Some(items) = path_items(&item.node, settling)
            && let Value::Mapping(own) = &mut item.node.value
        {
            has_any = true;
            let mut hidden = Vec::new();
            own.retain(|entry| entry.key != "$ref");
            let here = own.len();
            for entry in items.into_iter().flatten() {
                match own.iter().position(|known| known.key == entry.key) {
                    Some(index) if index < here => hidden.push((own[index].key_place, entry)),
                    Some(_) => {}
                    None if entry.key == "$ref" => {}
                    None => own.push(entry.clone()),
                }
            }
            let hidden: Vec<_> = hidden
                .into_iter()
                .filter(|(_, entry)| !WORDS.contains(&entry.key.as_str()))
                .map(|(place, entry)| (place, entry.key.clone(), entry.key_place))
                .collect();
            for (place, key, other) in hidden {
                let message = format!(
                    "the path item that `$ref` leads to has `{key}` too: only this one has an effect"
                );
                settling
                    .diagnostics
                    .warning(place, message)
                    .related(other, "the other one is here")
                    .help("remove one of the two, or remove the `$ref` and write everything here");
            }
        }
    }
    has_any
}

/// The path items in the chain of a `$ref`; `None` if there is no `$ref`, or if the chain has no end.
fn path_items<'s>(item: &Node, settling: &'s Settling<'_>) -> Option<Vec<&'s [Entry]>> {
    let mut seen = BTreeSet::new();
    let mut items = Vec::new();
    let mut reference = item.get("$ref")?;
    loop {
        let Value::String(target) = &reference.value else {
            return None;
        };
        let pointer = settling.pointer(target, None)?;
        let node = find(&settling.original, &pointer)?;
        let Value::Mapping(entries) = &node.value else {
            return None;
        };
        if !seen.insert(pointer) {
            return None;
        }
        items.push(entries.as_slice());
        match node.get("$ref") {
            Some(next) => reference = next,
            None => return Some(items),
        }
    }
}
