//! Verifies that a webhook comes from Telnyx.

use std::env;
use std::ffi::OsString;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};

use super::public_key::{PublicKey, PublicKeyError, parse_signature};
use super::{Webhook, WebhookError, WebhookReport, signed_message};

/// The header with the time of the signature, in seconds since 1970.
pub const TIMESTAMP_HEADER: &str = "telnyx-timestamp";

/// The header with the signature.
pub const SIGNATURE_HEADER: &str = "telnyx-signature-ed25519";

const PUBLIC_KEY: &str = "TELNYX_PUBLIC_KEY";

/// The maximum difference between Telnyx's clock and this machine's clock. Telnyx's own clients allow the same five minutes.
const TOLERANCE: Duration = Duration::from_secs(300);

/// Checks that Telnyx signed a webhook, and that the signature is recent.
///
/// Telnyx signs `{timestamp}|{body}` with Ed25519. Create one verifier when the program starts, and share it. Cloning is cheap.
///
/// ```
/// # use telnyx_messaging::webhook::{PublicKeyError, WebhookVerifier};
/// # fn main() -> Result<(), PublicKeyError> {
/// let verifier = WebhookVerifier::new("A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=")?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct WebhookVerifier {
    keys: Vec<PublicKey>,
    tolerance: Duration,
    clock: Arc<dyn Fn() -> SystemTime + Send + Sync>,
    strict_decoding: bool,
    observer: Option<Arc<Told>>,
}

type Told = dyn Fn(&WebhookReport<'_>) + Send + Sync;

impl WebhookVerifier {
    /// Accepts webhooks signed for this public key: the base64 text that Telnyx's portal shows under Account Settings,
    /// Keys & Credentials.
    ///
    /// # Errors
    ///
    /// Fails if the string is not a valid key.
    pub fn new(public_key: impl AsRef<str>) -> Result<Self, PublicKeyError> {
        Ok(Self {
            keys: vec![PublicKey::parse(public_key.as_ref())?],
            tolerance: TOLERANCE,
            clock: Arc::new(SystemTime::now),
            strict_decoding: false,
            observer: None,
        })
    }

    /// Accepts webhooks signed for the public key in the environment variable `TELNYX_PUBLIC_KEY`.
    ///
    /// # Errors
    ///
    /// Fails if the variable is not set or is not a valid key.
    pub fn from_env() -> Result<Self, PublicKeyError> {
        Self::of_variable(env::var_os(PUBLIC_KEY))
    }

    fn of_variable(variable: Option<OsString>) -> Result<Self, PublicKeyError> {
        let public_key = variable.ok_or(PublicKeyError::NotSet)?;
        // What is not UTF-8 is no base64 either.
        Self::new(public_key.to_string_lossy())
    }

    /// Adds a public key: the verifier also accepts webhooks that this key verifies. Use this while you replace an account's key, or
    /// for several accounts.
    ///
    /// With several accounts, [`Webhook::key_index`] says which key fits. If you do not check the key, one account can send
    /// events in the name of another.
    ///
    /// # Errors
    ///
    /// Fails if the string is not a valid key.
    pub fn add_key(mut self, public_key: impl AsRef<str>) -> Result<Self, PublicKeyError> {
        self.keys.push(PublicKey::parse(public_key.as_ref())?);
        Ok(self)
    }

    /// Sets how old a signature may be, and how far in the future. Default: 300 s. A signature exactly this old, or this far in the
    /// future, is valid.
    ///
    /// As long as a signature is valid, somebody can replay the recorded webhook. [`RecentEvents`](super::RecentEvents) detects
    /// such a replay.
    #[must_use]
    pub fn tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// Sets whether an event becomes [`Event::Unrecognized`](super::Event::Unrecognized) if a field does not match the
    /// documentation. Default: `false`, which means that [`Webhook::unread`] lists the field.
    #[must_use]
    pub fn strict_decoding(mut self, strict_decoding: bool) -> Self {
        self.strict_decoding = strict_decoding;
        self
    }

    /// Calls `told` with the result of each verification. Use it for metrics and alerts.
    ///
    /// The function also runs for a request that the axum extractor rejects by its headers, but not for a body that is too large or
    /// breaks off. The function must not block or panic. If you set a second function, it replaces the first.
    #[must_use]
    pub fn on_webhook(mut self, told: impl Fn(&WebhookReport<'_>) + Send + Sync + 'static) -> Self {
        self.observer = Some(Arc::new(told));
        self
    }

    /// Uses this clock instead of the system's, for tests.
    #[must_use]
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Verifies a request by its headers and its body, then reads the event.
    ///
    /// `body` must be the original bytes. If you parse and serialize the JSON, the signature no longer matches.
    ///
    /// # Errors
    ///
    /// Fails if Telnyx did not sign the request, if the signature is not recent, or if the body is not JSON. Does not fail if
    /// this version does not know or cannot read the event, which is then [`Event::Unrecognized`](super::Event::Unrecognized).
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<Webhook, WebhookError> {
        self.verify_signed(Signed::of_headers(headers), body)
    }

    /// Verifies a webhook with these headers, reads it and reports the result. The signed message has the only copy of the body:
    /// [`Webhook::raw`] is a part of that message.
    fn verify_signed(
        &self,
        signed: Result<Signed<'_>, WebhookError>,
        body: &[u8],
    ) -> Result<Webhook, WebhookError> {
        let mut age = None;
        let result = signed.and_then(|signed| {
            let message = signed_message(signed.timestamp, body);
            let key_index = self.check_signature(&signed, &message)?;
            let now = self.now();
            age = now.checked_sub(signed.at).map(Duration::from_secs);
            self.check_time(signed.at, now)?;
            let mut webhook = self.decode(message.slice(signed.timestamp.len() + 1..))?;
            webhook.key_index = Some(key_index);
            Ok(webhook)
        });
        self.tell(result.as_ref(), age);
        result
    }

    /// Reports a request that is rejected because of its headers.
    #[cfg(feature = "axum-0_8")]
    pub(super) fn refuse(&self, error: &WebhookError) {
        self.tell(Err(error), None);
    }

    fn tell(&self, result: Result<&Webhook, &WebhookError>, age: Option<Duration>) {
        if let Some(told) = &self.observer {
            told(&WebhookReport { result, age });
        }
    }

    /// Verifies a webhook from its body and the values of its two headers, [`TIMESTAMP_HEADER`] and [`SIGNATURE_HEADER`]. Use it
    /// with frameworks that have their own header types. Pass an empty string for a header that is missing.
    ///
    /// # Errors
    ///
    /// Fails as [`verify`](Self::verify) does.
    pub fn verify_parts(
        &self,
        timestamp: &str,
        signature: &str,
        body: &[u8],
    ) -> Result<Webhook, WebhookError> {
        self.verify_signed(Signed::of_texts(timestamp, signature), body)
    }

    fn decode(&self, body: Bytes) -> Result<Webhook, WebhookError> {
        Webhook::decode(body, self.strict_decoding).map_err(WebhookError::NotJson)
    }

    /// Returns the index of the key that verifies the signature. The signature is checked before the time, because the time of an
    /// unsigned request proves nothing.
    fn check_signature(&self, signed: &Signed<'_>, message: &[u8]) -> Result<usize, WebhookError> {
        let fits = |key: &PublicKey| key.fits(message, &signed.signature);
        let key_index = self.keys.iter().position(fits);
        key_index.ok_or(WebhookError::WrongSignature)
    }

    /// Seconds since 1970.
    fn now(&self) -> u64 {
        (self.clock)()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_secs())
    }

    fn check_time(&self, signed_at: u64, now: u64) -> Result<(), WebhookError> {
        let distance = Duration::from_secs(now.abs_diff(signed_at));
        if distance <= self.tolerance {
            Ok(())
        } else if signed_at < now {
            Err(WebhookError::TooOld { age: distance })
        } else {
            Err(WebhookError::FromTheFuture { ahead: distance })
        }
    }
}

impl fmt::Debug for WebhookVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookVerifier")
            .field("tolerance", &self.tolerance)
            .finish_non_exhaustive()
    }
}

/// The headers of a webhook, if they are well formed.
pub(super) struct Signed<'a> {
    timestamp: &'a str,
    at: u64,
    signature: [u8; 64],
}

impl<'a> Signed<'a> {
    pub(super) fn of_headers(headers: &'a HeaderMap) -> Result<Self, WebhookError> {
        let timestamp = header(headers, TIMESTAMP_HEADER)?
            .to_str()
            .map_err(|_| WebhookError::MalformedTimestamp)?;
        let signature = header(headers, SIGNATURE_HEADER)?
            .to_str()
            .map_err(|_| WebhookError::MalformedSignature)?;
        Self::of_texts(timestamp, signature)
    }

    fn of_texts(timestamp: &'a str, signature: &str) -> Result<Self, WebhookError> {
        for (name, value) in [(TIMESTAMP_HEADER, timestamp), (SIGNATURE_HEADER, signature)] {
            if value.is_empty() {
                return Err(WebhookError::MissingHeader { name });
            }
        }
        Ok(Self {
            timestamp,
            at: parse_seconds(timestamp).ok_or(WebhookError::MalformedTimestamp)?,
            signature: parse_signature(signature).ok_or(WebhookError::MalformedSignature)?,
        })
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &'static str) -> Result<&'a HeaderValue, WebhookError> {
    headers
        .get(name)
        .ok_or(WebhookError::MissingHeader { name })
}

/// Reads digits only. Rust's own `parse` would accept a `+` too.
fn parse_seconds(text: &str) -> Option<u64> {
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests;
