//! The names that rules choose for components. They depend only on the components, not on what uses them or in which order.

use std::collections::{HashMap, HashSet};

use proc_macro2::Ident;

use super::shapes;
use super::type_name;
use crate::config::Config;
use crate::lower::resolve::Resolved;
use crate::names::{self, Name};

/// The names of components that `sdk.yaml` does not name.
pub(super) struct Components {
    names: HashMap<String, Name>,
    /// The files of their types.
    pub(super) modules: HashSet<Ident>,
}

impl Components {
    /// Chooses the names. If a component's name is a valid type name, its type has this name. If several other components would
    /// get one name, the first in alphabetical order gets it. Names from `sdk.yaml` are reserved.
    pub(super) fn name(resolved: &Resolved<'_>, config: &Config, given: &HashSet<Ident>) -> Self {
        let components = resolved.components.iter();
        let mut wishes: Vec<(&str, Name)> = components
            .filter(|component| shapes::may_be_item(&component.schema))
            .map(|component| component.name.value.as_str())
            .filter(|name| config.type_name_at(name).is_none())
            .map(|name| (name, type_name(name)))
            .collect();
        wishes.sort_by_key(|(name, wish)| (wish.ident != name, *name));
        let mut named = Self {
            names: HashMap::new(),
            modules: HashSet::new(),
        };
        for (name, wish) in wishes {
            let chosen = wish.free(|ident| {
                let module = names::module_of(ident);
                !given.contains(&module) && named.modules.insert(module)
            });
            named.names.insert(name.to_owned(), chosen);
        }
        named
    }

    /// The name of a component.
    pub(super) fn name_of(&self, component: &str) -> Name {
        let known = self.names.get(component).cloned();
        known.unwrap_or_else(|| type_name(component))
    }
}
