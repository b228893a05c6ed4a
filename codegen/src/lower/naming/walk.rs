//! Visits all schemas that operations and events use, and names each type at its first site.

use std::collections::{BTreeMap, HashMap, HashSet};

use proc_macro2::Ident;

use super::components::Components;
use super::homes;
use super::shapes;
use super::sites::{self, Site};
use super::slots::{self, BodySlots};
use super::{Names, TypeName, given_name, type_name};
use crate::config::{Config, quoted};
use crate::diagnostic::Diagnostics;
use crate::lower::made_up;
use crate::lower::resolve::{Component, Kind, Operation, Resolved, Schema, Webhook};
use crate::model::Body;
use crate::names::{self, Name};
use crate::reader::Text;
use crate::tree::Place;

/// Names the types of the document.
pub(in crate::lower) fn name(
    resolved: &Resolved<'_>,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Names {
    let mut walk = Walk::all(resolved, config, diagnostics);
    walk.note_shared();
    let first = |(ident, sites): (&Ident, &Vec<(String, Place)>)| {
        Some((ident.clone(), sites.first()?.0.clone()))
    };
    walk.names.sites = walk.shared.iter().filter_map(first).collect();
    walk.names
}

/// The names of all types by site: names of components, and names that rules choose for inline schemas. Each inline schema also
/// has its structure.
pub(in crate::lower) fn by_site(
    resolved: &Resolved<'_>,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Vec<TypeName> {
    let walk = Walk::all(resolved, config, diagnostics);
    let structures: HashMap<&Ident, &String> = walk
        .names
        .shapes
        .iter()
        .map(|(structure, ident)| (ident, structure))
        .collect();
    let components = walk.names.components.iter().map(|(site, ident)| TypeName {
        site: site.clone(),
        name: ident.to_string(),
        structure: None,
    });
    let shapes = walk.shared.iter().flat_map(|(ident, sites)| {
        let structure = structures.get(ident).map(|text| (*text).clone());
        sites.iter().map(move |(site, _)| TypeName {
            site: site.clone(),
            name: ident.to_string(),
            structure: Some(structure.clone().unwrap_or_default()),
        })
    });
    components.chain(shapes).collect()
}

struct Walk<'w, 'a> {
    resolved: &'w Resolved<'a>,
    config: &'w Config,
    diagnostics: &'w mut Diagnostics,
    names: Names,
    /// Sites that give shapes their names, by structure.
    homes: HashMap<String, Site>,
    /// The components that were visited.
    met: HashSet<&'w str>,
    /// The types whose members were visited, or whose visit has started.
    entered: HashSet<Ident>,
    /// The inline schemas with a given name whose visit has started, to find one that contains itself.
    open: HashSet<(Ident, Place)>,
    /// The types in which everything has a name.
    done: HashMap<Ident, Option<(String, Place)>>,
    /// The names that `sdk.yaml` gives to inline schemas, by structure.
    of_given: HashMap<String, Ident>,
    /// The sites of inline schemas whose name a rule chose.
    shared: BTreeMap<Ident, Vec<(String, Place)>>,
    /// The files of the types named so far. Names that differ only in case share a file.
    modules: HashSet<Ident>,
    /// The files of names from `sdk.yaml`.
    given: HashSet<Ident>,
    /// Those of components.
    of_components: Components,
}

impl<'w, 'a> Walk<'w, 'a> {
    /// Visits the whole document. If `sdk.yaml` names an inline schema at one site, the same schema has this name everywhere, so
    /// these names are found first.
    fn all(
        resolved: &'w Resolved<'a>,
        config: &'w Config,
        diagnostics: &'w mut Diagnostics,
    ) -> Self {
        let mut given = HashMap::new();
        if config.names_types() {
            let first = &mut Diagnostics::default();
            given = Walk::through(resolved, config, given, first).of_given;
        }
        Self::through(resolved, config, given, diagnostics)
    }

    fn through(
        resolved: &'w Resolved<'a>,
        config: &'w Config,
        shapes: HashMap<String, Ident>,
        diagnostics: &'w mut Diagnostics,
    ) -> Self {
        let given = config.type_names();
        let given = given.filter_map(|text| names::given_upper(&text.value));
        let given: HashSet<Ident> = given.map(|ident| names::module_of(&ident)).collect();
        let mut walk = Self {
            names: Names {
                shapes,
                ..Names::default()
            },
            homes: homes::find(resolved, config),
            met: HashSet::new(),
            entered: HashSet::new(),
            open: HashSet::new(),
            done: HashMap::new(),
            of_given: HashMap::new(),
            shared: BTreeMap::new(),
            modules: HashSet::new(),
            of_components: Components::name(resolved, config, &given),
            given,
            resolved,
            config,
            diagnostics,
        };
        for operation in &resolved.operations {
            walk.operation(operation);
        }
        for webhook in &resolved.webhooks {
            walk.webhook(webhook);
        }
        walk
    }

    fn operation(&mut self, operation: &'w Operation<'a>) {
        let (id, resolved) = (&operation.id, self.resolved);
        for parameter in &operation.parameters {
            for slot in slots::of_parameter(parameter, id, resolved).slots {
                let schemas = match parameter.written.is_json {
                    true => vec![slot.schema],
                    false => slot.schemas(resolved),
                };
                let schemas = schemas.into_iter();
                schemas.for_each(|schema| self.schema(schema, &slot.site));
            }
        }
        if let Some(content) = operation.body() {
            match slots::of_body(content, id, self.resolved) {
                BodySlots::Properties(slots) => {
                    for slot in slots.slots {
                        let schemas = match content.body() {
                            Body::Json => vec![slot.schema],
                            _ => slot.schemas(resolved),
                        };
                        let schemas = schemas.into_iter();
                        schemas.for_each(|schema| self.schema(schema, &slot.site));
                    }
                }
                BodySlots::Whole(site) if content.body() == Body::Json => {
                    self.schema(&content.schema, &site);
                }
                BodySlots::Whole(_) => {}
            }
        }
        let success = operation.success();
        let pages = slots::pages(operation, self.config.operation(id), self.resolved);
        let answer = self.resolved.answer(success, pages);
        let whole = success.map(|content| &content.schema);
        for (site, schema) in sites::answer_sites(&answer, whole, id) {
            self.schema(schema, &site);
        }
    }

    fn webhook(&mut self, webhook: &'w Webhook<'a>) {
        if let Some(body) = webhook.body() {
            let payload = sites::event_payload(webhook, body, self.config, self.resolved);
            self.schema(payload.schema, &payload.site);
        }
    }

    fn schema(&mut self, schema: &'w Schema<'a>, site: &Site) {
        match schema.kind() {
            Kind::Component(name) => self.component(&name.value),
            Kind::Merged(number) => self.schema(self.resolved.merged(number), site),
            Kind::Union => {
                let members: Vec<_> = schema.members().collect();
                match members.as_slice() {
                    [] => {}
                    [member] => self.schema(member, site),
                    _ if schema.tag.is_some() => self.inline(schema, site),
                    _ => {}
                }
            }
            Kind::Enum | Kind::Object => self.inline(schema, site),
            Kind::List(Some(items)) => self.schema(items, &site.items()),
            Kind::Map(values) => self.schema(values, &site.values()),
            _ => {}
        }
    }

    fn component(&mut self, name: &str) {
        let Some(component) = self.resolved.component(name) else {
            return;
        };
        let name = &component.name.value;
        if !self.met.insert(name) {
            return;
        }
        let given = self.config.type_name(name);
        let site = Site::root(name, given.map_or(name, |text| &text.value));
        if !component.schema.is_item() {
            return self.schema(&component.schema, &site);
        }
        let ident = self.name_component(component, given);
        self.names.components.insert(name.clone(), ident.clone());
        self.members(&ident, &component.schema, &site);
    }

    /// Names an inline enum, object or union.
    fn inline(&mut self, schema: &'w Schema<'a>, site: &Site) {
        let Some(text) = self.config.type_name(&site.path) else {
            return self.shape(schema, site);
        };
        let ident = match given_name(text) {
            Some(ident) => {
                let structure = shapes::structure(schema);
                let of_structure = self.of_given.entry(structure);
                of_structure.or_insert_with(|| ident.clone());
                let open = (ident.clone(), schema.place);
                if self.open.insert(open.clone()) {
                    self.members(&ident, schema, site);
                    self.open.remove(&open);
                }
                ident
            }
            None => self.refuse(text),
        };
        self.names.given.insert(site.path.clone(), ident);
    }

    /// Names an inline schema without a name in `sdk.yaml`: with the name of the same structure, or else a new one.
    fn shape(&mut self, schema: &'w Schema<'a>, site: &Site) {
        let structure = shapes::structure(schema);
        let ident = match self.names.shapes.get(&structure) {
            Some(known) => known.clone(),
            None => {
                let home = self.homes.get(&structure).unwrap_or(site).clone();
                let ident = self.name_shape(&home, schema.place);
                self.names.shapes.insert(structure, ident.clone());
                ident
            }
        };
        self.share(&ident, site, schema.place);
        if !self.done.contains_key(&ident) && self.entered.insert(ident.clone()) {
            self.members(&ident, schema, site);
        }
    }

    /// Visits the schemas inside the type with the name `ident`.
    fn members(&mut self, ident: &Ident, schema: &'w Schema<'a>, site: &Site) {
        self.modules.insert(names::module_of(ident));
        let site = &Site {
            name: ident.to_string(),
            ..site.clone()
        };
        match (schema.kind(), &schema.tag) {
            (Kind::Union, Some(tag)) => {
                for (_, branch) in &tag.values {
                    self.schema(branch, &site.branch(schema.number_of(branch)));
                }
            }
            (Kind::Object, _) => {
                for property in &schema.properties {
                    self.schema(&property.schema, &site.property(&property.name.value));
                }
                if let Some(values) = &schema.map_values {
                    self.schema(values, &site.values());
                }
            }
            _ => {}
        }
        let first = || Some((site.path.clone(), schema.place));
        self.done.entry(ident.clone()).or_insert_with(first);
    }

    fn name_component(&mut self, component: &Component<'_>, given: Option<&Text>) -> Ident {
        let Some(text) = given else {
            let name = self.of_components.name_of(&component.name.value);
            return self.settle(name, &component.name.value, component.name.place);
        };
        match given_name(text) {
            Some(ident) => {
                self.check_taken(&ident, component.name, text);
                ident
            }
            None => self.refuse(text),
        }
    }

    /// Chooses a name for the type of an inline schema. No component loses its own name to the inline schema.
    fn name_shape(&mut self, site: &Site, place: Place) -> Ident {
        let name = type_name(&site.name).free(|ident| {
            let module = names::module_of(ident);
            let is_taken = |names: &HashSet<Ident>| names.contains(&module);
            ![&self.modules, &self.given, &self.of_components.modules]
                .into_iter()
                .any(is_taken)
        });
        self.settle(name, &site.path, place)
    }

    fn settle(&mut self, Name { ident, improvised }: Name, site: &str, place: Place) -> Ident {
        if improvised {
            let shown = self.resolved.moved.shown_site(site);
            let named = format!("`{ident}` for the type of `{shown}`");
            let line = format!("types: {{ {}: {ident} }}", quoted(site));
            made_up::note_with_line(self.diagnostics, place, &named, &line);
        }
        self.modules.insert(names::module_of(&ident));
        ident
    }

    /// Records a site of an inline schema whose type is `ident`.
    fn share(&mut self, ident: &Ident, site: &Site, place: Place) {
        if self.given.contains(&names::module_of(ident)) {
            return;
        }
        let sites = self.shared.entry(ident.clone()).or_default();
        if sites.iter().all(|(known, _)| *known != site.path) {
            sites.push((site.path.clone(), place));
        }
    }

    /// If `sdk.yaml` names types, notes each shared type whose name a rule chose, because a new or removed schema may change the
    /// name.
    fn note_shared(&mut self) {
        if !self.config.names_types() {
            return;
        }
        for (ident, sites) in self.shared.iter().filter(|(_, sites)| sites.len() > 1) {
            let lines: Vec<String> = sites
                .iter()
                .map(|(site, _)| format!("{}: {ident}", quoted(site)))
                .collect();
            let (_, place) = &sites[0];
            let message = format!(
                "a rule chose the name `{ident}` for a type that {} places share",
                sites.len()
            );
            let help = format!(
                "to keep the name, add this to sdk.yaml: `types: {{ {} }}`",
                lines.join(", ")
            );
            self.diagnostics.note(*place, message).help(help);
        }
    }

    /// Reports that a component would get the name of another type, once for each name.
    fn check_taken(&mut self, ident: &Ident, component: &Text, text: &Text) {
        let Some((first, place)) = self.done.get_mut(ident).and_then(Option::take) else {
            return;
        };
        let own = type_name(&component.value).ident;
        let moved = self.resolved.moved;
        let [first, second] = [&first, &component.value].map(|site| moved.shown_site(site));
        let message =
            format!("the schemas `{first}` and `{second}` both have the type name `{ident}`");
        let help = format!(
            "give `{second}` its own name in sdk.yaml: `types: {{ {}: {own} }}`",
            quoted(&component.value)
        );
        self.diagnostics
            .error(text.place, message)
            .related(place, format!("`{first}`"))
            .related(component.place, format!("`{second}`"))
            .help(help);
        self.names.clashes.insert(ident.clone());
    }

    /// Reports an invalid name from `sdk.yaml`, and continues with another name.
    fn refuse(&mut self, text: &Text) -> Ident {
        let message = format!("`{}` cannot be the name of this type", text.value);
        self.diagnostics.error(text.place, message).help(
            "choose a name in upper camel case, such as `OutboundMessage`, that neither Rust nor the crate uses already",
        );
        names::upper(&text.value).ident
    }
}
