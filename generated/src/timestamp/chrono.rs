//! Conversions to and from the types of the crate `chrono` 0.4.

use chrono::{DateTime, TimeZone, Utc};

use super::{NANOSECONDS_PER_SECOND, Timestamp, TimestampError};

/// Writes RFC 3339 in UTC.
impl<Tz: TimeZone> From<DateTime<Tz>> for Timestamp {
    fn from(time: DateTime<Tz>) -> Self {
        let seconds = i128::from(time.timestamp()) * NANOSECONDS_PER_SECOND;
        Self::from_unix_nanoseconds(seconds + i128::from(time.timestamp_subsec_nanos()))
    }
}

impl TryFrom<&Timestamp> for DateTime<Utc> {
    type Error = TimestampError;

    fn try_from(timestamp: &Timestamp) -> Result<Self, TimestampError> {
        timestamp.to(|nanoseconds| {
            let seconds = nanoseconds.div_euclid(NANOSECONDS_PER_SECOND);
            let nanosecond = nanoseconds.rem_euclid(NANOSECONDS_PER_SECOND);
            Self::from_timestamp(seconds.try_into().ok()?, nanosecond.try_into().ok()?)
        })
    }
}

impl TryFrom<Timestamp> for DateTime<Utc> {
    type Error = TimestampError;

    fn try_from(timestamp: Timestamp) -> Result<Self, TimestampError> {
        Self::try_from(&timestamp)
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, FixedOffset, Utc};

    use crate::Timestamp;

    #[test]
    fn a_time_goes_there_and_comes_back() {
        for text in ["2025-09-19T16:40:00.000000001Z", "1969-12-31T23:59:59.5Z"] {
            let time = DateTime::<Utc>::try_from(&Timestamp::from(text)).unwrap();
            assert_eq!(time, text.parse::<DateTime<Utc>>().unwrap());
            assert_eq!(Timestamp::from(time).as_str(), text);
        }
    }

    #[test]
    fn a_zone_is_converted_to_utc() {
        let time: DateTime<FixedOffset> = "2026-01-31T17:30:00+05:30".parse().unwrap();
        assert_eq!(Timestamp::from(time).as_str(), "2026-01-31T12:00:00Z");
    }

    #[test]
    fn a_timestamp_may_be_given_away() {
        let timestamp = || Timestamp::from("2026-01-31T12:00:00Z");
        assert_eq!(
            DateTime::<Utc>::try_from(timestamp()),
            DateTime::<Utc>::try_from(&timestamp())
        );
    }

    #[test]
    fn what_is_not_a_time_is_an_error_that_names_it() {
        let error = DateTime::<Utc>::try_from(&Timestamp::from("soon")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`soon` is not a time in RFC 3339 form, or out of range"
        );
    }
}
