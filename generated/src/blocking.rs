//! Calls for threads that wait: a thread with a runtime and connections of its own.
//!
//! Connections belong to the runtime that opened them: sharing those of the async client would let a blocking call wait
//! for a runtime that nobody drives.

#[cfg(test)]
mod tests;

use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;

use tokio::runtime;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::Result;
use crate::answer::Effort;
use crate::call::{Answered, CallRequest};
use crate::error::Outcome;
use crate::error::{ConfigError, TransportError};
use crate::trace::CallSpan;
use crate::transport::{Builtin, SendError, Sender, Settings};

/// Sends `request` on the client's thread and waits.
pub(crate) fn run(mut request: Box<CallRequest>) -> Result<(Answered, CallSpan)> {
    // Known here too, for an error without an answer.
    let idempotency_key = request.fix_key()?;
    let client = request.client().inner();
    let worker = client.blocking.worker(client.base_url.as_str())?;
    let transport = Arc::clone(&worker.transport);
    let (sender, receiver) = mpsc::sync_channel(1);
    let job = Box::pin(async move {
        // Fails only if the caller's thread is gone.
        let _ = sender.send(request.send_over(transport).await);
    });
    let ended = |error, outcome, attempts| {
        let effort = Effort {
            attempts,
            idempotency_key,
            ..Effort::default()
        };
        TransportError::new(error, outcome, effort)
    };
    if worker.jobs.send(job).is_err() {
        let error = SendError::not_sent("the client's thread has ended");
        return Err(ended(error, Outcome::NotApplied, 0).into());
    }
    receiver.recv().map_err(|_| {
        let error = SendError::maybe_sent("the client's thread gave the call up");
        ended(error, Outcome::Unknown, 1)
    })?
}

/// The thread of a client, started by its first blocking call. It ends with the client.
pub(crate) struct Blocking {
    transport: Option<Arc<dyn Sender>>,
    settings: Settings,
    worker: Mutex<Option<Worker>>,
}

#[derive(Clone)]
struct Worker {
    jobs: UnboundedSender<Job>,
    transport: Arc<dyn Sender>,
}

type Job = Pin<Box<dyn Future<Output = ()> + Send>>;

impl Blocking {
    /// Takes the caller's transport, if there is one, else the settings of the built-in one.
    pub(crate) fn new(transport: Option<Arc<dyn Sender>>, settings: Settings) -> Self {
        Self {
            transport,
            settings,
            worker: Mutex::new(None),
        }
    }

    fn worker(&self, base_url: &str) -> Result<Worker, ConfigError> {
        let mut worker = self.worker.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(worker) = worker.as_ref() {
            return Ok(worker.clone());
        }
        let transport = match &self.transport {
            Some(transport) => Arc::clone(transport),
            None => Arc::new(Builtin::new(base_url, &self.settings)?),
        };
        let jobs = start().map_err(|error| {
            ConfigError::new("the blocking thread could not be started").caused_by(error)
        })?;
        Ok(worker.insert(Worker { jobs, transport }).clone())
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
