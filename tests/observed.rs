//! Reports on calls and webhooks match what the mock has seen.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use telnyx_messaging::transport::{MockReply, MockTransport};
use telnyx_messaging::webhook::testing::{TestEvent, WebhookSigner};
use telnyx_messaging::webhook::{WebhookError, WebhookVerifier};
use telnyx_messaging::{Backoff, CallReport, ClientBuilder, RetryBudget, Verdict};
use telnyx_messaging_mock::Mock;

const CALLS: usize = 10_000;

/// The number of calls at a time.
const AT_A_TIME: usize = 100;

/// What a client reported about a call.
#[derive(Clone, Debug)]
struct Told {
    operation: &'static str,
    verdict: Verdict,
    attempts: usize,
    has_error: bool,
    is_dropped: bool,
}

type Log = Arc<Mutex<Vec<Told>>>;

/// A client's settings, with a log of its reports.
fn observed(builder: ClientBuilder) -> (ClientBuilder, Log) {
    let log = Log::default();
    let told = Arc::clone(&log);
    let builder = builder.on_call(move |call: &CallReport<'_>| {
        told.lock().expect("nobody panicked").push(Told {
            operation: call.operation,
            verdict: call.verdict,
            attempts: usize::try_from(call.attempts).expect("few"),
            has_error: call.error.is_some(),
            is_dropped: call.is_dropped,
        });
    });
    (builder, log)
}

#[tokio::test(start_paused = true)]
async fn each_of_ten_thousand_calls_is_told_once() {
    let mock = Mock::builder()
        .seed(7)
        .faults_per_mille(400)
        .records(4 * CALLS)
        // The mock delivers no message while the test runs, because only the calls count here.
        .step(Duration::from_secs(86_400));
    let mock = mock.start().await.expect("there is a port");
    let (builder, log) = observed(mock.builder_in_process());
    let client = builder
        .backoff(Backoff::new().first(Duration::from_millis(1)))
        .retry_budget(RetryBudget::unlimited())
        .build()
        .expect("the settings are right");
    let mut verdicts = Vec::new();
    for _ in 0..CALLS / AT_A_TIME {
        let calls = (0..AT_A_TIME).map(|index| {
            let request = client.messages().send("+13125550001").from("+13125550000");
            // Some calls are dropped while the mock delays the response.
            let patience = Duration::from_millis(if index % 10 == 0 { 100 } else { 600_000 });
            tokio::spawn(tokio::time::timeout(
                patience,
                request.text("Hi").into_future(),
            ))
        });
        for call in calls.collect::<Vec<_>>() {
            let ended = call.await.expect("nothing panics");
            verdicts.extend(ended.ok().map(|sent| Verdict::of(&sent)));
        }
    }
    let told = log.lock().expect("nobody panicked").clone();
    assert_eq!(told.len(), CALLS);
    assert!(told.iter().all(|told| told.operation == "SendMessage"));
    let dropped = told.iter().filter(|told| told.is_dropped).count();
    assert_eq!(dropped, CALLS - verdicts.len());
    assert!(dropped > 10, "{dropped} calls were given up");
    for verdict in [
        Verdict::Accepted,
        Verdict::Refused,
        Verdict::NotSent,
        Verdict::Unknown,
    ] {
        let is_told = |told: &&Told| told.verdict == verdict && !told.is_dropped;
        let ended = verdicts.iter().filter(|ended| **ended == verdict).count();
        assert_eq!(told.iter().filter(is_told).count(), ended, "{verdict}");
    }
    let attempts: usize = told.iter().map(|told| told.attempts).sum();
    assert!(attempts > CALLS + CALLS / 10, "{attempts} attempts");
    assert_eq!(mock.exchanges().len(), attempts);
}

#[tokio::test]
async fn a_call_that_sends_nothing_is_told_too() {
    let transport = MockTransport::new([]);
    let (builder, log) = observed(transport.builder());
    let client = builder.build().expect("the settings are right");
    let invalid = client
        .messages()
        .send("+13125550001")
        .idempotency_key("no key!");
    invalid.await.expect_err("the key is malformed");
    drop(client.messages().send("+13125550001").into_future());
    let told = log.lock().expect("nobody panicked").clone();
    assert_eq!(told.len(), 1, "a call begins when it is polled: {told:?}");
    assert_eq!((told[0].verdict, told[0].attempts), (Verdict::NotSent, 0));
    assert!(told[0].has_error && !told[0].is_dropped);
}

#[test]
fn a_blocking_call_is_told_once() {
    let transport = MockTransport::new([MockReply::ok(r#"{"data":{"id":"m"}}"#)]);
    let (builder, log) = observed(transport.builder());
    let client = builder.build().expect("the settings are right");
    client
        .messages()
        .send("+13125550001")
        .run_blocking()
        .expect("it is accepted");
    client
        .get("no slash")
        .run_blocking()
        .expect_err("the path is wrong");
    let told = log.lock().expect("nobody panicked").clone();
    let verdicts: Vec<Verdict> = told.iter().map(|told| told.verdict).collect();
    assert_eq!(verdicts, [Verdict::Accepted, Verdict::NotSent]);
}

#[tokio::test]
async fn a_response_that_cannot_be_read_is_told_as_accepted() {
    let transport = MockTransport::new([MockReply::ok(r#"{"data":{}}"#)]);
    let (builder, log) = observed(transport.builder());
    let client = builder.build().expect("the settings are right");
    client
        .messages()
        .send("+13125550001")
        .await
        .expect_err("it has no id");
    let told = log.lock().expect("nobody panicked").clone();
    assert_eq!(told.len(), 1);
    assert!(told[0].has_error);
    assert_eq!(told[0].verdict, Verdict::Accepted);
}

#[test]
fn each_webhook_is_told_once_with_its_age() {
    let signer = WebhookSigner::from_seed([7; 32]);
    let log = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&log);
    let now = std::time::UNIX_EPOCH + Duration::from_secs(1_769_860_800);
    let verifier = WebhookVerifier::new(signer.public_key()).expect("it is a key");
    let verifier = verifier.clock(move || now).on_webhook(move |webhook| {
        let error = webhook.result.err().cloned();
        let told_of = (
            webhook.age,
            webhook.attempt(),
            webhook.is_unrecognized(),
            error,
        );
        told.lock().expect("nobody panicked").push(told_of);
    });
    let body = TestEvent::message_sent().to_json();
    let signed = now - Duration::from_secs(2);
    verifier
        .verify(&signer.sign(&body, signed), body.as_bytes())
        .expect("it is signed");
    let unknown = r#"{"data":{"event_type":"message.lost"}}"#;
    verifier
        .verify(&signer.sign(unknown, signed), unknown.as_bytes())
        .expect("it is signed");
    let another = WebhookSigner::from_seed([8; 32]);
    verifier
        .verify(&another.sign(&body, signed), body.as_bytes())
        .expect_err("another key");
    verifier
        .verify_parts("now", "none", b"")
        .expect_err("no timestamp");
    let age = Some(Duration::from_secs(2));
    assert_eq!(
        *log.lock().expect("nobody panicked"),
        [
            (age, Some(1), false, None),
            (age, None, true, None),
            (None, None, false, Some(WebhookError::WrongSignature)),
            (None, None, false, Some(WebhookError::MalformedTimestamp)),
        ]
    );
}
