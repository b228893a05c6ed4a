//! Calls that meet a rate limit, and what a limit leaves behind. Time is simulated.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::Poll;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use tokio::time::{Instant, sleep, timeout};

use super::*;
use crate::transport::{SendFuture, Transport};
use crate::{Backoff, CallReport, ClientBuilder, Verdict};

const LIMITED: &str = r#"{"errors":[{"code":"10011"}]}"#;

/// Refuses the request of this ordinal with a wait of a second, and accepts the others.
fn refusing(ordinal: usize) -> MockTransport {
    let seen = Mutex::new(0);
    MockTransport::from_fn(move |_| {
        let mut seen = seen.lock().unwrap();
        *seen += 1;
        if *seen == ordinal {
            answer_with(429, &[("retry-after", "1")], LIMITED)
        } else {
            answer(200, MESSAGE)
        }
    })
}

/// After how many milliseconds comes which status, with which `Retry-After`.
type LateReply = (u64, u16, &'static str);

/// Replies in turn, each time after a while.
#[derive(Clone)]
struct Late(Arc<Mutex<VecDeque<LateReply>>>);

impl Late {
    fn new(replies: impl IntoIterator<Item = LateReply>) -> Self {
        Self(Arc::new(Mutex::new(replies.into_iter().collect())))
    }

    fn builder(&self) -> ClientBuilder {
        Client::builder().api_key("KEY").transport(self.clone())
    }
}

impl Transport for Late {
    fn send(&self, _: Request<Bytes>) -> SendFuture<'_> {
        let (after, status, wait) = self.0.lock().unwrap().pop_front().unwrap();
        Box::pin(async move {
            sleep(Duration::from_millis(after)).await;
            let response = Response::builder().status(status);
            let (response, body) = match status {
                429 => (response.header("retry-after", wait), LIMITED),
                _ => (response, MESSAGE),
            };
            Ok(response.body(Bytes::from_static(body.as_bytes())).unwrap())
        })
    }
}

#[tokio::test(start_paused = true)]
async fn one_429_does_not_slow_a_sender_for_good() {
    let client = client(&refusing(20));
    let start = Instant::now();
    for _ in 0..60 {
        send(&client).await.unwrap();
        sleep(Duration::from_millis(50)).await;
    }
    // Three seconds of sending, and the second that the server asked for.
    assert!(start.elapsed().as_secs_f64() < 4.5, "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn one_429_does_not_slow_many_workers_for_good() {
    let client = client(&refusing(20));
    let start = Instant::now();
    let work = |client: Client| async move {
        for _ in 0..60 {
            send(&client).await.unwrap();
            sleep(Duration::from_millis(50)).await;
        }
    };
    let workers: Vec<_> = (0..4).map(|_| tokio::spawn(work(client.clone()))).collect();
    for worker in workers {
        worker.await.unwrap();
    }
    // The calls that waited are spread over another second.
    assert!(start.elapsed().as_secs_f64() < 5.5, "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_burst_after_a_limit_is_over_goes_out_at_once() {
    let client = client(&refusing(1));
    send(&client).await.unwrap();
    let start = Instant::now();
    let burst: Vec<_> = (0..200)
        .map(|_| {
            let options = RequestOptions::new().timeout(Duration::from_secs(10));
            tokio::spawn(send(&client).with_options(options).into_future())
        })
        .collect();
    for call in burst {
        call.await.unwrap().unwrap();
    }
    assert!(start.elapsed().as_millis() < 10, "{:?}", start.elapsed());
}

/// Drives a call until it waits for its limit. Nobody polls it from then on.
async fn abandon(client: &Client) -> Pin<Box<dyn Future<Output = crate::Result<Message>> + Send>> {
    let mut call = send(client).into_future();
    poll_fn(|context| {
        assert!(Pin::new(&mut call).poll(context).is_pending());
        Poll::Ready(())
    })
    .await;
    Box::pin(call)
}

#[tokio::test(start_paused = true)]
async fn raw_requests_for_other_ids_share_a_limit() {
    let client = client(&refusing(1));
    let first = tokio::spawn(client.get("/balances/1").into_future());
    sleep(Duration::from_millis(1)).await;
    let start = Instant::now();
    client.get("/balances/2").await.unwrap();
    assert!(start.elapsed().as_millis() > 900, "{:?}", start.elapsed());
    first.await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_task_that_waits_behind_its_own_unpolled_calls_goes_on() {
    for is_adaptive in [false, true] {
        let transport = refusing(1);
        let builder = transport.builder().adaptive_rate(is_adaptive);
        let client = builder.build().unwrap();
        let mut unpolled = Vec::new();
        for _ in 0..20 {
            unpolled.push(abandon(&client).await);
        }
        let start = Instant::now();
        send(&client).await.unwrap();
        // The second that the server asked for, and the time of the calls before it.
        assert!(start.elapsed().as_secs_f64() < 2.5, "{:?}", start.elapsed());
        for call in unpolled {
            call.await.unwrap();
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_of_another_kind_shows_that_the_limit_lets_calls_through() {
    let replies = (0..4).flat_map(|_| [answer(429, LIMITED), answer(400, "{}")]);
    let transport = MockTransport::new(replies);
    let client = transport.builder().adaptive_rate(true).build().unwrap();
    for _ in 0..4 {
        let start = Instant::now();
        send(&client).await.unwrap_err();
        // A wait that the server does not state is a second. It doubles only while nothing else is answered. The time between
        // two calls comes on top. It is about a second, and each 429 adds a tenth.
        let seconds = start.elapsed().as_secs_f64();
        assert!(seconds < 2.5, "{seconds}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_fails_fast_is_not_refused_while_no_limit_is_known() {
    let transport = MockTransport::from_fn(|_| answer(200, MESSAGE));
    let client = transport.builder().adaptive_rate(true).build().unwrap();
    let start = Instant::now();
    let at_once: Vec<_> = (0..300)
        .map(|_| {
            let options = RequestOptions::new().fail_fast(true);
            tokio::spawn(send(&client).with_options(options).into_future())
        })
        .collect();
    for call in at_once {
        call.await.unwrap().unwrap();
    }
    assert_eq!(start.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_fails_fast_waits_for_its_pace_no_longer_than_nobody_notices() {
    // Fifty calls a second is what is learned.
    let transport = refusing(51);
    let client = transport.builder().adaptive_rate(true).build().unwrap();
    for _ in 0..52 {
        send(&client).await.unwrap();
    }
    sleep(Duration::from_secs(1)).await;
    let start = Instant::now();
    let at_once: Vec<_> = (0..50)
        .map(|_| {
            let options = RequestOptions::new().fail_fast(true);
            tokio::spawn(send(&client).with_options(options).into_future())
        })
        .collect();
    let mut accepted = 0;
    for call in at_once {
        match call.await.unwrap() {
            Ok(_) => accepted += 1,
            Err(error) => assert!(error.is_rate_limited(), "{error}"),
        }
    }
    assert!((4..=8).contains(&accepted), "{accepted} are accepted");
    assert!(start.elapsed().as_millis() <= 110, "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_wait_of_ages_ends_the_call_whatever_the_settings_allow() {
    let reply = || answer_with(429, &[("retry-after", "10000000000000000000")], LIMITED);
    for is_adaptive in [false, true] {
        let transport = MockTransport::new([reply()]);
        let client = transport
            .builder()
            .backoff(Backoff::new().longest_asked(Duration::MAX))
            .timeout(Duration::MAX)
            .adaptive_rate(is_adaptive)
            .build()
            .unwrap();
        let error = send(&client).await.unwrap_err();
        assert_eq!(error.status(), Some(StatusCode::TOO_MANY_REQUESTS));
        assert!(error.retry_after() > Some(Duration::from_secs(1_000_000_000_000)));
    }
}

/// A call gets a 429 with a short wait, then another one a 429 with a long wait: the first is out of time.
async fn out_of_time_after_its_own_429(client: Client) -> Error {
    let options = RequestOptions::new().timeout(Duration::from_secs(10));
    let (short, _) = tokio::join!(
        send(&client).with_options(options).into_future(),
        timeout(Duration::from_secs(20), send(&client).into_future()),
    );
    short.unwrap_err()
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_out_of_time_after_its_own_429_ends_with_it() {
    let late = Late::new([(10, 429, "1"), (500, 429, "30")]);
    let error = out_of_time_after_its_own_429(late.builder().build().unwrap()).await;
    assert_eq!(error.verdict(), Verdict::Refused);
    assert_eq!(error.status(), Some(StatusCode::TOO_MANY_REQUESTS));
    assert_eq!(error.code(), Some(&ErrorCode::from("10011")));
    assert!(error.is_rate_limited());
    assert_eq!((error.attempts(), error.elapsed().as_secs()), (1, 9));
}

/// How long each call of a client waited for its limit, as it was told.
fn held(builder: ClientBuilder) -> (Client, Arc<Mutex<Vec<Duration>>>) {
    let log = Arc::<Mutex<Vec<_>>>::default();
    let told = Arc::clone(&log);
    let builder =
        builder.on_call(move |call: &CallReport<'_>| told.lock().unwrap().push(call.held));
    (builder.build().unwrap(), log)
}

#[tokio::test(start_paused = true)]
async fn the_wait_for_a_limit_is_told_however_the_call_ends() {
    let late = Late::new([(10, 429, "1"), (500, 429, "30")]);
    let (client, log) = held(late.builder());
    out_of_time_after_its_own_429(client).await;
    // The first ran out of time after 9.9 s, the second was dropped after 20 s.
    let seconds: Vec<_> = log
        .lock()
        .unwrap()
        .iter()
        .map(Duration::as_secs_f64)
        .collect();
    assert!((seconds[0] - 9.89).abs() < 0.01, "{seconds:?}");
    assert!((seconds[1] - 19.5).abs() < 0.01, "{seconds:?}");
}

#[tokio::test(start_paused = true)]
async fn a_free_retry_comes_after_half_a_second_however_short_the_wait_is() {
    for is_adaptive in [true, false] {
        let transport =
            MockTransport::from_fn(|_| answer_with(429, &[("retry-after-ms", "1")], LIMITED));
        let client = transport.builder().adaptive_rate(is_adaptive);
        let client = client.timeout(Duration::from_secs(5)).build().unwrap();
        send(&client).await.unwrap_err();
        let sent = transport.requests().len();
        assert!(sent <= if is_adaptive { 10 } else { 3 }, "{sent}");
    }
}
