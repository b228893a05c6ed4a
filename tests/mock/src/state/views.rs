//! Views of the state for tests and for the inbox.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::State;
use super::deliveries::{Attempt, Delivery, Outcome};
use super::exchange::Exchange;
use super::message::Message;
use crate::moment::Moment;

/// How many phones, messages of a phone and webhooks the inbox shows.
const SHOWN: usize = 100;

/// What is asked for.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Messages,
    /// Webhooks of this kind of event, such as `message.finalized`. `None` means webhooks of every kind.
    Webhooks {
        event_type: Option<String>,
    },
}

/// Which messages or webhooks are asked for.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub(crate) kind: Kind,
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
}

impl State {
    /// How many there are of what is asked for.
    pub(crate) fn count(&self, wanted: &Wanted) -> usize {
        match &wanted.kind {
            Kind::Messages => self.messages_of(wanted).count(),
            Kind::Webhooks { .. } => self.deliveries_of(wanted).count(),
        }
    }

    /// What is asked for, the oldest first: messages as JSON of the API, or webhooks as their bodies with all attempts.
    pub(crate) fn find(&self, wanted: &Wanted) -> Vec<Value> {
        match &wanted.kind {
            Kind::Messages => self.messages_of(wanted).map(Message::to_json).collect(),
            Kind::Webhooks { .. } => self.deliveries_of(wanted).map(webhook).collect(),
        }
    }

    fn messages_of(&self, wanted: &Wanted) -> impl Iterator<Item = &Message> {
        let messages = self.messages.iter();
        messages.filter(|message| wanted.is_between(&message.from, message.recipients()))
    }

    fn deliveries_of(&self, wanted: &Wanted) -> impl Iterator<Item = &Delivery> {
        let is_of_kind = |delivery: &Delivery| {
            let kind = wanted.event_type();
            kind.is_none_or(|kind| kind == delivery.event_type)
        };
        self.deliveries.iter().filter(move |delivery| {
            let recipients = delivery.to.iter().map(String::as_str);
            is_of_kind(delivery) && wanted.is_between(&delivery.from, recipients)
        })
    }

    /// The bodies of the webhooks that are asked for, the oldest first.
    pub(crate) fn bodies(&self, wanted: &Wanted) -> Vec<String> {
        self.deliveries_of(wanted)
            .map(Delivery::last_body)
            .collect()
    }

    /// The requests and their responses, the oldest first.
    pub(crate) fn exchanges(&self) -> Vec<Value> {
        self.exchanges.iter().map(Exchange::to_json).collect()
    }

    /// The lines of the log, the oldest first.
    pub(crate) fn log(&self) -> Vec<String> {
        self.log.iter().cloned().collect()
    }

    /// What the inbox shows: the phones, the conversation with one of them, and the newest webhooks.
    pub(crate) fn inbox(&self, phone: Option<&str>, now: Moment) -> Value {
        let messages = self.messages.iter().rev();
        let of_phone = messages.filter(|message| Some(message.phone()) == phone);
        let mut conversation: Vec<Value> = of_phone.take(SHOWN).map(line).collect();
        conversation.reverse();
        let webhooks = self.deliveries.iter().rev().take(SHOWN);
        json!({
            "revision": self.revision,
            "now": now.to_string(),
            "messages": self.messages.count(),
            "webhooks": self.deliveries.count(),
            "let_go": self.messages.let_go() + self.deliveries.let_go(),
            "phones": self.phones(),
            "conversation": conversation,
            "deliveries": webhooks.map(delivery_line).collect::<Vec<_>>(),
        })
    }

    /// The phones, the one that was last heard of first.
    fn phones(&self) -> Vec<Value> {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let mut newest = Vec::new();
        for message in self.messages.iter().rev() {
            let count = counts.entry(message.phone()).or_default();
            *count += 1;
            if *count == 1 && newest.len() < SHOWN {
                newest.push(message);
            }
        }
        let shown = newest.into_iter().map(|message| {
            let phone = message.phone();
            let number = match message.to.first() {
                Some(to) if message.is_inbound => &to.phone_number,
                _ => &message.from,
            };
            json!({
                "phone": phone,
                "number": number,
                "last": message.text,
                "count": counts.get(phone),
                "opted_out": self.opt_outs.has(phone),
            })
        });
        shown.collect()
    }
}

impl Wanted {
    pub(crate) fn of(kind: Kind) -> Self {
        Self {
            kind,
            from: None,
            to: None,
        }
    }

    pub(super) fn event_type(&self) -> Option<&str> {
        match &self.kind {
            Kind::Webhooks { event_type } => event_type.as_deref(),
            Kind::Messages => None,
        }
    }

    fn is_between<'a>(&self, from: &str, mut to: impl Iterator<Item = &'a str>) -> bool {
        self.from.as_ref().is_none_or(|number| from == number)
            && self
                .to
                .as_ref()
                .is_none_or(|number| to.any(|one| one == number))
    }
}

fn webhook(delivery: &Delivery) -> Value {
    let data = serde_json::from_str(&delivery.data).unwrap_or(Value::Null);
    json!({ "data": data, "attempts": attempts(delivery) })
}

fn line(message: &Message) -> Value {
    let status = match message.to.first() {
        Some(first) => first.status.as_str(),
        None => "",
    };
    json!({
        "id": message.id,
        "inbound": message.is_inbound,
        "kind": message.kind,
        "text": message.text,
        "media_urls": message.media_urls,
        "body": message.request.get("whatsapp_message"),
        "status": if message.is_inbound { "received" } else { status },
        "errors": message.errors.iter().map(|one| one.detail.clone()).collect::<Vec<_>>(),
        "at": message.received_at.to_string(),
    })
}

fn delivery_line(delivery: &Delivery) -> Value {
    json!({
        "id": delivery.event_id,
        "event_type": delivery.event_type,
        "message_id": delivery.message_id,
        "at": delivery.at.to_string(),
        "has_url": !delivery.urls.is_empty(),
        "attempts": attempts(delivery),
        "body": delivery.data,
    })
}

fn attempts(delivery: &Delivery) -> Vec<Value> {
    let lines = delivery.attempts.iter().map(|attempt: &Attempt| {
        let answer = match &attempt.outcome {
            Some(Outcome::Responded(_, body)) => body.as_str(),
            _ => "",
        };
        json!({
            "url": attempt.url,
            "at": attempt.at.to_string(),
            "outcome": attempt.outcome.as_ref().map(Outcome::to_string),
            "is_success": attempt.outcome.as_ref().map(Outcome::is_success),
            "response": answer,
        })
    });
    lines.collect()
}
