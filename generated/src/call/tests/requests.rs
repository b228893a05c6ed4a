//! What is sent, and what is refused before.

use super::*;
use crate::form::Form;

#[tokio::test]
async fn a_request_carries_key_body_and_type() {
    let transport = MockTransport::new([answer(200, MESSAGE)]);
    send(&client(&transport)).await.unwrap();
    let [request] = &transport.requests()[..] else {
        panic!("one request")
    };
    assert_eq!(request.method(), Method::POST);
    assert_eq!(request.uri(), "https://api.telnyx.com/v2/messages");
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
    let transport = MockTransport::new([]);
    drop(send(&client(&transport)).into_future());
    assert!(transport.requests().is_empty());
}

#[tokio::test]
async fn two_calls_carry_two_keys() {
    let transport = MockTransport::new([answer(200, MESSAGE), answer(200, MESSAGE)]);
    let request = send(&client(&transport));
    request.clone().await.unwrap();
    request.await.unwrap();
    let sent = transport.requests();
    assert_ne!(key(&sent[0]), key(&sent[1]));
}

#[tokio::test]
async fn a_key_telnyx_would_refuse_is_refused_before_it_is_sent() {
    let transport = MockTransport::new([]);
    let error = request(&client(&transport))
        .idempotency_key("a b")
        .await
        .unwrap_err();
    assert!(matches!(error, Error::InvalidRequest(_)), "{error}");
    assert_eq!(error.outcome(), Outcome::NotApplied);
    assert!(transport.requests().is_empty());
}

#[tokio::test]
async fn an_id_that_leaves_its_segment_is_refused_before_it_is_sent() {
    let transport = MockTransport::new([]);
    let error = RETRIEVE
        .request(client(&transport), RequestOptions::new())
        .path("id", "..")
        .await
        .unwrap_err();
    assert!(matches!(error, Error::InvalidRequest(_)), "{error}");
    assert!(transport.requests().is_empty());
}

#[tokio::test]
async fn a_header_of_a_raw_request_that_the_client_sets_makes_the_request_invalid() {
    let transport = MockTransport::new([]);
    for name in [
        "Accept-Encoding",
        "Authorization",
        "Connection",
        "Content-Length",
        "Content-Type",
        "Host",
        "Transfer-Encoding",
        "Idempotency-Key",
    ] {
        let call = client(&transport).get("/x").header(name, "7");
        let error = call.await.unwrap_err();
        assert!(matches!(error, Error::InvalidRequest(_)), "{error}");
    }
    assert!(transport.requests().is_empty());
}

#[tokio::test]
async fn an_optional_form_without_parts_is_not_sent() {
    let transport = MockTransport::new([]);
    let request =
        |form: fn(RawRequest) -> RawRequest| form(client(&transport).delete("/x")).request;
    assert!(
        request(|raw| raw.optional_multipart(Form::new()))
            .body
            .is_none()
    );
    assert!(
        request(|raw| raw.optional_urlencoded(Form::new()))
            .body
            .is_none()
    );
    assert!(
        request(|raw| raw.optional_multipart(Form::new().field("a", 1)))
            .body
            .is_some()
    );
    assert!(
        request(|raw| raw.optional_urlencoded(Form::new().field("a", 1)))
            .body
            .is_some()
    );
    // What the caller gives is sent.
    assert!(request(|raw| raw.multipart(Form::new())).body.is_some());
    let unreadable = BTreeMap::from([((1, 2), 3)]);
    let raw = client(&transport).delete("/x");
    let call = raw.optional_multipart(Form::new().json("map", unreadable));
    assert!(matches!(call.await, Err(Error::InvalidRequest(_))));
}

#[tokio::test]
async fn a_header_that_is_not_allowed_is_refused_before_it_is_sent() {
    let transport = MockTransport::new([]);
    let options = RequestOptions::new()
        .header("x-trace", "a\r\nb: c")
        .header("x-other", "fine");
    let error = send(&client(&transport))
        .with_options(options)
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Config(_)), "{error}");
    assert!(error.to_string().contains("x-trace"), "{error}");
    assert!(transport.requests().is_empty());
}

#[tokio::test]
async fn a_client_with_options_gives_them_to_each_call_and_shares_the_rest() {
    let limited = || answer_with(429, &[("retry-after", "30")], "");
    let transport = MockTransport::new([limited()]);
    let client = client(&transport);
    let options = RequestOptions::new()
        .header("x-tenant", "7")
        .fail_fast(true);
    let hasty = client.with_options(options);
    let key = client.with_api_key("OTHER").unwrap();
    assert!(send(&hasty).await.unwrap_err().is_rate_limited());
    assert_eq!(transport.requests()[0].headers()["x-tenant"], "7");
    // What one client learns of the limit holds for the other one, but not for another key.
    let own = RequestOptions::new().fail_fast(true);
    let error = send(&client).with_options(own.clone()).await.unwrap_err();
    assert_eq!((error.attempts(), error.is_rate_limited()), (0, true));
    let error = send(&key).with_options(own).await.unwrap_err();
    assert_eq!(error.attempts(), 1);
    assert!(!transport.requests()[1].headers().contains_key("x-tenant"));
    // A call's own options come last.
    let own = RequestOptions::new().header("x-tenant", "8");
    hasty.get("/x").with_options(own).await.unwrap_err();
    assert_eq!(transport.requests()[2].headers()["x-tenant"], "8");
}

#[tokio::test]
async fn options_that_are_given_twice_add_up() {
    let transport = MockTransport::new([answer(503, ""), answer(503, "")]);
    let helpers = RequestOptions::new()
        .header("x-tenant", "7")
        .header("x-trace", "a")
        .max_retries(5)
        .fail_fast(true);
    let own = RequestOptions::new().header("x-trace", "b").max_retries(0);
    let call = send(&client(&transport)).with_options(helpers);
    call.with_options(own).await.unwrap_err();
    let [request] = &transport.requests()[..] else {
        panic!("one request")
    };
    assert_eq!(request.headers()["x-tenant"], "7");
    assert_eq!(request.headers()["x-trace"], "b");
}

#[tokio::test]
async fn a_raw_request_sends_what_it_is_given() {
    let transport = MockTransport::new([answer(200, r#"{"data":[1]}"#)]);
    let json = client(&transport)
        .patch("/messaging_profiles/a%2Fb")
        .query("filter[name]", "a&b")
        .header("x-trace", "7")
        .json(&["x"])
        .await
        .unwrap();
    assert_eq!(json, r#"{"data":[1]}"#.parse::<Json>().unwrap());
    let [request] = &transport.requests()[..] else {
        panic!("one request")
    };
    assert_eq!(request.method(), Method::PATCH);
    assert_eq!(
        request.uri(),
        "https://api.telnyx.com/v2/messaging_profiles/a%2Fb?filter%5Bname%5D=a%26b"
    );
    assert_eq!(request.headers()["x-trace"], "7");
    assert_eq!(request.body(), r#"["x"]"#);
}

#[tokio::test]
async fn a_raw_path_that_escapes_is_refused_before_it_is_sent() {
    let transport = MockTransport::new([]);
    client(&transport).get("/a/../../b").await.unwrap_err();
    assert!(transport.requests().is_empty());
}

#[test]
fn futures_can_go_to_another_thread() {
    fn takes<T: Send + 'static>(_: T) {}
    let client = client(&MockTransport::new([]));
    takes(send(&client).into_future());
    takes(client.get("/x"));
}

#[tokio::test]
async fn an_empty_list_in_one_value_is_not_sent() {
    let transport = MockTransport::new([answer(200, MESSAGE)]);
    let request = request(&client(&transport))
        .joined("empty", Some([""; 0]))
        .joined("blank", Some([""]));
    let _: Message = request.data().await.unwrap();
    assert_eq!(
        transport.requests()[0].uri(),
        "https://api.telnyx.com/v2/messages?blank="
    );
}
