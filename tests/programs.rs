//! The crate's examples, run against the mock. Their `main` reads the environment and is not called.
#![expect(dead_code, reason = "only `run` of each example is called")]

use telnyx_messaging::Client;
use telnyx_messaging::webhook::WebhookVerifier;
use telnyx_messaging_mock::{Fault, Mock};
use tokio::net::TcpListener;

#[path = "../generated/examples/bulk_send.rs"]
mod bulk_send;
#[path = "../generated/examples/bulk_update.rs"]
mod bulk_update;
#[path = "../generated/examples/errors.rs"]
mod errors;
#[path = "../generated/examples/first_webhook.rs"]
mod first_webhook;
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

/// A mock, and a client that does not retry.
async fn start() -> (Mock, Client) {
    let mock = Mock::start().await.expect("a mock");
    let client = Client::builder()
        .api_key("KEY")
        .base_url(mock.base_url())
        .max_retries(0)
        .build()
        .expect("a client for loopback");
    (mock, client)
}

/// The field of the only message.
fn of_the_only_message(mock: &Mock, pointer: &str) -> String {
    let messages = mock.messages().all();
    let [message] = messages.as_slice() else {
        panic!("{} messages", messages.len());
    };
    let field = message
        .pointer(pointer)
        .unwrap_or_else(|| panic!("{message}"));
    field
        .as_str()
        .unwrap_or_else(|| panic!("{field}"))
        .to_owned()
}

#[tokio::test]
async fn send_sms_sends_one_message() {
    let (mock, client) = start().await;
    send_sms::run(&client, FROM, TO, "Hello")
        .await
        .expect("sent");
    assert_eq!(of_the_only_message(&mock, "/text"), "Hello");
    assert_eq!(of_the_only_message(&mock, "/to/0/phone_number"), TO);
}

#[tokio::test]
async fn schedule_and_cancel_cancels_what_it_scheduled() {
    let (mock, client) = start().await;
    schedule_and_cancel::run(&client, FROM, TO)
        .await
        .expect("cancelled");
    assert_eq!(of_the_only_message(&mock, "/to/0/status"), "cancelled");
}

#[tokio::test]
async fn schedule_and_cancel_cancels_though_the_first_answer_was_lost() {
    let mock = Mock::start().await.expect("a mock");
    // The client repeats the request to cancel, which is then too late.
    let client = mock.client().expect("a client for loopback");
    mock.fail_operation("CancelMessage", Fault::DropAfter, 1)
        .await;
    schedule_and_cancel::run(&client, FROM, TO)
        .await
        .expect("looked up");
    assert_eq!(of_the_only_message(&mock, "/to/0/status"), "cancelled");
}

#[tokio::test]
async fn first_webhook_comes_from_nothing_to_a_verified_webhook() {
    let mock = Mock::builder()
        .phone_number(FROM)
        .start()
        .await
        .expect("a mock");
    let client = mock.client().expect("a client for loopback");
    let verifier = WebhookVerifier::new(mock.public_key()).expect("a key");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("it has one");
    let url = format!("http://{address}/webhooks");

    let arguments = [url, FROM.to_owned(), TO.to_owned()];
    let webhook = first_webhook::run(&client, verifier, listener, &arguments).await;
    let webhook = webhook.expect("one comes");
    assert_eq!(webhook.event_type, "message.sent");

    let program = include_str!("../generated/examples/first_webhook.rs");
    let code = program.lines().map(str::trim);
    let code = code.filter(|line| !line.is_empty() && !line.starts_with("//"));
    assert!(code.count() < 40);
}

#[tokio::test]
async fn group_mms_sends_to_all() {
    let (mock, client) = start().await;
    let to = [TO.to_owned(), FROM.to_owned()];
    group_mms::run(&client, FROM, &to).await.expect("sent");
    assert_eq!(of_the_only_message(&mock, "/to/1/phone_number"), FROM);
    assert_eq!(of_the_only_message(&mock, "/type"), "MMS");
}

#[tokio::test]
async fn whatsapp_sends_a_template() {
    let (mock, client) = start().await;
    whatsapp::run(&client, FROM, TO).await.expect("sent");
    let template = of_the_only_message(&mock, "/body/template/name");
    assert_eq!(template, "order_confirmation");
}

#[tokio::test]
async fn opt_outs_goes_through_all_pages() {
    let (mock, client) = start().await;
    for number in 0..251 {
        mock.receive(&format!("+1312555{number:04}"), FROM, "STOP")
            .await;
    }
    let counted = opt_outs::run(&client, "2026-01-01T00:00:00Z").await;
    assert_eq!(counted.expect("two pages"), 251);
    let log = mock.log();
    let pages = log
        .iter()
        .filter(|line| line.contains("GET ListOptOuts: 200"));
    assert_eq!(pages.count(), 2);
}

#[tokio::test]
async fn bulk_update_asks_until_nothing_is_pending() {
    let (_mock, client) = start().await;
    let numbers = [FROM.to_owned()];
    let profile = "4000eba1-a0c0-4563-9925-b25e842a7cb6";
    bulk_update::run(&client, profile, &numbers)
        .await
        .expect("updated");
    let settings = client.phone_numbers().messaging().retrieve(FROM).await;
    let settings = settings.expect("the number is the account's");
    assert_eq!(settings.messaging_profile_id.as_deref(), Some(profile));
}

#[tokio::test]
async fn errors_says_what_to_do() {
    let (_mock, client) = start().await;
    let told = errors::run(&client, FROM, "none").await;
    assert!(told.starts_with("not a phone number: 400"), "{told}");
}

#[tokio::test]
async fn errors_takes_no_answer_for_a_refusal_that_is_none() {
    let (mock, client) = start().await;
    mock.fail(Fault::Status(503), 1).await;
    let told = errors::run(&client, FROM, TO).await;
    let again = "send it again with the key Some(";
    assert!(told.starts_with(again), "{told}");
}

#[tokio::test]
async fn outbox_sends_once_though_the_first_answer_was_lost() {
    let folder = std::env::temp_dir().join(format!("outbox-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("outbox.json");
    outbox::put(&file, FROM, TO, "Hello").expect("written");

    let (mock, client) = start().await;
    mock.fail(Fault::DropAfter, 1).await;
    for expected in ["Open", "Accepted", "Accepted"] {
        let entries = outbox::run(&client, &file).await.expect("read and written");
        let entry = format!("{entries:?}");
        assert!(entry.contains(&format!("state: {expected}")), "{entry}");
    }
    std::fs::remove_dir_all(folder).expect("removed");

    assert_eq!(of_the_only_message(&mock, "/text"), "Hello");
    let log = mock.log();
    assert_eq!(requests_to_send(&mock), 2, "{log:?}");
    assert!(
        log.iter().any(|line| line.contains("replayed a response")),
        "{log:?}"
    );
}

#[tokio::test]
async fn outbox_discards_no_message_while_the_account_or_a_sender_has_to_pause() {
    let folder = std::env::temp_dir().join(format!("outbox-pause-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("outbox.json");
    let mock = Mock::builder().sender(FROM).start().await.expect("started");
    let client = mock.client().expect("a client");
    for (from, text) in [("+13125550009", "a"), (FROM, "b"), ("+13125550009", "c")] {
        outbox::put(&file, from, TO, text).expect("written");
    }

    // The first sender is not valid. Its messages stay in the outbox, and the other sender's message is sent.
    let entries = outbox::run(&client, &file).await.expect("read and written");
    let entries: Vec<String> = entries.iter().map(|entry| format!("{entry:?}")).collect();
    for (entry, state) in entries.iter().zip(["Open", "Accepted", "Open"]) {
        assert!(entry.contains(&format!("state: {state}")), "{entry}");
    }
    assert_eq!(requests_to_send(&mock), 2);

    // The key is wrong, so nothing more is sent.
    mock.fail(Fault::Status(401), 5).await;
    outbox::run(&client, &file).await.expect("read and written");
    assert_eq!(requests_to_send(&mock), 3);
    std::fs::remove_dir_all(folder).expect("removed");
}

fn requests_to_send(mock: &Mock) -> usize {
    let log = mock.log();
    let requests = log.iter().filter(|line| line.contains("POST SendMessage"));
    requests.count()
}

#[tokio::test]
async fn bulk_send_leaves_out_who_opted_out_and_tells_what_became_of_the_others() {
    let (mock, client) = start().await;
    mock.receive("+13125550002", FROM, "STOP").await;
    // A landline, to which a message is first accepted; a recipient who opted out with STOP; and one whose queue is full.
    let numbers = [TO, "+13125550002", "+15005550103", "+15005550104"];
    let report = bulk_send::run(&client, FROM, "Hello", numbers.into_iter()).await;
    let report: Vec<(String, usize)> = report.expect("the opt-outs are told").into_iter().collect();
    let expected = [
        ("done", 1),
        ("give_up: drop_recipient", 1),
        ("opted out", 1),
        ("send_again: later_same_key", 1),
    ];
    assert_eq!(
        report,
        expected.map(|(ending, count)| (ending.to_owned(), count))
    );
}
