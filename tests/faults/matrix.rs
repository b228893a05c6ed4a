//! Tries each row of the table for each kind of operation.

use std::sync::Arc;
use std::time::{Duration, Instant};

use telnyx_messaging::{Backoff, Client, ClientBuilder, Error, Result, RetryBudget};
use tokio::task::{JoinSet, spawn_blocking};

use super::ledger::Ledger;
use super::operation::{Class, KINDS, Operation};
use super::received::Received;
use super::script::{Action, answer};
use super::server::Server;
use super::table::{self, End, Row};

const RETRIES: u32 = 2;

/// The time of a whole call. No cell needs it: whoever reaches it has hung.
const TIMEOUT: Duration = Duration::from_secs(20);

/// The time of an attempt that ends by it. Long enough for a busy machine to deliver the request before.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(2);

#[tokio::test]
async fn a_broken_connection_ends_as_the_table_says() {
    check(table::connections(), TIMEOUT).await;
}

#[tokio::test]
async fn an_answer_ends_as_the_table_says_of_its_status() {
    check(table::statuses(), TIMEOUT).await;
}

#[tokio::test]
async fn a_success_ends_as_the_table_says_of_its_body() {
    check(table::successes(), TIMEOUT).await;
}

#[tokio::test]
async fn an_error_that_is_cut_ends_as_the_table_says_of_its_status() {
    check(table::cut_errors(), TIMEOUT).await;
}

#[tokio::test]
async fn a_slow_answer_ends_as_the_table_says() {
    check(table::slow(), ATTEMPT_TIMEOUT).await;
}

/// A client that hardly waits between its attempts.
pub(super) fn builder(server: &Server) -> ClientBuilder {
    Client::builder()
        .api_key("KEY")
        .base_url(server.base_url())
        .timeout(TIMEOUT)
        .backoff(Backoff::new().first(Duration::from_millis(1)))
        .retry_budget(RetryBudget::unlimited())
        .max_retries(RETRIES)
        .max_body_bytes(1 << 16)
}

/// All cells at once: most of their time they wait.
async fn check(rows: Vec<Row>, attempt_timeout: Duration) {
    let mut cells = JoinSet::new();
    for row in rows.into_iter().map(Arc::new) {
        for operation in KINDS {
            let cell = Cell {
                row: Arc::clone(&row),
                operation,
                attempt_timeout,
            };
            cells.spawn(async move {
                cell.fails_every_time().await;
                if cell.row.script.is_some() {
                    cell.fails_once().await;
                }
            });
        }
    }
    cells.join_all().await;
}

struct Cell {
    row: Arc<Row>,
    operation: Operation,
    attempt_timeout: Duration,
}

impl Cell {
    /// The fault meets every attempt.
    async fn fails_every_time(&self) {
        let server = match &self.row.script {
            Some(script) => Server::always(script.clone()).await,
            None => Server::closed().await,
        };
        let attempts = if self.is_repeated() { 1 + RETRIES } else { 1 };
        let result = self.call(&server).await;
        self.assert_end(&result, attempts);
        self.assert_requests(&server, attempts, &result);
    }

    /// The fault meets the first attempt; a second one succeeds.
    async fn fails_once(&self) {
        let script = self.row.script.clone().unwrap_or_default();
        let success = answer("200 OK", "", self.operation.success());
        let server = Server::start([script], success, Ledger::default()).await;
        let result = self.call(&server).await;
        if self.is_repeated() {
            assert!(result.is_ok(), "{self}: {result:?}");
            self.assert_requests(&server, 2, &result);
        } else {
            self.assert_end(&result, 1);
            self.assert_requests(&server, 1, &result);
        }
    }

    fn is_repeated(&self) -> bool {
        self.row.repeated.contains(&self.operation.class())
    }

    async fn call(&self, server: &Server) -> Result<()> {
        let builder = builder(server).attempt_timeout(self.attempt_timeout);
        // On another thread: all cells make their clients at once, and would hold up each other's attempts.
        let client = spawn_blocking(|| builder.build()).await.expect("no panic");
        let client = client.expect("good settings");
        let started = Instant::now();
        let result = self.operation.call(&client).await;
        assert!(started.elapsed() < TIMEOUT, "{self}: too late");
        result
    }

    fn assert_end(&self, result: &Result<()>, attempts: u32) {
        assert_eq!(end(result), self.row.end, "{self}: {result:?}");
        if let Err(error) = result {
            assert_eq!(error.outcome(), self.row.outcome, "{self}: {error:?}");
            assert_eq!(error.attempts(), attempts, "{self}: {error:?}");
        }
    }

    /// Every attempt carried the same bytes, and a key only where there is one to carry.
    fn assert_requests(&self, server: &Server, attempts: u32, result: &Result<()>) {
        let played = if self.row.script.is_some() {
            attempts as usize
        } else {
            0
        };
        assert_eq!(server.played(), played, "{self}: attempts seen");
        let received = server.received();
        if self.reads() {
            assert_eq!(received.len(), played, "{self}: requests seen");
        }
        let Some(first) = received.first() else {
            return;
        };
        for other in &received {
            assert_eq!(other, first, "{self}: another attempt, another request");
        }
        self.assert_key(first, result);
    }

    fn assert_key(&self, request: &Received, result: &Result<()>) {
        let key = request.header("idempotency-key");
        assert_eq!(
            key.is_some(),
            self.operation.class() == Class::Keyed,
            "{self}: {key:?}"
        );
        if let Err(error) = result {
            assert_eq!(error.idempotency_key(), key, "{self}");
        }
    }

    fn reads(&self) -> bool {
        let script = self.row.script.as_deref().unwrap_or_default();
        matches!(script.first(), Some(Action::Read))
    }
}

impl std::fmt::Display for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} × {:?}", self.row.fault, self.operation)
    }
}

/// How a call ended, told by what its result says about itself.
fn end(result: &Result<()>) -> End {
    match result {
        Ok(()) => End::Success,
        Err(Error::Api(error)) => End::Api(error.status().as_u16()),
        Err(Error::Decode(_)) => End::Unreadable,
        Err(Error::Transport(error)) if error.is_connect() => End::NotConnected,
        Err(Error::Transport(error)) if error.is_body_too_large() => End::TooLarge,
        Err(Error::Transport(error)) if error.is_timeout() => End::TimedOut,
        Err(Error::Transport(_)) => End::Lost,
        Err(other) => panic!("the request was not sent: {other:?}"),
    }
}
