//! How a field is read and written: a method for each kind of field that [`object!`](super::object) knows.
//!
//! Each method is compiled for each type, so it has a `match` in place of `?`, which would give LLVM three times the code.

use serde::de::MapAccess;
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Deserialize, Serialize, Serializer};

use crate::lenient::{List, Text};
use crate::one_or_list::OneOrList;

/// Reads the value of a property into its field.
pub(crate) trait ReadField<'de>: MapAccess<'de> {
    /// Reads a value that has to be there.
    fn required<T: Deserialize<'de>>(&mut self, field: &mut T) -> Result<(), Self::Error> {
        match self.next_value() {
            Ok(value) => {
                *field = value;
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// Reads a value that may be null.
    fn optional<T: Deserialize<'de>>(&mut self, field: &mut Option<T>) -> Result<(), Self::Error> {
        self.required(field)
    }

    /// Reads a text that may come as a number.
    fn required_text(&mut self, field: &mut String) -> Result<(), Self::Error> {
        *field = self.next_value::<Text>()?.0;
        Ok(())
    }

    /// Reads a text that may come as a number, or as null.
    fn optional_text(&mut self, field: &mut Option<String>) -> Result<(), Self::Error> {
        *field = self.next_value::<Option<Text>>()?.map(|Text(text)| text);
        Ok(())
    }

    /// Reads a list; `null` is the empty one.
    fn list<T: Deserialize<'de>>(&mut self, field: &mut Vec<T>) -> Result<(), Self::Error> {
        match self.next_value() {
            Ok(List(items)) => {
                *field = items;
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// Reads a list, of which one item may come alone.
    fn one_or_list<T: Deserialize<'de>>(&mut self, field: &mut Vec<T>) -> Result<(), Self::Error> {
        *field = self.next_value::<OneOrList<T>>()?.0;
        Ok(())
    }

    /// Reads what is optional. The methods from here on differ from the ones above only in what is written.
    fn nullable<T: Deserialize<'de>>(&mut self, field: &mut Option<T>) -> Result<(), Self::Error> {
        self.optional(field)
    }

    fn nullable_text(&mut self, field: &mut Option<String>) -> Result<(), Self::Error> {
        self.optional_text(field)
    }

    fn required_list<T: Deserialize<'de>>(
        &mut self,
        field: &mut Vec<T>,
    ) -> Result<(), Self::Error> {
        self.list(field)
    }

    fn required_one_or_list<T: Deserialize<'de>>(
        &mut self,
        field: &mut Vec<T>,
    ) -> Result<(), Self::Error> {
        self.one_or_list(field)
    }
}

impl<'de, M: MapAccess<'de>> ReadField<'de> for M {}

/// Writes the property of a field.
pub(crate) trait WriteField: SerializeMap {
    fn required<T: Serialize>(&mut self, name: &str, field: &T) -> Result<(), Self::Error> {
        self.serialize_entry(name, field)
    }

    fn optional<T: Serialize>(&mut self, name: &str, field: &Option<T>) -> Result<(), Self::Error> {
        match field {
            Some(value) => self.serialize_entry(name, value),
            None => Ok(()),
        }
    }

    fn required_text(&mut self, name: &str, field: &String) -> Result<(), Self::Error> {
        self.required(name, field)
    }

    fn optional_text(&mut self, name: &str, field: &Option<String>) -> Result<(), Self::Error> {
        self.optional(name, field)
    }

    fn list<T: Serialize>(&mut self, name: &str, field: &[T]) -> Result<(), Self::Error> {
        match field.is_empty() {
            true => Ok(()),
            false => self.serialize_entry(name, &Items(field)),
        }
    }

    fn one_or_list<T: Serialize>(&mut self, name: &str, field: &[T]) -> Result<(), Self::Error> {
        self.list(name, field)
    }

    /// Writes null if there is no value.
    fn nullable<T: Serialize>(&mut self, name: &str, field: &Option<T>) -> Result<(), Self::Error> {
        self.serialize_entry(name, field)
    }

    fn nullable_text(&mut self, name: &str, field: &Option<String>) -> Result<(), Self::Error> {
        self.serialize_entry(name, field)
    }

    /// Writes an empty list too.
    fn required_list<T: Serialize>(&mut self, name: &str, field: &[T]) -> Result<(), Self::Error> {
        self.serialize_entry(name, &Items(field))
    }

    fn required_one_or_list<T: Serialize>(
        &mut self,
        name: &str,
        field: &[T],
    ) -> Result<(), Self::Error> {
        self.required_list(name, field)
    }
}

impl<M: SerializeMap> WriteField for M {}

/// The items of a list. A loop is a third of the code that serde's own `Serialize` of a list has for each type.
struct Items<'a, T>(&'a [T]);

impl<T: Serialize> Serialize for Items<'_, T> {
    #[allow(clippy::question_mark, reason = "`?` is more code for each type")]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = match serializer.serialize_seq(Some(self.0.len())) {
            Ok(list) => list,
            Err(error) => return Err(error),
        };
        for item in self.0 {
            if let Err(error) = list.serialize_element(item) {
                return Err(error);
            }
        }
        list.end()
    }
}
