//! Webhook events, and how the crate distinguishes them.

use std::collections::{HashMap, HashSet};

use proc_macro2::{Ident, Literal};

use super::dispatch::{self, Body, Dispatch};
use super::inputs;
use crate::config::{Config, quoted};
use crate::lower::made_up;
use crate::lower::naming::{self, EventPayload};
use crate::lower::resolve::{Schema, Webhook};
use crate::lower::types::{OTHER, Types};
use crate::markdown::code;
use crate::model::{Doc, Event, Events, Payload};
use crate::names::{self, Name};
use crate::openapi;
use crate::pointer;
use crate::reader::Text;
use crate::tree::Place;

/// The events of the document.
pub(in crate::lower) fn lower(types: &mut Types<'_>) -> Events {
    let webhooks = types.resolved.webhooks.iter();
    let bodies: Vec<Body<'_>> = webhooks
        .filter_map(|webhook| Some((webhook, webhook.body()?)))
        .collect();
    let dispatch = dispatch::of(&bodies, types);
    let mut seen: HashMap<String, Place> = HashMap::new();
    let mut variants = Variants::of(types.config);
    let mut events = Vec::new();
    for (webhook, body) in &bodies {
        let kinds = kinds(webhook, body, &dispatch, types);
        for kind in &kinds {
            if let Some(first) = seen.insert(kind.clone(), webhook.written.name.place) {
                let message = format!("two webhooks have the kind `{kind}`");
                types
                    .diagnostics
                    .error(webhook.written.name.place, message)
                    .related(first, "the first one is here")
                    .help("give each webhook its own kinds in sdk.yaml: `webhooks: { events: … }`");
            }
        }
        let payload = naming::event_payload(webhook, body, types.config, types.resolved);
        check_payload(webhook, body, &payload, types);
        let ty = types.of(payload.schema, &payload.site).ty;
        inputs::check_read_items(payload.schema, types);
        events.push(Event {
            variant: variants.name(&webhook.written.name, types),
            doc: doc(webhook.written, &kinds),
            kinds,
            // Without a path, the whole body is the event.
            pointer: payload
                .path
                .map_or_else(String::new, |path| pointer(&path.value)),
            payload: Payload::of(ty),
        });
    }
    let tags = dispatch
        .paths
        .iter()
        .map(|path| Literal::string(&pointer(path)))
        .collect();
    Events { tags, events }
}

/// The names of variants.
struct Variants {
    /// The variants that `sdk.yaml` names. No rule chooses one of these names.
    given: HashSet<String>,
    taken: HashSet<String>,
}

impl Variants {
    fn of(config: &Config) -> Self {
        let given = config.webhooks.variants();
        Self {
            given: given.map(|text| text.value.clone()).collect(),
            taken: HashSet::from([OTHER.to_owned()]),
        }
    }

    /// The variant of a webhook: from `sdk.yaml`, or else from the webhook's name.
    fn name(&mut self, webhook: &Text, types: &mut Types<'_>) -> Ident {
        let said = types.config.webhooks.events.get(&webhook.value);
        if let Some(text) = said.and_then(|event| event.name.as_ref()) {
            match names::given_upper(&text.value) {
                Some(ident) if self.taken.insert(ident.to_string()) => return ident,
                _ => {
                    let message = format!("`{}` cannot be the name of a variant", text.value);
                    let help = "choose a name in camel case that no other event has";
                    types.diagnostics.error(text.place, message).help(help);
                }
            }
        }
        let is_free = |ident: &Ident| {
            let name = ident.to_string();
            !self.given.contains(&name) && self.taken.insert(name)
        };
        let Name { ident, improvised } = names::upper(&webhook.value).free(is_free);
        if improvised {
            let named = format!("`{ident}` for the variant of `{}`", webhook.value);
            let key = quoted(&webhook.value);
            let line = format!("webhooks: {{ events: {{ {key}: {{ name: {ident} }} }} }}");
            made_up::note_with_line(types.diagnostics, webhook.place, &named, &line);
        }
        ident
    }
}

fn doc(webhook: &openapi::Webhook, kinds: &[String]) -> Doc {
    let named: Vec<String> = kinds.iter().map(|kind| code(kind)).collect();
    let summary = webhook
        .summary
        .as_deref()
        .map(|text| format!("{}.", text.trim().trim_end_matches('.')));
    let doc = Doc::or(summary.as_deref(), || {
        format!("The webhook {}.", code(&webhook.name.value))
    });
    let doc = webhook
        .description
        .as_deref()
        .map_or(doc.clone(), |text| doc.paragraph(text));
    match named.split_last() {
        None => doc,
        Some((kind, [])) => doc.paragraph(&format!("The event's kind is {kind}.")),
        Some((last, others)) => doc.paragraph(&format!(
            "The event's kind is {} or {last}.",
            others.join(", ")
        )),
    }
}

/// The kinds of an event: from `sdk.yaml`, or else from the enum at the first place that has one.
fn kinds(
    webhook: &Webhook<'_>,
    body: &Schema<'_>,
    dispatch: &Dispatch,
    types: &mut Types<'_>,
) -> Vec<String> {
    let said = types
        .config
        .webhooks
        .events
        .get(&webhook.written.name.value);
    let given = said.and_then(|event| event.kinds.as_deref());
    if let Some(given) = given.filter(|given| !given.is_empty()) {
        return given_kinds(given, types);
    }
    let paths = dispatch
        .paths
        .iter()
        .filter(|_| dispatch.tells_apart && given.is_none());
    let found = paths
        .map(|path| dispatch::values_at(body, path, types.resolved))
        .find(|values| !values.is_empty());
    let Some(found) = found else {
        let message = format!(
            "the webhook `{}` has no kind, so the crate never recognizes this webhook",
            webhook.written.name.value
        );
        let help = format!(
            "list the kinds of the event in sdk.yaml: `webhooks: {{ events: {{ {}: {{ kinds: […] }} }} }}`",
            quoted(&webhook.written.name.value)
        );
        types
            .diagnostics
            .warning(webhook.written.name.place, message)
            .help(help);
        return Vec::new();
    };
    let mut seen = HashSet::new();
    let found = found.into_iter().filter(|kind| seen.insert(*kind));
    found.map(str::to_owned).collect()
}

/// The kinds that `sdk.yaml` lists. A duplicate is an error.
fn given_kinds(listed: &[Text], types: &mut Types<'_>) -> Vec<String> {
    let mut kinds: Vec<&Text> = Vec::new();
    for kind in listed {
        match kinds.iter().find(|known| known.value == kind.value) {
            Some(first) => {
                let message = format!("the kind `{}` is listed twice", kind.value);
                let error = types.diagnostics.error(kind.place, message);
                error
                    .related(first.place, "the first one is here")
                    .help("remove one of the two kinds");
            }
            None => kinds.push(kind),
        }
    }
    kinds.into_iter().map(|kind| kind.value.clone()).collect()
}

/// Reports a path where the body has nothing, and notes an event without a path.
fn check_payload(
    webhook: &Webhook<'_>,
    body: &Schema<'_>,
    payload: &EventPayload<'_, '_, '_>,
    types: &mut Types<'_>,
) {
    match payload.path {
        Some(path) if payload.is_missing => refuse_payload(path, webhook, types),
        Some(_) => {}
        None => note_envelope(webhook, body, types),
    }
}

/// Notes that an event keeps its envelope, if `sdk.yaml` removes the envelopes of other events.
fn note_envelope(webhook: &Webhook<'_>, body: &Schema<'_>, types: &mut Types<'_>) {
    let config = types.config;
    // The contents of other events are deeper than the property with their kind.
    let mut candidates: Vec<&str> = config.webhooks.payloads().collect();
    candidates.sort_by_key(|path| std::cmp::Reverse(path.matches('.').count()));
    let dispatch = config.webhooks.dispatch.iter();
    let dispatch = dispatch.filter(|path| !path.value.starts_with('/'));
    let envelopes = dispatch.filter_map(|path| path.value.rsplit_once('.'));
    candidates.extend(envelopes.map(|(envelope, _)| envelope));
    let inner = candidates
        .into_iter()
        .find(|path| types.resolved.at(body, path).is_some());
    if let Some(inner) = inner {
        let name = &webhook.written.name.value;
        let message = format!("the event `{name}` is the whole body, with its envelope");
        let help = format!(
            "to use only the content, add its path to sdk.yaml: `webhooks: {{ events: {{ {}: {{ payload: {inner} }} }} }}`",
            quoted(name)
        );
        let place = webhook.written.name.place;
        types.diagnostics.note(place, message).help(help);
    }
}

fn refuse_payload(text: &Text, webhook: &Webhook<'_>, types: &mut Types<'_>) {
    let message = format!(
        "the webhook `{}` has no property at `{}`",
        webhook.written.name.value, text.value
    );
    types
        .diagnostics
        .error(text.place, message)
        .help("write the path from the root of the body, such as `data.payload`");
}

/// A path in `sdk.yaml` as a JSON pointer.
fn pointer(path: &str) -> String {
    pointer::pointer(&pointer::names(path))
}
