//! Text that hides itself and leaves memory when it is dropped.

use std::fmt;

use bytes::Bytes;
use http::HeaderValue;
use http::header::InvalidHeaderValue;
use zeroize::Zeroizing;

/// An API key: never printed, overwritten when dropped.
#[derive(Clone)]
pub(crate) struct Secret(Zeroizing<String>);

impl Secret {
    pub(crate) fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    pub(crate) fn reveal(&self) -> &str {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_does_not_show_the_text() {
        assert_eq!(format!("{:?}", Secret::new("KEY".into())), "[hidden]");
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
