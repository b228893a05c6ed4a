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
use super::operation::Class;

const SCHEDULES: u64 = 6_000;

/// Longer than a server of the model works on a request it has taken.
const LATEST: Duration = Duration::from_secs(1);

#[tokio::test(start_paused = true)]
async fn a_server_that_honours_keys_accepts_no_call_twice() {
    let mut replayed = 0;
    for seed in 0..SCHEDULES {
        let tried = Tried::new(seed, true).await;
        let most = match tried.schedule.operation.class() {
            Class::Keyed | Class::Other => 1,
            Class::Idempotent => tried.schedule.most_attempts(),
        };
        assert!(tried.accepted <= most, "{tried:?}");
        replayed += tried.replayed;
    }
    assert!(replayed > 250, "chance repeats too little: {replayed}");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_ignores_keys_accepts_a_call_once_for_each_attempt_at_most() {
    let mut reached = 0;
    for seed in 0..SCHEDULES {
        let tried = Tried::new(seed, false).await;
        let most = match tried.schedule.operation.class() {
            Class::Other => 1,
            Class::Keyed | Class::Idempotent => tried.schedule.most_attempts(),
        };
        assert!(tried.accepted <= most, "{tried:?}");
        reached += usize::from(tried.accepted == most && most > 2);
    }
    assert!(
        reached > 10,
        "the documented number is hardly ever reached: {reached}"
    );
}

#[tokio::test(start_paused = true)]
async fn the_outcome_never_contradicts_the_server() {
    for honours_keys in [true, false] {
        for seed in 0..SCHEDULES {
            let tried = Tried::new(seed, honours_keys).await;
            assert_truthful(&tried.result, tried.accepted, &tried);
        }
    }
}

/// A schedule and what it led to.
#[derive(Debug)]
#[expect(dead_code, reason = "all of it is printed with a failure")]
struct Tried {
    seed: u64,
    schedule: Schedule,
    result: Result<()>,
    accepted: usize,
    replayed: usize,
}

impl Tried {
    async fn new(seed: u64, honours_keys: bool) -> Self {
        let schedule = Schedule::new(seed);
        let server = ModelServer::new(&schedule, honours_keys);
        let client = client(&schedule, Client::builder().transport(server.clone()));
        let result = schedule.operation.call(&client).await;
        sleep(LATEST).await;
        Self {
            seed,
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
