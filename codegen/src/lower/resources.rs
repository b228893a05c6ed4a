//! The tree of resources that operations hang on.

use proc_macro2::Ident;

use super::operations::Placed;
use super::scope::{Scope, quoted};
use crate::model::{Doc, Operation, Resource};
use crate::names;
use crate::openapi::Document;
use crate::tree::Place;

/// Builds the tree, sorted by name.
pub(super) fn lower(
    placed: Vec<Placed>,
    document: &Document,
    scope: &mut Scope<'_>,
) -> Vec<Resource> {
    let mut roots: Vec<Resource> = Vec::new();
    for Placed {
        resource,
        mut operation,
        place,
    } in placed
    {
        let node = node(&mut roots, &resource, 0, document, scope);
        settle_method(&mut operation, &resource, node, place, scope);
        node.operations.push(operation);
    }
    sort(&mut roots);
    roots
}

/// `PhoneNumbersMessaging` for `phone_numbers.messaging`.
pub(super) fn handle_name(path: &[String]) -> Ident {
    names::upper(&path.join("_")).ident
}

fn node<'t>(
    level: &'t mut Vec<Resource>,
    path: &[String],
    depth: usize,
    document: &Document,
    scope: &mut Scope<'_>,
) -> &'t mut Resource {
    let module = names::own(&path[depth]);
    let index = match level.iter().position(|resource| resource.module == module) {
        Some(index) => index,
        None => {
            level.push(Resource {
                module,
                handle: handle_name(&path[..=depth]),
                made_by: if depth == 0 {
                    "Client".to_owned()
                } else {
                    handle_name(&path[..depth]).to_string()
                },
                directory: path[..=depth].to_vec(),
                doc: doc(&path[..=depth], document, scope),
                operations: Vec::new(),
                children: Vec::new(),
            });
            level.len() - 1
        }
    };
    if depth + 1 == path.len() {
        &mut level[index]
    } else {
        node(&mut level[index].children, path, depth + 1, document, scope)
    }
}

fn doc(path: &[String], document: &Document, scope: &mut Scope<'_>) -> Doc {
    let tag = || {
        let tag = document
            .tags
            .iter()
            .find(|tag| names::lower(&tag.name).ident == path[path.len() - 1])?;
        tag.description.as_deref()
    };
    let said = scope
        .config
        .resource(&path.join("."))
        .map(|text| text.value.as_str());
    Doc::or(said.or_else(tag), || {
        format!("The resource `{}`.", path.join("."))
    })
}

/// Gives the method a number if the resource has another of its name.
fn settle_method(
    operation: &mut Operation,
    path: &[String],
    node: &Resource,
    place: Place,
    scope: &mut Scope<'_>,
) {
    let wish = operation.method.clone();
    let mut number = 2;
    while is_taken(node, &operation.method) {
        operation.method = names::numbered(&wish, number);
        number += 1;
    }
    if operation.method != wish {
        let (resource, method, id) = (path.join("."), &operation.method, quoted(&operation.id));
        let message = format!(
            "`{resource}` has another method `{wish}`: that of `{}` is `{method}`",
            operation.id
        );
        let help = format!(
            "name it in sdk.yaml: `operations: {{ {id}: {{ method: {resource}.{method} }} }}`"
        );
        scope.diagnostics.note(place, message).help(help);
    }
}

/// Whether a method or an accessor of the resource has the name.
fn is_taken(resource: &Resource, name: &Ident) -> bool {
    resource
        .operations
        .iter()
        .any(|operation| operation.method == *name)
        || resource.children.iter().any(|child| child.module == *name)
}

fn sort(level: &mut [Resource]) {
    level.sort_by(|one, other| one.module.cmp(&other.module));
    for resource in level {
        resource
            .operations
            .sort_by(|one, other| one.module.cmp(&other.module));
        sort(&mut resource.children);
    }
}
