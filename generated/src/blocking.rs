//! Blocking calls. Such calls run on a thread of the client, which has its own runtime and its own connections.

#[cfg(test)]
mod tests;

use std::fmt;
use std::io;
use std::mem;
use std::pin::Pin;
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::Error;
use crate::answer::Effort;
use crate::call::{Answered, CallRequest, Ending, Failed};
use crate::error::{ConfigError, Outcome, TransportError};
use crate::observe::Observation;
use crate::trace::CallSpan;
use crate::transport::SendError;

/// How long the waiting thread continues to wait after the call's timeout. By then, the call has normally ended itself, with a
/// better error.
const GRACE: Duration = Duration::from_millis(50);

/// Sends `request` on the client's thread and waits, at most for the call's timeout.
pub(crate) fn run(mut request: Box<CallRequest>) -> Result<(Answered, Ending), Failed> {
    let started = Instant::now();
    let (client, operation) = (request.client().clone(), request.operation().id);
    let label = request.label().cloned();
    // Created here, so that it is within the span of the caller.
    let span = CallSpan::new(request.operation(), &client);
    let not_begun = |error: Error| {
        span.fail(&error);
        let observer = client.inner().observer.as_ref();
        Failed {
            observation: Observation::not_begun(
                observer,
                operation,
                label.as_ref(),
                error.elapsed(),
            ),
            error,
        }
    };
    // The key is known here too, for an error without a response.
    let fixed = request.fix_key().map_err(Error::from);
    let effort = request.effort(fixed.map_err(not_begun)?);
    let timeout = request.limits().timeout;
    let jobs = request.client().inner().blocking.jobs();
    let jobs = jobs.map_err(|error| not_begun(error.into()))?;
    let (sender, receiver) = mpsc::sync_channel(1);
    // Set by the first of the two: the call when it begins, or the thread when it stops waiting.
    let is_decided = Arc::new(AtomicBool::new(false));
    let begins = Arc::clone(&is_decided);
    let sending = request.send_from(started, span.clone());
    let job = Box::pin(CallSpan::carry(async move {
        if !begins.swap(true, Ordering::Relaxed) {
            // The caller may have stopped waiting. In this case, the call reports its end here.
            if let Err(mpsc::SendError(Err(failed))) = sender.send(sending.await) {
                failed.told();
            }
        }
    }));
    let ended = |error, outcome, attempts| {
        let effort = Effort {
            attempts,
            elapsed: started.elapsed(),
            ..effort
        };
        Error::from(TransportError::new(error, outcome, effort))
    };
    if jobs.send(job).is_err() {
        let error = SendError::not_sent("the client's thread has ended");
        return Err(not_begun(ended(error, Outcome::NotApplied, 0)));
    }
    let left = timeout
        .saturating_add(GRACE)
        .saturating_sub(started.elapsed());
    // The caller has stopped waiting, so the call reports its end on the client's thread.
    let begun = |error| Failed {
        observation: Observation::default(),
        error,
    };
    match receiver.recv_timeout(left) {
        Ok(result) => result,
        Err(RecvTimeoutError::Disconnected) => {
            let error = SendError::maybe_sent("the client's thread dropped the call");
            Err(begun(ended(error, Outcome::Unknown, 1)))
        }
        Err(RecvTimeoutError::Timeout) if is_decided.swap(true, Ordering::Relaxed) => {
            let error = SendError::maybe_sent("the client's thread is blocked").with_timeout();
            Err(begun(ended(error, Outcome::Unknown, 1)))
        }
        Err(RecvTimeoutError::Timeout) => {
            let error = SendError::not_begun("the client's thread was blocked");
            Err(not_begun(ended(error, Outcome::NotApplied, 0)))
        }
    }
}

/// The thread of a client, started by its first blocking call. It ends with the client.
pub(crate) struct Blocking {
    /// The process that has the thread. A child process does not inherit the thread.
    process: u32,
    jobs: OnceLock<UnboundedSender<Job>>,
    /// The thread that a child process uses instead. After a fork, locks of the parent's threads may stay closed for ever, so the
    /// child uses none of them.
    child: OnceLock<Box<Self>>,
}

type Job = Pin<Box<dyn Future<Output = ()> + Send>>;

impl Default for Blocking {
    fn default() -> Self {
        Self {
            process: process::id(),
            jobs: OnceLock::new(),
            child: OnceLock::new(),
        }
    }
}

impl Blocking {
    /// The channel to this process's thread.
    fn jobs(&self) -> Result<UnboundedSender<Job>, ConfigError> {
        if self.process != process::id() {
            return self.child.get_or_init(Box::default).jobs();
        }
        if let Some(jobs) = self.jobs.get() {
            return Ok(jobs.clone());
        }
        let started = start().map_err(|error| {
            ConfigError::new("the blocking thread could not be started").caused_by(error)
        })?;
        // If another call was faster, the thread that this call started ends.
        Ok(self.jobs.get_or_init(|| started).clone())
    }
}

impl Drop for Blocking {
    fn drop(&mut self) {
        if self.process != process::id() {
            // Dropping it would wake the parent's thread.
            mem::forget(self.jobs.take());
        }
    }
}

/// Starts the thread. The thread itself creates and drops the runtime, so that no caller's thread must do so.
fn start() -> io::Result<UnboundedSender<Job>> {
    let (jobs, receiver) = unbounded_channel();
    let (started, is_started) = mpsc::sync_channel(1);
    thread::Builder::new()
        // Linux shows 15 characters.
        .name("telnyx-blocking".to_owned())
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

/// Runs jobs concurrently until every sender has been dropped.
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
