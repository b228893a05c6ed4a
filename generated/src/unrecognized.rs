//! The values of an enum that this version does not know.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::verbatim::Verbatim;

/// A value that this version of the crate does not know.
///
/// The type is opaque. Only deserializing or converting a string creates a value of this type, so your code compiles with every
/// version. A later version may add a variant for the value. With that version, a match arm such as `Unrecognized(value) if
/// value.as_str() == "paused"` matches nothing. Compare the enum with a string instead: `status == "paused"` or
/// `status.as_str()`. The comparison works before and after the upgrade.
///
/// `Serialize` writes a string unchanged. Other JSON keeps its value, but its notation may differ (`1.50` becomes `1.5`). If the
/// JSON contains half of a surrogate pair, or a number outside the range of `f64`, `Serialize` writes all of it as one string.
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

    /// The string, unchanged, or the JSON of a value that is not a string.
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
