use serde_json::{Value, json};

use super::testing::TestEvent;
use super::*;

fn events() -> [(&'static str, TestEvent); 4] {
    [
        ("message.received", TestEvent::inbound_message()),
        ("message.sent", TestEvent::message_sent()),
        ("message.finalized", TestEvent::message_finalized()),
        ("link_clicked", TestEvent::link_clicked()),
    ]
}

fn decode(json: &str) -> Webhook {
    Webhook::from_verified_json(json).unwrap()
}

/// The name of the variant; an unrecognized event has to hold all that came.
fn variant(json: &str) -> String {
    let event = decode(json).event;
    if let Event::Unrecognized(event) = &event {
        assert_eq!(event.json(), json);
    }
    let debug = format!("{event:?}");
    debug.split('(').next().unwrap_or_default().to_owned()
}

fn unrecognized(json: &str) -> UnrecognizedEvent {
    match decode(json).event {
        Event::Unrecognized(event) => event,
        other => panic!("{json} became {other:?}"),
    }
}

/// The JSON pointers of everything inside `value`.
fn places(value: &Value) -> Vec<String> {
    let inside: Vec<(String, &Value)> = match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (format!("/{name}"), value))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, value)| (format!("/{index}"), value))
            .collect(),
        _ => Vec::new(),
    };
    inside
        .into_iter()
        .flat_map(|(place, value)| {
            let deeper = places(value).into_iter();
            let deeper: Vec<String> = deeper.map(|deep| format!("{place}{deep}")).collect();
            std::iter::once(place).chain(deeper)
        })
        .collect()
}

/// Runs `test` with the variant an event has, and its JSON after `change` was applied to each of its places.
fn change_each_place(change: impl Fn(&mut Value, &str) -> bool, test: impl Fn(&str, &str, &str)) {
    for (_, event) in events() {
        let json = event.to_json();
        let expected = variant(&json);
        let value: Value = serde_json::from_str(&json).unwrap();
        for place in places(&value) {
            let mut changed = value.clone();
            if change(&mut changed, &place) {
                test(&expected, &place, &changed.to_string());
            }
        }
    }
}

/// Without these a body is not of its kind any more.
fn is_needed(place: &str) -> bool {
    matches!(
        place,
        "/data" | "/data/event_type" | "/data/payload" | "/data/payload/id"
    )
}

fn is_link_clicks_tag(expected: &str, place: &str) -> bool {
    expected == "ReplacedLinkClick" && place == "/data/record_type"
}

fn remove(value: &mut Value, place: &str) -> bool {
    let (parent, name) = place.rsplit_once('/').unwrap();
    match value.pointer_mut(parent).unwrap() {
        Value::Object(members) => members.remove(name).is_some(),
        _ => false,
    }
}

#[test]
fn each_kind_of_event_becomes_its_variant() {
    let variants = events().map(|(event_type, event)| {
        let json = event.to_json();
        assert_eq!(decode(&json).event_type, event_type);
        variant(&json)
    });
    assert_eq!(
        variants,
        [
            "InboundMessage",
            "DeliveryUpdate",
            "DeliveryUpdate",
            "ReplacedLinkClick"
        ]
    );
}

#[test]
fn nothing_of_an_event_is_lost() {
    for (_, event) in events() {
        let json: Value = serde_json::from_str(&event.to_json()).unwrap();
        let (decoded, sent) = match decode(&event.to_json()).event {
            Event::InboundMessage(message) => (json!(message), &json["data"]["payload"]),
            Event::DeliveryUpdate(message) => (json!(message), &json["data"]["payload"]),
            Event::ReplacedLinkClick(click) => (json!(click), &json["data"]),
            other => panic!("{other:?}"),
        };
        let mut sent = sent.as_object().unwrap().clone();
        sent.retain(|_, value| !value.is_null() && *value != json!([]));
        assert_eq!(decoded, Value::Object(sent));
    }
}

#[test]
fn the_envelope_is_read() {
    let json = TestEvent::message_sent().set("/meta/attempt", 2).to_json();
    let webhook = decode(&json);
    assert_eq!(
        webhook.id.as_deref(),
        Some("8f7c2a51-3d14-4a86-9d0c-0a2f8b6f6f02")
    );
    assert_eq!(
        webhook.occurred_at,
        Some("2026-01-31T12:00:02.000+00:00".into())
    );
    assert_eq!(webhook.attempt, Some(2));
    assert_eq!(
        webhook.delivered_to.as_deref(),
        Some("https://example.com/webhooks")
    );
    assert_eq!(webhook.raw, json);
}

#[test]
fn an_envelope_of_other_types_does_not_cost_the_event() {
    let json = TestEvent::inbound_message()
        .set("/meta/attempt", "2")
        .set("/meta/delivered_to", Value::Null)
        .set("/data/id", 5)
        .set("/data/occurred_at", 1_769_860_800)
        .to_json();
    let webhook = decode(&json);
    assert!(matches!(webhook.event, Event::InboundMessage(_)));
    assert_eq!(webhook.attempt, Some(2));
    assert_eq!(webhook.delivered_to, None);
    assert_eq!(webhook.id.as_deref(), Some("5"));
    assert_eq!(webhook.occurred_at.unwrap().as_str(), "1769860800");

    let json = TestEvent::inbound_message().set("/meta", "none").to_json();
    assert_eq!(decode(&json).attempt, None);
}

#[test]
fn an_envelope_of_an_undocumented_type_is_unread_and_strictly_unrecognized() {
    for (place, value, path) in [
        ("/meta", json!("none"), "$.meta"),
        ("/meta", json!([{ "attempt": 2 }]), "$.meta"),
        ("/meta/attempt", json!(-3), "$.meta.attempt"),
        ("/meta/delivered_to", json!(["a"]), "$.meta.delivered_to"),
        ("/data/id", json!({ "a": 1 }), "$.data.id"),
    ] {
        let json = TestEvent::inbound_message().set(place, value).to_json();
        let webhook = decode(&json);
        assert!(matches!(webhook.event, Event::InboundMessage(_)));
        assert!(webhook.unread().iter().map(Unread::path).eq([path]));
        assert_eq!(webhook.id.is_some(), place != "/data/id");
        let strict = Webhook::decode(json.into(), true).unwrap();
        let Event::Unrecognized(event) = strict.event else {
            panic!("{:?}", strict.event)
        };
        let error = event.decode_error().unwrap().to_string();
        assert!(error.ends_with(&format!(" at {path}")), "{error}");
    }
}

#[test]
fn a_link_click_has_no_id_and_no_time_of_its_own() {
    let webhook = decode(&TestEvent::link_clicked().to_json());
    assert_eq!((webhook.id, webhook.occurred_at), (None, None));
}

#[test]
fn an_absent_member_costs_nothing_but_itself() {
    change_each_place(remove, |expected, place, json| {
        let needed = is_needed(place) || is_link_clicks_tag(expected, place);
        assert_eq!(
            variant(json),
            if needed { "Unrecognized" } else { expected },
            "{place}"
        );
    });
}

#[test]
fn a_null_member_costs_nothing_but_itself() {
    let set_null = |value: &mut Value, place: &str| {
        let is_item = place.ends_with(|last: char| last.is_ascii_digit());
        *value.pointer_mut(place).unwrap() = Value::Null;
        !is_item
    };
    change_each_place(set_null, |expected, place, json| {
        let needed = is_needed(place) || is_link_clicks_tag(expected, place);
        assert_eq!(
            variant(json),
            if needed { "Unrecognized" } else { expected },
            "{place}"
        );
    });
}

#[test]
fn a_member_of_a_wrong_type_never_makes_another_event() {
    for wrong in [
        json!(5),
        json!(1.5),
        json!(true),
        json!("text"),
        json!([5]),
        json!({ "text": 5 }),
    ] {
        let set_wrong = |value: &mut Value, place: &str| {
            *value.pointer_mut(place).unwrap() = wrong.clone();
            true
        };
        change_each_place(set_wrong, |expected, place, json| {
            let variant = variant(json);
            assert!(
                variant == expected || variant == "Unrecognized",
                "{place}: {variant}"
            );
        });
    }
}

#[test]
fn an_unknown_text_never_costs_the_event() {
    let set_unknown = |value: &mut Value, place: &str| {
        let place = value.pointer_mut(place).unwrap();
        let was_text = place.is_string();
        *place = "of_another_version".into();
        was_text
    };
    change_each_place(set_unknown, |expected, place, json| {
        let is_tag = place == "/data/event_type" || is_link_clicks_tag(expected, place);
        assert_eq!(
            variant(json),
            if is_tag { "Unrecognized" } else { expected },
            "{place}"
        );
    });
}

#[test]
fn an_unknown_member_never_costs_the_event() {
    let add = |value: &mut Value, place: &str| match value.pointer_mut(place) {
        Some(Value::Object(members)) => members
            .insert("of_another_version".into(), json!({ "id": [1, "a", null] }))
            .is_none(),
        _ => false,
    };
    change_each_place(add, |expected, place, json| {
        assert_eq!(variant(json), expected, "{place}");
    });
}

#[test]
fn a_body_cut_anywhere_is_not_json() {
    for (_, event) in events() {
        let json = event.to_json();
        for end in 0..json.len() {
            assert!(
                Webhook::from_verified_json(&json[..end]).is_err(),
                "{}",
                &json[..end]
            );
        }
    }
}

#[test]
fn json_of_any_form_is_an_event() {
    for json in [
        "null",
        "5",
        r#""text""#,
        "[]",
        "{}",
        r#"{"data":null}"#,
        r#"{"data":[]}"#,
    ] {
        let event = unrecognized(json);
        assert_eq!((event.event_type(), event.json()), ("", json));
        assert_eq!(event.decode_error(), None);
    }
}

#[test]
fn json_that_no_type_holds_is_an_event() {
    let deep = format!("{}{}", "[".repeat(1000), "]".repeat(1000));
    for json in [
        &deep,
        r#"{"data":{"event_type":1e999}}"#,
        r#"{"data":{"id":"\ud800"}}"#,
    ] {
        assert_eq!(unrecognized(json).json(), json);
    }
}

#[test]
fn an_unknown_kind_of_event_keeps_its_name_and_its_json() {
    let json = r#"{"data":{"event_type":"message.scheduled","payload":{"id":"5"}}}"#;
    let event = unrecognized(json);
    assert_eq!(
        (event.event_type(), event.json()),
        ("message.scheduled", json)
    );
    assert_eq!(event.decode_error(), None);
    let id = event.decode::<Value>().unwrap()["data"]["payload"]["id"].clone();
    assert_eq!(id, "5");
}

#[test]
fn a_known_kind_that_cannot_be_read_says_why() {
    let json = TestEvent::inbound_message()
        .set("/data/payload/id", json!({}))
        .to_json();
    let event = unrecognized(&json);
    assert_eq!(event.event_type(), "message.received");
    let error = event.decode_error().unwrap().to_string();
    assert_eq!(error, "expected a string at $.data.payload.id");
}

#[test]
fn a_name_written_with_escapes_is_the_same_name() {
    let json = TestEvent::inbound_message().to_json();
    let escaped = json.replace(r#""event_type""#, r#""\u0065vent_type""#);
    assert_ne!(escaped, json);
    assert!(matches!(decode(&escaped).event, Event::InboundMessage(_)));
}

#[test]
fn blanks_around_the_json_do_not_matter() {
    let json = format!(" \n{}\r\n\t", TestEvent::link_clicked().to_json());
    assert!(matches!(decode(&json).event, Event::ReplacedLinkClick(_)));
}

#[test]
fn an_event_with_too_many_values_keeps_what_stands_around_them() {
    let values = "0,".repeat(100_001);
    let webhook = decode(&format!(
        r#"{{"meta":{{"attempt":2,"delivered_to":"https://x"}},"data":{{"record_type":"link_clicked","x":[{values}0]}}}}"#
    ));
    assert!(matches!(webhook.event, Event::Unrecognized(_)));
    assert_eq!(webhook.event_type, "link_clicked");
    assert_eq!(webhook.attempt, Some(2));
    assert_eq!(webhook.delivered_to.as_deref(), Some("https://x"));
}

#[test]
fn an_unrecognized_event_with_a_byte_order_mark_can_be_decoded() {
    let json = r#"{"data":{"event_type":"message.lost"}}"#;
    let event = unrecognized(&format!("\u{feff}{json}"));
    assert_eq!(event.json(), json);
    event.decode::<Value>().unwrap();
}
