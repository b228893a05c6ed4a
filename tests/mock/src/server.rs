//! The mock over HTTP: the API below `/v2`, the inbox at `/`, and requests below `/_mock` for tests in other languages.

mod body;
mod commands;
mod control;
mod guard;
mod waits;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use self::body::Body;
pub(crate) use self::guard::Guard;
use crate::api::{Problem, Refusal, code, code::Code};
use crate::state::{Manner, status};
use crate::world::World;

/// A request of the API is far smaller.
const MOST_BYTES: usize = 1024 * 1024;

/// How long a client may take for the head of a request, and for its body.
const PATIENCE: Duration = Duration::from_secs(10);

const PATIENCE_FOR_REFUSED: Duration = Duration::from_secs(1);

/// How many connections beyond these are told so at a time. Others are closed.
const MOST_REFUSALS: usize = 64;

/// How many pages may listen at a time: each holds a connection.
const MOST_LISTENERS: usize = 16;

/// The page, whole.
const INBOX: &str = include_str!("../inbox.html");

/// The page runs its own script and talks to the mock, and to nothing else.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Why a connection ends without a response: a fault asked for it.
#[derive(Debug)]
struct Dropped;

impl std::fmt::Display for Dropped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("dropped because of a fault")
    }
}

impl std::error::Error for Dropped {}

/// Where a client of this machine reaches the mock. An unspecified address is no destination.
pub(crate) fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

/// Serves up to `most` connections at a time.
pub(crate) async fn serve(listener: TcpListener, world: Arc<World>, guard: Guard, most: u16) {
    let guard = Arc::new(guard);
    let listeners = Arc::new(Semaphore::new(MOST_LISTENERS));
    let places = Arc::new(Semaphore::new(usize::from(most)));
    let refusals = Arc::new(Semaphore::new(MOST_REFUSALS));
    let mut connections = tokio::task::JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Too many open files, or a client that has gone: others may come.
            sleep(Duration::from_millis(10)).await;
            continue;
        };
        while connections.try_join_next().is_some() {}
        let Ok(place) = places.clone().try_acquire_owned() else {
            if let Ok(place) = refusals.clone().try_acquire_owned() {
                connections.spawn(async move {
                    // A client that has gone needs no answer.
                    let _ = timeout(PATIENCE_FOR_REFUSED, refuse(stream, most)).await;
                    drop(place);
                });
            }
            continue;
        };
        let (world, guard) = (world.clone(), guard.clone());
        let listeners = listeners.clone();
        connections.spawn(async move {
            let service = service_fn(|request| respond(&world, &guard, &listeners, request));
            let mut http = hyper::server::conn::http1::Builder::new();
            let http = http.timer(TokioTimer::new()).header_read_timeout(PATIENCE);
            // A connection that breaks is the client's affair.
            let _ = http.serve_connection(TokioIo::new(stream), service).await;
            drop(place);
        });
    }
}

/// Says that all connections are in use, and reads what the client sends: an unread request would take the answer away.
async fn refuse(mut stream: TcpStream, most: u16) -> std::io::Result<()> {
    let body = format!("The mock has {most} connections, its most; see --connections.\n");
    let head = "HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length";
    let response = format!("{head}: {}\r\n\r\n{body}", body.len());
    stream.write_all(response.as_bytes()).await?;
    stream.shutdown().await?;
    let mut unread = [0; 1024];
    while stream.read(&mut unread).await? > 0 {}
    Ok(())
}

async fn respond(
    world: &Arc<World>,
    guard: &Guard,
    listeners: &Arc<Semaphore>,
    request: Request<Incoming>,
) -> Result<Response<Body>, Dropped> {
    if let Err(reason) = guard.check(&request) {
        return Ok(refused(403, code::BAD_REQUEST, reason));
    }
    let path = request.uri().path();
    if path == "/" && request.method() == Method::GET {
        return Ok(inbox());
    }
    if path == "/_mock/events" {
        return Ok(match listeners.clone().try_acquire_owned() {
            Ok(place) => control::events(world.clone(), place),
            Err(_) => {
                let detail = format!("As many pages listen as may: {MOST_LISTENERS}.");
                refused(503, code::UNEXPECTED, detail)
            }
        });
    }
    let request = match whole(request).await {
        Ok(request) => request,
        Err(response) => return Ok(response),
    };
    let path = request.uri().path();
    if path == "/_mock" || path.starts_with("/_mock/") {
        return Ok(control::respond(world, &request).await);
    }
    let answer = world.request(request);
    sleep(answer.delay).await;
    match answer.manner {
        Manner::Whole => Ok(answer.response.map(Body::whole)),
        Manner::Cut => {
            let length = answer.response.body().len();
            let half = answer.half();
            let mut response = answer.response.map(|_| Body::cut(half));
            response.headers_mut().insert(CONTENT_LENGTH, length.into());
            Ok(response)
        }
        Manner::Dropped | Manner::Refused => Err(Dropped),
    }
}

/// The request with its body, unless that is too large or too slow.
async fn whole(request: Request<Incoming>) -> Result<Request<Bytes>, Response<Body>> {
    let (head, body) = request.into_parts();
    match timeout(PATIENCE, Limited::new(body, MOST_BYTES).collect()).await {
        Ok(Ok(body)) => Ok(Request::from_parts(head, body.to_bytes())),
        Ok(Err(_)) => {
            let most = MOST_BYTES >> 20;
            let detail = format!("The body is over {most} MiB, or incomplete.");
            Err(refused(413, code::BAD_REQUEST, detail))
        }
        Err(_) => {
            let detail = format!("The body took over {} s.", PATIENCE.as_secs());
            Err(refused(408, code::BAD_REQUEST, detail))
        }
    }
}

fn inbox() -> Response<Body> {
    let mut response = Response::new(Body::whole(INBOX.into()));
    let headers = response.headers_mut();
    let page = HeaderValue::from_static("text/html; charset=utf-8");
    headers.insert(CONTENT_TYPE, page);
    headers.insert("content-security-policy", HeaderValue::from_static(POLICY));
    headers.insert(
        "x-content-type-options",
        HeaderValue::from_static("nosniff"),
    );
    response
}

fn refused(status: u16, code: Code, detail: impl Into<String>) -> Response<Body> {
    refusal(&Refusal::new(status, Problem::new(code, detail)))
}

fn refusal(refusal: &Refusal) -> Response<Body> {
    json_response(status(refusal.status), &refusal.to_json())
}

fn json_response(status: StatusCode, body: &serde_json::Value) -> Response<Body> {
    let mut response = Response::new(Body::whole(body.to_string().into()));
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mock_that_listens_everywhere_is_reached_on_this_machine() {
        for (listens, is_reached) in [
            ("0.0.0.0:80", "127.0.0.1:80"),
            ("[::]:80", "[::1]:80"),
            ("127.0.0.1:80", "127.0.0.1:80"),
            ("10.0.0.1:80", "10.0.0.1:80"),
        ] {
            let address = listens.parse().expect("an address");
            assert_eq!(reachable(address).to_string(), is_reached);
        }
    }
}
