//! Limits the retries of a client during an outage.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A retry budget that all calls of a client and its clones share.
///
/// Every retry costs one unit, except after a 429, which means that the server is up and limiting you. Each successful call gives
/// back a part of a unit, by default a tenth. While a server is down, the budget runs out, and calls end with their first failure
/// instead of multiplying the load. If the budget was empty, [`is_out_of_retry_budget`](crate::Error::is_out_of_retry_budget) of
/// the call's error is true.
#[derive(Clone)]
pub struct RetryBudget {
    state: Option<Arc<State>>,
}

struct State {
    /// The retries that are left, in hundredths of a retry.
    left: AtomicU64,
    retries: u32,
    refund: u32,
}

/// One retry, in hundredths.
const RETRY: u64 = 100;

impl Default for RetryBudget {
    fn default() -> Self {
        Self::new(100)
    }
}

impl RetryBudget {
    /// A budget that starts with `retries`, which is also its maximum. Each success gives back a tenth of a retry. Default: 100.
    ///
    /// ```
    /// use telnyx_messaging::RetryBudget;
    ///
    /// let budget = RetryBudget::new(20).refund_percent(50);
    /// assert_eq!(budget.retries_left(), Some(20));
    /// ```
    #[must_use]
    pub fn new(retries: u32) -> Self {
        Self::full(retries, 10)
    }

    /// Sets the part of a retry that each success gives back, in percent. Default: 10. With 0, the budget never fills again.
    ///
    /// The result is a new, full budget, which shares nothing with earlier clones.
    #[must_use]
    pub fn refund_percent(self, percent: u32) -> Self {
        let full = |state: Arc<State>| Self::full(state.retries, percent);
        self.state.map_or_else(Self::unlimited, full)
    }

    fn full(retries: u32, refund: u32) -> Self {
        Self {
            state: Some(Arc::new(State {
                left: AtomicU64::new(u64::from(retries) * RETRY),
                retries,
                refund,
            })),
        }
    }

    /// A budget without a limit. Each call still has its own maximum number of retries.
    #[must_use]
    pub fn unlimited() -> Self {
        Self { state: None }
    }

    /// A full budget of the same size.
    pub(crate) fn anew(&self) -> Self {
        let full = |state: &Arc<State>| Self::full(state.retries, state.refund);
        self.state.as_ref().map_or_else(Self::unlimited, full)
    }

    /// The number of retries that are left. `None` means that there is no limit.
    #[must_use]
    pub fn retries_left(&self) -> Option<u32> {
        let state = self.state.as_ref()?;
        u32::try_from(state.left.load(Ordering::Relaxed) / RETRY).ok()
    }

    /// Takes a retry, if there is one.
    pub(crate) fn take(&self) -> bool {
        self.state.as_ref().is_none_or(|state| {
            let take = |left: u64| left.checked_sub(RETRY);
            state
                .left
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take)
                .is_ok()
        })
    }

    /// Gives back the part of a retry for a success.
    pub(crate) fn refund(&self) {
        if let Some(state) = &self.state {
            let most = u64::from(state.retries) * RETRY;
            // A full budget is only read, because a write costs all threads their copy of the number.
            let add = |left: u64| (left < most).then(|| (left + u64::from(state.refund)).min(most));
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
        let budget = RetryBudget::new(1);
        assert!(budget.take());
        assert!(!budget.take());
    }

    #[test]
    fn successes_fill_the_store_again() {
        let budget = RetryBudget::new(1).refund_percent(50);
        assert!(budget.take());
        budget.refund();
        assert!(!budget.take());
        budget.refund();
        assert!(budget.take());
    }

    #[test]
    fn the_store_does_not_grow_over_its_size() {
        let budget = RetryBudget::new(1).refund_percent(100);
        budget.refund();
        assert!(budget.take());
        assert!(!budget.take());
    }

    #[test]
    fn clones_share_the_store() {
        let budget = RetryBudget::new(1);
        assert!(budget.clone().take());
        assert!(!budget.take());
    }

    #[test]
    fn a_store_has_as_many_retries_as_were_asked_for() {
        let budget = RetryBudget::new(u32::MAX);
        assert_eq!(budget.retries_left(), Some(u32::MAX));
        assert!(budget.take());
        budget.refund();
        assert_eq!(budget.retries_left(), Some(u32::MAX - 1));
        assert_eq!(budget.anew().retries_left(), Some(u32::MAX));
    }

    #[test]
    fn an_unlimited_store_is_never_empty() {
        let budget = RetryBudget::unlimited();
        assert!((0..1000).all(|_| budget.take()));
    }
}
