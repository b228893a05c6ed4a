//! Rules of the runtime that each depend on one line of code, from a caller's view. `cargo xtask mutants` breaks them one at a
//! time.

use std::time::{Duration, SystemTime};

use http::Response;
use telnyx_messaging::transport::{MockReply, MockTransport};
use telnyx_messaging::webhook::testing::{TestEvent, WebhookSigner};
use telnyx_messaging::webhook::{WebhookError, WebhookVerifier};
use telnyx_messaging::{Backoff, Client, Error, Outcome, RequestOptions, RetryBudget};

use crate::faults::script::answer;
use crate::faults::server::Server;

const MESSAGE: &str = r#"{"data":{"id":"m-1"}}"#;

fn client(transport: &MockTransport) -> Client {
    transport.builder().build().expect("the settings are right")
}

fn status(status: u16, body: &'static str) -> MockReply {
    MockReply::status(status.try_into().expect("a status"), body)
}

#[tokio::test(start_paused = true)]
async fn a_success_gives_back_to_the_budget_what_a_retry_took() {
    let budget = RetryBudget::new(1).refund_percent(100);
    let transport = MockTransport::new([status(503, ""), MockReply::ok("{}")]);
    let builder = transport.builder().retry_budget(budget.clone());
    let client = builder.build().expect("the settings are right");
    let response = client.get("/messages").with_response().await;
    assert_eq!(response.expect("the second attempt succeeds").attempts(), 2);
    assert_eq!(budget.retries_left(), Some(1));
}

#[test]
fn a_wrong_signature_is_told_before_an_old_time() {
    let signer = WebhookSigner::from_seed([7; 32]);
    let verifier = WebhookVerifier::new(signer.public_key()).expect("a key");
    let body = TestEvent::inbound_message().to_json();
    let headers = signer.sign(&body, SystemTime::UNIX_EPOCH);
    let forged = verifier.verify(&headers, b"{}");
    assert_eq!(forged, Err(WebhookError::WrongSignature));
    let old = verifier.verify(&headers, body.as_bytes());
    assert!(matches!(old, Err(WebhookError::TooOld { .. })), "{old:?}");
}

#[tokio::test(start_paused = true)]
async fn an_attempt_has_60_seconds_and_a_call_120() {
    let transport = MockTransport::from_fn(|_| MockReply::hang());
    let builder = transport
        .builder()
        .backoff(Backoff::new().first(Duration::ZERO));
    let client = builder.build().expect("the settings are right");
    let once = RequestOptions::new().max_retries(0);
    let error = client.get("/messages").with_options(once).await;
    assert_eq!(error.expect_err("time runs out").elapsed().as_secs(), 60);
    let error = client.get("/messages").await;
    assert_eq!(error.expect_err("time runs out").elapsed().as_secs(), 120);
}

#[tokio::test]
async fn a_408_is_a_timeout_and_a_504_is_none() {
    for (code, is_timeout) in [(408, true), (504, false)] {
        let client = client(&MockTransport::new([status(code, "")]));
        let error = client.post("/messages").await.expect_err("it is a failure");
        assert_eq!(error.is_timeout(), is_timeout, "{code}");
    }
}

#[tokio::test]
async fn no_option_sets_a_header_of_the_client() {
    let reserved = [
        "accept-encoding",
        "authorization",
        "connection",
        "content-length",
        "content-type",
        "host",
        "idempotency-key",
        "transfer-encoding",
    ];
    for name in reserved {
        let transport = MockTransport::new([MockReply::ok("{}")]);
        let options = RequestOptions::new().header(name, "text/plain");
        let result = client(&transport)
            .get("/messages")
            .with_options(options)
            .await;
        assert!(matches!(result, Err(Error::Config(_))), "{name}");
        assert!(transport.requests().is_empty(), "{name}");
    }
}

#[tokio::test]
async fn of_several_request_ids_the_first_in_order_counts() {
    let names = ["x-request-id", "request-id", "telnyx-request-id"];
    for (index, first) in names.into_iter().enumerate() {
        // The headers are in reverse order, so that their order in the response does not count.
        let headers = names[index..].iter().rev();
        let response = headers.fold(Response::builder(), |builder, name| {
            builder.header(*name, *name)
        });
        let response = response.body("{}").expect("a response");
        let transport = MockTransport::new([response.into()]);
        let response = client(&transport).get("/messages").with_response().await;
        assert_eq!(response.expect("a success").request_id(), Some(first));
    }
}

#[tokio::test]
async fn a_header_of_the_request_goes_before_one_of_the_options() {
    let transport = MockTransport::new([MockReply::ok("{}")]);
    let options = RequestOptions::new()
        .header("x-note", "option")
        .header("x-other", "option");
    let request = client(&transport)
        .get("/messages")
        .header("x-note", "request");
    request.with_options(options).await.expect("a success");
    let sent = &transport.requests()[0];
    assert_eq!(sent.headers()["x-note"], "request");
    assert_eq!(sent.headers()["x-other"], "option");
}

#[tokio::test]
async fn errors_that_are_one_object_are_read() {
    let body = r#"{"errors":{"code":"10015","title":"Bad Request"}}"#;
    let client = client(&MockTransport::new([status(400, body)]));
    let error = client.post("/messages").await.expect_err("it is a refusal");
    assert_eq!(error.code().map(|code| code.as_str()), Some("10015"));
}

#[tokio::test]
async fn a_conflict_with_a_code_about_the_request_is_a_refusal() {
    let conflicts = [
        (r#"{"errors":[{"code":"10012"}]}"#, Outcome::NotApplied),
        (r#"{"errors":[{"code":"10021"}]}"#, Outcome::NotApplied),
        (r#"{"errors":[{"code":"10036"}]}"#, Outcome::Unknown),
    ];
    for (body, outcome) in conflicts {
        let client = client(&MockTransport::new([status(409, body)]));
        let error = client.post("/messages").await.expect_err("it is a failure");
        assert_eq!(error.outcome(), outcome, "{body}");
    }
}

#[tokio::test]
async fn a_connection_is_used_again_until_it_was_idle_too_long() {
    for (idle, connections) in [(Duration::from_secs(30), 1), (Duration::from_millis(10), 2)] {
        let server = Server::always(answer("200 OK", "", MESSAGE)).await;
        let builder = Client::builder().api_key("KEY").base_url(server.base_url());
        let client = builder.pool_idle_timeout(idle).build().expect("loopback");
        client.get("/messages").await.expect("a success");
        tokio::time::sleep(Duration::from_millis(100)).await;
        client.get("/messages").await.expect("a success");
        assert_eq!(server.connections(), connections, "{idle:?}");
    }
}

#[tokio::test]
async fn what_needs_a_recipient_or_a_number_is_refused_without_one() {
    let transport = MockTransport::new([]);
    let client = client(&transport);
    let messages = client.messages();
    let none: [&str; 0] = [];
    let updates = client.messaging_numbers_bulk_updates();
    for refused in [
        messages.send("").text("Hi").await.map(drop),
        messages.schedule("").text("Hi").await.map(drop),
        messages
            .send_group_mms("+13125550000", none)
            .await
            .map(drop),
        updates.create("profile", none).await.map(drop),
    ] {
        let error = refused.expect_err("nothing can come of it");
        assert!(matches!(error, Error::InvalidRequest(_)), "{error}");
    }
    assert_eq!(transport.requests().len(), 0);
    // An empty profile removes numbers from their profile, so the client sends it.
    let _ = updates.create("", ["+13125550000"]).await;
    assert_eq!(transport.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_bulk_update_is_waited_for_until_no_number_is_pending() {
    let update = |pending: &str| {
        MockReply::ok(format!(
            r#"{{"data":{{"order_id":"o","pending":[{pending}]}}}}"#
        ))
    };
    let transport = MockTransport::new([update(r#""+1","+2""#), update(r#""+2""#), update("")]);
    let updates = client(&transport).messaging_numbers_bulk_updates();
    let done = updates
        .retrieve("o")
        .until_done(Duration::from_secs(60))
        .await;
    assert_eq!(done.expect("it is done").pending, [""; 0]);
    assert_eq!(transport.requests().len(), 3);
}
