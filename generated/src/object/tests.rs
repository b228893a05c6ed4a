use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Additional, OrText};
use crate::{Json, reader};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self")]
struct Body {
    text: Option<String>,
    #[serde(default)]
    numbers: Vec<u8>,
    #[serde(flatten, skip_deserializing)]
    additional_properties: BTreeMap<String, Json>,
}

impl<'de> Deserialize<'de> for Body {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let deserializer = OrText::new(deserializer, "text");
        let mut additional_properties = BTreeMap::new();
        let deserializer = Additional::new(deserializer, &mut additional_properties);
        let object = Self::deserialize(deserializer)?;
        Ok(Self {
            additional_properties,
            ..object
        })
    }
}

impl Serialize for Body {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
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
