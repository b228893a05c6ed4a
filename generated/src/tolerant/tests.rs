use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::{Decoded, Reading};
use crate::Unread;
use crate::object::object;
use crate::reader::Mistake;
use crate::types::{BulkUpdate, DeliveryStatus, Message, OutboundMessage};

const READING: Reading<'_> = Reading {
    strict: false,
    base: "$",
    needed: Some("data"),
};

#[derive(Debug, Deserialize)]
struct Envelope<T> {
    data: T,
}

fn read<T: serde::de::DeserializeOwned>(json: &str) -> Result<Decoded<Envelope<T>>, Mistake> {
    READING.read(json.as_bytes())
}

/// A message with these fields beside its id, and the paths of what could not be read.
fn message(fields: &str) -> (OutboundMessage, Vec<String>) {
    let json = format!(r#"{{"data":{{"id":"m-1",{fields}}}}}"#);
    let decoded = read::<OutboundMessage>(&json).unwrap_or_else(|error| panic!("{json}: {error}"));
    let unread = decoded.unread.iter().map(|unread| unread.path().to_owned());
    (decoded.value.data, unread.collect())
}

#[test]
fn what_stands_for_a_value_is_read() {
    let (message, unread) = message(
        r#""parts":"2","num_chars":3.0,"subject":4,"text":"half \ud83d","tags":[5],"encoding":"a","encoding":"b""#,
    );
    assert_eq!((message.parts, message.num_chars), (Some(2), Some(3)));
    assert_eq!(message.subject.as_deref(), Some("4"));
    assert_eq!(message.text.as_deref(), Some("half \u{fffd}"));
    assert_eq!(message.tags, ["5"]);
    assert_eq!(message.encoding.as_deref(), Some("b"));
    assert_eq!(unread, [""; 0]);
}

#[test]
fn what_does_not_fit_costs_its_field() {
    let (message, unread) = message(
        r#""parts":"one","subject":[],"cost":"0.1","to":[{"phone_number":{},"carrier":"c"}],"text":"a""#,
    );
    assert_eq!(
        (message.parts, &message.subject, &message.cost),
        (None, &None, &None)
    );
    assert_eq!(message.to[0].carrier.as_deref(), Some("c"));
    assert_eq!(message.text.as_deref(), Some("a"));
    assert_eq!(
        unread,
        [
            "$.data.parts",
            "$.data.subject",
            "$.data.cost",
            "$.data.to[0].phone_number"
        ]
    );
}

#[test]
fn what_could_not_be_read_is_told_with_its_reason_and_its_json() {
    let json = r#"{"data":{"id":"m-1","to":[{},null,{"carrier": {"a" : 1}}]}}"#;
    let unread = read::<OutboundMessage>(json).unwrap().unread;
    let [null, carrier] = unread.as_slice() else {
        panic!("{unread:?}");
    };
    assert_eq!((null.path(), null.json()), ("$.data.to[1]", "null"));
    // By its index in the body, although the null before it has left the list.
    assert_eq!(carrier.path(), "$.data.to[2].carrier");
    assert_eq!(carrier.reason(), "expected a string");
    assert_eq!(carrier.json(), r#"{"a" : 1}"#);
    assert_eq!(
        carrier.to_string(),
        "expected a string at $.data.to[2].carrier"
    );
}

#[test]
fn a_null_leaves_its_list_or_map() {
    let read_map = |json: &str| {
        let decoded = READING.read::<BTreeMap<String, i64>>(json.as_bytes());
        let decoded = decoded.unwrap_or_else(|error| panic!("{json}: {error}"));
        let unread = decoded.unread.iter().map(|unread| unread.path().to_owned());
        (decoded.value, unread.collect::<Vec<_>>())
    };
    let (map, unread) = read_map(r#"{"a":1,"b":null,"c\u0022":3,"d":null}"#);
    assert_eq!(map, [("a".to_owned(), 1), ("c\"".to_owned(), 3)].into());
    assert_eq!(unread, ["$.*", "$.*"]);
    let (map, unread) = read_map(r#"{"a":null}"#);
    assert_eq!((map.len(), unread.len()), (0, 1));
    // More nulls than copies.
    let nulls: Vec<_> = (0..1000).map(|key| format!(r#""{key}":null"#)).collect();
    let (map, unread) = read_map(&format!(r#"{{{},"a":"1"}}"#, nulls.join(",")));
    assert_eq!((map["a"], unread.len()), (1, 1000));

    type Maps = Vec<BTreeMap<String, Vec<i64>>>;
    let json = r#"[null,{"a":[1,null,2],"b":null},{"b":null,"c":[]}]"#;
    let decoded = READING.read::<Maps>(json.as_bytes()).unwrap();
    let expected: Maps = vec![
        [("a".to_owned(), vec![1, 2])].into(),
        [("c".to_owned(), vec![])].into(),
    ];
    assert_eq!(decoded.value, expected);
    let mut unread: Vec<_> = decoded.unread.iter().map(Unread::path).collect();
    unread.sort_unstable();
    assert_eq!(unread, ["$[0]", "$[1].*", "$[1].*[1]", "$[2].*"]);
    for json in [r#"{"a":1,"b":{}}"#, r#"{"a":null,"b":"x"}"#] {
        let mistake = READING.read::<BTreeMap<String, i64>>(json.as_bytes());
        assert!(mistake.is_err(), "{json}");
    }
}

#[derive(Debug, PartialEq)]
struct Counts {
    total: Option<i64>,
    others: BTreeMap<String, i64>,
}

object! {
    impl Counts {
        const total: optional = "total";
    }

    type Others = others;
}

#[test]
fn the_null_of_a_field_stays_beside_those_of_other_properties() {
    let json = r#"{"data":{"a":null,"total":null,"b":2}}"#;
    let decoded = read::<Counts>(json).unwrap();
    let others = [("b".to_owned(), 2)].into();
    assert_eq!(
        decoded.value.data,
        Counts {
            total: None,
            others
        }
    );
    let unread: Vec<_> = decoded.unread.iter().map(Unread::path).collect();
    assert_eq!(unread, ["$.data.*"]);
}

#[test]
fn no_object_of_a_list_vanishes() {
    // The list is blank as a whole, and known to be: half of it would look like all of it.
    let (message, unread) = message(r#""to":[{"phone_number":"+1"},"+2"]"#);
    assert!(message.to.is_empty());
    assert_eq!(unread, ["$.data.to"]);
    let (message, unread) = self::message(r#""to":{"phone_number":"+1"}"#);
    assert_eq!(message.to[0].phone_number.as_deref(), Some("+1"));
    assert_eq!(unread, [""; 0]);
}

#[test]
fn a_list_of_strings_is_not_empty_for_what_cannot_be_read() {
    for (pending, kept) in [
        (r#"{"a":1}"#, r#"{"a":1}"#),
        (r#"[{"a":1}]"#, r#"{"a":1}"#),
        ("[true]", "true"),
        ("5", "5"),
        (r#""+1""#, "+1"),
    ] {
        let json = format!(r#"{{"data":{{"order_id":"o-1","pending":{pending}}}}}"#);
        let order = read::<BulkUpdate>(&json).unwrap().value.data;
        assert_eq!(order.pending, [kept], "{pending}");
    }
}

#[test]
fn what_is_required_is_not_blanked() {
    for json in [
        r#"{"data":{"id":{}}}"#,
        r#"{"data":{"id":null}}"#,
        r#"{"data":{"text":"a"}}"#,
        r#"{"data":"m-1"}"#,
        r#"{"data":null}"#,
        "[]",
        r#"{"data":{"id":"m-1","parts":"x"}"#,
        r#"{"data":{"id":"m-1","parts":"x"}}}"#,
    ] {
        assert!(read::<OutboundMessage>(json).is_err(), "{json}");
        assert!(read::<Vec<OutboundMessage>>(json).is_err(), "{json}");
    }
    assert!(read::<Vec<OutboundMessage>>(r#"{"data":[{"id":"m-1"},{}]}"#).is_err());
}

#[test]
fn the_first_mistake_is_told_if_another_cannot_be_treated() {
    let mistake = read::<OutboundMessage>(r#"{"data":{"parts":{},"id":{}}}"#).err();
    assert_eq!(mistake.unwrap().to_string(), "expected i64 at $.data.parts");
}

#[test]
fn one_type_that_has_changed_on_a_page_is_one_step() {
    let item = |index| match index % 3 {
        0 => format!(r#"{{"id":"m-{index}","text":{{"body":"{index}"}}}}"#),
        _ => format!(r#"{{"id":"m-{index}","text":"{index}"}}"#),
    };
    let items: Vec<_> = (0..3000).map(item).collect();
    let json = format!(r#"{{"data":[{}]}}"#, items.join(","));
    let decoded = read::<Vec<OutboundMessage>>(&json).unwrap();
    let texts = decoded
        .value
        .data
        .iter()
        .filter(|message| message.text.is_some());
    assert_eq!((texts.count(), decoded.unread.len()), (2000, 1000));
    assert_eq!(decoded.unread[999].path(), "$.data[2997].text");
    assert_eq!(decoded.unread[999].json(), r#"{"body":"2997"}"#);
}

#[test]
fn free_form_json_is_read_but_for_what_json_cannot_hold() {
    let read = |json: &str| READING.read::<Value>(json.as_bytes()).unwrap();
    let decoded = read(r#"{"a":[1e400,"\udc00","b"],"c":5}"#);
    assert_eq!(decoded.value.to_string(), r#"{"a":[null,"�","b"],"c":5}"#);
    assert_eq!(decoded.unread[0].path(), "$.*[0]");
}

#[test]
fn a_number_out_of_range_costs_no_other_value() {
    let to = r#"[{"status":1e400},{"status":"sent"}]"#;
    let json = format!(r#"{{"data":[{{"id":"a","to":{to}}},{{"id":"b","to":{to}}}]}}"#);
    let decoded = read::<Vec<OutboundMessage>>(&json).unwrap();
    for message in &decoded.value.data {
        let statuses = message.to.iter().map(|to| to.status.as_ref());
        let statuses = statuses.map(|status| status.map(DeliveryStatus::as_str));
        assert!(statuses.eq([None, Some("sent")]));
    }
    let unread: Vec<_> = decoded.unread.iter().map(Unread::path).collect();
    let expected = ["$.data[0].to[0].status", "$.data[1].to[0].status"];
    assert_eq!(unread, expected);
    for (json, expected) in [
        (
            r#"[{"x":1e400},{"x":"5"},{"x":"a"},{"x":[1]}]"#,
            r#"[{"x":null},{"x":"5"},{"x":"a"},{"x":[1]}]"#,
        ),
        (r#"[1e400,"5",[-1e400],true]"#, r#"[null,"5",[null],true]"#),
    ] {
        let value = READING.read::<Value>(json.as_bytes()).unwrap().value;
        assert_eq!(value.to_string(), expected);
    }
    // More numbers than copies.
    let numbers = format!("[{}]", vec!["1e400"; 1000].join(","));
    let decoded = READING.read::<Vec<Value>>(numbers.as_bytes()).unwrap();
    assert!(decoded.value.iter().all(Value::is_null));
    assert_eq!(decoded.unread.len(), 1000);
    // A number that has to be finite cannot be null.
    let mistake = READING.read::<Vec<f64>>(b"[1e400]").err().unwrap();
    assert_eq!(
        mistake.to_string(),
        "expected a number in the range of f64 at $[0]"
    );
}

#[test]
fn half_of_a_surrogate_pair_is_replaced_in_a_union_and_in_a_key() {
    for direction in ["outbound", "inbound", "sideways"] {
        let json = format!(
            r#"{{"data":{{"direction":"{direction}","id":"m","text":"a\ud83d","x\udc00":{{"\ud800":1}},"body":{{"k\ud83d":"\ude00"}}}}}}"#
        );
        let decoded = read::<Message>(&json).unwrap();
        assert_eq!(decoded.unread, []);
        let written = serde_json::to_value(&decoded.value.data).unwrap();
        assert_eq!(written["text"], "a\u{fffd}", "{direction}");
        assert_eq!(written["body"]["k\u{fffd}"], "\u{fffd}", "{direction}");
    }
}

#[test]
fn a_text_that_is_not_utf8_is_read_with_replacements() {
    let decoded = READING.read::<Envelope<OutboundMessage>>(
        b"\xef\xbb\xbf{\"data\":{\"id\":\"m-1\",\"text\":\"\xe9\"}}",
    );
    assert_eq!(
        decoded.unwrap().value.data.text.as_deref(),
        Some("\u{fffd}")
    );
}

#[test]
fn strictly_read_every_mistake_is_an_error() {
    let strict = Reading {
        strict: true,
        ..READING
    };
    let mistake = strict.read::<Envelope<OutboundMessage>>(br#"{"data":{"id":"m-1","parts":"1"}}"#);
    assert_eq!(
        mistake.err().unwrap().to_string(),
        "expected i64 at $.data.parts"
    );
}
