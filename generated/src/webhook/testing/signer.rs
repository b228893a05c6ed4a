//! Signs bodies.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer, SigningKey};
use http::{HeaderMap, HeaderValue};

use crate::webhook::{SIGNATURE_HEADER, TIMESTAMP_HEADER, signed_message};

/// Signs webhooks with a test key instead of Telnyx's key.
#[derive(Clone)]
pub struct WebhookSigner(SigningKey);

impl WebhookSigner {
    /// Creates a signer whose key is derived from the seed. With the same seed, the key and the signatures are the same.
    #[must_use]
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(SigningKey::from_bytes(&seed))
    }

    /// The public key, in the format of Telnyx's portal. Give the key to
    /// [`WebhookVerifier::new`](crate::webhook::WebhookVerifier::new), or set `TELNYX_PUBLIC_KEY`.
    #[must_use]
    pub fn public_key(&self) -> String {
        STANDARD.encode(self.0.verifying_key())
    }

    /// The two headers that Telnyx would send with this body at that time.
    ///
    /// A time before 1970 counts as the start of 1970.
    #[must_use]
    #[expect(clippy::expect_used, reason = "base64 is visible ASCII")]
    pub fn sign(&self, body: impl AsRef<[u8]>, time: SystemTime) -> HeaderMap {
        let seconds = time
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_secs());
        let message = signed_message(&seconds.to_string(), body.as_ref());
        let signature = STANDARD.encode(self.0.sign(&message).to_bytes());
        let mut headers = HeaderMap::new();
        headers.insert(TIMESTAMP_HEADER, HeaderValue::from(seconds));
        headers.insert(
            SIGNATURE_HEADER,
            HeaderValue::from_str(&signature).expect("a header's value"),
        );
        headers
    }
}

/// Shows the public key only.
impl fmt::Debug for WebhookSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookSigner")
            .field("public_key", &self.public_key())
            .finish_non_exhaustive()
    }
}
