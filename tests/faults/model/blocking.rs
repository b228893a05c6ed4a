//! The model again, by threads that wait.

use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use telnyx_messaging::{Client, Json, Result};

use super::super::operation::Class;
use super::client;
use super::schedule::Schedule;
use super::seeds::seeds;
use super::server::ModelServer;
use super::tally::Tally;

const SCHEDULES: u64 = 600;
const THREADS: usize = 40;

/// Longer than the server works on a request it has taken.
const LATEST: Duration = Duration::from_millis(400);

#[test]
fn a_server_that_honours_keys_accepts_no_blocking_call_twice() {
    let seeds = Mutex::new(seeds(SCHEDULES));
    let tally = Mutex::new(Tally::default());
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let next = seeds.lock().expect("no test panics in here").next();
                    let Some(seed) = next else {
                        return;
                    };
                    try_schedule(seed, &tally);
                }
            });
        }
    });
    let tally = tally.into_inner().unwrap_or_else(PoisonError::into_inner);
    println!("blocking: {tally}");
    assert!(tally.is_complete(), "{tally}");
}

fn try_schedule(seed: u64, tally: &Mutex<Tally>) {
    let schedule = Schedule::new(seed);
    let server = ModelServer::new(&schedule, true);
    let client = client(&schedule, Client::builder().transport(server.clone()));
    let result = call(&client, schedule.operation.class()).map(drop);
    thread::sleep(LATEST);

    let most = schedule.most_accepted(true);
    let mut tally = tally.lock().unwrap_or_else(PoisonError::into_inner);
    tally.check(&result, server.accepted(), most, &(&schedule, &result));
}

/// A call that may be repeated as an operation of this class may.
fn call(client: &Client, class: Class) -> Result<Json> {
    match class {
        Class::Keyed => client.post("/messages").idempotency_key("k").run_blocking(),
        Class::Idempotent => client.get("/messages/1").run_blocking(),
        Class::Other => client.post("/messages/schedule").run_blocking(),
    }
}
