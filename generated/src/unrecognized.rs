//! What an enum holds that this version does not know.

use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::verbatim::Verbatim;

/// A value that this version of the crate does not know.
///
/// It is opaque, and only decoding makes one: code cannot name a value here that becomes a variant in a later version,
/// so a new variant breaks nobody. [`as_str`](Self::as_str) reads it, serializing gives back what came.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Unrecognized(Verbatim);

impl Unrecognized {
    pub(crate) fn from_text(text: &str) -> Self {
        Self(Verbatim::Text(text.into()))
    }

    pub(crate) fn from_value(value: Value) -> Self {
        Self(value.into())
    }

    /// Whether the value is no string.
    pub(crate) fn is_json(&self) -> bool {
        matches!(self.0, Verbatim::Other(_))
    }

    /// The text as it came, or the JSON text of a value that is not a string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for Unrecognized {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Unrecognized {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}

impl Serialize for Unrecognized {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
