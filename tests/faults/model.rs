//! Random faults against a server that counts what it accepts.
//!
//! What is accepted is sent and billed, so the count is what the caller pays for:
//!
//! | the call | the server accepts at most |
//! |---|---|
//! | carries a key, and the server honours keys | 1 |
//! | carries a key, and the server ignores keys | 1 + `max_retries`; 1 with `RetryPolicy::NotSent` and `Off` |
//! | carries no key and may not be repeated | 1 |
//!
//! Whatever the count, an error says `NotApplied` only if it is 0, and `Applied` only if it is not.

mod blocking;
mod over_tcp;
mod random;
mod schedule;
mod server;

use std::time::Duration;

use telnyx_messaging::{Backoff, Client, Outcome, Result, RetryBudget};
use tokio::time::sleep;

use self::schedule::Schedule;
use self::server::ModelServer;
use super::operation::{ALL, Class};

/// The schedules of each operation that may not be done twice.
const SCHEDULES: usize = 320;

/// The schedules of each operation that changes nothing when it is done twice.
const SCHEDULES_OF_IDEMPOTENT: usize = 100;

/// Longer than a server of the model works on a request it has taken.
const LATEST: Duration = Duration::from_secs(1);

#[tokio::test(start_paused = true)]
async fn a_server_that_honours_keys_accepts_no_call_twice() {
    let (mut replayed, mut keyed) = (0, 0);
    for schedule in schedules() {
        let tried = Tried::new(schedule, true).await;
        let most = match tried.schedule.operation.class() {
            Class::Keyed | Class::Other => 1,
            Class::Idempotent => tried.schedule.most_attempts(),
        };
        assert!(tried.accepted <= most, "{tried:?}");
        replayed += tried.replayed;
        keyed += usize::from(tried.schedule.operation.class() == Class::Keyed);
    }
    // More than one in nine.
    assert!(
        replayed * 9 > keyed,
        "chance repeats too little: {replayed} of {keyed}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_server_that_ignores_keys_accepts_a_call_once_for_each_attempt_at_most() {
    let (mut reached, mut repeatable) = (0, 0);
    for schedule in schedules() {
        let tried = Tried::new(schedule, false).await;
        let most = match tried.schedule.operation.class() {
            Class::Other => 1,
            Class::Keyed | Class::Idempotent => tried.schedule.most_attempts(),
        };
        assert!(tried.accepted <= most, "{tried:?}");
        reached += usize::from(tried.accepted == most && most > 2);
        repeatable += usize::from(most > 2);
    }
    // More than one in a hundred.
    assert!(
        reached * 100 > repeatable,
        "the documented number is hardly ever reached: {reached} of {repeatable}"
    );
}

#[tokio::test(start_paused = true)]
async fn the_outcome_never_contradicts_the_server() {
    for honours_keys in [true, false] {
        for schedule in schedules() {
            let tried = Tried::new(schedule, honours_keys).await;
            assert_truthful(&tried.result, tried.accepted, &tried);
        }
    }
}

/// The schedules of all operations.
fn schedules() -> impl Iterator<Item = Schedule> {
    let seeds = (0..).step_by(SCHEDULES);
    let operations = ALL.into_iter().zip(seeds);
    operations.flat_map(|(operation, first)| {
        let count = match operation.class() {
            Class::Idempotent => SCHEDULES_OF_IDEMPOTENT,
            Class::Keyed | Class::Other => SCHEDULES,
        };
        let seeds = (first..).take(count);
        seeds.map(move |seed| Schedule::of(operation, seed))
    })
}

/// A schedule and what it led to.
#[derive(Debug)]
struct Tried {
    schedule: Schedule,
    result: Result<()>,
    accepted: usize,
    replayed: usize,
}

impl Tried {
    async fn new(schedule: Schedule, honours_keys: bool) -> Self {
        let server = ModelServer::new(&schedule, honours_keys);
        let client = client(&schedule, Client::builder().transport(server.clone()));
        let result = schedule.operation.call(&client).await;
        sleep(LATEST).await;
        Self {
            schedule,
            result,
            accepted: server.accepted(),
            replayed: server.replayed(),
        }
    }
}

/// A client with the settings of `schedule` and next to no waits.
fn client(schedule: &Schedule, builder: telnyx_messaging::ClientBuilder) -> Client {
    builder
        .api_key("KEY")
        .timeout(Duration::from_millis(400))
        .attempt_timeout(Duration::from_millis(50))
        .max_retries(schedule.max_retries)
        .retry_policy(schedule.retry_policy)
        .backoff(Backoff::new().first(Duration::from_millis(1)))
        .retry_budget(RetryBudget::unlimited())
        .build()
        .expect("good settings")
}

fn assert_truthful(result: &Result<()>, accepted: usize, tried: &impl std::fmt::Debug) {
    let is_true = match result.as_ref().map_err(telnyx_messaging::Error::outcome) {
        Ok(()) | Err(Outcome::Applied) => accepted > 0,
        Err(Outcome::NotApplied) => accepted == 0,
        Err(_) => true,
    };
    assert!(is_true, "{accepted} accepted: {tried:?}");
}
