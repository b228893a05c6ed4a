//! How often a request is sent, when, and what the outcome is.

use super::*;
use crate::NextStep;
use crate::idempotency::suspended;
use crate::transport::SendError;

#[tokio::test(start_paused = true)]
async fn a_retry_carries_the_same_key_and_bytes() {
    let transport = MockTransport::new([lost(), answer(503, ""), answer(200, MESSAGE)]);
    let response = send(&client(&transport)).with_response().await.unwrap();
    let sent = transport.requests();
    assert_eq!(sent.len(), 3);
    assert!(
        sent.iter()
            .all(|request| key(request) == key(&sent[0]) && request.body() == sent[0].body())
    );
    assert_eq!(response.attempts(), 3);
    assert_eq!(response.idempotency_key(), Some(key(&sent[0])));
}

#[tokio::test(start_paused = true)]
async fn a_timeout_followed_by_a_400_is_unknown() {
    let transport = MockTransport::new([
        MockReply::hang(),
        answer(400, r#"{"errors":[{"code":"10015"}]}"#),
    ]);
    let error = send(&client(&transport)).await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::BAD_REQUEST));
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert_eq!(error.attempts(), 2);
}

#[tokio::test(start_paused = true)]
async fn the_id_that_came_is_kept_whatever_fails_after_it() {
    for after in [
        [answer(503, ""), answer(503, "")],
        [lost(), MockReply::hang()],
    ] {
        let [second, third] = after;
        let error = SendError::maybe_sent("cut").with_head(StatusCode::OK, HeaderMap::new());
        let error = error.with_body(r#"{"data":{"id":"m-1","to":[{"#.into());
        let transport = MockTransport::new([MockReply::error(error), second, third]);
        let error = send(&client(&transport)).await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::Applied);
        assert_eq!(error.message_id().as_deref(), Some("m-1"));
        assert_eq!(error.attempts(), 3);
    }
}

#[tokio::test]
async fn a_400_alone_is_not_applied() {
    let transport = MockTransport::new([answer(400, r#"{"errors":[{"code":"10015"}]}"#)]);
    let error = send(&client(&transport)).await.unwrap_err();
    let Error::Api(error) = error else {
        panic!("{error}")
    };
    assert_eq!(error.code(), Some(&ErrorCode::BAD_REQUEST));
    assert_eq!(error.outcome(), Outcome::NotApplied);
}

#[tokio::test(start_paused = true)]
async fn a_request_that_never_left_is_not_applied() {
    let transport = MockTransport::new([not_sent(), not_sent(), not_sent()]);
    let error = send(&client(&transport)).await.unwrap_err();
    assert!(error.is_connect());
    assert_eq!(
        (error.outcome(), error.attempts()),
        (Outcome::NotApplied, 3)
    );
    assert!(error.idempotency_key().is_some());
}

#[tokio::test]
async fn a_certificate_that_is_not_accepted_is_tried_once() {
    let transport = MockTransport::new([certificate()]);
    let error = client(&transport).get("/messages/1").await.unwrap_err();
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
    let transport = MockTransport::new([too_large()]);
    let error = client(&transport).get("/messages/1").await.unwrap_err();
    let Error::Transport(error) = error else {
        panic!("{error}")
    };
    assert!(error.is_body_too_large());
    assert_eq!(transport.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_waits_are_those_of_the_backoff() {
    let transport = MockTransport::new([not_sent(), not_sent(), not_sent(), not_sent()]);
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
    let transport = MockTransport::new([
        answer_with(429, &[("Retry-After", "20")], ""),
        answer(200, MESSAGE),
    ]);
    let response = send(&client(&transport)).with_response().await.unwrap();
    assert_eq!(response.elapsed().as_secs(), 20);
}

#[tokio::test(start_paused = true)]
async fn a_wait_beyond_the_deadline_ends_the_call_at_once() {
    let transport = MockTransport::new([answer_with(429, &[("Retry-After", "20")], "")]);
    let options = RequestOptions::new().timeout(Duration::from_secs(20));
    let error = send(&client(&transport))
        .with_options(options)
        .await
        .unwrap_err();
    assert!(error.is_rate_limited());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(20)));
    assert_eq!((error.attempts(), error.elapsed()), (1, Duration::ZERO));
}

#[tokio::test(start_paused = true)]
async fn an_attempt_ends_at_its_time_and_the_call_at_its_own() {
    let transport = MockTransport::new([MockReply::hang(), MockReply::hang(), MockReply::hang()]);
    let error = send(&client(&transport)).await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert_eq!((error.attempts(), error.elapsed().as_secs()), (2, 120));
}

#[tokio::test(start_paused = true)]
async fn options_of_a_call_beat_those_of_the_client() {
    let transport = MockTransport::new([not_sent()]);
    let options = RequestOptions::new().max_retries(0);
    send(&client(&transport))
        .with_options(options)
        .await
        .unwrap_err();
    assert_eq!(transport.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_empty_budget_ends_the_call() {
    let transport = MockTransport::new([not_sent(), not_sent(), not_sent()]);
    let client = transport
        .builder()
        .retry_budget(RetryBudget::new(1).refund_percent(0))
        .build()
        .unwrap();
    let error = send(&client).await.unwrap_err();
    assert!(error.is_out_of_retry_budget(), "{error}");
    assert_eq!(transport.requests().len(), 2);
}

#[tokio::test]
async fn a_post_without_a_key_is_not_repeated_after_a_lost_answer() {
    let transport = MockTransport::new([lost()]);
    let error = client(&transport)
        .post("/messages/schedule")
        .await
        .unwrap_err();
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 1));
    assert_eq!(error.idempotency_key(), None);
}

#[tokio::test(start_paused = true)]
async fn a_post_with_a_key_of_the_callers_is_repeated() {
    let transport = MockTransport::new([lost(), answer(200, "")]);
    client(&transport)
        .post("/anything")
        .idempotency_key("k")
        .await
        .unwrap();
    assert_eq!(transport.requests().len(), 2);
}

#[tokio::test]
async fn a_redirect_is_an_error_and_is_not_followed() {
    let transport = MockTransport::new([answer_with(
        307,
        &[("Location", "https://evil.example")],
        "",
    )]);
    let error = send(&client(&transport)).await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::TEMPORARY_REDIRECT));
    assert_eq!(
        (error.outcome(), transport.requests().len()),
        (Outcome::Unknown, 1)
    );
}

#[tokio::test(start_paused = true)]
async fn a_wait_is_as_long_as_the_head_of_a_cut_answer_asks_for() {
    let head = [("retry-after", "7"), ("x-request-id", "abc")];
    let transport = MockTransport::new([cut(429, &head), cut(429, &head)]);
    let options = RequestOptions::new().timeout(Duration::from_secs(10));
    let call = send(&client(&transport)).with_options(options);
    let error = call.await.unwrap_err();
    let times = transport.times();
    assert_eq!(times[1] - times[0], Duration::from_secs(7));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(error.request_id(), Some("abc"));
    assert_eq!(error.outcome(), Outcome::NotApplied);
}

#[tokio::test(start_paused = true)]
async fn what_the_head_of_a_cut_answer_says_counts() {
    type Says = fn(&Error) -> bool;
    let says: [(u16, Says); 6] = [
        (401, Error::is_authentication),
        (403, Error::is_permission),
        (404, Error::is_not_found),
        (408, Error::is_timeout),
        (429, Error::is_rate_limited),
        (500, Error::is_server_error),
    ];
    for (status, _) in says {
        let transport = MockTransport::new([cut(status, &[])]);
        let options = RequestOptions::new().max_retries(0);
        let call = send(&client(&transport)).with_options(options);
        let error = call.await.unwrap_err();
        for (other, says) in says {
            assert_eq!(says(&error), status == other, "{error} and {other}");
        }
    }
}

#[test]
fn without_a_runtime_a_call_is_an_error() {
    let transport = MockTransport::new([]);
    let mut call = Box::pin(send(&client(&transport)).into_future());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(result) = call.as_mut().poll(&mut context) else {
        panic!("the call waits")
    };
    assert!(matches!(result, Err(Error::Config(_))), "{result:?}");
    assert!(transport.requests().is_empty());
}

#[tokio::test]
async fn without_time_nothing_is_sent() {
    let transport = MockTransport::new([]);
    for options in [
        RequestOptions::new().timeout(Duration::ZERO),
        RequestOptions::new().attempt_timeout(Duration::ZERO),
    ] {
        let call = send(&client(&transport)).with_options(options);
        let error = call.await.unwrap_err();
        assert!(error.is_timeout(), "{error}");
        assert_eq!(error.outcome(), Outcome::NotApplied);
        assert_eq!(error.attempts(), 0);
        assert!(error.idempotency_key().is_some());
    }
    assert!(transport.requests().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_rate_limit_costs_nothing_of_the_budget() {
    let budget = RetryBudget::new(1).refund_percent(0);
    let transport = MockTransport::from_fn(|_| answer_with(429, &[("retry-after-ms", "100")], ""));
    let builder = transport.builder().retry_budget(budget.clone());
    let client = builder.build().unwrap();
    for _ in 0..3 {
        let error = send(&client).await.unwrap_err();
        assert_eq!(error.attempts(), 3);
        assert!(!error.is_out_of_retry_budget());
    }
    assert_eq!(budget.retries_left(), Some(1));
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_a_429_states_costs_no_retry_while_there_is_time() {
    let limited = || answer_with(429, &[("retry-after", "1")], "");
    let replies = (0..5).map(|_| limited()).chain([answer(200, MESSAGE)]);
    let transport = MockTransport::new(replies);
    let response = send(&client(&transport)).with_response().await.unwrap();
    assert_eq!((response.attempts(), response.elapsed().as_secs()), (6, 5));

    let transport = MockTransport::from_fn(move |_| limited());
    let options = RequestOptions::new().timeout(Duration::from_millis(3500));
    let call = send(&client(&transport)).with_options(options);
    let error = call.await.unwrap_err();
    assert_eq!((error.attempts(), error.elapsed().as_secs()), (4, 3));
    assert_eq!(error.outcome(), Outcome::NotApplied);
}

#[tokio::test]
async fn a_single_attempt_stays_one_whatever_a_429_states() {
    let transport = MockTransport::new([answer_with(429, &[("retry-after", "1")], "")]);
    let options = RequestOptions::new().max_retries(0);
    let call = send(&client(&transport)).with_options(options);
    assert_eq!(call.await.unwrap_err().attempts(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_key_that_was_forgotten_while_the_machine_slept_is_not_sent_again() {
    const DAY: Duration = Duration::from_secs(25 * 60 * 60);
    let requests = async |reply: fn() -> MockReply, slept, read: bool| {
        let transport = MockTransport::from_fn(move |_| {
            suspended().set(slept);
            reply()
        });
        suspended().set(Duration::ZERO);
        let client = client(&transport);
        let error = match read {
            true => client.get("/x").await.unwrap_err(),
            false => send(&client).await.unwrap_err(),
        };
        suspended().set(Duration::ZERO);
        (
            transport.requests().len(),
            error.outcome(),
            error.next_step(),
        )
    };
    assert_eq!(
        requests(lost, DAY, false).await,
        (1, Outcome::Unknown, NextStep::Review)
    );
    assert_eq!(
        requests(lost, DAY / 2, false).await,
        (3, Outcome::Unknown, NextStep::SendAgain)
    );
    assert_eq!(
        requests(lost, DAY, true).await,
        (3, Outcome::Unknown, NextStep::SendAgain)
    );
    assert_eq!(
        requests(not_sent, DAY, false).await,
        (3, Outcome::NotApplied, NextStep::SendAgain)
    );
}
