//! Looks up, cancels and receives messages.

use std::time::Duration;

use serde_json::{Map, Value, json};
use telnyx_messaging::text::OptOutKeyword;
use telnyx_messaging::types::{DeliveryStatus, MessageType};

use super::State;
use super::message::{Addressee, Message};
use crate::api::{Problem, Refusal, code};
use crate::behaviours as basis;
use crate::moment::Moment;
use crate::senders::is_whatsapp_id;

/// How long before its time a scheduled message can still be cancelled.
const LAST_CALL: Duration = Duration::from_secs(60);

/// How long a message can be looked up.
const LONGEST_KEPT: Duration = Duration::from_secs(10 * 24 * 3600);

impl State {
    pub(super) fn retrieve(&mut self, id: &str, now: Moment) -> Result<Value, Refusal> {
        let message = self.messages.get(id);
        let message = message.ok_or_else(|| Refusal::not_found("message", id))?;
        if now.since(message.sent_at.unwrap_or(message.received_at)) > LONGEST_KEPT {
            self.note(now, &format!("refused to look up {id}"), basis::RETENTION);
            return Err(Refusal::not_found("message", id));
        }
        Ok(message.to_json())
    }

    /// The messages of a group.
    pub(super) fn group(&mut self, id: &str, now: Moment) -> Result<Value, Refusal> {
        let message = self.retrieve(id, now)?;
        self.note(now, "looked up a group", basis::GROUP);
        Ok(Value::Array(vec![message]))
    }

    pub(super) fn cancel(&mut self, id: &str, now: Moment) -> Result<Value, Refusal> {
        let message = self.messages.get_mut(id);
        let message = message.ok_or_else(|| Refusal::not_found("message", id))?;
        let due = message.scheduled_for.filter(|_| !message.is_cancelled);
        if due.is_none_or(|due| due < now + LAST_CALL) {
            let detail = "The message is not scheduled, or due within a minute.";
            return Err(Refusal::new(403, Problem::new(code::BAD_REQUEST, detail)));
        }
        message.is_cancelled = true;
        for addressee in &mut message.to {
            addressee.status = DeliveryStatus::Cancelled;
        }
        let json = message.to_json();
        self.note(now, &format!("cancelled {id}"), basis::SCHEDULE);
        Ok(json)
    }

    /// The last message from one of the account's numbers to a phone, which an answer is an answer to.
    fn last_between(&self, phone: &str, number: &str) -> Option<&Message> {
        let is_between = |message: &&Message| {
            let is_to = || message.recipients().any(|recipient| recipient == phone);
            !message.is_inbound && message.from == number && is_to()
        };
        self.messages.iter().rev().find(is_between)
    }

    /// The profile that an answer comes to: that of the message that it answers, unless the number has got another one since.
    fn profile_of_answer(&self, last: Option<&Message>, number: &str) -> String {
        let last = last.filter(|last| !self.numbers.was_assigned_after(number, last.received_at));
        last.map_or_else(
            || self.numbers.profile_of(number),
            |last| last.profile.clone(),
        )
    }

    /// A phone has sent a message to one of the account's numbers.
    pub(super) fn receive(&mut self, from: &str, to: &str, text: &str, now: Moment) {
        let last = self.last_between(from, to);
        let is_hidden = is_whatsapp_id(from);
        let is_whatsapp = is_hidden || last.is_some_and(|last| last.kind == MessageType::Whatsapp);
        let profile = self.profile_of_answer(last, to);
        self.know(to, &profile, now);
        let id = self.random.uuid();
        let keyword = OptOutKeyword::of(text);
        let (kind, text_of_it, request) = match is_whatsapp {
            true => {
                // What WhatsApp has instead of a text.
                let mut content = json!({
                    "type": "text",
                    "text": { "body": text },
                    "id": id,
                    "foreign_id": format!("wamid.{}", self.random.uuid()),
                    "from": if is_hidden { "" } else { from },
                    "timestamp": now.since(Moment::default()).as_secs().to_string(),
                });
                if is_hidden {
                    content["from_user_id"] = from.into();
                }
                let request = Map::from_iter([("whatsapp_message".to_owned(), content)]);
                (MessageType::Whatsapp, None, request)
            }
            false => (MessageType::Sms, Some(text.to_owned()), Map::new()),
        };
        let message = Message {
            id: id.clone(),
            is_inbound: true,
            kind,
            from: from.to_owned(),
            to: vec![Addressee::new(to, DeliveryStatus::WebhookDelivered)],
            text: text_of_it,
            media_urls: Vec::new(),
            request,
            profile: profile.clone(),
            received_at: now,
            sent_at: None,
            completed_at: None,
            scheduled_for: None,
            is_cancelled: false,
            due: 0,
            errors: Vec::new(),
            keyword,
        };
        let payload = message.to_json();
        self.keep_message(id.clone(), message, now);
        self.note(now, &format!("received {id}"), basis::CHANNEL);
        let urls = self.profiles.urls(&profile);
        match keyword {
            Some(OptOutKeyword::Stop) => {
                let word = text.to_uppercase();
                self.opt_outs.add(profile, from, to, word, now);
                self.note(now, &format!("{from} opted out"), basis::KEYWORDS);
            }
            Some(OptOutKeyword::Start) => {
                self.opt_outs.remove(&profile, from);
                self.note(now, &format!("{from} opted in"), basis::KEYWORDS);
            }
            Some(OptOutKeyword::Help) => self.note(now, "asked for help", basis::NO_AUTORESPONSE),
            Some(_) | None => {}
        }
        let row = match keyword {
            Some(_) => basis::AUTORESPONSE,
            None => basis::LIFECYCLE,
        };
        self.announce("message.received", &id, &payload, urls, row, now);
    }
}
