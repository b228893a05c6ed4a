//! Repeats a request until the work is done.

use std::fmt;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::Result;
use crate::call::Call;

/// The first wait between two requests; each later one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(1);

const LONGEST_PAUSE: Duration = Duration::from_secs(15);

/// The shortest timeout of a request, even if the time to wait is shorter.
const SHORTEST_TIMEOUT: Duration = Duration::from_secs(1);

/// A request that the client repeats until everything is done or the time is up. `.await` returns the last response.
///
/// `until_done` creates it. The client waits between the requests, first 1 s and later up to 15 s. It starts no request after the
/// time is up. A single request takes at most that time, or 1 s if that is longer. The first error of a request ends the call.
#[must_use = "a request does nothing until it is awaited"]
pub struct UntilDone<T> {
    call: Call<T>,
    timeout: Duration,
    is_done: fn(&T) -> bool,
}

impl<T: 'static> UntilDone<T> {
    #[allow(dead_code, reason = "a document may have nothing to wait for")]
    pub(crate) fn new(call: Call<T>, timeout: Duration, is_done: fn(&T) -> bool) -> Self {
        Self {
            call: call.at_most(timeout.max(SHORTEST_TIMEOUT)),
            timeout,
            is_done,
        }
    }

    /// Sends the requests, and blocks this thread until the last response. See [`Call::run_blocking`].
    ///
    /// # Errors
    ///
    /// The same errors as for a single request.
    #[cfg(feature = "blocking")]
    pub fn run_blocking(self) -> Result<T> {
        let started = std::time::Instant::now();
        let mut pause = FIRST_PAUSE;
        loop {
            let value = self.call.clone().run_blocking()?;
            match self.next(value, started.elapsed(), &mut pause) {
                ControlFlow::Break(value) => return Ok(value),
                ControlFlow::Continue(pause) => std::thread::sleep(pause),
            }
        }
    }

    /// Sends the requests. `.await` calls this method.
    pub fn into_future(self) -> Pin<Box<dyn Future<Output = Result<T>> + Send>> {
        Box::pin(async move {
            let started = Instant::now();
            let mut pause = FIRST_PAUSE;
            loop {
                let pause = match self.call.clone().await {
                    Ok(value) => match self.next(value, started.elapsed(), &mut pause) {
                        ControlFlow::Break(value) => return Ok(value),
                        ControlFlow::Continue(pause) => pause,
                    },
                    Err(error) => return Err(error),
                };
                sleep(pause).await;
            }
        })
    }

    /// Returns the value if it is the last one, and otherwise the wait before the next request.
    fn next(&self, value: T, elapsed: Duration, pause: &mut Duration) -> ControlFlow<T, Duration> {
        let left = self.timeout.saturating_sub(elapsed);
        if (self.is_done)(&value) || left.is_zero() {
            return ControlFlow::Break(value);
        }
        let this = (*pause).min(left);
        *pause = LONGEST_PAUSE.min(*pause * 2);
        ControlFlow::Continue(this)
    }
}

impl<T: 'static> IntoFuture for UntilDone<T> {
    type Output = Result<T>;
    type IntoFuture = Pin<Box<dyn Future<Output = Result<T>> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        self.into_future()
    }
}

impl<T> fmt::Debug for UntilDone<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UntilDone").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RequestOptions;
    use crate::transport::replies::answer;
    use crate::transport::{MockReply, MockTransport};

    async fn polled(bodies: &[&str], timeout: u64) -> (Vec<u32>, Vec<u64>) {
        let transport = MockTransport::new(bodies.iter().map(|body| answer(200, body)));
        let client = transport.builder().build().unwrap();
        let call = client.get("/x").object::<Vec<u32>>();
        let started = Instant::now();
        let value = UntilDone::new(call, Duration::from_secs(timeout), Vec::is_empty).await;
        let since = |time: Instant| (time - started).as_secs();
        (
            value.unwrap(),
            transport.times().into_iter().map(since).collect(),
        )
    }

    #[tokio::test(start_paused = true)]
    async fn the_waits_grow_until_it_is_done() {
        let (value, times) = polled(&["[1,2]", "[1]", "[1]", "[]", "[]"], 60).await;
        assert_eq!(value, [0_u32; 0]);
        assert_eq!(times, [0, 1, 3, 7]);
    }

    #[tokio::test(start_paused = true)]
    async fn the_last_value_is_given_when_time_is_up() {
        let (value, times) = polled(&["[1,2]", "[1]", "[1]", "[]"], 2).await;
        assert_eq!(value, [1]);
        assert_eq!(times, [0, 1, 2]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_takes_no_longer_than_the_time_to_wait() {
        for (timeout, expected) in [(0, 1), (10, 10), (1000, 120)] {
            let transport = MockTransport::from_fn(|_| MockReply::hang());
            let client = transport.builder().max_retries(0).build().unwrap();
            let call = client.get("/x").object::<Vec<u32>>();
            let started = Instant::now();
            let until_done = UntilDone::new(call, Duration::from_secs(timeout), Vec::is_empty);
            assert!(until_done.await.unwrap_err().is_timeout());
            assert!(started.elapsed().as_secs() <= expected, "{timeout}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn the_options_of_the_request_hold_for_each_request() {
        let transport = MockTransport::from_fn(|_| answer(503, ""));
        let client = transport.builder().build().unwrap();
        let options = RequestOptions::new().header("x-tenant", "7").max_retries(0);
        let call = client.get("/x").with_options(options).object::<Vec<u32>>();
        let until_done = UntilDone::new(call, Duration::from_secs(60), Vec::is_empty);
        until_done.await.unwrap_err();
        let [request] = &transport.requests()[..] else {
            panic!("one request")
        };
        assert_eq!(request.headers()["x-tenant"], "7");
    }

    #[cfg(feature = "blocking")]
    #[test]
    fn a_thread_waits_too() {
        for (timeout, value, requests) in [(0, [1].as_slice(), 1), (20, &[1], 2), (60_000, &[], 2)]
        {
            let last = if timeout == 20 { "[1]" } else { "[]" };
            let transport = MockTransport::new(["[1]", last].map(|body| answer(200, body)));
            let client = transport.builder().build().unwrap();
            let call = client.get("/x").object::<Vec<u32>>();
            let until_done = UntilDone::new(call, Duration::from_millis(timeout), Vec::is_empty);
            assert_eq!(until_done.run_blocking().unwrap(), value);
            assert_eq!(transport.requests().len(), requests);
        }
    }
}
