//! Posts webhooks: to this machine, and to allowed hosts.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, SystemTime};

use http::header::{CONTENT_TYPE, HOST, USER_AGENT};
use http::{HeaderMap, Request, Uri};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper_util::rt::TokioIo;
use telnyx_messaging::webhook::testing::WebhookSigner;
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::state::{Outcome, Post, Signed};

/// How long Telnyx waits for a 2xx.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long the start of a body may take after the head.
const PATIENCE_FOR_BODY: Duration = Duration::from_millis(500);

/// How old a stale signature is.
const STALE: Duration = Duration::from_secs(3600);

/// How much of a response is kept.
const SHOWN: usize = 1024;

/// Signs and posts webhooks.
pub(crate) struct Sender {
    signer: WebhookSigner,
    stranger: WebhookSigner,
    allowed_hosts: Vec<String>,
}

impl Sender {
    pub(crate) fn new(key: [u8; 32], allowed_hosts: Vec<String>) -> Result<Self, String> {
        if let Some(host) = allowed_hosts.iter().find(|host| !is_host(host)) {
            return Err(format!(
                "`{host}` is not the name or address of a host, without a port"
            ));
        }
        Ok(Self {
            signer: WebhookSigner::from_seed(key),
            stranger: WebhookSigner::from_seed(key.map(|byte| !byte)),
            allowed_hosts,
        })
    }

    /// What verifies the webhooks.
    pub(crate) fn public_key(&self) -> String {
        self.signer.public_key()
    }

    /// Makes one attempt. A redirect is a response like any other: it is not followed.
    pub(crate) async fn post(&self, post: &Post) -> Outcome {
        let addresses = match self.addresses(&post.url).await {
            Ok(addresses) => addresses,
            Err(outcome) => return outcome,
        };
        let exchange = self.exchange(post, &addresses);
        exchange.await.unwrap_or_else(Outcome::Failed)
    }

    /// Where the URL leads. What is connected to are these addresses and not the name, which might lead elsewhere by then.
    async fn addresses(&self, url: &str) -> Result<Vec<SocketAddr>, Outcome> {
        let not_allowed = |reason: &str| Outcome::NotAllowed(reason.to_owned());
        let uri: Uri = url.parse().map_err(|_| not_allowed("this is not a URL"))?;
        if uri.scheme_str() != Some("http") {
            return Err(not_allowed("the mock posts to http URLs only"));
        }
        let host = uri.host().unwrap_or_default();
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let port = uri.port_u16().unwrap_or(80);
        let is_allowed = self
            .allowed_hosts
            .iter()
            .any(|allowed| allowed.eq_ignore_ascii_case(host));
        // Not even the name is asked for if nothing may be sent there.
        let is_local =
            host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(is_loopback);
        if !is_allowed && !is_local {
            let reason = format!("{host} is not on this machine; see --allow-webhook-host");
            return Err(Outcome::NotAllowed(reason));
        }
        let lookup = timeout(PATIENCE, tokio::net::lookup_host((host, port))).await;
        let addresses = match lookup {
            Ok(Ok(addresses)) => addresses,
            _ => return Err(Outcome::Failed(format!("{host} is not known"))),
        };
        let allowed = addresses.filter(|address| is_allowed || is_loopback(address.ip()));
        let allowed: Vec<_> = allowed.collect();
        match allowed.is_empty() {
            true => Err(not_allowed("the name resolves to another machine")),
            false => Ok(allowed),
        }
    }

    /// Posts to the first of the addresses that takes the connection. The status counts, whatever becomes of the body.
    async fn exchange(&self, post: &Post, addresses: &[SocketAddr]) -> Result<Outcome, String> {
        let request = self.request(post)?;
        let mut connection = None;
        let head = async {
            let stream = TcpStream::connect(addresses).await;
            let stream = TokioIo::new(stream.map_err(|error| error.to_string())?);
            let handshake = hyper::client::conn::http1::handshake(stream).await;
            let (mut sender, driver) = handshake.map_err(|error| error.to_string())?;
            connection = Some(tokio::spawn(driver));
            let response = sender.send_request(request).await;
            response.map_err(|error| error.to_string())
        };
        let outcome = match timeout(PATIENCE, head).await {
            Ok(Ok(response)) => {
                let status = response.status().as_u16();
                let start = start(response.into_body()).await;
                let start = String::from_utf8_lossy(&start).into_owned();
                Ok(Outcome::Responded(status, start))
            }
            Ok(Err(reason)) => Err(reason),
            Err(_) => Err(format!("no response within {} s", PATIENCE.as_secs())),
        };
        if let Some(connection) = connection {
            connection.abort();
        }
        outcome
    }

    fn request(&self, post: &Post) -> Result<Request<Full<bytes::Bytes>>, String> {
        let uri: Uri = post.url.parse().map_err(|_| "this is not a URL")?;
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        // Without the user and the password that a URL may have.
        let host = uri.authority().map_or("", |authority| authority.as_str());
        let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
        let builder = Request::post(path)
            .header(HOST, host)
            .header(USER_AGENT, "telnyx-webhooks")
            .header(CONTENT_TYPE, "application/json");
        let request = builder.body(Full::new(post.body.clone()));
        let mut request = request.map_err(|error| error.to_string())?;
        request.headers_mut().extend(self.signature(post));
        Ok(request)
    }

    /// The time of the signature is the system's, whatever the mock's clock says: the receiver compares it with its own.
    fn signature(&self, post: &Post) -> HeaderMap {
        let now = SystemTime::now();
        match post.signed {
            Signed::Well => self.signer.sign(&post.body, now),
            Signed::Stale => self.signer.sign(&post.body, now - STALE),
            Signed::Wrongly => self.stranger.sign(&post.body, now),
        }
    }
}

/// The start of a response, as much of it as is kept and comes soon.
async fn start(mut body: Incoming) -> Vec<u8> {
    let mut start = Vec::new();
    let reading = async {
        while start.len() < SHOWN {
            let Some(Ok(frame)) = body.frame().await else {
                break;
            };
            start.extend(frame.into_data().unwrap_or_default());
        }
    };
    // What has come by then is shown.
    let _ = timeout(PATIENCE_FOR_BODY, reading).await;
    start.truncate(SHOWN);
    start
}

/// Whether the text can be the host of a URL. An address of IPv6 has no brackets.
fn is_host(text: &str) -> bool {
    let uri = format!("http://{text}/").parse::<Uri>();
    let is_name = uri.is_ok_and(|uri| uri.host() == Some(text)) && !text.starts_with('[');
    is_name || text.parse::<IpAddr>().is_ok()
}

fn is_loopback(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

/// Shows no key.
impl fmt::Debug for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpSocket};

    use super::*;

    fn post(url: String) -> Post {
        Post {
            event_id: String::new(),
            attempt: 0,
            url,
            body: bytes::Bytes::from_static(b"{}"),
            signed: Signed::Well,
        }
    }

    fn sender() -> Sender {
        Sender::new([0; 32], Vec::new()).expect("no host is wrong")
    }

    #[test]
    fn a_host_has_no_scheme_port_or_path() {
        for host in ["mock.invalid", "10.0.0.1", "::1", "localhost"] {
            assert!(is_host(host), "{host}");
        }
        for text in [
            "",
            "http://mock.invalid",
            "mock.invalid:80",
            "mock.invalid/",
            "a b",
            "[::1]",
        ] {
            assert!(!is_host(text), "{text}");
        }
    }

    #[tokio::test]
    async fn the_name_of_this_machine_has_no_case() {
        for url in ["http://LocalHost:9/", "http://localhost:9/"] {
            let addresses = sender().addresses(url).await;
            assert!(addresses.is_ok(), "{url}: {addresses:?}");
        }
    }

    /// Answers the one request that comes. Gives the request, and the connection, which is open as long as somebody has it.
    async fn answer(listener: TcpListener, response: &'static str) -> (String, TcpStream) {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let mut request = vec![0; 4096];
        let length = stream.read(&mut request).await.expect("a request");
        stream.write_all(response.as_bytes()).await.expect("sent");
        let request = String::from_utf8_lossy(&request[..length]);
        (request.into_owned(), stream)
    }

    #[tokio::test]
    async fn each_address_of_a_name_is_tried() {
        let dead = TcpSocket::new_v4().expect("a socket");
        let free = SocketAddr::from(([127, 0, 0, 1], 0));
        dead.bind(free).expect("a port");
        let listener = TcpListener::bind(free).await.expect("a port");
        let addresses = [
            dead.local_addr().expect("an address"),
            listener.local_addr().expect("an address"),
        ];
        let response = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
        let _answering = tokio::spawn(answer(listener, response));
        let sender = sender();
        let post = post("http://localhost/".to_owned());
        let outcome = sender.exchange(&post, &addresses).await;
        assert_eq!(outcome, Ok(Outcome::Responded(200, String::new())));
    }

    #[tokio::test]
    async fn a_status_counts_although_its_body_does_not_end() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let response = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nwell";
        let answering = tokio::spawn(answer(listener, response));
        let outcome = sender()
            .post(&post(format!("http://user:password@{address}/")))
            .await;
        assert_eq!(outcome, Outcome::Responded(200, "well".to_owned()));
        let (request, _connection) = answering.await.expect("no panic");
        let request = request.to_lowercase();
        assert!(
            request.contains(&format!("host: {address}\r\n")),
            "{request}"
        );
        assert!(!request.contains("password"), "{request}");
    }
}
