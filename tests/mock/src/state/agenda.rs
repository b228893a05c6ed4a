//! Events that happen later, without a request.

use std::collections::BTreeMap;

use crate::moment::Moment;

/// Something that is due.
#[derive(Debug)]
pub(super) enum Due {
    /// A scheduled message goes into the queue.
    Start(String),
    /// The carrier accepts a message.
    Sent(String),
    /// The carrier reports the final status of a message.
    Final(String),
    /// A recipient reads a message.
    Read(String),
    /// A message has waited too long.
    Expire(String),
    /// A phone sends a message.
    Receive {
        from: String,
        to: String,
        text: String,
    },
    /// The mock changes the messaging profile of the phone numbers in a bulk update.
    Update(String),
    /// The mock delivers a webhook. With `again`, the attempt is extra: it does not count towards the maximum.
    Attempt { event_id: String, again: bool },
}

/// What is due, by time and then in the order in which it was put down.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    entries: BTreeMap<(Moment, u64), Due>,
    count: u64,
}

impl Agenda {
    pub(super) fn put(&mut self, at: Moment, due: Due) {
        self.entries.insert((at, self.count), due);
        self.count += 1;
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn next(&self) -> Option<Moment> {
        self.entries.keys().next().map(|(at, _)| *at)
    }

    /// The first entry, if it is due by `now`.
    pub(super) fn take_until(&mut self, now: Moment) -> Option<(Moment, Due)> {
        let entry = self.entries.first_entry()?;
        let (at, _) = *entry.key();
        (at <= now).then(|| (at, entry.remove()))
    }
}
