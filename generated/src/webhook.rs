//! Receives Telnyx's webhooks: verifies them and reads their events. The module lists the fields that cannot be read, and keeps the
//! raw body.
//!
//! ```
//! use telnyx_messaging::webhook::{Event, Webhook, WebhookError, WebhookVerifier};
//!
//! fn receive(
//!     verifier: &WebhookVerifier,
//!     headers: &http::HeaderMap,
//!     body: &[u8],
//! ) -> Result<(), WebhookError> {
//!     let webhook = verifier.verify(headers, body)?;
//!     match webhook.event {
//!         Event::InboundMessage(message) => println!("{} came in", message.id),
//!         Event::DeliveryUpdate(message) => println!("{}: {}", webhook.event_type, message.id),
//!         _ => println!("not handled: {}", webhook.event_type),
//!     }
//!     Ok(())
//! }
//! ```
//!
//! Respond with a 2xx status within two seconds. Without such a response, Telnyx sends the webhook again: three times to the URL,
//! then to the failover URL. The same event may therefore come twice, and events may come out of order: see [`RecentEvents`] and
//! [`DeliveryTracker`]. Do longer work after the response.
//!
//! # In a web framework
//!
//! The signature covers the body byte for byte, so verify the body before anything parses it.
//!
//! **axum**: with the feature `axum-0_8`, [`Webhook`] is an extractor.
//!
//! **hyper, warp 0.4, `lambda_http`** and everything else on `http` 1:
//!
//! ```
//! # use telnyx_messaging::webhook::{Webhook, WebhookError, WebhookVerifier};
//! # fn receive(verifier: WebhookVerifier, request: http::Request<Vec<u8>>) -> Result<Webhook, WebhookError> {
//! let (parts, body) = request.into_parts(); // the body collected into bytes
//! let webhook = verifier.verify(&parts.headers, &body)?;
//! # Ok(webhook)
//! # }
//! ```
//!
//! **actix-web** and everything on `http` 0.2:
//!
//! ```
//! # use telnyx_messaging::webhook::{Webhook, WebhookError, WebhookVerifier};
//! # fn receive(verifier: WebhookVerifier, request: http::Request<()>, body: &[u8]) -> Result<Webhook, u16> {
//! // A missing header is an empty text.
//! let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
//! let webhook = verifier
//!     .verify_parts(header("telnyx-timestamp"), header("telnyx-signature-ed25519"), body)
//!     .map_err(|error: WebhookError| error.status().as_u16())?; // for actix: `StatusCode::from_u16`
//! # Ok(webhook)
//! # }
//! ```
//!
//! If the verification fails, respond with [`WebhookError::status`]. With `http` 0.2, convert the status by its number.
//!
//! **AWS Lambda** behind an API Gateway: if `isBase64Encoded` is true, decode the event's body first. Telnyx signed the decoded
//! bytes. `lambda_http` does this for you.

use bytes::Bytes;

use crate::reader::{Mistake, Reason};
use crate::{JsonError, Timestamp, Unread, salvage};

#[cfg(feature = "axum-0_8")]
mod axum;
mod delivery_tracker;
mod error;
mod event_body;
mod observe;
mod public_key;
mod recent_events;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod unrecognized_event;
mod verifier;

#[cfg(feature = "axum-0_8")]
pub use self::axum::{MAX_BODY_BYTES, WebhookRejection};
pub use self::delivery_tracker::{Delivery, DeliveryChange, DeliveryTracker};
pub use self::error::WebhookError;
pub(crate) use self::event_body::EventBody;
use self::event_body::{bare, unescaped};
pub use self::observe::WebhookReport;
pub use self::public_key::PublicKeyError;
pub use self::recent_events::RecentEvents;
pub use self::unrecognized_event::UnrecognizedEvent;
pub use self::verifier::{SIGNATURE_HEADER, TIMESTAMP_HEADER, WebhookVerifier};
pub use crate::api::events::Event;

/// What Telnyx signs.
fn signed_message(timestamp: &str, body: &[u8]) -> Bytes {
    [timestamp.as_bytes(), b"|", body].concat().into()
}

/// A webhook with a valid and recent signature.
///
/// [`WebhookVerifier::verify`] returns a `Webhook`. [`from_verified_json`](Self::from_verified_json) reads a webhook again later,
/// from the body alone.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Webhook {
    /// The event.
    pub event: Event,
    /// Telnyx's name for the kind of event, such as `message.finalized`. The name is the body's `event_type`, or else its
    /// `record_type`. The name is empty if the body has neither property.
    pub event_type: String,
    /// The id of the event, which is the same on each delivery attempt. `None` for a link click.
    pub id: Option<String>,
    /// When the event happened. `None` for a link click, which has `time_clicked` instead.
    pub occurred_at: Option<Timestamp>,
    /// The number of this delivery attempt, from 1.
    pub attempt: Option<u32>,
    /// The URL to which Telnyx delivers the event.
    pub delivered_to: Option<String>,
    /// The body, unchanged.
    pub raw: Bytes,
    unread: Vec<Unread>,
    key_index: Option<usize>,
}

impl Webhook {
    /// Reads the body of a verified webhook, such as a [`raw`](Self::raw) body from a queue or a table. **This method checks no
    /// signature**: anyone who can write to that queue or table can forge an event.
    ///
    /// You can also use this method in unit tests of a handler.
    ///
    /// ```
    /// # fn main() -> Result<(), telnyx_messaging::JsonError> {
    /// use telnyx_messaging::webhook::{Event, Webhook};
    ///
    /// let queued = r#"{"data":{"event_type":"message.received","payload":{"id":"m-1"}}}"#;
    /// let webhook = Webhook::from_verified_json(queued)?;
    /// assert!(matches!(webhook.event, Event::InboundMessage(message) if message.id == "m-1"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Fails if the body is not JSON. Any JSON body is an event, even if this version does not know the event.
    pub fn from_verified_json(body: impl AsRef<[u8]>) -> Result<Self, JsonError> {
        Self::decode(Bytes::copy_from_slice(body.as_ref()), false)
    }

    /// The fields that did not match the documentation, and are therefore empty in the event. Usually the list is empty.
    ///
    /// With [`WebhookVerifier::strict_decoding`], an event with such a field is [`Event::Unrecognized`] instead.
    #[must_use]
    pub fn unread(&self) -> &[Unread] {
        &self.unread
    }

    /// The index of the [`WebhookVerifier`]'s key that verified the signature. 0 is the verifier's first key, and 1 is the first
    /// key that [`add_key`](WebhookVerifier::add_key) added.
    ///
    /// If the keys belong to several accounts, check the index: each account can sign events for any of your URLs. `None` after
    /// [`from_verified_json`](Self::from_verified_json).
    #[must_use]
    pub fn key_index(&self) -> Option<usize> {
        self.key_index
    }

    fn decode(raw: Bytes, strict: bool) -> Result<Self, JsonError> {
        // A byte that is not UTF-8 costs its character.
        let text = String::from_utf8_lossy(&raw);
        let body = match EventBody::scan(&text, strict) {
            Ok(body) => body,
            Err(mistake) if *mistake.reason() == Reason::TooMany => {
                return Ok(Self::too_large(&raw, &text, mistake));
            }
            Err(mistake) => return Err(JsonError::reading(mistake)),
        };
        let event_type = Event::TAGS
            .iter()
            .find_map(|pointer| body.text(pointer))
            .unwrap_or_default();
        let unrecognized =
            |error| Event::Unrecognized(UnrecognizedEvent::new(&event_type, body.json(), error));
        let event = match Event::decode(&event_type, &body) {
            Ok(Some(event)) => event,
            Ok(None) => unrecognized(None),
            Err(mistake) => unrecognized(Some(JsonError::reading(mistake))),
        };
        let json = body.json();
        body.expect_object("/meta");
        let mut webhook = Self {
            event,
            id: body.id("/data/id"),
            occurred_at: body.read("/data/occurred_at"),
            attempt: body.read("/meta/attempt"),
            delivered_to: body.id("/meta/delivered_to"),
            event_type,
            unread: Vec::new(),
            raw: raw.clone(),
            key_index: None,
        };
        let (unread, mistake) = body.into_unread();
        webhook.unread = unread;
        if let Some(mistake) = mistake
            && !matches!(webhook.event, Event::Unrecognized(_))
        {
            let error = Some(JsonError::reading(mistake));
            let event = UnrecognizedEvent::new(&webhook.event_type, json, error);
            webhook.event = Event::Unrecognized(event);
        }
        Ok(webhook)
    }

    /// An event with more values than are read.
    fn too_large(raw: &Bytes, text: &str, mistake: Mistake) -> Self {
        let sought = |pointer: &str| {
            let steps: Vec<_> = pointer.split('/').skip(1).map(unescaped).collect();
            salvage::text(raw, &steps.iter().map(AsRef::as_ref).collect::<Vec<_>>())
        };
        let event_type = Event::TAGS.iter().find_map(|pointer| sought(pointer));
        let event_type = event_type.unwrap_or_default();
        let error = Some(JsonError::reading(mistake));
        Self {
            event: Event::Unrecognized(UnrecognizedEvent::new(&event_type, bare(text), error)),
            id: sought("/data/id"),
            occurred_at: sought("/data/occurred_at").map(Timestamp::from),
            attempt: sought("/meta/attempt").and_then(|attempt| attempt.parse().ok()),
            delivered_to: sought("/meta/delivered_to"),
            event_type,
            unread: Vec::new(),
            raw: raw.clone(),
            key_index: None,
        }
    }
}

#[cfg(test)]
mod tests;
