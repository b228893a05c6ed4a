//! Bodies as Telnyx sends them, with made-up values.

use serde_json::{Value, json};

pub(super) fn inbound_message() -> Value {
    message_event(
        "message.received",
        "8f7c2a51-3d14-4a86-9d0c-0a2f8b6f6f01",
        received_sms(),
    )
}

pub(super) fn inbound_whatsapp() -> Value {
    let values = json!({
        "body": {
            "foreign_id": "wamid.HBgLMTMxMjU1NTAwMDEVAgASGBQzQTdG",
            "from": "+13125550001",
            "from_user_id": "US.13491208655302741918",
            "id": "5c1d6f0e-7f0b-4a55-8a1e-2f6f0d9b1a13",
            "text": { "body": "Hello, World!" },
            "timestamp": "1769860800",
            "type": "text"
        },
        "id": "5c1d6f0e-7f0b-4a55-8a1e-2f6f0d9b1a13",
        "to": "+13125550000",
        "type": "WHATSAPP"
    });
    message_event(
        "message.received",
        "8f7c2a51-3d14-4a86-9d0c-0a2f8b6f6f04",
        of_channel(received_sms(), values),
    )
}

pub(super) fn inbound_rcs() -> Value {
    let values = json!({
        "body": { "text": "Hello, World!" },
        "id": "5c1d6f0e-7f0b-4a55-8a1e-2f6f0d9b1a14",
        "to": [agent()],
        "type": "RCS"
    });
    message_event(
        "message.received",
        "8f7c2a51-3d14-4a86-9d0c-0a2f8b6f6f05",
        of_channel(received_sms(), values),
    )
}

pub(super) fn message_sent() -> Value {
    message_event(
        "message.sent",
        "8f7c2a51-3d14-4a86-9d0c-0a2f8b6f6f02",
        outbound_message("sent", Value::Null),
    )
}

pub(super) fn message_finalized() -> Value {
    message_event(
        "message.finalized",
        "8f7c2a51-3d14-4a86-9d0c-0a2f8b6f6f03",
        outbound_message("delivered", "2026-01-31T12:00:02.000+00:00".into()),
    )
}

pub(super) fn message_read() -> Value {
    let payload = outbound_message("read", "2026-01-31T12:00:02.000+00:00".into());
    let values = json!({
        "body": { "text": "Your offer: telnyx.ly/ab" },
        "from": agent(),
        "type": "RCS"
    });
    message_event(
        "message.read",
        "8f7c2a51-3d14-4a86-9d0c-0a2f8b6f6f06",
        of_channel(payload, values),
    )
}

pub(super) fn link_clicked() -> Value {
    json!({
        "data": {
            "message_id": "5c1d6f0e-7f0b-4a55-8a1e-2f6f0d9b1a12",
            "record_type": "link_clicked",
            "time_clicked": "2026-01-31T12:05:00.000Z",
            "to": "+13125550001",
            "url": "https://example.com/offer"
        }
    })
}

/// What only an SMS has.
const OF_SMS: [&str; 5] = [
    "encoding",
    "num_chars",
    "parts",
    "smart_encoding_applied",
    "text",
];

/// The payload of an SMS as that of another channel, with these values.
fn of_channel(mut payload: Value, values: Value) -> Value {
    if let (Value::Object(payload), Value::Object(values)) = (&mut payload, values) {
        payload.retain(|name, _| !OF_SMS.contains(&name.as_str()));
        payload.extend(values);
    }
    payload
}

fn received_sms() -> Value {
    json!({
        "autoresponse_type": null,
        "cc": [],
        "completed_at": null,
        "cost": { "amount": "0.0040", "currency": "USD" },
        "cost_breakdown": null,
        "direction": "inbound",
        "encoding": "GSM-7",
        "errors": [],
        "from": {
            "carrier": "T-Mobile USA",
            "line_type": "Wireless",
            "phone_number": "+13125550001",
            "status": "received"
        },
        "id": "5c1d6f0e-7f0b-4a55-8a1e-2f6f0d9b1a11",
        "is_spam": false,
        "media": [],
        "messaging_profile_id": "a4b0c9d8-1e2f-4a3b-8c5d-6e7f80912a3b",
        "num_chars": 13,
        "organization_id": "0d9f4f6c-9c5e-4a43-b1ef-7f3a5b2c1d0e",
        "parts": 1,
        "received_at": "2026-01-31T12:00:00.000+00:00",
        "record_type": "message",
        "sent_at": null,
        "subject": null,
        "tags": [],
        "tcr_campaign_billable": false,
        "tcr_campaign_id": null,
        "tcr_campaign_registered": null,
        "text": "Hello, World!",
        "to": [{
            "carrier": "Telnyx",
            "line_type": "Wireless",
            "phone_number": "+13125550000",
            "status": "webhook_delivered"
        }],
        "type": "SMS",
        "valid_until": null,
        "webhook_failover_url": null,
        "webhook_url": "https://example.com/webhooks"
    })
}

fn agent() -> Value {
    json!({ "agent_id": "example_agent", "agent_name": "Example" })
}

fn outbound_message(status: &str, completed_at: Value) -> Value {
    json!({
        "cc": [],
        "completed_at": completed_at,
        "cost": { "amount": "0.0051", "currency": "USD" },
        "cost_breakdown": {
            "carrier_fee": { "amount": "0.00305", "currency": "USD" },
            "rate": { "amount": "0.00205", "currency": "USD" }
        },
        "direction": "outbound",
        "encoding": "GSM-7",
        "errors": [],
        "from": { "carrier": "Telnyx", "line_type": "Wireless", "phone_number": "+13125550000" },
        "id": "5c1d6f0e-7f0b-4a55-8a1e-2f6f0d9b1a12",
        "media": [],
        "messaging_profile_id": "a4b0c9d8-1e2f-4a3b-8c5d-6e7f80912a3b",
        "num_chars": 24,
        "organization_id": "0d9f4f6c-9c5e-4a43-b1ef-7f3a5b2c1d0e",
        "parts": 1,
        "received_at": "2026-01-31T12:00:00.000+00:00",
        "record_type": "message",
        "sent_at": "2026-01-31T12:00:01.000+00:00",
        "smart_encoding_applied": false,
        "subject": null,
        "tags": ["offer"],
        "tcr_campaign_billable": false,
        "tcr_campaign_id": null,
        "tcr_campaign_registered": null,
        "text": "Your offer: telnyx.ly/ab",
        "to": [{
            "carrier": "T-Mobile USA",
            "line_type": "Wireless",
            "phone_number": "+13125550001",
            "status": status
        }],
        "type": "SMS",
        "valid_until": null,
        "wait_seconds": 0.5,
        "webhook_failover_url": null,
        "webhook_url": "https://example.com/webhooks"
    })
}

fn message_event(event_type: &str, id: &str, payload: Value) -> Value {
    json!({
        "data": {
            "event_type": event_type,
            "id": id,
            "occurred_at": "2026-01-31T12:00:02.000+00:00",
            "payload": payload,
            "record_type": "event"
        },
        "meta": { "attempt": 1, "delivered_to": "https://example.com/webhooks" }
    })
}
