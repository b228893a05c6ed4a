//! The events that a webhook receiver gets.
//!
//! The bodies are the examples in the spec, so a lost field is a missing line.

use std::collections::BTreeSet;
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use telnyx_messaging::webhook::testing::{TestEvent, WebhookSigner};
use telnyx_messaging::webhook::{Event, Webhook, WebhookError, WebhookVerifier};

use crate::{sample, snapshot, spec};

/// The snapshots beside those of the spec's webhooks.
const BESIDE: [&str; 4] = [
    "deliveryUpdate.finalized",
    "deliveryUpdate.sent",
    "unknown_form",
    "unknown_kind",
];

#[test]
fn a_message_on_its_way() {
    let mut body = example("deliveryUpdate");
    body["data"]["event_type"] = json!("message.sent");
    body["data"]["payload"]["to"][0]["status"] = json!("sent");
    check("deliveryUpdate.sent", &body);
}

#[test]
fn a_message_whose_delivery_has_ended() {
    let mut body = example("deliveryUpdate");
    body["data"]["event_type"] = json!("message.finalized");
    body["data"]["payload"]["to"][0]["status"] = json!("delivery_failed");
    body["data"]["payload"]["completed_at"] = json!("2019-01-23T18:10:05.000Z");
    body["data"]["payload"]["errors"] = json!([{
        "code": "40008",
        "title": "Undeliverable",
        "detail": "The recipient carrier did not accept the message",
        "meta": {"url": "https://developers.telnyx.com/docs/overview/errors/40008"}
    }]);
    check("deliveryUpdate.finalized", &body);
}

#[test]
fn every_event_that_the_document_has_and_no_other_gives_its_example() {
    let mut names = BTreeSet::from(BESIDE.map(str::to_owned));
    for webhook in spec::webhooks() {
        // If the document has no example, the body has a value for every field.
        let body = webhook.example();
        let body = body.unwrap_or_else(|| sample::everything(webhook.body));
        // A snapshot of an unreadable or empty body would be accepted like any other.
        let told = body.pointer(&webhook.payload).and_then(Value::as_object);
        assert!(told.is_some_and(|told| !told.is_empty()), "{body}");
        let variant = variant(&receive(&body.to_string()).expect("it is JSON"));
        assert_eq!(variant, Some(webhook.variant()), "{body}");
        check(webhook.name, &body);
        names.insert(webhook.name.to_owned());
    }
    snapshot::none_but("webhooks", &names);
}

/// The variant of an event; `None` if it was not recognized.
pub(crate) fn variant(webhook: &Webhook) -> Option<String> {
    if matches!(webhook.event, Event::Unrecognized(_)) {
        return None;
    }
    let shown = format!("{:?}", webhook.event);
    Some(shown.split_once('(')?.0.to_owned())
}

#[test]
fn an_event_of_a_kind_that_nobody_knows() {
    let mut body = example("inboundMessage");
    body["data"]["event_type"] = json!("message.reacted");
    body["data"]["payload"] = json!({"emoji": "👍"});
    check("unknown_kind", &body);
}

#[test]
fn an_event_of_a_known_kind_in_an_unknown_form() {
    let mut body = example("inboundMessage");
    body["data"]["payload"] = json!({"id": ["not", "a", "string"]});
    check("unknown_form", &body);
}

#[test]
fn a_status_that_nobody_knows_leaves_the_event_what_it_is() {
    let mut body = example("deliveryUpdate");
    body["data"]["payload"]["to"][0]["status"] = json!("teleported");
    let webhook = receive(&body.to_string()).expect("it is JSON");
    let Event::DeliveryUpdate(message) = webhook.event else {
        panic!("it became {:?}", webhook.event);
    };
    let status = message.to[0].status.as_ref().map(|status| status.as_str());
    assert_eq!(status, Some("teleported"));
}

#[test]
fn a_test_event_holds_nothing_that_the_document_lacks() {
    let events = [
        ("inboundMessage", TestEvent::inbound_message()),
        ("inboundMessage", TestEvent::inbound_whatsapp()),
        ("inboundMessage", TestEvent::inbound_rcs()),
        ("deliveryUpdate", TestEvent::message_read()),
        ("deliveryUpdate", TestEvent::message_sent()),
        ("deliveryUpdate", TestEvent::message_finalized()),
        ("replacedLinkClick", TestEvent::link_clicked()),
    ];
    for (name, event) in events {
        let mut webhooks = spec::webhooks().into_iter();
        let webhook = webhooks.find(|known| known.name == name);
        let webhook = webhook.expect("the document has the webhook");
        let (schema, variant) = (webhook.body, webhook.variant());
        let body: Value = serde_json::from_str(&event.to_json()).expect("it is JSON");
        // Telnyx sends `meta` with all events, but documents it only for some.
        let data = &spec::resolve(schema)["properties"]["data"];
        assert_fits(data, &body["data"], name);
        let webhook = event.to_webhook();
        let shown = format!("{:?}", webhook.event);
        assert!(shown.starts_with(&variant), "{shown}");
        assert!(webhook.unread().is_empty(), "{:?}", webhook.unread());
    }
}

/// Checks the names and types of all values.
fn assert_fits(schema: &'static Value, value: &Value, place: &str) {
    let schema = spec::resolve(schema);
    match value {
        Value::Null => {}
        Value::Object(members) => {
            for (name, value) in members {
                let property = &schema["properties"][name];
                assert!(property.is_object(), "{place}.{name} is not documented");
                assert_fits(property, value, &format!("{place}.{name}"));
            }
        }
        Value::Array(items) => {
            for item in items {
                assert_fits(&schema["items"], item, place);
            }
        }
        value => {
            let ty = sample::type_of(schema);
            let is_right = match ty {
                "number" => value.is_number(),
                "integer" => value.is_i64(),
                "boolean" => value.is_boolean(),
                _ => value.is_string(),
            };
            assert!(is_right, "{place} is a {ty}: {value}");
        }
    }
}

/// Signs the body as Telnyx does and verifies it as an application does.
pub(crate) fn receive(body: &str) -> Result<Webhook, WebhookError> {
    const NOW: Duration = Duration::from_secs(1_769_860_800);
    static SIGNER: LazyLock<WebhookSigner> = LazyLock::new(|| WebhookSigner::from_seed([7; 32]));
    static VERIFIER: LazyLock<WebhookVerifier> = LazyLock::new(|| {
        WebhookVerifier::new(SIGNER.public_key())
            .expect("the signer's key is a key")
            .clock(|| SystemTime::UNIX_EPOCH + NOW)
    });
    let headers = SIGNER.sign(body, SystemTime::UNIX_EPOCH + NOW);
    VERIFIER.verify(&headers, body.as_bytes())
}

/// The example of an event as the body of a webhook.
fn example(webhook: &str) -> Value {
    let mut webhooks = spec::webhooks().into_iter();
    let webhook = webhooks.find(|known| known.name == webhook);
    webhook
        .and_then(|webhook| webhook.example())
        .expect("the document has an example")
}

fn check(name: &str, body: &Value) {
    let mut body = body.clone();
    // The result does not depend on the order of keys in a `Value`.
    body.sort_all_objects();
    let webhook = receive(&body.to_string()).expect("it is JSON");
    let fields = [
        ("event_type", format!("{:?}", webhook.event_type)),
        ("id", format!("{:?}", webhook.id)),
        ("occurred_at", format!("{:?}", webhook.occurred_at)),
        ("attempt", format!("{:?}", webhook.attempt)),
        ("delivered_to", format!("{:?}", webhook.delivered_to)),
        ("event", compact(&format!("{:#?}", webhook.event))),
    ];
    let lines = fields.map(|(field, value)| format!("{field}: {value}"));
    snapshot::check("webhooks", name, &lines.join("\n"));
}

/// Puts a `Some` with its contents on one line, if they fit on one line.
fn compact(debug: &str) -> String {
    let lines: Vec<&str> = debug.lines().collect();
    let mut compact = Vec::new();
    let mut rest = lines.as_slice();
    while let [line, after @ ..] = rest {
        rest = after;
        match after {
            [value, end, after @ ..] if line.ends_with("Some(") && end.trim() == ")," => {
                rest = after;
                compact.push(format!("{line}{}),", value.trim().trim_end_matches(',')));
            }
            _ => compact.push((*line).to_owned()),
        }
    }
    compact.join("\n")
}
