//! Events that could not be deserialized into a type.

use serde::de::DeserializeOwned;

use crate::{JsonError, reader};

/// An event that this version does not know, or that does not match its documentation.
///
/// Its signature is valid, so Telnyx sent it. [`json`](Self::json) returns the whole event. Respond with 2xx, or Telnyx sends it
/// again.
#[derive(Clone, Debug, PartialEq)]
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

    /// The whole body, unchanged.
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
