//! The advice for each code of `spec/errors.yaml`, and mistakes in that file.

use http::StatusCode;
use serde_json::json;
use serde_yaml::Value;
use telnyx_codegen::{Input, Source, generate_error_codes};
use telnyx_messaging::transport::{MockReply, MockTransport, SendError};
use telnyx_messaging::types::MessageError;
use telnyx_messaging::{Advice, Backoff, Error, ErrorCode, NextStep, Outcome, Verdict};

use crate::{snapshot, spec};

/// The statuses with which Telnyx refuses a message.
const REFUSALS: [u16; 4] = [400, 403, 409, 422];

/// A refusal with a code, and what the catalogue says about the code.
struct Coded {
    code: Option<String>,
    refuses: bool,
    /// The advice after a refusal, and after a failed delivery.
    advice: [Advice; 2],
}

#[tokio::test(start_paused = true)]
async fn the_outcome_of_a_code_depends_on_its_status_and_on_what_came_before() {
    let mut judged = 0;
    for coded in codes() {
        for status in REFUSALS {
            for is_lost in [false, true] {
                let error = refused(status, coded.code.as_deref(), is_lost).await;
                let is_refusal = status != 409 || coded.refuses;
                let outcome = match is_refusal && !is_lost {
                    true => Outcome::NotApplied,
                    false => Outcome::Unknown,
                };
                let context = format!("{status} {:?}, lost before: {is_lost}", coded.code);
                assert_eq!(error.outcome(), outcome, "{context}");
                let is_given_up = error.next_step() == NextStep::GiveUp;
                assert_eq!(error.is_permanent(), is_given_up, "{context}");
                let advice = match outcome {
                    Outcome::NotApplied => coded.advice[0],
                    _ => Advice::Unknown,
                };
                assert_eq!(error.advice(), advice, "{context}");
                let verdict = match outcome {
                    Outcome::NotApplied => Verdict::Refused,
                    _ => Verdict::Unknown,
                };
                assert_eq!(error.verdict(), verdict, "{context}");
                judged += 1;
            }
        }
    }
    assert!(judged > 500, "{judged} combinations");
}

#[tokio::test(start_paused = true)]
async fn a_sender_without_its_registration_is_refused_whatever_the_status_of_the_refusal() {
    for (code, advice) in [
        ("40010", Advice::StopAccount),
        ("40329", Advice::StopSender),
        ("40330", Advice::StopSender),
    ] {
        for status in REFUSALS {
            let error = refused(status, Some(code), false).await;
            assert_eq!(error.verdict(), Verdict::Refused, "{status} {code}");
            assert_eq!(error.advice(), advice, "{status} {code}");
            assert_eq!(error.next_step(), NextStep::Pause, "{status} {code}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_message_that_a_filter_took_for_spam_pauses_its_sender_and_is_kept() {
    for code in ["40015", "40017"] {
        let error = refused(400, Some(code), false).await;
        assert_eq!(error.next_step(), NextStep::Pause, "{code}");
        assert!(!error.is_permanent(), "{code}");
    }
}

#[test]
fn every_code_of_the_catalogue_is_kept_as_it_came() {
    for coded in codes() {
        let text = coded.code.unwrap_or_default();
        assert_eq!(ErrorCode::from(text.as_str()).as_str(), text);
    }
}

#[test]
fn a_delivery_that_failed_has_the_advice_of_its_code() {
    for coded in codes() {
        let error = json!({ "code": coded.code });
        let error: MessageError = serde_json::from_value(error).expect("it is an error");
        assert_eq!(error.advice(), coded.advice[1], "{:?}", coded.code);
    }
}

#[test]
fn every_code_has_its_advice_and_unknown_has_a_reason() {
    let mut table = String::new();
    for (code, entry) in entries() {
        let text = |key: &str| entry[key].as_str().unwrap_or_default().to_owned();
        let known = ErrorCode::from(code.as_str());
        let name = text("name");
        let (advice, reason) = (text("advice"), text("reason"));
        let line = format!("{known} {name}: {advice}; {reason}");
        table.push_str(line.trim_end_matches([' ', ';']));
        table.push('\n');
    }
    snapshot::check("catalogue", "advice", &table);
}

/// The error of a refused request. If `is_lost` is true, the response to an earlier attempt was lost.
async fn refused(status: u16, code: Option<&str>, is_lost: bool) -> Error {
    let body = match code {
        Some(code) => format!(r#"{{"errors":[{{"code":"{code}","title":"Refused"}}]}}"#),
        None => "{}".to_owned(),
    };
    let status = StatusCode::from_u16(status).expect("a status");
    let lost = is_lost.then(|| MockReply::error(SendError::maybe_sent("reset")));
    // If a request with the same key is in progress, the client sends the request again.
    let refusals = std::iter::repeat_with(|| MockReply::status(status, body.clone())).take(8);
    let transport = MockTransport::new(lost.into_iter().chain(refusals));
    let backoff = Backoff::new().first(std::time::Duration::ZERO);
    let client = transport.builder().backoff(backoff).build();
    let client = client.expect("the settings are right");
    let sent = client.messages().send("+13125550001").text("Hi").await;
    sent.expect_err("it is refused")
}

/// Every code of the catalogue, an unknown code, and no code.
fn codes() -> Vec<Coded> {
    let of_catalogue = entries().into_iter().map(|(code, entry)| Coded {
        code: Some(code),
        refuses: entry["refuses"].as_bool() == Some(true),
        advice: match entry["advice"].as_str() {
            Some("allow-recipient") => [Advice::AllowRecipient; 2],
            Some("drop-recipient") => [Advice::DropRecipient; 2],
            Some("fix-message") => [Advice::FixMessage; 2],
            Some("later") => [Advice::LaterSameKey, Advice::LaterNewKey],
            Some("stop-account") => [Advice::StopAccount; 2],
            Some("stop-sender") => [Advice::StopSender; 2],
            _ => [Advice::Unknown; 2],
        },
    });
    let others = [Some("99999".to_owned()), None].map(|code| Coded {
        code,
        refuses: false,
        advice: [Advice::Unknown; 2],
    });
    of_catalogue.chain(others).collect()
}

/// The catalogue as the file has it.
fn entries() -> Vec<(String, Value)> {
    let document = spec::errors().document;
    let catalogue: Value = serde_yaml::from_slice(&document.bytes).expect("it is YAML");
    let entries = catalogue["codes"].as_mapping().expect("there are codes");
    let entries = entries.iter();
    entries
        .map(|(code, entry)| (code.as_str().unwrap_or_default().to_owned(), entry.clone()))
        .collect()
}

#[test]
fn a_catalogue_without_codes_is_a_mistake() {
    let text = mistakes("sources: {}");
    assert!(
        text.contains("the catalogue of errors has no `codes`"),
        "{text}"
    );
}

#[test]
fn a_mistake_in_the_catalogue_is_told_with_its_place() {
    let yaml = "sources:
  page: { url: https://example.com }
codes:
  10x: { advice: later, source: page, name: BAD_DIGITS, meaning: it is wrong. }
  '1': { advice: never, source: page, name: MISSPELT, meaning: it is wrong. }
  '2': { advice: later, source: pages, name: Lower, meaning: it is wrong. }
  '3': { advice: later, source: page, name: SAME, meaning: it is wrong. }
  '4': { advice: later, source: page, name: SAME, meaning: it is wrong. }
  '5': { advice: unknown, reason: nobody knows., source: page, refuses: true }
  '6': { advice: later, source: page, name: SILENT }
  '7': { advice: later, name: SOURCELESS, meaning: it is wrong., nam: X }
  '8': { advice: stop-sende, source: page, name: ASTRAY, meaning: it is wrong. }
  '9': { advice: unknown, source: page, name: BARE, meaning: it is wrong. }
  '10': { source: page, name: HELPLESS, meaning: it is wrong. }
";
    snapshot::check("catalogue", "mistakes", &mistakes(yaml));
}

/// The generator's diagnostics for a catalogue.
fn mistakes(yaml: &str) -> String {
    let input = Input::from(Source {
        name: "errors.yaml".to_owned(),
        bytes: yaml.into(),
    });
    let mistakes = generate_error_codes(&input).expect_err("it has mistakes");
    mistakes.render(&input, false)
}
