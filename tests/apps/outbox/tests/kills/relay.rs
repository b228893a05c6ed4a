//! Forwards bytes between a worker and the mock, and knows whether the worker is waiting for a response.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use telnyx_messaging_mock::Mock;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

use crate::Result;

pub(crate) struct Relay {
    listener: TcpListener,
    /// For each connection so far, whether the worker sent its last bytes.
    waiting: Arc<std::sync::Mutex<Vec<Arc<AtomicBool>>>>,
}

impl Relay {
    pub(crate) fn bind() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        Ok(Self {
            listener,
            waiting: Arc::default(),
        })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.listener.local_addr().expect("it is bound")
    }

    /// Whether one of the worker's requests has no response yet.
    pub(crate) fn waits(&self) -> bool {
        let waiting = self.waiting.lock().expect("nobody panicked");
        waiting.iter().any(|waits| waits.load(Ordering::SeqCst))
    }

    /// Forwards every connection to the mock until this process ends.
    pub(crate) fn start(&self, mock: &Mock) -> Result<()> {
        let listener = tokio::net::TcpListener::from_std(self.listener.try_clone()?)?;
        let waiting = Arc::clone(&self.waiting);
        let base_url = mock.base_url();
        let address = base_url
            .trim_start_matches("http://")
            .trim_end_matches("/v2");
        let address: SocketAddr = address.parse()?;
        tokio::spawn(async move {
            while let Ok((worker, _)) = listener.accept().await {
                let Ok(mock) = TcpStream::connect(address).await else {
                    continue;
                };
                let waits = Arc::new(AtomicBool::new(false));
                waiting
                    .lock()
                    .expect("nobody panicked")
                    .push(Arc::clone(&waits));
                let (from_worker, to_worker) = worker.into_split();
                let (from_mock, to_mock) = mock.into_split();
                tokio::spawn(copy(from_worker, to_mock, Arc::clone(&waits), true));
                tokio::spawn(copy(from_mock, to_worker, waits, false));
            }
        });
        Ok(())
    }
}

/// Copies bytes until one side closes the connection. After each read, sets `waits` to `waits_then`.
async fn copy(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    waits: Arc<AtomicBool>,
    waits_then: bool,
) {
    let mut bytes = vec![0; 16 << 10];
    while let Ok(length @ 1..) = from.read(&mut bytes).await {
        waits.store(waits_then, Ordering::SeqCst);
        if to.write_all(&bytes[..length]).await.is_err() {
            break;
        }
    }
    waits.store(false, Ordering::SeqCst);
}
