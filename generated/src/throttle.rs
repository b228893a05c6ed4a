//! What a 429 teaches one call holds for all calls that share its limit.

mod gate;
mod limit;
mod pace;

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

pub(crate) use self::gate::Gate;
pub(crate) use self::limit::Limit;

/// The gates of a client: one for each limit that was met.
pub(crate) struct Gates {
    /// Whether each limit has its gate from the first call on, which learns the rate.
    is_adaptive: bool,
    /// How many gates there are. Most of the time there is none, and a call looks no further.
    count: AtomicUsize,
    tickets: AtomicU64,
    gates: Mutex<HashMap<Limit, Arc<Gate>>>,
}

impl Gates {
    pub(crate) fn new(is_adaptive: bool) -> Self {
        Self {
            is_adaptive,
            count: AtomicUsize::new(0),
            tickets: AtomicU64::new(0),
            gates: Mutex::default(),
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
        let mut gates = self.lock();
        if !self.is_adaptive && gates.get(&limit).is_some_and(|gate| gate.is_idle(now)) {
            gates.remove(&limit);
            self.count.store(gates.len(), Ordering::Relaxed);
        }
        match gates.get(&limit) {
            Some(gate) => Some(Arc::clone(gate)),
            None => self.is_adaptive.then(|| self.add(&mut gates, limit, now)),
        }
    }

    /// Closes the gate of a limit for the wait that the server asked for.
    pub(crate) fn close(&self, limit: Limit, asked: Option<Duration>) {
        let now = Instant::now();
        let mut gates = self.lock();
        let gate = match gates.get(&limit) {
            Some(gate) => Arc::clone(gate),
            None => self.add(&mut gates, limit, now),
        };
        gate.close(now, asked);
    }

    fn add(&self, gates: &mut HashMap<Limit, Arc<Gate>>, limit: Limit, now: Instant) -> Arc<Gate> {
        gates.retain(|_, gate| !gate.is_idle(now));
        let gate = Arc::new(Gate::new(self.is_adaptive, now));
        gates.insert(limit, Arc::clone(&gate));
        self.count.store(gates.len(), Ordering::Relaxed);
        gate
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Limit, Arc<Gate>>> {
        self.gates.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
