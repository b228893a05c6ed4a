//! Points in time, in Telnyx's formats.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::open_enum::text_traits;
use crate::verbatim::Verbatim;

#[cfg(feature = "chrono-0_4")]
mod chrono;
#[cfg(feature = "jiff-1")]
mod jiff;
mod rfc3339;
#[cfg(feature = "time-0_3")]
mod time;

/// A point in time, with the string that Telnyx sent.
///
/// Telnyx writes most times as RFC 3339 (`2026-01-31T12:00:00.000Z`), and some with a space instead of the `T`.
/// [`to_system_time`](Self::to_system_time) reads both formats. The type keeps a time in any other format too, so a message with
/// a new format can still be read. `Serialize` writes a string unchanged. Other JSON keeps its value, but its notation may differ
/// (`1.50` becomes `1.5`). If the JSON contains half of a surrogate pair, or a number outside the range of `f64`, `Serialize`
/// writes all of it as one string.
///
/// Two timestamps are equal if their strings are the same: `12:00:00Z` and `12:00:00+00:00` differ. To compare the points in
/// time, compare [`to_system_time`](Self::to_system_time). The features `chrono-0_4`, `time-0_3` and `jiff-1` convert to and from
/// the types of those crates.
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
/// use telnyx_messaging::Timestamp;
///
/// let timestamp = Timestamp::from(UNIX_EPOCH + Duration::from_millis(1_758_300_000_500));
/// assert_eq!(timestamp.as_str(), "2025-09-19T16:40:00.5Z");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Timestamp(Verbatim);

impl Timestamp {
    /// The string, unchanged, or the JSON of a value that is not a string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The point in time. `None` if the string is not RFC 3339, or if the platform's [`SystemTime`] cannot represent the time. A
    /// space may replace the `T`.
    ///
    /// The method ignores digits after the nanosecond, and reads a leap second as the start of the next minute.
    #[must_use]
    pub fn to_system_time(&self) -> Option<SystemTime> {
        let nanoseconds = self.unix_nanoseconds()?;
        let seconds = (nanoseconds / NANOSECONDS_PER_SECOND).unsigned_abs();
        let fraction = (nanoseconds % NANOSECONDS_PER_SECOND).unsigned_abs();
        let distance = Duration::new(seconds.try_into().ok()?, fraction.try_into().ok()?);
        if nanoseconds < 0 {
            UNIX_EPOCH.checked_sub(distance)
        } else {
            UNIX_EPOCH.checked_add(distance)
        }
    }

    /// Nanoseconds since the start of 1970 in UTC.
    fn unix_nanoseconds(&self) -> Option<i128> {
        match &self.0 {
            Verbatim::Text(text) => rfc3339::parse(text),
            Verbatim::Other(_) => None,
        }
    }

    /// The point in time in another type, or an error if that type cannot represent it.
    #[cfg(any(feature = "chrono-0_4", feature = "jiff-1", feature = "time-0_3"))]
    fn to<T>(&self, convert: impl FnOnce(i128) -> Option<T>) -> Result<T, TimestampError> {
        let time = self.unix_nanoseconds().and_then(convert);
        time.ok_or_else(|| TimestampError(self.clone()))
    }

    fn from_unix_nanoseconds(nanoseconds: i128) -> Self {
        Self::from(rfc3339::format(nanoseconds))
    }
}

const NANOSECONDS_PER_SECOND: i128 = 1_000_000_000;

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Verbatim::deserialize(deserializer).map(Self)
    }
}

impl From<&str> for Timestamp {
    fn from(text: &str) -> Self {
        Self(Verbatim::Text(text.into()))
    }
}

text_traits!(Timestamp);

impl From<&Timestamp> for Timestamp {
    fn from(timestamp: &Timestamp) -> Self {
        timestamp.clone()
    }
}

/// Writes RFC 3339 in UTC, with as many digits of the second as there are.
///
/// RFC 3339 has the years 0000 to 9999 only: a time outside them is written with more digits or a sign, and
/// [`to_system_time`](Timestamp::to_system_time) does not read it back.
impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        Self::from_unix_nanoseconds(match time.duration_since(UNIX_EPOCH) {
            Ok(after) => after.as_nanos().cast_signed(),
            Err(before) => -before.duration().as_nanos().cast_signed(),
        })
    }
}

/// As [`to_system_time`](Timestamp::to_system_time), with an error that shows the text.
impl TryFrom<&Timestamp> for SystemTime {
    type Error = TimestampError;

    fn try_from(timestamp: &Timestamp) -> Result<Self, TimestampError> {
        let time = timestamp.to_system_time();
        time.ok_or_else(|| TimestampError(timestamp.clone()))
    }
}

impl TryFrom<Timestamp> for SystemTime {
    type Error = TimestampError;

    fn try_from(timestamp: Timestamp) -> Result<Self, TimestampError> {
        Self::try_from(&timestamp)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}

/// A [`Timestamp`] has an unknown format, or the other type cannot represent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimestampError(Timestamp);

impl fmt::Display for TimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a time in RFC 3339 form, or out of range",
            self.0
        )
    }
}

impl std::error::Error for TimestampError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_scalar_is_kept_and_goes_back_out_as_it_came() {
        for json in [
            r#""2026-01-31T12:00:00Z""#,
            r#""soon""#,
            "1758300000",
            "1.5",
            "true",
            "null",
        ] {
            let timestamp: Timestamp = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&timestamp).unwrap(), json);
        }
    }

    #[test]
    fn any_owner_of_a_text_becomes_a_timestamp() {
        let text = "2026-01-31T12:00:00Z";
        let timestamp = Timestamp::from(text);
        assert_eq!(Timestamp::from(&text.to_owned()), text);
        assert_eq!(Timestamp::from(Box::<str>::from(text)), timestamp);
        assert_eq!(text.parse(), Ok(Timestamp::from(&timestamp)));
        assert_eq!(timestamp.as_ref(), text);
    }

    #[test]
    fn a_number_is_no_point_in_time_because_its_unit_is_unknown() {
        let timestamp: Timestamp = serde_json::from_str("1758300000").unwrap();
        assert_eq!(timestamp.as_str(), "1758300000");
        assert_eq!(timestamp.to_system_time(), None);
    }

    #[test]
    fn a_time_of_the_system_comes_back_from_its_text() {
        for time in [
            UNIX_EPOCH,
            UNIX_EPOCH + Duration::new(1_758_300_000, 631_252_000),
            UNIX_EPOCH + Duration::new(1_758_300_000, 1_000),
            UNIX_EPOCH - Duration::new(1, 500_000_000),
        ] {
            assert_eq!(Timestamp::from(time).to_system_time(), Some(time));
            assert_eq!(SystemTime::try_from(Timestamp::from(time)), Ok(time));
        }
    }

    #[test]
    fn a_text_that_is_no_time_is_an_error_that_shows_it() {
        let error = SystemTime::try_from(&Timestamp::from("soon")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`soon` is not a time in RFC 3339 form, or out of range"
        );
    }

    #[test]
    fn a_time_beyond_the_year_9999_is_written_and_not_read_back() {
        let time = UNIX_EPOCH + Duration::from_secs(253_402_300_800);
        let timestamp = Timestamp::from(time);
        assert_eq!(timestamp.as_str(), "10000-01-01T00:00:00Z");
        assert_eq!(timestamp.to_system_time(), None);
    }

    #[test]
    fn the_same_point_in_two_forms_differs_as_a_timestamp_only() {
        let zulu = Timestamp::from("2026-01-31T12:00:00Z");
        let blank = Timestamp::from("2026-01-31 12:00:00+00:00");
        assert_ne!(zulu, blank);
        assert_eq!(zulu.to_system_time(), blank.to_system_time());
    }
}
