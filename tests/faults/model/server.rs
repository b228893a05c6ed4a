//! A server without a network, that does what a schedule says.

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Request, Response, StatusCode};
use telnyx_messaging::transport::{SendError, SendFuture, Transport};
use tokio::time::sleep;

use super::super::ledger::{Acceptance, Ledger};
use super::super::operation::Operation;
use super::schedule::{Answer, Event, Schedule};

/// What Telnyx answers while an earlier request with the same key is being worked on.
const IN_PROGRESS: &str = r#"{"errors":[{"code":"10036","title":"Key in progress"}]}"#;

/// What it answers to any other conflict.
const CONFLICT: &str = r#"{"errors":[{"code":"10012","title":"Duplicate"}]}"#;

#[derive(Clone)]
pub(super) struct ModelServer {
    operation: Operation,
    state: Arc<Mutex<State>>,
}

struct State {
    events: VecDeque<Event>,
    ledger: Ledger,
    honours_keys: bool,
    in_progress: HashSet<String>,
    replayed: usize,
}

impl ModelServer {
    pub(super) fn new(schedule: &Schedule, honours_keys: bool) -> Self {
        let state = State {
            events: schedule.events.iter().copied().collect(),
            ledger: Ledger::honouring_keys(honours_keys),
            honours_keys,
            in_progress: HashSet::new(),
            replayed: 0,
        };
        Self {
            operation: schedule.operation,
            state: Arc::new(Mutex::new(state)),
        }
    }

    /// How many requests were accepted.
    pub(super) fn accepted(&self) -> usize {
        self.state().ledger.accepted()
    }

    /// How many requests had a key that was known.
    pub(super) fn replayed(&self) -> usize {
        self.state().replayed
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no test panics in here")
    }

    async fn receive(&self, request: Request<Bytes>) -> Result<Response<Bytes>, SendError> {
        let event = self.state().events.pop_front();
        let event = event.expect("no more attempts than are allowed");
        let key = request
            .headers()
            .get("idempotency-key")
            .map(|key| key.to_str().expect("ASCII").to_owned());
        match event {
            Event::NotSent => Err(SendError::not_sent("refused")),
            Event::Certificate => Err(SendError::certificate("expired")),
            Event::Lost => Err(SendError::maybe_sent("lost")),
            Event::Refuses(status) => Ok(response(status, CONFLICT)),
            _ if self.is_in_progress(key.as_deref()) => Ok(response(409, IN_PROGRESS)),
            Event::Accepts(answer) => {
                self.accept(key);
                self.answer(answer).await
            }
            Event::AcceptsLate(delay) => {
                self.accept_after(delay, key);
                std::future::pending().await
            }
        }
    }

    fn is_in_progress(&self, key: Option<&str>) -> bool {
        let state = self.state();
        state.honours_keys && key.is_some_and(|key| state.in_progress.contains(key))
    }

    fn accept(&self, key: Option<String>) {
        let mut state = self.state();
        if state.ledger.accept(key) == Acceptance::Replayed {
            state.replayed += 1;
        }
    }

    /// Goes on even if the client has gone.
    fn accept_after(&self, delay: Duration, key: Option<String>) {
        self.state().in_progress.extend(key.clone());
        let server = self.clone();
        tokio::spawn(async move {
            sleep(delay).await;
            if let Some(key) = &key {
                server.state().in_progress.remove(key);
            }
            server.accept(key);
        });
    }

    async fn answer(&self, answer: Answer) -> Result<Response<Bytes>, SendError> {
        match answer {
            Answer::Success => Ok(response(200, self.operation.success())),
            Answer::Unreadable => Ok(response(200, "<html>")),
            Answer::Status(status) => Ok(response(status, "")),
            Answer::Lost => Err(SendError::maybe_sent("reset")),
            Answer::Cut => {
                Err(SendError::maybe_sent("cut").with_head(StatusCode::OK, HeaderMap::new()))
            }
            Answer::Nothing => std::future::pending().await,
        }
    }
}

impl Transport for ModelServer {
    fn send(&self, request: Request<Bytes>) -> SendFuture<'_> {
        Box::pin(self.receive(request))
    }
}

fn response(status: u16, body: &'static str) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from_static(body.as_bytes()));
    *response.status_mut() = StatusCode::from_u16(status).expect("a status");
    response
}
