//! Points in time, to the millisecond.

use std::fmt;
use std::ops::Add;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use telnyx_messaging::Timestamp;

/// Milliseconds since the start of 1970 in UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(u64);

impl Moment {
    /// The end of the year 9999: RFC 3339 writes no later time.
    pub(crate) const LAST: Self = Self(253_402_300_799_999);

    /// How long it is from `earlier` until now; zero if that is not earlier.
    pub(crate) fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }

    pub(crate) fn system_time(self) -> SystemTime {
        UNIX_EPOCH + Duration::from_millis(self.0)
    }

    /// The time as Telnyx writes it in the list of opt-outs: `2025-04-28 12:00:38.631252+00:00`.
    pub(crate) fn with_a_space(self) -> String {
        let text = self.to_string();
        let text = text.trim_end_matches('Z').replace('T', " ");
        let (seconds, fraction) = text.split_once('.').unwrap_or((&text, ""));
        format!("{seconds}.{fraction:0<6}+00:00")
    }

    /// Reads RFC 3339.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Timestamp::from(text).to_system_time().map(Self::from)
    }
}

impl From<SystemTime> for Moment {
    fn from(time: SystemTime) -> Self {
        let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
        Self(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
    }
}

impl Add<Duration> for Moment {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        let milliseconds = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        Self(self.0.saturating_add(milliseconds))
    }
}

/// RFC 3339, in UTC.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Timestamp::from(self.system_time()).fmt(f)
    }
}
