//! How the value of a property is read into its field.

use serde::Deserialize;
use serde::de::MapAccess;

use crate::lenient::{List, Text};
use crate::one_or_list::OneOrList;

/// A method for each kind of field that [`object!`](super::object) knows. Each is compiled for each type, so it has a `match`
/// in place of `?`, which LLVM would get as three times the code.
#[allow(dead_code, reason = "the document decides which of these are called")]
pub(crate) trait Fields<'de>: MapAccess<'de> {
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
}

impl<'de, M: MapAccess<'de>> Fields<'de> for M {}
