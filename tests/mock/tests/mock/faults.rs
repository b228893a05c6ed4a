//! Faults drawn by a seed: a client that keeps its promise sends no message twice.

use std::collections::BTreeMap;
use std::time::SystemTime;

use telnyx_messaging::{Outcome, RequestOptions};
use telnyx_messaging_mock::{Fault, Mock};

use crate::raw::{exchange, get};
use crate::{FROM, TO};

/// `MOCK_SCHEDULES=10000` plays as many.
fn schedules() -> u64 {
    let set = std::env::var("MOCK_SCHEDULES").ok();
    set.and_then(|text| text.parse().ok()).unwrap_or(300)
}

/// Sends some messages through faults; what the mock accepted, what the client says of each, and the log.
async fn play(seed: u64) -> (BTreeMap<String, usize>, Vec<Outcome>, Vec<String>) {
    let mock = Mock::builder().seed(seed).faults_per_mille(600);
    let mock = mock
        .clock_stands_at(SystemTime::UNIX_EPOCH)
        .start()
        .await
        .expect("started");
    let client = mock.builder_in_process().build().expect("a client");
    let mut outcomes = Vec::new();
    for number in 0..3 {
        let request = client
            .messages()
            .send(TO)
            .from(FROM)
            .text(number.to_string());
        let sent = request.idempotency_key(format!("{seed}-{number}")).await;
        outcomes.push(sent.map_or_else(|error| error.outcome(), |_| Outcome::Applied));
        mock.advance(std::time::Duration::from_millis(300)).await;
    }
    let mut accepted = BTreeMap::new();
    for message in mock.messages().all() {
        let text = message["text"].as_str().expect("a text").to_owned();
        *accepted.entry(text).or_default() += 1;
    }
    (accepted, outcomes, mock.log())
}

#[tokio::test(start_paused = true)]
async fn no_message_is_sent_twice_whatever_fails() {
    let mut lost = 0;
    for seed in 0..schedules() {
        let (accepted, outcomes, _) = play(seed).await;
        for (number, outcome) in outcomes.iter().enumerate() {
            let count = accepted
                .get(&number.to_string())
                .copied()
                .unwrap_or_default();
            assert!(count <= 1, "seed {seed}: {count} messages {number}");
            match outcome {
                Outcome::Applied => assert_eq!(count, 1, "seed {seed}, message {number}"),
                Outcome::NotApplied => assert_eq!(count, 0, "seed {seed}, message {number}"),
                Outcome::Unknown => lost += 1,
            }
        }
    }
    assert!(lost > 0, "the faults are too few to leave a doubt");
}

#[tokio::test(start_paused = true)]
async fn the_same_seed_gives_the_same_log() {
    let mut logs = Vec::new();
    for seed in 0..20 {
        let (_, _, first) = play(seed).await;
        let (_, _, second) = play(seed).await;
        assert_eq!(first, second, "seed {seed}");
        logs.push(first);
    }
    logs.dedup();
    assert_eq!(logs.len(), 20, "other seeds give other logs");
}

#[tokio::test]
async fn a_fault_for_no_request_fails_none() {
    let mock = Mock::builder().start().await.expect("started");
    mock.fail(Fault::Status(400), 0).await;
    let client = mock.client().expect("a client");
    let sent = client.messages().send(TO).from(FROM).text("Hi").await;
    sent.expect("accepted");
}

/// Over HTTP and in the same process, the same part of a body comes.
#[tokio::test]
async fn a_cut_response_still_names_the_message() {
    let mock = Mock::builder().start().await.expect("started");
    for client in [mock.client(), mock.builder_in_process().build()] {
        let client = client.expect("a client");
        mock.fail(Fault::Cut, 1).await;
        let request = client.messages().send(TO).from(FROM).text("Hi");
        let options = RequestOptions::new().max_retries(0);
        let error = request.with_options(options).await.expect_err("cut");
        let messages = mock.messages().all();
        let sent = messages.last().and_then(|message| message["id"].as_str());
        assert_eq!(error.message_id().as_deref(), sent, "{error}");
    }
}

#[tokio::test]
async fn a_slip_in_the_header_of_a_fault_is_refused() {
    let mock = Mock::start().await.expect("started");
    for (headers, status, sentence) in [
        ("x-mock-fault: status=503\r\n", 503, ""),
        ("x-mock-fault: nope\r\n", 400, "`nope`"),
        ("x-mock-fault: drop=b\u{e9}fore\r\n", 400, "not ASCII"),
        ("x-mock-fault: delay=0\r\n", 400, "delays nothing"),
        (
            "x-mock-fault: status=503\r\nx-mock-fault: cut\r\n",
            400,
            "twice",
        ),
    ] {
        let headers = format!("Authorization: Bearer KEY\r\n{headers}");
        let (is, body) = exchange(&mock, "GET", "/v2/messaging_optouts", &headers, "").await;
        assert_eq!(is, status, "{headers}: {body}");
        assert!(body.to_string().contains(sentence), "{headers}: {body}");
    }
}

#[tokio::test]
async fn a_planned_fault_waits_for_a_request_of_the_api() {
    let mock = Mock::start().await.expect("started");
    mock.fail(Fault::Status(503), 1).await;
    assert_eq!(get(&mock, "/_mock").await.0, 404);
    assert_eq!(get(&mock, "/v2/messaging_optouts").await.0, 503);
}
