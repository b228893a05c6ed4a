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
#[cfg(feature = "http2")]
mod over_http2;
mod over_tcp;
mod schedule;
mod seeds;
mod server;
mod tally;

use std::time::Duration;

use telnyx_messaging::{Backoff, Client, Result, RetryBudget};
use tokio::time::sleep;

use self::schedule::Schedule;
use self::seeds::seeds;
use self::server::ModelServer;
use self::tally::Tally;
use super::operation::Class;

const SCHEDULES: u64 = 8_000;

/// Longer than a server of the model works on a request it has taken.
const LATEST: Duration = Duration::from_secs(1);

#[tokio::test(start_paused = true)]
async fn a_server_that_honours_keys_accepts_no_call_twice() {
    let mut tally = Tally::default();
    let (mut replayed, mut keyed) = (0, 0);
    for schedule in seeds(SCHEDULES).map(Schedule::new) {
        let tried = Tried::new(schedule, true).await;
        let most = tried.schedule.most_accepted(true);
        tally.check(&tried.result, tried.accepted, most, &tried);
        replayed += tried.replayed;
        keyed += usize::from(tried.schedule.operation.class() == Class::Keyed);
    }
    println!("simulated: {tally}");
    assert!(tally.is_complete(), "{tally}");
    // More than one in nine.
    assert!(
        replayed * 9 > keyed,
        "chance repeats too little: {replayed} of {keyed}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_server_that_ignores_keys_accepts_a_call_once_for_each_attempt_at_most() {
    let mut tally = Tally::default();
    let (mut reached, mut repeatable) = (0, 0);
    for schedule in seeds(SCHEDULES).map(Schedule::new) {
        let tried = Tried::new(schedule, false).await;
        let most = tried.schedule.most_accepted(false);
        tally.check(&tried.result, tried.accepted, most, &tried);
        reached += usize::from(tried.accepted == most && most > 2);
        repeatable += usize::from(most > 2);
    }
    println!("simulated, keys ignored: {tally}");
    // More than one in a hundred.
    assert!(
        reached * 100 > repeatable,
        "the documented number is hardly ever reached: {reached} of {repeatable}"
    );
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
