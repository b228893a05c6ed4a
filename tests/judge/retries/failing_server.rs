//! A server that fails, and keeps the idempotency key of each POST it sees.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// A message as Telnyx would answer it.
const MESSAGE: &str = r#"{"data":{"id":"40385f64-5717-4562-b3fc-2c963f66afa6"}}"#;

/// How the server fails.
#[derive(Clone, Copy)]
pub(super) enum Fault {
    /// Answers 503 at once.
    Unavailable,
    /// Takes the message, and says so only after this time.
    Late(Duration),
}

/// Serves until the process ends.
pub(super) struct FailingServer {
    pub(super) address: SocketAddr,
    posts: Arc<Mutex<Posts>>,
}

/// The POSTs that came.
#[derive(Clone, Default)]
pub(super) struct Posts {
    pub(super) count: usize,
    pub(super) keys: BTreeSet<String>,
    without_key: usize,
}

impl Posts {
    /// How many messages went out if every POST was accepted and Telnyx honours the keys.
    pub(super) fn messages_at_worst(&self) -> usize {
        self.keys.len() + self.without_key
    }

    fn add(&mut self, key: Option<String>) {
        self.count += 1;
        match key {
            Some(key) => drop(self.keys.insert(key)),
            None => self.without_key += 1,
        }
    }
}

impl FailingServer {
    pub(super) fn start(fault: Fault) -> Result<Self, String> {
        let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        let posts = Arc::default();
        let recorded = Arc::clone(&posts);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let posts = Arc::clone(&recorded);
                // A client that has given up closes the connection: nothing is lost with the error.
                thread::spawn(move || drop(serve(stream, fault, &posts)));
            }
        });
        Ok(Self { address, posts })
    }

    /// What has come so far.
    pub(super) fn posts(&self) -> Posts {
        lock(&self.posts).clone()
    }
}

/// Reads one request and answers it.
fn serve(mut stream: TcpStream, fault: Fault, posts: &Mutex<Posts>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut key = None;
    let mut length = 0;
    let mut line = String::new();
    reader.read_line(&mut line)?;
    if !line.starts_with("POST ") {
        // A connection that was opened in advance and never used.
        return Ok(());
    }
    line.clear();
    while reader.read_line(&mut line)? > 2 {
        if let Some((name, value)) = line.split_once(':') {
            match name.to_ascii_lowercase().as_str() {
                "idempotency-key" => key = Some(value.trim().to_owned()),
                "content-length" => length = value.trim().parse().unwrap_or_default(),
                _ => {}
            }
        }
        line.clear();
    }
    reader.read_exact(&mut vec![0; length])?;
    lock(posts).add(key);
    match fault {
        Fault::Unavailable => answer(&mut stream, "503 Service Unavailable", "{}"),
        Fault::Late(time) => {
            thread::sleep(time);
            answer(&mut stream, "200 OK", MESSAGE)
        }
    }
}

fn answer(stream: &mut TcpStream, status: &str, body: &str) -> std::io::Result<()> {
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}

fn lock(posts: &Mutex<Posts>) -> MutexGuard<'_, Posts> {
    posts.lock().unwrap_or_else(PoisonError::into_inner)
}
