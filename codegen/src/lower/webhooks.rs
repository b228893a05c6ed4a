//! Webhook events and how they are told apart.

use std::collections::{HashMap, HashSet};

use proc_macro2::Literal;

use super::inputs::resolved;
use super::scope::{Scope, Site, quoted};
use super::{enums, types};
use crate::model::{Doc, Event, Events};
use crate::names::{self, Name};
use crate::openapi::{Document, Schema, Webhook};
use crate::reader::Text;
use crate::tree::Place;

/// The events of the document.
pub(super) fn lower(document: &Document, scope: &mut Scope<'_>) -> Events {
    let bodies: Vec<(&Webhook, Schema)> = document
        .webhooks
        .iter()
        .filter_map(|webhook| Some((webhook, body(webhook, scope)?)))
        .collect();
    let dispatch = dispatch(&bodies, document, scope);
    let mut seen: HashMap<String, Place> = HashMap::new();
    let mut names_taken = HashSet::from([enums::OTHER.to_owned()]);
    let mut events = Vec::new();
    for (webhook, body) in &bodies {
        let kinds = kinds(webhook, body, &dispatch, scope);
        for kind in &kinds {
            if let Some(first) = seen.insert(kind.clone(), webhook.name.place) {
                let message = format!("the kind `{kind}` names two webhooks");
                scope
                    .diagnostics
                    .error(webhook.name.place, message)
                    .related(first, "the first")
                    .help("name other kinds in sdk.yaml: `webhooks: { events: … }`");
            }
        }
        let (pointer, schema) = payload(webhook, body, scope);
        let site = Site {
            path: webhook.name.value.clone(),
            name: names::upper(&webhook.name.value).ident.to_string(),
        };
        let ty = types::lower(&schema, &site, scope).ty;
        let Name { ident: variant, .. } =
            names::upper(&webhook.name.value).free(|ident| names_taken.insert(ident.to_string()));
        events.push(Event {
            variant,
            doc: doc(webhook, &kinds),
            kinds,
            pointer,
            ty,
        });
    }
    let tags = dispatch
        .iter()
        .map(|path| Literal::string(&pointer(path)))
        .collect();
    Events { tags, events }
}

fn doc(webhook: &Webhook, kinds: &[String]) -> Doc {
    let named: Vec<String> = kinds.iter().map(|kind| format!("`{kind}`")).collect();
    let summary = webhook
        .summary
        .as_deref()
        .map(|text| format!("{}.", text.trim().trim_end_matches('.')));
    let doc = Doc::or(summary.as_deref(), || {
        format!("The webhook `{}`.", webhook.name.value)
    });
    let doc = webhook
        .description
        .as_deref()
        .map_or(doc.clone(), |text| doc.paragraph(text));
    if named.is_empty() {
        doc
    } else {
        doc.paragraph(&format!("Kind: {}.", named.join(" or ")))
    }
}

/// The schema of what a webhook sends.
fn body(webhook: &Webhook, scope: &mut Scope<'_>) -> Option<Schema> {
    let body = webhook
        .body
        .as_ref()
        .and_then(|body| scope.components.request_body(body, scope.diagnostics));
    let schema = body.and_then(|body| body.contents.first()?.schema.clone());
    if schema.is_none() {
        let message = format!(
            "the webhook `{}` says nothing of what it sends",
            webhook.name.value
        );
        scope
            .diagnostics
            .error(webhook.name.place, message)
            .help("give it a `requestBody` with `application/json`");
    }
    schema
}

/// Where the kind stands: from `sdk.yaml`, else where most events have an enum of their own.
fn dispatch(
    bodies: &[(&Webhook, Schema)],
    document: &Document,
    scope: &mut Scope<'_>,
) -> Vec<String> {
    let config = scope.config;
    let said = &config.webhooks.dispatch;
    if !said.is_empty() || bodies.is_empty() {
        for text in said {
            check_dispatch(text, bodies, scope);
        }
        return said.iter().map(|text| text.value.clone()).collect();
    }
    let (message, path) = match implied_dispatch(bodies, scope) {
        Some(path) => (format!("events are told apart by `{path}`"), path),
        None => (
            "events are not told apart: none has a property that names its kind".to_owned(),
            "type".to_owned(),
        ),
    };
    let place = document
        .webhooks
        .first()
        .map_or(document.place, |webhook| webhook.name.place);
    scope.diagnostics.note(place, message).help(format!(
        "say where the kind stands in sdk.yaml: `webhooks: {{ dispatch: [{path}] }}`"
    ));
    vec![path]
}

fn check_dispatch(text: &Text, bodies: &[(&Webhook, Schema)], scope: &mut Scope<'_>) {
    let is_somewhere = bodies
        .iter()
        .any(|(_, body)| at(body, &text.value, scope).is_some());
    if !is_somewhere && !bodies.is_empty() {
        let message = format!("no webhook has anything at `{}`", text.value);
        scope
            .diagnostics
            .error(text.place, message)
            .help("write the properties from the body down: `data.event_type`");
    }
}

/// Where most events have an enum, each with other values.
fn implied_dispatch(bodies: &[(&Webhook, Schema)], scope: &mut Scope<'_>) -> Option<String> {
    let mut candidates: Vec<(String, usize)> = Vec::new();
    for (_, body) in bodies {
        for path in enum_paths(body, "", 3, scope) {
            match candidates.iter_mut().find(|(known, _)| *known == path) {
                Some((_, count)) => *count += 1,
                None => candidates.push((path, 1)),
            }
        }
    }
    candidates.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut paths = candidates.into_iter().map(|(path, _)| path);
    paths.find(|path| {
        let mut seen = HashSet::new();
        bodies.iter().all(|(_, body)| {
            values_at(body, path, scope)
                .into_iter()
                .all(|value| seen.insert(value))
        })
    })
}

/// Paths of the properties that are enums, down to a depth.
fn enum_paths(schema: &Schema, prefix: &str, depth: usize, scope: &mut Scope<'_>) -> Vec<String> {
    let mut paths = Vec::new();
    for property in resolved(schema, scope).properties {
        let path = format!("{prefix}{}", property.name.value);
        let inner = resolved(&property.schema, scope);
        if inner.values.is_some() {
            paths.push(path);
        } else if depth > 1 {
            paths.extend(enum_paths(&inner, &format!("{path}."), depth - 1, scope));
        }
    }
    paths
}

/// The kinds that name an event: from `sdk.yaml`, else the enum at the first place of dispatch that has one.
fn kinds(
    webhook: &Webhook,
    body: &Schema,
    dispatch: &[String],
    scope: &mut Scope<'_>,
) -> Vec<String> {
    let said = scope.config.webhooks.events.get(&webhook.name.value);
    if let Some(event) = said.filter(|event| !event.kinds.is_empty()) {
        return event.kinds.iter().map(|kind| kind.value.clone()).collect();
    }
    let found = dispatch
        .iter()
        .map(|path| values_at(body, path, scope))
        .find(|values| !values.is_empty());
    found.unwrap_or_else(|| {
        let message = format!(
            "nothing names the kind of the webhook `{}`: it is never recognized",
            webhook.name.value
        );
        let help = format!(
            "name it in sdk.yaml: `webhooks: {{ events: {{ {}: {{ kinds: […] }} }} }}`",
            quoted(&webhook.name.value)
        );
        scope
            .diagnostics
            .warning(webhook.name.place, message)
            .help(help);
        Vec::new()
    })
}

fn values_at(body: &Schema, path: &str, scope: &mut Scope<'_>) -> Vec<String> {
    let values = at(body, path, scope).and_then(|schema| resolved(&schema, scope).values);
    values
        .into_iter()
        .flatten()
        .map(|value| value.value)
        .collect()
}

/// What an event tells: at the place that `sdk.yaml` says, else all of the body.
fn payload(webhook: &Webhook, body: &Schema, scope: &mut Scope<'_>) -> (String, Schema) {
    let said = scope
        .config
        .webhooks
        .events
        .get(&webhook.name.value)
        .and_then(|event| event.payload.as_ref());
    let Some(text) = said else {
        note_envelope(webhook, body, scope);
        return (String::new(), body.clone());
    };
    match at(body, &text.value, scope) {
        Some(schema) => (pointer(&text.value), schema),
        None => {
            refuse_payload(text, webhook, scope);
            (String::new(), body.clone())
        }
    }
}

/// Says that an event is given in its envelope, where `sdk.yaml` knows of envelopes.
fn note_envelope(webhook: &Webhook, body: &Schema, scope: &mut Scope<'_>) {
    let config = scope.config;
    // What other events tell stands deeper than what tells them apart.
    let mut candidates: Vec<&str> = config.webhooks.payloads().collect();
    candidates.sort_by_key(|path| std::cmp::Reverse(path.matches('.').count()));
    let dispatch = config.webhooks.dispatch.iter();
    let envelopes = dispatch.filter_map(|path| path.value.rsplit_once('.'));
    candidates.extend(envelopes.map(|(envelope, _)| envelope));
    let inner = candidates
        .into_iter()
        .find(|path| at(body, path, scope).is_some());
    if let Some(inner) = inner {
        let name = &webhook.name.value;
        let message = format!("the event `{name}` is all of the body, its envelope too");
        let help = format!(
            "say where what it tells stands in sdk.yaml: `webhooks: {{ events: {{ {}: {{ payload: {inner} }} }} }}`",
            quoted(name)
        );
        let place = webhook.name.place;
        scope.diagnostics.note(place, message).help(help);
    }
}

fn refuse_payload(text: &Text, webhook: &Webhook, scope: &mut Scope<'_>) {
    let message = format!(
        "the webhook `{}` has nothing at `{}`",
        webhook.name.value, text.value
    );
    scope
        .diagnostics
        .error(text.place, message)
        .help("write the properties from the body down: `data.payload`");
}

/// The schema at a path of properties, its last `$ref` kept.
fn at(body: &Schema, path: &str, scope: &mut Scope<'_>) -> Option<Schema> {
    path.split('.').try_fold(body.clone(), |schema, name| {
        resolved(&schema, scope).property(name).cloned()
    })
}

/// `data.payload` as a JSON pointer.
fn pointer(path: &str) -> String {
    format!("/{}", path.replace('.', "/"))
}
