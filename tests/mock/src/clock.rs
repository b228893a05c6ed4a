//! The time of a mock.

use std::time::{Duration, SystemTime};

use crate::moment::Moment;

/// The system's time or one that stands still, and how far it was advanced.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    /// Where the time stands still.
    stands_at: Option<Moment>,
    ahead: Duration,
}

impl Clock {
    pub(crate) fn new(stands_at: Option<SystemTime>) -> Result<Self, String> {
        if stands_at.is_some_and(|time| time < SystemTime::UNIX_EPOCH) {
            return Err("the mock knows no time before 1970".to_owned());
        }
        let stands_at = stands_at.map(Moment::from);
        if stands_at.is_some_and(|moment| moment > Moment::LAST) {
            return Err("the mock knows no time after the year 9999".to_owned());
        }
        Ok(Self {
            stands_at,
            ahead: Duration::ZERO,
        })
    }

    pub(crate) fn now(&self) -> Moment {
        let base = self.stands_at.unwrap_or_else(|| SystemTime::now().into());
        base + self.ahead
    }

    /// Whether time passes only by [`advance_to`](Self::advance_to).
    pub(crate) fn stands_still(&self) -> bool {
        self.stands_at.is_some()
    }

    /// Makes it `moment`, unless it is later already.
    pub(crate) fn advance_to(&mut self, moment: Moment) {
        self.ahead += moment.since(self.now());
    }
}
