//! When it is safe to send a request twice.

mod shared_key;

use std::time::{Duration, SystemTime};

pub(crate) use self::shared_key::{KeyOfCall, SharedKey};

use crate::error::{ConfigError, InvalidRequest};

/// Why an operation may be sent twice, if it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Idempotency {
    /// A repetition has no further effect: GET, DELETE, and operations that the overlay marks.
    Natural,
    /// Telnyx remembers the request's `Idempotency-Key` for 24 hours.
    Key,
    /// Sending the request twice can do the work twice.
    None,
}

/// How long a request may be sent again with the same idempotency key: 23 hours after its first attempt.
///
/// Telnyx remembers a key for 24 hours. The last hour is a margin for requests that are still in progress. After the 24 hours, a
/// request with the same key may send a second message. After 23 hours, the client no longer uses a key that it generated itself.
/// If you store a key, check its age before you send.
///
/// ```
/// use std::time::SystemTime;
/// use telnyx_messaging::IDEMPOTENCY_KEY_LIFETIME;
///
/// fn may_send_again(first_attempt: SystemTime) -> bool {
///     first_attempt.elapsed().is_ok_and(|age| age < IDEMPOTENCY_KEY_LIFETIME)
/// }
/// ```
pub const IDEMPOTENCY_KEY_LIFETIME: Duration = Duration::from_secs(23 * 60 * 60);

/// The time by the system's clock. It goes on while the machine is suspended, which an `Instant` does not on every system.
pub(crate) fn wall_clock() -> SystemTime {
    let now = SystemTime::now();
    #[cfg(test)]
    let now = now + suspended().get();
    now
}

/// How long the machine was suspended in a test.
#[cfg(test)]
pub(crate) fn suspended() -> &'static std::thread::LocalKey<std::cell::Cell<Duration>> {
    thread_local! {
        static SUSPENDED: std::cell::Cell<Duration> = const { std::cell::Cell::new(Duration::ZERO) };
    }
    &SUSPENDED
}

/// The longest key Telnyx accepts.
/// Source: developers.telnyx.com/docs/development/api-fundamentals/idempotency.
const LONGEST_KEY: usize = 255;

/// Refuses what Telnyx would refuse: anything but 1 to 255 of `A-Z a-z 0-9 _ : -`.
pub(crate) fn check_key(key: &str) -> Result<(), InvalidRequest> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'-');
    if key.is_empty() || key.len() > LONGEST_KEY || !key.bytes().all(allowed) {
        return Err(InvalidRequest::new(
            "the idempotency key must be 1 to 255 characters of A-Z, a-z, 0-9, `_`, `:` and `-`",
        ));
    }
    Ok(())
}

/// Generates a key for a request's `idempotency_key`: a UUID v4, as Telnyx recommends.
///
/// A request that sends a message generates its own key. This key is lost if your program crashes after it sends a message and
/// before it records the result. To be safe, first generate a key yourself, and store it with the message. For 24 hours, Telnyx
/// accepts the same request with the same key only once. Send the request again only within [`IDEMPOTENCY_KEY_LIFETIME`]. The
/// example `outbox` shows this.
///
/// A key belongs to the whole organization, and to one method and path. If you generate keys yourself, they must be unique among
/// all programs of your organization.
///
/// ```
/// # fn main() -> telnyx_messaging::Result<()> {
/// let key = telnyx_messaging::new_idempotency_key()?;
/// assert_eq!(key.len(), 36);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// [`Error::Config`](crate::Error::Config) if the operating system has no random bytes.
pub fn new_idempotency_key() -> crate::Result<String> {
    Ok(generate_key()?)
}

/// A UUID of version 4.
pub(crate) fn generate_key() -> Result<String, ConfigError> {
    let mut bytes = [0_u8; 16];
    getrandom::getrandom(&mut bytes).map_err(|error| {
        ConfigError::new(format!(
            "the operating system gave no random bytes for an idempotency key ({error}): set a key yourself"
        ))
    })?;
    Ok(uuid(bytes))
}

fn uuid(bytes: [u8; 16]) -> String {
    /// The version, 4, in bits 76 to 79; the variant, 0b10, in bits 62 and 63 (RFC 9562, section 5.4).
    const FIXED: u128 = 0x4000_8000_0000_0000_0000;
    const FREE: u128 = !0xf000_c000_0000_0000_0000;
    let number = u128::from_be_bytes(bytes) & FREE | FIXED;
    let mut text = String::with_capacity(36);
    for (index, byte) in number.to_be_bytes().into_iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        text.push(digit(byte >> 4));
        text.push(digit(byte & 0xf));
    }
    text
}

/// The hexadecimal digit of a number below 16.
fn digit(number: u8) -> char {
    match number {
        0..10 => char::from(b'0' + number),
        _ => char::from(b'a' - 10 + number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generated_key_is_a_uuid_of_version_4() {
        assert_eq!(uuid([0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(uuid([0x00; 16]), "00000000-0000-4000-8000-000000000000");
        assert_eq!(
            uuid([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]),
            "01020304-0506-4708-890a-0b0c0d0e0f10"
        );
    }

    #[test]
    fn two_generated_keys_differ() {
        assert_ne!(generate_key().unwrap(), generate_key().unwrap());
        check_key(&new_idempotency_key().unwrap()).unwrap();
    }

    #[test]
    fn every_allowed_character_is_accepted() {
        check_key("AZaz09_:-").unwrap();
        check_key(&"k".repeat(255)).unwrap();
    }

    #[test]
    fn every_other_key_is_refused() {
        let too_long = "k".repeat(256);
        for key in [
            "",
            " ",
            "a b",
            "a\r\nb",
            "a\0",
            "é",
            "a.b",
            "a/b",
            "+1",
            too_long.as_str(),
        ] {
            check_key(key).unwrap_err();
        }
    }
}
