//! A call at the gate of its rate limit.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::CallRequest;
use crate::client::Inner;
use crate::retry::SHORTEST_ATTEMPT;
use crate::throttle::Gate;

/// A wait that a server states with a 429 costs none of `max_retries` from here on. A shorter one does, or a server could
/// have itself asked a thousand times a second.
const SHORTEST_FREE_WAIT: Duration = Duration::from_millis(500);

pub(super) struct Turn<'a> {
    request: &'a CallRequest,
    /// When an attempt must begin at the latest.
    latest: Option<Instant>,
    ticket: Option<u64>,
    /// How long the call has waited so far.
    held: Duration,
}

/// What a 429 means for the call that met it.
#[derive(Default)]
pub(super) struct Held {
    /// The gate is closed: the call waits there, not by itself.
    pub(super) at_gate: bool,
    /// The next attempt costs no retry.
    pub(super) is_free: bool,
}

impl<'a> Turn<'a> {
    pub(super) fn new(request: &'a CallRequest, deadline: Option<Instant>) -> Self {
        Self {
            request,
            latest: deadline.and_then(|deadline| deadline.checked_sub(SHORTEST_ATTEMPT)),
            ticket: None,
            held: Duration::ZERO,
        }
    }

    /// Waits until the call may send, if its limit was met. Gives how long it would still have to wait if it cannot.
    pub(super) async fn wait(&mut self) -> Result<Option<Arc<Gate>>, Duration> {
        let gates = &self.client().gates;
        let Some(gate) = gates.find(|| self.request.limit()) else {
            return Ok(None);
        };
        let ticket = *self.ticket.get_or_insert_with(|| gates.ticket());
        let latest = if self.request.fails_fast() {
            Some(Instant::now())
        } else {
            self.latest
        };
        let began = Instant::now();
        // Boxed, because hardly any call comes here.
        let passed = Box::pin(gate.pass(ticket, latest)).await;
        self.held += began.elapsed();
        passed?;
        Ok(Some(gate))
    }

    /// How long the call has waited at gates so far.
    pub(super) fn held(&self) -> Duration {
        self.held
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
        client.gates.close(self.request.limit(), asked);
        Held {
            at_gate: true,
            is_free: is_adaptive || asked.is_some_and(|asked| asked >= SHORTEST_FREE_WAIT),
        }
    }

    fn client(&self) -> &'a Inner {
        self.request.client().inner()
    }
}
