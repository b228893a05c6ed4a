//! Events that could not become a type.

use serde::de::DeserializeOwned;

use crate::{JsonError, reader};

/// An event this version does not know, or one that has not the form of its kind.
///
/// Its signature fits, so Telnyx sent it: [`json`](Self::json) has all of it, and answering 2xx keeps Telnyx from
/// sending it again.
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

    /// The kind of the event as Telnyx names it. See [`Webhook::event_type`](super::Webhook::event_type).
    #[must_use]
    pub fn event_type(&self) -> &str {
        &self.event_type
    }

    /// The whole body as it came.
    #[must_use]
    pub fn json(&self) -> &str {
        &self.json
    }

    /// Reads the whole body into a type of your own.
    ///
    /// # Errors
    ///
    /// When the body has not the form that `T` asks for.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, JsonError> {
        reader::read(self.json.as_bytes()).map_err(JsonError::reading)
    }

    /// Why an event of a known kind could not be read; `None` when the kind is not known.
    #[must_use]
    pub fn decode_error(&self) -> Option<&JsonError> {
        self.decode_error.as_ref()
    }
}
