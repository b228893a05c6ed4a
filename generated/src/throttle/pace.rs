//! The rate that an adaptive gate has learned.

use std::time::Duration;

use tokio::time::Instant;

/// The part of the rate that is kept when the server was asked too often.
const LESS: f64 = 0.9;

/// By how much the rate grows in a second, so that a higher limit is found.
const GROWTH: f64 = 0.01;

/// Calls in a second that are let through at first. Twice as many a quarter of a second later, and so on: a burst of calls
/// meets the limit before most of them are sent.
const FIRST_RATE: f64 = 500.0;
const DOUBLINGS_IN_A_SECOND: f64 = 4.0;

/// From here on calls are not held up.
const UNLIMITED: f64 = 100_000.0;

const SECOND: Duration = Duration::from_secs(1);

/// The wait after a 429 that says none. Most limits are by the second.
const UNSTATED: Duration = SECOND;

/// How often the unstated wait doubles at most, while no call is accepted.
const MOST_DOUBLINGS: u32 = 3;

pub(super) struct Pace {
    /// Calls in a second; unknown before the first 429.
    rate: Option<f64>,
    /// When the gate opened the last time.
    since: Instant,
    /// Calls that were accepted since then.
    accepted: u32,
    /// How many times in a row the gate closed before a call was accepted.
    in_vain: u32,
    this_second: Second,
    /// Calls that were accepted in the second before.
    last_second: u32,
}

/// What was accepted in the second that begins here.
struct Second {
    start: Instant,
    accepted: u32,
}

impl Pace {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            rate: None,
            since: now,
            accepted: 0,
            in_vain: 0,
            this_second: Second {
                start: now,
                accepted: 0,
            },
            last_second: 0,
        }
    }

    pub(super) fn accepted(&mut self, now: Instant) {
        self.accepted = self.accepted.saturating_add(1);
        let second = &mut self.this_second;
        if now.saturating_duration_since(second.start) >= SECOND {
            self.last_second = second.accepted;
            *second = Second {
                start: now,
                accepted: 0,
            };
        }
        second.accepted = second.accepted.saturating_add(1);
    }

    /// How long to wait when the server does not say it.
    pub(super) fn unstated_wait(&self) -> Duration {
        UNSTATED * (1 << self.in_vain.min(MOST_DOUBLINGS))
    }

    /// Learns from what happened between two openings. The first time, what was accepted in a second is the rate; later it
    /// was accepted at a rate that was slightly too high.
    pub(super) fn reopen(&mut self, at: Instant) {
        let busiest = self.this_second.accepted.max(self.last_second).max(1);
        self.rate = Some(match self.rate {
            None => f64::from(busiest),
            Some(_) if self.accepted == 0 => self.rate_at(at) / 2.0,
            Some(_) => self.rate_at(at) * LESS,
        });
        self.in_vain = if self.accepted == 0 {
            self.in_vain.saturating_add(1)
        } else {
            0
        };
        self.since = at;
        self.accepted = 0;
    }

    /// The time from one call to the next.
    pub(super) fn spacing(&self, now: Instant) -> Duration {
        let rate = self.rate_at(now);
        if rate > UNLIMITED {
            return Duration::ZERO;
        }
        Duration::try_from_secs_f64(1.0 / rate).unwrap_or(UNSTATED)
    }

    fn rate_at(&self, now: Instant) -> f64 {
        let seconds = now.saturating_duration_since(self.since).as_secs_f64();
        match self.rate {
            Some(rate) => rate * (1.0 + GROWTH * seconds),
            None => FIRST_RATE * (DOUBLINGS_IN_A_SECOND * seconds).exp2(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(start: Instant, seconds: u64) -> Instant {
        start + Duration::from_secs(seconds)
    }

    #[test]
    fn the_first_rate_is_what_was_accepted() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        (0..50).for_each(|_| pace.accepted(after(start, 100)));
        (0..3).for_each(|_| pace.accepted(after(start, 101)));
        pace.reopen(after(start, 103));
        assert_eq!(pace.spacing(after(start, 103)), Duration::from_millis(20));
    }

    #[test]
    fn before_the_first_limit_the_rate_doubles_four_times_a_second() {
        let start = Instant::now();
        let pace = Pace::new(start);
        assert_eq!(pace.spacing(start), Duration::from_millis(2));
        assert_eq!(pace.spacing(after(start, 1)), Duration::from_micros(125));
        assert_eq!(pace.spacing(after(start, 2)), Duration::ZERO);
    }

    #[test]
    fn the_rate_grows_slowly_and_shrinks_with_the_next_limit() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        (0..10).for_each(|_| pace.accepted(start));
        pace.reopen(after(start, 1));
        assert_eq!(pace.spacing(after(start, 26)), Duration::from_millis(80));
        pace.accepted(start);
        pace.reopen(after(start, 26));
        let spacing = pace.spacing(after(start, 26)).as_secs_f64();
        assert!((spacing - 0.08 / LESS).abs() < 1e-6, "{spacing}");
    }

    #[test]
    fn waits_that_nobody_states_double_while_nothing_is_accepted() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        let mut waits = Vec::new();
        for second in 1..=5 {
            waits.push(pace.unstated_wait().as_secs());
            pace.reopen(after(start, second));
        }
        assert_eq!(waits, [1, 2, 4, 8, 8]);
        pace.accepted(start);
        pace.reopen(after(start, 9));
        assert_eq!(pace.unstated_wait(), UNSTATED);
    }
}
