//! What the spans of a call hold, by a subscriber that writes everything down.

use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::transport::replies::{answer, answer_with, client, lost, not_sent};
use crate::transport::{MockReply, MockTransport};

/// All names and values, one `name=value ` after the other.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<String>>);

struct Line<'a>(&'a mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, "{}={value:?} ", field.name()).unwrap();
    }
}

impl Subscriber for Written {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut written = self.0.lock().unwrap();
        write!(written, "[{}] ", span.metadata().name()).unwrap();
        span.record(&mut Line(&mut written));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Line(&mut self.0.lock().unwrap()));
    }

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Line(&mut self.0.lock().unwrap()));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// What a call with a canary in each of its parts writes.
async fn written(steps: impl IntoIterator<Item = MockReply>) -> String {
    let written = Written::default();
    let guard = tracing::subscriber::set_default(written.clone());
    let client = client(&MockTransport::new(steps));
    let call = client
        .post("/messages/CANARY")
        .query("to", "CANARY")
        .header("x-canary", "CANARY");
    // How it ends is in what it writes.
    let _ = call.idempotency_key("CANARY").json(&["CANARY"]).await;
    drop(guard);
    written.0.lock().unwrap().clone()
}

#[tokio::test(start_paused = true)]
async fn a_call_and_each_of_its_attempts_have_a_span() {
    let success = answer_with(200, &[("x-request-id", "abc")], "{}");
    let text = written([lost(), success]).await;
    assert_eq!(
        text,
        "[telnyx call] telnyx.operation=\"raw\" http.request.method=\"POST\" \
         server.address=\"api.telnyx.com\" \
         [telnyx attempt] http.request.method=\"POST\" http.request.resend_count=0 \
         server.address=\"api.telnyx.com\" error.type=\"connection_lost\" \
         [telnyx attempt] http.request.method=\"POST\" http.request.resend_count=1 \
         server.address=\"api.telnyx.com\" http.response.status_code=200 \
         http.response.status_code=200 telnyx.request_id=\"abc\" telnyx.attempts=2 telnyx.outcome=Applied "
    );
}

#[tokio::test(start_paused = true)]
async fn nothing_of_a_request_is_written() {
    let failures = [
        lost(),
        not_sent(),
        MockReply::hang(),
        answer(400, "CANARY"),
        answer(200, "CANARY"),
    ];
    for failure in failures {
        let text = written([failure]).await;
        assert!(text.contains("telnyx.outcome="), "{text}");
        assert!(!text.contains("CANARY") && !text.contains("KEY"), "{text}");
    }
}
