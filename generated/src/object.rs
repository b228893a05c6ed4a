//! Objects that keep unknown properties, that may come as a string, or that have one text in several places.
//!
//! For the first two, a deserializer wraps another one, so that serde can derive `Deserialize`. The wrapper buffers nothing, so
//! an error keeps its place. `#[serde(flatten)]` loses the place.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeSeed, IgnoredAny, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, forward_to_deserialize_any};

use crate::reader;

/// Keeps the properties of a struct that no field of it has.
pub(crate) struct Additional<'a, D, T> {
    deserializer: D,
    kept: &'a mut BTreeMap<String, T>,
}

impl<'a, D, T> Additional<'a, D, T> {
    /// Reads a struct from `deserializer`, and the further properties into `kept`.
    pub(crate) fn new(deserializer: D, kept: &'a mut BTreeMap<String, T>) -> Self {
        Self { deserializer, kept }
    }
}

impl<'de, D: Deserializer<'de>, T: Deserialize<'de>> Deserializer<'de> for Additional<'_, D, T> {
    type Error = D::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let sorting = Sorting {
            inner: visitor,
            fields,
            kept: self.kept,
        };
        self.deserializer.deserialize_struct(name, fields, sorting)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.deserializer.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// The members of an object, or what reads them: those that are fields go to `inner`, the others are kept.
struct Sorting<'a, I, T> {
    inner: I,
    fields: &'static [&'static str],
    kept: &'a mut BTreeMap<String, T>,
}

impl<'de, V: Visitor<'de>, T: Deserialize<'de>> Visitor<'de> for Sorting<'_, V, T> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.inner.visit_map(Sorting {
            inner: map,
            fields: self.fields,
            kept: self.kept,
        })
    }
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> MapAccess<'de> for Sorting<'_, A, T> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        while let Some(key) = self.inner.next_key::<String>()? {
            if let Some(field) = self.fields.iter().find(|field| **field == key) {
                return seed.deserialize(StrDeserializer::new(field)).map(Some);
            }
            let value = self.inner.next_value()?;
            self.kept.insert(key, value);
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.inner.next_value_seed(seed)
    }
}

/// Takes a text in place of a struct: it is the struct with that text as one property.
pub(crate) struct OrText<D> {
    deserializer: D,
    property: &'static str,
}

impl<D> OrText<D> {
    /// Reads a struct from `deserializer`; a text there is its `property`.
    pub(crate) fn new(deserializer: D, property: &'static str) -> Self {
        Self {
            deserializer,
            property,
        }
    }
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for OrText<D> {
    type Error = D::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let visitor = ObjectOrText {
            name,
            fields,
            visitor,
            property: self.property,
        };
        self.deserializer
            .deserialize_newtype_struct(reader::TEXT_OF_OTHERS, visitor)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.deserializer.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

struct ObjectOrText<V> {
    name: &'static str,
    fields: &'static [&'static str],
    visitor: V,
    property: &'static str,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for ObjectOrText<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a string")
    }

    /// Of the crate's own reader, an object that is told its fields: a mistake in one of them then names it.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<V::Value, A::Error> {
        let text: &str = map.next_key()?.unwrap_or_default();
        if !text.starts_with('{') {
            map.next_value::<IgnoredAny>()?;
            return Err(de::Error::invalid_type(
                Unexpected::Other("another value"),
                &self,
            ));
        }
        map.next_value_seed(Struct(self))
    }

    /// Of any other deserializer, whatever it holds.
    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<V::Value, D::Error> {
        deserializer.deserialize_any(Struct(self))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<V::Value, E> {
        self.visitor.visit_map(OneText {
            property: Some(self.property),
            text: SomeText(text, PhantomData),
        })
    }
}

/// The object, read as a struct.
struct Struct<V>(ObjectOrText<V>);

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Struct<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        let Self(object) = self;
        deserializer.deserialize_struct(object.name, object.fields, object.visitor)
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Struct<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.0.visitor.visit_map(map)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<V::Value, E> {
        self.0.visit_str(text)
    }
}

/// An object of one text.
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

/// A text that is there, also where a field may be absent.
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

/// The first text that there is. An empty one is none: Telnyx writes it where nothing was set.
pub(crate) fn first_text<const N: usize>(texts: [Option<&str>; N]) -> Option<&str> {
    texts.into_iter().flatten().find(|text| !text.is_empty())
}

#[cfg(test)]
mod tests;
