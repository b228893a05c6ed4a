//! A call and the faults it will meet, chosen by a seed.

use std::time::Duration;

use telnyx_messaging::RetryPolicy;
use telnyx_messaging_mock::Random;

use super::super::operation::{ALL, Class, Operation};

/// What happens to the attempts of one call.
#[derive(Debug)]
pub(super) struct Schedule {
    /// What it was drawn with.
    #[expect(dead_code, reason = "it is printed with a failure")]
    seed: u64,
    pub(super) operation: Operation,
    pub(super) max_retries: u32,
    pub(super) retry_policy: RetryPolicy,
    /// One for each attempt.
    pub(super) events: Vec<Event>,
}

/// What happens to one attempt.
#[derive(Clone, Copy, Debug)]
pub(super) enum Event {
    /// No connection.
    NotSent,
    /// No connection: the certificate is wrong.
    Certificate,
    /// The request is lost on its way.
    Lost,
    /// The server does nothing and answers with this status.
    Refuses(u16),
    /// The server does what it is asked for.
    Accepts(Answer),
    /// The server does it after this time; no attempt waits so long.
    AcceptsLate(Duration),
}

/// What comes back from a server that has accepted.
#[derive(Clone, Copy, Debug)]
pub(super) enum Answer {
    Success,
    /// A success that is no JSON.
    Unreadable,
    /// The status of a gateway that lost patience, or of a server that failed after the work was done.
    Status(u16),
    /// The connection breaks before the head of the answer.
    Lost,
    /// The connection breaks after the head.
    Cut,
    /// Nothing, until the attempt's time is over.
    Nothing,
}

impl Schedule {
    pub(super) fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let operation = random.one_of(&ALL);
        let max_retries = random.one_of(&[0, 1, 2, 2, 2, 5]);
        let policies = [
            RetryPolicy::Standard,
            RetryPolicy::Standard,
            RetryPolicy::Standard,
            RetryPolicy::NotSent,
            RetryPolicy::Off,
        ];
        Self {
            seed,
            operation,
            max_retries,
            retry_policy: random.one_of(&policies),
            events: (0..=max_retries).map(|_| event(&mut random)).collect(),
        }
    }

    /// How often a server may accept the call, if it honours idempotency keys or ignores them.
    pub(super) fn most_accepted(&self, honours_keys: bool) -> usize {
        match self.operation.class() {
            Class::Other => 1,
            Class::Keyed if honours_keys => 1,
            Class::Keyed | Class::Idempotent => self.most_attempts(),
        }
    }

    /// How many attempts the client may make. With `NotSent`, it repeats those that surely did not reach the server.
    pub(super) fn most_made(&self) -> usize {
        match self.retry_policy {
            RetryPolicy::Off => 1,
            _ => self.events.len(),
        }
    }

    /// How many attempts may reach the server.
    fn most_attempts(&self) -> usize {
        match self.retry_policy {
            RetryPolicy::Standard => self.events.len(),
            _ => 1,
        }
    }
}

fn event(random: &mut Random) -> Event {
    match random.below(10) {
        0 => Event::NotSent,
        1 => Event::Lost,
        2 => random.one_of(&[Event::Certificate, Event::NotSent, Event::Lost]),
        3 => Event::Refuses(random.one_of(&[400, 401, 403, 404, 409, 422, 500, 502, 503])),
        4 => Event::Refuses(429),
        5 => {
            let delay = 51 + random.below(200);
            Event::AcceptsLate(Duration::from_millis(delay))
        }
        _ => Event::Accepts(random.one_of(&[
            Answer::Success,
            Answer::Unreadable,
            Answer::Status(307),
            Answer::Status(408),
            Answer::Status(500),
            Answer::Status(502),
            Answer::Status(503),
            Answer::Status(504),
            Answer::Lost,
            Answer::Lost,
            Answer::Cut,
            Answer::Nothing,
        ])),
    }
}
