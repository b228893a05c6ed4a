//! Reads values that do not match the documentation: an unexpected value empties only its own field.
//!
//! The crate first reads the JSON strictly. If strict reading fails, the crate copies the JSON, repairs the value at the place of
//! the mistake, and reads the copy. The crate repeats these steps until there is no mistake, or a mistake that it cannot repair.

mod edit;
mod fit;
#[cfg(test)]
mod neighbours;
mod remedy;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use serde::de::DeserializeOwned;

use self::edit::{Edit, Removed};
use self::remedy::{Kind, Remedy};
use crate::Unread;
use crate::reader::{self, Mistake};

/// The maximum size of all copies of a body together, and the minimum and maximum number of copies.
const MOST_COPIED: usize = 32 << 20;
const FEWEST_COPIES: usize = 4;
const MOST_COPIES: usize = 64;

/// A value, with the parts of it that could not be read.
pub(crate) struct Decoded<T> {
    pub(crate) value: T,
    pub(crate) unread: Vec<Unread>,
}

impl<T> Decoded<T> {
    /// A value without unreadable parts.
    pub(crate) fn whole(value: T) -> Self {
        Self {
            value,
            unread: Vec::new(),
        }
    }

    pub(crate) fn map<U>(self, change: impl FnOnce(T) -> U) -> Decoded<U> {
        Decoded {
            value: change(self.value),
            unread: self.unread,
        }
    }
}

/// How JSON is read.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    /// Whether every mistake is an error.
    pub(crate) strict: bool,
    /// The JSON path of this JSON in the body.
    pub(crate) base: &'a str,
    /// The required member of this JSON.
    pub(crate) needed: Option<&'a str>,
}

impl Reading<'_> {
    /// Reads all of `json` into a `T`. If this fails, the error is the first mistake in the JSON.
    pub(crate) fn read<T: DeserializeOwned>(self, json: &[u8]) -> Result<Decoded<T>, Mistake> {
        let mut value = None;
        let unread = self.read_with(json, &mut |text| match reader::read_body(text) {
            Ok(read) => {
                value = Some(read);
                Ok(())
            }
            Err(mistake) => Err(mistake),
        });
        match unread {
            Ok(unread) => match value {
                Some(value) => Ok(Decoded { value, unread }),
                None => Err(Mistake::absent()),
            },
            Err(mistake) => Err(mistake),
        }
    }

    /// Reads `json` with `read` until there is no mistake, and returns the values that could not be read.
    fn read_with(
        self,
        json: &[u8],
        read: &mut dyn FnMut(&[u8]) -> Result<(), Mistake>,
    ) -> Result<Vec<Unread>, Mistake> {
        match read(json) {
            Ok(()) => Ok(Vec::new()),
            Err(first) => self.read_again(json, &first, read).ok_or(first),
        }
    }

    /// Repairs mistakes until `read` finds no more. Returns the values that could not be read, or `None` if a mistake is left.
    fn read_again(
        self,
        json: &[u8],
        first: &Mistake,
        read: &mut dyn FnMut(&[u8]) -> Result<(), Mistake>,
    ) -> Option<Vec<Unread>> {
        if self.strict {
            return None;
        }
        let text = String::from_utf8_lossy(json);
        let is_replaced = matches!(text, Cow::Owned(_));
        let text = text.trim_start_matches(reader::BYTE_ORDER_MARK);
        let mut pass = Pass {
            reading: self,
            text: text.to_owned(),
            mistake: first.clone(),
            copies_left: (MOST_COPIED / json.len().max(1)).clamp(FEWEST_COPIES, MOST_COPIES),
            removed: Removed::default(),
            unread: Vec::new(),
        };
        if is_replaced {
            match read(pass.text.as_bytes()) {
                Ok(()) => return Some(pass.unread),
                Err(mistake) => pass.mistake = mistake,
            }
        }
        while !pass.treat(read)? {}
        Some(pass.unread)
    }
}

/// JSON whose mistakes are being repaired.
struct Pass<'a> {
    reading: Reading<'a>,
    text: String,
    mistake: Mistake,
    copies_left: usize,
    removed: Removed,
    unread: Vec<Unread>,
}

impl Pass<'_> {
    /// Repairs the mistake with the first remedy that helps, and returns whether it was the last mistake.
    fn treat(&mut self, read: &mut dyn FnMut(&[u8]) -> Result<(), Mistake>) -> Option<bool> {
        for remedy in remedy::remedies(&self.mistake, &self.text, self.reading.needed) {
            let Some(edit) = edit::apply(&self.text, &remedy, &self.mistake) else {
                continue;
            };
            self.copies_left = self.copies_left.checked_sub(1)?;
            match read(edit.text.as_bytes()) {
                Ok(()) => {
                    self.accept(&remedy, edit);
                    return Some(true);
                }
                Err(mistake) if remedy.leaves(&mistake) => {}
                Err(mistake) => {
                    self.accept(&remedy, edit);
                    self.mistake = mistake;
                    return Some(false);
                }
            }
        }
        None
    }

    fn accept(&mut self, remedy: &Remedy, edit: Edit) {
        let mut removed = Vec::new();
        for blanked in edit.blanked {
            let mut steps = self.removed.original(&remedy.place, &blanked.indices);
            let is_of_map = blanked.key.is_some();
            steps.extend(blanked.key);
            self.unread.push(Unread::new(
                reader::path(self.reading.base, &steps),
                self.mistake.reason().to_string(),
                blanked.json,
            ));
            if remedy.kind == Kind::WithoutNulls && !is_of_map {
                removed.push(steps);
            }
        }
        removed.into_iter().for_each(|item| self.removed.add(item));
        self.text = edit.text;
    }
}
