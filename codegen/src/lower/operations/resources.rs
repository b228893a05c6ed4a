//! The tree of resources.

use std::collections::BTreeMap;

use super::placement::handle_name;
use crate::lower::types::Types;
use crate::model::{Doc, Gate, Operation, Resource};
use crate::names;

/// An operation and the resource it belongs to.
pub(super) struct Placed {
    /// `["phone_numbers", "messaging"]`
    pub(super) resource: Vec<String>,
    pub(super) operation: Operation,
    /// The operation's tag in the document.
    pub(super) tag: Option<String>,
}

/// The tag of each resource, by path, if all its operations share one tag.
type Tags = BTreeMap<Vec<String>, Option<String>>;

fn tags(placed: &[Placed]) -> Tags {
    let mut tags = Tags::new();
    for Placed { resource, tag, .. } in placed {
        let shared = tags.entry(resource.clone()).or_insert_with(|| tag.clone());
        if shared != tag {
            *shared = None;
        }
    }
    tags
}

/// Builds the tree, sorted by name. The operations of a resource keep the order of the document.
pub(super) fn lower(placed: Vec<Placed>, types: &Types<'_>) -> Vec<Resource> {
    let tags = tags(&placed);
    let mut roots: Vec<Resource> = Vec::new();
    for Placed {
        resource,
        operation,
        ..
    } in placed
    {
        let node = node(&mut roots, &resource, 0, (&tags, types));
        node.operations.push(operation);
    }
    sort(&mut roots);
    roots
}

/// The names of all requests, with the operations that they send.
pub(in crate::lower) fn requests(level: &[Resource]) -> BTreeMap<String, String> {
    let mut requests = BTreeMap::new();
    for resource in level {
        let own = resource.operations.iter();
        requests.extend(own.map(|operation| (operation.request.to_string(), operation.id.clone())));
        requests.extend(self::requests(&resource.children));
    }
    requests
}

fn node<'t>(
    level: &'t mut Vec<Resource>,
    path: &[String],
    depth: usize,
    from: (&Tags, &Types<'_>),
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
                gate: Gate::default(),
                doc: doc(&path[..=depth], from),
                operations: Vec::new(),
                children: Vec::new(),
            });
            level.len() - 1
        }
    };
    if depth + 1 == path.len() {
        &mut level[index]
    } else {
        node(&mut level[index].children, path, depth + 1, from)
    }
}

fn doc(path: &[String], (tags, types): (&Tags, &Types<'_>)) -> Doc {
    let tag = || {
        let name = tags.get(path)?.as_ref()?;
        let mut declared = types.resolved.tags.iter();
        let tag = declared.find(|tag| tag.name == *name)?;
        tag.description.as_deref()
    };
    let said = types
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
