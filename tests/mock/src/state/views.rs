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

/// Which messages or webhooks are asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
    /// `message.finalized`: webhooks in place of messages.
    pub(crate) event_type: Option<String>,
}

impl State {
    /// The messages asked for, as JSON of the API, the oldest first.
    pub(crate) fn messages(&self, wanted: &Wanted) -> Vec<Value> {
        let messages = self.messages.iter();
        let messages = messages.filter(|message| wanted.is(message));
        messages.map(Message::to_json).collect()
    }

    /// The bodies of the webhooks asked for, the oldest first.
    pub(crate) fn webhooks(&self, wanted: &Wanted) -> Vec<Value> {
        let is_wanted = |delivery: &&Delivery| {
            let is_of_kind = wanted
                .event_type
                .as_ref()
                .is_none_or(|kind| kind == delivery.event_type);
            let message = self.messages.get(&delivery.message_id);
            is_of_kind && message.is_none_or(|message| wanted.is(message))
        };
        let deliveries = self.deliveries.iter().filter(is_wanted);
        deliveries
            .map(|delivery| {
                let data = serde_json::from_str(&delivery.data).unwrap_or(Value::Null);
                json!({ "data": data, "attempts": attempts(delivery) })
            })
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
    fn is(&self, message: &Message) -> bool {
        let is_to = |number: &String| message.to.iter().any(|one| one.phone_number == *number);
        self.from
            .as_ref()
            .is_none_or(|number| message.from == *number)
            && self.to.as_ref().is_none_or(is_to)
    }
}

fn line(message: &Message) -> Value {
    let status = match message.to.first() {
        _ if message.scheduled_for.is_some() && !message.is_cancelled => "scheduled",
        Some(first) => first.status,
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
