//! A raw TCP server that treats each request as its script says, and keeps the bytes that it received.
//!
//! It uses no HTTP library, because a library refuses to send invalid HTTP.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::sleep;

use super::ledger::{Acceptance, Ledger};
use super::received::Received;
use super::script::{Action, BOMB_BLOCKS, Script, gzip_bomb};

/// The pause between two bytes of a slow answer.
const DRIP: Duration = Duration::from_millis(20);

/// The recorded answer to a request whose key is known.
const REPLAYED: &[u8] = b"HTTP/1.1 200 OK\r\nidempotent-replayed: true\r\ncontent-length: 19\r\n\r\n{\"data\":{\"id\":\"1\"}}";

/// What an action that ended a connection leaves to do: nothing.
struct Ended;

/// A listening server. It ends with the runtime it was started in.
pub(crate) struct Server {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    /// Keeps the port of a server that listens nowhere.
    _reserved: Option<TcpSocket>,
}

struct State {
    scripts: VecDeque<Script>,
    /// Played when the scripts are used up.
    then: Script,
    connections: usize,
    played: usize,
    received: Vec<Received>,
    ledger: Ledger,
}

impl Server {
    /// Plays each of `scripts` to one request, then `then` to all others.
    pub(crate) async fn start(
        scripts: impl IntoIterator<Item = Script>,
        then: Script,
        ledger: Ledger,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback");
        let address = listener.local_addr().expect("a bound socket");
        let state = Arc::new(Mutex::new(State {
            scripts: scripts.into_iter().collect(),
            then,
            connections: 0,
            played: 0,
            received: Vec::new(),
            ledger,
        }));
        tokio::spawn(listen(listener, Arc::clone(&state)));
        Self {
            address,
            state,
            _reserved: None,
        }
    }

    /// Plays `script` to every request.
    pub(crate) async fn always(script: Script) -> Self {
        Self::start([], script, Ledger::default()).await
    }

    /// An address at which nobody listens.
    pub(crate) async fn closed() -> Self {
        let server = Self::always(Vec::new()).await;
        // Bound without listening: the system refuses connections, and gives the port to nobody else.
        let socket = TcpSocket::new_v4().expect("a socket");
        socket
            .bind(SocketAddr::from(([127, 0, 0, 1], 0)))
            .expect("loopback");
        Self {
            address: socket.local_addr().expect("a bound socket"),
            _reserved: Some(socket),
            ..server
        }
    }

    pub(crate) fn base_url(&self) -> String {
        format!("http://{}/v2", self.address)
    }

    /// The number of connections that were opened.
    pub(crate) fn connections(&self) -> usize {
        self.state().connections
    }

    /// The number of scripts played: of requests that reached this machine, read or not.
    pub(crate) fn played(&self) -> usize {
        self.state().played
    }

    /// The requests that were read whole.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.state().received.clone()
    }

    /// How many requests were accepted.
    pub(crate) fn accepted(&self) -> usize {
        self.state().ledger.accepted()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no test panics in here")
    }
}

async fn listen(listener: TcpListener, state: Arc<Mutex<State>>) {
    while let Ok((connection, _)) = listener.accept().await {
        state.lock().expect("no test panics in here").connections += 1;
        tokio::spawn(serve(connection, Arc::clone(&state)));
    }
}

/// Plays one script for each request on `connection`. A script that reads nothing first is played at once.
async fn serve(connection: TcpStream, state: Arc<Mutex<State>>) {
    let lock = || state.lock().expect("no test panics in here");
    let mut connection = Connection {
        stream: connection,
        unread: Vec::new(),
    };
    let reads_nothing = |state: &State| {
        let script = state.scripts.front().unwrap_or(&state.then);
        !matches!(script.first(), Some(Action::Read | Action::ReadPart))
    };
    let mut at_once = reads_nothing(&lock());
    while at_once || connection.has_more().await {
        at_once = false;
        let script = {
            let mut state = lock();
            state.played += 1;
            let then = state.then.clone();
            state.scripts.pop_front().unwrap_or(then)
        };
        if play(script, &mut connection, &state).await.is_err() {
            return;
        }
    }
}

async fn play(
    script: Script,
    connection: &mut Connection,
    state: &Mutex<State>,
) -> Result<(), Ended> {
    let lock = || state.lock().expect("no test panics in here");
    let mut request = Received::default();
    for action in script {
        match action {
            Action::Read => {
                request = connection.read_request().await?;
                lock().received.push(request.clone());
            }
            Action::ReadPart => connection.read_part().await?,
            Action::Accept => {
                let key = request.header("idempotency-key").map(str::to_owned);
                let acceptance = lock().ledger.accept(key);
                if acceptance == Acceptance::Replayed {
                    return connection.write(REPLAYED).await;
                }
            }
            Action::Write(bytes) => connection.write(&bytes).await?,
            Action::WriteGzipBomb => {
                let bomb = gzip_bomb();
                connection.write(&bomb.start).await?;
                for _ in 0..BOMB_BLOCKS {
                    connection.write(&bomb.block).await?;
                }
                connection.write(&bomb.end).await?;
            }
            Action::WriteForever(bytes) => loop {
                connection.write(bytes.as_bytes()).await?;
            },
            Action::DripForever(bytes) => {
                for byte in bytes.bytes().cycle() {
                    connection.write(&[byte]).await?;
                    sleep(DRIP).await;
                }
            }
            Action::Hang => {
                while connection.read_some().await.is_ok() {}
                return Err(Ended);
            }
            Action::Close => return Err(Ended),
            Action::Reset => {
                connection.stream.set_zero_linger().map_err(|_| Ended)?;
                return Err(Ended);
            }
        }
    }
    Ok(())
}

struct Connection {
    stream: TcpStream,
    unread: Vec<u8>,
}

impl Connection {
    /// Whether the client sends another request before it closes the connection.
    async fn has_more(&mut self) -> bool {
        !self.unread.is_empty()
            || matches!(self.stream.peek(&mut [0]).await, Ok(length) if length > 0)
    }

    async fn read_some(&mut self) -> Result<(), Ended> {
        match self.stream.read_buf(&mut self.unread).await {
            Ok(0) | Err(_) => Err(Ended),
            Ok(_) => Ok(()),
        }
    }

    /// Leaves the rest in the socket, which a close then resets.
    async fn read_part(&mut self) -> Result<(), Ended> {
        match self.stream.read(&mut [0; 16]).await {
            Ok(0) | Err(_) => Err(Ended),
            Ok(_) => Ok(()),
        }
    }

    async fn read_request(&mut self) -> Result<Received, Ended> {
        loop {
            if let Some((request, length)) = Received::read(&self.unread) {
                self.unread.drain(..length);
                return Ok(request);
            }
            self.read_some().await?;
        }
    }

    async fn write(&mut self, bytes: &[u8]) -> Result<(), Ended> {
        self.stream.write_all(bytes).await.map_err(|_| Ended)
    }
}
