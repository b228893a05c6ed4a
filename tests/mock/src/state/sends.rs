//! Accepts messages, or refuses them.

use std::time::Duration;

use serde_json::{Map, Value};
use telnyx_messaging::types::{DeliveryStatus, MessageType};

use super::message::{Addressee, Message, parts};
use super::{Due, MOST_DUE, State};
use crate::api::{Api, Inputs, Operation, Problem, Problems, Refusal, code, shown};
use crate::behaviours::{self as basis, Behaviour};
use crate::moment::Moment;
use crate::recipient::Recipient;
use crate::senders::{Sender, is_address, is_e164, is_in_us_canada_or_puerto_rico, is_whatsapp_id};
use crate::text::fits_gsm7;

const MOST_RECIPIENTS: usize = 8;
const MOST_MEDIA: usize = 10;
const MOST_PARTS: usize = 10;

/// How far ahead `send_at` must be, and how far it may be.
const EARLIEST: Duration = Duration::from_secs(5 * 60);
const LATEST: Duration = Duration::from_secs(5 * 24 * 3600);

/// What a message is made of when it was not refused.
struct Draft {
    kind: MessageType,
    from: String,
    to: Vec<String>,
    profile: String,
    send_at: Option<Moment>,
}

impl State {
    /// Accepts the message of a request: any POST below `/messages`.
    pub(super) fn send(
        &mut self,
        operation: &Operation,
        inputs: &Inputs,
        now: Moment,
    ) -> Result<Value, Refusal> {
        let draft = match self.draft(operation, inputs, now) {
            Ok(draft) => draft,
            Err((row, refusal)) => {
                self.note(
                    now,
                    &format!("refused a message: {}", refusal.detail()),
                    row,
                );
                return Err(refusal);
            }
        };
        self.refuse_recipients(&draft, now)?;
        self.know(&draft.from, &draft.profile, now);
        let id = self.random.uuid();
        let status = match draft.send_at {
            None => DeliveryStatus::Queued,
            Some(_) => DeliveryStatus::Scheduled,
        };
        let addressees = draft.to.iter().map(|to| Addressee::new(to, status.clone()));
        let message = Message {
            id: id.clone(),
            is_inbound: false,
            kind: draft.kind,
            from: draft.from,
            to: addressees.collect(),
            text: inputs.text("text").map(str::to_owned),
            media_urls: inputs.texts("media_urls"),
            request: inputs.body.clone(),
            profile: draft.profile,
            received_at: now,
            sent_at: None,
            completed_at: None,
            scheduled_for: draft.send_at,
            is_cancelled: false,
            due: 0,
            errors: Vec::new(),
            keyword: None,
        };
        let json = message.to_json();
        let row = match message.kind {
            MessageType::Whatsapp => basis::WHATSAPP_BODY,
            _ => basis::REQUEST,
        };
        self.keep_message(id.clone(), message, now);
        match draft.send_at {
            None => {
                self.note(now, &format!("accepted {id}"), row);
                self.enqueue(&id, now);
            }
            Some(send_at) => {
                self.note(
                    now,
                    &format!("scheduled {id} for {send_at}"),
                    basis::SCHEDULE,
                );
                self.plan(send_at, Due::Start(id));
            }
        }
        Ok(json)
    }

    /// What the message is made of, or a refusal and the behaviour that it rests on.
    fn draft(
        &self,
        operation: &Operation,
        inputs: &Inputs,
        now: Moment,
    ) -> Result<Draft, (Behaviour, Refusal)> {
        let mut problems = Problems::default();
        // The first check that finds a problem.
        let mut row = None;
        let mut rests_on = |problems: &Problems, behaviour| {
            if !problems.is_empty() {
                row.get_or_insert(behaviour);
            }
        };
        let kind = kind(operation, inputs);
        let to = recipients(&kind, operation, &inputs.body, &mut problems);
        rests_on(&problems, basis::CONTENT);
        check_group(operation, inputs, &mut problems);
        rests_on(&problems, basis::GROUP);
        let profile = inputs
            .text("messaging_profile_id")
            .filter(|id| !id.is_empty());
        // An empty text is how an application says "none".
        let from = inputs.text("from").filter(|from| !from.is_empty());
        let sender = from.and_then(Sender::of);
        match (from, profile) {
            (None, None) => {
                let detail = "A message needs `from` or `messaging_profile_id`.";
                problems.push(Problem::new(code::MISSING, detail).at("/from"));
            }
            (Some(_), None) if sender == Some(Sender::Name) => {
                let detail = "An alphanumeric sender needs a `messaging_profile_id`.";
                problems.push(Problem::new(code::MISSING, detail).at("/messaging_profile_id"));
            }
            (Some(from), _) => {
                check_sender(from, sender, &to, &mut problems);
                rests_on(&problems, basis::SENDER_STATUS);
            }
            (None, Some(_)) => {}
        }
        rests_on(&problems, basis::SENDER);
        check_content(&self.api, operation, inputs, &mut problems);
        rests_on(&problems, basis::CONTENT);
        check_length(&kind, inputs, &mut problems);
        rests_on(&problems, basis::TOO_LARGE);
        check_encoding(&kind, inputs, &mut problems);
        rests_on(&problems, basis::GSM7);
        let send_at = send_at(inputs, now, &mut problems);
        rests_on(&problems, basis::SCHEDULE);
        let row = row.unwrap_or(basis::REQUEST);
        problems.refuse().map_err(|refusal| (row, refusal))?;
        let of_pool = || self.numbers.of_pool(profile.unwrap_or_default());
        let from = from.map_or_else(of_pool, str::to_owned);
        let refused = self.refuse_sender(&from);
        refused.map_err(|refusal| (basis::SENDERS, refusal))?;
        let own = || self.numbers.profile_of(&from);
        let profile = profile.map_or_else(own, str::to_owned);
        let refused = self.refuse_profile(&profile);
        refused.map_err(|refusal| (basis::PROFILE, refusal))?;
        Ok(Draft {
            kind,
            from,
            to,
            profile,
            send_at,
        })
    }

    /// Refuses what names a deleted profile.
    pub(super) fn refuse_profile(&self, profile: &str) -> Result<(), Refusal> {
        if !self.profiles.is_deleted(profile) {
            return Ok(());
        }
        let detail = format!("The messaging profile `{profile}` was deleted.");
        let problem = Problem::new(code::NO_SUCH_ASSOCIATION, detail);
        Err(Refusal::bad_request(problem.at("/messaging_profile_id")))
    }

    fn refuse_sender(&self, from: &String) -> Result<(), Refusal> {
        let senders = &self.settings.senders;
        if senders.is_empty() || senders.contains(from) {
            return Ok(());
        }
        let detail = format!("`{}` is not a sender of this account.", shown(from));
        Err(Refusal::bad_request(
            Problem::new(code::INVALID_SENDER, detail).at("/from"),
        ))
    }

    fn refuse_recipients(&mut self, draft: &Draft, now: Moment) -> Result<(), Refusal> {
        if !self.messages.has_room() {
            self.note(now, "refused a message", basis::LIMITS);
            let detail = "All messages that the mock keeps are under way; see --records.";
            return Err(Refusal::bad_request(Problem::new(code::QUEUE_FULL, detail)));
        }
        for to in &draft.to {
            let recipient = self.recipients.of(to);
            if recipient == Recipient::Blocked || self.opt_outs.blocks(&draft.profile, to) {
                self.note(now, &format!("refused a message to {to}"), basis::BLOCKED);
                let detail = format!(
                    "Messages cannot be sent from {} to {to} due to an existing block rule.",
                    draft.from
                );
                let problem = Problem::new(code::BLOCKED, detail).at("/to");
                return Err(Refusal::new(self.settings.blocked_status, problem));
            }
            if recipient == Recipient::QueueFull || self.agenda.len() >= MOST_DUE {
                self.note(
                    now,
                    &format!("refused a message to {to}"),
                    basis::QUEUE_FULL,
                );
                let detail = "The queue for this sender is full.";
                return Err(Refusal::bad_request(Problem::new(code::QUEUE_FULL, detail)));
            }
        }
        Ok(())
    }
}

/// A sender is a number, a short code or a name, and a name reaches only some countries.
fn check_sender(from: &str, sender: Option<Sender>, to: &[String], problems: &mut Problems) {
    let from = shown(from);
    let detail = match sender {
        None => format!(
            "`{from}` is not a phone number in E.164, a short code, or a name of up to 11 letters, digits and blanks."
        ),
        Some(Sender::Name) if to.iter().any(|to| is_in_us_canada_or_puerto_rico(to)) => {
            format!(
                "The sender `{from}` is a name. No name reaches the US, Canada and Puerto Rico."
            )
        }
        Some(_) => return,
    };
    problems.push(Problem::new(code::INVALID_SENDER, detail).at("/from"));
}

/// The numbers in `to`, which is one or a list.
fn recipients(
    kind: &MessageType,
    operation: &Operation,
    body: &Map<String, Value>,
    problems: &mut Problems,
) -> Vec<String> {
    let numbers: Vec<(String, &Value)> = match body.get("to") {
        Some(Value::Array(items)) => {
            let items = items.iter().enumerate();
            items
                .map(|(index, item)| (format!("/to/{index}"), item))
                .collect()
        }
        Some(one) => vec![("/to".to_owned(), one)],
        None => Vec::new(),
    };
    if numbers.len() > MOST_RECIPIENTS {
        let detail = format!("A message has at most {MOST_RECIPIENTS} recipients.");
        problems.push(Problem::new(code::BAD_REQUEST, detail).at("/to"));
    }
    if numbers.is_empty() && body.contains_key("to") {
        let detail = "A message needs a recipient.";
        problems.push(Problem::new(code::MISSING, detail).at("/to"));
    }
    let mut valid = Vec::new();
    for (pointer, number) in numbers {
        let number = number.as_str().unwrap_or_default();
        let (is_valid, other) = match kind {
            MessageType::Whatsapp => (is_whatsapp_id(number), ", and no id of a WhatsApp user"),
            _ if is_on(operation, "alphanumeric") => (false, ""),
            _ => (is_address(number), ", and no short code"),
        };
        if is_valid || is_e164(number) {
            valid.push(number.to_owned());
        } else {
            let detail = format!(
                "`{}` is not a phone number in E.164 (a plus, the country code and the number){other}.",
                shown(number)
            );
            problems.push(Problem::new(code::INVALID_PHONE_NUMBER, detail).at(pointer));
        }
    }
    valid
}

/// A group message goes to numbers in the US, Canada and Puerto Rico, and to short codes.
fn check_group(operation: &Operation, inputs: &Inputs, problems: &mut Problems) {
    if !is_on(operation, "group") {
        return;
    }
    for (index, number) in inputs.texts("to").iter().enumerate() {
        if is_e164(number) && !is_in_us_canada_or_puerto_rico(number) {
            let detail = format!(
                "A group message reaches only the US, Canada and Puerto Rico, not {number}."
            );
            let problem = Problem::new(code::INVALID_RECIPIENT, detail);
            problems.push(problem.at(format!("/to/{index}")));
        }
    }
}

/// A message says something: where the spec names `text`, that or `media_urls` has to be there.
fn check_content(api: &Api, operation: &Operation, inputs: &Inputs, problems: &mut Problems) {
    let media = inputs.texts("media_urls").len();
    if media > MOST_MEDIA {
        let detail = format!("A message has at most {MOST_MEDIA} media files.");
        problems.push(Problem::new(code::BAD_REQUEST, detail).at("/media_urls"));
    }
    let body = operation.body.as_ref();
    let takes_text = body.is_some_and(|body| api.property(&body.schema, "text").is_some());
    let text = inputs.text("text").unwrap_or_default();
    if takes_text && text.is_empty() && media == 0 {
        let detail = "A message needs `text` or `media_urls`.";
        problems.push(Problem::new(code::MISSING, detail).at("/text"));
    }
}

/// An SMS has so many parts at most.
fn check_length(kind: &MessageType, inputs: &Inputs, problems: &mut Problems) {
    let text = inputs.text("text").unwrap_or_default();
    let parts = parts(kind, text, &inputs.body);
    if parts > MOST_PARTS {
        let detail = format!("The text has {parts} parts. A message has at most {MOST_PARTS}.");
        problems.push(Problem::new(code::TOO_LARGE, detail).at("/text"));
    }
}

/// Telnyx refuses to encode a text as GSM-7 if it has other characters.
fn check_encoding(kind: &MessageType, inputs: &Inputs, problems: &mut Problems) {
    let text = inputs.text("text").unwrap_or_default();
    if *kind == MessageType::Sms && inputs.text("encoding") == Some("gsm7") && !fits_gsm7(text) {
        let detail = "The text has characters outside GSM-7.";
        problems.push(Problem::new(code::BAD_REQUEST, detail).at("/text"));
    }
}

/// When the message is to be sent, if that is later.
fn send_at(inputs: &Inputs, now: Moment, problems: &mut Problems) -> Option<Moment> {
    let send_at = Moment::parse(inputs.text("send_at")?)?;
    if send_at < now + EARLIEST || send_at > now + LATEST {
        let (minutes, days) = (EARLIEST.as_secs() / 60, LATEST.as_secs() / 86_400);
        let detail =
            format!("`send_at` must be {minutes} minutes to {days} days ahead; it is {now} here.");
        problems.push(Problem::new(code::BAD_REQUEST, detail).at("/send_at"));
    }
    Some(send_at)
}

/// What the request says, what kind of content it has, or the operation by its path.
fn kind(operation: &Operation, inputs: &Inputs) -> MessageType {
    if let Some(kind) = inputs.text("type") {
        return kind.into();
    }
    let is = |name: &str| is_on(operation, name);
    let has_media = !inputs.texts("media_urls").is_empty();
    if is("whatsapp") || inputs.body.contains_key("whatsapp_message") {
        MessageType::Whatsapp
    } else if is("rcs") {
        MessageType::Rcs
    } else if is("mms") || has_media {
        MessageType::Mms
    } else {
        MessageType::Sms
    }
}

/// Whether the path of the operation has the word.
fn is_on(operation: &Operation, name: &str) -> bool {
    operation.path.split(['/', '_']).any(|word| word == name)
}
