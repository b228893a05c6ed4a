//! Repeats a request until the work is done.

use std::fmt;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::call::Call;
use crate::{Error, Result};

/// The first wait between two requests. Each later wait is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(1);

const LONGEST_PAUSE: Duration = Duration::from_secs(15);

/// The shortest timeout of a request, even if the time to wait is shorter.
const SHORTEST_TIMEOUT: Duration = Duration::from_secs(1);

/// A request that the client repeats until everything is done or the time is up. `.await` returns the last response. If the time
/// is up and a response came, the result is `Ok` too, so check that everything is done.
///
/// The method `until_done` of a request creates a value of this type. The client waits between the requests, first 1 s and later
/// up to 15 s. The client sends the last request when the time is up, and that request has a timeout of 1 s. If a request fails
/// for a temporary reason, such as a lost connection or a 503, the client continues until the time is up. If the server asks for
/// a wait, the client waits that long. If this wait is longer than the time left, the call ends at once. The result is then the
/// last response, or the error if no response came. If an error is not temporary, the call ends with this error.
#[must_use = "a request does nothing until it is awaited"]
pub struct UntilDone<T> {
    call: Call<T>,
    timeout: Duration,
    is_done: fn(&T) -> bool,
}

impl<T: Send + 'static> UntilDone<T> {
    #[allow(dead_code, reason = "a document may have nothing to wait for")]
    pub(crate) fn new(call: Call<T>, timeout: Duration, is_done: fn(&T) -> bool) -> Self {
        Self {
            call,
            timeout,
            is_done,
        }
    }

    /// Sends the requests, and blocks this thread until the last response. See [`Call::run_blocking`].
    ///
    /// # Errors
    ///
    /// Fails with the error of the last request, if the error is not temporary, or if no response came.
    #[cfg(feature = "blocking")]
    pub fn run_blocking(self) -> Result<T> {
        let started = std::time::Instant::now();
        let mut so_far = SoFar::new();
        loop {
            let result = self.call(started.elapsed()).run_blocking();
            match self.next(result, started.elapsed(), &mut so_far) {
                ControlFlow::Break(result) => return result,
                ControlFlow::Continue(pause) => std::thread::sleep(pause),
            }
        }
    }

    /// Sends the requests. `.await` calls this method.
    pub fn into_future(self) -> Pin<Box<dyn Future<Output = Result<T>> + Send>> {
        Box::pin(async move {
            let started = Instant::now();
            let mut so_far = SoFar::new();
            loop {
                let result = self.call(started.elapsed()).await;
                let pause = match self.next(result, started.elapsed(), &mut so_far) {
                    ControlFlow::Break(result) => return result,
                    ControlFlow::Continue(pause) => pause,
                };
                sleep(pause).await;
            }
        })
    }

    /// The next request. Its timeout is at most the time that is left, or 1 s if less is left.
    fn call(&self, elapsed: Duration) -> Call<T> {
        let left = self.timeout.saturating_sub(elapsed);
        self.call.clone().at_most(left.max(SHORTEST_TIMEOUT))
    }

    /// Returns the result if it is the last one, and otherwise the wait before the next request.
    fn next(
        &self,
        result: Result<T>,
        elapsed: Duration,
        so_far: &mut SoFar<T>,
    ) -> ControlFlow<Result<T>, Duration> {
        let left = self.timeout.saturating_sub(elapsed);
        let is_last = match &result {
            Ok(value) => (self.is_done)(value),
            Err(error) => !error.may_pass(),
        };
        if is_last {
            return ControlFlow::Break(result);
        }
        let asked = result.as_ref().err().and_then(Error::retry_after);
        let asked = asked.unwrap_or_default();
        // A temporary error does not hide what is still to be done.
        let result = match (result, so_far.value.take()) {
            (Err(_), Some(value)) => Ok(value),
            (result, _) => result,
        };
        // The server would only refuse an earlier request.
        if left.is_zero() || asked > left {
            return ControlFlow::Break(result);
        }
        so_far.value = result.ok();
        let this = so_far.pause.max(asked).min(left);
        so_far.pause = LONGEST_PAUSE.min(so_far.pause * 2);
        ControlFlow::Continue(this)
    }
}

/// What is known between two requests.
struct SoFar<T> {
    /// The last response that came.
    value: Option<T>,
    pause: Duration,
}

impl<T> SoFar<T> {
    fn new() -> Self {
        Self {
            value: None,
            pause: FIRST_PAUSE,
        }
    }
}

impl<T> Clone for UntilDone<T> {
    fn clone(&self) -> Self {
        Self {
            call: self.call.clone(),
            ..*self
        }
    }
}

impl<T: Send + 'static> IntoFuture for UntilDone<T> {
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
    use crate::transport::replies::{answer, answer_with, lost, too_large};
    use crate::transport::{MockReply, MockTransport, SendError};

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
        for timeout in [0, 10, 1000] {
            let transport = MockTransport::from_fn(|_| MockReply::hang());
            let client = transport.builder().max_retries(0).build().unwrap();
            let call = client.get("/x").object::<Vec<u32>>();
            let started = Instant::now();
            let until_done = UntilDone::new(call, Duration::from_secs(timeout), Vec::is_empty);
            assert!(until_done.await.unwrap_err().is_timeout());
            let took = started.elapsed().as_secs();
            assert!((timeout..=timeout + 1).contains(&took), "{timeout}: {took}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn an_error_that_can_pass_does_not_end_the_wait() {
        for (index, (reply, is_end)) in [
            (answer(503, "{}"), false),
            (answer(429, "{}"), false),
            (answer(408, "{}"), false),
            (lost(), false),
            (answer(404, "{}"), true),
            (MockReply::error(SendError::proxy_refused("407")), true),
            (too_large(), true),
            (answer(200, "{}"), true),
        ]
        .into_iter()
        .enumerate()
        {
            let transport = MockTransport::new([answer(200, "[1]"), reply, answer(200, "[]")]);
            let client = transport.builder().max_retries(0).build().unwrap();
            let call = client.get("/x").object::<Vec<u32>>();
            let until_done = UntilDone::new(call, Duration::from_secs(60), Vec::is_empty);
            assert_eq!(until_done.await.is_err(), is_end, "{index}");
        }
    }

    /// What comes of a first response, and then of this reply to each request.
    async fn then(reply: fn() -> MockReply) -> (Result<Vec<u32>>, usize) {
        let is_first = std::sync::atomic::AtomicBool::new(true);
        let transport = MockTransport::from_fn(move |_| {
            match is_first.swap(false, std::sync::atomic::Ordering::Relaxed) {
                true => answer(200, "[1]"),
                false => reply(),
            }
        });
        let client = transport.builder().max_retries(0).build().unwrap();
        let call = client.get("/x").object::<Vec<u32>>();
        let until_done = UntilDone::new(call, Duration::from_secs(2), Vec::is_empty);
        (until_done.await, transport.requests().len())
    }

    #[tokio::test(start_paused = true)]
    async fn an_error_that_can_pass_does_not_hide_the_last_response() {
        let (result, requests) = then(|| answer(503, "{}")).await;
        assert_eq!((result.unwrap(), requests), (vec![1], 3));
        let (result, requests) = then(MockReply::hang).await;
        assert_eq!((result.unwrap(), requests), (vec![1], 2));
        let limited = || answer_with(429, &[("retry-after", "120")], "{}");
        let (result, requests) = then(limited).await;
        assert_eq!((result.unwrap(), requests), (vec![1], 2));
        let (result, requests) = then(|| answer(404, "{}")).await;
        assert_eq!(
            (result.unwrap_err().status(), requests),
            (Some(http::StatusCode::NOT_FOUND), 2)
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_copy_waits_as_the_original_does() {
        let transport = MockTransport::from_fn(|_| answer(200, "[]"));
        let client = transport.builder().build().unwrap();
        let call = client.get("/x").object::<Vec<u32>>();
        let until_done = UntilDone::new(call, Duration::from_secs(2), Vec::is_empty);
        assert_eq!(until_done.clone().await.unwrap(), [0_u32; 0]);
        assert_eq!(until_done.await.unwrap(), [0_u32; 0]);
        assert_eq!(transport.requests().len(), 2);
    }

    /// The seconds at which the requests go out, if the first response is a 429 that asks for a wait of two minutes.
    async fn limited(timeout: u64) -> (bool, Vec<u64>) {
        let limited = answer_with(429, &[("retry-after", "120")], "{}");
        let transport = MockTransport::new([limited, answer(200, "[]")]);
        let client = transport.builder().build().unwrap();
        let call = client.get("/x").object::<Vec<u32>>();
        let started = Instant::now();
        let until_done = UntilDone::new(call, Duration::from_secs(timeout), Vec::is_empty);
        let is_limited = until_done.await.is_err_and(|error| error.is_rate_limited());
        let since = |time: Instant| (time - started).as_secs();
        (
            is_limited,
            transport.times().into_iter().map(since).collect(),
        )
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_that_the_server_asks_for_is_kept() {
        assert_eq!(limited(600).await, (false, vec![0, 120]));
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_that_is_longer_than_the_time_left_ends_the_call() {
        assert_eq!(limited(60).await, (true, vec![0]));
    }

    #[tokio::test(start_paused = true)]
    async fn the_options_of_the_request_hold_for_each_request() {
        let transport = MockTransport::from_fn(|_| answer(404, ""));
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
        for (timeout, value, requests) in [(0, [1].as_slice(), 1), (200, &[1], 2), (60_000, &[], 2)]
        {
            let last = if timeout == 200 { "[1]" } else { "[]" };
            let transport = MockTransport::new(["[1]", last].map(|body| answer(200, body)));
            let client = transport.builder().build().unwrap();
            let call = client.get("/x").object::<Vec<u32>>();
            let until_done = UntilDone::new(call, Duration::from_millis(timeout), Vec::is_empty);
            assert_eq!(until_done.run_blocking().unwrap(), value);
            assert_eq!(transport.requests().len(), requests);
        }
    }
}
