//! How a call waits until its rate limit allows it.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::CallRequest;
use crate::client::Inner;
use crate::observe::Observation;
use crate::retry::SHORTEST_ATTEMPT;
use crate::throttle::Gate;

/// The shortest wait after a 429 for which the retry does not count towards `max_retries`. Retries after shorter waits count,
/// because otherwise a server could cause a thousand requests a second. With an adaptive rate, no retry counts, so each wait is
/// at least this long.
const SHORTEST_FREE_WAIT: Duration = Duration::from_millis(500);

pub(super) struct Turn<'a> {
    request: &'a CallRequest,
    /// The latest time at which an attempt may begin.
    latest: Option<Instant>,
    ticket: Option<u64>,
    /// The gate that the attempt passed.
    gate: Option<Arc<Gate>>,
}

/// What a 429 means for its call.
#[derive(Default)]
pub(super) struct Held {
    /// The gate is closed, so the call waits at the gate and not by itself.
    pub(super) at_gate: bool,
    /// The next attempt does not count as a retry.
    pub(super) is_free: bool,
}

impl<'a> Turn<'a> {
    pub(super) fn new(request: &'a CallRequest, deadline: Option<Instant>) -> Self {
        Self {
            request,
            latest: deadline.and_then(|deadline| deadline.checked_sub(SHORTEST_ATTEMPT)),
            ticket: None,
            gate: None,
        }
    }

    /// Waits until the call's rate limit lets it through. If the call's time is too short, returns the wait that would remain.
    pub(super) async fn wait(&mut self, observation: &mut Observation) -> Result<(), Duration> {
        let gates = &self.client().gates;
        self.gate = gates.find(|| self.request.rate_key());
        let Some(gate) = &self.gate else {
            return Ok(());
        };
        let ticket = *self.ticket.get_or_insert_with(|| gates.ticket());
        observation.waits();
        // Boxed, because hardly any call runs this code.
        let passed = if self.request.fails_fast() {
            Box::pin(gate.pass_soon(ticket, self.latest)).await
        } else {
            Box::pin(gate.pass(ticket, self.latest)).await
        };
        observation.goes_on();
        passed
    }

    /// Records that the attempt got a response other than a 429.
    pub(super) fn answered(&self) {
        if let Some(gate) = &self.gate {
            gate.answered();
        }
    }

    /// Closes the gate after a 429, for the time that the server asked for.
    pub(super) fn hold(&self, asked: Option<Duration>) -> Held {
        let client = self.client();
        let is_adaptive = client.gates.is_adaptive();
        let asked = asked.filter(|asked| !asked.is_zero());
        let is_honoured = asked.is_none_or(|asked| client.backoff.honours(asked));
        if !is_honoured || (asked.is_none() && !is_adaptive) {
            return Held::default();
        }
        let wait = match is_adaptive {
            true => asked.map(|asked| asked.max(SHORTEST_FREE_WAIT)),
            false => asked,
        };
        client.gates.close(self.request.rate_key(), wait);
        Held {
            at_gate: true,
            is_free: is_adaptive || asked.is_some_and(|asked| asked >= SHORTEST_FREE_WAIT),
        }
    }

    fn client(&self) -> &'a Inner {
        self.request.client().inner()
    }
}
