//! The result for each kind of field and of unexpected value, in a snapshot.
//!
//! *Read*: the field has a value. *Unread*: the field is empty, and `unread` lists its path. *Error*: the call or the event
//! fails, which happens only for required fields.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use serde_json::json;
use telnyx_messaging::transport::{MockReply, MockTransport};
use telnyx_messaging::webhook::{Event, Webhook};
use telnyx_messaging::{Client, Error, Result, Unread};
use tokio::runtime::{Builder, Runtime};

use super::events::decides;
use super::surprise::{CHANGES, Field, fields};
use crate::models::{Model, models};
use crate::spec::{self, resolve};
use crate::{sample, snapshot};

#[test]
fn a_response_loses_at_most_the_field_that_is_not_as_documented() {
    let server = Server::new();
    let mut table = Table::default();
    for model in objects() {
        let schema = resolve(model.schema());
        let everything = json!({ "data": sample::everything(schema) });
        let example = schema
            .get("example")
            .map(|example| json!({ "data": example }));
        for body in example.into_iter().chain([everything]) {
            for field in fields(schema, "/data", &body["data"]) {
                for (name, changed) in field.changes(&body) {
                    let context = format!("{}: {} {name}", model.place, field.pointer);
                    let result = match server.ask(model, changed) {
                        Ok(unread) => of_unread(&unread, &[field.path()], &context),
                        Err(Error::Decode(error)) => {
                            assert!(field.is_required(), "{context}: {error}");
                            "error"
                        }
                        Err(other) => panic!("{context}: {other}"),
                    };
                    table.add(&field, name, result);
                }
            }
        }
    }
    snapshot::check("decode", "response", &table.to_string());
}

#[test]
fn an_event_loses_at_most_the_field_that_is_not_as_documented() {
    let mut table = Table::default();
    for webhook in spec::webhooks() {
        let everything = sample::everything(webhook.body);
        for mut body in webhook.example().into_iter().chain([everything]) {
            let tag = body.pointer_mut(&webhook.tag).expect("it has a tag");
            *tag = json!(webhook.kinds[0]);
            for mut field in fields(webhook.body, "", &body) {
                if decides(&webhook, &field.pointer) {
                    continue;
                }
                if !field.pointer.starts_with(&webhook.payload) {
                    field.kind = format!("envelope: {}", field.kind);
                }
                for (name, changed) in field.changes(&body) {
                    let context = format!("{}: {} {name}", webhook.name, field.pointer);
                    let received = Webhook::from_verified_json(changed).expect("it is JSON");
                    let result = match &received.event {
                        Event::Unrecognized(event) => {
                            assert!(field.is_required(), "{context}: {event:?}");
                            "unrecognized"
                        }
                        _ => of_unread(received.unread(), &[field.path()], &context),
                    };
                    table.add(&field, name, result);
                }
            }
        }
    }
    snapshot::check("decode", "event", &table.to_string());
}

#[test]
fn a_page_of_250_items_keeps_them_all() {
    const ITEMS: usize = 250;
    let server = Server::new();
    let mut table = Table::default();
    let model = models().find(|model| model.place == "OptOutItem");
    let model = model.expect("opt-outs come in pages");
    let schema = resolve(model.schema());
    let body = json!({ "data": sample::everything(schema) });
    for field in fields(schema, "/data", &body["data"]) {
        for (name, changed) in field.changes(&body) {
            let item = changed
                .strip_prefix(r#"{"data":"#)
                .and_then(|item| item.strip_suffix('}'));
            let items = vec![item.expect("it is in an envelope"); ITEMS].join(",");
            let unread = server.list(model, format!(r#"{{"data":[{items}]}}"#));
            let unread = unread.unwrap_or_else(|error| panic!("{} {name}: {error}", field.pointer));
            let paths = (0..ITEMS).map(|index| {
                let path = field.path();
                path.replacen("$.data", &format!("$.data[{index}]"), 1)
            });
            let paths: Vec<_> = paths.collect();
            let result = of_unread(&unread, &paths, &format!("{} {name}", field.pointer));
            table.add(&field, name, result);
        }
    }
    snapshot::check("decode", "page", &table.to_string());
}

/// What could not be read is nothing, or stands at all of `paths` or around it.
fn of_unread(unread: &[Unread], paths: &[String], context: &str) -> &'static str {
    if unread.is_empty() {
        return "read";
    }
    let found: Vec<&str> = unread.iter().map(Unread::path).collect();
    assert_eq!(found.len(), paths.len(), "{context}: {found:?}");
    for (path, found) in paths.iter().zip(found) {
        let is_there = path.starts_with(found) || found.starts_with(path);
        assert!(is_there, "{context}: {found}");
    }
    "unread"
}

fn objects() -> impl Iterator<Item = &'static Model> {
    models().filter(|model| resolve(model.schema())["properties"].is_object())
}

/// A client of a server that gives the answer it is told.
struct Server {
    runtime: Runtime,
    client: Client,
    body: Arc<Mutex<Bytes>>,
}

impl Server {
    fn new() -> Self {
        let body = Arc::new(Mutex::new(Bytes::new()));
        let told = Arc::clone(&body);
        let transport = MockTransport::from_fn(move |_| {
            MockReply::ok(told.lock().expect("nobody panicked").clone())
        });
        let runtime = Builder::new_current_thread().enable_time().build();
        Self {
            runtime: runtime.expect("a runtime starts"),
            client: transport.builder().build().expect("the settings are right"),
            body,
        }
    }

    fn ask(&self, model: &Model, body: String) -> Result<Vec<Unread>> {
        self.tell(body);
        self.runtime.block_on(model.ask(&self.client))
    }

    fn list(&self, model: &Model, body: String) -> Result<Vec<Unread>> {
        self.tell(body);
        self.runtime.block_on(model.list(&self.client))
    }

    fn tell(&self, body: String) {
        *self.body.lock().expect("nobody panicked") = body.into();
    }
}

/// For each kind of field and each change, what came of it.
#[derive(Default)]
struct Table(BTreeMap<String, BTreeMap<&'static str, BTreeSet<&'static str>>>);

impl Table {
    fn add(&mut self, field: &Field, change: &'static str, result: &'static str) {
        let row = self.0.entry(field.kind.clone()).or_default();
        row.entry(change).or_default().insert(result);
    }
}

impl std::fmt::Display for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names = CHANGES.iter().map(|(name, _)| *name);
        writeln!(
            f,
            "| field | {} |",
            names.clone().collect::<Vec<_>>().join(" | ")
        )?;
        for (kind, row) in &self.0 {
            let cells = names.clone().map(|name| {
                let results = row.get(name).into_iter().flatten().copied();
                results.collect::<Vec<_>>().join(" or ")
            });
            writeln!(f, "| {kind} | {} |", cells.collect::<Vec<_>>().join(" | "))?;
        }
        Ok(())
    }
}
