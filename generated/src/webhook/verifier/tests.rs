use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

use super::*;
use crate::webhook::testing::{TestEvent, WebhookSigner};

const NOW: u64 = 1_769_860_800;
const SEED: [u8; 32] = [7; 32];

fn signer() -> WebhookSigner {
    WebhookSigner::from_seed(SEED)
}

fn verifier() -> WebhookVerifier {
    WebhookVerifier::new(signer().public_key())
        .unwrap()
        .clock(|| at(NOW))
}

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

fn body() -> String {
    TestEvent::inbound_message().to_json()
}

fn signature() -> String {
    header_text(&signer().sign(body(), at(NOW)), SIGNATURE_HEADER)
}

fn header_text(headers: &HeaderMap, name: &str) -> String {
    headers[name].to_str().unwrap().to_owned()
}

fn verify_signed_at(seconds: u64) -> Result<Webhook, WebhookError> {
    verifier().verify(&signer().sign(body(), at(seconds)), body().as_bytes())
}

fn verify_signature(signature: &str) -> Option<WebhookError> {
    verifier()
        .verify_parts(&NOW.to_string(), signature, body().as_bytes())
        .err()
}

fn verify_timestamp(timestamp: &str) -> Option<WebhookError> {
    verifier()
        .verify_parts(timestamp, &signature(), body().as_bytes())
        .err()
}

#[test]
fn a_webhook_that_was_just_signed_is_accepted() {
    let webhook = verify_signed_at(NOW).unwrap();
    assert_eq!(webhook.event_type, "message.received");
    assert_eq!(webhook.raw, body());
}

#[test]
fn the_names_of_the_headers_are_in_lower_case() {
    // HTTP/2 and many frameworks have them so. Other names make this panic.
    for name in [TIMESTAMP_HEADER, SIGNATURE_HEADER] {
        assert_eq!(http::HeaderName::from_static(name), name);
    }
}

#[test]
fn the_parts_are_enough() {
    let webhook = verifier().verify_parts(&NOW.to_string(), &signature(), body().as_bytes());
    assert_eq!(webhook, verify_signed_at(NOW));
}

#[test]
fn bytes_beyond_ascii_are_signed_as_they_are() {
    let body = TestEvent::inbound_message().text("héllo 😀").to_json();
    let headers = signer().sign(&body, at(NOW));
    assert!(verifier().verify(&headers, body.as_bytes()).is_ok());
}

#[test]
fn the_tolerance_is_300_seconds_and_includes_both_ends() {
    assert!(verify_signed_at(NOW - 300).is_ok());
    assert!(verify_signed_at(NOW + 300).is_ok());
    let (age, ahead) = (Duration::from_secs(301), Duration::from_secs(301));
    assert_eq!(
        verify_signed_at(NOW - 301),
        Err(WebhookError::TooOld { age })
    );
    assert_eq!(
        verify_signed_at(NOW + 301),
        Err(WebhookError::FromTheFuture { ahead })
    );
}

#[test]
fn another_tolerance_counts_instead() {
    let verifier = verifier().tolerance(Duration::from_secs(10));
    let verify = |seconds| verifier.verify(&signer().sign(body(), at(seconds)), body().as_bytes());
    assert!(verify(NOW - 10).is_ok());
    assert!(verify(NOW - 11).is_err());
}

#[test]
fn the_systems_clock_counts_unless_another_is_given() {
    let verifier = WebhookVerifier::new(signer().public_key()).unwrap();
    let headers = signer().sign(body(), SystemTime::now());
    assert!(verifier.verify(&headers, body().as_bytes()).is_ok());
}

#[test]
fn the_same_json_written_otherwise_has_another_signature() {
    let headers = signer().sign(body(), at(NOW));
    let written_again = body().replace("\":", "\": ");
    assert_eq!(
        verifier().verify(&headers, written_again.as_bytes()),
        Err(WebhookError::WrongSignature)
    );
}

#[test]
fn no_byte_of_the_body_can_change() {
    let signed = br#"{"data":{"id":"5"}}"#;
    let headers = signer().sign(signed, at(NOW));
    for position in 0..signed.len() {
        let mut body = signed.to_vec();
        body[position] ^= 1;
        assert_eq!(
            verifier().verify(&headers, &body),
            Err(WebhookError::WrongSignature)
        );
    }
}

#[test]
fn the_timestamp_is_signed_too() {
    let later = (NOW + 1).to_string();
    assert_eq!(verify_timestamp(&later), Some(WebhookError::WrongSignature));
}

#[test]
fn a_signature_over_another_separator_does_not_fit() {
    let signature = signer().sign(format!("{NOW}.{}", body()), at(NOW));
    let signature = header_text(&signature, SIGNATURE_HEADER);
    assert_eq!(
        verify_signature(&signature),
        Some(WebhookError::WrongSignature)
    );
}

#[test]
fn a_signature_with_another_key_does_not_fit() {
    let headers = WebhookSigner::from_seed([8; 32]).sign(body(), at(NOW));
    assert_eq!(
        verifier().verify(&headers, body().as_bytes()),
        Err(WebhookError::WrongSignature)
    );
}

#[test]
fn each_of_several_keys_is_accepted_and_named() {
    let (old, new) = (signer(), WebhookSigner::from_seed([8; 32]));
    let verifier = verifier().add_key(new.public_key()).unwrap();
    for (index, signer) in [old, new].into_iter().enumerate() {
        let headers = signer.sign(body(), at(NOW));
        let webhook = verifier.verify(&headers, body().as_bytes()).unwrap();
        assert_eq!(webhook.key_index(), Some(index));
    }
    assert_eq!(
        Webhook::from_verified_json(body()).unwrap().key_index(),
        None
    );
}

#[test]
fn a_missing_header_is_named() {
    for name in [TIMESTAMP_HEADER, SIGNATURE_HEADER] {
        let mut headers = signer().sign(body(), at(NOW));
        headers.remove(name);
        assert_eq!(
            verifier().verify(&headers, body().as_bytes()),
            Err(WebhookError::MissingHeader { name })
        );
    }
}

#[test]
fn an_empty_header_is_missing() {
    let missing = |name| Some(WebhookError::MissingHeader { name });
    assert_eq!(verify_timestamp(""), missing(TIMESTAMP_HEADER));
    assert_eq!(verify_signature(""), missing(SIGNATURE_HEADER));
}

#[test]
fn a_timestamp_is_digits_and_nothing_else() {
    for timestamp in [
        "12x",
        "-1769860800",
        "+1769860800",
        " 1769860800",
        "1769860800 ",
        "1769860800.0",
        "1_769_860_800",
        "99999999999999999999",
        "١٧٦٩٨٦٠٨٠٠",
    ] {
        assert_eq!(
            verify_timestamp(timestamp),
            Some(WebhookError::MalformedTimestamp),
            "{timestamp}"
        );
    }
}

#[test]
fn a_timestamp_at_the_end_of_time_is_from_the_future() {
    let ahead = Duration::from_secs(u64::MAX - NOW);
    assert_eq!(
        verifier().check_time(u64::MAX, NOW),
        Err(WebhookError::FromTheFuture { ahead })
    );
}

#[test]
fn a_signature_is_standard_base64_of_64_bytes() {
    let bytes = STANDARD.decode(signature()).unwrap();
    assert_eq!(verify_signature(&signature()), None);
    for malformed in [
        "!!!not-base64!!!".to_owned(),
        STANDARD.encode(&bytes[..63]),
        STANDARD.encode([&bytes[..], &[0]].concat()),
        URL_SAFE.encode(&bytes),
        signature().trim_end_matches('=').to_owned(),
        format!("{} ", signature()),
    ] {
        assert_eq!(
            verify_signature(&malformed),
            Some(WebhookError::MalformedSignature),
            "{malformed}"
        );
    }
}

#[test]
fn a_signature_with_a_bit_changed_does_not_fit() {
    let bytes = STANDARD.decode(signature()).unwrap();
    for position in 0..bytes.len() {
        let mut bytes = bytes.clone();
        bytes[position] ^= 1;
        assert_eq!(
            verify_signature(&STANDARD.encode(bytes)),
            Some(WebhookError::WrongSignature)
        );
    }
}

#[test]
fn a_signed_body_that_is_not_json_says_so() {
    for body in [&b"not json"[..], b"", b"{", b"{} {}", b"\xff", b"\0{}"] {
        let error = verifier()
            .verify(&signer().sign(body, at(NOW)), body)
            .unwrap_err();
        assert!(matches!(error, WebhookError::NotJson(_)), "{error}");
    }
}

#[test]
fn what_is_malformed_is_answered_400_and_what_is_not_to_be_trusted_403() {
    let status = |error: Option<WebhookError>| error.unwrap().status().as_u16();
    assert_eq!(status(verify_timestamp("soon")), 400);
    assert_eq!(status(verify_signature("!")), 400);
    assert_eq!(status(verifier().verify(&HeaderMap::new(), b"").err()), 400);
    assert_eq!(status(verify_signature(&STANDARD.encode([0; 64]))), 403);
    assert_eq!(status(verify_signed_at(NOW - 301).err()), 403);
    assert_eq!(status(verify_signed_at(NOW + 301).err()), 403);
}

#[test]
fn a_variable_that_is_not_utf_8_is_not_a_missing_one() {
    let error = |variable| WebhookVerifier::of_variable(variable).err();
    assert_eq!(error(None), Some(PublicKeyError::NotSet));
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStringExt;
        let latin1 = OsString::from_vec(vec![0xff]);
        assert_eq!(error(Some(latin1)), Some(PublicKeyError::NotBase64));
    }
    assert_eq!(error(Some(signer().public_key().into())), None);
}

#[test]
fn the_age_is_told_whenever_the_signature_fits() {
    let told = Arc::<std::sync::Mutex<Vec<_>>>::default();
    let ages = Arc::clone(&told);
    let verifier = verifier().on_webhook(move |report| ages.lock().unwrap().push(report.age));
    for (body, age) in [("{}", 2), ("no JSON", 3), ("{}", 301)] {
        let headers = signer().sign(body, at(NOW - age));
        let _ = verifier.verify(&headers, body.as_bytes());
    }
    let _ = verifier.verify(&signer().sign("{}", at(NOW + 1)), b"{}");
    let _ = verifier.verify(&signer().sign("{}", at(NOW)), b"[]");
    let seconds = |age| Some(Duration::from_secs(age));
    let expected = [seconds(2), seconds(3), seconds(301), None, None];
    assert_eq!(*told.lock().unwrap(), expected);
}
