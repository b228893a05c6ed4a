//! A request is one message: what its clones send, and when.

use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use telnyx_messaging::transport::{MockReply, MockTransport};
use telnyx_messaging::{Client, Outcome, RequestOptions};
use tokio::time::{advance, timeout};

use super::ledger::Ledger;

const ACCEPTED: &str = r#"{"data":{"id":"1"}}"#;

/// A server that honours keys, accepts every request, and answers as it is told.
struct Accepting {
    client: Client,
    ledger: Arc<Mutex<Ledger>>,
}

impl Accepting {
    fn answering(reply: fn() -> MockReply) -> Self {
        let ledger = Arc::new(Mutex::new(Ledger::honouring_keys(true)));
        let accepted = Arc::clone(&ledger);
        let transport = MockTransport::from_fn(move |request| {
            let key = request.headers().get("idempotency-key");
            let key = key.map(|key| key.to_str().expect("ASCII").to_owned());
            accepted.lock().expect("no test panics in here").accept(key);
            reply()
        });
        let client = transport.builder().build().expect("good settings");
        Self { client, ledger }
    }

    fn messages(&self) -> usize {
        self.ledger
            .lock()
            .expect("no test panics in here")
            .accepted()
    }
}

fn accepted() -> MockReply {
    MockReply::ok(ACCEPTED)
}

#[tokio::test(start_paused = true)]
async fn a_request_that_is_given_up_and_sent_again_is_one_message() {
    let server = Accepting::answering(MockReply::hang);
    let send = server.client.messages().send("+13125550001").text("Hi");
    for _ in 0..3 {
        let sent = timeout(Duration::from_millis(100), send.clone()).await;
        sent.expect_err("the server does not answer");
    }
    assert_eq!(server.messages(), 1);
}

#[tokio::test]
async fn a_request_that_is_sent_twice_to_its_end_is_two_messages() {
    let server = Accepting::answering(accepted);
    let send = server.client.messages().send("+13125550001").text("Hi");
    for messages in 1..=2 {
        send.clone().await.expect("it is accepted");
        assert_eq!(server.messages(), messages);
    }
}

#[tokio::test]
async fn a_request_whose_response_cannot_be_read_is_one_message() {
    let server = Accepting::answering(|| MockReply::ok(r#"{"data":{"to":[]}}"#));
    let send = server.client.messages().send("+13125550001").text("Hi");
    for _ in 0..3 {
        let error = send.clone().await.expect_err("there is no id");
        assert_eq!(error.outcome(), Outcome::Applied);
        assert_eq!(server.messages(), 1);
    }
}

#[test]
fn a_blocking_send_that_is_given_up_and_sent_again_is_one_message() {
    let server = Accepting::answering(|| {
        thread::sleep(Duration::from_millis(300));
        MockReply::ok(ACCEPTED)
    });
    let send = server.client.messages().send("+13125550001").text("Hi");
    let hurried = RequestOptions::new().timeout(Duration::from_millis(50));
    for _ in 0..2 {
        let sent = send.clone().with_options(hurried.clone()).run_blocking();
        sent.expect_err("the thread is blocked");
        // The worker ends the call, and nobody hears of it.
        thread::sleep(Duration::from_millis(400));
        assert_eq!(server.messages(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_that_is_made_anew_is_another_message() {
    let server = Accepting::answering(MockReply::hang);
    for messages in 1..=2 {
        let send = server.client.messages().send("+13125550001").text("Hi");
        let sent = timeout(Duration::from_millis(100), send).await;
        sent.expect_err("the server does not answer");
        assert_eq!(server.messages(), messages);
    }
}

#[tokio::test(start_paused = true)]
async fn clones_that_are_sent_at_once_are_one_message() {
    let server = Accepting::answering(MockReply::hang);
    let send = server.client.messages().send("+13125550001").text("Hi");
    let time = RequestOptions::new()
        .timeout(Duration::from_secs(1))
        .max_retries(0);
    let hurried = send.clone().with_options(time.clone());
    let call = send.clone().with_response().with_options(time);
    let _ = timeout(Duration::from_secs(2), async {
        tokio::join!(send, hurried, call)
    })
    .await;
    assert_eq!(server.messages(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_clone_that_is_changed_is_another_message() {
    let server = Accepting::answering(MockReply::hang);
    let send = server.client.messages().send("+13125550001").text("Hi");
    let changed = send.clone().text("Hello");
    for send in [send, changed] {
        let sent = timeout(Duration::from_millis(100), send).await;
        sent.expect_err("the server does not answer");
    }
    assert_eq!(server.messages(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_template_whose_send_was_given_up_a_day_ago_sends() {
    let server = Accepting::answering(MockReply::hang);
    let template = server.client.messages().send("+13125550001").text("Hi");
    for messages in 1..=2 {
        let sent = timeout(Duration::from_millis(100), template.clone()).await;
        sent.expect_err("the server does not answer");
        assert_eq!(server.messages(), messages);
        advance(Duration::from_secs(24 * 60 * 60)).await;
    }
}

#[tokio::test]
async fn the_key_that_was_read_before_is_the_one_that_is_sent() {
    let server = Accepting::answering(accepted);
    let send = server.client.messages().send("+13125550001").text("Hi");
    let key = send.key_to_send().expect("a key");
    let response = send.with_response().await.expect("it is accepted");
    assert_eq!(response.idempotency_key(), Some(key.as_str()));

    let given = server
        .client
        .messages()
        .send("+13125550001")
        .idempotency_key("mine");
    assert_eq!(given.key_to_send().expect("a key"), "mine");
}
