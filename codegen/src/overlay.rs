//! Applies an OpenAPI Overlay 1.0 to a document, action by action.
//!
//! This module reports an action that matches nothing or changes nothing, so a maintainer notices that the published document has
//! changed. Nodes from the overlay keep their places in the overlay.

mod edit;
mod mistake;
mod target;

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostics;
use crate::reader::Keys;
use crate::tree::{Node, Value};
use edit::{Edit, MAX_ADDED_BYTES};
use target::{Step, Target};

/// Applies the actions of `overlay` to `document`.
pub(crate) fn apply(document: &mut Node, overlay: &Node, diagnostics: &mut Diagnostics) {
    let actions = actions(overlay, diagnostics);
    let mut mirror = mirror(document);
    let mut added_bytes = 0;
    for action in &actions {
        let locations = action.target.locations(&mirror, diagnostics);
        let mut edit = Edit::new(action.target.place, &mut added_bytes, diagnostics);
        // The last and deepest location comes first, so that no change moves the remaining locations.
        for location in locations.iter().rev() {
            match action.change {
                Change::Update(update) => edit.update(document, location, update),
                Change::Remove => edit.remove(document, location),
            }
        }
        edit.finish();
        if added_bytes > MAX_ADDED_BYTES {
            return;
        }
        refresh(&mut mirror, document, shared_start(&locations));
    }
}

/// Warns about actions without a reason, because nobody can decide when to remove such a correction.
pub(crate) fn check_reasons(overlay: &Node, diagnostics: &mut Diagnostics) {
    let Some(Value::Sequence(actions)) = overlay.get("actions").map(|actions| &actions.value)
    else {
        return;
    };
    for action in actions {
        let reason = action.get("description").map(|reason| &reason.value);
        if !matches!(reason, Some(Value::String(text)) if !text.trim().is_empty()) {
            diagnostics
                .warning(action.place, "this action does not say why it is needed")
                .help("say under `description` why the document is wrong, and how you know");
        }
    }
}

/// An action with its parsed target.
struct Action<'a> {
    target: Target,
    change: Change<'a>,
}

enum Change<'a> {
    Update(&'a Node),
    Remove,
}

fn actions<'a>(overlay: &'a Node, diagnostics: &mut Diagnostics) -> Vec<Action<'a>> {
    let Some(mut keys) = Keys::of(overlay, "an overlay", diagnostics) else {
        return Vec::new();
    };
    if let Some(version) = keys.required_text("overlay", "an overlay", diagnostics)
        && !version.value.starts_with("1.")
    {
        let message = format!("Overlay {} is not supported", version.value);
        diagnostics
            .error(version.place, message)
            .help("write `overlay: 1.0.0`");
    }
    if let Some(info) = keys.node("info") {
        check_info(info, diagnostics);
    }
    keys.unsupported(&["extends"], diagnostics);
    let nodes = keys.list("actions", diagnostics);
    keys.finish("an overlay", diagnostics);
    nodes
        .iter()
        .filter_map(|node| action(node, diagnostics))
        .collect()
}

fn check_info(info: &Node, diagnostics: &mut Diagnostics) {
    if let Some(mut keys) = Keys::of(info, "`info`", diagnostics) {
        keys.ignore(&["title", "version"]);
        keys.finish("`info`", diagnostics);
    }
}

fn action<'a>(node: &'a Node, diagnostics: &mut Diagnostics) -> Option<Action<'a>> {
    const WHAT: &str = "an overlay action";
    let mut keys = Keys::of(node, WHAT, diagnostics)?;
    keys.ignore(&["description"]);
    let target = keys.required_text("target", WHAT, diagnostics);
    let update = keys.node("update");
    let remove = keys.flag("remove", diagnostics);
    let copy = keys.node("copy");
    keys.finish(WHAT, diagnostics);
    if let Some(copy) = copy {
        diagnostics
            .error(copy.place, "`copy` of Overlay 1.1 is not supported")
            .help("write the values under `update`");
        return None;
    }
    if let Some(update) = update
        && matches!(update.value, Value::Null)
    {
        diagnostics
            .error(update.place, "this `update` is empty")
            .help("below `update`, write the values to merge, with a deeper indent");
        return None;
    }
    let change = match (update, remove) {
        (Some(update), false) => Change::Update(update),
        (None, true) => Change::Remove,
        (Some(_), true) => {
            diagnostics
                .error(
                    node.place,
                    "an action cannot both update and remove its target",
                )
                .help("write two actions");
            return None;
        }
        (None, false) => {
            diagnostics
                .error(node.place, "this action has neither `update` nor `remove`")
                .help("add `update:` or `remove: true`");
            return None;
        }
    };
    let target = target?;
    let target = Target::parse(target.value, target.place, diagnostics)?;
    Some(Action { target, change })
}

/// The document as values that JSONPath can search.
fn mirror(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(value) => (*value).into(),
        Value::Number(value) => value.clone().into(),
        Value::String(value) => value.as_str().into(),
        Value::Sequence(items) => items.iter().map(mirror).collect(),
        Value::Mapping(entries) => entries
            .iter()
            .map(|entry| (entry.key.clone(), mirror(&entry.node)))
            .collect(),
    }
}

/// Mirrors again what stands at `location`; mirroring the whole document for each action would take longer than all
/// the rest.
fn refresh(mirror_of_document: &mut serde_json::Value, document: &mut Node, location: &[Step]) {
    let place = location
        .iter()
        .try_fold(mirror_of_document, |value, step| match step {
            Step::Key(key) => value.get_mut(key),
            Step::Index(index) => value.get_mut(index),
        });
    if let (Some(place), Some(node)) = (place, target::find(document, location)) {
        *place = mirror(node);
    }
}

/// The steps to the innermost node that contains all `locations`.
fn shared_start(locations: &BTreeSet<Vec<Step>>) -> &[Step] {
    let (Some(first), Some(last)) = (locations.first(), locations.last()) else {
        return &[];
    };
    let parent = &first[..first.len().saturating_sub(1)];
    let shared = parent
        .iter()
        .zip(last)
        .take_while(|(one, other)| one == other)
        .count();
    &parent[..shared]
}

#[cfg(test)]
mod tests;
