//! Objects that may come as a string, which is then the value of one property.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeSeed, IgnoredAny, MapAccess, Unexpected, Visitor};
use serde::{Deserializer, forward_to_deserialize_any};

use super::Object;
use super::read::ObjectVisitor;
use crate::reader;

/// Reads an object, or a string. A string is read as an object whose only property is `property`.
pub(crate) fn deserialize_or_text<'de, D, T>(
    deserializer: D,
    property: &'static str,
) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Object,
{
    let visitor = ObjectOrText {
        object: ObjectVisitor::new(),
        property,
    };
    deserializer.deserialize_newtype_struct(reader::TEXT_OF_OTHERS, visitor)
}

struct ObjectOrText<T> {
    object: ObjectVisitor<T>,
    property: &'static str,
}

impl<'de, T: Object> Visitor<'de> for ObjectOrText<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(reader::expects::OBJECT_OR_TEXT)
    }

    /// Reads a value that is not a string, from the crate's own reader.
    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<T, M::Error> {
        let text: &str = map.next_key()?.unwrap_or_default();
        if !text.starts_with('{') {
            map.next_value::<IgnoredAny>()?;
            return Err(de::Error::invalid_type(
                Unexpected::Other("another value"),
                &self,
            ));
        }
        map.next_value_seed(self.object)
    }

    /// Reads any value, from any other deserializer.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(OfOthers(self))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        self.object.visit_map(OneText {
            property: Some(self.property),
            text: SomeText(text, PhantomData),
        })
    }
}

/// Reads the same from a deserializer that knows the type of its value.
struct OfOthers<T>(ObjectOrText<T>);

impl<'de, T: Object> Visitor<'de> for OfOthers<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<T, M::Error> {
        self.0.object.visit_map(map)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        self.0.visit_str(text)
    }
}

/// An object with a single property, which is a string.
struct OneText<'a, E> {
    property: Option<&'static str>,
    text: SomeText<'a, E>,
}

impl<'de, E: de::Error> MapAccess<'de> for OneText<'_, E> {
    type Error = E;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, E> {
        let property = self.property.take().map(StrDeserializer::new);
        property.map(|name| seed.deserialize(name)).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, E> {
        seed.deserialize(self.text)
    }
}

/// A string that is present, even for an optional field.
struct SomeText<'a, E>(&'a str, PhantomData<E>);

impl<E> Clone for SomeText<'_, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for SomeText<'_, E> {}

impl<'de, E: de::Error> Deserializer<'de> for SomeText<'_, E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_str(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_some(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
