//! A server for webhooks.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use telnyx_messaging::webhook::{Webhook, WebhookError, WebhookVerifier};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

type Received = Result<Webhook, WebhookError>;

/// Verifies what comes and answers with the statuses it was given, then with 200.
pub(crate) struct Receiver {
    received: Arc<Mutex<Vec<Received>>>,
    task: JoinHandle<()>,
}

impl Receiver {
    pub(crate) async fn bind() -> (TcpListener, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        (listener, format!("http://{address}/webhooks"))
    }

    /// Starts on a port that was bound before the mock, whose key it needs.
    pub(crate) fn start(listener: TcpListener, public_key: &str, statuses: &[u16]) -> Self {
        let verifier = Arc::new(WebhookVerifier::new(public_key).expect("a key"));
        let received = Arc::new(Mutex::new(Vec::new()));
        let mut statuses = statuses.to_vec();
        statuses.reverse();
        let statuses = Arc::new(Mutex::new(statuses));
        let list = received.clone();
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.expect("a connection");
                let (verifier, received) = (verifier.clone(), list.clone());
                let statuses = statuses.clone();
                tokio::spawn(async move {
                    let service = service_fn(|request: Request<Incoming>| async {
                        let (head, body) = request.into_parts();
                        let body = body.collect().await.expect("a body").to_bytes();
                        let webhook = verifier.verify(&head.headers, &body);
                        received.lock().expect("the list").push(webhook);
                        let status = statuses.lock().expect("the list").pop().unwrap_or(200);
                        let mut response = Response::new(Full::new(bytes::Bytes::new()));
                        *response.status_mut() = StatusCode::from_u16(status).expect("a status");
                        Ok::<_, std::convert::Infallible>(response)
                    });
                    let stream = TokioIo::new(stream);
                    let http = hyper::server::conn::http1::Builder::new();
                    let _ = http.serve_connection(stream, service).await;
                });
            }
        });
        Self { received, task }
    }

    /// The kinds of the events so far, or why a webhook was not accepted.
    pub(crate) fn kinds(&self) -> Vec<String> {
        let received = self.received.lock().expect("the list");
        let kind = |one: &Received| match one {
            Ok(webhook) => webhook.event_type.clone(),
            Err(WebhookError::TooOld { .. }) => "too old".to_owned(),
            Err(WebhookError::WrongSignature) => "wrongly signed".to_owned(),
            Err(error) => panic!("{error}"),
        };
        received.iter().map(kind).collect()
    }

    /// Waits until there are `count` events.
    pub(crate) async fn wait(&self, count: usize) -> Vec<String> {
        for _ in 0..200 {
            if self.kinds().len() >= count {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        self.kinds()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}
