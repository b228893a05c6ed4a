//! A string that `Debug` hides and that is overwritten in memory when dropped.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::HeaderValue;
use http::header::InvalidHeaderValue;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

/// A secret: `Debug` prints `[hidden]`, and its memory is overwritten when it is dropped.
///
/// Serializing a secret writes the string itself, because requests contain secrets too. Do not log an object with a secret as
/// JSON.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    pub(crate) fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The value of `Authorization` with this key. It hides itself too; all clones share one copy of the key, which is
    /// overwritten when the last of them is dropped.
    pub(crate) fn bearer(&self) -> Result<HeaderValue, InvalidHeaderValue> {
        let text = Zeroizing::new(format!("Bearer {}", self.reveal()));
        let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(text))?;
        value.set_sensitive(true);
        Ok(value)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[hidden]")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text.to_owned())
    }
}

impl From<&String> for Secret {
    fn from(text: &String) -> Self {
        Self::new(text.clone())
    }
}

impl From<Box<str>> for Secret {
    fn from(text: Box<str>) -> Self {
        Self::new(text.into_string())
    }
}

impl From<Cow<'_, str>> for Secret {
    fn from(text: Cow<'_, str>) -> Self {
        Self::new(text.into_owned())
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.reveal())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_does_not_show_the_text() {
        assert_eq!(format!("{:?}", Secret::new("KEY".into())), "[hidden]");
    }

    #[test]
    fn it_is_read_and_written_as_its_text() {
        let secret: Secret = serde_json::from_str(r#""KEY""#).unwrap();
        assert_eq!(secret.reveal(), "KEY");
        assert_eq!(serde_json::to_string(&secret).unwrap(), r#""KEY""#);
    }

    #[test]
    fn every_kind_of_text_can_be_a_secret() {
        let text = "KEY".to_owned();
        for secret in [
            Secret::from("KEY"),
            Secret::from(&text),
            Secret::from(Cow::Borrowed(text.as_str())),
            Secret::from(text.clone().into_boxed_str()),
            Secret::from(text),
        ] {
            assert_eq!(secret.reveal(), "KEY");
        }
    }

    #[test]
    fn the_header_hides_itself_and_its_clones_share_the_key() {
        let header = Secret::new("KEY".into()).bearer().unwrap();
        assert_eq!(header, "Bearer KEY");
        assert_eq!(format!("{header:?}"), "Sensitive");
        assert_eq!(
            header.as_bytes().as_ptr(),
            header.clone().as_bytes().as_ptr()
        );
    }

    #[test]
    fn a_key_that_could_end_its_header_makes_none() {
        Secret::new("KEY\r\nX: y".into()).bearer().unwrap_err();
    }
}
