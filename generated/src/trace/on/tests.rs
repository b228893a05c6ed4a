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
    let (_, delay) = text.split_once("telnyx.delay_ms=").unwrap();
    let (delay, _) = delay.split_once(' ').unwrap();
    // Half a second, less up to a quarter.
    assert!((375..=500).contains(&delay.parse().unwrap()), "{delay}");
    assert_eq!(
        text.replace(&format!("delay_ms={delay} "), "delay_ms=DELAY "),
        "[telnyx call] otel.kind=\"client\" telnyx.operation=\"raw\" http.request.method=\"POST\" \
         server.address=\"api.telnyx.com\" server.port=443 \
         [telnyx attempt] otel.kind=\"client\" http.request.method=\"POST\" http.request.resend_count=0 \
         server.address=\"api.telnyx.com\" server.port=443 error.type=\"connection_lost\" otel.status_code=\"ERROR\" \
         message=the request is sent again http.request.resend_count=1 error.type=\"connection_lost\" \
         telnyx.delay_ms=DELAY \
         [telnyx attempt] otel.kind=\"client\" http.request.method=\"POST\" http.request.resend_count=1 \
         server.address=\"api.telnyx.com\" server.port=443 http.response.status_code=200 \
         http.response.status_code=200 telnyx.request_id=\"abc\" telnyx.attempts=2 telnyx.outcome=\"applied\" "
    );
}

#[tokio::test(start_paused = true)]
async fn the_span_of_a_call_that_fails_has_the_type_of_the_last_error() {
    let refused = || answer(400, "");
    for (failure, error_type) in [
        (refused as fn() -> MockReply, "400"),
        (not_sent, "connect"),
        (MockReply::hang, "timeout"),
    ] {
        let text = written([answer(503, ""), failure(), failure()]).await;
        let types: Vec<&str> = text
            .split("error.type=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        // The first attempt and why there is a second, that attempt and what follows from it, at last the call.
        assert_eq!(types[..2], ["503", "503"], "{text}");
        assert!(
            types[2..].iter().all(|found| *found == error_type),
            "{text}"
        );
        let (before, _) = text.rsplit_once("error.type=").unwrap();
        assert!(before.contains("telnyx.attempts="), "{text}");
    }
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_is_an_error_of_the_call() {
    let text = written([answer(200, "<html>")]).await;
    let end = "telnyx.outcome=\"unknown\" error.type=\"decode\" otel.status_code=\"ERROR\" ";
    assert!(text.ends_with(end), "{text}");
    assert_eq!(text.matches("telnyx.outcome=").count(), 1, "{text}");
}

#[tokio::test]
async fn a_request_that_is_not_valid_has_a_span_too() {
    let written = Written::default();
    let guard = tracing::subscriber::set_default(written.clone());
    let client = client(&MockTransport::new([]));
    client.get("no slash").await.unwrap_err();
    let options = crate::RequestOptions::new().header("x-tenant", "a\nb");
    let call = client.get("/x").with_options(options);
    call.await.unwrap_err();
    drop(guard);
    let text = written.0.lock().unwrap().clone();
    let (text, config) = text.split_once(" [telnyx call]").unwrap();
    assert!(config.contains("error.type=\"config\""), "{config}");
    assert!(text.starts_with("[telnyx call]"), "{text}");
    assert!(text.contains("error.type=\"invalid_request\""), "{text}");
    assert!(text.contains("telnyx.outcome=\"not_applied\""), "{text}");
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

#[cfg(feature = "blocking")]
#[test]
fn the_span_of_a_blocking_call_is_within_that_of_the_caller() {
    let parents = Parents::default();
    let guard = tracing::subscriber::set_default(parents.clone());
    let client = client(&MockTransport::new([answer(200, "{}")]));
    tracing::info_span!("job").in_scope(|| client.get("/x").run_blocking().unwrap());
    drop(guard);
    let spans = parents.0.lock().unwrap().spans.clone();
    let expected = [
        ("job", None),
        ("telnyx call", Some("job")),
        ("telnyx attempt", Some("telnyx call")),
    ];
    assert_eq!(spans, expected);
}

/// The names of all spans, each with that of its parent.
#[cfg(feature = "blocking")]
#[derive(Clone, Default)]
struct Parents(Arc<Mutex<Tree>>);

#[cfg(feature = "blocking")]
#[derive(Default)]
struct Tree {
    spans: Vec<(&'static str, Option<&'static str>)>,
    /// What is entered, by the thread.
    entered: std::collections::HashMap<std::thread::ThreadId, Vec<Id>>,
}

#[cfg(feature = "blocking")]
impl Tree {
    fn here(&mut self) -> &mut Vec<Id> {
        self.entered.entry(std::thread::current().id()).or_default()
    }

    fn name(&self, id: &Id) -> &'static str {
        self.spans[id.into_u64() as usize - 1].0
    }
}

#[cfg(feature = "blocking")]
impl Subscriber for Parents {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut tree = self.0.lock().unwrap();
        let parent = span.parent().cloned().or(tree.here().last().cloned());
        let parent = parent.map(|parent| tree.name(&parent));
        tree.spans.push((span.metadata().name(), parent));
        Id::from_u64(tree.spans.len() as u64)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, id: &Id) {
        self.0.lock().unwrap().here().push(id.clone());
    }

    fn exit(&self, _: &Id) {
        self.0.lock().unwrap().here().pop();
    }
}
