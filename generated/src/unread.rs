//! A value that could not be read.

use std::fmt;

/// A value that did not match the documentation. The crate reads the rest of the response or event without this value.
///
/// The field for the value is empty: `None`, or an empty list. If the field is a list of strings, the list contains the value's
/// JSON as a string. `Display` and `Debug` show the place of the value and the reason, never the value.
#[derive(Clone, PartialEq, Eq)]
pub struct Unread {
    path: String,
    reason: String,
    json: String,
}

impl Unread {
    pub(crate) fn new(path: String, reason: String, json: String) -> Self {
        Self { path, reason, json }
    }

    /// The JSON path of the value in the body of the response or webhook, such as `$.data.to[0].carrier`. In this path, `*`
    /// replaces a key that is not a field of this crate's type.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The reason, such as `expected a string`.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The value, as JSON.
    #[must_use]
    pub fn json(&self) -> &str {
        &self.json
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.reason, self.path)
    }
}

impl fmt::Debug for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unread({self})")
    }
}
