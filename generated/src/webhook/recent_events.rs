//! Recognizes events that have arrived before.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

/// Remembers the ids of recent events, to recognize an event that comes twice.
///
/// Telnyx sends an event again if it gets no 2xx in time, even if you handled the event. The type recognizes events within one
/// process only, and only while it remembers them. If you run several processes, store the ids in a shared database.
///
/// ```
/// use telnyx_messaging::webhook::RecentEvents;
///
/// let mut recent = RecentEvents::with_capacity(10_000);
/// assert!(recent.insert("b301ed3f-1490-491f-995f-6e64e69674d4"));
/// assert!(!recent.insert("b301ed3f-1490-491f-995f-6e64e69674d4"));
/// ```
#[derive(Clone, Debug)]
pub struct RecentEvents {
    capacity: usize,
    known: HashSet<Arc<str>>,
    oldest_first: VecDeque<Arc<str>>,
}

impl RecentEvents {
    /// Remembers up to `capacity` ids. A `capacity` of 0 counts as 1. Each id takes about 100 bytes.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        Self {
            capacity: capacity.max(1),
            known: HashSet::new(),
            oldest_first: VecDeque::new(),
        }
    }

    /// Remembers the id. If the capacity is reached, the oldest id is evicted. Returns `false` if the id is already known, which
    /// means that the event is a repeat.
    pub fn insert(&mut self, id: impl AsRef<str>) -> bool {
        let id: Arc<str> = Arc::from(id.as_ref());
        if !self.known.insert(Arc::clone(&id)) {
            return false;
        }
        self.oldest_first.push_back(id);
        if self.oldest_first.len() > self.capacity
            && let Some(oldest) = self.oldest_first.pop_front()
        {
            self.known.remove(&oldest);
        }
        true
    }

    /// Forgets an id. Call this if your handler failed, so that Telnyx's next attempt is not skipped. Returns `false` if the id
    /// was unknown.
    pub fn remove(&mut self, id: impl AsRef<str>) -> bool {
        let id = id.as_ref();
        if !self.known.remove(id) {
            return false;
        }
        self.oldest_first.retain(|known| **known != *id);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::RecentEvents;

    #[test]
    fn an_event_is_new_once() {
        let mut recent = RecentEvents::with_capacity(2);
        assert!(recent.insert("a"));
        assert!(!recent.insert("a"));
    }

    #[test]
    fn the_oldest_event_is_forgotten_first() {
        let mut recent = RecentEvents::with_capacity(2);
        for id in ["a", "b", "c"] {
            assert!(recent.insert(id));
        }
        assert!(!recent.insert("b"));
        assert!(!recent.insert("c"));
        assert!(recent.insert("a"));
    }

    #[test]
    fn a_duplicate_pushes_nothing_out() {
        let mut recent = RecentEvents::with_capacity(2);
        for id in ["a", "b", "b", "b"] {
            recent.insert(id);
        }
        assert!(!recent.insert("a"));
    }

    #[test]
    fn a_removed_event_is_new_again_and_takes_one_place() {
        let mut recent = RecentEvents::with_capacity(2);
        recent.insert("a");
        recent.insert("b");
        assert!(recent.remove("a"));
        assert!(!recent.remove("a"));
        assert!(recent.insert("a"));
        assert!(!recent.insert("b"));
    }

    #[test]
    fn no_capacity_is_a_capacity_of_one() {
        let mut recent = RecentEvents::with_capacity(0);
        assert!(recent.insert("a"));
        assert!(!recent.insert("a"));
        assert!(recent.insert("b"));
    }
}
