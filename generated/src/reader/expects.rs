//! The words in which the crate's types and its reader say what they expect. `tolerant` chooses a repair by these words.

pub(crate) const LIST: &str = "a sequence";
pub(crate) const LIST_OR_ITEM: &str = "a list or one of its items";
pub(crate) const OBJECT: &str = "an object";
pub(crate) const OBJECT_OR_TEXT: &str = "an object or a string";
pub(crate) const TEXT_OR_NUMBER: &str = "a string or a number";
/// Expected of any number, whatever type is read.
pub(crate) const FINITE: &str = "a number in the range of f64";
