//! The contents of `sdk.yaml`: names, orders and facts that OpenAPI cannot express. Every entry is optional.

mod key;
mod read;
mod schema;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostics;
use crate::reader::Text;
use crate::tree::Place;

pub(crate) use key::quoted;
pub(crate) use read::read;
pub(crate) use schema::schema;
pub(crate) use table::Table;

/// The configuration of a run.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// Operations and webhooks that the spec omits, with the reason; `import --check` goes by it.
    left_out: Table<Text>,
    operations: Table<Operation>,
    /// The paths of the resources that a feature turns on, by feature.
    features: Table<Vec<Text>>,
    /// The descriptions of resources, by path (`phone_numbers.messaging`).
    resources: Table<Text>,
    /// The names of types, by site of the schema (`OutboundMessagePayload.to[]`, or `*.line_type` for several sites).
    types: Table<Text>,
    /// The descriptions of types whose schema has no description, or describes only one of several sites.
    docs: Table<Text>,
    /// The names of fields, by type and by the property's name on the wire.
    fields: Table<Table<Text>>,
    /// The names of variants, by type and by value on the wire.
    enums: Table<Table<Text>>,
    /// The property whose values each have a constructor, by type.
    constructors: Table<Text>,
    /// The property that a constructor sets if its value is not the name of a property, by type.
    contents: Table<Text>,
    /// The property that a string alone becomes, by type.
    texts: Table<Text>,
    /// Methods that return the first of several strings, by type and method.
    accessors: Table<Table<Accessor>>,
    pub(crate) webhooks: Webhooks,
}

/// The settings of an operation.
#[derive(Debug, Default)]
pub(crate) struct Operation {
    /// `messages.send`: the path of the resource and the method.
    pub(crate) method: Option<Text>,
    /// Name of the request's type.
    pub(crate) request: Option<Text>,
    /// The correct path, if the document has another one.
    pub(crate) path: Option<Text>,
    /// The positional arguments, by their names on the wire.
    pub(crate) arguments: Option<Vec<Text>>,
    /// Setters shown in the example.
    pub(crate) example: Vec<Text>,
    pub(crate) paging: Option<(Paging, Place)>,
    /// The list in the response that is empty when the work is done.
    pub(crate) until_empty: Option<Text>,
    /// The names of setters, by name on the wire.
    pub(crate) names: Table<Text>,
    /// Other names by which users can find the operation in the documentation.
    pub(crate) aliases: Vec<Text>,
}

/// A method that returns the first string that is present.
#[derive(Debug, Default)]
pub(crate) struct Accessor {
    /// Paths of properties: `body.text`.
    pub(crate) first: Vec<Text>,
    pub(crate) description: Option<Text>,
}

/// The kind of paging of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paging {
    None,
    PageNumber,
}

/// The settings of webhooks.
#[derive(Debug, Default)]
pub(crate) struct Webhooks {
    /// The places of an event's kind (`data.event_type`). The first one that is present counts.
    pub(crate) dispatch: Vec<Text>,
    pub(crate) events: Table<Event>,
}

impl Webhooks {
    /// The paths of the contents of events.
    pub(crate) fn payloads(&self) -> impl Iterator<Item = &str> {
        let payloads = self
            .events
            .values()
            .filter_map(|event| event.payload.as_ref());
        payloads.map(|text| text.value.as_str())
    }

    /// The names that `sdk.yaml` gives to variants.
    pub(crate) fn variants(&self) -> impl Iterator<Item = &Text> {
        let events = self.events.values();
        events.filter_map(|event| event.name.as_ref())
    }
}

/// The settings of an event.
#[derive(Debug, Default)]
pub(crate) struct Event {
    /// The path of the event's content: `data.payload`.
    pub(crate) payload: Option<Text>,
    /// The kinds of the event, instead of those that its schema lists.
    pub(crate) kinds: Option<Vec<Text>>,
    /// The name of its variant.
    pub(crate) name: Option<Text>,
}

impl Config {
    /// The settings of the operation.
    pub(crate) fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations.get(id)
    }

    /// The features with their places and the resources that they turn on, sorted by name.
    pub(crate) fn features(&self) -> impl Iterator<Item = (&str, Place, &[Text])> {
        let entries = self.features.entries();
        entries.map(|(name, place, resources)| (name, place, resources.as_slice()))
    }

    /// The description of a resource: `phone_numbers.messaging`.
    pub(crate) fn resource(&self, path: &str) -> Option<&Text> {
        self.resources.get(path)
    }

    /// The name of the type at a site: `OutboundMessagePayload.to[]`.
    pub(crate) fn type_name(&self, site: &str) -> Option<&Text> {
        self.types.get(self.types.key_for(site))
    }

    /// The name of the type at a site. Does not count as a use of the entry in `report_unused`.
    pub(crate) fn type_name_at(&self, site: &str) -> Option<&Text> {
        self.types.look_at(self.types.key_for(site))
    }

    /// The names that `sdk.yaml` gives to types.
    pub(crate) fn type_names(&self) -> impl Iterator<Item = &Text> {
        self.types.values()
    }

    /// The description of a type.
    pub(crate) fn doc(&self, name: &str) -> Option<&Text> {
        self.docs.get(name)
    }

    /// The name of a field of a type.
    pub(crate) fn field(&self, owner: &str, wire: &str) -> Option<&Text> {
        self.fields.get(owner)?.get(wire)
    }

    /// The names that `sdk.yaml` gives to fields of a type. No other field gets one of them.
    pub(crate) fn field_names(&self, owner: &str) -> BTreeSet<&str> {
        given(self.fields.look_at(owner))
    }

    /// The names that `sdk.yaml` gives to variants of a type. No other variant gets one of them.
    pub(crate) fn variant_names(&self, owner: &str) -> BTreeSet<&str> {
        given(self.enums.look_at(owner))
    }

    /// The names that `sdk.yaml` gives to requests.
    pub(crate) fn request_names(&self) -> impl Iterator<Item = &Text> {
        let operations = self.operations.values();
        operations.filter_map(|operation| operation.request.as_ref())
    }

    /// The name of a variant of a type.
    pub(crate) fn variant(&self, owner: &str, wire: &str) -> Option<&Text> {
        self.enums.get(owner)?.get(wire)
    }

    /// The property whose values each have a constructor.
    pub(crate) fn constructors(&self, owner: &str) -> Option<&Text> {
        self.constructors.get(owner)
    }

    /// The property that a constructor sets if its value is not the name of a property.
    pub(crate) fn content(&self, owner: &str) -> Option<&Text> {
        self.contents.get(owner)
    }

    /// The property that a string alone becomes.
    pub(crate) fn text(&self, owner: &str) -> Option<&Text> {
        self.texts.get(owner)
    }

    /// The methods of a type that return the first string that is present.
    pub(crate) fn accessors(&self, owner: &str) -> Option<&Table<Accessor>> {
        self.accessors.get(owner)
    }

    /// Whether `sdk.yaml` places any operation. If so, a rule places those that it does not place.
    pub(crate) fn places_operations(&self) -> bool {
        self.operations
            .values()
            .any(|operation| operation.method.is_some())
    }

    /// Whether `sdk.yaml` names any type. If so, a rule names those that it does not name.
    pub(crate) fn names_types(&self) -> bool {
        self.types.values().next().is_some()
    }

    /// Reports every entry without effect, because it names nothing that exists. `requests` contains the names of requests, with
    /// their operations.
    pub(crate) fn report_unused(
        &self,
        requests: &BTreeMap<String, String>,
        diagnostics: &mut Diagnostics,
    ) {
        for (name, place, reason) in self.left_out.entries() {
            if reason.value.trim().is_empty() {
                let message = format!("`left_out` has no reason for `{name}`");
                let help = "say why the crate does not have it";
                diagnostics.error(place, message).help(help);
            }
            if self.operations.was_asked(name) || self.webhooks.events.was_asked(name) {
                let message = format!(
                    "`left_out` lists `{name}` as omitted, but the document contains `{name}`"
                );
                diagnostics.warning(place, message).help("remove the entry");
            }
        }
        self.operations.report_unused("operation", diagnostics);
        self.resources.report_unused("resource", diagnostics);
        self.types.report_unused("schema", diagnostics);
        self.docs.report_unused("type", diagnostics);
        for objects in [&self.constructors, &self.contents, &self.texts] {
            objects.report_unused("object", diagnostics);
        }
        self.accessors.report_unused("object", diagnostics);
        self.webhooks.events.report_unused("webhook", diagnostics);
        report_unused_members(&self.fields, "property", diagnostics);
        self.fields.report_unused_but("object", diagnostics, |owner| {
            let operation = requests.get(owner)?;
            Some(format!(
                "`{owner}` is a request, so rename its setters under the operation: `operations: {{ {operation}: {{ names: … }} }}`"
            ))
        });
        report_unused_members(&self.enums, "value", diagnostics);
        self.enums.report_unused("enum", diagnostics);
        for operation in self.operations.values() {
            operation
                .names
                .report_unused("parameter or property", diagnostics);
        }
    }
}

fn given(names: Option<&Table<Text>>) -> BTreeSet<&str> {
    let names = names.into_iter().flat_map(Table::values);
    names.map(|text| text.value.as_str()).collect()
}

/// Reports unused entries of types that exist.
fn report_unused_members(table: &Table<Table<Text>>, member: &str, diagnostics: &mut Diagnostics) {
    for members in table.used() {
        members.report_unused(member, diagnostics);
    }
}
