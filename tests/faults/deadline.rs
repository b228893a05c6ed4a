//! A call ends in its time, whatever the server does.

use std::time::{Duration, Instant};

use telnyx_messaging::{Client, Error, Outcome};
use tokio::task::JoinSet;

use super::matrix::builder;
use super::operation::{KINDS, Operation};
use super::script::Action::{DripForever, Hang, Read, Reset};
use super::script::{Script, answer, write};
use super::server::Server;

/// Long enough for a busy machine to deliver the request before.
const TIMEOUT: Duration = Duration::from_millis(600);

/// How much later than its time a call may end on a busy machine.
const SLACK: Duration = Duration::from_secs(2);

/// The error of a call, and the time it took.
async fn failure(operation: Operation, client: &Client) -> (Error, Duration) {
    let started = Instant::now();
    let error = operation
        .call(client)
        .await
        .expect_err("no server of these answers");
    (error, started.elapsed())
}

fn endless() -> [(&'static str, Script, Outcome); 4] {
    use Outcome::{Applied, Unknown};
    let dripping = |start: &str, bytes| vec![Read, write(start), DripForever(bytes)];
    let (header, body) = ("HTTP/1.1 200 OK\r\nx-a: ", "HTTP/1.1 200 OK\r\n\r\n");
    [
        ("no answer", vec![Read, Hang], Unknown),
        ("a slow status line", dripping("", "HTTP"), Unknown),
        ("a slow header", dripping(header, "b"), Unknown),
        ("a slow body", dripping(body, " "), Applied),
    ]
}

#[tokio::test]
async fn the_timeout_ends_an_attempt_that_does_not_end() {
    let mut calls = JoinSet::new();
    for (fault, script, outcome) in endless() {
        for operation in KINDS {
            let server = Server::always(script.clone()).await;
            let client = builder(&server).timeout(TIMEOUT).build().unwrap();
            calls.spawn(async move {
                let (error, elapsed) = failure(operation, &client).await;
                let cell = format!("{fault} × {operation:?}: {error:?}");
                assert!(error.is_timeout(), "{cell}");
                assert_eq!(error.outcome(), outcome, "{cell}");
                assert_eq!(server.played(), 1, "{cell}");
                assert!(elapsed >= TIMEOUT && elapsed < TIMEOUT + SLACK, "{cell}");
            });
        }
    }
    calls.join_all().await;
}

#[tokio::test]
async fn the_timeout_is_for_all_attempts_together() {
    let server = Server::always(vec![Read, Hang]).await;
    // A third of it is long enough for a busy machine to begin the second attempt.
    let timeout = TIMEOUT * 3;
    let client = builder(&server)
        .timeout(timeout)
        .attempt_timeout(timeout * 2 / 3)
        .max_retries(100)
        .build()
        .unwrap();
    let (error, elapsed) = failure(Operation::Retrieve, &client).await;
    assert_eq!(error.attempts(), 2, "{error:?}");
    assert!(elapsed < timeout + SLACK, "{error:?}");
}

#[tokio::test]
async fn a_wait_that_would_end_after_the_timeout_is_not_begun() {
    let script = answer("503 Service Unavailable", "retry-after: 30\r\n", "");
    let server = Server::always(script).await;
    let client = builder(&server)
        .timeout(Duration::from_secs(29))
        .build()
        .unwrap();
    let (error, elapsed) = failure(Operation::Retrieve, &client).await;
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
    assert_eq!(error.attempts(), 1);
    assert!(elapsed < SLACK);
}

#[tokio::test]
async fn a_wait_longer_than_allowed_is_not_begun_and_can_be_read() {
    let script = answer("429 Too Many Requests", "retry-after: 3600\r\n", "");
    let server = Server::always(script).await;
    let client = builder(&server)
        .timeout(Duration::from_secs(7200))
        .build()
        .unwrap();
    let (error, elapsed) = failure(Operation::SendMessage, &client).await;
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    assert_eq!(error.attempts(), 1);
    assert!(elapsed < SLACK);
}

#[tokio::test]
async fn the_wait_a_server_asks_for_is_not_cut_short() {
    let wait = Duration::from_millis(150);
    let script = answer("429 Too Many Requests", "retry-after-ms: 150\r\n", "");
    let server = Server::always(script).await;
    let client = builder(&server).max_retries(1).build().unwrap();
    let (error, elapsed) = failure(Operation::Schedule, &client).await;
    assert_eq!(error.attempts(), 2);
    assert!(elapsed >= wait, "{elapsed:?}");
}

#[tokio::test]
async fn an_empty_budget_ends_calls_with_their_first_failure() {
    let server = Server::always(vec![Read, Reset]).await;
    let client = builder(&server)
        .retry_budget(telnyx_messaging::RetryBudget::new(3).refund_percent(0))
        .build()
        .unwrap();
    let mut attempts = 0;
    for _ in 0..10 {
        attempts += failure(Operation::Retrieve, &client).await.0.attempts();
    }
    assert_eq!(attempts, 10 + 3);
    assert_eq!(server.played(), 13);
}
