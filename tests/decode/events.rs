//! Events.

use serde_json::{Value, json};
use telnyx_messaging::webhook::{Event, Webhook, WebhookError};

use super::change;
use crate::webhooks::{receive, variant};
use crate::{sample, spec};

#[test]
fn an_event_as_documented_is_recognized() {
    for Documented {
        webhook,
        kind,
        body,
    } in events()
    {
        let received = receive(&body.to_string()).expect("it is JSON");
        assert_eq!(variant(&received), Some(webhook.variant()), "{kind}");
    }
}

#[test]
fn one_field_that_is_not_as_documented_never_makes_it_another_event() {
    for Documented {
        webhook,
        kind,
        body,
    } in events()
    {
        for change in change::all(webhook.body, &body) {
            let context = format!("{kind}: {} {}", change.pointer, change.what);
            let received = receive(&change.body).expect("it is JSON");
            assert_eq!(received.raw, change.body, "{context}");
            match variant(&received) {
                Some(name) => assert_eq!(name, webhook.variant(), "{context}"),
                None => {
                    keeps_the_json(&received, &change.body, &context);
                    let is_expected = !change.is_compatible || decides(&webhook, &change.pointer);
                    assert!(is_expected, "{context}: {:?}", received.event);
                }
            }
        }
    }
}

#[test]
fn a_body_cut_at_any_byte_is_no_json() {
    for Documented { kind, body, .. } in events() {
        let body = body.to_string();
        for length in 0..body.len() {
            let error = receive(&body[..length]).expect_err("half a body is none");
            assert!(matches!(error, WebhookError::NotJson(_)), "{kind}: {error}");
        }
    }
}

/// A kind of event, and a body of it with every field.
struct Documented {
    webhook: spec::Webhook,
    kind: &'static str,
    body: Value,
}

/// Every kind of event that the document has.
fn events() -> Vec<Documented> {
    let mut events = Vec::new();
    for webhook in spec::webhooks() {
        assert!(!webhook.kinds.is_empty(), "{}", webhook.name);
        for kind in webhook.kinds.clone() {
            let mut body = sample::everything(webhook.body);
            let tag = body.pointer_mut(&webhook.tag);
            *tag.expect("every field is there") = json!(kind);
            events.push(Documented {
                webhook: webhook.clone(),
                kind,
                body,
            });
        }
    }
    events
}

fn keeps_the_json(webhook: &Webhook, body: &str, context: &str) {
    let Event::Unrecognized(event) = &webhook.event else {
        panic!("{context}: {:?}", webhook.event);
    };
    assert_eq!(event.json(), body, "{context}");
}

/// Whether an event cannot be known without what stands at `pointer`: its kind, what it is about, or what holds both.
pub(super) fn decides(webhook: &spec::Webhook, pointer: &str) -> bool {
    let holds = |whole: &str| whole == pointer || whole.starts_with(&format!("{pointer}/"));
    holds(&webhook.tag) || holds(&webhook.payload)
}
