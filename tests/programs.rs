//! The crate's examples, run against a server on this machine. Their `main` reads the environment and is not called.
#![expect(dead_code, reason = "only `run` of each example is called")]

use std::time::Duration;

use telnyx_messaging::Client;

use crate::faults::ledger::Ledger;
use crate::faults::received::Received;
use crate::faults::script::{Script, answer};
use crate::faults::server::Server;

#[path = "../generated/examples/bulk_update.rs"]
mod bulk_update;
#[path = "../generated/examples/errors.rs"]
mod errors;
#[path = "../generated/examples/group_mms.rs"]
mod group_mms;
#[path = "../generated/examples/opt_outs.rs"]
mod opt_outs;
#[path = "../generated/examples/outbox.rs"]
mod outbox;
#[path = "../generated/examples/schedule_and_cancel.rs"]
mod schedule_and_cancel;
#[path = "../generated/examples/send_sms.rs"]
mod send_sms;
#[path = "../generated/examples/whatsapp.rs"]
mod whatsapp;

const FROM: &str = "+13125550000";
const TO: &str = "+13125550001";
const SENT: &str =
    r#"{"data":{"id":"m-1","to":[{"phone_number":"+13125550001","status":"queued"}]}}"#;

async fn serve(answers: &[(&str, &str)]) -> (Server, Client) {
    let scripts: Vec<Script> = answers
        .iter()
        .map(|(status, body)| answer(status, "", body))
        .collect();
    let server = Server::start(scripts, answer("500 Unexpected", "", ""), Ledger::default()).await;
    let client = Client::builder()
        .api_key("KEY")
        .base_url(server.base_url())
        .max_retries(0)
        .build()
        .expect("a client for loopback");
    (server, client)
}

fn requests(server: &Server) -> Vec<String> {
    let line = |request: &Received| {
        request
            .request_line()
            .trim_end_matches(" HTTP/1.1")
            .to_owned()
    };
    server.received().iter().map(line).collect()
}

#[tokio::test]
async fn send_sms_sends_one_message() {
    let (server, client) = serve(&[("200 OK", SENT)]).await;
    send_sms::run(&client, FROM, TO, "Hello")
        .await
        .expect("sent");
    assert_eq!(requests(&server), ["POST /v2/messages"]);
}

#[tokio::test]
async fn schedule_and_cancel_cancels_what_it_scheduled() {
    let (server, client) = serve(&[("200 OK", SENT), ("200 OK", r#"{"id":"m-1","to":[]}"#)]).await;
    schedule_and_cancel::run(&client, FROM, TO)
        .await
        .expect("cancelled");
    assert_eq!(
        requests(&server),
        ["POST /v2/messages/schedule", "DELETE /v2/messages/m-1"]
    );
}

#[tokio::test]
async fn group_mms_sends_to_all() {
    let (server, client) = serve(&[("200 OK", SENT)]).await;
    group_mms::run(&client, FROM, &[TO.to_owned(), FROM.to_owned()])
        .await
        .expect("sent");
    assert_eq!(requests(&server), ["POST /v2/messages/group_mms"]);
}

#[tokio::test]
async fn whatsapp_sends_a_template() {
    let (server, client) = serve(&[("200 OK", SENT)]).await;
    whatsapp::run(&client, FROM, TO).await.expect("sent");
    assert_eq!(requests(&server), ["POST /v2/messages/whatsapp"]);
}

#[tokio::test]
async fn opt_outs_goes_through_all_pages() {
    let page = |number: u32| {
        format!(
            r#"{{"data":[{{"from":"{FROM}","to":"{TO}","keyword":"STOP"}}],
                "meta":{{"page_number":{number},"page_size":1,"total_pages":2,"total_results":2}}}}"#
        )
    };
    let (server, client) = serve(&[("200 OK", &page(1)), ("200 OK", &page(2))]).await;
    let count = opt_outs::run(&client, "2026-01-01T00:00:00Z")
        .await
        .expect("two pages");
    assert_eq!(count, 2);
    assert_eq!(requests(&server).len(), 2);
}

#[tokio::test]
async fn bulk_update_asks_until_nothing_is_pending() {
    let pending = r#"{"data":{"order_id":"o-1","pending":["+13125550000"]}}"#;
    let done = r#"{"data":{"order_id":"o-1","success":["+13125550000"]}}"#;
    let (server, client) =
        serve(&[("200 OK", pending), ("200 OK", pending), ("200 OK", done)]).await;
    bulk_update::run(
        &client,
        "profile",
        &[FROM.to_owned()],
        Duration::from_millis(1),
    )
    .await
    .expect("updated");
    let update = "GET /v2/messaging_numbers/bulk_updates/o-1";
    assert_eq!(
        requests(&server),
        ["POST /v2/messaging_numbers/bulk_updates", update, update]
    );
}

#[tokio::test]
async fn errors_says_what_to_do() {
    let body = r#"{"errors":[{"code":"10002","title":"Invalid phone number"}]}"#;
    let (_server, client) = serve(&[("400 Bad Request", body)]).await;
    let told = errors::run(&client, "none").await;
    assert!(told.starts_with("not a phone number: 400"), "{told}");
}

#[tokio::test]
async fn errors_takes_no_answer_for_a_refusal_that_is_none() {
    let (_server, client) = serve(&[("503 Service Unavailable", "{}")]).await;
    let told = errors::run(&client, TO).await;
    assert!(told.starts_with("maybe sent, with key Some("), "{told}");
}

#[tokio::test]
async fn outbox_goes_on_with_the_same_request_after_a_lost_answer_and_not_after_an_acceptance() {
    let folder = std::env::temp_dir().join(format!("outbox-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("outbox.json");
    outbox::put(&file, FROM, TO, "Hello").expect("written");

    let (server, client) = serve(&[("503 Service Unavailable", "{}"), ("200 OK", SENT)]).await;
    for expected in ["Open", "Accepted", "Accepted"] {
        let entries = outbox::run(&client, &file).await.expect("read and written");
        let entry = format!("{entries:?}");
        assert!(entry.contains(&format!("state: {expected}")), "{entry}");
    }
    std::fs::remove_dir_all(folder).expect("removed");

    let received = server.received();
    let [first, second] = received.as_slice() else {
        panic!("{} requests", received.len());
    };
    assert!(first.header("idempotency-key").is_some());
    assert_eq!(
        first.header("idempotency-key"),
        second.header("idempotency-key")
    );
    assert_eq!(first.body, second.body);
}
