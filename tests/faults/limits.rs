//! Many calls with one rate limit: a 429 of one call slows all calls that share the limit.

use std::collections::HashMap;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use telnyx_messaging::messages::SendMessage;
use telnyx_messaging::transport::{SendFuture, Transport};
use telnyx_messaging::{Client, Outcome, RequestOptions};
use tokio::task::JoinSet;
use tokio::time::{Instant, advance, sleep, timeout};

const SENDER: &str = "+13125550000";

const RECIPIENTS: usize = 5_000;
const IN_FLIGHT: usize = 500;

/// Requests that the server takes in a second from each sender.
const RATE: usize = 100;

/// A server that counts requests by the second.
#[derive(Clone)]
struct Limited {
    /// What a 429 says of the wait.
    header: Option<(&'static str, &'static str)>,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    /// The requests of each sender in this second.
    taken: HashMap<String, (u64, usize)>,
    started: Option<Instant>,
    /// How often each call came, by its key.
    posts: HashMap<String, u32>,
}

impl Limited {
    fn saying(header: Option<(&'static str, &'static str)>) -> Self {
        Self {
            header,
            state: Arc::default(),
        }
    }

    fn client(&self) -> Client {
        self.builder().build().expect("good settings")
    }

    fn builder(&self) -> telnyx_messaging::ClientBuilder {
        Client::builder().api_key("KEY").transport(self.clone())
    }

    fn posts(&self) -> Vec<u32> {
        let state = self.state.lock().expect("no test panics in here");
        state.posts.values().copied().collect()
    }

    fn takes(&self, request: &Request<Bytes>) -> bool {
        let mut state = self.state.lock().expect("no test panics in here");
        if let Some(key) = request.headers().get("idempotency-key") {
            let key = key.to_str().expect("ASCII").to_owned();
            *state.posts.entry(key).or_default() += 1;
        }
        let body = String::from_utf8_lossy(request.body());
        let sender = body.split("\"from\":").nth(1).unwrap_or_default();
        let account = request.headers()["authorization"].as_bytes();
        let sender = format!("{account:?} {sender}");
        let second = state
            .started
            .get_or_insert_with(Instant::now)
            .elapsed()
            .as_secs();
        let taken = state.taken.entry(sender).or_default();
        if taken.0 != second {
            *taken = (second, 0);
        }
        taken.1 += 1;
        taken.1 <= RATE
    }
}

impl Transport for Limited {
    fn send(&self, request: Request<Bytes>) -> SendFuture<'_> {
        Box::pin(async move {
            sleep(Duration::from_millis(10)).await;
            let is_taken = self.takes(&request);
            sleep(Duration::from_millis(10)).await;
            let response = Response::builder().status(if is_taken { 200 } else { 429 });
            let response = match self.header {
                Some((name, value)) if !is_taken => response.header(name, value),
                _ => response,
            };
            let body = if is_taken {
                r#"{"data":{"id":"1"}}"#
            } else {
                ""
            };
            Ok(response
                .body(Bytes::from_static(body.as_bytes()))
                .expect("a response"))
        })
    }
}

/// Sends to all recipients, and gives the time it took. Each call is accepted.
async fn send_to_all(client: &Client) -> Duration {
    let started = Instant::now();
    let mut workers = JoinSet::new();
    for worker in 0..IN_FLIGHT {
        let client = client.clone();
        workers.spawn(async move {
            for number in (0..RECIPIENTS).skip(worker).step_by(IN_FLIGHT) {
                let to = format!("+1312{number:07}");
                let send = client.messages().send(to).from(SENDER).text("Hi");
                send.await.expect("it is accepted");
            }
        });
    }
    workers.join_all().await;
    started.elapsed()
}

#[tokio::test(start_paused = true)]
async fn calls_that_share_a_limit_are_all_accepted_in_their_time() {
    for header in [("x-ratelimit-reset", "1"), ("retry-after", "1")] {
        let server = Limited::saying(Some(header));
        let elapsed = send_to_all(&server.client()).await;
        let posts = server.posts();
        let (most, all) = (posts.iter().max(), posts.iter().sum::<u32>());
        println!("{header:?}: {elapsed:?}, {all} POSTs, at most {most:?} each");
        assert_eq!(posts.len(), RECIPIENTS);
        assert!(elapsed < Duration::from_secs(120), "{elapsed:?}");
        assert!(most <= Some(&6), "{most:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_adaptive_client_learns_the_rate() {
    for (header, most) in [
        (Some(("x-ratelimit-reset", "1")), 1.1),
        (Some(("retry-after", "1")), 1.1),
        (None, 1.3),
    ] {
        let server = Limited::saying(header);
        let client = server.builder().adaptive_rate(true).build();
        let elapsed = send_to_all(&client.expect("good settings")).await;
        let average = f64::from(server.posts().iter().sum::<u32>()) / RECIPIENTS as f64;
        println!("{header:?}: {elapsed:?}, {average} POSTs a call");
        assert!(elapsed < Duration::from_secs(120), "{elapsed:?}");
        assert!(average <= most, "{header:?}: {average}");
    }
}

/// A client whose limit for [`SENDER`] was just met, so that calls from there wait for 30 s.
async fn limited() -> (Limited, Client) {
    let server = Limited::saying(Some(("retry-after", "30")));
    let client = server.client();
    let mut calls = JoinSet::new();
    for _ in 0..=RATE {
        let call = send(&client, SENDER);
        calls.spawn(call.into_future());
    }
    for _ in 0..RATE {
        calls
            .join_next()
            .await
            .expect("a call")
            .expect("no panic")
            .expect("it is accepted");
    }
    calls.detach_all();
    sleep(Duration::from_millis(100)).await;
    (server, client)
}

fn send(client: &Client, from: &str) -> SendMessage {
    let messages = client.messages();
    messages.send("+13125550001").from(from).text("Hi")
}

#[tokio::test(start_paused = true)]
async fn who_does_not_share_the_limit_does_not_wait() {
    let (_, client) = limited().await;
    let started = Instant::now();
    let toll_free = send(&client, "+18005550000");
    toll_free.await.expect("it is accepted");
    client.get("/messages/1").await.expect("it is answered");
    let other = client.with_api_key("OTHER").expect("a key");
    let call = send(&other, SENDER);
    call.await.expect("it is accepted");
    assert!(
        started.elapsed() < Duration::from_secs(1),
        "{:?}",
        started.elapsed()
    );
}

#[tokio::test(start_paused = true)]
async fn who_shares_the_limit_waits_until_the_time_that_was_stated() {
    let (server, client) = limited().await;
    let started = Instant::now();
    let call = send(&client, SENDER);
    call.await.expect("it is accepted");
    let elapsed = started.elapsed().as_secs_f64();
    assert!((29.0..31.5).contains(&elapsed), "{elapsed}");
    let posts = server.posts();
    assert_eq!(
        posts.iter().filter(|posts| **posts > 1).count(),
        1,
        "the call that met the limit"
    );
}

#[tokio::test(start_paused = true)]
async fn a_call_that_fails_fast_does_not_wait() {
    let (server, client) = limited().await;
    let (started, posts) = (Instant::now(), server.posts().len());
    let call = send(&client, SENDER);
    let error = call
        .with_options(RequestOptions::new().fail_fast(true))
        .await;
    let error = error.expect_err("the limit is met");
    assert_eq!(started.elapsed(), Duration::ZERO);
    assert!(error.is_rate_limited(), "{error}");
    assert_eq!(
        (error.outcome(), error.attempts()),
        (Outcome::NotApplied, 0)
    );
    let wait = error.retry_after().expect("it is known").as_secs();
    assert!((29..=30).contains(&wait), "{wait}");
    assert_eq!(server.posts().len(), posts);
}

#[tokio::test(start_paused = true)]
async fn a_call_without_time_to_wait_says_how_long_it_would_have_to() {
    let (server, client) = limited().await;
    let posts = server.posts().len();
    let call = send(&client, SENDER);
    let time = RequestOptions::new().timeout(Duration::from_secs(20));
    let error = call.with_options(time).await.expect_err("there is no time");
    assert!(error.is_rate_limited(), "{error}");
    assert_eq!(error.outcome(), Outcome::NotApplied);
    assert!(error.retry_after() > Some(Duration::from_secs(29)));
    assert_eq!(server.posts().len(), posts);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_gives_its_place_up() {
    let (_, client) = limited().await;
    let call = send(&client, SENDER);
    let waiting: Vec<_> = (0..50)
        .map(|_| tokio::spawn(call.clone().text("x").into_future()))
        .collect();
    sleep(Duration::from_millis(1)).await;
    waiting.iter().for_each(|call| call.abort());
    advance(Duration::from_secs(30)).await;
    let started = Instant::now();
    call.await.expect("it is accepted");
    assert!(
        started.elapsed() < Duration::from_millis(600),
        "{:?}",
        started.elapsed()
    );
}

#[tokio::test(start_paused = true)]
async fn a_call_that_nobody_polls_holds_up_no_other() {
    let (_, client) = limited().await;
    let call = send(&client, SENDER);
    let mut unpolled = pin!(call.clone().text("x").into_future());
    let waits = timeout(Duration::from_millis(1), &mut unpolled).await;
    assert!(waits.is_err());
    sleep(Duration::from_secs(32)).await;
    let started = Instant::now();
    call.await.expect("it is accepted");
    assert!(
        started.elapsed() < Duration::from_millis(100),
        "{:?}",
        started.elapsed()
    );
    unpolled.await.expect("it is accepted");
}
