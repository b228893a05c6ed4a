//! Tells a program of each webhook that comes.

use std::time::Duration;

use super::{Event, Webhook, WebhookError};

/// The report on a request to a webhook that [`WebhookVerifier::on_webhook`](super::WebhookVerifier::on_webhook) gives to its
/// function.
///
/// `Debug` shows what [`WebhookReport::result`] holds, and so the event.
#[derive(Debug)]
#[non_exhaustive]
pub struct WebhookReport<'a> {
    /// The webhook, or why it was refused.
    pub result: Result<&'a Webhook, &'a WebhookError>,
    /// How long ago it was signed. `None` if the signature fits no key, or if it is to be made later than now.
    pub age: Option<Duration>,
}

impl WebhookReport<'_> {
    /// Which attempt to deliver the event this is, from 1.
    #[must_use]
    pub fn attempt(&self) -> Option<u32> {
        self.result.ok()?.attempt
    }

    /// Whether this version does not know the event, or could not read it.
    #[must_use]
    pub fn is_unrecognized(&self) -> bool {
        self.result
            .is_ok_and(|webhook| matches!(webhook.event, Event::Unrecognized(_)))
    }

    /// Whether the request is not signed by Telnyx: forged, or signed for another account.
    #[must_use]
    pub fn is_wrongly_signed(&self) -> bool {
        matches!(self.result, Err(WebhookError::WrongSignature))
    }
}
