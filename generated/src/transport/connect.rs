//! Ends connecting in the time of the attempt that waits for it, so that its failure proves that nothing was sent.
//!
//! reqwest has one limit for all connections of a client, and tells a request that ran out of time nothing of where it was.

use std::error::Error;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::task::LocalKey;
use tokio::time::{Instant, timeout_at};
use tower_layer::Layer;
use tower_service::Service;

/// When the attempt that is polled must have its connection.
fn deadline() -> &'static LocalKey<Instant> {
    tokio::task_local! {
        static DEADLINE: Instant;
    }
    &DEADLINE
}

/// How much earlier than an attempt its connecting ends: then the attempt still hears of it.
const MARGIN: Duration = Duration::from_millis(2);

/// Runs an attempt of `time`: a connection that it opens is up before, or fails.
pub(super) fn within<F: Future>(time: Duration, attempt: F) -> impl Future<Output = F::Output> {
    let now = Instant::now();
    let end = now.checked_add(time.saturating_sub(MARGIN));
    // Without an end, the client's own limit is the earlier one.
    deadline().scope(end.unwrap_or_else(|| now + FOR_EVER), attempt)
}

const FOR_EVER: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Makes a connector end in the time of the attempt.
#[derive(Clone)]
pub(super) struct InTime;

impl<S> Layer<S> for InTime {
    type Service = Connector<S>;

    fn layer(&self, inner: S) -> Connector<S> {
        Connector(inner)
    }
}

#[derive(Clone)]
pub(super) struct Connector<S>(S);

type BoxError = Box<dyn Error + Send + Sync>;

impl<S, R> Service<R> for Connector<S>
where
    S: Service<R, Error = BoxError>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: R) -> Self::Future {
        let connecting = self.0.call(request);
        match deadline().try_with(|deadline| *deadline) {
            Ok(deadline) => Box::pin(async move {
                let in_time = timeout_at(deadline, connecting).await;
                in_time.unwrap_or_else(|_| Err(io::Error::from(io::ErrorKind::TimedOut).into()))
            }),
            Err(_) => Box::pin(connecting),
        }
    }
}
