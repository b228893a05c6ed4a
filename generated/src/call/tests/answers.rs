//! What comes out of an answer.

use super::*;

#[tokio::test]
async fn the_callers_key_is_sent() {
    let transport = MockTransport::new([answer_with(
        200,
        &[("Idempotent-Replayed", "true")],
        MESSAGE,
    )]);
    let request = request(&client(&transport))
        .idempotency_key("order:7")
        .data::<Message>();
    let response = request.with_response().await.unwrap();
    assert_eq!(key(&transport.requests()[0]), "order:7");
    assert!(response.idempotent_replayed());
}

#[tokio::test]
async fn a_success_that_cannot_be_read_is_applied_and_keeps_everything() {
    let body = r#"{"data":{"id":"40385f64","parts":"+13125550001"}}"#;
    let transport = MockTransport::new([answer_with(200, &[("x-request-id", "abc")], body)]);
    let strict = RequestOptions::new().strict_decoding(true);
    let call = send(&client(&transport)).with_options(strict);
    let error = call.await.unwrap_err();
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

#[tokio::test(start_paused = true)]
async fn an_earlier_success_proves_the_effect_whatever_the_last_one_says() {
    let cut = |body: &'static str| {
        let cut = SendError::maybe_sent("cut").with_head(StatusCode::OK, HeaderMap::new());
        MockReply::error(cut.with_body(Bytes::from_static(body.as_bytes())))
    };
    let page = || answer(200, "<html>");
    for (replies, id) in [
        (vec![cut(r#"{"data":{"id":"m-7""#), page()], Some("m-7")),
        (
            vec![cut(r#"{"data":{"id":"m-7""#), answer(503, ""), page()],
            Some("m-7"),
        ),
        (vec![cut(""), page()], None),
    ] {
        let transport = MockTransport::new(replies);
        let error = send(&client(&transport)).await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{error}");
        assert_eq!(error.outcome(), Outcome::Applied);
        assert_eq!(error.message_id().as_deref(), id);
        assert_eq!(error.next_step(), NextStep::Done);
        assert!(
            error.to_string().ends_with("; the request took effect"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn an_answer_without_its_envelope_names_what_is_missing() {
    let transport = MockTransport::new([answer(200, "{}")]);
    let error = send(&client(&transport)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the response (200 OK) could not be read at $: missing field `data`; the request may have taken effect"
    );
}

#[tokio::test]
async fn the_error_of_a_read_says_nothing_of_an_effect() {
    let transport = MockTransport::new([answer(200, "<html>"), answer(501, ""), too_large()]);
    let client = client(&transport);
    let mut told = Vec::new();
    for _ in 0..3 {
        let read = client.get("/x").object::<serde_json::Value>().await;
        told.push(read.unwrap_err().to_string());
    }
    let unread = "the response (200 OK) could not be read at $: ";
    assert!(told[0].starts_with(unread), "{told:?}");
    assert!(!told.concat().contains("effect"), "{told:?}");
}

#[tokio::test]
async fn an_object_is_read_with_and_without_an_envelope() {
    let transport = MockTransport::new([
        answer(200, r#"{"id":1}"#),
        answer(200, r#"{"data":{"id":1}}"#),
    ]);
    let client = client(&transport);
    let bare = client.get("/x").object::<Json>().await.unwrap();
    let wrapped = client.get("/x").object::<Json>().await.unwrap();
    assert_eq!(bare, wrapped);
}

#[tokio::test]
async fn an_empty_body_is_null_nothing_or_empty() {
    let transport = MockTransport::new([
        answer(204, ""),
        answer(204, ""),
        answer(204, ""),
        answer(204, ""),
    ]);
    let client = client(&transport);
    assert_eq!(client.delete("/x").await.unwrap().to_string(), "null");
    client.delete("/x").empty().await.unwrap();
    assert_eq!(client.delete("/x").bytes().await.unwrap(), "");
    assert_eq!(client.delete("/x").text().await.unwrap(), "");
}

#[tokio::test]
async fn the_rate_limit_is_read() {
    let headers = [
        ("x-ratelimit-limit", "50"),
        ("x-ratelimit-remaining", "49"),
        ("x-ratelimit-reset", "1"),
    ];
    let transport = MockTransport::new([answer_with(200, &headers, MESSAGE)]);
    let response = send(&client(&transport)).with_response().await.unwrap();
    let rate_limit = response.rate_limit().unwrap();
    assert_eq!(
        (rate_limit.limit, rate_limit.remaining),
        (Some(50), Some(49))
    );
    assert_eq!(rate_limit.reset, Some(Duration::from_secs(1)));
}

/// Everything an error prints, its sources too.
fn printed(error: &Error) -> String {
    let mut printed = format!("{error:?}");
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        printed.push_str(&error.to_string());
        cause = error.source();
    }
    printed
}

#[tokio::test]
async fn no_error_prints_the_key_a_phone_number_or_a_value_of_the_body() {
    let detail =
        r#"{"errors":[{"code":"10015","title":"+13125550001","detail":"to +13125550001"}]}"#;
    let unreadable = r#"{"data":{"id":"1","parts":"SECRET TEXT to +13125550001"}}"#;
    let steps = [
        answer(400, detail),
        answer(400, "SECRET TEXT to +13125550001"),
        answer(200, unreadable),
        answer(200, "SECRET TEXT to +13125550001"),
        certificate(),
        too_large(),
    ];
    for step in steps {
        let transport = MockTransport::new([step]);
        let client = transport.builder().api_key("CANARY").build().unwrap();
        let strict = RequestOptions::new().strict_decoding(true);
        let text = printed(&send(&client).with_options(strict).await.unwrap_err());
        for secret in ["CANARY", "3125550001", "SECRET"] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}

#[tokio::test]
async fn a_list_is_no_envelope() {
    let transport = MockTransport::new([answer(200, r#" [{"id":"1"}]"#)]);
    let error = send(&client(&transport)).await.unwrap_err();
    assert!(
        error.to_string().contains("at $: expected an object"),
        "{error}"
    );
}

#[tokio::test]
async fn a_success_that_lists_errors_says_the_first() {
    let body = r#"{"errors":[{"code":"10015","title":"Bad Request"}]}"#;
    let transport = MockTransport::new([answer(200, body)]);
    let error = send(&client(&transport)).await.unwrap_err();
    let said = "missing field `data`, but an error: 10015 Bad Request";
    assert!(error.to_string().contains(said), "{error}");
}

#[tokio::test]
async fn a_list_of_any_length_is_an_answer_without_an_envelope() {
    let lists = [
        "[]",
        r#"[{"a":1}]"#,
        r#"[{"a":1},{"b":2}]"#,
        r#"[{"a":1},{},{}]"#,
    ];
    for (length, list) in [0, 1, 2, 3].into_iter().zip(lists) {
        let transport = MockTransport::new([answer(200, list)]);
        let call = client(&transport).get("/lists").object::<Vec<Json>>();
        assert_eq!(call.await.unwrap().len(), length);
    }
}
