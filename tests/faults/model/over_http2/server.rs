//! A server of HTTP/2 over TLS. A test says which faults the streams of a call meet, and the server counts what it accepts.
//!
//! `h2` speaks the protocol and sends only valid frames in a valid order. The server inserts other frames, such as a `GOAWAY`
//! that excludes certain streams, between those of `h2`:
//!
//! ```text
//! client ◄── TLS ──► receive, send ◄── duplex ──► h2 ──► Connection::answer
//!                         ▲ Between: a frame, or the end ──────┘
//! ```

use std::collections::{HashMap, VecDeque};
use std::future::{pending, poll_fn};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use bytes::Bytes;
use h2::Reason;
use h2::server::SendResponse;
use http::{Request, Response};
use rustls::ServerConfig;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, DuplexStream, duplex, split};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;
use tokio::time::sleep;
use tokio_rustls::TlsAcceptor;

use super::super::super::ledger::{Acceptance, Ledger};
use super::fault::{End, Fault};

/// The header that says which call a request belongs to.
pub(super) const CALL: &str = "x-call";

pub(super) const ROOT: &[u8] =
    include_bytes!("../../../../generated/src/transport/testdata/root.pem");
const CERTIFICATE: &[u8] =
    include_bytes!("../../../../generated/src/transport/testdata/localhost.pem");
const KEY: &[u8] = include_bytes!("../../../../generated/src/transport/testdata/localhost.key.pem");

/// Larger than all frames under way together, so that `send` reads whole frames, and a frame of `Between` never splits one.
const BUFFER: usize = 1 << 18;

/// The highest number of a stream: the last stream of a `GOAWAY` that excludes none.
const MOST_STREAMS: u32 = (1 << 31) - 1;

/// Long enough for what was written last to arrive.
const FLUSH: Duration = Duration::from_millis(3);

/// A listening server. It ends with the runtime it was started in.
pub(super) struct Server {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    connections: usize,
    calls: HashMap<u64, Call>,
}

struct Call {
    faults: VecDeque<Fault>,
    success: &'static str,
    ledger: Ledger,
    seen: usize,
}

impl Server {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback");
        let address = listener.local_addr().expect("a bound socket");
        let state = Arc::<Mutex<State>>::default();
        tokio::spawn(listen(listener, Arc::clone(&state)));
        Self { address, state }
    }

    /// The name that the certificate is for.
    pub(super) fn base_url(&self) -> String {
        format!("https://localhost:{}/v2", self.address.port())
    }

    /// Says what the attempts of a call will meet.
    pub(super) fn expect(&self, call: u64, faults: Vec<Fault>, success: &'static str) {
        let expected = Call {
            faults: faults.into(),
            success,
            ledger: Ledger::honouring_keys(true),
            seen: 0,
        };
        lock(&self.state).calls.insert(call, expected);
    }

    pub(super) fn connections(&self) -> usize {
        lock(&self.state).connections
    }

    /// How many requests of a call came, and how many of them were accepted.
    pub(super) fn seen_and_accepted(&self, call: u64) -> (usize, usize) {
        let call = &lock(&self.state).calls[&call];
        (call.seen, call.ledger.accepted())
    }
}

fn lock<T>(state: &Mutex<T>) -> MutexGuard<'_, T> {
    state.lock().expect("no test panics in here")
}

async fn listen(listener: TcpListener, state: Arc<Mutex<State>>) {
    let acceptor = TlsAcceptor::from(Arc::new(config()));
    while let Ok((connection, _)) = listener.accept().await {
        let number = {
            let mut state = lock(&state);
            state.connections += 1;
            state.connections
        };
        let (acceptor, state) = (acceptor.clone(), Arc::clone(&state));
        tokio::spawn(async move {
            match number % 10 {
                // Cut before the handshake, and after it.
                4 => drop(connection),
                8 => drop(acceptor.accept(connection).await),
                _ => serve(acceptor, connection, number, state).await,
            }
        });
    }
}

fn config() -> ServerConfig {
    let certificate = CertificateDer::from_pem_slice(CERTIFICATE).expect("PEM");
    let key = PrivateKeyDer::from_pem_slice(KEY).expect("PEM");
    let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .expect("TLS 1.3")
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .expect("a certificate with its key");
    config.alpn_protocols = vec![b"h2".to_vec()];
    config
}

/// What the server inserts between the frames of `h2`.
enum Between {
    Frame(Vec<u8>),
    /// The end of the connection.
    Cut,
}

/// What the streams of a connection share.
struct Connection {
    state: Arc<Mutex<State>>,
    between: UnboundedSender<Between>,
    streams: Mutex<Streams>,
}

struct Streams {
    /// The highest stream whose request the server accepted.
    latest_done: u32,
    /// The highest stream that no `GOAWAY` has excluded. The server accepts no request of a higher one.
    last: u32,
}

async fn serve(
    acceptor: TlsAcceptor,
    connection: TcpStream,
    number: usize,
    state: Arc<Mutex<State>>,
) {
    // Every second connection is cut with a reset, the others in order.
    if number.is_multiple_of(2) && connection.set_zero_linger().is_err() {
        return;
    }
    let Ok(tls) = acceptor.accept(connection).await else {
        return;
    };
    let (from_client, to_client) = split(tls);
    let (spoken, ours) = duplex(BUFFER);
    let (from_h2, to_h2) = split(ours);
    let (between, put_between) = unbounded_channel();
    let connection = Arc::new(Connection {
        state,
        between,
        streams: Mutex::new(Streams {
            latest_done: 0,
            last: MOST_STREAMS,
        }),
    });
    // The first that ends is the end of all.
    tokio::select! {
        () = receive(from_client, to_h2) => {}
        () = send(from_h2, put_between, to_client) => {}
        () = answer_all(spoken, connection) => {}
    }
}

async fn receive(mut from_client: impl AsyncRead + Unpin, mut to_h2: impl AsyncWrite + Unpin) {
    let _ = tokio::io::copy(&mut from_client, &mut to_h2).await;
}

async fn send(
    mut from_h2: impl AsyncRead + Unpin,
    mut put_between: UnboundedReceiver<Between>,
    mut to_client: impl AsyncWrite + Unpin,
) {
    loop {
        let mut frames = Vec::with_capacity(BUFFER);
        tokio::select! {
            read = from_h2.read_buf(&mut frames) => match read {
                Ok(0) | Err(_) => return,
                Ok(_) => {}
            },
            between = put_between.recv() => match between {
                Some(Between::Frame(frame)) => frames = frame,
                Some(Between::Cut) | None => return,
            },
        }
        if to_client.write_all(&frames).await.is_err() || to_client.flush().await.is_err() {
            return;
        }
    }
}

async fn answer_all(io: DuplexStream, connection: Arc<Connection>) {
    let Ok(mut accepting) = h2::server::handshake(io).await else {
        return;
    };
    let mut streams = JoinSet::new();
    while let Some(Ok((request, response))) = accepting.accept().await {
        let connection = Arc::clone(&connection);
        streams.spawn(async move {
            // Fails only if the client has gone.
            let _ = connection.answer(request, response).await;
        });
    }
}

impl Connection {
    async fn answer(
        &self,
        request: Request<h2::RecvStream>,
        mut response: SendResponse<Bytes>,
    ) -> Result<(), h2::Error> {
        let (head, mut body) = request.into_parts();
        let text = |name| Some(head.headers.get(name)?.to_str().expect("ASCII").to_owned());
        let call = text(CALL).expect("the call's number");
        let call = call.parse().expect("a number");
        let key = text("idempotency-key");
        let (fault, success) = self.next(call);
        while let Some(chunk) = body.data().await {
            body.flow_control().release_capacity(chunk?.len())?;
        }
        let id = u32::from(response.stream_id());
        match fault {
            Fault::Refuses => response.send_reset(Reason::REFUSED_STREAM),
            Fault::GoesAwayBefore(reason) => {
                if !self.goes_away_before(id, reason) {
                    response.send_reset(Reason::REFUSED_STREAM);
                }
            }
            Fault::Rejects(status) => respond(&mut response, status, "")?,
            Fault::Loses(end) => self.end(end, success, id, &mut response).await?,
            Fault::Accepts(end) => match self.accept(call, key, id) {
                Some(Acceptance::New) => self.end(end, success, id, &mut response).await?,
                Some(Acceptance::Replayed) => respond(&mut response, 200, success)?,
                None => {}
            },
        }
        // A stream without an end gets no response; the client resets it.
        poll_fn(|context| response.poll_reset(context)).await?;
        Ok(())
    }

    /// What the next request of a call meets, and the body of a success.
    fn next(&self, call: u64) -> (Fault, &'static str) {
        let mut state = lock(&self.state);
        let call = state.calls.get_mut(&call).expect("an expected call");
        call.seen += 1;
        let fault = call.faults.pop_front();
        (fault.unwrap_or(Fault::Rejects(418)), call.success)
    }

    /// Accepts a request; `None` if a `GOAWAY` has excluded its stream.
    fn accept(&self, call: u64, key: Option<String>, id: u32) -> Option<Acceptance> {
        let mut streams = lock(&self.streams);
        if id > streams.last {
            return None;
        }
        streams.latest_done = streams.latest_done.max(id);
        let mut state = lock(&self.state);
        let call = state.calls.get_mut(&call).expect("an expected call");
        Some(call.ledger.accept(key))
    }

    /// Excludes the stream `id` and all later ones; `false` if the server has accepted one of them.
    fn goes_away_before(&self, id: u32, reason: Reason) -> bool {
        let mut streams = lock(&self.streams);
        let can = streams.latest_done < id;
        if can {
            streams.last = streams.last.min(streams.latest_done);
            self.go_away(streams.last, reason);
        }
        can
    }

    fn go_away(&self, last: u32, reason: Reason) {
        // 8 bytes follow, the type is 7, there are no flags, and the stream is that of the connection: 0.
        let head = [0, 0, 8, 7, 0, 0, 0, 0, 0];
        let frame = [
            head.as_slice(),
            &last.to_be_bytes(),
            &u32::from(reason).to_be_bytes(),
        ];
        self.put(Between::Frame(frame.concat()));
    }

    fn put(&self, between: Between) {
        // Fails only if the connection has ended.
        let _ = self.between.send(between);
    }

    async fn end(
        &self,
        end: End,
        success: &'static str,
        id: u32,
        response: &mut SendResponse<Bytes>,
    ) -> Result<(), h2::Error> {
        match end {
            End::Answers(200) => respond(response, 200, success)?,
            End::Answers(status) => respond(response, status, "")?,
            End::GoesAway(reason) => {
                self.go_away_after(id, reason);
                respond(response, 200, success)?;
            }
            End::GoesAwayAndDies(reason) => {
                self.go_away_after(id, reason);
                self.put(Between::Cut);
            }
            End::Resets(reason) => response.send_reset(reason),
            End::ResetsInBody(reason) => {
                let mut body = response.send_response(Response::new(()), false)?;
                body.send_data(Bytes::from_static(b"{\"data\""), false)?;
                sleep(FLUSH).await;
                body.send_reset(reason);
            }
            End::Dies => self.put(Between::Cut),
            End::DiesInBody => {
                let mut body = response.send_response(Response::new(()), false)?;
                body.send_data(Bytes::from_static(b"{\"data\""), false)?;
                sleep(FLUSH).await;
                self.put(Between::Cut);
                pending().await
            }
            // `answer` then waits until the client resets the stream.
            End::Hangs => {}
        }
        Ok(())
    }

    /// Sends a `GOAWAY`. For every second stream, it excludes the streams after `id`; for the others, none.
    fn go_away_after(&self, id: u32, reason: Reason) {
        let mut streams = lock(&self.streams);
        if id % 4 == 1 {
            let latest = streams.latest_done.max(id);
            streams.last = streams.last.min(latest);
        }
        self.go_away(streams.last, reason);
    }
}

fn respond(
    response: &mut SendResponse<Bytes>,
    status: u16,
    body: &'static str,
) -> Result<(), h2::Error> {
    let head = Response::builder().status(status).body(());
    let mut stream = response.send_response(head.expect("a status"), false)?;
    stream.send_data(Bytes::from_static(body.as_bytes()), true)
}
