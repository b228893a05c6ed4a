//! Ends a connection attempt before the time of its request is over, so the failure proves that nothing was sent.
//!
//! reqwest has one connection timeout for the whole client. When a request times out, reqwest does not say whether the client was
//! still connecting.

use std::cell::Cell;
use std::error::Error;
use std::future::poll_fn;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::thread::LocalKey;
use std::time::Duration;

use tokio::time::{Instant, timeout_at};
use tower_layer::Layer;
use tower_service::Service;

/// The time at which the attempt that this thread polls must have its connection.
fn deadline() -> &'static LocalKey<Cell<Option<Instant>>> {
    thread_local! {
        static DEADLINE: Cell<Option<Instant>> = const { Cell::new(None) };
    }
    &DEADLINE
}

/// The time between the end of connecting and the end of the attempt, so that the attempt can still report the failure.
const MARGIN: Duration = Duration::from_millis(2);

/// Runs an attempt that ends at `end`. A connection that the attempt opens succeeds or fails before that time.
pub(super) async fn before<F: Future>(end: Instant, attempt: F) -> F::Output {
    let latest = end.checked_sub(MARGIN);
    let mut attempt = pin!(attempt);
    poll_fn(|context| {
        let _reset = Reset(deadline().replace(latest));
        attempt.as_mut().poll(context)
    })
    .await
}

/// Restores the time that was set before the attempt was polled.
struct Reset(Option<Instant>);

impl Drop for Reset {
    fn drop(&mut self) {
        deadline().set(self.0);
    }
}

/// Limits a connector to the time of the attempt.
#[derive(Clone)]
pub(super) struct InTime;

impl<S> Layer<S> for InTime {
    type Service = Connector<S>;

    fn layer(&self, inner: S) -> Connector<S> {
        Connector(Arc::new(inner))
    }
}

/// Shares a connector between clones, because reqwest clones its connector several times for each request, but hardly ever
/// connects.
pub(super) struct Connector<S>(Arc<S>);

impl<S> Clone for Connector<S> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

type BoxError = Box<dyn Error + Send + Sync>;

impl<S, R> Service<R> for Connector<S>
where
    S: Service<R, Error = BoxError> + Clone + Send + Sync + 'static,
    S::Future: Send + 'static,
    R: Send + 'static,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, BoxError>> + Send>>;

    /// Always ready, because `call` polls the clone that connects.
    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: R) -> Self::Future {
        let mut connector = S::clone(&self.0);
        let connecting = async move {
            poll_fn(|context| connector.poll_ready(context)).await?;
            connector.call(request).await
        };
        match deadline().get() {
            Some(latest) => Box::pin(async move {
                let in_time = timeout_at(latest, connecting).await;
                in_time.unwrap_or_else(|_| Err(io::Error::from(io::ErrorKind::TimedOut).into()))
            }),
            None => Box::pin(connecting),
        }
    }
}
