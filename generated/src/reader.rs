//! Reads JSON. A mistake is a reason and a place, not a string, so no string in a body can imitate a mistake.

mod deserialize;
pub(crate) mod expects;
mod mistake;
mod places;
mod scan;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::Expected;

pub(crate) use self::deserialize::{TEXT_OF_OTHERS, TEXT_THEN_VALUE};
pub(crate) use self::mistake::{Flaw, Mistake, Reason, Step, path};
pub(crate) use self::places::{first_byte, items_so_far, members_so_far, places};

/// The maximum depth of objects and lists, because serde reads them by recursion.
const DEEPEST: usize = 127;

/// JSON may begin with a byte order mark (RFC 8259, section 8.1).
pub(crate) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The maximum number of values in a body. In memory, a value takes many times the bytes of its JSON.
const MOST_VALUES: usize = 100_000;

/// The maximum number of non-empty objects in a body. An object without a known type takes a tree of its own in memory.
const MOST_OBJECTS: usize = 50_000;

/// Reads all of `json` into a `T`.
pub(crate) fn read<'de, T: Deserialize<'de>>(json: &'de [u8]) -> Result<T, Mistake> {
    Reader::new(json).read()
}

/// Reads all of a body that somebody sent into a `T`, if it has no more values than a body may have.
pub(crate) fn read_body<'de, T: Deserialize<'de>>(json: &'de [u8]) -> Result<T, Mistake> {
    Reader::of_body(json).read()
}

/// Checks that `json` is valid JSON.
#[cfg(any(test, feature = "webhooks"))]
pub(crate) fn check(json: &str) -> Result<(), Mistake> {
    let mut reader = Reader::of_body(json.as_bytes());
    let checked = reader.skip().and_then(|_| reader.end());
    checked.map_err(|flaw| reader.mistake(flaw))
}

/// The members of an object, each with its key and its JSON.
pub(crate) type Members<'a> = Vec<(Cow<'a, str>, &'a str)>;

/// The value of the member with this name. If there are several, the last one counts, as in JavaScript and Python.
pub(crate) fn last_member<V: Copy>(members: &[(Cow<'_, str>, V)], name: &str) -> Option<V> {
    let mut last_first = members.iter().rev();
    let member = last_first.find(|(key, _)| key == name);
    member.map(|(_, value)| *value)
}

/// The members of the object in `json`, and the members of its member `inner`, if `inner` is an object.
pub(crate) fn members<'a>(
    json: &'a [u8],
    inner: Option<&str>,
) -> Result<(Members<'a>, Members<'a>), Mistake> {
    let mut reader = Reader::of_body(json);
    let members = reader.members(inner).and_then(|members| {
        reader.end()?;
        Ok(members)
    });
    members.map_err(|flaw| reader.mistake(flaw))
}

/// A deserializer that knows its position in the JSON.
pub(crate) struct Reader<'de> {
    json: &'de [u8],
    /// The JSON as a string, if all of it is UTF-8. Slices of the string need no other check.
    text: Option<&'de str>,
    /// The offset of the first byte that is not read yet.
    at: usize,
    /// The open objects and lists, from the outside in. An error does not change them, so they are the path of the mistake.
    open: Vec<Level>,
    /// How many values may still follow.
    values_left: usize,
    objects_left: usize,
}

/// An object or a list that is open.
#[derive(Clone, Copy)]
struct Level {
    place: Place,
    /// The fields of the struct that the object is read into. A map has none.
    fields: Fields,
}

/// The names of a struct's fields.
pub(crate) type Fields = &'static [&'static str];

/// A place in an object or a list that is open.
#[derive(Clone, Copy)]
enum Place {
    /// In an object, before a key.
    Object,
    /// The value of the key whose first quote is at this offset, or the position behind that value.
    Member(usize),
    /// In a list, before the first item.
    List,
    /// The item with this index, or the position behind that item.
    Item(usize),
}

impl<'de> Reader<'de> {
    fn new(json: &'de [u8]) -> Self {
        Self {
            json,
            text: std::str::from_utf8(json).ok(),
            at: 0,
            open: Vec::new(),
            values_left: usize::MAX,
            objects_left: usize::MAX,
        }
    }

    /// A reader of what somebody sent, without its byte order mark.
    fn of_body(json: &'de [u8]) -> Self {
        Self {
            values_left: MOST_VALUES,
            objects_left: MOST_OBJECTS,
            ..Self::new(
                json.strip_prefix(BYTE_ORDER_MARK.as_bytes())
                    .unwrap_or(json),
            )
        }
    }

    fn read<T: Deserialize<'de>>(mut self) -> Result<T, Mistake> {
        let flaw = match T::deserialize(&mut self) {
            Ok(value) => match self.end() {
                Ok(()) => return Ok(value),
                Err(flaw) => flaw,
            },
            Err(flaw) => flaw,
        };
        Err(self.mistake(flaw))
    }

    /// Counts an object that has a member.
    fn count_object(&mut self) -> Result<(), Flaw> {
        self.objects_left = self.objects_left.checked_sub(1).ok_or(Reason::TooMany)?;
        Ok(())
    }

    /// Counts a value.
    fn count(&mut self) -> Result<(), Flaw> {
        self.values_left = self.values_left.checked_sub(1).ok_or(Reason::TooMany)?;
        Ok(())
    }

    /// Nothing but blanks may follow.
    fn end(&mut self) -> Result<(), Flaw> {
        self.leave_below(0)?;
        self.skip_blanks();
        match self.next() {
            Some(_) => Err(Reason::NotJson.into()),
            None => Ok(()),
        }
    }

    fn members(&mut self, inner: Option<&str>) -> Result<(Members<'de>, Members<'de>), Flaw> {
        let (mut members, mut inside) = (Vec::new(), Vec::new());
        self.open_object(&[])?;
        while let Some(key) = self.next_key()? {
            let is_object = self.peek()? == b'{';
            let start = self.at;
            if inner == Some(&*key) {
                inside.clear();
            }
            if inner == Some(&*key) && is_object {
                inside = self.members(None)?.0;
            } else {
                self.skip()?;
            }
            members.push((key, self.text_since(start)?));
        }
        Ok((members, inside))
    }

    /// Enters an object, and returns the new depth.
    #[inline(never)]
    fn open_object(&mut self, fields: Fields) -> Result<usize, Flaw> {
        if self.peek()? != b'{' {
            return Err(self.wrong(&expects::OBJECT));
        }
        self.open(Place::Object, fields)
    }

    #[inline(never)]
    fn open_list(&mut self, expected: &dyn Expected) -> Result<usize, Flaw> {
        if self.peek()? != b'[' {
            return Err(self.wrong(expected));
        }
        self.open(Place::List, &[])
    }

    fn open(&mut self, place: Place, fields: Fields) -> Result<usize, Flaw> {
        if self.open.len() == DEEPEST {
            return Err(Reason::TooDeep.into());
        }
        self.at += 1;
        self.open.push(Level { place, fields });
        Ok(self.open.len())
    }

    /// Moves to the value of the next key, or leaves the object.
    #[inline]
    fn next_key(&mut self) -> Result<Option<Cow<'de, str>>, Flaw> {
        let is_first = matches!(self.place(), Some(Place::Object));
        if self.closes(b'}', is_first)? {
            return Ok(None);
        }
        self.count()?;
        if is_first {
            self.count_object()?;
        }
        match self.key() {
            Ok((start, key)) => {
                self.replace(Place::Member(start));
                self.take(b':')?;
                Ok(Some(key))
            }
            Err(flaw) => {
                // A mistake in the key itself is a mistake of the object.
                self.replace(Place::Object);
                Err(flaw)
            }
        }
    }

    /// A key, and the offset of its first quote.
    fn key(&mut self) -> Result<(usize, Cow<'de, str>), Flaw> {
        if self.peek()? != b'"' {
            return Err(Reason::NotJson.into());
        }
        Ok((self.at, self.string()?))
    }

    /// Reads the key whose first quote is at `start` again.
    fn key_at(&self, start: usize) -> Option<Cow<'de, str>> {
        let mut reader = Self {
            at: start,
            open: Vec::new(),
            ..*self
        };
        reader.string().ok()
    }

    /// Moves to the next item, or leaves the list.
    #[inline]
    fn next_item(&mut self) -> Result<bool, Flaw> {
        let index = match self.place() {
            Some(Place::Item(index)) => Some(index),
            _ => None,
        };
        if self.closes(b']', index.is_none())? {
            return Ok(false);
        }
        self.count()?;
        self.replace(Place::Item(index.map_or(0, |index| index + 1)));
        Ok(true)
    }

    /// Leaves the object or list if it ends here. Otherwise, skips the comma that must be here.
    fn closes(&mut self, end: u8, is_first: bool) -> Result<bool, Flaw> {
        match self.peek()? {
            byte if byte == end => {
                self.at += 1;
                self.open.pop();
                Ok(true)
            }
            _ if is_first => Ok(false),
            b',' => {
                self.at += 1;
                Ok(false)
            }
            _ => Err(Reason::NotJson.into()),
        }
    }

    /// The next key of the object at `depth`, or `None` if the object is closed.
    #[inline(never)]
    fn next_key_of(&mut self, depth: usize) -> Result<Option<Cow<'de, str>>, Flaw> {
        if self.open.len() < depth {
            return Ok(None);
        }
        self.leave_below(depth)?;
        self.next_key()
    }

    /// Moves to the next item of the list at `depth`, if there is one.
    #[inline(never)]
    fn next_item_of(&mut self, depth: usize) -> Result<bool, Flaw> {
        if self.open.len() < depth {
            return Ok(false);
        }
        self.leave_below(depth)?;
        self.next_item()
    }

    /// Leaves all objects and lists below `depth`, because visitors of tuples and enums do not read to the end.
    ///
    /// The next step of the parent calls this method. If the method ran while a value exists, each type would need code that
    /// drops the value.
    fn leave_below(&mut self, depth: usize) -> Result<(), Flaw> {
        while self.open.len() > depth {
            let more = match self.place() {
                Some(Place::List | Place::Item(_)) => self.next_item()?.then_some("fewer items"),
                _ => self.next_key()?.map(|_| "one member"),
            };
            if let Some(expected) = more {
                return Err(Reason::Expected(expected.to_owned()).into());
            }
        }
        Ok(())
    }

    fn place(&self) -> Option<Place> {
        self.open.last().map(|level| level.place)
    }

    fn replace(&mut self, place: Place) {
        if let Some(last) = self.open.last_mut() {
            last.place = place;
        }
    }

    /// The mistake for a value of an unexpected type, or for invalid JSON.
    fn wrong(&mut self, expected: &dyn Expected) -> Flaw {
        match self.skip() {
            Ok(_) => Reason::Expected(expected.to_string()).into(),
            Err(flaw) => flaw,
        }
    }

    fn mistake(&self, flaw: Flaw) -> Mistake {
        let read = self.json.get(..self.at).unwrap_or(self.json);
        let steps = self.open.iter().filter_map(|level| match level.place {
            Place::Object | Place::List => None,
            Place::Member(start) => Some(Step::to(&self.key_at(start)?, level.fields)),
            Place::Item(index) => Some(Step::Item(index)),
        });
        Mistake::new(flaw, steps.collect(), read)
    }
}
