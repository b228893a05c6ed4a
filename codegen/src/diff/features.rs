//! Changes of the crate's features: new and removed features, and items that moved behind a feature.
//!
//! A feature is part of the path by which a program reaches an item. If an item newly needs a feature, programs that do not turn
//! on the feature lose the item.

use std::collections::BTreeMap;

use super::change::{Change, Changes, Spot};
use super::rules::Rule;
use super::rust::unexplained;
use super::surface::{handle_path, item_path};
use super::verdict::Upgrade;
use crate::config::Config;
use crate::contract::Contract;
use crate::model::{Gate, Model, Resource};
use crate::tree::Place;

/// The places of the features and of their resources in `sdk.yaml`.
#[derive(Debug, Default)]
pub(super) struct Listed {
    features: BTreeMap<String, Place>,
    /// By the path of the resource: its feature, and its place in the list of the feature.
    resources: BTreeMap<String, (String, Place)>,
}

impl Listed {
    pub(super) fn of(config: &Config) -> Self {
        let mut listed = Self::default();
        for (feature, place, resources) in config.features() {
            listed.features.insert(feature.to_owned(), place);
            listed.resources.extend(resources.iter().map(|text| {
                let entry = (feature.to_owned(), text.place);
                (text.value.clone(), entry)
            }));
        }
        listed
    }

    /// The place of a resource, or of the resource above that turns it on, or else of the first feature of its gate.
    fn place(&self, resource: Option<&str>, gate: &Gate) -> Option<Place> {
        let listed = resource.and_then(|path| {
            let above = path.match_indices('.').map(|(end, _)| &path[..end]);
            let mut above = above.chain([path]);
            above.find_map(|path| Some(self.resources.get(path)?.1))
        });
        listed.or_else(|| self.features.get(gate.features().first()?).copied())
    }

    /// Whether the same features turn on the same resources.
    fn is_same(&self, other: &Self) -> bool {
        let pairs = |listed: &Self| -> Vec<(String, String)> {
            let resources = listed.resources.iter();
            let pairs = resources.map(|(path, (feature, _))| (path.clone(), feature.clone()));
            pairs.collect()
        };
        pairs(self) == pairs(other)
    }
}

/// Adds the changes of the features, and returns their cost.
pub(super) fn compare(
    (old, old_listed): (&Model, &Listed),
    (new, contract, new_listed): (&Model, &Contract, &Listed),
    changes: &mut Changes,
) -> Upgrade {
    let mut found = came_and_went(old_listed, new_listed);
    let before = gates(old);
    let after = gates(new);
    // If the lists are the same, the document has moved a type behind a feature.
    let is_of_document = old_listed.is_same(new_listed);
    for (path, (gate, resource)) in &after {
        let known = before.get(path).map(|(known, _)| known);
        let Some(known) = known.filter(|known| *known != gate) else {
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
        let resource = resource.as_deref();
        let spot = match is_of_document {
            true => {
                let name = path.strip_prefix("types::");
                let place = name.and_then(|name| contract.place_of(name));
                place.map(Spot::New)
            }
            false => {
                let before = || old_listed.place(resource, known).map(Spot::Old);
                let after = new_listed.place(resource, gate);
                after.map(Spot::New).or_else(before)
            }
        };
        found.push(unexplained(rule, path, spot, sentence, cost));
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

fn came_and_went(old: &Listed, new: &Listed) -> Vec<Change> {
    let lacks = |other: &Listed, name: &str| !other.features.contains_key(name);
    let came = new.features.iter().filter(|(name, _)| lacks(old, name));
    let came = came.map(|(name, place)| {
        let spot = Some(Spot::New(*place));
        unexplained(
            Rule::FeatureAdded,
            &path(name),
            spot,
            "It is new.",
            Upgrade::Minor,
        )
    });
    let went = old.features.iter().filter(|(name, _)| lacks(new, name));
    let went = went.map(|(name, place)| {
        let said = (
            "It is gone.",
            "Cargo rejects a `Cargo.toml` that names a feature that is gone.",
        );
        let mut change = unexplained(
            Rule::FeatureRemoved,
            &path(name),
            Some(Spot::Old(*place)),
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

/// The gates of all resources and types, by their paths in Rust. A resource has its path in `sdk.yaml` too.
type Gates = BTreeMap<String, (Gate, Option<String>)>;

fn gates(model: &Model) -> Gates {
    let mut gates = BTreeMap::new();
    for resource in &model.resources {
        collect(resource, &Gate::default(), &mut gates);
    }
    let items = model.items.iter();
    gates.extend(items.map(|item| (item_path(item), (item.gate.clone(), None))));
    gates
}

fn collect(resource: &Resource, above: &Gate, gates: &mut Gates) {
    let gate = above.then(&resource.gate);
    for child in &resource.children {
        collect(child, &gate, gates);
    }
    gates.insert(handle_path(resource), (gate, Some(resource.path())));
}
