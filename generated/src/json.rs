//! JSON without a fixed structure.

mod borrowed;

use std::fmt;
use std::str::FromStr;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

pub use self::borrowed::JsonRef;

use crate::reader::{self, Mistake};
use crate::redact;

/// Any JSON value.
///
/// The crate uses it for objects that Telnyx documents without properties, and for members of a union that this version does not
/// know. The default is `null`.
///
/// An integer that fits neither `i64` nor `u64`, and a number with a fraction or an exponent, is the nearest `f64`. The raw body keeps
/// the digits.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use telnyx_messaging::Json;
///
/// let json: Json = r#"{"url": "https://developers.telnyx.com", "codes": [10015]}"#.parse()?;
/// let url = json.get("/url").ok_or("no url")?;
/// let codes: Vec<u32> = json.get("/codes").ok_or("no codes")?.decode()?;
///
/// assert_eq!(url.as_str(), Some("https://developers.telnyx.com"));
/// assert_eq!(codes, [10015]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Json(Value);

impl Json {
    /// Serializes your own value.
    ///
    /// # Errors
    ///
    /// Fails if JSON cannot represent the value, for example a map whose keys are not strings, or if its `Serialize` fails.
    pub fn new(value: impl Serialize) -> Result<Self, JsonError> {
        serde_json::to_value(value)
            .map(Self)
            .map_err(JsonError::writing)
    }

    /// Deserializes the value into your own type.
    ///
    /// # Errors
    ///
    /// Fails if the value does not match `T`.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, JsonError> {
        decode(&self.0)
    }

    /// The value at a JSON pointer ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)), such as `/codes/0`, without a copy.
    #[must_use]
    pub fn get(&self, pointer: &str) -> Option<JsonRef<'_>> {
        self.by_ref().get(pointer)
    }

    /// The same value without a copy. [`JsonRef`] has the methods that read a number, a boolean, a list or an object.
    #[must_use]
    pub fn by_ref(&self) -> JsonRef<'_> {
        JsonRef(&self.0)
    }

    /// The value where it travels as text: a string without quotes, anything else as JSON.
    #[allow(dead_code, reason = "a document may have no such parameter")]
    pub(crate) fn into_text(self) -> String {
        match self.0 {
            Value::String(text) => text,
            other => other.to_string(),
        }
    }

    /// The string, if the value is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        self.0.as_str()
    }
}

/// Reads a value as a text, because only the reader of this crate knows the place of a mistake, and shows no value.
fn decode<T: DeserializeOwned>(value: &Value) -> Result<T, JsonError> {
    reader::read(value.to_string().as_bytes()).map_err(JsonError::reading)
}

impl FromStr for Json {
    type Err = JsonError;

    fn from_str(text: &str) -> Result<Self, JsonError> {
        reader::read(text.as_bytes()).map_err(JsonError::reading)
    }
}

/// Prints JSON without blanks.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self)
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Json({})", self.0)
    }
}

/// How many bytes an error's text has at most.
const LONGEST: usize = 1000;

/// An error in JSON, with its place but without the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError(String);

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for JsonError {}

impl JsonError {
    pub(crate) fn reading(mistake: Mistake) -> Self {
        Self(redact::line(&mistake.to_string(), LONGEST))
    }

    /// The value is the caller's own; its phone numbers are masked all the same.
    fn writing(error: serde_json::Error) -> Self {
        Self(redact::line(&error.to_string(), LONGEST))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::Json;

    #[test]
    fn a_value_of_ones_own_becomes_json_and_comes_back() {
        let json = Json::new(HashMap::from([("codes", vec![10015])])).unwrap();
        assert_eq!(json.to_string(), r#"{"codes":[10015]}"#);
        assert_eq!(
            json.decode::<HashMap<String, Vec<u32>>>().unwrap()["codes"],
            [10015]
        );
    }

    #[test]
    fn what_json_cannot_hold_is_an_error() {
        let error = Json::new(HashMap::from([((1, 2), "a list as a key")])).unwrap_err();
        assert_eq!(error.to_string(), "key must be a string");
    }

    #[test]
    fn a_form_that_was_not_asked_for_is_an_error() {
        let json: Json = r#"{"codes":"none"}"#.parse().unwrap();
        let codes = json.get("/codes").unwrap();
        let error = codes.decode::<Vec<u32>>().unwrap_err();
        assert!(error.to_string().contains("expected a sequence"), "{error}");
    }

    #[test]
    fn an_error_does_not_quote_the_value() {
        let json: Json = r#""+13125550001""#.parse().unwrap();
        let error = json.decode::<u32>().unwrap_err();
        assert_eq!(error.to_string(), "expected u32");
    }

    #[test]
    fn an_error_does_not_quote_what_it_does_not_know() {
        #[derive(Debug, serde::Deserialize)]
        enum Nothing {}
        #[derive(Debug, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Empty {}
        let text: Json = r#""+13125550001""#.parse().unwrap();
        let object: Json = r#"{"+13125550001":1}"#.parse().unwrap();
        for error in [
            text.decode::<Nothing>().unwrap_err(),
            object.decode::<Empty>().unwrap_err(),
        ] {
            assert!(!error.to_string().contains("3125550001"), "{error}");
        }
    }

    #[test]
    fn a_pointer_to_nothing_gives_nothing() {
        let json: Json = "[1]".parse().unwrap();
        assert_eq!(json.get("/1"), None);
        assert_eq!(
            json.get("").map(|whole| whole.to_json()),
            Some(json.clone())
        );
    }

    #[test]
    fn text_that_is_not_json_is_refused() {
        assert!("{".parse::<Json>().is_err());
    }
}
