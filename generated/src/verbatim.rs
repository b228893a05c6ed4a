//! A JSON value that is kept whatever its type.

use std::fmt;

use serde::de::{self, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::reader;

/// A JSON value that is text to whoever reads it and itself to whoever writes it.
///
/// Behind [`Timestamp`](crate::Timestamp) and [`Unrecognized`](crate::Unrecognized): what Telnyx sent never fails a
/// message for being of another type than documented. A string goes back out as it came; anything else is serialized
/// again from its value, so `1.50` may become `1.5`. A list or an object that holds what a value cannot hold, such as
/// `1e400`, is written as the string of its JSON.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Verbatim {
    /// A string, without its quotes.
    Text(Box<str>),
    /// The JSON text of anything else.
    Other(Box<str>),
}

impl Verbatim {
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Text(text) | Self::Other(text) => text,
        }
    }

    /// The string, if the value is one.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Other(_) => None,
        }
    }
}

impl From<Value> for Verbatim {
    fn from(value: Value) -> Self {
        match value {
            Value::String(text) => Self::Text(text.into()),
            other => Self::Other(other.to_string().into()),
        }
    }
}

impl Serialize for Verbatim {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Other(json) => match reader::read::<Value>(json.as_bytes()) {
                Ok(value) => value.serialize(serializer),
                // It holds what a JSON value cannot hold, such as `1e400`.
                Err(_) => serializer.serialize_str(json),
            },
        }
    }
}

impl<'de> Deserialize<'de> for Verbatim {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(reader::TEXT_OF_OTHERS, VerbatimVisitor)
    }
}

struct VerbatimVisitor;

impl<'de> Visitor<'de> for VerbatimVisitor {
    type Value = Verbatim;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Verbatim, E> {
        Ok(Verbatim::Text(text.into()))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Verbatim, E> {
        Ok(Verbatim::Text(text.into()))
    }

    /// Of the crate's own reader, the text as it stands there: a tree of values takes many times its bytes.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Verbatim, A::Error> {
        let text: &str = map.next_key()?.unwrap_or_default();
        let text = match text.starts_with(['{', '[']) {
            true => without_blanks(text),
            false => reader::read::<Value>(text.as_bytes())
                .map_err(|mistake| mistake.raise::<A::Error>())?
                .to_string(),
        };
        map.next_value::<IgnoredAny>()?;
        Ok(Verbatim::Other(text.into()))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Verbatim, D::Error> {
        Value::deserialize(deserializer).map(Verbatim::from)
    }
}

/// JSON without the blanks between its values.
fn without_blanks(json: &str) -> String {
    let mut is_string = false;
    let mut is_escaped = false;
    let kept = json.chars().filter(|character| {
        let is_quote = *character == '"' && !is_escaped;
        is_escaped = *character == '\\' && is_string && !is_escaped;
        is_string ^= is_quote;
        is_string || !character.is_ascii_whitespace()
    });
    kept.collect()
}

#[cfg(test)]
mod tests {
    use super::Verbatim;

    #[test]
    fn every_kind_of_value_goes_back_out_as_it_came() {
        for json in [
            r#""text""#,
            "5",
            "-1.5",
            "true",
            "null",
            r#"["a",1]"#,
            r#"{"a":{}}"#,
        ] {
            let value: Verbatim = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&value).unwrap(), json);
        }
    }

    #[test]
    fn an_object_is_kept_as_it_was_written_but_for_blanks() {
        let json = br#" { "a" : [ 1.50 , "b \\\" c" , { } ] } "#;
        let value: Verbatim = crate::reader::read(json).unwrap();
        assert_eq!(value.as_str(), r#"{"a":[1.50,"b \\\" c",{}]}"#);
        let number: Verbatim = crate::reader::read(b"1.50").unwrap();
        let read_again = serde_json::to_string(&number).unwrap();
        assert_eq!(crate::reader::read(read_again.as_bytes()), Ok(number));
    }

    #[test]
    fn what_no_value_can_hold_is_written_as_a_string_and_read_again() {
        for json in ["[1e400]", r#"["\ud800"]"#, r#"{"\ud800":1}"#] {
            let value: Verbatim = crate::reader::read(json.as_bytes()).unwrap();
            let written = serde_json::to_string(&value).unwrap();
            assert_eq!(serde_json::from_str::<String>(&written).unwrap(), json);
            let read_again: Verbatim = serde_json::from_str(&written).unwrap();
            assert_eq!(read_again.as_str(), json);
        }
    }

    #[test]
    fn a_string_shows_without_quotes_and_anything_else_as_json() {
        let text: Verbatim = serde_json::from_str(r#""5""#).unwrap();
        let number: Verbatim = serde_json::from_str("5").unwrap();
        assert_eq!((text.as_str(), number.as_str()), ("5", "5"));
        assert_ne!(text, number);
    }
}
