//! How long to wait before the next attempt.

use std::time::Duration;

use crate::transport::FOR_EVER;

/// The waits between attempts.
///
/// The wait doubles from [`first`](Self::first) up to [`longest`](Self::longest), unless the server requests another wait. The
/// client shortens its own wait at random, by up to a quarter. If the server requests a wait, the client adds a random time: at
/// most a quarter of this wait, and at most 1 s. Because of these random times, clients that failed together do not retry
/// together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    first: Duration,
    longest: Duration,
    longest_asked: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self::new()
    }
}

impl Backoff {
    /// The default waits: 0.5 s, 1 s, 2 s, 4 s, then always 8 s, as in Telnyx's own clients. A server may request a wait of up to
    /// 60 s.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            first: Duration::from_millis(500),
            longest: Duration::from_secs(8),
            longest_asked: Duration::from_secs(60),
        }
    }

    /// Sets the wait before the first retry. Default: 0.5 s.
    #[must_use]
    pub const fn first(self, first: Duration) -> Self {
        Self { first, ..self }
    }

    /// Sets the maximum that the doubled wait can reach. Default: 8 s.
    #[must_use]
    pub const fn longest(self, longest: Duration) -> Self {
        Self { longest, ..self }
    }

    /// Sets the longest wait that a server may request, such as with `Retry-After`. Default: 60 s.
    ///
    /// If the server requests a longer wait, the call ends, and [`Error::retry_after`](crate::Error::retry_after) returns the
    /// wait. A retry before the end of this wait would only be refused.
    #[must_use]
    pub const fn longest_asked(self, longest_asked: Duration) -> Self {
        Self {
            longest_asked,
            ..self
        }
    }

    /// Whether the client follows a wait that a server requests. Callers ask this first, so that no time is computed from a wait
    /// that is too long.
    pub(crate) fn honours(&self, asked: Duration) -> bool {
        asked <= self.longest_asked.min(FOR_EVER)
    }

    /// The wait after `retries` retries, or `None` if the server requests a wait that is too long. A requested wait of zero is
    /// ignored.
    pub(super) fn delay(
        &self,
        retries: u32,
        asked: Option<Duration>,
        random: f64,
    ) -> Option<Duration> {
        match asked {
            Some(asked) if !self.honours(asked) => None,
            Some(asked) if !asked.is_zero() => Some(asked),
            _ => {
                let doubled = self
                    .first
                    .saturating_mul(1_u32.checked_shl(retries).unwrap_or(u32::MAX));
                let wait = doubled.min(self.longest).min(FOR_EVER);
                Some(wait.mul_f64(1.0 - random.clamp(0.0, 1.0) / 4.0))
            }
        }
    }
}

/// The maximum random time that the client adds to a wait that a server requests.
const LONGEST_APART: Duration = Duration::from_secs(1);

/// The random time that the client adds to a wait that a server requests, so that calls do not all retry together.
pub(super) fn apart(asked: Option<Duration>, random: f64) -> Duration {
    let quarter = asked.unwrap_or_default() / 4;
    quarter.min(LONGEST_APART).mul_f64(random.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_the_longest() {
        let waits = [0, 1, 2, 3, 4, 5, 31, 32, u32::MAX]
            .map(|retries| Backoff::new().delay(retries, None, 0.0));
        let seconds = [0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0, 8.0, 8.0];
        assert_eq!(
            waits,
            seconds.map(|seconds| Some(Duration::from_secs_f64(seconds)))
        );
    }

    #[test]
    fn chance_takes_up_to_a_quarter_away() {
        assert_eq!(
            Backoff::new().delay(4, None, 1.0),
            Some(Duration::from_secs(6))
        );
    }

    #[test]
    fn the_longest_wait_there_is_can_be_set() {
        let backoff = Backoff::new().first(Duration::MAX).longest(Duration::MAX);
        assert_eq!(backoff.delay(3, None, 0.0), Some(FOR_EVER));
    }

    #[test]
    fn a_wish_is_honoured_to_the_moment() {
        let asked = Duration::from_secs(60);
        assert_eq!(Backoff::new().delay(0, Some(asked), 1.0), Some(asked));
    }

    #[test]
    fn a_wish_beyond_the_longest_ends_the_call() {
        assert_eq!(
            Backoff::new().delay(0, Some(Duration::from_secs(61)), 0.0),
            None
        );
    }

    #[test]
    fn a_wish_of_ages_ends_the_call_whatever_is_set() {
        let backoff = Backoff::new().longest_asked(Duration::MAX);
        assert_eq!(backoff.delay(0, Some(FOR_EVER), 0.0), Some(FOR_EVER));
        assert_eq!(backoff.delay(0, Some(2 * FOR_EVER), 0.0), None);
    }

    #[test]
    fn a_wish_of_zero_says_nothing() {
        assert_eq!(
            Backoff::new().delay(1, Some(Duration::ZERO), 0.0),
            Some(Duration::from_secs(1))
        );
    }
}
