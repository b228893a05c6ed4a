//! Finds the types that only features use.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Gate, Item, Model, Operation, Resource, Type};

/// The types that operations and events use directly, by gate.
type Starts = BTreeMap<Vec<String>, BTreeSet<String>>;

/// Puts each type behind the gates of everything that uses it. If an event, or an operation without a feature, uses a type, the
/// type has no gate.
pub(super) fn gate_types(model: &mut Model) {
    let mut starts = Starts::new();
    for resource in &model.resources {
        collect(resource, &Gate::default(), &mut starts);
    }
    let events = model.events.events.iter();
    let told = events.filter_map(|event| event.payload.ty().named());
    let always = starts.entry(Vec::new()).or_default();
    always.extend(told.map(ToString::to_string));

    let held = held(&model.items);
    let reached: Vec<(&Vec<String>, BTreeSet<String>)> = starts
        .iter()
        .map(|(features, start)| (features, reached(start, &held)))
        .collect();
    for item in &mut model.items {
        let name = item.name.to_string();
        let reaching = reached.iter().filter(|(_, names)| names.contains(&name));
        let gates: Vec<&Vec<String>> = reaching.map(|(features, _)| *features).collect();
        item.gate = match gates.iter().any(|features| features.is_empty()) {
            true => Gate::default(),
            false => Gate::of(gates.into_iter().flatten().cloned()),
        };
    }
}

fn collect(resource: &Resource, above: &Gate, starts: &mut Starts) {
    let gate = above.then(&resource.gate);
    if !resource.operations.is_empty() {
        let start = starts.entry(gate.features().to_vec()).or_default();
        let types = resource.operations.iter().flat_map(types);
        start.extend(types.filter_map(|ty| Some(ty.named()?.to_string())));
    }
    for child in &resource.children {
        collect(child, &gate, starts);
    }
}

/// The types in the request and the response of an operation.
fn types(operation: &Operation) -> impl Iterator<Item = &Type> {
    let taken = operation.inputs.iter().map(|input| &input.ty);
    taken.chain(operation.answer.ty())
}

/// The types inside each type.
fn held(items: &[Item]) -> BTreeMap<String, Vec<String>> {
    let entries = items.iter().map(|item| {
        let held = item.kind.held().into_iter();
        (
            item.name.to_string(),
            held.map(ToString::to_string).collect(),
        )
    });
    entries.collect()
}

fn reached(start: &BTreeSet<String>, held: &BTreeMap<String, Vec<String>>) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&String> = start.iter().collect();
    while let Some(name) = open.pop() {
        if reached.insert(name.clone()) {
            open.extend(held.get(name).into_iter().flatten());
        }
    }
    reached
}
