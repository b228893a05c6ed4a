//! Creates bodies of webhooks for tests.

use serde::Serialize;
use serde_json::Value;

use super::bodies;
use crate::text::{self, OptOutKeyword};
use crate::webhook::Webhook;

/// The body of a webhook for tests, with all properties that Telnyx sends.
///
/// Setters change the values that tests need most often, and [`set`](Self::set) changes any other value. The ids are the same
/// each time, unless you set them.
///
/// # Panics
///
/// A setter panics if the event does not have that value: a link click has no text.
#[derive(Clone, Debug, PartialEq)]
pub struct TestEvent(Value);

impl TestEvent {
    /// `message.received`: you received an SMS with the text `Hello, World!`.
    #[must_use]
    pub fn inbound_message() -> Self {
        Self(bodies::inbound_message())
    }

    /// `message.sent`: a message to one recipient is `sent`.
    #[must_use]
    pub fn message_sent() -> Self {
        Self(bodies::message_sent())
    }

    /// `message.finalized`: a message to one recipient is `delivered`.
    #[must_use]
    pub fn message_finalized() -> Self {
        Self(bodies::message_finalized())
    }

    /// A recipient opened a shortened link.
    #[must_use]
    pub fn link_clicked() -> Self {
        Self(bodies::link_clicked())
    }

    /// Sets the id of the event. A link click has no id.
    #[must_use]
    pub fn id(self, id: impl Into<String>) -> Self {
        self.set("/data/id", id.into())
    }

    /// Sets the id of the message.
    #[must_use]
    pub fn message_id(self, message_id: impl Into<String>) -> Self {
        self.set("/data/payload/id", message_id.into())
    }

    /// Sets the phone number that sent the message.
    #[must_use]
    pub fn from(self, phone_number: impl Into<String>) -> Self {
        self.set("/data/payload/from/phone_number", phone_number.into())
    }

    /// Sets the phone number of the message's first recipient.
    #[must_use]
    pub fn to(self, phone_number: impl Into<String>) -> Self {
        self.set("/data/payload/to/0/phone_number", phone_number.into())
    }

    /// Sets the delivery status of the first recipient, such as `delivery_failed`.
    #[must_use]
    pub fn status(self, status: impl Into<String>) -> Self {
        self.set("/data/payload/to/0/status", status.into())
    }

    /// Sets the text of the message, and its encoding, length and number of parts. A received keyword such as `STOP`
    /// also sets `autoresponse_type`, as Telnyx does.
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Self {
        let text = text.into();
        let segments = text::segments(&text);
        let is_inbound = self.0.pointer("/data/payload/direction") == Some(&"inbound".into());
        let event = self
            .set("/data/payload/text", text.as_str())
            .set("/data/payload/num_chars", text.chars().count())
            .set("/data/payload/parts", segments.parts)
            .set("/data/payload/encoding", segments.encoding.as_str());
        if !is_inbound {
            return event;
        }
        let keyword = OptOutKeyword::of(&text).map(|keyword| keyword.to_string());
        event.set("/data/payload/autoresponse_type", keyword)
    }

    /// Sets any value by its JSON pointer: `set("/meta/attempt", 2)`. The last name of the pointer may be new, but its parent
    /// must exist.
    #[must_use]
    #[expect(clippy::panic, reason = "a mistake in a test is to stop it")]
    pub fn set(mut self, pointer: &str, value: impl Serialize) -> Self {
        let value = match serde_json::to_value(value) {
            Ok(value) => value,
            Err(error) => panic!("the value for `{pointer}` is not JSON: {error}"),
        };
        if let Some(place) = self.0.pointer_mut(pointer) {
            *place = value;
        } else if let Some((object, name)) = pointer.rsplit_once('/')
            && let Some(Value::Object(members)) = self.0.pointer_mut(object)
        {
            members.insert(name.to_owned(), value);
        } else {
            panic!("this event has no place for `{pointer}`");
        }
        self
    }

    /// The event as a handler gets it, for tests without a signature.
    #[must_use]
    #[expect(clippy::expect_used, reason = "the text of a `Value` is JSON")]
    pub fn to_webhook(&self) -> Webhook {
        Webhook::from_verified_json(self.to_json()).expect("JSON")
    }

    /// The body as JSON, to sign and to send.
    #[must_use]
    pub fn to_json(&self) -> String {
        self.0.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::TestEvent;
    use crate::webhook::Event;

    #[test]
    fn a_value_is_replaced_or_added() {
        let json = TestEvent::link_clicked()
            .set("/data/url", "https://example.com/new")
            .set("/data/campaign", 5)
            .to_json();
        assert!(
            json.contains(r#""url":"https://example.com/new""#),
            "{json}"
        );
        assert!(json.contains(r#""campaign":5"#), "{json}");
    }

    #[test]
    fn an_event_is_a_webhook_without_a_signature() {
        let webhook = TestEvent::inbound_message().text("STOP").to_webhook();
        assert_eq!(webhook.event_type, "message.received");
        let Event::InboundMessage(message) = webhook.event else {
            panic!("{:?}", webhook.event);
        };
        assert_eq!(message.text.as_deref(), Some("STOP"));
        assert_eq!(message.autoresponse_type.as_deref(), Some("STOP"));
    }

    #[test]
    fn what_follows_from_a_text_fits_it() {
        let webhook = TestEvent::inbound_message()
            .text("STOP")
            .text("ж".repeat(71))
            .to_webhook();
        let Event::InboundMessage(message) = webhook.event else {
            panic!("{:?}", webhook.event);
        };
        assert_eq!(message.parts, Some(2));
        assert_eq!(message.autoresponse_type, None);
    }

    #[test]
    #[should_panic = "this event has no place for `/data/payload/text`"]
    fn a_link_click_has_no_text() {
        let _ = TestEvent::link_clicked().text("Hello");
    }
}
