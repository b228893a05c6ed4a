//! A client with a test as its server: the test stores each request and returns the response.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use calls::Case;
use http::{Request, Response};
use telnyx_messaging::transport::{SendFuture, Transport};
use telnyx_messaging::{Client, Result};
use tokio::runtime::{Builder, Runtime};

/// A client and its server.
pub(crate) struct Exchange {
    runtime: Runtime,
    client: Client,
    server: Server,
}

impl Exchange {
    pub(crate) fn new() -> Self {
        let server = Server::default();
        let client = Client::builder()
            .api_key("KEY")
            .base_url("https://api.telnyx.com/v2")
            .transport(server.clone())
            .build();
        let runtime = Builder::new_current_thread().enable_time().build();
        Self {
            runtime: runtime.expect("a runtime starts"),
            client: client.expect("the settings are right"),
            server,
        }
    }

    /// Makes one call, which gets a response with this status and body.
    pub(crate) fn call(
        &self,
        case: &Case,
        status: u16,
        body: &Bytes,
    ) -> (Request<Bytes>, Result<()>) {
        let mut response = Response::new(body.clone());
        *response.status_mut() = status.try_into().expect("a status");
        *self.server.answer.lock().expect("nobody panicked") = Some(response);
        let result = self.runtime.block_on((case.send)(&self.client));
        let sent = self.server.sent.lock().expect("nobody panicked").take();
        (
            sent.unwrap_or_else(|| panic!("{} sent nothing", case.name())),
            result,
        )
    }
}

#[derive(Clone, Default)]
struct Server {
    answer: Arc<Mutex<Option<Response<Bytes>>>>,
    sent: Arc<Mutex<Option<Request<Bytes>>>>,
}

impl Transport for Server {
    fn send(&self, request: Request<Bytes>) -> SendFuture<'_> {
        *self.sent.lock().expect("nobody panicked") = Some(request);
        let answer = self.answer.lock().expect("nobody panicked").take();
        let answer = answer.expect("a request is sent once");
        Box::pin(async { Ok(answer) })
    }
}
