//! A JSON value that is kept whatever its type.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::reader;

/// A JSON value that is text to whoever reads it and itself to whoever writes it.
///
/// Behind [`Timestamp`](crate::Timestamp) and [`Unrecognized`](crate::Unrecognized): what Telnyx sent never fails a
/// message for being of another type than documented. A string goes back out as it came; anything else is written anew
/// from its value, so `1.50` may become `1.5`.
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
            Self::Other(json) => reader::read::<Value>(json.as_bytes())
                .map_err(serde::ser::Error::custom)?
                .serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Verbatim {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self::from)
    }
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
    fn a_string_shows_without_quotes_and_anything_else_as_json() {
        let text: Verbatim = serde_json::from_str(r#""5""#).unwrap();
        let number: Verbatim = serde_json::from_str("5").unwrap();
        assert_eq!((text.as_str(), number.as_str()), ("5", "5"));
        assert_ne!(text, number);
    }
}
