//! Reports each webhook to the program.

use std::time::Duration;

use super::{Event, Webhook, WebhookError};

/// The report on a webhook request, for the function in [`WebhookVerifier::on_webhook`](super::WebhookVerifier::on_webhook).
///
/// `Debug` shows [`WebhookReport::result`], and therefore the event with its personal data.
#[derive(Debug)]
#[non_exhaustive]
pub struct WebhookReport<'a> {
    /// The webhook, or the reason why it was rejected.
    pub result: Result<&'a Webhook, &'a WebhookError>,
    /// The age of the signature. `None` if the signature matches no key, or if its time is in the future.
    pub age: Option<Duration>,
}

impl WebhookReport<'_> {
    /// The number of this delivery attempt, from 1.
    #[must_use]
    pub fn attempt(&self) -> Option<u32> {
        self.result.ok()?.attempt
    }

    /// Whether the event is [`Event::Unrecognized`](super::Event::Unrecognized), because this version does not know it or cannot
    /// read it.
    #[must_use]
    pub fn is_unrecognized(&self) -> bool {
        self.result
            .is_ok_and(|webhook| matches!(webhook.event, Event::Unrecognized(_)))
    }

    /// Whether the signature is not Telnyx's for your key: the request is forged, or signed for another account.
    #[must_use]
    pub fn is_wrongly_signed(&self) -> bool {
        matches!(self.result, Err(WebhookError::WrongSignature))
    }
}
