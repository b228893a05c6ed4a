//! What follows from how types hold each other: boxes where one would hold itself, constructors where a request does.

use std::collections::{HashMap, HashSet};

use crate::model::{Item, ItemKind, Resource, Type};

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
        for field in &mut object.fields {
            if let Type::Named(name) = &field.ty
                && reaches(&name.to_string(), &owner, &direct)
            {
                field.ty = Type::Boxed(name.clone());
            }
        }
    }
}

/// Marks the types that requests hold, which a caller therefore builds.
pub(super) fn mark_built(items: &mut [Item], resources: &[Resource]) {
    let held: HashMap<String, Vec<String>> = items
        .iter()
        .map(|item| (item.name.to_string(), held(&item.kind)))
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
        if let ItemKind::Object(object) = &mut item.kind {
            object.built = built.contains(&item.name.to_string());
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

/// The types a type holds in any way.
fn held(kind: &ItemKind) -> Vec<String> {
    let types: Vec<&Type> = match kind {
        ItemKind::Enum(_) => Vec::new(),
        ItemKind::Object(object) => object.fields.iter().map(|field| &field.ty).collect(),
        ItemKind::Union(union) => union
            .variants
            .iter()
            .filter_map(|variant| variant.ty.as_ref())
            .collect(),
    };
    types
        .into_iter()
        .filter_map(|ty| ty.named().map(ToString::to_string))
        .collect()
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
