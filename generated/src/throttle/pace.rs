//! The learned rate of an adaptive gate.

use std::time::Duration;

use tokio::time::Instant;

/// The factor by which the rate decreases after a 429.
const LESS: f64 = 0.9;

/// The growth of the rate in a second, so that the client finds a higher limit. The rate doubles in 70 s.
const GROWTH: f64 = 0.01;

/// If the rate has grown by this factor without a 429, the calls did not use it in full. The next 429 measures it again.
const OUTGROWN: f64 = 2.0;

/// If a measured rate is right, the next 429 comes within this many seconds. If none comes, the rate doubles every second.
const DOUBT: f64 = 3.0;

/// The lowest rate that the client learns.
const SLOWEST: f64 = 0.1;

/// The rate at first, in calls a second. The rate doubles every quarter of a second, so a burst of calls hits the limit before
/// most of the calls are sent.
const FIRST_RATE: f64 = 500.0;
const DOUBLINGS_IN_A_SECOND: f64 = 4.0;

/// From this rate on, the gate does not delay calls.
const UNLIMITED: f64 = 100_000.0;

const SECOND: Duration = Duration::from_secs(1);

/// The wait after a 429 that requests no wait. Most limits are per second.
const UNSTATED: Duration = SECOND;

/// How many times the unstated wait can double while every response is a 429.
const MOST_DOUBLINGS: u32 = 3;

pub(super) struct Pace {
    rate: Rate,
    /// When the gate opened the last time.
    since: Instant,
    /// Calls that got a response other than a 429 since then.
    answered: u32,
    /// How many times in a row the gate closed before a call got a response other than a 429.
    in_vain: u32,
    this_second: Second,
    /// The responses other than a 429 in the previous second.
    last_second: u32,
}

/// The rate, in calls a second.
#[derive(Clone, Copy)]
enum Rate {
    /// No 429 came yet.
    Unknown,
    /// The number of responses in a second that are not a 429. The rate is too low if the 429 came before many calls were sent.
    Measured(f64),
    /// Another 429 came at about this rate.
    Confirmed(f64),
}

/// The responses other than a 429 in the second that begins here.
struct Second {
    start: Instant,
    answered: u32,
}

impl Pace {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            rate: Rate::Unknown,
            since: now,
            answered: 0,
            in_vain: 0,
            this_second: Second {
                start: now,
                answered: 0,
            },
            last_second: 0,
        }
    }

    /// Records that a call got a response other than a 429.
    pub(super) fn answered(&mut self, now: Instant) {
        self.answered = self.answered.saturating_add(1);
        self.in_vain = 0;
        let second = &mut self.this_second;
        let age = now.saturating_duration_since(second.start);
        if age >= SECOND {
            self.last_second = if age < 2 * SECOND { second.answered } else { 0 };
            *second = Second {
                start: now,
                answered: 0,
            };
        }
        second.answered = second.answered.saturating_add(1);
    }

    /// Whether the rate comes from a 429 and is more than a guess.
    pub(super) fn is_limited(&self) -> bool {
        !matches!(self.rate, Rate::Unknown) || self.in_vain > 0
    }

    /// The wait after a 429 that requests no wait.
    pub(super) fn unstated_wait(&self) -> Duration {
        UNSTATED * (1 << self.in_vain.min(MOST_DOUBLINGS))
    }

    /// Learns from the responses since the gate last opened. If every response was a 429, they say nothing about the rate: others
    /// used up the limit, or the second of the limit is not over.
    pub(super) fn reopen(&mut self, closed: Instant, opens: Instant) {
        if self.answered == 0 {
            self.in_vain = self.in_vain.saturating_add(1);
        } else {
            self.rate = self.rate_after(closed);
        }
        self.since = opens;
        self.answered = 0;
    }

    /// The rate that follows from a 429. At the first 429, the rate is the number of other responses in a second. Later, the old
    /// rate was slightly too high, unless it has grown for so long that it says nothing.
    fn rate_after(&self, closed: Instant) -> Rate {
        let reached = self.rate_at(closed);
        let answered = self.this_second.answered.max(self.last_second);
        let measured = reached.min(answered.into()).max(SLOWEST);
        match self.rate {
            Rate::Measured(rate) | Rate::Confirmed(rate) if reached < OUTGROWN * rate => {
                Rate::Confirmed((reached * LESS).max(SLOWEST))
            }
            Rate::Measured(rate) if measured < OUTGROWN * rate => Rate::Confirmed(measured),
            Rate::Unknown | Rate::Measured(_) | Rate::Confirmed(_) => Rate::Measured(measured),
        }
    }

    /// The time from one call to the next. It doubles up to a second while every response is a 429.
    pub(super) fn spacing(&self, now: Instant) -> Duration {
        let rate = self.rate_at(now);
        if rate >= UNLIMITED {
            return Duration::ZERO;
        }
        let spacing = Duration::try_from_secs_f64(1.0 / rate).unwrap_or(SECOND);
        let factor = 1_u32.checked_shl(self.in_vain).unwrap_or(u32::MAX);
        spacing.saturating_mul(factor).min(spacing.max(SECOND))
    }

    fn rate_at(&self, now: Instant) -> f64 {
        let seconds = now.saturating_duration_since(self.since).as_secs_f64();
        let growth = (1.0 + GROWTH).powf(seconds);
        let rate = match self.rate {
            Rate::Unknown => FIRST_RATE * (DOUBLINGS_IN_A_SECOND * seconds).exp2(),
            Rate::Measured(rate) => rate * growth * (seconds - DOUBT).max(0.0).exp2(),
            Rate::Confirmed(rate) => rate * growth,
        };
        rate.min(UNLIMITED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(start: Instant, seconds: u64) -> Instant {
        start + Duration::from_secs(seconds)
    }

    /// A pace that has learned a rate, and the time at which its gate opens.
    fn learned(rate: u32) -> (Pace, Instant) {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        (0..rate).for_each(|_| pace.answered(start));
        pace.reopen(start, after(start, 1));
        (pace, after(start, 1))
    }

    /// A pace whose measured rate was confirmed by a second 429, and the time at which its gate opens.
    fn confirmed(rate: u32) -> (Pace, Instant) {
        let (mut pace, opened) = learned(rate);
        pace.answered(opened);
        pace.reopen(opened, opened);
        (pace, opened)
    }

    fn rate(pace: &Pace, now: Instant) -> f64 {
        1.0 / pace.spacing(now).as_secs_f64()
    }

    #[track_caller]
    fn assert_near(rate: f64, expected: f64) {
        assert!((rate / expected - 1.0).abs() < 0.01, "{rate}");
    }

    #[test]
    fn the_first_rate_is_what_was_answered_in_a_second() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        (0..50).for_each(|_| pace.answered(after(start, 100)));
        (0..3).for_each(|_| pace.answered(after(start, 101)));
        pace.reopen(after(start, 102), after(start, 103));
        assert_eq!(pace.spacing(after(start, 103)), Duration::from_millis(20));
    }

    #[test]
    fn a_second_long_ago_says_nothing() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        (0..50).for_each(|_| pace.answered(start));
        (0..10).for_each(|_| pace.answered(after(start, 2)));
        pace.reopen(after(start, 2), after(start, 3));
        assert_eq!(pace.spacing(after(start, 3)), Duration::from_millis(100));
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
    fn the_rate_doubles_in_70_seconds_and_shrinks_with_the_next_limit() {
        let (mut pace, opened) = confirmed(10);
        let learned = 10.0 * LESS;
        assert_near(rate(&pace, after(opened, 70)), 2.0 * learned);
        assert_near(rate(&pace, after(opened, 140)), 4.0 * learned);
        pace.answered(opened);
        // The rate does not grow during the wait of a minute.
        pace.reopen(opened, after(opened, 60));
        assert_near(rate(&pace, after(opened, 60)), learned * LESS);
    }

    #[test]
    fn a_measured_rate_that_no_429_confirms_doubles_every_second() {
        let (pace, opened) = learned(10);
        assert_near(rate(&pace, after(opened, 3)), 10.3);
        assert_near(rate(&pace, after(opened, 4)), 2.0 * 10.4);
        assert_near(rate(&pace, after(opened, 8)), 32.0 * 10.83);
    }

    #[test]
    fn a_rate_that_is_measured_twice_is_confirmed() {
        let (mut pace, opened) = learned(1);
        // At one call a second, the server only refuses a call after the rate has doubled.
        pace.answered(after(opened, 4));
        pace.reopen(after(opened, 5), after(opened, 6));
        assert_near(rate(&pace, after(opened, 6)), 1.0);
        assert_near(rate(&pace, after(opened, 76)), 2.0);
    }

    #[test]
    fn a_rate_that_was_not_used_for_long_is_measured_anew() {
        let (mut pace, opened) = learned(10);
        let later = after(opened, 3600);
        assert_eq!(pace.spacing(later), Duration::ZERO);
        (0..30).for_each(|_| pace.answered(later));
        pace.reopen(later, after(later, 1));
        assert_near(rate(&pace, after(later, 1)), 30.0);
    }

    #[test]
    fn the_rate_has_a_floor() {
        let (mut pace, opened) = learned(10);
        for _ in 0..1000 {
            pace.answered(opened);
            pace.reopen(opened, opened);
        }
        assert_near(rate(&pace, opened), SLOWEST);
        assert_near(rate(&pace, after(opened, 70)), 2.0 * SLOWEST);
    }

    #[test]
    fn while_every_answer_is_a_429_calls_slow_down_to_one_a_second() {
        let (mut pace, opened) = learned(10);
        let mut spacings = Vec::new();
        for _ in 0..6 {
            pace.reopen(opened, opened);
            spacings.push(pace.spacing(opened).as_millis());
        }
        assert_eq!(spacings, [200, 400, 800, 1000, 1000, 1000]);
        pace.answered(opened);
        assert_eq!(pace.spacing(opened), Duration::from_millis(100));
    }

    #[test]
    fn waits_that_nobody_states_double_while_every_answer_is_a_429() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        let mut waits = Vec::new();
        for second in 1..=5 {
            waits.push(pace.unstated_wait().as_secs());
            pace.reopen(start, after(start, second));
        }
        assert_eq!(waits, [1, 2, 4, 8, 8]);
        pace.answered(start);
        assert_eq!(pace.unstated_wait(), UNSTATED);
    }

    /// How many calls a server accepts if it first refuses all for a while and then allows `limit` a second. Each call takes
    /// 20 ms. A 429 asks for a wait of a second.
    fn accepted_after_a_closure(limit: u32, refusing: Duration, watched: Duration) -> u32 {
        let latency = Duration::from_millis(20);
        let (mut pace, mut now) = learned(limit);
        let opens_for_all = now + refusing;
        let (mut second, mut taken, mut accepted) = (now, 0, 0);
        while now < opens_for_all + watched {
            if now >= second + SECOND {
                (second, taken) = (now, 0);
            }
            if now < opens_for_all || taken == limit {
                let closed = now + latency;
                now = closed + SECOND;
                pace.reopen(closed, now);
                continue;
            }
            taken += 1;
            accepted += 1;
            pace.answered(now);
            now += pace.spacing(now).max(Duration::from_millis(1));
        }
        accepted
    }

    #[test]
    fn a_run_of_429s_does_not_cost_the_rate_that_was_learned() {
        let watched = Duration::from_secs(600);
        let accepted = accepted_after_a_closure(50, 10 * SECOND, watched);
        // At 50 a second it would be 30,000.
        assert!(accepted > 25_000, "{accepted}");
    }
}
