//! Calls over a scripted transport: what is sent, how often, and what comes out.

use std::collections::BTreeMap;
use std::time::Duration;

use http::Method;
use serde::Deserialize;

use super::{Call, Idempotency, Operation};
use crate::transport::scripted::Step::{Certificate, Hangs, Lost, NotSent, TooLarge};
use crate::transport::scripted::{Scripted, answer, answer_with};
use crate::{Client, Error, ErrorCode, Json, Outcome, RequestOptions, RetryBudget, decode};

const MESSAGE: &str = r#"{"data":{"id":"1"}}"#;

/// An operation as the generator states one.
static SEND: Operation = Operation {
    id: "Send",
    method: Method::POST,
    path: "/messages",
    idempotency: Idempotency::Key,
    authenticated: true,
};

static RETRIEVE: Operation = Operation {
    id: "Retrieve",
    method: Method::GET,
    path: "/messages/{id}",
    idempotency: Idempotency::Natural,
    authenticated: true,
};

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only its form matters")]
struct Message {
    id: String,
    parts: Option<u32>,
}

fn send(client: &Client) -> Call<Message> {
    Call::new(client.clone(), RequestOptions::new(), &SEND, decode::data)
        .json(&BTreeMap::from([("to", "+1")]))
}

fn key(request: &http::Request<bytes::Bytes>) -> &str {
    request.headers()["idempotency-key"].to_str().unwrap()
}

#[tokio::test]
async fn a_request_carries_key_body_and_type() {
    let transport = Scripted::new([answer(200, MESSAGE)]);
    send(&transport.client()).await.unwrap();
    let [request] = &transport.sent()[..] else {
        panic!("one request")
    };
    assert_eq!(request.method(), Method::POST);
    assert_eq!(request.uri(), "https://api.example/v2/messages");
    assert_eq!(request.headers()["authorization"], "Bearer KEY");
    assert!(request.headers()["authorization"].is_sensitive());
    assert_eq!(request.headers()["content-type"], "application/json");
    assert_eq!(request.headers()["accept"], "application/json");
    assert_eq!(
        request.headers()["user-agent"],
        concat!("telnyx-messaging/", env!("CARGO_PKG_VERSION"))
    );
    assert_eq!(request.body(), r#"{"to":"+1"}"#);
}

#[tokio::test]
async fn a_call_does_nothing_until_it_is_polled() {
    let transport = Scripted::new([]);
    drop(send(&transport.client()).into_future());
    assert!(transport.sent().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_retry_carries_the_same_key_and_bytes() {
    let transport = Scripted::new([Lost, answer(503, ""), answer(200, MESSAGE)]);
    let response = send(&transport.client()).with_response().await.unwrap();
    let sent = transport.sent();
    assert_eq!(sent.len(), 3);
    assert!(
        sent.iter()
            .all(|request| key(request) == key(&sent[0]) && request.body() == sent[0].body())
    );
    assert_eq!(response.attempts(), 3);
    assert_eq!(response.idempotency_key(), Some(key(&sent[0])));
}

#[tokio::test]
async fn two_calls_carry_two_keys() {
    let transport = Scripted::new([answer(200, MESSAGE), answer(200, MESSAGE)]);
    let request = send(&transport.client());
    request.clone().await.unwrap();
    request.await.unwrap();
    let sent = transport.sent();
    assert_ne!(key(&sent[0]), key(&sent[1]));
}

#[tokio::test]
async fn the_callers_key_is_sent() {
    let transport = Scripted::new([answer_with(
        200,
        &[("Idempotent-Replayed", "true")],
        MESSAGE,
    )]);
    let request = send(&transport.client()).idempotency_key(Some("order:7".to_owned()));
    let response = request.with_response().await.unwrap();
    assert_eq!(key(&transport.sent()[0]), "order:7");
    assert!(response.idempotent_replayed());
}

#[tokio::test]
async fn a_key_telnyx_would_refuse_is_refused_before_it_is_sent() {
    let transport = Scripted::new([]);
    let error = send(&transport.client())
        .idempotency_key(Some("a b".to_owned()))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::InvalidRequest(_)), "{error}");
    assert_eq!(error.outcome(), Outcome::NotApplied);
    assert!(transport.sent().is_empty());
}

#[tokio::test]
async fn an_id_that_leaves_its_segment_is_refused_before_it_is_sent() {
    let transport = Scripted::new([]);
    let error = Call::new(
        transport.client(),
        RequestOptions::new(),
        &RETRIEVE,
        decode::data::<Message>,
    )
    .path("id", "..")
    .await
    .unwrap_err();
    assert!(matches!(error, Error::InvalidRequest(_)), "{error}");
    assert!(transport.sent().is_empty());
}

#[tokio::test]
async fn a_header_that_is_not_allowed_is_refused_before_it_is_sent() {
    let transport = Scripted::new([]);
    let options = RequestOptions::new()
        .header("x-trace", "a\r\nb: c")
        .header("x-other", "fine");
    let error = send(&transport.client())
        .options(options)
        .await
        .unwrap_err();
    assert!(error.to_string().contains("x-trace"), "{error}");
    assert!(transport.sent().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_timeout_followed_by_a_400_is_unknown() {
    let transport = Scripted::new([Hangs, answer(400, r#"{"errors":[{"code":"10015"}]}"#)]);
    let error = send(&transport.client()).await.unwrap_err();
    assert_eq!(error.status(), Some(http::StatusCode::BAD_REQUEST));
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert_eq!(error.attempts(), 2);
}

#[tokio::test]
async fn a_400_alone_is_not_applied() {
    let transport = Scripted::new([answer(400, r#"{"errors":[{"code":"10015"}]}"#)]);
    let error = send(&transport.client()).await.unwrap_err();
    let Error::Api(error) = error else {
        panic!("{error}")
    };
    assert_eq!(error.code(), Some(&ErrorCode::BAD_REQUEST));
    assert_eq!(error.outcome(), Outcome::NotApplied);
}

#[tokio::test(start_paused = true)]
async fn a_request_that_never_left_is_not_applied() {
    let transport = Scripted::new([NotSent, NotSent, NotSent]);
    let error = send(&transport.client()).await.unwrap_err();
    assert!(error.is_connect());
    assert_eq!(
        (error.outcome(), error.attempts()),
        (Outcome::NotApplied, 3)
    );
    assert!(error.idempotency_key().is_some());
}

#[tokio::test]
async fn a_certificate_that_is_not_accepted_is_tried_once() {
    let transport = Scripted::new([Certificate]);
    let error = transport.client().get("/messages/1").await.unwrap_err();
    let Error::Transport(error) = error else {
        panic!("{error}")
    };
    assert!(error.is_certificate());
    assert_eq!(
        (error.outcome(), error.attempts()),
        (Outcome::NotApplied, 1)
    );
}

#[tokio::test]
async fn a_body_that_is_too_large_is_tried_once() {
    let transport = Scripted::new([TooLarge]);
    let error = transport.client().get("/messages/1").await.unwrap_err();
    let Error::Transport(error) = error else {
        panic!("{error}")
    };
    assert!(error.is_body_too_large());
    assert_eq!(transport.sent().len(), 1);
}

#[tokio::test]
async fn a_success_that_cannot_be_read_is_applied_and_keeps_everything() {
    let body = r#"{"data":{"id":"40385f64","parts":"+13125550001"}}"#;
    let transport = Scripted::new([answer_with(200, &[("x-request-id", "abc")], body)]);
    let error = send(&transport.client()).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Applied);
    assert_eq!(error.request_id(), Some("abc"));
    assert!(error.idempotency_key().is_some());
    let Error::Decode(error) = error else {
        panic!("{error}")
    };
    assert_eq!(error.path(), "$.data.parts");
    assert_eq!(error.message_id().as_deref(), Some("40385f64"));
    assert_eq!(error.answer().body(), body);
    assert!(
        !format!("{error} {error:?}").contains("3125550001"),
        "{error:?}"
    );
}

#[tokio::test]
async fn an_answer_without_its_envelope_names_what_is_missing() {
    let transport = Scripted::new([answer(200, "{}")]);
    let error = send(&transport.client()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the answer (200 OK) could not be read at $: missing field `data`; the request took effect"
    );
}

#[tokio::test(start_paused = true)]
async fn the_waits_are_those_of_the_backoff() {
    let transport = Scripted::new([NotSent, NotSent, NotSent, NotSent]);
    let client = transport.builder().max_retries(3).build().unwrap();
    client.get("/messages/1").await.unwrap_err();
    let times = transport.times();
    for (pair, longest) in times.windows(2).zip([0.5, 1.0, 2.0]) {
        let wait = (pair[1] - pair[0]).as_secs_f64();
        assert!(
            wait >= longest * 0.75 - 0.002 && wait <= longest + 0.002,
            "{wait}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn the_wait_the_server_asks_for_is_done() {
    let transport = Scripted::new([
        answer_with(429, &[("Retry-After", "20")], ""),
        answer(200, MESSAGE),
    ]);
    let response = send(&transport.client()).with_response().await.unwrap();
    assert_eq!(response.elapsed().as_secs(), 20);
}

#[tokio::test(start_paused = true)]
async fn a_wait_beyond_the_deadline_ends_the_call_at_once() {
    let transport = Scripted::new([answer_with(429, &[("Retry-After", "20")], "")]);
    let options = RequestOptions::new().timeout(Duration::from_secs(20));
    let error = send(&transport.client())
        .options(options)
        .await
        .unwrap_err();
    assert!(error.is_rate_limited());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(20)));
    assert_eq!((error.attempts(), error.elapsed()), (1, Duration::ZERO));
}

#[tokio::test(start_paused = true)]
async fn an_attempt_ends_at_its_time_and_the_call_at_its_own() {
    let transport = Scripted::new([Hangs, Hangs, Hangs]);
    let error = send(&transport.client()).await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert_eq!((error.attempts(), error.elapsed().as_secs()), (2, 120));
}

#[tokio::test(start_paused = true)]
async fn options_of_a_call_beat_those_of_the_client() {
    let transport = Scripted::new([NotSent]);
    let options = RequestOptions::new().max_retries(0);
    send(&transport.client())
        .options(options)
        .await
        .unwrap_err();
    assert_eq!(transport.sent().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_empty_budget_ends_the_call() {
    let transport = Scripted::new([NotSent, NotSent, NotSent]);
    let client = transport
        .builder()
        .retry_budget(RetryBudget::new(1, 0))
        .build()
        .unwrap();
    send(&client).await.unwrap_err();
    assert_eq!(transport.sent().len(), 2);
}

#[tokio::test]
async fn a_post_without_a_key_is_not_repeated_after_a_lost_answer() {
    let transport = Scripted::new([Lost]);
    let error = transport
        .client()
        .post("/messages/schedule")
        .await
        .unwrap_err();
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 1));
    assert_eq!(error.idempotency_key(), None);
}

#[tokio::test(start_paused = true)]
async fn a_post_with_a_key_of_the_callers_is_repeated() {
    let transport = Scripted::new([Lost, answer(200, "")]);
    transport
        .client()
        .post("/anything")
        .idempotency_key("k")
        .await
        .unwrap();
    assert_eq!(transport.sent().len(), 2);
}

#[tokio::test]
async fn a_raw_request_sends_what_it_is_given() {
    let transport = Scripted::new([answer(200, r#"{"data":[1]}"#)]);
    let json = transport
        .client()
        .patch("/messaging_profiles/a%2Fb")
        .query("filter[name]", "a&b")
        .header("x-trace", 7)
        .json(&["x"])
        .await
        .unwrap();
    assert_eq!(json, r#"{"data":[1]}"#.parse::<Json>().unwrap());
    let [request] = &transport.sent()[..] else {
        panic!("one request")
    };
    assert_eq!(request.method(), Method::PATCH);
    assert_eq!(
        request.uri(),
        "https://api.example/v2/messaging_profiles/a%2Fb?filter%5Bname%5D=a%26b"
    );
    assert_eq!(request.headers()["x-trace"], "7");
    assert_eq!(request.body(), r#"["x"]"#);
}

#[tokio::test]
async fn a_raw_path_that_escapes_is_refused_before_it_is_sent() {
    let transport = Scripted::new([]);
    transport.client().get("/a/../../b").await.unwrap_err();
    assert!(transport.sent().is_empty());
}

#[tokio::test]
async fn an_object_is_read_with_and_without_an_envelope() {
    let transport = Scripted::new([
        answer(200, r#"{"id":1}"#),
        answer(200, r#"{"data":{"id":1}}"#),
    ]);
    let client = transport.client();
    let bare = client.get("/x").object::<Json>().await.unwrap();
    let wrapped = client.get("/x").object::<Json>().await.unwrap();
    assert_eq!(bare, wrapped);
}

#[tokio::test]
async fn an_empty_body_is_null_nothing_or_empty() {
    let transport = Scripted::new([
        answer(204, ""),
        answer(204, ""),
        answer(204, ""),
        answer(204, ""),
    ]);
    let client = transport.client();
    assert_eq!(client.delete("/x").await.unwrap().to_string(), "null");
    client.delete("/x").empty().await.unwrap();
    assert_eq!(client.delete("/x").bytes().await.unwrap(), "");
    assert_eq!(client.delete("/x").text().await.unwrap(), "");
}

#[tokio::test]
async fn a_redirect_is_an_error_and_is_not_followed() {
    let transport = Scripted::new([answer_with(
        307,
        &[("Location", "https://evil.example")],
        "",
    )]);
    let error = send(&transport.client()).await.unwrap_err();
    assert_eq!(error.status(), Some(http::StatusCode::TEMPORARY_REDIRECT));
    assert_eq!(
        (error.outcome(), transport.sent().len()),
        (Outcome::Unknown, 1)
    );
}

#[tokio::test]
async fn the_rate_limit_is_read() {
    let headers = [
        ("x-ratelimit-limit", "50"),
        ("x-ratelimit-remaining", "49"),
        ("x-ratelimit-reset", "1"),
    ];
    let transport = Scripted::new([answer_with(200, &headers, MESSAGE)]);
    let response = send(&transport.client()).with_response().await.unwrap();
    let rate_limit = response.rate_limit().unwrap();
    assert_eq!(
        (rate_limit.limit, rate_limit.remaining),
        (Some(50), Some(49))
    );
    assert_eq!(rate_limit.reset, Some(Duration::from_secs(1)));
}

#[test]
fn futures_can_go_to_another_thread() {
    fn takes<T: Send + 'static>(_: T) {}
    let client = Scripted::new([]).client();
    takes(send(&client).into_future());
    takes(client.get("/x"));
}
