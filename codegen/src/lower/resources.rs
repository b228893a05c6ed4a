//! The tree of resources that operations hang on.

use proc_macro2::Ident;

use super::operations::Placed;
use super::scope::{Scope, quoted};
use crate::model::{Doc, Operation, Resource};
use crate::names;
use crate::openapi::Document;

/// Builds the tree, sorted by name.
pub(super) fn lower(placed: Vec<Placed>, document: &Document, scope: &mut Scope<'_>) -> Vec<Resource> {
    let mut roots: Vec<Resource> = Vec::new();
    for Placed { resource, operation } in placed {
        let node = node(&mut roots, &resource, 0, document, scope);
        if let Some(name) = taken(node, &operation.method) {
            let message = format!("`{}` has two methods called `{name}`", resource.join("."));
            let id = quoted(&operation.id);
            let help = format!("name one in sdk.yaml: `operations: {{ {id}: {{ method: {}.… }} }}`", resource.join("."));
            scope.diagnostics.error(document.place, message).help(help);
            continue;
        }
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
                made_by: if depth == 0 { "Client".to_owned() } else { handle_name(&path[..depth]).to_string() },
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
        let tag = document.tags.iter().find(|tag| names::lower(&tag.name).ident == path[path.len() - 1])?;
        tag.description.as_deref()
    };
    let said = scope.config.resource(&path.join(".")).map(|text| text.value.as_str());
    Doc::or(said.or_else(tag), || format!("The resource `{}`.", path.join(".")))
}

/// The name, if a method or an accessor of the resource has it.
fn taken<'n>(resource: &Resource, name: &'n Ident) -> Option<&'n Ident> {
    let method = |operation: &Operation| operation.method == *name;
    let accessor = |child: &Resource| child.module == *name;
    (resource.operations.iter().any(method) || resource.children.iter().any(accessor)).then_some(name)
}

fn sort(level: &mut [Resource]) {
    level.sort_by(|one, other| one.module.cmp(&other.module));
    for resource in level {
        resource.operations.sort_by(|one, other| one.module.cmp(&other.module));
        sort(&mut resource.children);
    }
}
