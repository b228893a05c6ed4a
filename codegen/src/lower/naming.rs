//! The names of types. All names are chosen before the first type is created.
//!
//! Names from `sdk.yaml` come first, then names of components, then names of inline schemas. Inline schemas with the same
//! structure share one type.

mod components;
mod homes;
mod shapes;
mod sites;
mod slots;
mod walk;

use std::collections::{HashMap, HashSet};

use proc_macro2::Ident;

pub(super) use sites::{EventPayload, Site, answer_sites, event_payload};
pub(super) use slots::{
    BodySlots, MOST_SLOTS, Slot, Slots, has_page_number, of_body, of_parameter, one_or_list, pages,
};
pub(super) use walk::{by_site, name};

use super::resolve::Schema;
use crate::names::{self, Name};
use crate::reader::Text;

/// The names of all types.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// The names of components with a type of their own.
    components: HashMap<String, Ident>,
    /// The names that `sdk.yaml` gives to sites.
    given: HashMap<String, Ident>,
    /// The names of inline schemas, by structure.
    shapes: HashMap<String, Ident>,
    /// For each inline schema, one of its sites.
    sites: HashMap<Ident, String>,
    /// The names for which an error was reported because they would stand for two types.
    clashes: HashSet<Ident>,
}

/// The name of a type, and its site.
#[derive(Clone, Debug)]
pub struct TypeName {
    /// The site: the name of a component, or a site such as `OutboundMessagePayload.to[]`.
    pub site: String,
    /// The name of the type.
    pub name: String,
    /// For an inline schema: its structure on the wire; `None` for a component.
    pub structure: Option<String>,
}

/// The name of the type at a site.
pub(super) enum Named<'n> {
    /// `sdk.yaml` gives it.
    Given(&'n Ident),
    /// All inline schemas with the same structure have this name.
    Shape(&'n Ident),
}

impl Names {
    /// The name of a component's type; `None` if the component has no type of its own.
    pub(super) fn component(&self, name: &str) -> Option<&Ident> {
        self.components.get(name)
    }

    /// The keys of `sdk.yaml` for the places of types: components and sites.
    pub(super) fn keys(&self) -> impl Iterator<Item = (&Ident, &str)> {
        let components = self.components.iter();
        let components = components.map(|(component, ident)| (ident, component.as_str()));
        let sites = self.sites.iter();
        components.chain(sites.map(|(ident, site)| (ident, site.as_str())))
    }

    /// Whether `sdk.yaml` gives a name to a site, or to a site below it.
    pub(super) fn gives_within(&self, site: &Site) -> bool {
        self.given.keys().any(|path| path.starts_with(&site.path))
    }

    /// Whether an error was already reported because the name would stand for two types.
    pub(super) fn is_clash(&self, name: &Ident) -> bool {
        self.clashes.contains(name)
    }

    /// The name of an inline enum, object or union; `None` if nothing uses it.
    pub(super) fn inline(&self, schema: &Schema<'_>, site: &Site) -> Option<Named<'_>> {
        if let Some(ident) = self.given.get(&site.path) {
            return Some(Named::Given(ident));
        }
        let ident = self.shapes.get(&shapes::structure(schema))?;
        Some(Named::Shape(ident))
    }
}

/// Whether two schemas are the same on the wire.
pub(super) fn is_same_shape(one: &Schema<'_>, other: &Schema<'_>) -> bool {
    shapes::structure_in_place(one) == shapes::structure_in_place(other)
}

/// The name that a rule chooses for a type.
pub(super) fn type_name(wish: &str) -> Name {
    names::upper(wish).with_ending_if(names::is_reserved_type, "Object")
}

/// The name that `sdk.yaml` gives to a type, if the name is valid.
fn given_name(text: &Text) -> Option<Ident> {
    names::given_upper(&text.value).filter(|name| !names::is_reserved_type(name))
}
