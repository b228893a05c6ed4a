//! What lowering carries along: the inputs, and the types made so far.

use std::collections::{BTreeMap, HashMap, HashSet};

use proc_macro2::Ident;

use super::components::Components;
use super::{homes, shapes};
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::model::{Item, ItemKind, Lenient, Type};
use crate::names::{self, Name};
use crate::openapi::Document;
use crate::reader::Text;
use crate::tree::{Node, Place};

/// The state of a run.
pub(super) struct Scope<'a> {
    pub(super) config: &'a Config,
    pub(super) components: Components<'a>,
    pub(super) diagnostics: &'a mut Diagnostics,
    /// Types of components by the components' names.
    pub(super) known: HashMap<String, Typed>,
    /// Components that are being lowered, to see a `$ref` that ends in itself.
    pub(super) open: Vec<String>,
    /// The types made so far, by name.
    pub(super) items: BTreeMap<String, Item>,
    /// The site and the place of the first shape of each of them, unless a second was refused.
    pub(super) defined: HashMap<String, (String, Place)>,
    /// Types of inline shapes by structure.
    pub(super) shapes: HashMap<String, Ident>,
    /// Those of them that are being made, to see a shape that holds itself.
    pub(super) defining: HashSet<Ident>,
    /// The sites at which shapes of a name by rule stand.
    shared: BTreeMap<Ident, Vec<(String, Place)>>,
    /// Sites that give inline shapes their names, by structure.
    pub(super) homes: HashMap<String, Site>,
    /// Examples of fields: type and name on the wire.
    pub(super) samples: HashMap<(String, String), Node>,
    /// Types whose sites are described in words that differ.
    pub(super) mixed: HashSet<Ident>,
    /// The files of the types named so far: names that differ in case alone have the same.
    modules: HashSet<Ident>,
    /// Those of the names that `sdk.yaml` gives.
    given: HashSet<Ident>,
    /// Those that components have if they have types.
    of_components: HashSet<Ident>,
}

/// What a schema is in Rust.
#[derive(Clone, Debug)]
pub(super) struct Typed {
    pub(super) ty: Type,
    pub(super) nullable: bool,
    pub(super) lenient: Lenient,
}

impl Typed {
    /// A type that is never null and takes nothing else.
    pub(super) fn of(ty: Type) -> Self {
        Self {
            ty,
            nullable: false,
            lenient: Lenient::No,
        }
    }
}

/// Where a schema stands, and what its type is called if nobody says better.
#[derive(Clone, Debug)]
pub(super) struct Site {
    /// `OutboundMessagePayload.to[]`, as `sdk.yaml` writes it.
    pub(super) path: String,
    /// `OutboundMessageTo`
    pub(super) name: String,
}

impl Site {
    /// The site of a property.
    pub(super) fn property(&self, wire: &str) -> Self {
        let name = format!("{}{}", self.name, names::upper(wire).ident);
        Self {
            path: format!("{}.{wire}", self.path),
            name,
        }
    }

    /// The site of the items of a list.
    pub(super) fn items(&self) -> Self {
        Self {
            path: format!("{}[]", self.path),
            name: self.name.clone(),
        }
    }

    /// The site of the values of a map.
    pub(super) fn values(&self) -> Self {
        Self {
            path: format!("{}{{}}", self.path),
            name: format!("{}Value", self.name),
        }
    }

    /// The site of a branch of a union.
    pub(super) fn branch(&self, index: usize) -> Self {
        Self {
            path: format!("{}|{index}", self.path),
            name: format!("{}Variant{index}", self.name),
        }
    }
}

impl<'a> Scope<'a> {
    pub(super) fn new(
        document: &'a Document,
        config: &'a Config,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        let given = config.type_names();
        let given = given.filter_map(|text| names::given_upper(&text.value));
        let of_components = document
            .schemas
            .iter()
            .filter(|component| shapes::may_be_item(&component.value))
            .map(|component| &component.name.value)
            .filter(|name| config.type_name_at(name).is_none())
            .map(|name| type_name(name));
        let mut scope = Self {
            config,
            components: Components::of(document),
            diagnostics,
            known: HashMap::new(),
            open: Vec::new(),
            items: BTreeMap::new(),
            defined: HashMap::new(),
            shared: BTreeMap::new(),
            shapes: HashMap::new(),
            defining: HashSet::new(),
            homes: HashMap::new(),
            samples: HashMap::new(),
            mixed: HashSet::new(),
            modules: HashSet::new(),
            given: given.map(|ident| names::module_of(&ident)).collect(),
            of_components: of_components
                .map(|name| names::module_of(&name.ident))
                .collect(),
        };
        shapes::register_named(document, &mut scope);
        scope.homes = homes::find(document, &scope);
        scope
    }

    /// A name for the type of a component: its own, or with a number if that is taken.
    pub(super) fn name_component(&mut self, component: &Text) -> Ident {
        let name = type_name(&component.value).free(|ident| {
            let module = names::module_of(ident);
            !self.modules.contains(&module) && !self.given.contains(&module)
        });
        self.settle(name, &component.value, component.place)
    }

    /// A name for the type of a shape that is written in place, which no component loses its own to.
    pub(super) fn name_shape(&mut self, site: &Site, place: Place) -> Ident {
        let name = type_name(&site.name).free(|ident| {
            let module = names::module_of(ident);
            let is_taken = |names: &HashSet<Ident>| names.contains(&module);
            ![&self.modules, &self.given, &self.of_components]
                .into_iter()
                .any(is_taken)
        });
        self.settle(name, &site.path, place)
    }

    fn settle(&mut self, Name { ident, improvised }: Name, site: &str, place: Place) -> Ident {
        if improvised {
            let message =
                format!("the type of `{site}` is called `{ident}` for want of a better name");
            self.diagnostics.note(place, message).help(format!(
                "name it in sdk.yaml: `types: {{ {}: {ident} }}`",
                quoted(site)
            ));
        }
        self.take(&ident);
        ident
    }

    /// Notes a site of a shape whose type is called `ident`.
    pub(super) fn share(&mut self, ident: &Ident, site: &Site, place: Place) {
        if self.given.contains(&names::module_of(ident)) {
            return;
        }
        let sites = self.shared.entry(ident.clone()).or_default();
        if sites.iter().all(|(known, _)| *known != site.path) {
            sites.push((site.path.clone(), place));
        }
    }

    /// Says which types that stand in several places are called by a rule, where `sdk.yaml` names types: a shape that comes
    /// or goes may give them another name.
    pub(super) fn note_shared(&mut self) {
        if !self.config.names_types() {
            return;
        }
        let shared = std::mem::take(&mut self.shared);
        for (ident, sites) in shared.iter().filter(|(_, sites)| sites.len() > 1) {
            let lines: Vec<String> = sites
                .iter()
                .map(|(site, _)| format!("{}: {ident}", quoted(site)))
                .collect();
            let (_, place) = &sites[0];
            let message = format!(
                "`{ident}` stands in {} places and is called so by a rule",
                sites.len()
            );
            let help = format!(
                "keep its name in sdk.yaml: `types: {{ {} }}`",
                lines.join(", ")
            );
            self.diagnostics.note(*place, message).help(help);
        }
    }

    /// Keeps other types off a name.
    pub(super) fn take(&mut self, ident: &Ident) {
        self.modules.insert(names::module_of(ident));
    }

    /// The type called `name`.
    pub(super) fn item(&self, name: &Ident) -> Option<&ItemKind> {
        self.items.get(&name.to_string()).map(|item| &item.kind)
    }
}

/// The name of a type by rule.
pub(super) fn type_name(wish: &str) -> Name {
    let name = names::upper(wish);
    let is_reserved = names::is_reserved_type(&name.ident);
    name.with_ending_if(is_reserved, "Object")
}

/// `text` as a key of YAML: in quotes where it has to be.
pub(super) fn quoted(text: &str) -> String {
    let plain = !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "._/-".contains(c));
    if plain {
        text.to_owned()
    } else {
        let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
        format!("\"{escaped}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_with_quotes_is_one_string_of_yaml() {
        assert_eq!(quoted(r#"a "b" \c"#), r#""a \"b\" \\c""#);
        assert_eq!(quoted("message.sent"), "message.sent");
    }
}
