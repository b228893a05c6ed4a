//! Calls for threads that wait: a thread with a runtime of the client's own. It has connections of its own too, as every
//! runtime has.

#[cfg(test)]
mod tests;

use std::fmt;
use std::io;
use std::mem;
use std::pin::Pin;
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::Result;
use crate::answer::Effort;
use crate::call::{Answered, CallRequest};
use crate::error::{ConfigError, Outcome, TransportError};
use crate::trace::CallSpan;
use crate::transport::SendError;

/// How long after the call's timeout the waiting thread goes on waiting: the call ends itself by then, and knows more.
const GRACE: Duration = Duration::from_millis(50);

/// Sends `request` on the client's thread and waits, at most for the call's timeout.
pub(crate) fn run(mut request: Box<CallRequest>) -> Result<(Answered, CallSpan)> {
    let started = Instant::now();
    // Known here too, for an error without an answer.
    let idempotency_key = request.fix_key()?;
    let timeout = request.limits().timeout;
    let jobs = request.client().inner().blocking.jobs()?;
    let (sender, receiver) = mpsc::sync_channel(1);
    // Set by who comes first: the call that begins, or the thread that gives it up.
    let is_decided = Arc::new(AtomicBool::new(false));
    let begins = Arc::clone(&is_decided);
    let job = Box::pin(async move {
        if !begins.swap(true, Ordering::Relaxed) {
            // Fails only if the caller's thread is gone.
            let _ = sender.send(request.send_from(started).await);
        }
    });
    let ended = |error, outcome, attempts| {
        let effort = Effort {
            attempts,
            elapsed: started.elapsed(),
            idempotency_key,
            ..Effort::default()
        };
        TransportError::new(error, outcome, effort).into()
    };
    if jobs.send(job).is_err() {
        let error = SendError::not_sent("the client's thread has ended");
        return Err(ended(error, Outcome::NotApplied, 0));
    }
    let left = timeout
        .saturating_add(GRACE)
        .saturating_sub(started.elapsed());
    match receiver.recv_timeout(left) {
        Ok(result) => result,
        Err(RecvTimeoutError::Disconnected) => {
            let error = SendError::maybe_sent("the client's thread gave the call up");
            Err(ended(error, Outcome::Unknown, 1))
        }
        Err(RecvTimeoutError::Timeout) if is_decided.swap(true, Ordering::Relaxed) => {
            let error = SendError::maybe_sent("the client's thread is blocked").with_timeout();
            Err(ended(error, Outcome::Unknown, 1))
        }
        Err(RecvTimeoutError::Timeout) => {
            let error = SendError::not_sent("the client's thread is blocked").with_timeout();
            Err(ended(error, Outcome::NotApplied, 0))
        }
    }
}

/// The thread of a client, started by its first blocking call. It ends with the client.
#[derive(Default)]
pub(crate) struct Blocking {
    worker: Mutex<Option<Worker>>,
}

struct Worker {
    jobs: UnboundedSender<Job>,
    /// The process that has the thread: a child does not inherit it.
    process: u32,
}

type Job = Pin<Box<dyn Future<Output = ()> + Send>>;

impl Blocking {
    /// The way to this process's thread.
    fn jobs(&self) -> Result<UnboundedSender<Job>, ConfigError> {
        let mut worker = self.worker.lock().unwrap_or_else(PoisonError::into_inner);
        let process = process::id();
        match worker.take() {
            Some(own) if own.process == process => {
                return Ok(worker.insert(own).jobs.clone());
            }
            // Dropping it would wake the parent's thread.
            Some(parents) => mem::forget(parents),
            None => {}
        }
        let jobs = start().map_err(|error| {
            ConfigError::new("the blocking thread could not be started").caused_by(error)
        })?;
        Ok(worker.insert(Worker { jobs, process }).jobs.clone())
    }
}

/// Starts the thread. The runtime is made and dropped there, so that no caller's thread is asked to.
fn start() -> io::Result<UnboundedSender<Job>> {
    let (jobs, receiver) = unbounded_channel();
    let (started, is_started) = mpsc::sync_channel(1);
    thread::Builder::new()
        .name("telnyx-messaging".to_owned())
        .spawn(
            move || match runtime::Builder::new_current_thread().enable_all().build() {
                Ok(runtime) => {
                    let _ = started.send(Ok(()));
                    runtime.block_on(work(receiver));
                }
                Err(error) => {
                    let _ = started.send(Err(error));
                }
            },
        )?;
    is_started
        .recv()
        .unwrap_or_else(|_| Err(io::ErrorKind::BrokenPipe.into()))?;
    Ok(jobs)
}

/// Does jobs side by side until every sender is gone.
async fn work(mut jobs: UnboundedReceiver<Job>) {
    while let Some(job) = jobs.recv().await {
        tokio::spawn(job);
    }
}

impl fmt::Debug for Blocking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Blocking").finish_non_exhaustive()
    }
}
