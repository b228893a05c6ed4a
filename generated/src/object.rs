//! Objects: how JSON becomes a struct, and texts that stand in several places.
//!
//! serde can derive `Deserialize`, at a high cost: for each property about a hundred lines of code for LLVM, and a copy of
//! them for each deserializer. [`object!`] writes only what differs between types. The rest is [`fill`] and [`Names`], which
//! know no type. Nothing is buffered, so an error keeps its place; serde's `flatten` loses it.

mod fields;
mod names;
mod text;

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};

use self::names::{Name, Names};
use crate::{ErrorCode, Json, Secret, Timestamp};

#[allow(unused_imports, reason = "a document may have no object")]
pub(crate) use self::fields::Fields;
#[allow(unused_imports, reason = "a document may have no such object")]
pub(crate) use self::text::deserialize_or_text;

/// A struct that stands for an object of the API. [`object!`] implements it.
pub(crate) trait Object: Empty {
    /// The names of its properties.
    const PROPERTIES: &'static [&'static str];
    /// Which of them have to be there.
    const REQUIRED: &'static [bool];
    /// Whether it keeps properties that have other names.
    const KEEPS_OTHERS: bool = false;

    /// Reads the value of a property, by its index in `PROPERTIES`.
    fn read<'de, M: MapAccess<'de>>(&mut self, index: usize, map: &mut M) -> Result<(), M::Error>;

    /// Reads the value of a property that has another name, if the object keeps it.
    fn read_other<'de, M: MapAccess<'de>>(&mut self, _: String, _: &mut M) -> Result<(), M::Error> {
        Ok(())
    }
}

/// A value to start with. What is required is set before anybody sees it.
pub(crate) trait Empty {
    fn empty() -> Self;
}

/// Reads an object.
pub(crate) fn deserialize<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Object,
{
    ObjectVisitor::new().deserialize(deserializer)
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<T> ObjectVisitor<T> {
    fn new() -> Self {
        Self(PhantomData)
    }
}

impl<'de, T: Object> DeserializeSeed<'de> for ObjectVisitor<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_struct("object", T::PROPERTIES, self)
    }
}

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<T, M::Error> {
        let mut object = T::empty();
        let names = Names::new(T::PROPERTIES, T::KEEPS_OTHERS);
        match fill(&mut object, names, T::REQUIRED, &mut map) {
            Ok(()) => Ok(object),
            Err(error) => Err(error),
        }
    }
}

/// Reads all properties into an object.
fn fill<'de, M: MapAccess<'de>>(
    object: &mut dyn Fill<'de, M>,
    mut names: Names,
    required: &[bool],
    map: &mut M,
) -> Result<(), M::Error> {
    while let Some(name) = map.next_key_seed(&mut names)? {
        match name {
            Name::Property(index) => object.read(index, map)?,
            Name::Other(name) => object.read_other(name, map)?,
            Name::Ignored => map.next_value().map(|IgnoredAny| ())?,
        }
    }
    names.require(required)
}

/// An [`Object`] of a type that [`fill`] does not know, so that it is compiled once.
trait Fill<'de, M: MapAccess<'de>> {
    fn read(&mut self, index: usize, map: &mut M) -> Result<(), M::Error>;

    fn read_other(&mut self, name: String, map: &mut M) -> Result<(), M::Error>;
}

impl<'de, T: Object, M: MapAccess<'de>> Fill<'de, M> for T {
    fn read(&mut self, index: usize, map: &mut M) -> Result<(), M::Error> {
        Object::read(self, index, map)
    }

    fn read_other(&mut self, name: String, map: &mut M) -> Result<(), M::Error> {
        Object::read_other(self, name, map)
    }
}

/// How a struct is read. In the brackets stands, for each property, the field, what it takes, and the name in JSON:
///
/// ```ignore
/// object! {
///     impl Message {
///         const id: required = "id";
///         const type_: optional = "type";
///         const media: list = "media";
///     }
///
///     type Others = additional_properties;
/// }
/// ```
///
/// A field is `required`, `optional`, a `list`, or a list of which one item may come alone: `one_or_list`. A
/// `required_text` and an `optional_text` may come as a number. `Others` is the field with all properties of other names.
#[allow(unused_macros, reason = "a document may have no object")]
macro_rules! object {
    (
        impl $name:ident {
            $(const $field:ident: $how:ident = $wire:literal;)*
        }

        $(type Others = $others:ident;)?
    ) => {
        impl $crate::object::Empty for $name {
            fn empty() -> Self {
                Self {
                    $($field: $crate::object::Empty::empty(),)*
                    $($others: $crate::object::Empty::empty(),)?
                }
            }
        }

        impl $crate::object::Object for $name {
            const PROPERTIES: &'static [&'static str] = &[$($wire),*];
            const REQUIRED: &'static [bool] = &[$($crate::object::is_required!($how)),*];

            fn read<'de, M: serde::de::MapAccess<'de>>(
                &mut self,
                index: usize,
                map: &mut M,
            ) -> Result<(), M::Error> {
                use $crate::object::Fields;

                #[allow(non_camel_case_types)]
                enum Index { $($field),* }
                match index {
                    $(index if index == Index::$field as usize => {
                        map.$how(&mut self.$field)
                    })*
                    _ => Ok(()),
                }
            }

            $(
                const KEEPS_OTHERS: bool = true;

                fn read_other<'de, M: serde::de::MapAccess<'de>>(
                    &mut self,
                    name: String,
                    map: &mut M,
                ) -> Result<(), M::Error> {
                    self.$others.insert(name, map.next_value()?);
                    Ok(())
                }
            )?
        }
    };
}

macro_rules! is_required {
    (required) => {
        true
    };
    (required_text) => {
        true
    };
    ($other:ident) => {
        false
    };
}

#[allow(unused_imports, reason = "a document may have no object")]
pub(crate) use {is_required, object};

/// The types of which `Default` makes an empty value.
macro_rules! empty {
    ($($ty:ty),*) => {
        $(impl Empty for $ty {
            fn empty() -> Self {
                Self::default()
            }
        })*
    };
}

empty!(bool, i32, i64, u64, f64, String, Json);

impl<T> Empty for Option<T> {
    fn empty() -> Self {
        None
    }
}

impl<T> Empty for Vec<T> {
    fn empty() -> Self {
        Self::new()
    }
}

impl<T> Empty for BTreeMap<String, T> {
    fn empty() -> Self {
        Self::new()
    }
}

impl<T: Empty> Empty for Box<T> {
    fn empty() -> Self {
        Self::new(T::empty())
    }
}

impl Empty for ErrorCode {
    fn empty() -> Self {
        Self::from("")
    }
}

impl Empty for Secret {
    fn empty() -> Self {
        Self::from("")
    }
}

impl Empty for Timestamp {
    fn empty() -> Self {
        Self::from("")
    }
}

/// The first text that there is. An empty one is none: Telnyx writes it where nothing was set.
pub(crate) fn first_text<const N: usize>(texts: [Option<&str>; N]) -> Option<&str> {
    texts.into_iter().flatten().find(|text| !text.is_empty())
}

#[cfg(test)]
mod tests;
