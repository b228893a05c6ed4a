//! What verifying and reading a webhook costs beside the two things it cannot do without: checking an Ed25519 signature
//! and decoding JSON into a type.
//!
//! `cargo bench -p telnyx-messaging --features testing --bench webhook` measures both by turns, prints the medians and
//! fails when the first is more than 1.10 times the second.

#![expect(
    clippy::unwrap_used,
    reason = "a bench that cannot prepare has nothing to measure"
)]

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, VerifyingKey};
use serde::Deserialize;
use telnyx_messaging::types::OutboundMessage;
use telnyx_messaging::webhook::testing::{TestEvent, WebhookSigner};
use telnyx_messaging::webhook::{SIGNATURE_HEADER, TIMESTAMP_HEADER, WebhookVerifier};

const BODY_BYTES: usize = 2048;
const ALLOWED_RATIO: f64 = 1.10;
const ROUNDS: usize = 500;
const CALLS_PER_ROUND: u32 = 20;

/// The event as a program would declare it that knows what comes.
#[derive(Deserialize)]
struct BareEvent {
    data: BareData,
}

#[derive(Deserialize)]
struct BareData {
    #[serde(rename = "event_type")]
    _event_type: String,
    #[serde(rename = "id")]
    _id: String,
    #[serde(rename = "occurred_at")]
    _occurred_at: String,
    payload: Box<OutboundMessage>,
}

fn main() -> ExitCode {
    let signer = WebhookSigner::from_seed([7; 32]);
    let body = body();
    let headers = signer.sign(&body, SystemTime::now());
    let verifier = WebhookVerifier::new(signer.public_key()).unwrap();

    let timestamp = headers[TIMESTAMP_HEADER].to_str().unwrap();
    let message = format!("{timestamp}|{body}");
    let key = STANDARD.decode(signer.public_key()).unwrap();
    let key = VerifyingKey::from_bytes(&key.try_into().unwrap()).unwrap();
    let signature = STANDARD.decode(&headers[SIGNATURE_HEADER]).unwrap();
    let signature = Signature::from_slice(&signature).unwrap();

    let whole = || {
        let webhook = verifier.verify(black_box(&headers), black_box(body.as_bytes()));
        black_box(webhook.unwrap());
    };
    let bare = || {
        key.verify_strict(black_box(message.as_bytes()), black_box(&signature))
            .unwrap();
        let event: BareEvent = serde_json::from_slice(black_box(body.as_bytes())).unwrap();
        black_box(event.data.payload);
    };
    let (whole, bare) = medians(whole, bare);
    let ratio = whole.as_secs_f64() / bare.as_secs_f64();
    println!("verify and decode {} bytes: {whole:.1?}", body.len());
    println!("bare verify_strict and bare decode: {bare:.1?}");
    println!("ratio: {ratio:.3}, allowed: {ALLOWED_RATIO:.2}");
    if ratio <= ALLOWED_RATIO {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// An event of a message whose text fills the body up.
fn body() -> String {
    let event = TestEvent::message_finalized();
    let rest = BODY_BYTES - event.clone().text("").to_json().len();
    event.text("a".repeat(rest)).to_json()
}

/// The time of one call of each; taken by turns, so that both meet the same machine.
fn medians(first: impl Fn(), second: impl Fn()) -> (Duration, Duration) {
    let (mut firsts, mut seconds) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        firsts.push(time(&first));
        seconds.push(time(&second));
    }
    (median(firsts), median(seconds))
}

fn time(call: impl Fn()) -> Duration {
    let start = Instant::now();
    for _ in 0..CALLS_PER_ROUND {
        call();
    }
    start.elapsed() / CALLS_PER_ROUND
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
