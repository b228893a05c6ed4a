//! Finds the property of an object that a key names.

use std::fmt;
use std::mem;

use serde::de::{self, DeserializeSeed, Deserializer, Visitor};

/// The names of an object's properties, and which of them have been read.
pub(super) struct Names {
    names: &'static [&'static str],
    keeps_others: bool,
    /// The last key that is not a name of a property, if the object keeps such keys.
    pub(super) other: String,
    /// The index where the search for a key begins. Telnyx mostly sends properties in the documented order.
    next: usize,
    came: Came,
}

/// The key of a member.
pub(super) enum Name {
    /// The index of the property.
    Property(usize),
    /// Another name, which is in [`Names::other`].
    Other,
    Ignored,
}

impl Names {
    pub(super) fn new(names: &'static [&'static str], keeps_others: bool) -> Self {
        Self {
            names,
            keeps_others,
            other: String::new(),
            next: 0,
            came: Came::new(names.len()),
        }
    }

    /// Fails if a required property is missing.
    pub(super) fn require<E: de::Error>(&self, required: &[bool]) -> Result<(), E> {
        let missing = self
            .names
            .iter()
            .zip(required)
            .enumerate()
            .find(|(index, (_, required))| **required && !self.came.has(*index));
        match missing {
            Some((_, (name, _))) => Err(E::missing_field(name)),
            None => Ok(()),
        }
    }

    fn find(&self, key: &str) -> Option<usize> {
        let (before, after) = self.names.split_at_checked(self.next)?;
        let is_key = |name: &&str| *name == key;
        match after.iter().position(is_key) {
            Some(index) => Some(self.next + index),
            None => before.iter().position(is_key),
        }
    }

    fn accept<E: de::Error>(&mut self, key: &str) -> Result<Name, E> {
        let Some(index) = self.find(key) else {
            if !self.keeps_others {
                return Ok(Name::Ignored);
            }
            key.clone_into(&mut self.other);
            return Ok(Name::Other);
        };
        if self.came.replace(index) {
            let name = self.names.get(index).copied();
            return Err(E::duplicate_field(name.unwrap_or_default()));
        }
        self.next = index + 1;
        Ok(Name::Property(index))
    }
}

impl<'de> DeserializeSeed<'de> for &mut Names {
    type Value = Name;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Name, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for &mut Names {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    fn visit_str<E: de::Error>(self, key: &str) -> Result<Name, E> {
        self.accept(key)
    }
}

/// Which properties have been read. The first properties have a bit each, so a usual object needs no allocation.
struct Came {
    first: u64,
    more: Vec<bool>,
}

const FIRST: usize = u64::BITS as usize;

impl Came {
    fn new(properties: usize) -> Self {
        Self {
            first: 0,
            more: vec![false; properties.saturating_sub(FIRST)],
        }
    }

    fn has(&self, index: usize) -> bool {
        match index.checked_sub(FIRST) {
            None => self.first & (1 << index) != 0,
            Some(more) => self.more.get(more) == Some(&true),
        }
    }

    /// Records that a property was read, and returns whether it was read before.
    fn replace(&mut self, index: usize) -> bool {
        match index.checked_sub(FIRST) {
            None => {
                let before = self.has(index);
                self.first |= 1 << index;
                before
            }
            Some(more) => {
                let came = self.more.get_mut(more);
                came.is_some_and(|came| mem::replace(came, true))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::de::value::Error;

    use super::*;

    #[test]
    fn every_property_of_a_big_object_is_found_and_counted_once() {
        let names: Vec<&str> = (0..200)
            .map(|index| format!("p{index}").leak() as &str)
            .collect();
        let mut came = Names::new(names.leak(), false);
        for index in (0..200).rev() {
            let key = format!("p{index}");
            came.require::<Error>(&[true; 200]).unwrap_err();
            let found = came.accept::<Error>(&key);
            assert!(matches!(found, Ok(Name::Property(found)) if found == index));
            assert!(came.accept::<Error>(&key).is_err(), "{key} came twice");
        }
        came.require::<Error>(&[true; 200]).unwrap();
        assert!(matches!(came.accept::<Error>("p200"), Ok(Name::Ignored)));
    }
}
