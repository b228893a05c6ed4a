//! Posts webhooks: to this machine, and to allowed hosts.

use std::fmt;
use std::net::SocketAddr;
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
    pub(crate) fn new(key: [u8; 32], allowed_hosts: Vec<String>) -> Self {
        Self {
            signer: WebhookSigner::from_seed(key),
            stranger: WebhookSigner::from_seed(key.map(|byte| !byte)),
            allowed_hosts,
        }
    }

    /// What verifies the webhooks.
    pub(crate) fn public_key(&self) -> String {
        self.signer.public_key()
    }

    /// Makes one attempt. A redirect is a response like any other: it is not followed.
    pub(crate) async fn post(&self, post: &Post) -> Outcome {
        let address = match self.address(&post.url).await {
            Ok(address) => address,
            Err(outcome) => return outcome,
        };
        match timeout(PATIENCE, self.exchange(post, address)).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(reason)) => Outcome::Failed(reason),
            Err(_) => Outcome::Failed("no response within 2 s".to_owned()),
        }
    }

    /// Where the URL leads. What is connected to is this address and not the name, which might lead elsewhere by then.
    async fn address(&self, url: &str) -> Result<SocketAddr, Outcome> {
        let not_allowed = |reason: &str| Outcome::NotAllowed(reason.to_owned());
        let uri: Uri = url.parse().map_err(|_| not_allowed("this is not a URL"))?;
        if uri.scheme_str() != Some("http") {
            return Err(not_allowed("the mock posts to http URLs only"));
        }
        let host = uri.host().unwrap_or_default();
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let port = uri.port_u16().unwrap_or(80);
        let is_allowed = self.allowed_hosts.iter().any(|allowed| allowed == host);
        // Not even the name is asked for if nothing may be sent there.
        let is_local = host == "localhost" || host.parse().is_ok_and(is_loopback);
        if !is_allowed && !is_local {
            let reason = format!("{host} is not on this machine; see --allow-webhook-host");
            return Err(Outcome::NotAllowed(reason));
        }
        let lookup = timeout(PATIENCE, tokio::net::lookup_host((host, port))).await;
        let mut addresses = match lookup {
            Ok(Ok(addresses)) => addresses,
            _ => return Err(Outcome::Failed(format!("{host} is not known"))),
        };
        addresses
            .find(|address| is_allowed || is_loopback(address.ip()))
            .ok_or_else(|| not_allowed("the name resolves to another machine"))
    }

    async fn exchange(&self, post: &Post, address: SocketAddr) -> Result<Outcome, String> {
        let stream = TcpStream::connect(address).await;
        let stream = TokioIo::new(stream.map_err(|error| error.to_string())?);
        let connection = hyper::client::conn::http1::handshake(stream).await;
        let (mut sender, connection) = connection.map_err(|error| error.to_string())?;
        let connection = tokio::spawn(connection);
        let response = sender.send_request(self.request(post)?).await;
        let response = response.map_err(|error| error.to_string());
        let outcome = match response {
            Ok(response) => {
                let status = response.status().as_u16();
                let start = start(response.into_body()).await;
                let start = String::from_utf8_lossy(&start).into_owned();
                Ok(Outcome::Responded(status, start))
            }
            Err(reason) => Err(reason),
        };
        connection.abort();
        outcome
    }

    fn request(&self, post: &Post) -> Result<Request<Full<bytes::Bytes>>, String> {
        let uri: Uri = post.url.parse().map_err(|_| "this is not a URL")?;
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        let host = uri
            .authority()
            .map(|authority| authority.as_str())
            .unwrap_or_default();
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

/// The start of a response, as much of it as is kept and has come.
async fn start(mut body: Incoming) -> Vec<u8> {
    let mut start = Vec::new();
    while start.len() < SHOWN {
        let Some(Ok(frame)) = body.frame().await else {
            break;
        };
        start.extend(frame.into_data().unwrap_or_default());
    }
    start.truncate(SHOWN);
    start
}

fn is_loopback(address: std::net::IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

/// Shows no key.
impl fmt::Debug for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender").finish_non_exhaustive()
    }
}
