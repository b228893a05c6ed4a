//! Objects: how JSON becomes a struct and a struct becomes JSON, and texts that stand in several places.
//!
//! The code that serde derives has over a hundred lines of LLVM IR for each property. [`object!`] writes only what differs
//! between types, and functions that know no type do the rest. Nothing is buffered, so an error keeps its place; serde's
//! `flatten` loses the place.

mod empty;
mod fields;
mod names;
mod read;
#[cfg(test)]
mod tests;
mod text;
mod write;

use serde::de::MapAccess;
use serde::ser::SerializeMap;

pub(crate) use self::empty::Empty;
pub(crate) use self::fields::{ReadField, WriteField};
pub(crate) use self::read::deserialize;
#[allow(unused_imports, reason = "a document may have no such object")]
pub(crate) use self::text::deserialize_or_text;
pub(crate) use self::write::serialize;

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

/// An [`Object`] that can be written into a map.
pub(crate) trait Written<M: SerializeMap> {
    /// The number of properties, without those that have other names.
    fn properties(&self) -> usize;

    /// Writes the property with that index in `PROPERTIES`, unless it is empty and may be missing.
    fn write(&self, index: usize, map: &mut M) -> Result<(), M::Error>;

    /// Writes the properties that have other names, if the object keeps them.
    fn write_others(&self, _: &mut M) -> Result<(), M::Error> {
        Ok(())
    }
}

/// How a struct is read and written. For each property stand the field, its kind, and the name in JSON:
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
///     const TEXT: &str = "body";
/// }
/// ```
///
/// A field is `required`, `optional`, a `list`, or a list of which one item may come alone: `one_or_list`. A
/// `required_text` and an `optional_text` may come as a number. What is `nullable` is read like what is optional, and
/// written as null if it is absent; a `required_list` is read like a list, and written if it is empty. `nullable_text` and
/// `required_one_or_list` are these of a text and of a list. `Others` is the field with all properties of other names. An
/// object with `TEXT` may come as a string, which is the value of that property.
macro_rules! object {
    (
        impl $name:ident {
            $(const $field:ident: $kind:ident = $wire:literal;)*
        }

        $(type Others = $others:ident;)?
        $(const TEXT: &str = $text:literal;)?
    ) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::object::deserialize_by!(deserializer $($text)?)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::object::serialize(self, serializer)
            }
        }

        // Here, names of types begin with small letters, because the object's own name may be `Order` or `M`.
        #[allow(non_camel_case_types, clippy::enum_variant_names)]
        const _: () = {
            enum order { $($field),* }

            /// The index of each property. A constant can be a pattern.
            struct position;

            #[allow(non_upper_case_globals)]
            impl position {
                $(const $field: usize = order::$field as usize;)*
            }

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
                const REQUIRED: &'static [bool] = &[$($crate::object::is_required!($kind)),*];

                fn read<'de, M: serde::de::MapAccess<'de>>(
                    &mut self,
                    index: usize,
                    map: &mut M,
                ) -> Result<(), M::Error> {
                    use $crate::object::ReadField;

                    match index {
                        $(position::$field => map.$kind(&mut self.$field),)*
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

            impl<writer: serde::ser::SerializeMap> $crate::object::Written<writer> for $name {
                fn properties(&self) -> usize {
                    <Self as $crate::object::Object>::PROPERTIES.len()
                }

                fn write(&self, index: usize, map: &mut writer) -> Result<(), writer::Error> {
                    use $crate::object::WriteField;

                    match index {
                        $(position::$field => map.$kind($wire, &self.$field),)*
                        _ => Ok(()),
                    }
                }

                $(
                    fn write_others(&self, map: &mut writer) -> Result<(), writer::Error> {
                        let mut others = self.$others.iter();
                        others.try_for_each(|(name, value)| map.serialize_entry(name, value))
                    }
                )?
            }
        };
    };
}

/// Reads an object, or an object that may come as a string.
macro_rules! deserialize_by {
    ($deserializer:ident) => {
        $crate::object::deserialize($deserializer)
    };
    ($deserializer:ident $text:literal) => {
        $crate::object::deserialize_or_text($deserializer, $text)
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

pub(crate) use {deserialize_by, is_required, object};

/// The first text that there is. An empty one is none: Telnyx writes it where nothing was set.
pub(crate) fn first_text<const N: usize>(texts: [Option<&str>; N]) -> Option<&str> {
    texts.into_iter().flatten().find(|text| !text.is_empty())
}
