//! The names of types. All names exist before the first type.
//!
//! Names from `sdk.yaml` come first, then components, then inline schemas. Inline schemas with the same structure get one type.

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
    BodySlots, MOST_SLOTS, Slot, Slots, of_body, of_parameter, one_or_list, pages,
};
pub(super) use walk::{by_site, name};

use super::resolve::Schema;
use crate::names::{self, Name};
use crate::reader::Text;

/// The names of all types.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Those of components that have a type of their own.
    components: HashMap<String, Ident>,
    /// Those that `sdk.yaml` gives to sites.
    given: HashMap<String, Ident>,
    /// Those of shapes by their structure.
    shapes: HashMap<String, Ident>,
    /// Of each shape, a site that it stands at.
    sites: HashMap<Ident, String>,
    /// Those that were reported to stand for two types.
    clashes: HashSet<Ident>,
}

/// What a type is called.
#[derive(Clone, Debug)]
pub struct TypeName {
    /// Where it stands: the name of a component, or a site such as `OutboundMessagePayload.to[]`.
    pub site: String,
    /// The name of the type.
    pub name: String,
    /// Of a shape that is written in place, all that is on the wire; `None` for a component.
    pub structure: Option<String>,
}

/// The name of the type at a site.
pub(super) enum Named<'n> {
    /// `sdk.yaml` gives it.
    Given(&'n Ident),
    /// It is that of every shape of the same structure.
    Shape(&'n Ident),
}

impl Names {
    /// The name of a component's type; `None` if the component stands for what it holds.
    pub(super) fn component(&self, name: &str) -> Option<&Ident> {
        self.components.get(name)
    }

    /// What `sdk.yaml` calls the places of types: a component, or a site.
    pub(super) fn keys(&self) -> impl Iterator<Item = (&Ident, &str)> {
        let components = self.components.iter();
        let components = components.map(|(component, ident)| (ident, component.as_str()));
        let sites = self.sites.iter();
        components.chain(sites.map(|(ident, site)| (ident, site.as_str())))
    }

    /// Whether `sdk.yaml` gives a name to a site, or to one below it.
    pub(super) fn gives_within(&self, site: &Site) -> bool {
        self.given.keys().any(|path| path.starts_with(&site.path))
    }

    /// Whether it was reported already that the name stands for two types.
    pub(super) fn is_clash(&self, name: &Ident) -> bool {
        self.clashes.contains(name)
    }

    /// The name of an enum, object or union that is written in place; `None` if nothing reaches it.
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

/// The name of a type by rule.
pub(super) fn type_name(wish: &str) -> Name {
    names::upper(wish).with_ending_if(names::is_reserved_type, "Object")
}

/// The name of a type that `sdk.yaml` gives, if it can be one.
fn given_name(text: &Text) -> Option<Ident> {
    names::given_upper(&text.value).filter(|name| !names::is_reserved_type(name))
}
