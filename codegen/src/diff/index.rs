//! Finds the lines of the surface for each value of a request, response or event.

use std::collections::{BTreeMap, BTreeSet};

use super::surface::{event_path, method_path, request_path};
use crate::contract::{Sent, Travels};
use crate::model::{
    Event, Idempotency, Input, InputKind, InputPlace, ItemKind, Model, Operation, Resource,
    SetNull, Setter,
};

/// The name for the response, among the names of a request's values.
pub(super) const RESPONSE: &str = "response";
/// The name for the content of an event.
pub(super) const EVENT: &str = "event";

/// The model by names on the wire.
pub(super) struct Index<'m> {
    /// Lines of the surface, by owner and by name on the wire.
    lines: BTreeMap<(String, String), Vec<String>>,
    /// The values with a setter about which the compiler warns, by owner and by name on the wire.
    warned: BTreeSet<(String, String)>,
    operations: BTreeMap<&'m str, Placed<'m>>,
    pub(super) events: &'m [Event],
    /// JSON pointers to the properties that can contain the kind of an event.
    pub(super) tags: Vec<String>,
}

/// An operation and its counterpart in Rust.
pub(super) struct Placed<'m> {
    /// `messages.send`
    pub(super) user: String,
    /// `messages::Messages::send()`
    pub(super) method: String,
    /// `messages::SendMessage`
    pub(super) request: String,
    pub(super) idempotency: Idempotency,
    pub(super) operation: &'m Operation,
}

impl<'m> Placed<'m> {
    /// The input for a value in a request; `None` if the generator omits the value.
    pub(super) fn input(&self, sent: &Sent) -> Option<&'m Input> {
        let mut inputs = self.operation.inputs.iter();
        inputs.find(|input| input.wire == sent.wire && travels(input.place) == sent.travels)
    }
}

impl<'m> Index<'m> {
    pub(super) fn of(model: &'m Model) -> Self {
        let tags = model.events.tags.iter();
        let tags = tags.map(|tag| tag.to_string().trim_matches('"').to_owned());
        let mut index = Self {
            lines: BTreeMap::new(),
            warned: BTreeSet::new(),
            operations: BTreeMap::new(),
            events: &model.events.events,
            tags: tags.collect(),
        };
        for resource in &model.resources {
            index.resource(resource);
        }
        for item in &model.items {
            index.item(&format!("types::{}", item.name), &item.kind);
        }
        for event in &model.events.events {
            let path = event_path(&event.variant.to_string());
            index.add(&path, EVENT, vec![path.clone()]);
        }
        index
    }

    pub(super) fn operation(&self, id: &str) -> Option<&Placed<'m>> {
        self.operations.get(id)
    }

    /// The surface lines of a value.
    pub(super) fn lines(&self, owner: &str, wire: &str) -> &[String] {
        let key = (owner.to_owned(), wire.to_owned());
        self.lines.get(&key).map_or(&[], Vec::as_slice)
    }

    /// Whether the compiler warns about the setter of a value.
    pub(super) fn warns(&self, owner: &str, wire: &str) -> bool {
        self.warned.contains(&(owner.to_owned(), wire.to_owned()))
    }

    fn add(&mut self, owner: &str, wire: &str, lines: Vec<String>) {
        let key = (owner.to_owned(), wire.to_owned());
        self.lines.entry(key).or_default().extend(lines);
    }

    fn resource(&mut self, resource: &'m Resource) {
        for operation in &resource.operations {
            let request = request_path(resource, operation);
            let method = method_path(resource, operation);
            for input in &operation.inputs {
                let name = &input.name;
                let setter = |name| format!("{request}::{name}()");
                let mut lines = match &input.kind {
                    InputKind::Argument => vec![method.clone()],
                    InputKind::Optional => vec![setter(name)],
                    InputKind::Clearable(clear) => vec![setter(name), setter(clear)],
                };
                if input.place == InputPlace::IdempotencyKey {
                    lines.push(format!("{request}::key_to_send()"));
                }
                if input.deprecated && input.kind != InputKind::Argument {
                    self.warned.insert((request.clone(), input.wire.clone()));
                }
                self.add(&request, &input.wire, lines);
            }
            let given = vec![request.clone(), format!("{request}::items()")];
            self.add(&request, RESPONSE, given);
            let placed = Placed {
                user: format!("{}.{}", resource.directory.join("."), operation.method),
                method,
                request,
                idempotency: operation.idempotency,
                operation,
            };
            self.operations.insert(&operation.id, placed);
        }
        for child in &resource.children {
            self.resource(child);
        }
    }

    fn item(&mut self, path: &str, kind: &ItemKind) {
        match kind {
            ItemKind::Object(object) => {
                for field in &object.fields {
                    let name = &field.name;
                    let lines = vec![format!("{path}.{name}"), format!("{path}::{name}()")];
                    self.add(path, &field.wire, lines);
                }
                let builder = object.builder.iter();
                for Setter { field, null } in builder.flat_map(|builder| &builder.setters) {
                    if field.deprecated {
                        self.warned.insert((path.to_owned(), field.wire.clone()));
                    }
                    if let SetNull::Beside { clear, .. } = null {
                        self.add(path, &field.wire, vec![format!("{path}::{clear}()")]);
                    }
                }
            }
            ItemKind::Enum(item) => {
                for value in &item.values {
                    self.add(path, &value.wire, vec![format!("{path}::{}", value.name)]);
                }
            }
            ItemKind::Union(union) => {
                for member in &union.members {
                    let line = format!("{path}::{}", member.name);
                    for value in std::iter::once(&member.value).chain(&member.aliases) {
                        self.add(path, value, vec![line.clone()]);
                    }
                }
            }
        }
    }
}

/// Where a request contains an input, in the contract's terms.
fn travels(place: InputPlace) -> Travels {
    match place {
        InputPlace::Path => Travels::Path,
        InputPlace::Query | InputPlace::JoinedQuery(_) | InputPlace::QueryMap { .. } => {
            Travels::Query
        }
        InputPlace::Header => Travels::Header,
        InputPlace::IdempotencyKey => Travels::Key,
        InputPlace::Body | InputPlace::Part(_) => Travels::Body,
        InputPlace::WholeBody => Travels::WholeBody,
    }
}
