//! Facts that follow from how types contain each other: boxes for recursive types, and builders for types in requests.

use std::collections::{BTreeMap, HashMap, HashSet};

use proc_macro2::Ident;

use crate::model::{Field, Item, ItemKind, New, Object, Resource, Type};

/// Boxes the fields through which a struct would hold itself.
pub(super) fn box_circles(items: &mut [Item]) {
    let direct: HashMap<String, Vec<String>> = items
        .iter()
        .map(|item| (item.name.to_string(), directly_held(&item.kind)))
        .collect();
    for item in items {
        let ItemKind::Object(object) = &mut item.kind else {
            continue;
        };
        let owner = item.name.to_string();
        for field in fields_of(object) {
            if let Type::Named(name) = &field.ty
                && reaches(&name.to_string(), &owner, &direct)
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
        let setters = builder.setters.iter_mut().chain(required);
        setters.chain(constructors.map(|constructor| &mut constructor.sets))
    });
    object.fields.iter_mut().chain(of_builder)
}

/// Takes the builders off the types that no request holds, which a caller therefore never builds.
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

/// The types a type holds in place, not behind a list, a map or a box.
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

/// Objects that hold themselves by required properties alone, of each circle one.
pub(super) fn endless(items: &BTreeMap<String, Item>) -> Vec<Ident> {
    let required: HashMap<String, Vec<String>> = items
        .iter()
        .map(|(name, item)| (name.clone(), required_of(&item.kind)))
        .collect();
    let mut found: Vec<&Ident> = Vec::new();
    for (name, item) in items {
        let is_known = found
            .iter()
            .any(|known| reaches_on(&known.to_string(), name, &required));
        if !is_known && reaches_on(name, name, &required) {
            found.push(&item.name);
        }
    }
    found.into_iter().cloned().collect()
}

/// The types that an object cannot be without.
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

/// Whether a type is reached by at least one step.
fn reaches_on(from: &str, to: &str, held: &HashMap<String, Vec<String>>) -> bool {
    let mut next = held.get(from).into_iter().flatten();
    next.any(|next| reaches(next, to, held))
}

fn reaches(from: &str, to: &str, held: &HashMap<String, Vec<String>>) -> bool {
    let mut seen = HashSet::new();
    let mut open = vec![from.to_owned()];
    while let Some(name) = open.pop() {
        if name == to {
            return true;
        }
        if seen.insert(name.clone()) {
            open.extend(held.get(&name).into_iter().flatten().cloned());
        }
    }
    false
}
