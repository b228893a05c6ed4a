//! The key that a request shares with its unchanged clones.

use std::process;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use tokio::time::Instant;

use super::{IDEMPOTENCY_KEY_LIFETIME, generate_key};
use crate::error::ConfigError;

/// A key that is generated when a request first needs it. Clones share it.
///
/// A request that is never cloned has no state to share, and pays for none.
#[derive(Default)]
pub(crate) struct SharedKey {
    state: OnceLock<State>,
}

type State = Arc<Mutex<Option<Drawn>>>;

/// A key that was generated.
struct Drawn {
    key: String,
    /// When, by a clock that nobody sets: a key that is still needed must not be dropped. A key that Telnyx forgot while the machine
    /// slept is no worse than a new one.
    at: Instant,
    /// The process that generated it: after a fork, parent and child are two senders.
    process: u32,
}

impl Drawn {
    fn new() -> Result<Self, ConfigError> {
        Ok(Self {
            key: generate_key()?,
            at: Instant::now(),
            process: process::id(),
        })
    }

    fn is_usable(&self) -> bool {
        self.process == process::id() && self.at.elapsed() < IDEMPOTENCY_KEY_LIFETIME
    }
}

impl SharedKey {
    /// Gives this request a key of its own: it is another request from now on.
    #[allow(
        dead_code,
        reason = "a document may have no operation that takes a key"
    )]
    pub(crate) fn detach(&mut self) {
        self.state.take();
    }

    /// The key that the next call carries.
    #[allow(
        dead_code,
        reason = "a document may have no operation that takes a key"
    )]
    pub(crate) fn read(&self) -> Result<String, ConfigError> {
        let mut state = lock(self.state());
        Ok(current(&mut state)?.key.clone())
    }

    /// The key of a call that begins.
    pub(crate) fn begin(&self) -> Result<String, ConfigError> {
        match self.state.get() {
            Some(state) => Ok(current(&mut lock(state))?.key.clone()),
            None => generate_key(),
        }
    }

    /// The key of a call, if clones may share it.
    pub(crate) fn of_call(&self, key: Option<&str>) -> Option<KeyOfCall> {
        Some(KeyOfCall {
            state: Arc::clone(self.state.get()?),
            key: key?.to_owned(),
        })
    }

    fn state(&self) -> &State {
        self.state.get_or_init(State::default)
    }
}

/// The key of one call, which clones of its request share.
pub(crate) struct KeyOfCall {
    state: State,
    key: String,
}

impl KeyOfCall {
    /// Stops the use of the key, because the caller has the response. From now on, a clone is a new message.
    ///
    /// Nothing else retires a key: after an error, or without an end, a repetition with the same key does no harm.
    pub(crate) fn retire(self) {
        let mut state = lock(&self.state);
        if state.as_ref().is_some_and(|drawn| drawn.key == self.key) {
            *state = None;
        }
    }
}

impl Clone for SharedKey {
    fn clone(&self) -> Self {
        Self {
            state: Arc::clone(self.state()).into(),
        }
    }
}

/// The key that is there, or a new one.
fn current(state: &mut Option<Drawn>) -> Result<&mut Drawn, ConfigError> {
    let drawn = match state.take().filter(Drawn::is_usable) {
        Some(drawn) => drawn,
        None => Drawn::new()?,
    };
    Ok(state.insert(drawn))
}

fn lock(state: &State) -> MutexGuard<'_, Option<Drawn>> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_key_that_was_read_is_the_one_that_is_sent() {
        let key = SharedKey::default();
        let read = key.read().unwrap();
        assert_eq!(key.begin().unwrap(), read);
    }

    #[test]
    fn clones_share_a_key_until_one_call_has_its_response() {
        let (one, other) = shared();
        let key = one.begin().unwrap();
        assert_eq!(other.begin().unwrap(), key);
        drop(one.of_call(Some(&key)));
        assert_eq!(other.begin().unwrap(), key);
        one.of_call(Some(&key)).unwrap().retire();
        assert_ne!(other.begin().unwrap(), key);
    }

    #[test]
    fn a_late_response_does_not_retire_the_next_key() {
        let (one, other) = shared();
        let key = one.begin().unwrap();
        let late = other.of_call(Some(&key)).unwrap();
        one.of_call(Some(&key)).unwrap().retire();
        let next = one.begin().unwrap();
        late.retire();
        assert_eq!(other.begin().unwrap(), next);
    }

    #[test]
    fn a_changed_clone_has_a_key_of_its_own() {
        let (one, mut other) = shared();
        other.detach();
        assert_ne!(one.read().unwrap(), other.read().unwrap());
    }

    #[test]
    fn a_response_to_a_call_with_another_key_changes_nothing() {
        let (one, other) = shared();
        let key = one.begin().unwrap();
        other.of_call(Some("given")).unwrap().retire();
        assert_eq!(other.begin().unwrap(), key);
    }

    #[test]
    fn a_request_without_clones_has_nothing_to_retire() {
        let key = SharedKey::default();
        assert!(key.of_call(Some(&key.begin().unwrap())).is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn a_key_is_kept_for_23_hours() {
        let (one, other) = shared();
        let key = one.begin().unwrap();
        tokio::time::advance(IDEMPOTENCY_KEY_LIFETIME - Duration::from_secs(1)).await;
        assert_eq!(other.begin().unwrap(), key);
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_ne!(other.begin().unwrap(), key);
    }

    #[test]
    fn a_key_of_another_process_is_not_used() {
        let key = SharedKey::default();
        let parents = key.read().unwrap();
        lock(key.state()).as_mut().unwrap().process ^= 1;
        assert_ne!(key.read().unwrap(), parents);
    }

    fn shared() -> (SharedKey, SharedKey) {
        let key = SharedKey::default();
        (key.clone(), key)
    }
}
