//! The model again, over HTTP/2: calls that share connections, and the faults of each other.

mod fault;
mod server;

use std::sync::Arc;
use std::time::Duration;

use telnyx_messaging::{Backoff, Client, RequestOptions, Result, RetryBudget};
use telnyx_messaging_mock::Random;
use tokio::task::JoinSet;
use tokio::time::sleep;

use self::fault::Fault;
use self::server::{CALL, ROOT, Server};
use super::super::operation::Arguments;
use super::schedule::Schedule;
use super::seeds::seeds;
use super::tally::Tally;

const SCHEDULES: u64 = 600;

/// Few enough that most attempts get their response in time.
const CALLS_AT_ONCE: usize = 8;

/// Longer than the server works on a request it has taken.
const LATEST: Duration = Duration::from_millis(500);

#[tokio::test]
async fn a_server_that_honours_keys_accepts_no_call_twice_over_http2() {
    let server = Arc::new(Server::start().await);
    let client = client(&server);
    let mut workers = JoinSet::new();
    for worker in 0..CALLS_AT_ONCE {
        let (server, client) = (Arc::clone(&server), client.clone());
        workers.spawn(async move {
            let mut tried = Vec::new();
            for seed in seeds(SCHEDULES).skip(worker).step_by(CALLS_AT_ONCE) {
                tried.push(Tried::new(seed, &server, &client).await);
            }
            tried
        });
    }
    let tried = workers.join_all().await;
    sleep(LATEST).await;

    let mut tally = Tally::default();
    for tried in tried.iter().flatten() {
        let (seen, accepted) = server.seen_and_accepted(tried.seed);
        let schedule = &tried.schedule;
        let most = schedule.most_accepted(true);
        tally.check(&tried.result, accepted, most, tried);
        assert!(seen <= schedule.most_made(), "{seen} seen: {tried:?}");
    }
    println!("HTTP/2, on {} connections: {tally}", server.connections());
    assert!(tally.is_complete(), "{tally}");
}

/// A schedule and what it led to.
#[derive(Debug)]
struct Tried {
    seed: u64,
    schedule: Schedule,
    #[expect(dead_code, reason = "it is printed with a failure")]
    faults: Vec<Fault>,
    result: Result<()>,
}

impl Tried {
    async fn new(seed: u64, server: &Server, client: &Client) -> Self {
        let schedule = Schedule::new(seed);
        let mut random = Random::new(seed);
        let faults: Vec<_> = schedule
            .events
            .iter()
            .map(|_| Fault::drawn(&mut random))
            .collect();
        server.expect(seed, faults.clone(), schedule.operation.success());
        let options = RequestOptions::new()
            .max_retries(schedule.max_retries)
            .retry_policy(schedule.retry_policy)
            .header(CALL, seed.to_string());
        let arguments = Arguments {
            options,
            ..Arguments::default()
        };
        let result = schedule.operation.request(client, &arguments).sending.await;
        Self {
            seed,
            schedule,
            faults,
            result,
        }
    }
}

/// A client for all calls, with next to no waits.
fn client(server: &Server) -> Client {
    Client::builder()
        .api_key("KEY")
        .base_url(server.base_url())
        .add_root_certificate(ROOT)
        .timeout(Duration::from_secs(1))
        .attempt_timeout(Duration::from_millis(150))
        .backoff(Backoff::new().first(Duration::from_millis(1)))
        .retry_budget(RetryBudget::unlimited())
        .build()
        .expect("good settings")
}
