//! Threads without an async runtime can send requests too.

use std::env;
use std::future::pending;
use std::process::Command;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Request;
use telnyx_messaging::Client;
use telnyx_messaging::transport::{MockReply, MockTransport, SendFuture, Transport};

#[test]
fn a_generated_request_is_sent_by_a_thread_without_a_runtime() {
    let transport = MockTransport::new([MockReply::ok(r#"{"data":{"id":"m-1"}}"#)]);
    let client = transport.builder().build().expect("the settings are right");
    let send = client.messages().send("+13125550001").text("Hi");
    assert_eq!(send.run_blocking().expect("it is accepted").id, "m-1");
    assert_eq!(transport.requests().len(), 1);
}

#[test]
fn a_generated_list_gives_its_items_to_a_thread_without_a_runtime() {
    let page = r#"{"data":[{"keyword":"STOP"},{"keyword":"QUIT"}],"meta":{"page_number":1,"total_pages":1}}"#;
    let transport = MockTransport::new([MockReply::ok(page)]);
    let client = transport.builder().build().expect("the settings are right");
    let items = client.messaging_optouts().list().items().blocking();
    // As JSON, because the types of the fields belong to the spec.
    let keywords = items.map(|item| {
        let item = serde_json::to_value(item.expect("it is read"));
        item.expect("it can be written")["keyword"].clone()
    });
    assert_eq!(keywords.collect::<Vec<_>>(), ["STOP", "QUIT"]);
}

/// The first blocking call of a process starts a thread and a runtime. Each try needs a process of its own, and only the fastest
/// counts, because the machine may be busy.
#[test]
fn a_first_call_of_5_ms_ends_within_105_ms() {
    const NAME: &str = "blocking::a_first_call_of_5_ms_ends_within_105_ms";
    const IN_CHILD: &str = "TELNYX_MESSAGING_TEST_FIRST_CALL";
    if env::var_os(IN_CHILD).is_some() {
        println!("took {} ms", first_call().as_millis());
        return;
    }
    let program = env::current_exe().expect("this program has a path");
    let tries = (0..5).map(|_| {
        let mut child = Command::new(&program);
        child.args(["--exact", "--nocapture", NAME]);
        let output = child.env(IN_CHILD, "1").output();
        let said = output.expect("this program starts").stdout;
        let said = String::from_utf8(said).expect("it is text");
        let took = said.split_once("took ").expect("it says its time").1;
        let (took, _) = took.split_once(" ms").expect("in milliseconds");
        took.parse::<u64>().expect("it is a number")
    });
    let best = tries.min().expect("there were tries");
    println!("the best of five took {best} ms");
    assert!((5..105).contains(&best), "{best} ms");
}

/// The time that a call with a timeout of 5 ms takes without a response.
fn first_call() -> Duration {
    struct Silent;
    impl Transport for Silent {
        fn send(&self, _: Request<Bytes>) -> SendFuture<'_> {
            Box::pin(pending())
        }
    }
    let builder = Client::builder().api_key("KEY").transport(Silent);
    let client = builder.timeout(Duration::from_millis(5)).build();
    let send = client
        .expect("good settings")
        .messages()
        .send("+13125550001");
    let started = Instant::now();
    let error = send.text("Hi").run_blocking().expect_err("nobody answers");
    let elapsed = started.elapsed();
    assert!(error.is_timeout(), "{error}");
    elapsed
}
