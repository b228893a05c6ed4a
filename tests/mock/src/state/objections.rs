//! Decides which commands of a test or of the inbox the mock refuses. The mock refuses a wrong command, because otherwise the
//! test would pass or fail by chance.

use super::{Command, MOST_DUE, State, Wanted};
use crate::api::{Refusal, shown, wrong};
use crate::senders::{Sender, is_address, is_recipient, is_whatsapp_id};

/// The kinds of webhooks that the mock posts.
const EVENT_TYPES: [&str; 4] = [
    "message.sent",
    "message.finalized",
    "message.read",
    "message.received",
];

/// How many attempts to deliver a webhook are kept.
const MOST_ATTEMPTS: usize = 30;

impl State {
    /// Why the mock does not do what the command says.
    pub(super) fn objection(&self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::Receive { from, to, .. } => self.receive_objection(from, to),
            Command::DeliverAgain { event_id } => self.deliver_objection(event_id),
            Command::SetRecipient(address, _) => {
                check_recipient(address)?;
                let is_full = self.recipients.len() >= self.settings.records;
                refuse_if(is_full && !self.recipients.has(address), || {
                    format!(
                        "The mock keeps {} recipients; see --records.",
                        self.recipients.len()
                    )
                })
            }
            Command::Fail(rule) => {
                rule.fault.check().map_err(wrong)?;
                if let Some(operation) = &rule.operation {
                    refuse_if(!self.api.has_operation(operation), || {
                        format!("The spec has no operation `{}`.", shown(operation))
                    })?;
                }
                self.check_room_for_a_rule(self.faults.rules())
            }
            Command::FailWebhook(rule) => {
                rule.fault.check().map_err(wrong)?;
                check_event_type(&rule.event_type)?;
                self.check_room_for_a_rule(self.faults.webhook_rules())
            }
            Command::Delivered { .. } | Command::Tick => Ok(()),
        }
    }

    /// Why nobody can wait for so many messages or webhooks.
    pub(crate) fn count_objection(&self, count: usize) -> Result<(), Refusal> {
        let most = self.settings.records;
        refuse_if(count > most, || {
            format!("`count` is {count}, but the mock keeps {most}; see --records.")
        })
    }

    fn check_room_for_a_rule(&self, rules: usize) -> Result<(), Refusal> {
        refuse_if(rules >= self.settings.records, || {
            format!("The mock keeps {rules} rules for faults; see --records.")
        })
    }

    fn receive_objection(&self, from: &str, to: &str) -> Result<(), Refusal> {
        check_recipient(from)?;
        refuse_if(Sender::of(to) == Some(Sender::Name), || {
            format!(
                "Nobody can answer the sender `{}`: it is a name.",
                shown(to)
            )
        })?;
        refuse_if(!is_address(to), || {
            format!(
                "`{}` is no phone number in E.164 and no short code.",
                shown(to)
            )
        })?;
        self.check_not_too_busy()?;
        refuse_if(!self.messages.has_room(), || {
            "All messages that the mock keeps are under way; see --records.".to_owned()
        })
    }

    fn deliver_objection(&self, event_id: &str) -> Result<(), Refusal> {
        let delivery = self.deliveries.get(event_id);
        let delivery = delivery.ok_or_else(|| Refusal::not_found("webhook", event_id))?;
        refuse_if(delivery.urls.is_empty(), || {
            "There is no URL to deliver this webhook to.".to_owned()
        })?;
        refuse_if(
            delivery.attempts.len() + delivery.due >= MOST_ATTEMPTS,
            || format!("A webhook has at most {MOST_ATTEMPTS} attempts."),
        )?;
        self.check_not_too_busy()
    }

    fn check_not_too_busy(&self) -> Result<(), Refusal> {
        refuse_if(self.agenda.len() >= MOST_DUE, || {
            format!("The mock has {MOST_DUE} things to do. Let them happen first.")
        })
    }
}

impl Wanted {
    /// Why no message or webhook can be what is asked for.
    pub(crate) fn objection(&self) -> Result<(), Refusal> {
        if let Some(from) = &self.from {
            refuse_if(Sender::of(from).is_none() && !is_whatsapp_id(from), || {
                format!("`{}` is no sender of a message.", shown(from))
            })?;
        }
        self.to.as_deref().map_or(Ok(()), check_recipient)?;
        self.event_type().map_or(Ok(()), check_event_type)
    }
}

/// Refuses an address that is no recipient.
pub(crate) fn check_recipient(address: &str) -> Result<(), Refusal> {
    refuse_if(!is_recipient(address), || {
        format!(
            "`{}` is no phone number in E.164, no short code and no id of a WhatsApp user.",
            shown(address)
        )
    })
}

fn check_event_type(event_type: &str) -> Result<(), Refusal> {
    refuse_if(!EVENT_TYPES.contains(&event_type), || {
        let kinds = EVENT_TYPES.join("`, `");
        format!("`{}` is not one of `{kinds}`.", shown(event_type))
    })
}

fn refuse_if(is_so: bool, detail: impl FnOnce() -> String) -> Result<(), Refusal> {
    match is_so {
        true => Err(wrong(detail())),
        false => Ok(()),
    }
}
