use std::collections::BTreeMap;

use super::object;
use crate::{Json, reader};

#[derive(Debug, PartialEq)]
struct Body {
    text: Option<String>,
    numbers: Vec<u8>,
    additional_properties: BTreeMap<String, Json>,
}

object! {
    impl Body {
        const text: optional = "text";
        const numbers: list = "numbers";
    }

    type Others = additional_properties;
    const TEXT: &str = "text";
}

fn body(json: &str) -> Result<Body, String> {
    reader::read(json.as_bytes()).map_err(|mistake| mistake.to_string())
}

#[test]
fn properties_that_no_field_has_are_kept_and_written() {
    let json = r#"{"emoji":{"a":[1,2]},"text":"hi","numbers":[7],"\u006bey":null}"#;
    let body = body(json).unwrap();
    assert_eq!(body.text.as_deref(), Some("hi"));
    let kept: Vec<&str> = body
        .additional_properties
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(kept, ["emoji", "key"]);
    let written = serde_json::to_value(&body).unwrap();
    assert_eq!(
        written,
        serde_json::from_str::<serde_json::Value>(json).unwrap()
    );
}

#[test]
fn a_text_is_the_object_with_that_property() {
    let body = body(r#""hi""#).unwrap();
    assert_eq!(body.text.as_deref(), Some("hi"));
    assert!(body.additional_properties.is_empty());
    assert_eq!(serde_json::from_str::<Body>(r#""hi""#).unwrap(), body);
}

#[test]
fn a_mistake_is_found_at_its_place() {
    for (json, mistake) in [
        (
            r#"{"x":{},"numbers":[1,"y"]}"#,
            "expected u8 at $.numbers[1]",
        ),
        (r#"{"x":[1,}"#, "the text is not JSON at line 1 column 9"),
        ("7", "expected an object"),
        (r#"{"text":"a","text":"b"}"#, "duplicate field `text`"),
    ] {
        let found = body(json).unwrap_err();
        assert!(found.contains(mistake), "{json}: {found}");
    }
}

/// An object like those of most responses.
#[derive(Debug, PartialEq)]
struct Item {
    id: String,
    parent: Option<Box<Item>>,
    tags: Vec<String>,
}

object! {
    impl Item {
        const id: required = "id";
        const parent: optional = "parent";
        const tags: list = "tags";
    }
}

#[test]
fn properties_come_in_any_order_and_others_are_passed_over() {
    let json = r#"{"x":{"id":1},"tags":["a"],"id":"1","parent":{"tags":null,"id":"2"},"y":[]}"#;
    let parent = Item {
        id: "2".to_owned(),
        parent: None,
        tags: Vec::new(),
    };
    let item = Item {
        id: "1".to_owned(),
        parent: Some(Box::new(parent)),
        tags: vec!["a".to_owned()],
    };
    assert_eq!(reader::read::<Item>(json.as_bytes()), Ok(item));
    let by_serde_json: Item = serde_json::from_str(json).unwrap();
    assert_eq!(reader::read(json.as_bytes()), Ok(by_serde_json));
}

#[test]
fn what_is_required_and_what_comes_twice_is_a_mistake_of_every_deserializer() {
    for (json, expected) in [
        ("{}", "missing field `id`"),
        (r#"{"id":"1","parent":{}}"#, "missing field `id`"),
        (
            r#"{"id":"1","tags":[],"tags":[]}"#,
            "duplicate field `tags`",
        ),
        (r#"{"id":"1","id":1}"#, "duplicate field `id`"),
    ] {
        let ours = reader::read::<Item>(json.as_bytes()).unwrap_err();
        assert!(ours.to_string().starts_with(expected), "{json}: {ours}");
        let others = serde_json::from_str::<Item>(json).unwrap_err();
        assert!(others.to_string().starts_with(expected), "{json}: {others}");
    }
}

/// An object of a request that requires what may be empty.
#[derive(Debug, PartialEq)]
struct Sent {
    name: Option<String>,
    amount: Option<String>,
    tags: Vec<String>,
    one: Vec<String>,
}

object! {
    impl Sent {
        const name: nullable = "name";
        const amount: nullable_text = "amount";
        const tags: required_list = "tags";
        const one: required_one_or_list = "one";
    }
}

#[test]
fn what_a_request_requires_is_written_if_it_is_empty_and_may_be_absent_from_a_response() {
    let empty = r#"{"name":null,"amount":null,"tags":[],"one":[]}"#;
    for json in ["{}", r#"{"tags":null,"one":null}"#, empty] {
        let sent: Sent = reader::read(json.as_bytes()).unwrap();
        assert_eq!(serde_json::to_string(&sent).unwrap(), empty, "{json}");
    }
    let json = r#"{"name":"a","amount":1.50,"tags":["b"],"one":"2"}"#;
    let sent: Sent = reader::read(json.as_bytes()).unwrap();
    let written = r#"{"name":"a","amount":"1.50","tags":["b"],"one":["2"]}"#;
    assert_eq!(serde_json::to_string(&sent).unwrap(), written);
}
