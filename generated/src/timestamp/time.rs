//! Conversions to and from the types of the crate `time` 0.3.

use time::{OffsetDateTime, UtcDateTime};

use super::{Timestamp, TimestampError};

/// Writes RFC 3339 in UTC.
impl From<OffsetDateTime> for Timestamp {
    fn from(time: OffsetDateTime) -> Self {
        Self::from_unix_nanoseconds(time.unix_timestamp_nanos())
    }
}

/// Writes RFC 3339.
impl From<UtcDateTime> for Timestamp {
    fn from(time: UtcDateTime) -> Self {
        Self::from_unix_nanoseconds(time.unix_timestamp_nanos())
    }
}

/// The time in UTC, whatever the offset it was written with.
impl TryFrom<&Timestamp> for OffsetDateTime {
    type Error = TimestampError;

    fn try_from(timestamp: &Timestamp) -> Result<Self, TimestampError> {
        timestamp.to(|nanoseconds| Self::from_unix_timestamp_nanos(nanoseconds).ok())
    }
}

impl TryFrom<&Timestamp> for UtcDateTime {
    type Error = TimestampError;

    fn try_from(timestamp: &Timestamp) -> Result<Self, TimestampError> {
        timestamp.to(|nanoseconds| Self::from_unix_timestamp_nanos(nanoseconds).ok())
    }
}

impl TryFrom<Timestamp> for OffsetDateTime {
    type Error = TimestampError;

    fn try_from(timestamp: Timestamp) -> Result<Self, TimestampError> {
        Self::try_from(&timestamp)
    }
}

impl TryFrom<Timestamp> for UtcDateTime {
    type Error = TimestampError;

    fn try_from(timestamp: Timestamp) -> Result<Self, TimestampError> {
        Self::try_from(&timestamp)
    }
}

#[cfg(test)]
mod tests {
    use time::{OffsetDateTime, UtcDateTime};

    use crate::Timestamp;

    #[test]
    fn a_time_goes_there_and_comes_back() {
        for (text, nanoseconds) in [
            ("2025-09-19T16:40:00.000000001Z", 1_758_300_000_000_000_001),
            ("1969-12-31T23:59:59.5Z", -500_000_000),
        ] {
            let timestamp = Timestamp::from(text);
            let offset = OffsetDateTime::try_from(&timestamp).unwrap();
            let utc = UtcDateTime::try_from(&timestamp).unwrap();
            assert_eq!(offset.unix_timestamp_nanos(), nanoseconds);
            assert_eq!(utc, offset);
            assert_eq!(Timestamp::from(offset), timestamp);
            assert_eq!(Timestamp::from(utc), timestamp);
        }
    }

    #[test]
    fn a_timestamp_may_be_given_away() {
        let timestamp = || Timestamp::from("2026-01-31T12:00:00Z");
        assert_eq!(
            OffsetDateTime::try_from(timestamp()),
            OffsetDateTime::try_from(&timestamp())
        );
        assert_eq!(
            UtcDateTime::try_from(timestamp()),
            UtcDateTime::try_from(&timestamp())
        );
    }

    #[test]
    fn what_is_not_a_time_is_an_error() {
        assert!(OffsetDateTime::try_from(&Timestamp::from("soon")).is_err());
        assert!(UtcDateTime::try_from(&Timestamp::from("soon")).is_err());
    }
}
