//! The life of a message after the mock accepted it.

use std::time::Duration;

use telnyx_messaging::types::{DeliveryStatus, MessageType};

use super::message::{Addressee, Message};
use super::{Due, State};
use crate::api::{Problem, code, shown};
use crate::behaviours::{self as basis, Behaviour};
use crate::moment::Moment;
use crate::recipient::Recipient;
use crate::senders::Sender;

/// How long a message waits in the queue at most.
const LONGEST_IN_QUEUE: Duration = Duration::from_secs(4 * 3600);

impl State {
    /// Puts an accepted message into the queue.
    pub(super) fn enqueue(&mut self, id: &str, now: Moment) {
        let Some(message) = self.messages.get_mut(id) else {
            return;
        };
        if message.is_cancelled {
            return;
        }
        message.scheduled_for = None;
        for addressee in &mut message.to {
            addressee.status = DeliveryStatus::Queued;
        }
        self.plan(now + self.settings.step, Due::Sent(id.to_owned()));
        self.note(now, &format!("queued {id}"), basis::PACE);
    }

    /// The carrier takes the message for every recipient whose messages do not stay in the queue.
    pub(super) fn carrier_takes(&mut self, id: &str, now: Moment) {
        let Some(message) = self.messages.get_mut(id) else {
            return;
        };
        let mut taken = 0;
        for addressee in &mut message.to {
            if self.recipients.of(&addressee.phone_number) != Recipient::Stuck {
                addressee.status = DeliveryStatus::Sent;
                taken += 1;
            }
        }
        let stuck = message.to.len() - taken;
        if taken > 0 {
            message.sent_at = Some(now);
            self.plan(now + self.settings.step, Due::Final(id.to_owned()));
            self.report("message.sent", id, basis::LIFECYCLE, now);
        }
        if stuck > 0 {
            self.plan(now + LONGEST_IN_QUEUE, Due::Expire(id.to_owned()));
        }
    }

    /// The carrier reports on every recipient that has the message.
    pub(super) fn carrier_reports(&mut self, id: &str, now: Moment) {
        let Some(message) = self.messages.get_mut(id) else {
            return;
        };
        let can_be_read = matches!(message.kind, MessageType::Whatsapp | MessageType::Rcs);
        let mut is_read = false;
        let mut answers = Vec::new();
        let mut row = basis::LIFECYCLE;
        let to = message.to.iter_mut();
        for addressee in to.filter(|one| one.status == DeliveryStatus::Sent) {
            let number = &addressee.phone_number;
            let recipient = self.recipients.of(number);
            match recipient {
                Recipient::Silent => continue,
                Recipient::Landline => {
                    addressee.status = DeliveryStatus::DeliveryFailed;
                    row = basis::FAILED;
                    let detail = format!("{number} is a landline.");
                    message
                        .errors
                        .push(Problem::new(code::NOT_ROUTABLE, detail));
                }
                Recipient::Reads if can_be_read => {
                    addressee.status = DeliveryStatus::Delivered;
                    is_read = true;
                }
                _ => addressee.status = DeliveryStatus::Delivered,
            }
            if Sender::of(&message.from) == Some(Sender::Name) {
                continue;
            }
            let text = message.text.as_deref().unwrap_or_default();
            let text = match recipient {
                Recipient::Answers => format!("You said: {}", shown(text)),
                Recipient::AnswersStop => "STOP".to_owned(),
                _ => continue,
            };
            answers.push((number.clone(), message.from.clone(), text));
        }
        for (from, to, text) in answers {
            self.plan(now + self.settings.step, Due::Receive { from, to, text });
        }
        if is_read {
            self.plan(now + self.settings.step, Due::Read(id.to_owned()));
        }
        self.finalize(id, row, now);
    }

    /// Every recipient who reads messages reads this one.
    pub(super) fn recipient_reads(&mut self, id: &str, now: Moment) {
        let Some(message) = self.messages.get_mut(id) else {
            return;
        };
        for addressee in &mut message.to {
            let reads = self.recipients.of(&addressee.phone_number) == Recipient::Reads;
            if reads && addressee.status == DeliveryStatus::Delivered {
                addressee.status = DeliveryStatus::Read;
            }
        }
        self.report("message.read", id, basis::READ, now);
    }

    /// What is still in the queue ends there.
    pub(super) fn expire(&mut self, id: &str, now: Moment) {
        let Some(message) = self.messages.get_mut(id) else {
            return;
        };
        let hours = LONGEST_IN_QUEUE.as_secs() / 3600;
        let to = message.to.iter_mut();
        for addressee in to.filter(|one| one.status == DeliveryStatus::Queued) {
            addressee.status = DeliveryStatus::SendingFailed;
            let detail = format!(
                "The message to {} waited {hours} hours.",
                addressee.phone_number
            );
            message
                .errors
                .push(Problem::new(code::EXPIRED_IN_QUEUE, detail));
        }
        self.note(now, &format!("expired {id}"), basis::EXPIRY);
        self.finalize(id, basis::EXPIRED_STATUS, now);
    }

    /// Ends the message if no status will change any more.
    fn finalize(&mut self, id: &str, row: Behaviour, now: Moment) {
        let Some(message) = self.messages.get_mut(id) else {
            return;
        };
        let will_change =
            |one: &Addressee| matches!(one.status, DeliveryStatus::Queued | DeliveryStatus::Sent);
        if !message.to.iter().any(will_change) {
            message.completed_at = Some(now);
            self.note(now, &format!("{id} has a cost"), basis::COST);
            self.report("message.finalized", id, row, now);
        }
    }

    /// Tells the application how the message stands.
    fn report(&mut self, event_type: &'static str, id: &str, row: Behaviour, now: Moment) {
        let Some(message) = self.messages.get(id) else {
            return;
        };
        let urls = self.urls_of(message);
        let payload = message.to_json();
        self.announce(event_type, id, &payload, urls, row, now);
    }

    /// The message's URLs go before those of the profile, which count unless the message says otherwise.
    fn urls_of(&self, message: &Message) -> Vec<String> {
        let own = ["webhook_url", "webhook_failover_url"].map(|name| {
            let url = message.request.get(name)?.as_str()?;
            (!url.is_empty()).then(|| url.to_owned())
        });
        let mut urls: Vec<String> = own.into_iter().flatten().collect();
        let uses_profile = message.request.get("use_profile_webhooks");
        if uses_profile.is_none_or(|uses| uses != false) {
            for url in self.profiles.urls(&message.profile) {
                if !urls.contains(&url) {
                    urls.push(url);
                }
            }
        }
        urls
    }
}
