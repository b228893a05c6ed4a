//! Reading a received message in any channel.

use serde_json::{Value, json};
use telnyx_messaging::types::{DeliveryStatus, InboundMessage, MessageType};
use telnyx_messaging::webhook::{DeliveryTracker, Event};

use crate::webhooks::receive;

/// A received message, and the values that an application reads from it.
struct Received {
    payload: Value,
    channel: MessageType,
    text: Option<&'static str>,
    sender: Option<&'static str>,
    recipients: &'static [&'static str],
}

#[test]
fn a_message_of_every_channel_gives_its_text_its_sender_and_its_recipients() {
    for received in received() {
        let message = inbound(&received.payload);
        let context = &received.payload;
        assert_eq!(message.type_.as_ref(), Some(&received.channel), "{context}");
        assert_eq!(message.text_content(), received.text, "{context}");
        assert_eq!(message.sender(), received.sender, "{context}");
        let recipients = message.to.iter().filter_map(|to| to.address());
        let recipients: Vec<&str> = recipients.collect();
        assert_eq!(recipients, received.recipients, "{context}");
    }
}

#[test]
fn nothing_of_a_message_is_lost_when_it_is_written_and_read_again() {
    for received in received() {
        let message = inbound(&received.payload);
        let written = serde_json::to_value(&message).expect("it can be written");
        assert_eq!(inbound(&written), message);
        for key in ["body", "autoresponse_type", "is_spam"] {
            let is_text = received.payload["body"]["text"].is_string();
            if received.payload[key].is_null() || (key == "body" && is_text) {
                continue;
            }
            assert_eq!(written[key], received.payload[key], "{key}");
        }
        let shown = format!("{message:?}");
        for value in texts(&received.payload) {
            assert!(shown.contains(&value), "{value} is not in {shown}");
        }
    }
}

#[test]
fn content_that_the_document_does_not_name_is_kept() {
    let message = inbound(&whatsapp(
        json!({"type": "sticker", "sticker": {"animated": true, "id": "s-1"}}),
    ));
    let body = message.body.expect("it has a body");
    let sticker = &body.additional_properties["sticker"];
    assert_eq!(sticker.to_string(), r#"{"animated":true,"id":"s-1"}"#);
    let message = inbound(&whatsapp(
        json!({"type": "text", "text": {"body": "hi", "preview_url": true}}),
    ));
    let text = message.body.and_then(|body| body.text).expect("a text");
    assert_eq!(
        text.additional_properties["preview_url"].to_string(),
        "true"
    );
}

#[test]
fn a_keyword_that_telnyx_acts_on_is_told() {
    let message = inbound(&json!({
        "id": "m-1", "type": "SMS", "text": "STOP", "autoresponse_type": "STOP", "is_spam": false,
    }));
    assert_eq!(message.autoresponse_type.as_deref(), Some("STOP"));
    assert_eq!(message.is_spam, Some(false));
}

#[test]
fn a_message_that_was_read_moves_a_tracker_on() {
    let mut tracker = DeliveryTracker::unbounded();
    for (kind, status) in [("message.finalized", "delivered"), ("message.read", "read")] {
        let body = json!({"data": {"event_type": kind, "id": "e-1", "record_type": "event", "payload": {
            "id": "m-1", "direction": "outbound", "type": "RCS",
            "from": {"agent_id": "agent-1", "agent_name": "Example"},
            "to": [{"phone_number": "+13125550001", "status": status}],
            "body": {"text": "hi", "suggestions": []},
        }}});
        let webhook = receive(&body.to_string()).expect("it is JSON");
        let Event::DeliveryUpdate(message) = webhook.event else {
            panic!("{:?}", webhook.event);
        };
        assert_eq!(message.text_content(), Some("hi"));
        let changes = tracker.apply(&message);
        assert_eq!(changes.len(), 1, "{kind}");
        assert!(tracker.is_final("m-1"), "{kind}");
    }
    let status = tracker.status("m-1", "+13125550001");
    assert_eq!(status, Some(&DeliveryStatus::Read));
}

fn received() -> Vec<Received> {
    let hidden = json!({
        "type": "text", "text": {"body": "hi"}, "from": "", "from_user_id": "US.1349", "timestamp": "1764000000",
    });
    let edit = json!({
        "type": "edit", "id": "b-2", "foreign_id": "wamid.2", "from": "+13125550001",
        "edit": {"original_message_id": "b-1", "message": {"type": "text", "text": {"body": "hello"}}},
    });
    let revoke =
        json!({"type": "revoke", "from": "+13125550001", "revoke": {"original_message_id": "b-1"}});
    let text = json!({"type": "text", "text": {"body": "hi", "preview_url": false}, "from": "+13125550001"});
    let sticker =
        json!({"type": "sticker", "sticker": {"mime_type": "image/webp"}, "from": "+13125550001"});
    let file = json!({"user_file": {
        "payload": {"file_name": "a.png", "file_size_bytes": 4096, "file_uri": "https://example.com/a", "mime_type": "image/png"},
        "thumbnail": {"file_uri": "https://example.com/b"},
    }});
    let location = json!({"location": {"latitude": 41.8781, "longitude": -87.6298}});
    let suggestion = json!({"suggestion_response": {"text": "Yes", "postback_data": "order-1"}});
    let of_phone = |payload, text| Received {
        payload,
        channel: MessageType::Whatsapp,
        text,
        sender: Some("+13125550001"),
        recipients: &["+13125550000"],
    };
    let of_agent = |body, text| Received {
        payload: rcs(body),
        channel: MessageType::Rcs,
        text,
        sender: Some("+13125550001"),
        recipients: &["agent-1"],
    };
    let of_number = |channel: MessageType, payload, recipients| Received {
        payload,
        channel,
        text: Some("hi"),
        sender: Some("+13125550001"),
        recipients,
    };
    let sms = json!({
        "id": "m-1", "direction": "inbound", "type": "SMS", "text": "hi", "subject": "", "autoresponse_type": null,
        "from": {"phone_number": "+13125550001", "line_type": "long_code", "status": "webhook_delivered"},
        "to": [{"phone_number": "+13125550000", "status": "webhook_delivered"}], "webhook_failover_url": "",
    });
    let mms = json!({
        "id": "m-1", "direction": "inbound", "type": "MMS", "text": "hi", "from": {"phone_number": "+13125550001"},
        "to": [{"phone_number": "+13125550000"}, {"phone_number": "+13125550002"}],
        "media": [{"url": "https://example.com/a.png", "content_type": "image/png", "size": 1, "hash_sha256": null}],
    });
    vec![
        of_number(MessageType::Sms, sms, &["+13125550000"]),
        of_number(MessageType::Mms, mms, &["+13125550000", "+13125550002"]),
        of_phone(whatsapp(text), Some("hi")),
        of_phone(whatsapp(sticker), None),
        of_phone(whatsapp(edit), None),
        of_phone(whatsapp(revoke), None),
        Received {
            sender: Some("US.1349"),
            ..of_phone(whatsapp(hidden), Some("hi"))
        },
        of_agent(json!({"text": "hi"}), Some("hi")),
        of_agent(file, None),
        of_agent(location, None),
        of_agent(suggestion, Some("Yes")),
    ]
}

/// A WhatsApp message, whose recipient is a single string.
fn whatsapp(body: Value) -> Value {
    let from = json!({"phone_number": body["from"]});
    json!({"id": "m-1", "direction": "inbound", "type": "WHATSAPP", "from": from, "to": "+13125550000", "body": body})
}

/// An RCS message, whose recipient is an agent.
fn rcs(body: Value) -> Value {
    json!({
        "id": "m-1", "direction": "inbound", "type": "RCS", "from": {"phone_number": "+13125550001"},
        "to": [{"agent_id": "agent-1", "agent_name": "Example"}], "body": body,
    })
}

/// The message of a signed event with this payload.
fn inbound(payload: &Value) -> InboundMessage {
    let body = json!({"data": {"event_type": "message.received", "id": "e-1", "payload": payload}});
    let webhook = receive(&body.to_string()).expect("it is JSON");
    match webhook.event {
        Event::InboundMessage(message) => *message,
        other => panic!("{payload}: {other:?}"),
    }
}

/// Properties whose values become variants of enums.
const ENUMS: [&str; 4] = ["direction", "line_type", "status", "type"];

/// All strings that are not empty, at any depth, without the names of variants.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) if !text.is_empty() => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(members) => {
            let members = members.iter();
            let members = members.filter(|(key, _)| !ENUMS.contains(&key.as_str()));
            members.flat_map(|(_, value)| texts(value)).collect()
        }
        _ => Vec::new(),
    }
}
