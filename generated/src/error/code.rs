//! Telnyx's error codes.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use self::catalogue::CATALOGUE;
use super::advice::Remedy;
use crate::lenient::Text;
use crate::open_enum::text_traits;

#[rustfmt::skip]
mod catalogue;

/// An error code of Telnyx as sent, such as `10015`.
///
/// The constants name the codes that a messaging application meets. The type can also contain any other code. A code of 40001 or
/// higher occurs in the errors of a delivery. A code of 40300 or higher usually means that Telnyx refused a request, but a
/// delivery can fail with such a code too. Telnyx sends a code as a string or as a number. This type serializes the code as a
/// string.
///
/// [`Advice`](crate::Advice) says what to do about a code. Source: developers.telnyx.com/docs/messaging/messages/error-codes.
///
/// ```
/// use telnyx_messaging::ErrorCode;
/// use telnyx_messaging::types::OutboundMessage;
///
/// fn is_landline(message: &OutboundMessage) -> bool {
///     let mut codes = message.errors.iter().filter_map(|error| error.code.as_ref());
///     codes.any(|code| *code == ErrorCode::NOT_ROUTABLE)
/// }
/// ```
/// A constant can be a pattern:
///
/// ```
/// use telnyx_messaging::{Error, ErrorCode};
///
/// fn told(error: &Error) -> &'static str {
///     match error.code() {
///         Some(&ErrorCode::BLOCKED_BY_STOP) => "the recipient has opted out",
///         Some(&ErrorCode::SMS_TOO_LONG) => "the text is too long",
///         _ => "the message could not be sent",
///     }
/// }
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ErrorCode(Code);

/// The string of a code. A code in the catalogue is always `Known`, so that it equals its constant.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Code {
    Known(&'static str),
    Other(Box<str>),
}

/// What the catalogue says about a code.
#[derive(Debug)]
struct Entry {
    code: &'static str,
    remedy: Remedy,
    refuses: bool,
}

impl Entry {
    const fn new(code: &'static str, remedy: Remedy, refuses: bool) -> Self {
        Self {
            code,
            remedy,
            refuses,
        }
    }
}

impl ErrorCode {
    const fn known(code: &'static str) -> Self {
        Self(Code::Known(code))
    }

    /// The code, unchanged.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Code::Known(code) => code,
            Code::Other(code) => code,
        }
    }

    /// Whether the catalogue has this code.
    pub(super) fn is_known(&self) -> bool {
        matches!(self.0, Code::Known(_))
    }

    /// Whether a conflict with this code refuses the request itself, and is not about another attempt.
    pub(super) fn refuses(&self) -> bool {
        self.entry().is_some_and(|entry| entry.refuses)
    }

    /// What an operator does about it.
    pub(super) fn remedy(&self) -> Remedy {
        self.entry().map_or(Remedy::Unknown, |entry| entry.remedy)
    }

    fn entry(&self) -> Option<&'static Entry> {
        entry(self.as_str())
    }
}

fn entry(code: &str) -> Option<&'static Entry> {
    CATALOGUE.iter().find(|entry| entry.code == code)
}

impl From<&str> for ErrorCode {
    fn from(code: &str) -> Self {
        Self(match entry(code) {
            Some(entry) => Code::Known(entry.code),
            None => Code::Other(code.into()),
        })
    }
}

/// Compares the strings of codes, because lists of codes are sorted by string.
impl Ord for ErrorCode {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl PartialOrd for ErrorCode {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Debug for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ErrorCode").field(&self.as_str()).finish()
    }
}

impl Serialize for ErrorCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

text_traits!(ErrorCode);

impl<'de> Deserialize<'de> for ErrorCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Text::deserialize(deserializer).map(|Text(code)| Self::from(code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_came_equals_its_constant() {
        assert_eq!(ErrorCode::from("10015"), ErrorCode::BAD_REQUEST);
        assert_eq!(ErrorCode::BAD_REQUEST, "10015");
    }

    #[test]
    fn a_code_is_a_string_or_a_number_and_written_as_a_string() {
        for json in [r#""40001""#, "40001"] {
            let code: ErrorCode = serde_json::from_str(json).unwrap();
            assert_eq!(code, ErrorCode::NOT_ROUTABLE);
            assert_eq!(serde_json::to_string(&code).unwrap(), r#""40001""#);
        }
        serde_json::from_str::<ErrorCode>("{}").unwrap_err();
    }

    #[test]
    fn a_code_is_a_pattern_also_when_it_came() {
        let came: ErrorCode = serde_json::from_str("40300").unwrap();
        assert!(matches!(came, ErrorCode::BLOCKED_BY_STOP));
        assert!(!matches!(came, ErrorCode::QUEUE_FULL));
        assert!(!matches!(
            ErrorCode::from("4030"),
            ErrorCode::BLOCKED_BY_STOP
        ));
    }

    #[test]
    fn codes_are_sorted_by_their_text() {
        let mut codes = ["99999", "40300", "10036", "2"].map(ErrorCode::from);
        codes.sort();
        assert_eq!(codes, ["10036", "2", "40300", "99999"].map(ErrorCode::from));
    }

    #[test]
    fn a_code_without_a_name_is_kept() {
        assert_eq!(ErrorCode::from("99999").to_string(), "99999");
    }
}
