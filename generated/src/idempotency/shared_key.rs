//! The key that a request shares with its unchanged clones.

use std::process;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::generate_key;
use crate::error::{ConfigError, Outcome};

/// How long a key is kept. Telnyx remembers a key for 24 hours; the hour is for requests under way.
const LIFETIME: Duration = Duration::from_secs(23 * 60 * 60);

/// A key that is generated when a request first needs it. Clones share it.
///
/// A request that is never cloned has no state to share, and pays for none.
#[derive(Default)]
pub(crate) struct SharedKey {
    state: OnceLock<Arc<Mutex<Option<Drawn>>>>,
}

/// A key that was generated, and what became of the requests that carried it.
struct Drawn {
    key: String,
    at: Instant,
    /// The process that generated it: after a fork, parent and child are two senders.
    process: u32,
    /// Calls with this key that have not ended, or ended with their outcome unknown.
    open: u32,
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
        let Some(state) = self.state.get() else {
            return generate_key();
        };
        let mut state = lock(state);
        let drawn = current(&mut state)?;
        drawn.open = drawn.open.saturating_add(1);
        Ok(drawn.key.clone())
    }

    /// Notes how a call with `key` ended. The key is kept as long as a call may still have taken effect.
    pub(crate) fn end(&self, key: &str, outcome: Outcome) {
        let Some(state) = self.state.get() else {
            return;
        };
        let mut state = lock(state);
        let Some(drawn) = state.as_mut().filter(|drawn| drawn.key == key) else {
            return;
        };
        let is_settled = match outcome {
            Outcome::Unknown => false,
            Outcome::Applied => true,
            Outcome::NotApplied => {
                drawn.open = drawn.open.saturating_sub(1);
                drawn.open == 0
            }
        };
        if is_settled {
            *state = None;
        }
    }

    fn state(&self) -> &Arc<Mutex<Option<Drawn>>> {
        self.state.get_or_init(Arc::default)
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
    let process = process::id();
    let is_usable = |drawn: &Drawn| drawn.process == process && drawn.at.elapsed() < LIFETIME;
    let usable = state.take().filter(is_usable);
    let drawn = match usable {
        Some(drawn) => drawn,
        None => Drawn {
            key: generate_key()?,
            at: Instant::now(),
            process,
            open: 0,
        },
    };
    Ok(state.insert(drawn))
}

fn lock(state: &Arc<Mutex<Option<Drawn>>>) -> MutexGuard<'_, Option<Drawn>> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_was_read_is_the_one_that_is_sent() {
        let key = SharedKey::default();
        let read = key.read().unwrap();
        assert_eq!(key.begin().unwrap(), read);
    }

    #[test]
    fn clones_share_a_key_until_one_call_has_ended_for_certain() {
        for (outcome, is_kept) in [
            (Outcome::Applied, false),
            (Outcome::NotApplied, false),
            (Outcome::Unknown, true),
        ] {
            let (one, other) = shared();
            let key = one.begin().unwrap();
            one.end(&key, outcome);
            assert_eq!(other.begin().unwrap() == key, is_kept, "{outcome:?}");
        }
    }

    #[test]
    fn a_refusal_settles_nothing_while_another_call_is_in_doubt() {
        let (one, other) = shared();
        let given_up = one.begin().unwrap();
        let key = other.begin().unwrap();
        other.end(&key, Outcome::NotApplied);
        assert_eq!(other.begin().unwrap(), given_up);
        other.end(&given_up, Outcome::Applied);
        assert_ne!(other.begin().unwrap(), given_up);
    }

    #[test]
    fn a_changed_clone_has_a_key_of_its_own() {
        let (one, mut other) = shared();
        other.detach();
        assert_ne!(one.read().unwrap(), other.read().unwrap());
    }

    #[test]
    fn the_end_of_a_call_with_another_key_changes_nothing() {
        let (one, other) = shared();
        let key = one.begin().unwrap();
        other.end("given", Outcome::Applied);
        assert_eq!(other.begin().unwrap(), key);
    }

    #[tokio::test(start_paused = true)]
    async fn a_key_is_kept_for_23_hours() {
        let (one, other) = shared();
        let key = one.begin().unwrap();
        tokio::time::advance(LIFETIME - Duration::from_secs(1)).await;
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
