//! Creates bodies of webhooks for tests.

use serde::Serialize;
use serde_json::Value;

use super::bodies;
use crate::text::{self, OptOutKeyword};
use crate::webhook::Webhook;

/// The body of a webhook for tests, with the properties that Telnyx sends.
///
/// SMS events follow examples that Telnyx publishes. WhatsApp events, RCS events and `message.read` follow Telnyx's Python client.
///
/// Setters change the values that tests need most often, and [`set`](Self::set) changes any other value. The ids are the same
/// each time, unless you set them.
///
/// # Panics
///
/// A setter panics if the event does not have the value that the setter changes. For example, a link click has no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestEvent(Value);

impl TestEvent {
    /// `message.received`: you received an SMS with the text `Hello, World!`.
    #[must_use]
    pub fn inbound_message() -> Self {
        Self(bodies::inbound_message())
    }

    /// `message.received`: you received a WhatsApp message with the text `Hello, World!`. Use [`set`](Self::set) to change the
    /// message's `body`.
    #[must_use]
    pub fn inbound_whatsapp() -> Self {
        Self(bodies::inbound_whatsapp())
    }

    /// `message.received`: your agent received an RCS message with the text `Hello, World!`. Use [`set`](Self::set) to change the
    /// message's `body` and recipient.
    #[must_use]
    pub fn inbound_rcs() -> Self {
        Self(bodies::inbound_rcs())
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

    /// `message.read`: an RCS message to one recipient is `read`.
    #[must_use]
    pub fn message_read() -> Self {
        Self(bodies::message_read())
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
        let phone_number = phone_number.into();
        match self.0.pointer("/data/payload/body/from") {
            Some(_) => self.set("/data/payload/body/from", &phone_number),
            None => self,
        }
        .set("/data/payload/from/phone_number", phone_number)
    }

    /// Sets the phone number of the message's first recipient.
    #[must_use]
    pub fn to(self, phone_number: impl Into<String>) -> Self {
        let is_one_number = self
            .0
            .pointer("/data/payload/to")
            .is_some_and(Value::is_string);
        let pointer = match is_one_number {
            true => "/data/payload/to",
            false => "/data/payload/to/0/phone_number",
        };
        self.set(pointer, phone_number.into())
    }

    /// Sets the delivery status of the first recipient, such as `delivery_failed`.
    #[must_use]
    pub fn status(self, status: impl Into<String>) -> Self {
        self.set("/data/payload/to/0/status", status.into())
    }

    /// Sets the text of the message. For an SMS, this method also sets the encoding, the length and the number of parts. For a
    /// received SMS, a keyword such as `STOP` also sets `autoresponse_type`, as Telnyx does.
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Self {
        let text = text.into();
        match self.0.pointer("/data/payload/type").and_then(Value::as_str) {
            Some("WHATSAPP") => self.set("/data/payload/body/text/body", text),
            Some("RCS") => self.set("/data/payload/body/text", text),
            _ => self.text_of_sms(&text),
        }
    }

    fn text_of_sms(self, text: &str) -> Self {
        let segments = text::segments(text);
        let is_inbound = self.0.pointer("/data/payload/direction") == Some(&"inbound".into());
        let event = self
            .set("/data/payload/text", text)
            .set("/data/payload/num_chars", text.chars().count())
            .set("/data/payload/parts", segments.parts)
            .set("/data/payload/encoding", segments.encoding.as_str());
        if !is_inbound {
            return event;
        }
        let keyword = OptOutKeyword::of(text).map(|keyword| keyword.to_string());
        event.set("/data/payload/autoresponse_type", keyword)
    }

    /// Sets any value by its JSON pointer, such as `set("/meta/attempt", 2)`. The last name of the pointer may be new, but its
    /// parent must exist.
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
    use crate::types::{DeliveryStatus, InboundMessage, MessageType};
    use crate::webhook::Event;

    fn inbound(event: &TestEvent) -> InboundMessage {
        match event.to_webhook().event {
            Event::InboundMessage(message) => *message,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_channel_has_its_text_sender_and_recipient() {
        for (event, channel, address) in [
            (
                TestEvent::inbound_message(),
                MessageType::Sms,
                "+13125550000",
            ),
            (
                TestEvent::inbound_whatsapp(),
                MessageType::Whatsapp,
                "+13125550000",
            ),
            (TestEvent::inbound_rcs(), MessageType::Rcs, "example_agent"),
        ] {
            let message = inbound(&event);
            assert_eq!(message.type_, Some(channel));
            assert_eq!(message.text_content(), Some("Hello, World!"));
            assert_eq!(message.sender(), Some("+13125550001"));
            assert_eq!(message.to[0].address(), Some(address));
            assert!(event.to_webhook().unread().is_empty());
        }
    }

    #[test]
    fn the_setters_fit_each_channel() {
        for event in [
            TestEvent::inbound_message(),
            TestEvent::inbound_whatsapp(),
            TestEvent::inbound_rcs(),
        ] {
            let message = inbound(&event.text("Bye").from("+13125550002").to("+13125550003"));
            assert_eq!(message.text_content(), Some("Bye"));
            assert_eq!(message.sender(), Some("+13125550002"));
            assert_eq!(message.to[0].phone_number.as_deref(), Some("+13125550003"));
            if let Some(from) = message.body.and_then(|body| body.from) {
                assert_eq!(from, "+13125550002");
            }
        }
    }

    #[test]
    fn a_message_that_was_read_says_so() {
        let webhook = TestEvent::message_read().to_webhook();
        assert_eq!(webhook.event_type, "message.read");
        let Event::DeliveryUpdate(message) = webhook.event else {
            panic!("{:?}", webhook.event);
        };
        assert_eq!(message.to[0].status, Some(DeliveryStatus::Read));
        assert_eq!(message.text_content(), Some("Your offer: telnyx.ly/ab"));
    }

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
