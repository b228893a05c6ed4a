//! The model again, by threads that wait.

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use telnyx_messaging::{Client, Json, Result};

use super::super::operation::Class;
use super::schedule::Schedule;
use super::server::ModelServer;
use super::{assert_truthful, client};

const SCHEDULES: u64 = 600;
const THREADS: usize = 40;

/// Longer than the server works on a request it has taken.
const LATEST: Duration = Duration::from_millis(400);

#[test]
fn a_server_that_honours_keys_accepts_no_blocking_call_twice() {
    let seeds = AtomicU64::new(0);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let seed = seeds.fetch_add(1, Ordering::Relaxed);
                    if seed >= SCHEDULES {
                        return;
                    }
                    try_schedule(seed);
                }
            });
        }
    });
}

fn try_schedule(seed: u64) {
    let schedule = Schedule::new(seed);
    let server = ModelServer::new(&schedule, true);
    let client = client(&schedule, Client::builder().transport(server.clone()));
    let result = call(&client, schedule.operation.class()).map(drop);
    thread::sleep(LATEST);

    let tried = format!("seed {seed}: {schedule:?} {result:?}");
    let most = match schedule.operation.class() {
        Class::Keyed | Class::Other => 1,
        Class::Idempotent => schedule.most_attempts(),
    };
    assert!(server.accepted() <= most, "{tried}");
    assert_truthful(&result, server.accepted(), &tried);
}

/// A call that may be repeated as an operation of this class may.
fn call(client: &Client, class: Class) -> Result<Json> {
    match class {
        Class::Keyed => client.post("/messages").idempotency_key("k").run_blocking(),
        Class::Idempotent => client.get("/messages/1").run_blocking(),
        Class::Other => client.post("/messages/schedule").run_blocking(),
    }
}
