//! A gate for calls. The gate is closed while the server accepts no request. Later, the gate opens and lets calls pass one by
//! one.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};

use super::pace::Pace;
use super::queue::Queue;

/// The longest time over which the gate spreads the calls that waited. If all calls passed at once, the server would refuse them
/// again.
const LONGEST_SPREAD: Duration = Duration::from_secs(1);

/// The time by which calls may catch up with their pace after a pause.
const CATCH_UP: Duration = Duration::from_millis(10);

/// The maximum time that a call may be late for its turn. After that, the next call passes, so a call that nobody polls delays no
/// other call.
const LATE: Duration = Duration::from_millis(20);

/// The longest wait of a call with `fail_fast`. At a hundred calls a second, ten calls pass in that time.
const SOON: Duration = Duration::from_millis(100);

/// How long an adaptive gate remembers its rate without a call.
const MEMORY: Duration = Duration::from_secs(60);

pub(crate) struct Gate {
    state: Mutex<State>,
}

struct State {
    /// When the gate opens.
    opens: Instant,
    /// When the gate closed, if no call has passed since.
    closed: Option<Instant>,
    /// When the next call may pass.
    next: Instant,
    /// The time over which the open gate spreads the waiting calls.
    spread: Duration,
    waiting: Queue,
    rhythm: Rhythm,
}

/// How the gate puts time between two calls.
enum Rhythm {
    /// The gate spreads only the calls that waited when it opened. The tickets of these calls go up to `last`.
    Spread { spacing: Duration, last: u64 },
    /// The gate lets all calls through at a learned rate.
    Learned(Pace),
}

impl Gate {
    pub(super) fn new(is_adaptive: bool, now: Instant) -> Self {
        Self {
            state: Mutex::new(State {
                opens: now,
                closed: None,
                next: now,
                spread: Duration::ZERO,
                waiting: Queue::default(),
                rhythm: if is_adaptive {
                    Rhythm::Learned(Pace::new(now))
                } else {
                    Rhythm::Spread {
                        spacing: Duration::ZERO,
                        last: 0,
                    }
                },
            }),
        }
    }

    /// Closes the gate for the wait that the server requested. Without such a wait, only an adaptive gate closes.
    pub(super) fn close(&self, now: Instant, asked: Option<Duration>) {
        let mut state = self.lock();
        let unstated = match &state.rhythm {
            Rhythm::Spread { .. } => None,
            Rhythm::Learned(pace) => Some(pace.unstated_wait()),
        };
        let Some(wait) = asked.or(unstated) else {
            return;
        };
        state.opens = state.opens.max(now + wait);
        state.spread = wait.min(LONGEST_SPREAD);
        state.closed.get_or_insert(now);
    }

    /// Records that a call got a response other than a 429, so the limit let the call through.
    pub(crate) fn answered(&self) {
        if let Rhythm::Learned(pace) = &mut self.lock().rhythm {
            pace.answered(Instant::now());
        }
    }

    /// Whether the gate can be removed.
    pub(super) fn is_idle(&self, now: Instant) -> bool {
        let state = self.lock();
        let until = match &state.rhythm {
            Rhythm::Spread { .. } => state.opens,
            Rhythm::Learned(_) => state.opens.max(state.next) + MEMORY,
        };
        state.waiting.is_empty() && until <= now
    }

    /// Waits for the call's turn. If the turn is later than `latest`, returns the wait that would remain.
    pub(crate) async fn pass(&self, ticket: u64, latest: Option<Instant>) -> Result<(), Duration> {
        let place = Place::new(self, ticket);
        let turn = async {
            while let Err(due) = place.look() {
                let _is_first = timeout_at(due, place.woken.notified()).await;
            }
        };
        let Some(latest) = latest else {
            turn.await;
            return Ok(());
        };
        // An open gate is passed even if there is hardly any time.
        let latest = latest.max(Instant::now());
        if self.lock().opens > latest {
            return Err(self.wait(ticket));
        }
        timeout_at(latest, turn)
            .await
            .map_err(|_| self.wait(ticket))
    }

    /// Lets a call with `fail_fast` through if its turn comes soon, or if no call got a 429 yet.
    pub(crate) async fn pass_soon(
        &self,
        ticket: u64,
        latest: Option<Instant>,
    ) -> Result<(), Duration> {
        if !self.lock().is_limited() {
            return Ok(());
        }
        let wait = self.wait(ticket);
        if wait > SOON {
            return Err(wait);
        }
        let soon = Instant::now() + SOON;
        let latest = latest.map_or(soon, |latest| latest.min(soon));
        self.pass(ticket, Some(latest)).await
    }

    /// The approximate wait of a call.
    fn wait(&self, ticket: u64) -> Duration {
        let state = self.lock();
        let now = Instant::now();
        let due = state.due(state.waiting.before(ticket), now);
        due.saturating_duration_since(now)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Lets a call pass, or returns the time at which the call must try again.
    fn look(&mut self, ticket: u64, woken: &Arc<Notify>, now: Instant) -> Result<(), Instant> {
        self.waiting.join(ticket, woken);
        let before = self.waiting.before(ticket);
        let mut due = self.due(before, now);
        if before > 0 {
            due = later(due, LATE);
        }
        if due > now {
            return Err(due);
        }
        // Each call before this one had its own time and did not come, so nobody polls it.
        self.waiting.skip_before(ticket);
        if let Some(closed) = self.closed {
            self.open(closed, now);
        }
        self.waiting.leave(ticket);
        let earliest = now.checked_sub(CATCH_UP).unwrap_or(now);
        self.next = self.next.max(earliest) + self.spacing(now);
        Ok(())
    }

    /// The time at which a call may pass if `before` calls pass earlier.
    fn due(&self, before: usize, now: Instant) -> Instant {
        let before = u32::try_from(before).unwrap_or(u32::MAX);
        later(
            self.opens.max(self.next),
            self.spacing(now).saturating_mul(before),
        )
    }

    fn open(&mut self, closed: Instant, now: Instant) {
        self.next = now;
        let spread = self.spread_out();
        match &mut self.rhythm {
            Rhythm::Spread { spacing, last } => {
                *spacing = spread;
                *last = self.waiting.last().unwrap_or(0);
            }
            Rhythm::Learned(pace) => pace.reopen(closed, self.opens),
        }
        self.closed = None;
    }

    /// The time between two calls if the gate spreads all waiting calls.
    fn spread_out(&self) -> Duration {
        let waiting = u32::try_from(self.waiting.len()).unwrap_or(u32::MAX);
        self.spread / waiting.max(1)
    }

    /// The time to the next call, which is the first waiting call.
    fn spacing(&self, now: Instant) -> Duration {
        match &self.rhythm {
            Rhythm::Spread { .. } if self.closed.is_some() => self.spread_out(),
            Rhythm::Spread { spacing, last } => {
                let first = self.waiting.first();
                let is_spread = first.is_some_and(|first| first <= *last);
                if is_spread { *spacing } else { Duration::ZERO }
            }
            Rhythm::Learned(pace) => pace.spacing(now),
        }
    }

    /// Whether a 429 has shown that there is a limit. Before the first 429, the rate is only a guess.
    fn is_limited(&self) -> bool {
        match &self.rhythm {
            Rhythm::Spread { .. } => true,
            Rhythm::Learned(pace) => self.closed.is_some() || pace.is_limited(),
        }
    }
}

/// The time `wait` after `time`, unless the clock cannot represent it.
fn later(time: Instant, wait: Duration) -> Instant {
    time.checked_add(wait).unwrap_or(time)
}

/// A call's place among the waiting calls. If the value is dropped, the call leaves its place.
struct Place<'a> {
    gate: &'a Gate,
    ticket: u64,
    woken: Arc<Notify>,
}

impl<'a> Place<'a> {
    fn new(gate: &'a Gate, ticket: u64) -> Self {
        Self {
            gate,
            ticket,
            woken: Arc::default(),
        }
    }

    fn look(&self) -> Result<(), Instant> {
        let mut state = self.gate.lock();
        state.look(self.ticket, &self.woken, Instant::now())
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.gate.lock().waiting.leave(self.ticket);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn calls_that_waited_pass_one_after_the_other() {
        let start = Instant::now();
        let gate = Arc::new(Gate::new(false, start));
        gate.close(start, Some(Duration::from_secs(2)));
        let calls: Vec<_> = (0..4)
            .map(|ticket| {
                let gate = Arc::clone(&gate);
                tokio::spawn(async move {
                    gate.pass(ticket, None).await.unwrap();
                    start.elapsed().as_millis()
                })
            })
            .collect();
        let mut passed = Vec::new();
        for call in calls {
            passed.push(call.await.unwrap());
        }
        // The last second of the wait is spread over the four of them.
        let expected = [2000, 2250, 2500, 2750];
        let is_near = |(at, due): (&u128, &u128)| at.abs_diff(*due) <= 20;
        assert!(passed.iter().zip(&expected).all(is_near), "{passed:?}");
    }
}
