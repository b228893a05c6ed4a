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
    /// Feature to the paths of the resources that it turns on.
    features: Table<Vec<Text>>,
    /// Path of a resource (`phone_numbers.messaging`) to its description.
    resources: Table<Text>,
    /// Site of a schema (`OutboundMessagePayload.to[]`, or `*.line_type` for many) to the name of its type.
    types: Table<Text>,
    /// Type to its description, where the schema has none or speaks of one of several sites.
    docs: Table<Text>,
    /// Type to wire name of a property to the name of the field.
    fields: Table<Table<Text>>,
    /// Type to value on the wire to the name of the variant.
    enums: Table<Table<Text>>,
    /// Type to the property whose values have a constructor each.
    constructors: Table<Text>,
    /// Type to the property that such a constructor takes for a value that is no property.
    contents: Table<Text>,
    /// Type to the property that a text alone becomes.
    texts: Table<Text>,
    /// Type to method to the texts of which it gives the first.
    accessors: Table<Table<Accessor>>,
    pub(crate) webhooks: Webhooks,
}

/// What is said of an operation.
#[derive(Debug, Default)]
pub(crate) struct Operation {
    /// `messages.send`: the path of the resource and the method.
    pub(crate) method: Option<Text>,
    /// Name of the request's type.
    pub(crate) request: Option<Text>,
    /// The path that is right, where the document has another.
    pub(crate) path: Option<Text>,
    /// The positional arguments, by their names on the wire.
    pub(crate) arguments: Option<Vec<Text>>,
    /// Setters shown in the example.
    pub(crate) example: Vec<Text>,
    pub(crate) paging: Option<Paging>,
    /// The list of the answer that is empty once everything is done.
    pub(crate) until_empty: Option<Text>,
    /// Name on the wire to the name of the setter.
    pub(crate) names: Table<Text>,
    /// More names to find the operation by in the documentation.
    pub(crate) aliases: Vec<Text>,
}

/// A method that gives the first text that there is.
#[derive(Debug, Default)]
pub(crate) struct Accessor {
    /// Paths of properties: `body.text`.
    pub(crate) first: Vec<Text>,
    pub(crate) description: Option<Text>,
}

/// How a list is paged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paging {
    None,
    PageNumber,
}

/// What is said of the webhooks.
#[derive(Debug, Default)]
pub(crate) struct Webhooks {
    /// Where the kind of an event stands (`data.event_type`); the first that is there counts.
    pub(crate) dispatch: Vec<Text>,
    pub(crate) events: Table<Event>,
}

impl Webhooks {
    /// The places at which events have what they tell.
    pub(crate) fn payloads(&self) -> impl Iterator<Item = &str> {
        let payloads = self
            .events
            .values()
            .filter_map(|event| event.payload.as_ref());
        payloads.map(|text| text.value.as_str())
    }

    /// The names that it gives to variants.
    pub(crate) fn variants(&self) -> impl Iterator<Item = &Text> {
        let events = self.events.values();
        events.filter_map(|event| event.name.as_ref())
    }
}

/// What is said of an event.
#[derive(Debug, Default)]
pub(crate) struct Event {
    /// Where what it tells stands: `data.payload`.
    pub(crate) payload: Option<Text>,
    /// The kinds that name it, where the schema does not list them.
    pub(crate) kinds: Vec<Text>,
    /// The name of its variant.
    pub(crate) name: Option<Text>,
}

impl Config {
    /// What is said of the operation.
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

    /// The names that types are given.
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

    /// The names that fields of a type are given, which no other field takes.
    pub(crate) fn field_names(&self, owner: &str) -> BTreeSet<&str> {
        given(self.fields.look_at(owner))
    }

    /// The names that variants of a type are given, which no other variant takes.
    pub(crate) fn variant_names(&self, owner: &str) -> BTreeSet<&str> {
        given(self.enums.look_at(owner))
    }

    /// The names that requests are given.
    pub(crate) fn request_names(&self) -> impl Iterator<Item = &Text> {
        let operations = self.operations.values();
        operations.filter_map(|operation| operation.request.as_ref())
    }

    /// The name of a variant of a type.
    pub(crate) fn variant(&self, owner: &str, wire: &str) -> Option<&Text> {
        self.enums.get(owner)?.get(wire)
    }

    /// The property whose values have a constructor each.
    pub(crate) fn constructors(&self, owner: &str) -> Option<&Text> {
        self.constructors.get(owner)
    }

    /// The property that a constructor takes for a value that is no property.
    pub(crate) fn content(&self, owner: &str) -> Option<&Text> {
        self.contents.get(owner)
    }

    /// The property that a text alone becomes.
    pub(crate) fn text(&self, owner: &str) -> Option<&Text> {
        self.texts.get(owner)
    }

    /// The methods of a type that give the first text that there is.
    pub(crate) fn accessors(&self, owner: &str) -> Option<&Table<Accessor>> {
        self.accessors.get(owner)
    }

    /// Whether it says where some operation hangs: then those of which it does not are left to a rule.
    pub(crate) fn places_operations(&self) -> bool {
        self.operations
            .values()
            .any(|operation| operation.method.is_some())
    }

    /// Whether it gives names to types: then those of which it does not are left to a rule.
    pub(crate) fn names_types(&self) -> bool {
        self.types.values().next().is_some()
    }

    /// Reports every entry that had no effect, since it names nothing that exists. `requests` are the requests' names with
    /// the operations that they make.
    pub(crate) fn report_unused(
        &self,
        requests: &BTreeMap<String, String>,
        diagnostics: &mut Diagnostics,
    ) {
        for (name, place, _) in self.left_out.entries() {
            if self.operations.was_asked(name) || self.webhooks.events.was_asked(name) {
                let message = format!("`left_out` lists `{name}`, but the document has it");
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
                "`{owner}` is a request: rename its setters under the operation: `operations: {{ {operation}: {{ names: … }} }}`"
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

/// Reports what is unused of the owners that exist.
fn report_unused_members(table: &Table<Table<Text>>, member: &str, diagnostics: &mut Diagnostics) {
    for members in table.used() {
        members.report_unused(member, diagnostics);
    }
}
