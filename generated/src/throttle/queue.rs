//! The calls that wait at a gate.

use std::collections::VecDeque;
use std::sync::Arc;

use tokio::sync::Notify;

/// The waiting calls, in the order of their tickets. A call is woken when it becomes the first.
#[derive(Default)]
pub(super) struct Queue {
    calls: VecDeque<(u64, Arc<Notify>)>,
}

impl Queue {
    pub(super) fn len(&self) -> usize {
        self.calls.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.calls.is_empty()
    }

    pub(super) fn first(&self) -> Option<u64> {
        self.calls.front().map(|(ticket, _)| *ticket)
    }

    pub(super) fn last(&self) -> Option<u64> {
        self.calls.back().map(|(ticket, _)| *ticket)
    }

    /// The number of waiting calls with an older ticket.
    pub(super) fn before(&self, ticket: u64) -> usize {
        let (Ok(before) | Err(before)) = self.find(ticket);
        before
    }

    /// Adds a call at the place of its ticket, unless the call is already in the queue.
    pub(super) fn join(&mut self, ticket: u64, woken: &Arc<Notify>) {
        if let Err(before) = self.find(ticket) {
            self.calls.insert(before, (ticket, Arc::clone(woken)));
        }
    }

    pub(super) fn leave(&mut self, ticket: u64) {
        let Ok(before) = self.find(ticket) else {
            return;
        };
        self.calls.remove(before);
        if before == 0
            && let Some((_, first)) = self.calls.front()
        {
            first.notify_one();
        }
    }

    /// Removes the calls with an older ticket. These calls can join again.
    pub(super) fn skip_before(&mut self, ticket: u64) {
        self.calls.drain(..self.before(ticket));
    }

    fn find(&self, ticket: u64) -> Result<usize, usize> {
        self.calls
            .binary_search_by_key(&ticket, |(other, _)| *other)
    }
}
