//! Limits the retries of a client during an outage.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// A budget of retries that all calls of a client and its clones share.
///
/// Every retry costs one unit, except after a 429, which means that the server is up and limiting you. Each successful call gives
/// back a part of a unit, by default a tenth. While a server is down, the budget runs out, and calls end with their first failure
/// instead of multiplying the load. [`is_out_of_retry_budget`](crate::Error::is_out_of_retry_budget) is then true.
#[derive(Clone)]
pub struct RetryBudget {
    state: Option<Arc<State>>,
}

struct State {
    /// In hundredths of a retry.
    left: AtomicU32,
    capacity: u32,
    refund: u32,
}

/// One retry, in the unit of [`State`].
const RETRY: u32 = 100;

impl Default for RetryBudget {
    fn default() -> Self {
        Self::new(100, 10)
    }
}

impl RetryBudget {
    /// A budget that starts with `retries`. Each success adds `percent` % of a retry.
    ///
    /// The default is 100 retries and 10 %.
    #[must_use]
    pub fn new(retries: u32, percent: u32) -> Self {
        let capacity = retries.saturating_mul(RETRY);
        Self {
            state: Some(Arc::new(State {
                left: AtomicU32::new(capacity),
                capacity,
                refund: percent,
            })),
        }
    }

    /// No limit for all calls together. Each call still has its own maximum.
    #[must_use]
    pub fn unlimited() -> Self {
        Self { state: None }
    }

    /// A full store of the same size.
    pub(crate) fn anew(&self) -> Self {
        self.state.as_ref().map_or_else(Self::unlimited, |state| {
            Self::new(state.capacity / RETRY, state.refund)
        })
    }

    /// The number of retries that are left. `None` means that there is no limit.
    #[must_use]
    pub fn retries_left(&self) -> Option<u32> {
        let state = self.state.as_ref()?;
        Some(state.left.load(Ordering::Relaxed) / RETRY)
    }

    /// Takes a retry, if there is one.
    pub(crate) fn take(&self) -> bool {
        self.state.as_ref().is_none_or(|state| {
            let take = |left: u32| left.checked_sub(RETRY);
            state
                .left
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take)
                .is_ok()
        })
    }

    /// Gives back the part that a success is worth.
    pub(crate) fn refund(&self) {
        if let Some(state) = &self.state {
            let add = |left: u32| Some(left.saturating_add(state.refund).min(state.capacity));
            let _ = state
                .left
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
        }
    }
}

impl fmt::Debug for RetryBudget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryBudget")
            .field("retries_left", &self.retries_left())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_store_gives_no_retry() {
        let budget = RetryBudget::new(1, 10);
        assert!(budget.take());
        assert!(!budget.take());
    }

    #[test]
    fn successes_fill_the_store_again() {
        let budget = RetryBudget::new(1, 50);
        assert!(budget.take());
        budget.refund();
        assert!(!budget.take());
        budget.refund();
        assert!(budget.take());
    }

    #[test]
    fn the_store_does_not_grow_over_its_size() {
        let budget = RetryBudget::new(1, 100);
        budget.refund();
        assert!(budget.take());
        assert!(!budget.take());
    }

    #[test]
    fn clones_share_the_store() {
        let budget = RetryBudget::new(1, 10);
        assert!(budget.clone().take());
        assert!(!budget.take());
    }

    #[test]
    fn an_unlimited_store_is_never_empty() {
        let budget = RetryBudget::unlimited();
        assert!((0..1000).all(|_| budget.take()));
    }
}
