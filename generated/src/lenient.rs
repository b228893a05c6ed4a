//! Fields that Telnyx also sends as types that it does not document.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Number;

use crate::reader::{self, expects};

/// Reads a list. `null` is an empty list.
pub(crate) struct List<T>(pub(crate) Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_option(ListVisitor(PhantomData))
            .map(Self)
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(expects::LIST)
    }

    fn visit_none<E>(self) -> Result<Vec<T>, E> {
        Ok(Vec::new())
    }

    fn visit_unit<E>(self) -> Result<Vec<T>, E> {
        Ok(Vec::new())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<T>, D::Error> {
        deserializer.deserialize_seq(self)
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut list: S) -> Result<Vec<T>, S::Error> {
        let mut items = Vec::new();
        loop {
            match list.next_element() {
                Ok(Some(item)) => items.push(item),
                Ok(None) => return Ok(items),
                Err(error) => return Err(error),
            }
        }
    }
}

/// A string that some responses contain as a number, such as an amount, id or code. The string has the number's digits: `1.50`,
/// not `1.5`.
pub(crate) struct Text(pub(crate) String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_newtype_struct(reader::TEXT_OF_OTHERS, DigitsVisitor)
            .map(Self)
    }
}

/// Reads a string, or the JSON of another value, from the crate's own reader. Other deserializers visit the value itself.
struct DigitsVisitor;

impl<'de> Visitor<'de> for DigitsVisitor {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        TextVisitor.expecting(f)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<String, E> {
        Ok(text)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<String, A::Error> {
        let text: &str = map.next_key()?.unwrap_or_default();
        if !text.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
            return Err(de::Error::invalid_type(Unexpected::Other("JSON"), &self));
        }
        map.next_value::<IgnoredAny>()?;
        Ok(text.to_owned())
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<String, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(expects::TEXT_OR_NUMBER)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<String, E> {
        Ok(text)
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<String, E> {
        Ok(number.to_string())
    }

    /// With serde_json's feature `arbitrary_precision`, which any crate of a program turns on for all, a number is a map
    /// that only serde_json's own type can read.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<String, A::Error> {
        match Number::deserialize(MapAccessDeserializer::new(map)) {
            Ok(number) => Ok(number.to_string()),
            Err(_) => Err(de::Error::invalid_type(Unexpected::Map, &self)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::object::object;

    #[derive(Debug, PartialEq)]
    struct Fields {
        list: Vec<u8>,
        required: String,
        optional: Option<String>,
    }

    object! {
        impl Fields {
            const list: list = "list";
            const required: required_text = "required";
            const optional: optional_text = "optional";
        }
    }

    fn fields(json: &str) -> Result<Fields, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn a_list_that_is_null_or_absent_is_empty() {
        assert!(
            fields(r#"{"required":"","list":null}"#)
                .unwrap()
                .list
                .is_empty()
        );
        assert!(fields(r#"{"required":""}"#).unwrap().list.is_empty());
        assert_eq!(
            fields(r#"{"required":"","list":[1,2]}"#).unwrap().list,
            [1, 2]
        );
    }

    #[test]
    fn a_number_becomes_its_text() {
        for (json, text) in [
            ("10015", "10015"),
            ("-1", "-1"),
            ("0.004", "0.004"),
            (r#""0.0040""#, "0.0040"),
        ] {
            let read = fields(&format!(r#"{{"required":{json},"optional":{json}}}"#)).unwrap();
            assert_eq!(read.required, text);
            assert_eq!(read.optional.as_deref(), Some(text));
        }
    }

    #[test]
    fn a_number_of_a_body_keeps_its_digits() {
        for json in ["1.50", "12345678901234567890123", "1e2", "-0", "1E400"] {
            let body = format!(r#"{{"required":{json}, "optional":{json}}}"#);
            let read: Fields = crate::reader::read(body.as_bytes()).unwrap();
            assert_eq!(read.required, json);
            assert_eq!(read.optional.as_deref(), Some(json));
        }
        for json in ["true", "null", "[1]", "{}"] {
            let body = format!(r#"{{"required":{json}}}"#);
            let mistake = crate::reader::read::<Fields>(body.as_bytes()).unwrap_err();
            let reason = mistake.reason().to_string();
            assert_eq!(reason, "expected a string or a number", "{json}");
        }
    }

    #[test]
    fn null_is_none_where_the_text_is_optional_and_an_error_where_it_is_not() {
        assert_eq!(
            fields(r#"{"required":"","optional":null}"#)
                .unwrap()
                .optional,
            None
        );
        assert!(fields(r#"{"required":null}"#).is_err());
    }

    #[test]
    fn an_object_is_no_text() {
        let error = fields(r#"{"required":{}}"#).unwrap_err().to_string();
        assert!(error.contains("expected a string or a number"), "{error}");
    }
}
