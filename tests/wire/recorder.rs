//! A transport that keeps what it is given.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use calls::Case;
use http::{Request, Response};
use telnyx_messaging::Client;
use telnyx_messaging::transport::{SendFuture, Transport};

use super::sent::Sent;

/// The one request that the case sends.
pub(super) fn record(case: &Case) -> Sent {
    let recorder = Recorder::default();
    let client = Client::builder()
        .api_key("KEY")
        .base_url("https://api.telnyx.com/v2")
        .transport(recorder.clone())
        .build()
        .expect("the settings are right");
    let answered = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime starts")
        .block_on((case.send)(&client));
    // The recorder's answer suits no operation; only the request matters here.
    drop(answered);
    let sent = recorder.0.lock().expect("nobody panicked").take();
    sent.unwrap_or_else(|| panic!("{} sent nothing", case.name()))
}

#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Option<Sent>>>);

impl Transport for Recorder {
    fn send(&self, request: Request<Bytes>) -> SendFuture<'_> {
        let former = self
            .0
            .lock()
            .expect("nobody panicked")
            .replace(Sent::new(request));
        assert!(former.is_none(), "a request was sent twice");
        Box::pin(async { Ok(Response::new(Bytes::from_static(b"{}"))) })
    }
}
