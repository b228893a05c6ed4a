//! Events.

use serde_json::{Value, json};
use telnyx_messaging::webhook::{Event, Webhook, WebhookError};

use super::change;
use crate::spec::{self, DOCUMENT};
use crate::webhooks::receive;
use crate::{covers, sample, snapshot};

/// The component of each event's body, and its kinds.
const EVENTS: &[(&str, &[&str])] = &[
    (
        "OutboundMessageEvent",
        &["message.sent", "message.finalized"],
    ),
    ("InboundMessageEvent", &["message.received"]),
    ("ReplacedLinkClickEvent", &["link_clicked"]),
];

#[test]
fn every_kind_of_event_that_the_document_has_is_covered() {
    let covered = EVENTS.iter().flat_map(|(_, kinds)| *kinds);
    let covered = covered.map(|kind| (*kind).to_owned()).collect();
    let documented = spec::webhooks().into_values().flatten();
    let file = "EVENTS in tests/decode/events.rs, and `variant` below it";
    covers::check(&covered, &documented.collect(), "kinds of events", file);
}

#[test]
fn every_event_that_the_document_has_is_shown_in_a_snapshot() {
    let snapshots = snapshot::names("webhooks");
    for (name, _) in spec::webhooks() {
        let is_shown = snapshots
            .iter()
            .any(|shown| shown.split('.').next() == Some(&name));
        assert!(
            is_shown,
            "no snapshot shows the event {name}; edit tests/webhooks.rs"
        );
    }
}

#[test]
fn an_event_as_documented_is_recognized() {
    for (kind, _, body) in events() {
        let webhook = receive(&body.to_string()).expect("it is JSON");
        assert_eq!(name(&webhook), Some(variant(kind)), "{kind}");
    }
}

#[test]
fn one_field_that_is_not_as_documented_never_makes_it_another_event() {
    for (kind, schema, body) in events() {
        for change in change::all(schema, &body) {
            let context = format!("{kind}: {} {}", change.pointer, change.what);
            let webhook = receive(&change.body).expect("it is JSON");
            assert_eq!(webhook.raw, change.body, "{context}");
            match name(&webhook) {
                Some(name) => assert_eq!(name, variant(kind), "{context}"),
                None => {
                    keeps_the_json(&webhook, &change.body, &context);
                    let is_expected = !change.is_compatible || decides(kind, &change.pointer);
                    assert!(is_expected, "{context}: {:?}", webhook.event);
                }
            }
        }
    }
}

#[test]
fn a_body_cut_at_any_byte_is_no_json() {
    for (kind, _, body) in events() {
        let body = body.to_string();
        for length in 0..body.len() {
            let error = receive(&body[..length]).expect_err("half a body is none");
            assert!(matches!(error, WebhookError::NotJson(_)), "{kind}: {error}");
        }
    }
}

/// A body with every field of each kind of event, and its schema.
fn events() -> Vec<(&'static str, &'static Value, Value)> {
    let mut events = Vec::new();
    for (component, kinds) in EVENTS {
        let schema = &DOCUMENT["components"]["schemas"][component];
        for kind in *kinds {
            let mut body = sample::everything(schema);
            let tag = if *kind == "link_clicked" {
                "record_type"
            } else {
                "event_type"
            };
            body["data"][tag] = json!(kind);
            events.push((*kind, schema, body));
        }
    }
    events
}

/// The variant that an event of this kind is.
fn variant(kind: &str) -> &'static str {
    match kind {
        "message.received" => "InboundMessage",
        "link_clicked" => "ReplacedLinkClick",
        _ => "DeliveryUpdate",
    }
}

/// The variant that it is; none if it was not recognized.
fn name(webhook: &Webhook) -> Option<&'static str> {
    match &webhook.event {
        Event::DeliveryUpdate(_) => Some("DeliveryUpdate"),
        Event::InboundMessage(_) => Some("InboundMessage"),
        Event::ReplacedLinkClick(_) => Some("ReplacedLinkClick"),
        Event::Unrecognized(_) => None,
        other => panic!("what is {other:?}?"),
    }
}

fn keeps_the_json(webhook: &Webhook, body: &str, context: &str) {
    let Event::Unrecognized(event) = &webhook.event else {
        panic!("{context}: {:?}", webhook.event);
    };
    assert_eq!(event.json(), body, "{context}");
}

/// Whether an event cannot be known without what stands at `pointer`: its kind, or what it is about.
fn decides(kind: &str, pointer: &str) -> bool {
    match kind {
        "link_clicked" => ["/data", "/data/record_type"].contains(&pointer),
        _ => ["/data", "/data/event_type", "/data/payload"].contains(&pointer),
    }
}
