//! What `sdk.yaml` says: names, order and facts that OpenAPI has no words for. Every entry is optional.

mod read;
mod schema;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostics;
use crate::reader::Text;
use crate::suggest;
use crate::tree::Place;

pub(crate) use read::read;
pub(crate) use schema::schema;

/// The configuration of a run.
#[derive(Debug, Default)]
pub(crate) struct Config {
    operations: Table<Operation>,
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
    /// Name on the wire to the name of the setter.
    pub(crate) names: Table<Text>,
    /// More names to find the operation by in the documentation.
    pub(crate) aliases: Vec<Text>,
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

/// What is said of an event.
#[derive(Debug, Default)]
pub(crate) struct Event {
    /// Where what it tells stands: `data.payload`.
    pub(crate) payload: Option<Text>,
    /// The kinds that name it, where the schema does not list them.
    pub(crate) kinds: Vec<Text>,
}

/// Entries by key, which remembers the keys that were asked for: the others name nothing.
#[derive(Debug)]
pub(crate) struct Table<T> {
    entries: BTreeMap<String, (Place, T)>,
    asked: RefCell<BTreeSet<String>>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self {
            entries: BTreeMap::new(),
            asked: RefCell::default(),
        }
    }
}

impl<T> Table<T> {
    /// The entry for `key`.
    pub(crate) fn get(&self, key: &str) -> Option<&T> {
        self.asked.borrow_mut().insert(key.to_owned());
        self.entries.get(key).map(|(_, value)| value)
    }

    /// The key of the entry for a site: the site itself, else the first pattern that fits it.
    fn key_for<'t>(&'t self, site: &'t str) -> &'t str {
        if self.entries.contains_key(site) {
            return site;
        }
        let pattern = self
            .entries
            .keys()
            .find(|key| key.contains('*') && fits(key, site));
        pattern.map_or(site, String::as_str)
    }

    /// Reports the entries that nothing asked for: `what` is what their keys should name.
    fn report_unused(&self, what: &str, diagnostics: &mut Diagnostics) {
        let asked = self.asked.borrow();
        for (key, (place, _)) in &self.entries {
            if asked.contains(key) {
                continue;
            }
            let unused = asked
                .iter()
                .filter(|known| !self.entries.contains_key(*known));
            let help = suggest::help(
                key,
                unused.map(String::as_str),
                "remove it, or mend the name",
            );
            diagnostics
                .error(*place, format!("no {what} is called `{key}`"))
                .help(help);
        }
    }
}

/// Whether a text fits a pattern in which each `*` stands for any run of characters.
fn fits(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|text| {
            text.char_indices()
                .map(|(index, _)| index)
                .chain([text.len()])
                .any(|index| fits(rest, &text[index..]))
        }),
    }
}

impl Config {
    /// What is said of the operation.
    pub(crate) fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations.get(id)
    }

    /// The description of a resource: `phone_numbers.messaging`.
    pub(crate) fn resource(&self, path: &str) -> Option<&Text> {
        self.resources.get(path)
    }

    /// The name of the type at a site: `OutboundMessagePayload.to[]`.
    pub(crate) fn type_name(&self, site: &str) -> Option<&Text> {
        self.types.get(self.types.key_for(site))
    }

    /// The same, without counting it as used.
    pub(crate) fn type_name_at(&self, site: &str) -> Option<&Text> {
        let (_, name) = self.types.entries.get(self.types.key_for(site))?;
        Some(name)
    }

    /// The names that types are given.
    pub(crate) fn type_names(&self) -> impl Iterator<Item = &Text> {
        self.types.entries.values().map(|(_, name)| name)
    }

    /// The description of a type.
    pub(crate) fn doc(&self, name: &str) -> Option<&Text> {
        self.docs.get(name)
    }

    /// The name of a field of a type.
    pub(crate) fn field(&self, owner: &str, wire: &str) -> Option<&Text> {
        self.fields.get(owner)?.get(wire)
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

    /// Reports every entry that had no effect, since it names nothing that exists.
    pub(crate) fn report_unused(&self, diagnostics: &mut Diagnostics) {
        self.operations.report_unused("operation", diagnostics);
        self.resources.report_unused("resource", diagnostics);
        self.types.report_unused("schema", diagnostics);
        self.docs.report_unused("type", diagnostics);
        for objects in [&self.constructors, &self.contents, &self.texts] {
            objects.report_unused("object", diagnostics);
        }
        self.webhooks.events.report_unused("webhook", diagnostics);
        report_unused_members(&self.fields, "object", "property", diagnostics);
        report_unused_members(&self.enums, "enum", "value", diagnostics);
        for (_, operation) in self.operations.entries.values() {
            operation
                .names
                .report_unused("parameter or property", diagnostics);
        }
    }
}

fn report_unused_members(
    table: &Table<Table<Text>>,
    owner: &str,
    member: &str,
    diagnostics: &mut Diagnostics,
) {
    table.report_unused(owner, diagnostics);
    for (key, (_, members)) in &table.entries {
        if table.asked.borrow().contains(key) {
            members.report_unused(member, diagnostics);
        }
    }
}
