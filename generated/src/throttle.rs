//! Shares the result of a 429 with all calls that have the same limit.

mod gate;
mod pace;
mod queue;
mod rate_key;

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

pub(crate) use self::gate::Gate;
pub(crate) use self::rate_key::{RateKey, without_ids};

/// The time between two searches for gates that no call needs.
const BETWEEN_SWEEPS: Duration = Duration::from_secs(1);

/// The gates of a client: one for each rate limit that a call has hit.
pub(crate) struct Gates {
    /// Whether each limit has a gate from the first call on, and the gate learns the rate.
    is_adaptive: bool,
    /// The number of gates. Mostly there is none, and a call need not look further.
    count: AtomicUsize,
    tickets: AtomicU64,
    known: Mutex<Known>,
}

struct Known {
    gates: HashMap<RateKey, Arc<Gate>>,
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

    /// The gates of a new client, of the same kind.
    pub(crate) fn anew(&self) -> Self {
        Self::new(self.is_adaptive)
    }

    pub(crate) fn is_adaptive(&self) -> bool {
        self.is_adaptive
    }

    /// The number of a call that reaches a gate for the first time. Calls pass in the order of their numbers, even when they
    /// return for a retry.
    pub(crate) fn ticket(&self) -> u64 {
        self.tickets.fetch_add(1, Ordering::Relaxed)
    }

    /// The gate of a limit, if there is one.
    pub(crate) fn find(&self, key: impl FnOnce() -> RateKey) -> Option<Arc<Gate>> {
        if !self.is_adaptive && self.count.load(Ordering::Relaxed) == 0 {
            return None;
        }
        let (key, now) = (key(), Instant::now());
        let mut known = self.lock();
        self.sweep(&mut known, now);
        match known.gates.get(&key) {
            Some(gate) => Some(Arc::clone(gate)),
            None => self.is_adaptive.then(|| self.add(&mut known, key, now)),
        }
    }

    /// Closes the gate of a limit for the wait that the server asked for.
    pub(crate) fn close(&self, key: RateKey, asked: Option<Duration>) {
        let now = Instant::now();
        let mut known = self.lock();
        let gate = match known.gates.get(&key) {
            Some(gate) => Arc::clone(gate),
            None => self.add(&mut known, key, now),
        };
        gate.close(now, asked);
    }

    /// Removes all gates that no call needs. While a gate exists, each call must determine its own limit.
    fn sweep(&self, known: &mut Known, now: Instant) {
        if now.saturating_duration_since(known.swept) < BETWEEN_SWEEPS {
            return;
        }
        known.swept = now;
        known.gates.retain(|_, gate| !gate.is_idle(now));
        self.count.store(known.gates.len(), Ordering::Relaxed);
    }

    fn add(&self, known: &mut Known, key: RateKey, now: Instant) -> Arc<Gate> {
        let gate = Arc::new(Gate::new(self.is_adaptive, now));
        known.gates.insert(key, Arc::clone(&gate));
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

    fn key(sender: &str) -> RateKey {
        let body = format!(r#"{{"from":"{sender}"}}"#);
        RateKey::new(&Method::POST, "/messages".into(), Some(body.as_bytes()))
    }

    #[tokio::test(start_paused = true)]
    async fn a_gate_that_nobody_needs_costs_other_calls_nothing() {
        let gates = Gates::new(false);
        gates.close(key("+1"), Some(SECOND));
        assert!(gates.find(|| key("+1")).is_some());
        advance(3 * SECOND).await;
        assert!(gates.find(|| key("+2")).is_none());
        let gate = gates.find(|| panic!("the request is not read"));
        assert!(gate.is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn a_rate_is_forgotten_after_a_minute_without_a_call() {
        let gates = Gates::new(true);
        let learned = gates.find(|| key("+1")).unwrap();
        advance(59 * SECOND).await;
        let same = gates.find(|| key("+1")).unwrap();
        assert!(Arc::ptr_eq(&learned, &same));
        advance(61 * SECOND).await;
        let other = gates.find(|| key("+1")).unwrap();
        assert!(!Arc::ptr_eq(&learned, &other));
    }
}
