//! Asks again until something is done.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::Result;
use crate::call::Call;

/// The first wait between two requests; each later one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(1);

const LONGEST_PAUSE: Duration = Duration::from_secs(15);

/// Sends the call until its value is done or `timeout` is over, and gives the last value.
#[allow(dead_code, reason = "a document may have nothing to wait for")]
pub(crate) async fn until<T: 'static>(
    call: Call<T>,
    timeout: Duration,
    is_done: impl Fn(&T) -> bool,
) -> Result<T> {
    let started = Instant::now();
    let mut pause = FIRST_PAUSE;
    loop {
        let value = call.clone().await?;
        let left = timeout.saturating_sub(started.elapsed());
        if is_done(&value) || left.is_zero() {
            return Ok(value);
        }
        sleep(pause.min(left)).await;
        pause = LONGEST_PAUSE.min(pause * 2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transport::MockTransport;
    use crate::transport::replies::answer;

    async fn polled(bodies: &[&str], timeout: u64) -> (Vec<u32>, Vec<u64>) {
        let transport = MockTransport::new(bodies.iter().map(|body| answer(200, body)));
        let client = transport.builder().build().unwrap();
        let call = client.get("/x").object::<Vec<u32>>();
        let started = Instant::now();
        let value = until(call, Duration::from_secs(timeout), Vec::is_empty).await;
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
}
