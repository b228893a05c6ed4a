//! Facts that follow from how types contain each other: boxes for recursive types, and builders for types in requests.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

use proc_macro2::Ident;

use crate::model::{Field, Item, ItemKind, Need, New, Object, Resource, Type};

/// Names of types, with the names of the types inside each.
type Held = BTreeMap<String, Vec<String>>;

/// Boxes the fields through which a struct would contain itself.
pub(super) fn box_circles(items: &mut [Item]) {
    let direct = items
        .iter()
        .map(|item| (item.name.to_string(), directly_held(&item.kind)));
    let direct = direct.collect();
    let circles = circles(&direct);
    for item in items {
        let ItemKind::Object(object) = &mut item.kind else {
            continue;
        };
        let own = circles.get(item.name.to_string().as_str());
        for field in fields_of(object) {
            if let Type::Named(name) = &field.ty
                && circles.get(name.to_string().as_str()) == own
            {
                field.ty = Type::Boxed(name.clone());
            }
        }
    }
}

/// The fields of an object, and those that its builder sets.
fn fields_of(object: &mut Object) -> impl Iterator<Item = &mut Field> {
    let of_builder = object.builder.iter_mut().flat_map(|builder| {
        let required = match &mut builder.new {
            Some(New::Required(fields)) => fields.as_mut_slice(),
            _ => &mut [],
        };
        let constructors = builder.constructors.iter_mut();
        let setters = builder.setters.iter_mut();
        let setters = setters.map(|setter| &mut setter.field).chain(required);
        setters.chain(constructors.map(|constructor| &mut constructor.sets))
    });
    object.fields.iter_mut().chain(of_builder)
}

/// Removes the builders of types that no request contains, because callers never create such types.
pub(super) fn keep_builders_of_requests(items: &mut [Item], resources: &[Resource]) {
    let held: HashMap<String, Vec<String>> = items
        .iter()
        .map(|item| {
            let held = item.kind.held().into_iter();
            (
                item.name.to_string(),
                held.map(ToString::to_string).collect(),
            )
        })
        .collect();
    let mut built = HashSet::new();
    let mut open = Vec::new();
    collect_inputs(resources, &mut open);
    while let Some(name) = open.pop() {
        if built.insert(name.clone()) {
            open.extend(held.get(&name).into_iter().flatten().cloned());
        }
    }
    for item in items {
        if let ItemKind::Object(object) = &mut item.kind
            && !built.contains(&item.name.to_string())
        {
            object.builder = None;
            object
                .fields
                .iter_mut()
                .for_each(|field| field.need = Need::Free);
        }
    }
}

fn collect_inputs(resources: &[Resource], names: &mut Vec<String>) {
    for resource in resources {
        for input in resource
            .operations
            .iter()
            .flat_map(|operation| &operation.inputs)
        {
            names.extend(input.ty.named().map(ToString::to_string));
        }
        collect_inputs(&resource.children, names);
    }
}

/// The types that a type contains directly, not inside a list, a map or a box.
fn directly_held(kind: &ItemKind) -> Vec<String> {
    let ItemKind::Object(object) = kind else {
        return Vec::new();
    };
    let direct = object.fields.iter().filter_map(|field| match &field.ty {
        Type::Named(name) => Some(name.to_string()),
        _ => None,
    });
    direct.collect()
}

/// Objects that contain themselves through required properties only. Each cycle has one entry.
pub(super) fn endless(items: &BTreeMap<String, Item>) -> Vec<Ident> {
    let required = items
        .iter()
        .map(|(name, item)| (name.clone(), required_of(&item.kind)));
    let required: Held = required.collect();
    let circles = circles(&required);
    let circle = |name: &String| circles.get(name.as_str());
    let mut found = HashSet::new();
    let endless = required.iter().filter(|(name, held)| {
        let mut held = held.iter();
        held.any(|held| circle(held) == circle(name)) && found.insert(circle(name))
    });
    let endless = endless.map(|(name, _)| items[name].name.clone());
    endless.collect()
}

/// The types that an object always contains.
fn required_of(kind: &ItemKind) -> Vec<String> {
    let ItemKind::Object(object) = kind else {
        return Vec::new();
    };
    let required = object.required().filter_map(|field| match &field.ty {
        Type::Named(name) | Type::Boxed(name) => Some(name.to_string()),
        _ => None,
    });
    required.collect()
}

/// Numbers for types. Two types have the same number if each contains the other, at any depth.
fn circles(held: &Held) -> HashMap<&str, usize> {
    // Kosaraju's algorithm. First, each type comes after all types inside it.
    let mut sorted = Vec::new();
    let mut seen = HashSet::new();
    for start in held.keys() {
        let mut open = vec![(start.as_str(), false)];
        while let Some((name, is_done)) = open.pop() {
            if is_done {
                sorted.push(name);
            } else if seen.insert(name) {
                open.push((name, true));
                let next = held.get(name).into_iter().flatten();
                open.extend(next.map(|next| (next.as_str(), false)));
            }
        }
    }
    let mut holders: HashMap<&str, Vec<&str>> = HashMap::new();
    for (holder, names) in held {
        for name in names {
            holders.entry(name).or_default().push(holder);
        }
    }
    // Then, from the last type on, all types that contain it and have no number yet are in its cycle.
    let mut circles = HashMap::new();
    for (number, start) in sorted.into_iter().rev().enumerate() {
        let mut open = vec![start];
        while let Some(name) = open.pop() {
            if let Entry::Vacant(vacant) = circles.entry(name) {
                vacant.insert(number);
                open.extend(holders.get(name).into_iter().flatten());
            }
        }
    }
    circles
}
