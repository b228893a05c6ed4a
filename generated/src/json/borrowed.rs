//! Reads a JSON value without a copy.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Json, JsonError, decode};

/// A value inside a [`Json`], without a copy. [`Json::get`] and [`Json::by_ref`] return it.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use telnyx_messaging::Json;
///
/// let json: Json = r#"{"parts": 2, "codes": [{"code": "10015"}, {"code": "40300"}]}"#.parse()?;
/// let codes = json.get("/codes").ok_or("no codes")?;
/// let codes: Vec<&str> = codes.items().filter_map(|item| item.get("/code")?.as_str()).collect();
///
/// assert_eq!(codes, ["10015", "40300"]);
/// assert_eq!(json.get("/parts").and_then(|parts| parts.as_i64()), Some(2));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct JsonRef<'a>(pub(super) &'a Value);

impl<'a> JsonRef<'a> {
    /// The part of this value at a JSON pointer ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)), such as `/codes/0`.
    #[must_use]
    pub fn get(self, pointer: &str) -> Option<Self> {
        self.0.pointer(pointer).map(Self)
    }

    /// The string, if the value is a string.
    #[must_use]
    pub fn as_str(self) -> Option<&'a str> {
        self.0.as_str()
    }

    /// The number, if the value is an integer in the range of `i64`.
    #[must_use]
    pub fn as_i64(self) -> Option<i64> {
        self.0.as_i64()
    }

    /// The number, if the value is a number.
    #[must_use]
    pub fn as_f64(self) -> Option<f64> {
        self.0.as_f64()
    }

    /// The boolean, if the value is `true` or `false`.
    #[must_use]
    pub fn as_bool(self) -> Option<bool> {
        self.0.as_bool()
    }

    /// Whether the value is `null`.
    #[must_use]
    pub fn is_null(self) -> bool {
        self.0.is_null()
    }

    /// The items, if the value is a list. Otherwise the iterator is empty.
    pub fn items(self) -> impl Iterator<Item = Self> {
        self.0.as_array().into_iter().flatten().map(Self)
    }

    /// The name and value of each property, if the value is an object. Otherwise the iterator is empty.
    pub fn entries(self) -> impl Iterator<Item = (&'a str, Self)> {
        let entries = self.0.as_object().into_iter().flatten();
        entries.map(|(name, value)| (name.as_str(), Self(value)))
    }

    /// Deserializes the value into your own type.
    ///
    /// # Errors
    ///
    /// Fails if the value does not match `T`.
    pub fn decode<T: DeserializeOwned>(self) -> Result<T, JsonError> {
        decode(self.0)
    }

    /// A copy of the value.
    #[must_use]
    pub fn to_json(self) -> Json {
        Json(self.0.clone())
    }
}

/// Prints JSON without blanks.
impl fmt::Display for JsonRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for JsonRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "JsonRef({})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json() -> Json {
        r#"{"a":[1,2.5,true,null,"x"],"b":{"c/d":{}}}"#.parse().unwrap()
    }

    #[test]
    fn each_kind_of_value_is_read_in_place() {
        let json = json();
        let at = |pointer| json.get(pointer).unwrap();
        assert_eq!(at("/a/0").as_i64(), Some(1));
        assert_eq!(
            (at("/a/1").as_f64(), at("/a/1").as_i64()),
            (Some(2.5), None)
        );
        assert_eq!(at("/a/2").as_bool(), Some(true));
        assert!(at("/a/3").is_null() && !at("/a/4").is_null());
        assert_eq!(at("/a/4").as_str(), Some("x"));
        assert_eq!(json.get("/a/5"), None);
        assert_eq!(at("/b").get("/c~1d").unwrap().to_string(), "{}");
        assert_eq!(json.by_ref().to_json(), json);
        assert_eq!(at(""), json.by_ref());
    }

    #[test]
    fn only_a_list_has_items_and_only_an_object_has_entries() {
        let json = json();
        let (list, object) = (json.get("/a").unwrap(), json.get("/b").unwrap());
        assert_eq!((list.items().count(), list.entries().count()), (5, 0));
        let names: Vec<&str> = object.entries().map(|(name, _)| name).collect();
        assert_eq!((names, object.items().count()), (vec!["c/d"], 0));
        let codes = json.get("/a/0").unwrap();
        assert_eq!(codes.decode::<u8>().unwrap(), 1);
    }
}
