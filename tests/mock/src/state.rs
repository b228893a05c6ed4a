//! The state of the mock, and the effects of commands.
//!
//! The state has no side effects. The state takes a request or a command, and the time, and returns a response and the webhooks
//! to post. HTTP, the clock and the sender of webhooks are in `server`, `world` and `sender`.

mod agenda;
mod conversations;
mod deliveries;
mod exchange;
mod faults;
mod keys;
mod lifecycle;
mod message;
mod numbers;
mod objections;
mod opt_outs;
mod profiles;
mod requests;
mod sends;
mod views;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use self::agenda::{Agenda, Due};
use self::deliveries::Delivery;
pub(crate) use self::deliveries::{Outcome, Post, Signed};
use self::exchange::Exchange;
use self::faults::Faults;
pub(crate) use self::faults::{Rule, WebhookRule};
use self::keys::Key;
pub(crate) use self::keys::status;
use self::message::Message;
use self::numbers::Numbers;
pub(crate) use self::objections::check_recipient;
use self::opt_outs::OptOuts;
use self::profiles::Profiles;
pub(crate) use self::views::{Kind, Wanted};
use crate::api::{Api, Refusal};
use crate::behaviours::{self as basis, Behaviour};
use crate::moment::Moment;
use crate::random::Random;
use crate::recipient::{Recipient, Recipients};
use crate::records::Records;
use crate::settings::Settings;

/// How much may be due. Then the queue of messages is full.
const MOST_DUE: usize = 100_000;

/// What happens to the mock beside requests.
#[derive(Debug)]
pub(crate) enum Command {
    /// A phone sends a message to a number of the account.
    Receive {
        from: String,
        to: String,
        text: String,
    },
    /// An attempt to deliver a webhook has ended.
    Delivered {
        event_id: String,
        attempt: usize,
        outcome: Outcome,
    },
    /// A test or the inbox delivers a webhook again.
    DeliverAgain { event_id: String },
    /// A number, short code or WhatsApp user gets a behaviour.
    SetRecipient(String, Recipient),
    /// The next requests fail.
    Fail(Rule),
    /// The next webhooks fail.
    FailWebhook(WebhookRule),
    /// Time has passed.
    Tick,
}

/// What becomes of a request.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) response: Response<Bytes>,
    pub(crate) delay: Duration,
    pub(crate) manner: Manner,
}

/// How much of a response the client gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    Whole,
    /// The headers and half of the body.
    Cut,
    /// No response: the connection breaks.
    Dropped,
    /// No connection.
    Refused,
}

impl Answer {
    /// What comes of the body if it is cut.
    pub(crate) fn half(&self) -> Bytes {
        let body = self.response.body();
        body.slice(..body.len() / 2)
    }
}

/// Everything that the mock remembers.
#[derive(Debug)]
pub(crate) struct State {
    api: Arc<Api>,
    settings: Settings,
    random: Random,
    agenda: Agenda,
    messages: Records<Message>,
    deliveries: Records<Delivery>,
    keys: Records<Key>,
    exchanges: Records<Exchange>,
    log: Records<String>,
    numbers: Numbers,
    profiles: Profiles,
    opt_outs: OptOuts,
    recipients: Recipients,
    faults: Faults,
    /// Grows with every change that a page or a waiting test can see.
    revision: u64,
}

impl State {
    pub(crate) fn new(api: Arc<Api>, settings: Settings, now: Moment) -> Self {
        let mut random = Random::new(settings.seed);
        Self {
            api,
            agenda: Agenda::default(),
            messages: Records::new(settings.records),
            deliveries: Records::new(settings.records),
            keys: Records::new(settings.records),
            exchanges: Records::new(settings.records),
            log: Records::new(settings.records),
            numbers: Numbers::new(&settings, &mut random, now),
            profiles: Profiles::new(&settings, now),
            opt_outs: OptOuts::new(settings.records),
            recipients: Recipients::default(),
            faults: Faults::new(settings.faults_per_mille),
            revision: 0,
            random,
            settings,
        }
    }

    /// Does what is due, then responds to a request, whose body is whole. Gives the webhooks to post, too.
    pub(crate) fn request(&mut self, request: &Request<Bytes>, now: Moment) -> (Answer, Vec<Post>) {
        let mut posts = self.catch_up(now);
        let answer = self.answer(request, now);
        posts.extend(self.catch_up(now));
        (answer, posts)
    }

    /// Does what is due, then what the command says, unless something speaks against it. Gives the webhooks to post, too.
    pub(crate) fn apply(
        &mut self,
        command: Command,
        now: Moment,
    ) -> (Result<(), Refusal>, Vec<Post>) {
        let mut posts = self.catch_up(now);
        let outcome = self.objection(&command);
        if outcome.is_ok() {
            self.obey(command, now);
            posts.extend(self.catch_up(now));
        }
        (outcome, posts)
    }

    fn obey(&mut self, command: Command, now: Moment) {
        match command {
            Command::Receive { from, to, text } => self.receive(&from, &to, &text, now),
            Command::Delivered {
                event_id,
                attempt,
                outcome,
            } => self.delivered(&event_id, attempt, outcome, now),
            Command::DeliverAgain { event_id } => self.deliver_again(event_id, now),
            Command::SetRecipient(address, recipient) => self.recipients.set(address, recipient),
            Command::Fail(rule) => self.faults.add(rule),
            Command::FailWebhook(rule) => self.faults.add_for_webhooks(rule),
            Command::Tick => {}
        }
    }

    /// When something is due next.
    pub(crate) fn next_due(&self) -> Option<Moment> {
        self.agenda.next()
    }

    pub(crate) fn revision(&self) -> u64 {
        self.revision
    }

    fn catch_up(&mut self, now: Moment) -> Vec<Post> {
        let mut posts = Vec::new();
        while let Some((at, due)) = self.agenda.take_until(now) {
            if let Some(count) = self.count_of(&due) {
                *count = count.saturating_sub(1);
            }
            match due {
                Due::Start(id) => self.enqueue(&id, at),
                Due::Sent(id) => self.carrier_takes(&id, at),
                Due::Final(id) => self.carrier_reports(&id, at),
                Due::Read(id) => self.recipient_reads(&id, at),
                Due::Expire(id) => self.expire(&id, at),
                Due::Receive { from, to, text } => self.receive(&from, &to, &text, at),
                Due::Update(order_id) => {
                    let is_deleted = |profile: &str| self.profiles.is_deleted(profile);
                    self.numbers.update(&order_id, is_deleted, at);
                    self.note(
                        at,
                        &format!("updated the numbers of {order_id}"),
                        basis::BULK,
                    );
                }
                Due::Attempt { event_id, again } => {
                    posts.extend(self.attempt(&event_id, again, at));
                }
            }
            self.revision += 1;
        }
        posts
    }

    /// Puts down what is due later. The message or webhook that it is about is under way until then.
    fn plan(&mut self, at: Moment, due: Due) {
        if let Some(count) = self.count_of(&due) {
            *count += 1;
        }
        self.agenda.put(at, due);
    }

    /// How many entries of the agenda are about the same message or webhook.
    fn count_of(&mut self, due: &Due) -> Option<&mut usize> {
        match due {
            Due::Start(id) | Due::Sent(id) | Due::Final(id) | Due::Read(id) | Due::Expire(id) => {
                Some(&mut self.messages.get_mut(id)?.due)
            }
            Due::Attempt { event_id, .. } => Some(&mut self.deliveries.get_mut(event_id)?.due),
            Due::Receive { .. } | Due::Update(_) => None,
        }
    }

    /// Makes a sender a number of the account if it is not one yet.
    fn know(&mut self, sender: &str, profile: &str, now: Moment) {
        if self.numbers.know(sender, profile, &mut self.random, now) {
            self.note(
                now,
                &format!("{sender} belongs to the account now"),
                basis::PROFILE,
            );
        }
    }

    /// Keeps a message.
    fn keep_message(&mut self, id: String, message: Message, now: Moment) {
        let lost = self.messages.push(id, message);
        self.note_lost("message", lost, now);
    }

    /// Says in the log which messages or webhooks were let go although they were under way.
    fn note_lost(&mut self, what: &str, ids: Vec<String>, now: Moment) {
        for id in ids {
            let line = format!("let go of {what} {id}, which was under way");
            self.note(now, &line, basis::LIMITS);
        }
    }

    /// Writes a line into the log: what happened, and on which behaviour it rests.
    fn note(&mut self, now: Moment, what: &str, behaviour: Behaviour) {
        let line = format!("{now} {what} [{}: {}]", behaviour.name, behaviour.basis);
        let number = self.log.count().to_string();
        // A line is never under way.
        let _ = self.log.push(number, line);
        self.revision += 1;
    }
}
