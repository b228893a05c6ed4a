//! Shares the result of a 429 with all calls that have the same limit.

mod gate;
mod limit;
mod pace;
mod queue;

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

pub(crate) use self::gate::Gate;
pub(crate) use self::limit::{Limit, without_ids};

/// How often the client looks for gates that no call needs.
const BETWEEN_SWEEPS: Duration = Duration::from_secs(1);

/// The gates of a client: one for each limit that was met.
pub(crate) struct Gates {
    /// Whether each limit has its gate from the first call on, which learns the rate.
    is_adaptive: bool,
    /// How many gates there are. Most of the time there is none, and a call looks no further.
    count: AtomicUsize,
    tickets: AtomicU64,
    known: Mutex<Known>,
}

struct Known {
    gates: HashMap<Limit, Arc<Gate>>,
    swept: Instant,
}

impl Gates {
    pub(crate) fn new(is_adaptive: bool) -> Self {
        Self {
            is_adaptive,
            count: AtomicUsize::new(0),
            tickets: AtomicU64::new(0),
            known: Mutex::new(Known {
                gates: HashMap::new(),
                swept: Instant::now(),
            }),
        }
    }

    /// As many gates as a new client has, of the same kind.
    pub(crate) fn anew(&self) -> Self {
        Self::new(self.is_adaptive)
    }

    pub(crate) fn is_adaptive(&self) -> bool {
        self.is_adaptive
    }

    /// The number of a call that meets a gate for the first time: calls pass in this order, also when they come back.
    pub(crate) fn ticket(&self) -> u64 {
        self.tickets.fetch_add(1, Ordering::Relaxed)
    }

    /// The gate of a limit, if there is one.
    pub(crate) fn find(&self, limit: impl FnOnce() -> Limit) -> Option<Arc<Gate>> {
        if !self.is_adaptive && self.count.load(Ordering::Relaxed) == 0 {
            return None;
        }
        let (limit, now) = (limit(), Instant::now());
        let mut known = self.lock();
        self.sweep(&mut known, now);
        match known.gates.get(&limit) {
            Some(gate) => Some(Arc::clone(gate)),
            None => self.is_adaptive.then(|| self.add(&mut known, limit, now)),
        }
    }

    /// Closes the gate of a limit for the wait that the server asked for.
    pub(crate) fn close(&self, limit: Limit, asked: Option<Duration>) {
        let now = Instant::now();
        let mut known = self.lock();
        let gate = match known.gates.get(&limit) {
            Some(gate) => Arc::clone(gate),
            None => self.add(&mut known, limit, now),
        };
        gate.close(now, asked);
    }

    /// Forgets all gates that no call needs. As long as one exists, each call has to read its own limit.
    fn sweep(&self, known: &mut Known, now: Instant) {
        if now.saturating_duration_since(known.swept) < BETWEEN_SWEEPS {
            return;
        }
        known.swept = now;
        known.gates.retain(|_, gate| !gate.is_idle(now));
        self.count.store(known.gates.len(), Ordering::Relaxed);
    }

    fn add(&self, known: &mut Known, limit: Limit, now: Instant) -> Arc<Gate> {
        let gate = Arc::new(Gate::new(self.is_adaptive, now));
        known.gates.insert(limit, Arc::clone(&gate));
        self.count.store(known.gates.len(), Ordering::Relaxed);
        gate
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use http::Method;
    use tokio::time::advance;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn limit(sender: &str) -> Limit {
        let body = format!(r#"{{"from":"{sender}"}}"#);
        Limit::new(&Method::POST, "/messages".into(), Some(body.as_bytes()))
    }

    #[tokio::test(start_paused = true)]
    async fn a_gate_that_nobody_needs_costs_other_calls_nothing() {
        let gates = Gates::new(false);
        gates.close(limit("+1"), Some(SECOND));
        assert!(gates.find(|| limit("+1")).is_some());
        advance(3 * SECOND).await;
        assert!(gates.find(|| limit("+2")).is_none());
        let gate = gates.find(|| panic!("the request is not read"));
        assert!(gate.is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn a_rate_is_forgotten_after_a_minute_without_a_call() {
        let gates = Gates::new(true);
        let learned = gates.find(|| limit("+1")).unwrap();
        advance(59 * SECOND).await;
        let same = gates.find(|| limit("+1")).unwrap();
        assert!(Arc::ptr_eq(&learned, &same));
        advance(61 * SECOND).await;
        let other = gates.find(|| limit("+1")).unwrap();
        assert!(!Arc::ptr_eq(&learned, &other));
    }
}
