//! A transport for tests: answers from a script and keeps what was sent.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{Request, Response};
use tokio::time::Instant;

use super::{SendError, SendFuture, Transport};
use crate::{Client, ClientBuilder};

/// What happens to one request.
pub(crate) enum Step {
    Answer(Response<Bytes>),
    NotSent,
    Certificate,
    Lost,
    /// The body of the answer does not come.
    Cut(Response<()>),
    TooLarge,
    Hangs,
}

/// An answer with a JSON body.
pub(crate) fn answer(status: u16, body: &str) -> Step {
    answer_with(status, &[], body)
}

/// An answer with headers and a JSON body.
pub(crate) fn answer_with(status: u16, headers: &[(&str, &str)], body: &str) -> Step {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    Step::Answer(
        response
            .body(Bytes::copy_from_slice(body.as_bytes()))
            .unwrap(),
    )
}

/// The head of an answer, and no more.
pub(crate) fn cut(status: u16, headers: &[(&str, &str)]) -> Step {
    match answer_with(status, headers, "") {
        Step::Answer(response) => Step::Cut(response.map(|_| ())),
        other => other,
    }
}

/// Does the steps in turn, then answers 418.
#[derive(Clone)]
pub(crate) struct Scripted {
    steps: Arc<Mutex<VecDeque<Step>>>,
    sent: Arc<Mutex<Vec<Sent>>>,
}

type Sent = (Instant, Request<Bytes>);

impl Scripted {
    pub(crate) fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        Self {
            steps: Arc::new(Mutex::new(steps.into_iter().collect())),
            sent: Arc::default(),
        }
    }

    /// A client over this transport.
    pub(crate) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    pub(crate) fn builder(&self) -> ClientBuilder {
        Client::builder()
            .api_key("KEY")
            .base_url("https://api.example/v2")
            .transport(self.clone())
    }

    pub(crate) fn sent(&self) -> Vec<Request<Bytes>> {
        self.sent
            .lock()
            .unwrap()
            .iter()
            .map(|(_, request)| request.clone())
            .collect()
    }

    /// When requests were sent.
    pub(crate) fn times(&self) -> Vec<Instant> {
        self.sent
            .lock()
            .unwrap()
            .iter()
            .map(|(time, _)| *time)
            .collect()
    }
}

impl Transport for Scripted {
    fn send(&self, request: Request<Bytes>) -> SendFuture<'_> {
        Box::pin(async {
            self.sent.lock().unwrap().push((Instant::now(), request));
            let step = self.steps.lock().unwrap().pop_front();
            match step.unwrap_or_else(|| answer(418, "")) {
                Step::Answer(response) => Ok(response),
                Step::NotSent => Err(SendError::not_sent("refused")),
                Step::Certificate => Err(SendError::certificate("expired")),
                Step::Lost => Err(SendError::maybe_sent("reset")),
                Step::Cut(response) => {
                    let (head, ()) = response.into_parts();
                    Err(SendError::maybe_sent("cut").with_head(head.status, head.headers))
                }
                Step::TooLarge => Err(SendError::body_too_large(8)),
                Step::Hangs => std::future::pending().await,
            }
        })
    }
}
