//! Events that could not be deserialized into a type.

use std::fmt;

use serde::de::DeserializeOwned;

use crate::{JsonError, reader};

/// An event that this version does not know, or that does not match its documentation.
///
/// The signature of the event is valid, so Telnyx sent it. [`json`](Self::json) returns the whole event. Respond with 2xx, or
/// Telnyx sends the event again.
///
/// `Debug` shows only the kind and the reason, because the event may contain phone numbers and texts.
#[derive(Clone, PartialEq, Eq)]
pub struct UnrecognizedEvent {
    event_type: String,
    json: String,
    decode_error: Option<JsonError>,
}

impl UnrecognizedEvent {
    pub(crate) fn new(event_type: &str, json: &str, decode_error: Option<JsonError>) -> Self {
        Self {
            event_type: event_type.to_owned(),
            json: json.to_owned(),
            decode_error,
        }
    }

    /// Telnyx's name for the kind of event: see [`Webhook::event_type`](super::Webhook::event_type).
    #[must_use]
    pub fn event_type(&self) -> &str {
        &self.event_type
    }

    /// The whole body as text, without a byte order mark, and without white space at the start or the end. Invalid UTF-8 is
    /// replaced by `\u{fffd}`. [`Webhook::raw`](super::Webhook::raw) contains the original bytes.
    #[must_use]
    pub fn json(&self) -> &str {
        &self.json
    }

    /// Deserializes the whole body into your own type.
    ///
    /// # Errors
    ///
    /// Fails if the body does not match `T`.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, JsonError> {
        reader::read(self.json.as_bytes()).map_err(JsonError::reading)
    }

    /// The reason why an event of a known kind could not be read. `None` if the kind is not known.
    #[must_use]
    pub fn decode_error(&self) -> Option<&JsonError> {
        self.decode_error.as_ref()
    }
}

impl fmt::Debug for UnrecognizedEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnrecognizedEvent")
            .field("event_type", &self.event_type)
            .field("decode_error", &self.decode_error)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_does_not_show_what_the_event_says() {
        let json = r#"{"data":{"event_type":"message.lost","text":"CANARY"}}"#;
        let event = UnrecognizedEvent::new("message.lost", json, None);
        let shown = format!("{event:?}");
        assert!(shown.contains("message.lost"), "{shown}");
        assert!(!shown.contains("CANARY"), "{shown}");
    }
}
