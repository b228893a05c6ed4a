//! The names of requests.

use std::collections::HashSet;

use proc_macro2::Ident;

use super::placement::{Placement, handle_name};
use crate::config::{self, Config, quoted};
use crate::lower::types::Types;
use crate::lower::{made_up, resolve};
use crate::names::{self, Name};

/// The modules of requests that no other request can have.
pub(super) struct Taken {
    /// Those of the names in `sdk.yaml`.
    given: HashSet<Ident>,
    /// Those of the operations before.
    named: HashSet<Ident>,
}

impl Taken {
    pub(super) fn of(config: &Config) -> Self {
        let names = config.request_names();
        let names = names.filter_map(|text| names::given_upper(&text.value));
        Self {
            given: names.map(|ident| names::module_of(&ident)).collect(),
            named: HashSet::new(),
        }
    }
}

/// The name of the request that an operation makes.
pub(super) fn name(
    operation: &resolve::Operation<'_>,
    placement: &Placement,
    said: Option<&config::Operation>,
    taken: &mut Taken,
    types: &mut Types<'_>,
) -> Ident {
    let id = &operation.id;
    if let Some(text) = said.and_then(|said| said.request.as_ref()) {
        let (reason, help) = match names::given_upper(&text.value) {
            None => (
                "it is not in upper camel case",
                "choose a name such as `SendMessage`",
            ),
            Some(ident) if is_reserved(&ident, placement) => (
                "the file of the request already uses this name",
                "choose a name that is not the name of a resource, a module or an imported type",
            ),
            Some(ident) if taken.named.insert(names::module_of(&ident)) => return ident,
            Some(_) => (
                "another request has this name",
                "rename one of the two requests",
            ),
        };
        let message = format!(
            "`{}` cannot be the name of this request: {reason}",
            text.value
        );
        types.diagnostics.error(text.place, message).help(help);
    }
    let name = names::upper(id).with_ending_if(|ident| is_reserved(ident, placement), "Request");
    let Name { ident, improvised } = name.free(|ident| {
        let module = names::module_of(ident);
        !taken.given.contains(&module) && taken.named.insert(module)
    });
    if improvised {
        let place = operation.written.name_place();
        let named = format!("`{ident}` for the request of `{id}`");
        let line = format!("operations: {{ {}: {{ request: {ident} }} }}", quoted(id));
        made_up::note_with_line(types.diagnostics, place, &named, &line);
    }
    ident
}

/// Whether the name is already used in the resource's file.
fn is_reserved(name: &Ident, placement: &Placement) -> bool {
    let module = names::module_of(name).to_string();
    names::is_reserved_request(name)
        || *name == handle_name(&placement.resource)
        || placement.resource.last() == Some(&module)
        || placement.children.contains(&module)
}
