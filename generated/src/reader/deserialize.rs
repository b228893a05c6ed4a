//! The serde deserializer of the reader.
//!
//! Its methods are compiled for each type that is read, so they are short. No method has a `?` after the visitor has returned a
//! value, because a `?` there needs code that drops the value. Only [`Key`] has one, for numbers and booleans, which need no drop.

use std::borrow::Cow;

use serde::Deserializer;
use serde::de::value::{
    BorrowedStrDeserializer, MapAccessDeserializer, MapDeserializer, StrDeserializer,
};
use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::scan::Number;
use super::{Fields, Flaw, Reader, Reason};

/// The name of a newtype that is read twice: as a map of one entry, whose key is the text of the value and whose value is
/// the value itself. Only [`Reader`] knows it; other deserializers give the newtype.
pub(crate) const TEXT_THEN_VALUE: &str = "$telnyx_messaging::TextThenValue";

/// The name of a newtype whose value is visited as a string if it is one, and else as [`TEXT_THEN_VALUE`]. Only [`Reader`]
/// knows it too.
pub(crate) const TEXT_OF_OTHERS: &str = "$telnyx_messaging::TextOfOthers";

/// The name by which `serde_json::value::RawValue` asks for its text.
const RAW_VALUE: &str = "$serde_json::private::RawValue";

/// Methods that read a number, whatever its size: its visitor says if it fits.
macro_rules! numbers {
    ($visit:ident: $($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
            match self.peek()? {
                b'-' | b'0'..=b'9' => self.$visit(visitor),
                _ => Err(self.wrong(&visitor)),
            }
        })*
    };
}

/// The integer that a number is, whose fraction is zero. Of one, the digits are what `Display` writes.
fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0).then(|| number.to_string().parse().ok())?
}

impl<'de> Reader<'de> {
    fn visit_number<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Flaw> {
        match self.number()? {
            Number::Unsigned(number) => visitor.visit_u64(number),
            Number::Signed(number) => visitor.visit_i64(number),
            Number::Float(number) => visitor.visit_f64(number),
        }
    }

    /// A number where an integer is due: JSON makes no difference between `1.0` and `1`.
    fn visit_integer<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Flaw> {
        match self.number()? {
            Number::Unsigned(number) => visitor.visit_u64(number),
            Number::Signed(number) => visitor.visit_i64(number),
            Number::Float(number) => match whole(number) {
                Some(number) => visitor.visit_i64(number),
                None => visitor.visit_f64(number),
            },
        }
    }

    fn visit_string<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Flaw> {
        match self.string()? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn visit_object<V: Visitor<'de>>(
        &mut self,
        fields: Fields,
        visitor: V,
    ) -> Result<V::Value, Flaw> {
        match self.open_object(fields) {
            Ok(depth) => visitor.visit_map(Inside {
                reader: self,
                depth,
            }),
            Err(flaw) => Err(flaw),
        }
    }

    fn visit_list<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Flaw> {
        match self.open_list(&visitor) {
            Ok(depth) => visitor.visit_seq(Inside {
                reader: self,
                depth,
            }),
            Err(flaw) => Err(flaw),
        }
    }
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Flaw;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
        match self.peek()? {
            b'{' => self.visit_object(&[], visitor),
            b'[' => self.visit_list(visitor),
            b'"' => self.visit_string(visitor),
            b't' | b'f' => visitor.visit_bool(self.boolean()?),
            b'n' => {
                self.null()?;
                visitor.visit_unit()
            }
            _ => self.visit_number(visitor),
        }
    }

    numbers! {
        visit_number: deserialize_f32 deserialize_f64
    }

    numbers! {
        visit_integer: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
        match self.peek()? {
            b't' | b'f' => visitor.visit_bool(self.boolean()?),
            _ => Err(self.wrong(&visitor)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
        match self.peek()? {
            b'"' => self.visit_string(visitor),
            _ => Err(self.wrong(&visitor)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
        self.deserialize_str(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
        match self.take_null() {
            true => visitor.visit_none(),
            false => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
        match self.peek()? {
            b'n' => {
                self.null()?;
                visitor.visit_unit()
            }
            _ => Err(self.wrong(&visitor)),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Flaw> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Flaw> {
        match name {
            TEXT_OF_OTHERS if self.peek()? == b'"' => self.visit_string(visitor),
            TEXT_THEN_VALUE | TEXT_OF_OTHERS => visitor.visit_map(TextThenValue(self)),
            RAW_VALUE => {
                let text = BorrowedStrDeserializer::new(self.raw()?);
                visitor.visit_map(MapDeserializer::new(std::iter::once((RAW_VALUE, text))))
            }
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
        self.visit_list(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Flaw> {
        self.visit_list(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Flaw> {
        self.visit_list(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
        self.visit_object(&[], visitor)
    }

    /// An object only: a list whose items stand in the order of the fields is a mistake.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: Fields,
        visitor: V,
    ) -> Result<V::Value, Flaw> {
        self.visit_object(fields, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Flaw> {
        if self.peek()? == b'"' {
            let name = self.string()?;
            return visitor.visit_enum(StrDeserializer::new(&name));
        }
        let depth = self.open_object(&[])?;
        visitor.visit_enum(MapAccessDeserializer::new(Inside {
            reader: self,
            depth,
        }))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
        self.skip()?;
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { bytes byte_buf }
}

/// The members of an object or the items of a list.
struct Inside<'a, 'de> {
    reader: &'a mut Reader<'de>,
    /// How much is open as long as the object or the list is.
    depth: usize,
}

impl<'de> MapAccess<'de> for Inside<'_, 'de> {
    type Error = Flaw;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Flaw> {
        match self.reader.next_key_of(self.depth) {
            Ok(Some(key)) => seed.deserialize(Key(key)).map(Some),
            Ok(None) => Ok(None),
            Err(flaw) => Err(flaw),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Flaw> {
        seed.deserialize(&mut *self.reader)
    }
}

impl<'de> SeqAccess<'de> for Inside<'_, 'de> {
    type Error = Flaw;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Flaw> {
        match self.reader.next_item_of(self.depth) {
            Ok(true) => seed.deserialize(&mut *self.reader).map(Some),
            Ok(false) => Ok(None),
            Err(flaw) => Err(flaw),
        }
    }
}

/// The key of a member: a string, or what stands in it where a type asks for a number or a boolean.
struct Key<'de>(Cow<'de, str>);

/// Methods that read what stands in a key.
macro_rules! inside_key {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
            match self.0 {
                Cow::Borrowed(key) => {
                    let mut reader = Reader::new(key.as_bytes());
                    let value = reader.$method(visitor)?;
                    reader.end()?;
                    Ok(value)
                }
                Cow::Owned(_) => Err(Reason::Expected("a plain key".to_owned()).into()),
            }
        })*
    };
}

impl<'de> Deserializer<'de> for Key<'de> {
    type Error = Flaw;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
        match self.0 {
            Cow::Borrowed(key) => visitor.visit_borrowed_str(key),
            Cow::Owned(key) => visitor.visit_string(key),
        }
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
        visitor.visit_str(&self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Flaw> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Flaw> {
        visitor.visit_enum(StrDeserializer::new(&self.0))
    }

    inside_key! {
        deserialize_bool
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_f32 deserialize_f64
    }

    forward_to_deserialize_any! {
        char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct ignored_any
    }
}

/// See [`TEXT_THEN_VALUE`].
struct TextThenValue<'a, 'de>(&'a mut Reader<'de>);

impl<'de> MapAccess<'de> for TextThenValue<'_, 'de> {
    type Error = Flaw;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Flaw> {
        let Self(reader) = self;
        let (text, start) = (reader.shallow()?, reader.at);
        reader.at = start - text.len();
        seed.deserialize(BorrowedStrDeserializer::new(text))
            .map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Flaw> {
        seed.deserialize(&mut *self.0)
    }
}
