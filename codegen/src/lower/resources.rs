//! The tree of resources that operations hang on.

use std::collections::BTreeMap;

use proc_macro2::Ident;

use super::operations::Placed;
use super::scope::Scope;
use crate::model::{Doc, Resource};
use crate::names;
use crate::openapi::Document;

/// Builds the tree, sorted by name; the operations of a resource keep the order of the document.
pub(super) fn lower(
    placed: Vec<Placed>,
    document: &Document,
    scope: &mut Scope<'_>,
) -> Vec<Resource> {
    let mut roots: Vec<Resource> = Vec::new();
    for Placed {
        resource,
        operation,
    } in placed
    {
        let node = node(&mut roots, &resource, 0, document, scope);
        node.operations.push(operation);
    }
    sort(&mut roots);
    roots
}

/// The names of all requests, with the operations that they make.
pub(super) fn requests(level: &[Resource]) -> BTreeMap<String, String> {
    let mut requests = BTreeMap::new();
    for resource in level {
        let own = resource.operations.iter();
        requests.extend(own.map(|operation| (operation.request.to_string(), operation.id.clone())));
        requests.extend(self::requests(&resource.children));
    }
    requests
}

/// `PhoneNumbersMessaging` for `phone_numbers.messaging`.
pub(super) fn handle_name(path: &[String]) -> Ident {
    let name = names::upper(&path.join("_")).ident;
    if names::is_reserved_request(&name) {
        names::own(&format!("{name}Resource"))
    } else {
        name
    }
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

fn sort(level: &mut [Resource]) {
    level.sort_by(|one, other| one.module.cmp(&other.module));
    for resource in level {
        sort(&mut resource.children);
    }
}
