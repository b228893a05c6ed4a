//! The values of an enum that this version does not know.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::verbatim::Verbatim;

/// A value that this version of the crate does not know.
///
/// The type is opaque. Only decoding or a conversion from text creates it, so your code compiles with every version. A later
/// version may add a variant for the value. A match arm such as `Unrecognized(value) if value.as_str() == "paused"` then matches
/// nothing. Compare the text of the enum instead: `status == "paused"` or `status.as_str()`. The comparison works before and after
/// the upgrade.
///
/// `Serialize` writes a string unchanged. Other JSON keeps its value, but its notation may differ (`1.50` becomes `1.5`).
/// JSON that holds half of a surrogate pair, or a number out of the range of `f64`, is written as a string.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Unrecognized(Verbatim);

impl Unrecognized {
    #[allow(dead_code, reason = "a document may have no enum")]
    pub(crate) fn from_text(text: &str) -> Self {
        Self(Verbatim::Text(text.into()))
    }

    pub(crate) fn new(value: &Verbatim) -> Self {
        Self(value.clone())
    }

    /// The text, unchanged, or the JSON text of a value that is not a string.
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
