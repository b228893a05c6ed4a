//! The JSON text of a value, whatever it is read from.

use std::fmt;

use serde::de::value::MapDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, forward_to_deserialize_any};
use serde_json::Value;
use serde_json::value::RawValue;

/// The text as it stands there when JSON is read, else the text of the value written anew: serde hands buffers of its own
/// to what is inside `#[serde(flatten)]` or `#[serde(tag = …)]`, and these have no text.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Box<RawValue>, D::Error> {
    Box::<RawValue>::deserialize(OrBuffered(deserializer))
}

/// Reads a [`RawValue`], which asks for a newtype that only serde_json knows, from any deserializer.
struct OrBuffered<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for OrBuffered<D> {
    type Error = D::Error;

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let Self(deserializer) = self;
        deserializer.deserialize_newtype_struct(name, RawVisitor { name, visitor })
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        let Self(deserializer) = self;
        deserializer.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct seq
        tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// Passes on the text that serde_json gives as a map of `name`, and makes one like it where there is none.
struct RawVisitor<V> {
    name: &'static str,
    visitor: V,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for RawVisitor<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_map(map)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<V::Value, D::Error> {
        let text = Value::deserialize(deserializer)?.to_string();
        let members = std::iter::once((self.name, text));
        self.visitor.visit_map(MapDeserializer::new(members))
    }
}
