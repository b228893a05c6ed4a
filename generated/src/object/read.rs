//! Reads all objects.

use std::fmt;
use std::marker::PhantomData;
use std::mem;

use serde::Deserializer;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};

use super::Object;
use super::names::{Name, Names};
use crate::reader::expects;

/// Reads an object.
pub(crate) fn deserialize<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Object,
{
    ObjectVisitor::new().deserialize(deserializer)
}

pub(super) struct ObjectVisitor<T>(PhantomData<T>);

impl<T> ObjectVisitor<T> {
    pub(super) fn new() -> Self {
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
        f.write_str(expects::OBJECT)
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
            Name::Other => object.read_other(mem::take(&mut names.other), map)?,
            Name::Ignored => map.next_value().map(|IgnoredAny| ())?,
        }
    }
    names.require(required)
}

/// An [`Object`] without its type. [`fill`] is therefore compiled only once.
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
