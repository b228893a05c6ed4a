//! Who signs and verifies: this crate, and Telnyx's clients.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::time::{Duration, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};
use telnyx_messaging::webhook::testing::WebhookSigner;
use telnyx_messaging::webhook::{SIGNATURE_HEADER, WebhookVerifier};

use super::case::{Case, Verdict};
use crate::telnyx_clients::{Language, TelnyxClients};

/// The seed of the account's key; any would do.
const SEED: [u8; 32] = [7; 32];

/// Signs and verifies webhooks.
pub(super) trait Party {
    /// How tables call it.
    fn name(&self) -> &'static str;

    /// Which client of Telnyx's it is, if it is one.
    fn language(&self) -> Option<Language>;

    /// The signature of a webhook, as its header has it.
    fn sign(&mut self, timestamp: u64, body: &[u8]) -> Result<String, String>;

    fn verdict(&mut self, case: &Case) -> Result<Verdict, String>;
}

/// The public key that belongs to every party's signatures.
pub(super) fn public_key() -> String {
    WebhookSigner::from_seed(SEED).public_key()
}

/// This crate.
pub(super) struct ThisCrate;

impl Party for ThisCrate {
    fn name(&self) -> &'static str {
        "this crate"
    }

    fn language(&self) -> Option<Language> {
        None
    }

    fn sign(&mut self, timestamp: u64, body: &[u8]) -> Result<String, String> {
        let time = UNIX_EPOCH + Duration::from_secs(timestamp);
        let headers = WebhookSigner::from_seed(SEED).sign(body, time);
        let signature = headers[SIGNATURE_HEADER].to_str();
        signature
            .map(str::to_owned)
            .map_err(|error| error.to_string())
    }

    fn verdict(&mut self, case: &Case) -> Result<Verdict, String> {
        let Ok(verifier) = WebhookVerifier::new(&case.public_key) else {
            return Ok(Verdict::Refused);
        };
        let now = UNIX_EPOCH + Duration::from_secs(case.now);
        let verified = verifier
            .clock(move || now)
            .verify(&headers(case)?, &case.body);
        Ok(match verified {
            Ok(_) => Verdict::Accepted,
            Err(_) => Verdict::Refused,
        })
    }
}

fn headers(case: &Case) -> Result<HeaderMap, String> {
    let pairs = case.headers.iter().map(|(name, value)| {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|error| error.to_string())?;
        let value = HeaderValue::from_str(value).map_err(|error| error.to_string())?;
        Ok((name, value))
    });
    pairs.collect()
}

/// One of Telnyx's clients in a process of its own, asked by lines of JSON.
pub(super) struct TelnyxClient {
    language: Language,
    process: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl TelnyxClient {
    pub(super) fn start(clients: &TelnyxClients, language: Language) -> Result<Self, String> {
        let process = clients
            .command(language, "webhooks/telnyx_client")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        let mut process =
            process.map_err(|error| format!("cannot start {}: {error}", language.name()))?;
        let (Some(questions), Some(answers)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(format!("{} has no pipes", language.name()));
        };
        Ok(Self {
            language,
            process,
            questions,
            answers: BufReader::new(answers),
        })
    }

    fn ask(&mut self, question: &Value) -> Result<Value, String> {
        let mut answer = String::new();
        writeln!(self.questions, "{question}")
            .and_then(|()| self.answers.read_line(&mut answer))
            .map_err(|error| error.to_string())
            .and_then(|_| serde_json::from_str(&answer).map_err(|error| error.to_string()))
            .map_err(|error| format!("{} does not answer: {error}", self.name()))
    }
}

impl Party for TelnyxClient {
    fn name(&self) -> &'static str {
        self.language.name()
    }

    fn language(&self) -> Option<Language> {
        Some(self.language)
    }

    fn sign(&mut self, timestamp: u64, body: &[u8]) -> Result<String, String> {
        let answer = self.ask(&json!({
            "ask": "sign",
            "seed": STANDARD.encode(SEED),
            "timestamp": timestamp,
            "body": STANDARD.encode(body),
        }))?;
        let signature = answer["signature"].as_str();
        signature
            .map(str::to_owned)
            .ok_or_else(|| format!("{} gives no signature: {answer}", self.name()))
    }

    fn verdict(&mut self, case: &Case) -> Result<Verdict, String> {
        let headers: serde_json::Map<String, Value> = case
            .headers
            .iter()
            .map(|(name, value)| (name.clone(), value.as_str().into()))
            .collect();
        let answer = self.ask(&json!({
            "ask": "verify",
            "public_key": case.public_key,
            "now": case.now,
            "headers": headers,
            "body": STANDARD.encode(&case.body),
        }))?;
        match answer["accepted"].as_bool() {
            Some(true) => Ok(Verdict::Accepted),
            Some(false) => Ok(Verdict::Refused),
            None => Err(format!("{} gives no verdict: {answer}", self.name())),
        }
    }
}

impl Drop for TelnyxClient {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
