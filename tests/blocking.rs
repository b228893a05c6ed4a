//! Threads without an async runtime send requests too.

use telnyx_messaging::transport::{MockReply, MockTransport};

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
    let page = r#"{"data":[{"from":"+1"},{"from":"+2"}],"meta":{"page_number":1,"total_pages":1}}"#;
    let transport = MockTransport::new([MockReply::ok(page)]);
    let client = transport.builder().build().expect("the settings are right");
    let items = client.messaging_optouts().list().items().blocking();
    let from: Vec<_> = items.map(|item| item.expect("it is read").from).collect();
    assert_eq!(from, [Some("+1".to_owned()), Some("+2".to_owned())]);
}
