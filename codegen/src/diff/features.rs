//! Changes of the crate's features: new and removed features, and items that moved behind a feature.
//!
//! A feature is part of the path by which a program reaches an item. If an item newly needs a feature, programs that do not turn
//! on the feature lose the item.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, Changes, Spot};
use super::rules::Rule;
use super::rust::unexplained;
use super::surface::{handle_path, item_path};
use super::verdict::Upgrade;
use crate::contract::Contract;
use crate::model::{Gate, Model, Resource};

/// Adds the changes of the features, and returns their cost.
pub(super) fn compare(
    old: &Model,
    (new, contract): (&Model, &Contract),
    changes: &mut Changes,
) -> Upgrade {
    let mut found = came_and_went(old, new);
    let before = gates(old);
    let after = gates(new);
    for (path, gate) in &after {
        let Some(known) = before.get(path).filter(|known| *known != gate) else {
            continue;
        };
        let (rule, cost) = match (opens_all_of(gate, known), opens_all_of(known, gate)) {
            (true, _) => (Rule::FeatureWidened, Upgrade::Minor),
            (_, true) => (Rule::FeatureNarrowed, Upgrade::Major),
            _ => (Rule::FeatureExchanged, Upgrade::Major),
        };
        let sentence = match gate.features() {
            [] => "It no longer needs a feature.".to_owned(),
            features => format!("It needs the feature {} now.", names(features)),
        };
        let place = path.strip_prefix("types::");
        let place = place.and_then(|name| contract.place_of(name));
        found.push(unexplained(
            rule,
            path,
            place.map(Spot::New),
            sentence,
            cost,
        ));
    }
    let cost = found.iter().map(|change| change.rust).max();
    found.into_iter().for_each(|change| changes.add(change));
    cost.unwrap_or_default()
}

/// Whether every program that passes the gate `other` also passes `gate`.
fn opens_all_of(gate: &Gate, other: &Gate) -> bool {
    let passes = |feature| gate.features().contains(feature);
    gate.is_open() || (!other.is_open() && other.features().iter().all(passes))
}

fn came_and_went(old: &Model, new: &Model) -> Vec<Change> {
    let names = |model: &Model| -> BTreeSet<String> {
        let features = model.features.iter();
        features.map(|feature| feature.name.clone()).collect()
    };
    let (before, after) = (names(old), names(new));
    let came = after.difference(&before).map(|name| {
        let sentence = "It is new.".to_owned();
        unexplained(
            Rule::FeatureAdded,
            &path(name),
            None,
            sentence,
            Upgrade::Minor,
        )
    });
    let went = before.difference(&after).map(|name| {
        let said = ("It is gone.", "Cargo rejects a `Cargo.toml` that names it.");
        let mut change = unexplained(
            Rule::FeatureRemoved,
            &path(name),
            None,
            said,
            Upgrade::Major,
        );
        change.repair = Some(format!(
            "to keep it, add this under `features` in sdk.yaml: `{name}: […]`"
        ));
        change
    });
    came.chain(went).collect()
}

fn path(feature: &str) -> String {
    format!("feature {feature}")
}

fn names(features: &[String]) -> String {
    let names: Vec<String> = features.iter().map(|name| format!("`{name}`")).collect();
    names.join(" or ")
}

/// The gates of all resources and types, by their paths.
fn gates(model: &Model) -> BTreeMap<String, Gate> {
    let mut gates = BTreeMap::new();
    for resource in &model.resources {
        collect(resource, &Gate::default(), &mut gates);
    }
    let items = model.items.iter();
    gates.extend(items.map(|item| (item_path(item), item.gate.clone())));
    gates
}

fn collect(resource: &Resource, above: &Gate, gates: &mut BTreeMap<String, Gate>) {
    let gate = above.then(&resource.gate);
    for child in &resource.children {
        collect(child, &gate, gates);
    }
    gates.insert(handle_path(resource), gate);
}
