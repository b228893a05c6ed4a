//! The policy's truth table: every cell is a rule in the documentation of [`RetryPolicy::Standard`].

use std::time::Duration;

use http::{HeaderName, HeaderValue};

use super::*;

const OPERATIONS: [Idempotency; 3] = [Idempotency::Natural, Idempotency::Key, Idempotency::None];

const BACKOFF: Backoff = Backoff::new();

fn situation(idempotency: Idempotency) -> Situation<'static> {
    Situation {
        idempotency,
        policy: RetryPolicy::Standard,
        backoff: &BACKOFF,
        retries: 0,
        max_retries: 2,
        remaining: Some(Duration::from_secs(120)),
        asked: None,
        random: 0.0,
    }
}

fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
    let parse = |(name, value): &(&'static str, &'static str)| {
        (HeaderName::from_static(name), value.parse().unwrap())
    };
    pairs.iter().map(parse).collect()
}

fn retries_answer(
    idempotency: Idempotency,
    status: u16,
    code: Option<&ErrorCode>,
    headers: &HeaderMap,
) -> bool {
    let status = StatusCode::from_u16(status).unwrap();
    let attempt = Attempt::Answered {
        status,
        headers,
        code,
    };
    decide(&situation(idempotency), &attempt) != Decision::Stop
}

fn retries_failure(idempotency: Idempotency, error: &SendError) -> bool {
    decide(&situation(idempotency), &Attempt::Failed(error)) != Decision::Stop
}

/// Every status an answer can have, success aside.
fn failures() -> impl Iterator<Item = u16> {
    (100..600).filter(|status| !(200..300).contains(status))
}

#[test]
fn an_idempotent_operation_is_repeated_on_the_statuses_that_pass() {
    for status in failures() {
        let expected = [408, 429, 500, 502, 503, 504].contains(&status);
        assert_eq!(
            retries_answer(Idempotency::Natural, status, None, &HeaderMap::new()),
            expected,
            "{status}"
        );
    }
}

#[test]
fn a_keyed_operation_is_not_repeated_on_500_and_408() {
    for status in failures() {
        let expected = [429, 502, 503, 504].contains(&status);
        assert_eq!(
            retries_answer(Idempotency::Key, status, None, &HeaderMap::new()),
            expected,
            "{status}"
        );
    }
}

#[test]
fn any_other_operation_is_repeated_on_429_alone() {
    for status in failures() {
        assert_eq!(
            retries_answer(Idempotency::None, status, None, &HeaderMap::new()),
            status == 429,
            "{status}"
        );
    }
}

#[test]
fn a_409_is_repeated_for_a_key_in_progress_alone() {
    for operation in OPERATIONS {
        for code in [
            ErrorCode::IDEMPOTENCY_KEY_IN_PROGRESS,
            ErrorCode::DUPLICATE_RESOURCE,
            ErrorCode::from(""),
        ] {
            let expected =
                operation == Idempotency::Key && code == ErrorCode::IDEMPOTENCY_KEY_IN_PROGRESS;
            assert_eq!(
                retries_answer(operation, 409, Some(&code), &HeaderMap::new()),
                expected,
                "{operation:?} {code}"
            );
        }
    }
}

#[test]
fn a_code_changes_nothing_about_another_status() {
    for operation in OPERATIONS {
        for status in failures().filter(|status| *status != 409) {
            let code = ErrorCode::IDEMPOTENCY_KEY_IN_PROGRESS;
            let none = HeaderMap::new();
            let plain = retries_answer(operation, status, None, &none);
            assert_eq!(
                retries_answer(operation, status, Some(&code), &none),
                plain,
                "{operation:?} {status}"
            );
        }
    }
}

#[test]
fn what_was_not_sent_is_repeated_for_every_operation() {
    for operation in OPERATIONS {
        assert!(retries_failure(operation, &SendError::not_sent("refused")));
        assert!(retries_failure(operation, &SendError::refused("stream")));
        assert!(retries_failure(
            operation,
            &SendError::not_sent("slow").with_timeout()
        ));
    }
}

#[test]
fn a_lost_answer_is_repeated_for_idempotent_and_keyed_operations_alone() {
    for operation in OPERATIONS {
        let expected = operation != Idempotency::None;
        for error in [
            SendError::maybe_sent("reset"),
            SendError::out_of_time(),
            SendError::maybe_sent("cut").with_head(StatusCode::OK, HeaderMap::new()),
        ] {
            assert_eq!(
                retries_failure(operation, &error),
                expected,
                "{operation:?} {error}"
            );
        }
    }
}

#[test]
fn an_error_whose_body_is_cut_is_repeated_by_its_status() {
    for operation in OPERATIONS {
        for status in failures() {
            let whole = retries_answer(operation, status, None, &HeaderMap::new());
            let status = StatusCode::from_u16(status).unwrap();
            let cut = SendError::maybe_sent("cut").with_head(status, HeaderMap::new());
            assert_eq!(
                retries_failure(operation, &cut),
                whole,
                "{operation:?} {status}"
            );
        }
    }
}

#[test]
fn a_server_that_forbids_a_retry_is_heard_even_if_its_answer_is_cut() {
    let headers = HeaderMap::from_iter([(
        HeaderName::from_static("x-should-retry"),
        HeaderValue::from_static("false"),
    )]);
    for operation in OPERATIONS {
        for status in [200, 429, 503] {
            let status = StatusCode::from_u16(status).unwrap();
            let cut = SendError::maybe_sent("cut").with_head(status, headers.clone());
            assert!(!retries_failure(operation, &cut), "{operation:?} {status}");
        }
    }
}

#[test]
fn a_proxy_that_wants_another_password_ends_the_call() {
    for operation in OPERATIONS {
        assert!(!retries_failure(
            operation,
            &SendError::proxy_refused("407")
        ));
    }
}

#[test]
fn a_certificate_that_is_not_accepted_ends_the_call() {
    for operation in OPERATIONS {
        assert!(!retries_failure(
            operation,
            &SendError::certificate("expired")
        ));
    }
}

#[test]
fn a_body_that_is_too_large_ends_the_call() {
    for operation in OPERATIONS {
        assert!(!retries_failure(operation, &SendError::body_too_large(1)));
    }
}

#[test]
fn the_server_can_forbid_a_retry() {
    for said in ["false", "False", "false, false", "true,false"] {
        for operation in OPERATIONS {
            for status in failures() {
                let headers = headers(&[("x-should-retry", said)]);
                assert!(
                    !retries_answer(operation, status, None, &headers),
                    "{said} {status}"
                );
            }
        }
    }
}

#[test]
fn the_server_cannot_ask_for_more_than_is_safe() {
    for operation in OPERATIONS {
        for status in failures() {
            let plain = retries_answer(operation, status, None, &HeaderMap::new());
            let asked = retries_answer(
                operation,
                status,
                None,
                &headers(&[("x-should-retry", "true")]),
            );
            assert_eq!(asked, plain, "{operation:?} {status}");
        }
    }
}

#[test]
fn the_policy_off_repeats_nothing() {
    let situation = Situation {
        policy: RetryPolicy::Off,
        ..situation(Idempotency::Natural)
    };
    assert_eq!(
        decide(
            &situation,
            &Attempt::Failed(&SendError::not_sent("refused"))
        ),
        Decision::Stop
    );
}

#[test]
fn the_policy_not_sent_repeats_nothing_that_may_have_been_sent() {
    let situation = Situation {
        policy: RetryPolicy::NotSent,
        ..situation(Idempotency::Natural)
    };
    let answered = Attempt::Answered {
        status: StatusCode::TOO_MANY_REQUESTS,
        headers: &HeaderMap::new(),
        code: None,
    };
    assert_eq!(decide(&situation, &answered), Decision::Stop);
    assert_eq!(
        decide(
            &situation,
            &Attempt::Failed(&SendError::maybe_sent("reset"))
        ),
        Decision::Stop
    );
    assert_ne!(
        decide(
            &situation,
            &Attempt::Failed(&SendError::not_sent("refused"))
        ),
        Decision::Stop
    );
}

#[test]
fn retries_end_at_their_number() {
    for (retries, expected) in [(0, true), (1, true), (2, false), (3, false)] {
        let situation = Situation {
            retries,
            ..situation(Idempotency::Natural)
        };
        let decision = decide(
            &situation,
            &Attempt::Failed(&SendError::not_sent("refused")),
        );
        assert_eq!(decision != Decision::Stop, expected, "{retries}");
    }
}

#[test]
fn a_wait_that_leaves_no_time_for_an_attempt_is_not_begun() {
    for (remaining, expected) in [
        (500, Decision::Stop),
        (600, Decision::Stop),
        (601, Decision::RetryAfter(Duration::from_millis(500))),
    ] {
        let situation = Situation {
            remaining: Some(Duration::from_millis(remaining)),
            ..situation(Idempotency::Natural)
        };
        assert_eq!(
            decide(
                &situation,
                &Attempt::Failed(&SendError::not_sent("refused"))
            ),
            expected
        );
    }
}

#[test]
fn the_wait_the_server_asks_for_is_done_or_the_call_ends() {
    let waits = [
        (7, Decision::RetryAfter(Duration::from_secs(7))),
        (60, Decision::RetryAfter(Duration::from_secs(60))),
        (61, Decision::Stop),
    ];
    for (asked, expected) in waits {
        let situation = Situation {
            asked: Some(Duration::from_secs(asked)),
            ..situation(Idempotency::Key)
        };
        let answered = Attempt::Answered {
            status: StatusCode::SERVICE_UNAVAILABLE,
            headers: &HeaderMap::new(),
            code: None,
        };
        assert_eq!(decide(&situation, &answered), expected);
    }
}

#[test]
fn calls_that_the_server_asked_to_wait_do_not_all_return_at_once() {
    let seconds = Duration::from_secs_f64;
    for (asked, random, remaining, expected) in [
        (2.0, 0.0, 120.0, 2.0),
        (2.0, 1.0, 120.0, 2.5),
        (60.0, 0.5, 120.0, 60.5),
        (60.0, 1.0, 120.0, 61.0),
        // It never costs the attempt its time.
        (60.0, 1.0, 60.6, 60.5),
    ] {
        let situation = Situation {
            asked: Some(seconds(asked)),
            random,
            remaining: Some(seconds(remaining)),
            ..situation(Idempotency::Key)
        };
        let answered = Attempt::Answered {
            status: StatusCode::SERVICE_UNAVAILABLE,
            headers: &HeaderMap::new(),
            code: None,
        };
        let Decision::RetryAfter(delay) = decide(&situation, &answered) else {
            panic!("{asked} s are honoured");
        };
        assert!(
            delay.abs_diff(seconds(expected)).as_micros() < 10,
            "{delay:?}"
        );
    }
}
