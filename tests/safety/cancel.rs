//! A program can drop a call at any moment: the client keeps working, and nothing keeps running for the call.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::thread;
use std::time::Duration;

use telnyx_messaging::{Backoff, Client, Result};
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::time::{sleep, timeout};

use crate::faults::ledger::Ledger;
use crate::faults::operation::{Arguments, KINDS, Operation};
use crate::faults::script::Action::{Hang, Read, Reset};
use crate::faults::script::{Script, answer};
use crate::faults::server::Server;

/// More polls than any call here needs.
const MOST_POLLS: usize = 200;

#[test]
fn a_call_with_one_attempt_can_be_given_up_at_every_poll() {
    for operation in KINDS {
        give_up_at_every_poll(operation, &[]);
    }
}

#[test]
fn a_call_can_be_given_up_at_every_poll_of_its_retries() {
    let rate_limited = answer("429 Too Many Requests", "retry-after-ms: 3\r\n", "");
    for operation in KINDS {
        give_up_at_every_poll(operation, &[rate_limited.clone(), rate_limited.clone()]);
    }
}

#[test]
fn a_call_can_be_given_up_at_every_poll_after_a_broken_connection() {
    for operation in [Operation::SendMessage, Operation::Retrieve] {
        give_up_at_every_poll(operation, &[vec![Read, Reset]]);
    }
}

#[test]
fn a_call_that_waits_can_be_given_up() {
    let waits = [
        vec![Read, Hang],
        // The next call waits as long.
        answer("429 Too Many Requests", "retry-after: 2\r\n", ""),
    ];
    // All at once, because they only wait.
    thread::scope(|scope| {
        for wait in &waits {
            for operation in KINDS {
                scope.spawn(move || give_up_while_it_waits(operation, wait));
            }
        }
    });
}

fn give_up_while_it_waits(operation: Operation, wait: &Script) {
    let success = answer("200 OK", "", operation.success());
    let server = Server::start([wait.clone()], success, Ledger::default());
    let there = Elsewhere::new();
    let server = there.start(server);
    runtime().block_on(async {
        let client = client(&server);
        let waiting = timeout(Duration::from_millis(500), operation.call(&client)).await;
        assert!(waiting.is_err(), "{operation:?} did not wait");
        assert_alive(client, operation).await;
    });
}

/// Drops a call after 0 polls, after 1, and so on until it ends by itself.
fn give_up_at_every_poll(operation: Operation, faults: &[Script]) {
    let there = Elsewhere::new();
    for polls in 0..MOST_POLLS {
        let success = answer("200 OK", "", operation.success());
        let server = there.start(Server::start(faults.to_vec(), success, Ledger::default()));
        let here = runtime();
        let ended = here.block_on(give_up_after(polls, operation, &server));
        if ended {
            assert!(
                polls > 2,
                "{operation:?} ended at poll {polls}: nothing was given up"
            );
            return;
        }
    }
    panic!("{operation:?} did not end in {MOST_POLLS} polls");
}

/// Whether the call ended before it was given up.
async fn give_up_after(polls: usize, operation: Operation, server: &Server) -> bool {
    let client = client(server);
    let request = operation.request(&client, &Arguments::default());
    let first = poll_at_most(polls, request.sending).await;
    if let Some(result) = &first {
        assert!(result.is_ok(), "{operation:?}: {result:?}");
    }
    assert_alive(client, operation).await;
    first.is_some()
}

fn client(server: &Server) -> Client {
    Client::builder()
        .api_key("KEY")
        .base_url(server.base_url())
        .backoff(Backoff::new().first(Duration::from_millis(3)))
        .build()
        .expect("good settings")
}

/// The client can make another call, and the runtime has nothing to do once the client is gone.
async fn assert_alive(client: Client, operation: Operation) {
    let second = operation.call(&client).await;
    assert!(second.is_ok(), "{operation:?}: {second:?}");
    drop(client);
    let metrics = Handle::current().metrics();
    let all_have_ended = async {
        while metrics.num_alive_tasks() > 0 {
            sleep(Duration::from_millis(1)).await;
        }
    };
    let in_time = timeout(Duration::from_secs(5), all_have_ended).await;
    assert!(
        in_time.is_ok(),
        "{operation:?} leaves {} tasks",
        metrics.num_alive_tasks()
    );
}

/// Polls `future` up to so many times and drops it: its result, if it had one by then.
async fn poll_at_most(
    polls: usize,
    mut future: Pin<Box<dyn Future<Output = Result<()>> + Send>>,
) -> Option<Result<()>> {
    let mut left = polls;
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        match future.as_mut().poll(context) {
            Poll::Ready(result) => Poll::Ready(Some(result)),
            Poll::Pending if left == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

fn runtime() -> Runtime {
    Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime starts")
}

/// A runtime with a thread of its own, so that a server's tasks are not counted among the client's.
struct Elsewhere {
    runtime: Runtime,
}

impl Elsewhere {
    fn new() -> Self {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build();
        Self {
            runtime: runtime.expect("a runtime starts"),
        }
    }

    fn start(&self, server: impl Future<Output = Server>) -> Server {
        self.runtime.block_on(server)
    }
}
