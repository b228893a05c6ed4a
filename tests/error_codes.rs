//! What comes of each code of `spec/errors.yaml`, and the mistakes that the catalogue can have.

use http::StatusCode;
use serde_yaml::Value;
use telnyx_codegen::{Input, Source, generate_error_codes};
use telnyx_messaging::transport::{MockReply, MockTransport, SendError};
use telnyx_messaging::{Backoff, Error, ErrorCode, Outcome};

use crate::{snapshot, spec};

/// A code that came with a refusal, and what the catalogue says of it.
struct Coded {
    code: Option<String>,
    refuses: bool,
    is_permanent: bool,
}

#[tokio::test(start_paused = true)]
async fn the_outcome_of_a_code_depends_on_its_status_and_on_what_came_before() {
    let mut judged = 0;
    for coded in codes() {
        for status in [400, 403, 409, 422] {
            for is_lost in [false, true] {
                let error = refused(status, coded.code.as_deref(), is_lost).await;
                let is_refusal = status != 409 || coded.refuses;
                let outcome = match is_refusal && !is_lost {
                    true => Outcome::NotApplied,
                    false => Outcome::Unknown,
                };
                let context = format!("{status} {:?}, lost before: {is_lost}", coded.code);
                assert_eq!(error.outcome(), outcome, "{context}");
                let is_permanent = coded.is_permanent && outcome == Outcome::NotApplied;
                assert_eq!(error.is_permanent(), is_permanent, "{context}");
                judged += 1;
            }
        }
    }
    assert!(judged > 500, "{judged} combinations");
}

#[test]
fn every_code_of_the_catalogue_is_kept_as_it_came() {
    for coded in codes() {
        let text = coded.code.unwrap_or_default();
        assert_eq!(ErrorCode::from(text.as_str()).as_str(), text);
    }
}

/// The error of a send that is refused, after an attempt whose answer was lost if `is_lost`.
async fn refused(status: u16, code: Option<&str>, is_lost: bool) -> Error {
    let body = match code {
        Some(code) => format!(r#"{{"errors":[{{"code":"{code}","title":"Refused"}}]}}"#),
        None => "{}".to_owned(),
    };
    let status = StatusCode::from_u16(status).expect("a status");
    let lost = is_lost.then(|| MockReply::error(SendError::maybe_sent("reset")));
    // A key in progress is asked for again.
    let refusals = std::iter::repeat_with(|| MockReply::status(status, body.clone())).take(8);
    let transport = MockTransport::new(lost.into_iter().chain(refusals));
    let backoff = Backoff::new().first(std::time::Duration::ZERO);
    let client = transport.builder().backoff(backoff).build();
    let client = client.expect("the settings are right");
    let sent = client.messages().send("+13125550001").text("Hi").await;
    sent.expect_err("it is refused")
}

/// Every code of the catalogue, one that nobody knows, and none.
fn codes() -> Vec<Coded> {
    let document = spec::errors().document;
    let catalogue: Value = serde_yaml::from_slice(&document.bytes).expect("it is YAML");
    let entries = catalogue["codes"].as_mapping().expect("there are codes");
    let of_catalogue = entries.iter().map(|(code, entry)| Coded {
        code: code.as_str().map(str::to_owned),
        refuses: entry["refuses"].as_bool() == Some(true),
        is_permanent: entry["class"].as_str() == Some("permanent"),
    });
    let others = [Some("99999".to_owned()), None].map(|code| Coded {
        code,
        refuses: false,
        is_permanent: false,
    });
    of_catalogue.chain(others).collect()
}

#[test]
fn a_mistake_in_the_catalogue_is_told_with_its_place() {
    let yaml = "sources:
  page: { url: https://example.com }
codes:
  10x: { class: retry, source: page, name: BAD_DIGITS, meaning: it is wrong. }
  '1': { class: permament, source: page, name: MISSPELT, meaning: it is wrong. }
  '2': { class: retry, source: pages, name: Lower, meaning: it is wrong. }
  '3': { class: retry, source: page, name: SAME, meaning: it is wrong. }
  '4': { class: retry, source: page, name: SAME, meaning: it is wrong. }
  '5': { class: unknown, source: page, refuses: true }
  '6': { class: retry, source: page, name: SILENT }
  '7': { class: retry, name: SOURCELESS, meaning: it is wrong., clas: retry }
";
    let input = Input {
        document: Source {
            name: "errors.yaml".to_owned(),
            bytes: yaml.into(),
        },
        overlay: None,
        config: None,
    };
    let mistakes = generate_error_codes(&input).expect_err("it has mistakes");
    snapshot::check("catalogue", "mistakes", &mistakes.render(&input, false));
}
