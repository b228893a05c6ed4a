//! Checks the webhook verifier against a file of test vectors from another implementation.
//!
//! ```text
//! cargo run -p telnyx-messaging --example webhook_vectors -- vectors.json
//! ```
//!
//! The file has the format `{"vectors": [{"name", "public_key_b64", "now", "headers", "body_b64", "expect"}]}`. The value of
//! `expect` is `ok`, `missing_header`, `timestamp_format`, `signature_format`, `signature`, `timestamp` or `key_format`.

use std::collections::HashMap;
use std::error::Error;
use std::time::{Duration, UNIX_EPOCH};
use std::{env, fs};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName};
use serde::Deserialize;
use telnyx_messaging::webhook::{WebhookError, WebhookVerifier};

#[derive(Deserialize)]
struct File {
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    name: String,
    public_key_b64: String,
    now: u64,
    headers: HashMap<String, String>,
    body_b64: String,
    expect: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args().nth(1).ok_or("name the file of vectors")?;
    let file: File = serde_json::from_str(&fs::read_to_string(path)?)?;
    let mut disagreements = 0;
    for vector in &file.vectors {
        let verdict = verdict(vector)?;
        if verdict != vector.expect {
            disagreements += 1;
            println!("{}: expected {}, got {verdict}", vector.name, vector.expect);
        }
    }
    println!(
        "{} vectors, {disagreements} disagreements",
        file.vectors.len()
    );
    if disagreements == 0 {
        Ok(())
    } else {
        Err("the verifier disagrees".into())
    }
}

fn verdict(vector: &Vector) -> Result<&'static str, Box<dyn Error>> {
    let now = UNIX_EPOCH + Duration::from_secs(vector.now);
    let Ok(verifier) = WebhookVerifier::new(&vector.public_key_b64) else {
        return Ok("key_format");
    };
    let mut headers = HeaderMap::new();
    for (name, value) in &vector.headers {
        headers.insert(HeaderName::from_bytes(name.as_bytes())?, value.parse()?);
    }
    let body = STANDARD.decode(&vector.body_b64)?;
    Ok(match verifier.clock(move || now).verify(&headers, &body) {
        Ok(_) => "ok",
        Err(WebhookError::MissingHeader { .. }) => "missing_header",
        Err(WebhookError::MalformedTimestamp) => "timestamp_format",
        Err(WebhookError::MalformedSignature) => "signature_format",
        Err(WebhookError::WrongSignature) => "signature",
        Err(WebhookError::TooOld { .. } | WebhookError::FromTheFuture { .. }) => "timestamp",
        Err(_) => "other",
    })
}
