//! Tests that an odd value does not affect other values. The tests replace each value of a message by each odd value, and read
//! the message in three ways.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::Reading;
use crate::types::{Message, OutboundMessage};

const READING: Reading<'_> = Reading {
    strict: false,
    base: "$",
    needed: Some("data"),
};

#[derive(Deserialize)]
struct Envelope<T> {
    data: T,
}

const ODD: [&str; 26] = [
    "null",
    "1",
    "-1.5",
    "1e400",
    r#""x""#,
    r#""5""#,
    r#""""#,
    "true",
    r#""true""#,
    "[]",
    "{}",
    "[1]",
    "[null]",
    r#"[null,"a"]"#,
    "[1e400]",
    r#"["a",1e400,"b"]"#,
    r#"[["5"]]"#,
    r#"{"a":1}"#,
    r#"{"url":"q"}"#,
    r#"[{"a":"1"}]"#,
    r#"{"n":1e400}"#,
    r#""half \ud800""#,
    r#"{"\udc00":1}"#,
    "99999999999999999999",
    r#"{"phone_number":5}"#,
    r#"[{"phone_number":5},null]"#,
];

fn message(index: usize) -> Value {
    json!({
        "id": format!("m-{index}"),
        "direction": "outbound",
        "cost": { "amount": "0.1", "currency": "USD" },
        "errors": [
            { "code": "40001", "title": "t", "meta": { "url": "u", "n": [1, "2", { "a": "3" }] } },
            { "code": "40002", "title": "t", "meta": { "n": "5", "url": 7 } },
        ],
        "from": { "phone_number": "+1", "carrier": "c" },
        "to": [
            { "phone_number": "+2", "status": "sent" },
            { "phone_number": "+3", "status": "queued", "carrier": "x" },
        ],
        "media": [{ "url": "https://x", "size": 5 }, { "url": "https://y", "size": 6 }],
        "parts": 1,
        "tags": ["a", "7"],
        "text": "hello",
        "wait_seconds": 1.5,
        "smart_encoding_applied": true,
        "sent_at": "2024-01-23T18:10:02.574Z",
    })
}

/// The value that was read at `place`, and the paths inside it that were not read.
type Outcome = Option<(Value, Vec<String>)>;

fn read<T: DeserializeOwned>(json: &str, place: &str, of: impl Fn(T) -> Value) -> Outcome {
    let decoded = READING.read::<Envelope<T>>(json.as_bytes()).ok()?;
    let paths = decoded.unread.iter();
    let paths = paths.map(|unread| unread.path().replace(place, "$"));
    Some((of(decoded.value.data), paths.collect()))
}

fn written(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).expect("what was read can be written")
}

#[test]
fn one_odd_value_costs_no_other_value_and_every_way_reads_it_alike() {
    let whole: Vec<OutboundMessage> =
        serde_json::from_value((0..3).map(message).collect()).expect("it is as documented");
    let whole = written(&whole);
    let (first, third) = (message(0), message(2));
    let mut places = Vec::new();
    below(&message(1), &[], &mut places);
    for place in &places {
        for odd in ODD {
            let second = with(message(1), place, odd);
            let context = format!("{}: {odd}", place.join("."));
            let list = format!(r#"{{"data":[{first},{second},{third}]}}"#);
            let list = read(&list, "$.data[1]", |list: Vec<OutboundMessage>| {
                written(&list)
            });
            let Some((list, unread)) = list else {
                assert_eq!(place[0], "id", "{context}");
                continue;
            };
            assert_eq!((&list[0], &list[2]), (&whole[0], &whole[2]), "{context}");
            assert!(
                is_alike(&whole[1], &list[1], place),
                "{context}: {}",
                list[1]
            );
            if place[0] == "direction" {
                continue;
            }
            let one = format!(r#"{{"data":{second}}}"#);
            let one = read(&one, "$.data", |one: Message| written(&one));
            assert_eq!(one, Some((list[1].clone(), unread.clone())), "{context}");
            #[cfg(feature = "webhooks")]
            assert_eq!(event(&second), (list[1].clone(), unread), "{context}");
        }
    }
}

#[cfg(feature = "webhooks")]
fn event(message: &str) -> (Value, Vec<String>) {
    use crate::webhook::{Event, Webhook};
    let body = format!(r#"{{"data":{{"event_type":"message.finalized","payload":{message}}}}}"#);
    let webhook = Webhook::from_verified_json(body).expect("it is JSON");
    let Event::DeliveryUpdate(message) = &webhook.event else {
        panic!("{:?}", webhook.event)
    };
    let paths = webhook.unread().iter();
    let paths = paths.map(|unread| unread.path().replace("$.data.payload", "$"));
    (written(message), paths.collect())
}

/// The places of all values in `value`.
fn below(value: &Value, place: &[String], places: &mut Vec<Vec<String>>) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| (key.clone(), value))
            .collect(),
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items
                .map(|(index, item)| (index.to_string(), item))
                .collect()
        }
        _ => Vec::new(),
    };
    for (step, value) in inner {
        let place = [place, &[step]].concat();
        places.push(place.clone());
        below(value, &place, places);
    }
}

/// The JSON of `value`, with `odd` at the place.
fn with(mut value: Value, place: &[String], odd: &str) -> String {
    let pointer = format!("/{}", place.join("/"));
    *value.pointer_mut(&pointer).expect("it is there") = json!("the odd value");
    value.to_string().replace(r#""the odd value""#, odd)
}

/// Whether `got` has all of `whole`, except for what is at the place or around it.
fn is_alike(whole: &Value, got: &Value, place: &[String]) -> bool {
    let Some((step, inner)) = place.split_first() else {
        return true;
    };
    match (whole, got) {
        (Value::Object(whole), Value::Object(got)) => {
            let mut keys = whole.keys().chain(got.keys());
            keys.all(|key| match (whole.get(key), got.get(key)) {
                (Some(whole), Some(got)) if key == step => is_alike(whole, got, inner),
                (None, Some(_)) if key == step => true,
                (Some(field), None) if key == step => may_be_empty(field, inner),
                (whole, got) => whole == got,
            })
        }
        (Value::Array(whole), Value::Array(got)) if whole.len() == got.len() => {
            let mut items = whole.iter().zip(got).enumerate();
            items.all(|(index, (whole, got))| match index.to_string() == *step {
                true => is_alike(whole, got, inner),
                false => whole == got,
            })
        }
        // An item that became null was removed from its list.
        (Value::Array(whole), Value::Array(got)) => {
            let others = whole.iter().enumerate();
            let others = others.filter(|(index, _)| index.to_string() != *step);
            inner.is_empty() && others.map(|(_, item)| item).eq(got)
        }
        _ => false,
    }
}

/// Whether an odd value at the place inside a field may leave the whole field empty. If one object of a list were missing, the
/// list would still look complete.
fn may_be_empty(field: &Value, place: &[String]) -> bool {
    place.is_empty() || (field.is_array() && place.len() == 1)
}
