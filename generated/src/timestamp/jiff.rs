//! Conversions to and from the types of the crate `jiff` 1.

use super::{Timestamp, TimestampError};

/// Writes RFC 3339 in UTC.
impl From<jiff::Timestamp> for Timestamp {
    fn from(time: jiff::Timestamp) -> Self {
        Self::from_unix_nanoseconds(time.as_nanosecond())
    }
}

/// Writes RFC 3339 in UTC; the time zone is not kept.
impl From<jiff::ZonedDateTime> for Timestamp {
    fn from(time: jiff::ZonedDateTime) -> Self {
        Self::from(time.timestamp())
    }
}

/// Writes RFC 3339 in UTC; the time zone is not kept.
impl From<&jiff::ZonedDateTime> for Timestamp {
    fn from(time: &jiff::ZonedDateTime) -> Self {
        Self::from(time.timestamp())
    }
}

impl TryFrom<&Timestamp> for jiff::Timestamp {
    type Error = TimestampError;

    fn try_from(timestamp: &Timestamp) -> Result<Self, TimestampError> {
        timestamp.to(|nanoseconds| Self::from_nanosecond(nanoseconds).ok())
    }
}

impl TryFrom<Timestamp> for jiff::Timestamp {
    type Error = TimestampError;

    fn try_from(timestamp: Timestamp) -> Result<Self, TimestampError> {
        Self::try_from(&timestamp)
    }
}

#[cfg(test)]
mod tests {
    use crate::Timestamp;

    #[test]
    fn a_time_goes_there_and_comes_back() {
        for text in ["2025-09-19T16:40:00.000000001Z", "1969-12-31T23:59:59.5Z"] {
            let time = jiff::Timestamp::try_from(&Timestamp::from(text)).unwrap();
            assert_eq!(time.to_string(), text);
            assert_eq!(Timestamp::from(time).as_str(), text);
        }
    }

    #[test]
    fn a_zone_is_converted_to_utc() {
        let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(5));
        let time: jiff::Timestamp = "2026-01-31T12:00:00Z".parse().unwrap();
        let zoned = time.to_zoned_datetime(zone);
        assert_eq!(Timestamp::from(&zoned).as_str(), "2026-01-31T12:00:00Z");
        assert_eq!(Timestamp::from(zoned).as_str(), "2026-01-31T12:00:00Z");
    }

    #[test]
    fn a_timestamp_may_be_given_away() {
        let timestamp = || Timestamp::from("2026-01-31T12:00:00Z");
        assert_eq!(
            jiff::Timestamp::try_from(timestamp()),
            jiff::Timestamp::try_from(&timestamp())
        );
    }

    #[test]
    fn what_is_not_a_time_is_an_error() {
        assert!(jiff::Timestamp::try_from(&Timestamp::from("soon")).is_err());
    }
}
