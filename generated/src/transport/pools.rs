//! A pool of connections for each runtime.
//!
//! A connection belongs to the runtime that opened it. If another runtime used the connection, a request would wait until the
//! first runtime runs. After a fork, a child process would share the connection with its parent.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::runtime::{Handle, Id};

use super::SendError;
use super::settings::{Settings, client};
use super::tls::Tls;
use crate::error::ConfigError;

/// The maximum number of runtimes that keep connections. Some web servers have a runtime for each processor, and a test suite has
/// one for each test.
const MOST_RUNTIMES: usize = 256;

pub(super) struct Pools {
    settings: Settings,
    tls: Tls,
    /// The pools. The pool that was used last is the last one.
    pools: Mutex<Vec<Pool>>,
}

struct Pool {
    /// `None` until a runtime takes it.
    runtime: Option<Id>,
    client: reqwest::Client,
}

impl Pools {
    /// Creates the first pool, so that invalid settings fail here.
    pub(super) fn new(settings: &Settings) -> Result<Self, ConfigError> {
        let tls = Tls::new(&settings.root_certificates)?;
        let first = Pool {
            runtime: None,
            client: client(settings, &tls)?,
        };
        Ok(Self {
            settings: settings.clone(),
            tls,
            pools: Mutex::new(vec![first]),
        })
    }

    /// The pool of the runtime that polls the request.
    pub(super) fn here(&self) -> Result<reqwest::Client, SendError> {
        let runtime = Handle::try_current().map_err(SendError::not_sent)?.id();
        if let Some(client) = find(&mut self.lock(), runtime) {
            return Ok(client);
        }
        // Runs without the lock, because other runtimes may send at the same time.
        let client = client(&self.settings, &self.tls).map_err(SendError::not_sent)?;
        Ok(self.keep(runtime, client))
    }

    /// Stores the pool of a runtime, unless another thread of the runtime was faster. Returns the stored pool.
    fn keep(&self, runtime: Id, client: reqwest::Client) -> reqwest::Client {
        let mut pools = self.lock();
        if let Some(faster) = find(&mut pools, runtime) {
            return faster;
        }
        if pools.len() == MOST_RUNTIMES {
            pools.remove(0);
        }
        pools.push(Pool {
            runtime: Some(runtime),
            client: client.clone(),
        });
        client
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Pool>> {
        self.pools.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The pool of a runtime, or one that no runtime has taken.
fn find(pools: &mut Vec<Pool>, runtime: Id) -> Option<reqwest::Client> {
    let is_ours = |pool: &Pool| pool.runtime.is_none_or(|other| other == runtime);
    let index = pools.iter().position(is_ours)?;
    if index + 1 < pools.len() {
        let pool = pools.remove(index);
        pools.push(pool);
    }
    let pool = pools.last_mut()?;
    pool.runtime = Some(runtime);
    Some(pool.client.clone())
}

#[cfg(test)]
mod tests {
    use tokio::runtime::Builder;

    use super::*;

    #[test]
    fn a_runtime_keeps_its_pool_and_the_number_of_pools_is_bounded() {
        let pools = Pools::new(&Settings::default()).unwrap();
        let runtimes: Vec<_> = (0..MOST_RUNTIMES + 2)
            .map(|_| Builder::new_current_thread().build().unwrap())
            .collect();
        for runtime in &runtimes {
            for _ in 0..2 {
                runtime.block_on(async { pools.here() }).unwrap();
            }
        }
        // The oldest remaining pool is used again, so another pool makes room.
        runtimes[2].block_on(async { pools.here() }).unwrap();
        let newest = Builder::new_current_thread().build().unwrap();
        newest.block_on(async { pools.here() }).unwrap();
        let kept: Vec<_> = pools.lock().iter().map(|pool| pool.runtime).collect();
        let last = runtimes[4..].iter().chain([&runtimes[2], &newest]);
        let last: Vec<_> = last.map(|runtime| Some(runtime.handle().id())).collect();
        assert_eq!(kept, last);
    }

    #[test]
    fn two_threads_of_a_runtime_get_one_pool() {
        let pools = Pools::new(&Settings::default()).unwrap();
        let runtime = Builder::new_current_thread().build().unwrap();
        let id = runtime.handle().id();
        pools.lock().clear();
        let made = || client(&pools.settings, &pools.tls).unwrap();
        pools.keep(id, made());
        pools.keep(id, made());
        assert_eq!(pools.lock().len(), 1);
    }

    #[test]
    fn outside_of_a_runtime_nothing_is_sent() {
        let pools = Pools::new(&Settings::default()).unwrap();
        assert!(pools.here().unwrap_err().is_not_sent());
    }
}
