//! Delivers webhooks like Telnyx: three attempts for each URL, and the failover URL last.

use std::time::Duration;

use bytes::Bytes;
use serde_json::{Value, json};

use super::message::Message;
use super::{Due, State};
use crate::behaviours::{self as basis, Behaviour};
use crate::fault::WebhookFault;
use crate::moment::Moment;
use crate::records::Record;

const ATTEMPTS_PER_URL: usize = 3;

/// The wait after the first attempt; each later one is twice the one before.
const FIRST_DELAY: Duration = Duration::from_secs(5);

/// How a webhook is signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Signed {
    #[default]
    Well,
    /// An hour ago.
    Stale,
    /// With another key.
    Wrongly,
}

/// An attempt that is to be made.
#[derive(Debug)]
pub(crate) struct Post {
    pub(crate) event_id: String,
    pub(crate) attempt: usize,
    pub(crate) url: String,
    pub(crate) body: Bytes,
    pub(crate) signed: Signed,
}

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// A response with this status, and the start of its body.
    Responded(u16, String),
    /// No response.
    Failed(String),
    /// The mock sent nothing, because the host is not allowed.
    NotAllowed(String),
}

/// A webhook and what has become of it.
#[derive(Debug)]
pub(super) struct Delivery {
    pub(super) event_id: String,
    pub(super) event_type: &'static str,
    pub(super) message_id: String,
    /// The numbers of the message, which may be let go before its webhooks.
    pub(super) from: String,
    pub(super) to: Vec<String>,
    pub(super) at: Moment,
    /// What stands in `data`, as JSON.
    pub(super) data: String,
    pub(super) urls: Vec<String>,
    pub(super) attempts: Vec<Attempt>,
    /// How many entries of the agenda are about it.
    pub(super) due: usize,
    signed: Signed,
}

#[derive(Debug)]
pub(super) struct Attempt {
    pub(super) url: String,
    pub(super) at: Moment,
    pub(super) outcome: Option<Outcome>,
    /// Asked for by hand: no other follows it.
    is_extra: bool,
}

impl State {
    /// Makes the event and delivers it to the URLs.
    pub(super) fn announce(
        &mut self,
        event_type: &'static str,
        message_id: &str,
        payload: &Value,
        urls: Vec<String>,
        row: Behaviour,
        now: Moment,
    ) {
        let event_id = self.random.uuid();
        let data = json!({
            "record_type": "event",
            "id": event_id,
            "event_type": event_type,
            "occurred_at": now.to_string(),
            "payload": payload,
        });
        let schema = self.api.webhook(event_type);
        let fitted = schema.and_then(|schema| self.api.fit(schema, &data, &mut self.random));
        let fault = self.faults.of_webhook(event_type);
        let signed = match fault {
            Some(WebhookFault::Stale) => Signed::Stale,
            Some(WebhookFault::WronglySigned) => Signed::Wrongly,
            _ => Signed::Well,
        };
        let has_urls = !urls.is_empty();
        let message = self.messages.get(message_id);
        let to = message.into_iter().flat_map(Message::recipients);
        let delivery = Delivery {
            event_id: event_id.clone(),
            event_type,
            message_id: message_id.to_owned(),
            from: message.map_or_else(String::new, |message| message.from.clone()),
            to: to.map(str::to_owned).collect(),
            at: now,
            data: fitted.unwrap_or(data).to_string(),
            urls,
            attempts: Vec::new(),
            due: 0,
            signed,
        };
        let lost = self.deliveries.push(event_id.clone(), delivery);
        self.note_lost("webhook", lost, now);
        self.note(now, &format!("{event_type} of {message_id}"), row);
        let late = match fault {
            Some(WebhookFault::Late(late)) => late,
            _ => Duration::ZERO,
        };
        if has_urls && fault != Some(WebhookFault::Lost) {
            let first = Due::Attempt {
                event_id: event_id.clone(),
                again: false,
            };
            self.plan(now + late, first);
            if fault == Some(WebhookFault::Twice) {
                self.deliver_again(event_id, now);
            }
        }
    }

    pub(super) fn deliver_again(&mut self, event_id: String, now: Moment) {
        let attempt = Due::Attempt {
            event_id,
            again: true,
        };
        self.plan(now, attempt);
    }

    /// The next attempt of a webhook.
    pub(super) fn attempt(&mut self, event_id: &str, again: bool, now: Moment) -> Option<Post> {
        let delivery = self.deliveries.get_mut(event_id)?;
        let made = delivery.regular_attempts();
        let url = match again {
            true => delivery.urls.first()?,
            false => delivery.urls.get(made / ATTEMPTS_PER_URL)?,
        };
        let url = url.clone();
        delivery.attempts.push(Attempt {
            url: url.clone(),
            at: now,
            outcome: None,
            is_extra: again,
        });
        let number = delivery.attempts.len();
        Some(Post {
            event_id: event_id.to_owned(),
            attempt: number - 1,
            body: delivery.body(number, Some(&url)).into(),
            url,
            signed: delivery.signed,
        })
    }

    /// Notes how an attempt ended, and puts down the next one if it failed.
    pub(super) fn delivered(
        &mut self,
        event_id: &str,
        attempt: usize,
        outcome: Outcome,
        now: Moment,
    ) {
        let Some(delivery) = self.deliveries.get_mut(event_id) else {
            return;
        };
        let made = delivery.regular_attempts();
        let most = ATTEMPTS_PER_URL * delivery.urls.len();
        let Some(ended) = delivery.attempts.get_mut(attempt) else {
            return;
        };
        let line = format!("attempt {} of {event_id}: {outcome}", attempt + 1);
        let is_over = ended.is_extra || outcome.is_success() || made >= most;
        ended.outcome = Some(outcome);
        if !is_over {
            let doublings = u32::try_from(made.saturating_sub(1)).unwrap_or_default();
            let delay = FIRST_DELAY * 2_u32.saturating_pow(doublings);
            let line = format!(
                "the next attempt of {event_id} is due in {} s",
                delay.as_secs()
            );
            let next = Due::Attempt {
                event_id: event_id.to_owned(),
                again: false,
            };
            self.plan(now + delay, next);
            self.note(now, &line, basis::WEBHOOK_DELAY);
        }
        let lost = self.deliveries.weigh(event_id);
        self.note_lost("webhook", lost, now);
        self.note(now, &line, basis::WEBHOOKS);
    }
}

impl Record for Delivery {
    fn weight(&self) -> usize {
        let urls: usize = self.urls.iter().map(String::len).sum();
        let attempts: usize = self.attempts.iter().map(Attempt::weight).sum();
        size_of::<Self>() + self.data.len() + urls + attempts
    }

    fn is_under_way(&self) -> bool {
        self.due > 0
            || self
                .attempts
                .iter()
                .any(|attempt| attempt.outcome.is_none())
    }
}

impl Attempt {
    fn weight(&self) -> usize {
        let said = match &self.outcome {
            Some(
                Outcome::Responded(_, text) | Outcome::Failed(text) | Outcome::NotAllowed(text),
            ) => text.len(),
            None => 0,
        };
        size_of::<Self>() + self.url.len() + said
    }
}

impl Delivery {
    fn regular_attempts(&self) -> usize {
        self.attempts.iter().filter(|one| !one.is_extra).count()
    }

    /// The body of the last attempt. Without an attempt, the body that the first one would have.
    pub(super) fn last_body(&self) -> String {
        let url = match self.attempts.last() {
            Some(attempt) => Some(&attempt.url),
            None => self.urls.first(),
        };
        self.body(self.attempts.len().max(1), url.map(String::as_str))
    }

    /// The body of an attempt.
    fn body(&self, attempt: usize, url: Option<&str>) -> String {
        let meta = json!({ "attempt": attempt, "delivered_to": url });
        format!(r#"{{"data":{},"meta":{meta}}}"#, self.data)
    }
}

impl Outcome {
    pub(super) fn is_success(&self) -> bool {
        matches!(self, Self::Responded(200..=299, _))
    }
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Responded(status, _) => write!(f, "{status}"),
            Self::Failed(reason) => write!(f, "failed: {reason}"),
            Self::NotAllowed(reason) => write!(f, "not sent: {reason}"),
        }
    }
}
