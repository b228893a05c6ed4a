//! What the mock does not do, although a test or the inbox asks for it.

use super::{Command, MOST_DUE, State};
use crate::api::{Problem, Refusal, code, shown};
use crate::senders::{Sender, is_e164};

/// The kinds of webhooks that the mock posts.
const EVENT_TYPES: [&str; 4] = [
    "message.sent",
    "message.finalized",
    "message.read",
    "message.received",
];

/// How many attempts to deliver a webhook are kept.
const MOST_ATTEMPTS: usize = 30;

/// How many characters a number or name of a sender may have.
const LONGEST_NAME: usize = 255;

impl State {
    /// Why the mock does not do what the command says.
    pub(crate) fn objection(&self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::Receive { from, to, .. } => self.receive_objection(from, to),
            Command::DeliverAgain { event_id } => self.deliver_objection(event_id),
            Command::SetRecipient(phone_number, _) => {
                when(!is_e164(phone_number), || {
                    format!("`{}` is not a phone number in E.164.", shown(phone_number))
                })?;
                let is_full = self.recipients.len() >= self.most_records();
                when(is_full && !self.recipients.has(phone_number), || {
                    format!(
                        "The mock keeps {} recipients; see --records.",
                        self.recipients.len()
                    )
                })
            }
            Command::Fail(rule) => {
                if let Some(operation) = &rule.operation {
                    when(!self.api.has_operation(operation), || {
                        format!("The spec has no operation `{}`.", shown(operation))
                    })?;
                }
                self.has_room_for_a_rule(self.faults.rules())
            }
            Command::FailWebhook(rule) => {
                let kind = rule.event_type.as_str();
                when(!EVENT_TYPES.contains(&kind), || {
                    let kinds = EVENT_TYPES.join("`, `");
                    format!("`{}` is not one of `{kinds}`.", shown(kind))
                })?;
                self.has_room_for_a_rule(self.faults.webhook_rules())
            }
            Command::Delivered { .. } | Command::Tick => Ok(()),
        }
    }

    fn has_room_for_a_rule(&self, rules: usize) -> Result<(), Refusal> {
        when(rules >= self.most_records(), || {
            format!("The mock keeps {rules} rules for faults; see --records.")
        })
    }

    fn receive_objection(&self, from: &str, to: &str) -> Result<(), Refusal> {
        for number in [from, to] {
            let length = number.chars().count();
            when(!(1..=LONGEST_NAME).contains(&length), || {
                format!("`{}` is not a phone number.", shown(number))
            })?;
        }
        when(Sender::of(to) == Some(Sender::Name), || {
            format!(
                "Nobody can answer the sender `{}`: it is a name.",
                shown(to)
            )
        })?;
        self.is_too_busy()?;
        when(!self.messages.has_room(), || {
            "All messages that the mock keeps are under way; see --records.".to_owned()
        })
    }

    fn deliver_objection(&self, event_id: &str) -> Result<(), Refusal> {
        let delivery = self.deliveries.get(event_id);
        let delivery = delivery.ok_or_else(|| Refusal::not_found("webhook", event_id))?;
        when(delivery.urls.is_empty(), || {
            "There is no URL to deliver this webhook to.".to_owned()
        })?;
        when(
            delivery.attempts.len() + delivery.due >= MOST_ATTEMPTS,
            || format!("A webhook has at most {MOST_ATTEMPTS} attempts."),
        )?;
        self.is_too_busy()
    }

    fn is_too_busy(&self) -> Result<(), Refusal> {
        when(self.agenda.len() >= MOST_DUE, || {
            format!("The mock has {MOST_DUE} things to do. Let them happen first.")
        })
    }
}

fn when(is_so: bool, detail: impl FnOnce() -> String) -> Result<(), Refusal> {
    match is_so {
        true => Err(Refusal::bad_request(Problem::new(
            code::BAD_REQUEST,
            detail(),
        ))),
        false => Ok(()),
    }
}
