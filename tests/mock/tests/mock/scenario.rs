//! From the first message to STOP and START.

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use telnyx_messaging::types::{
    DeliveryStatus, Message, WhatsappMessageContent, WhatsappTemplate, WhatsappTemplateLanguage,
};
use telnyx_messaging::webhook::Event;
use telnyx_messaging::{Client, Error, ErrorCode};
use telnyx_messaging_mock::{Fault, Mock, Recipient};

use crate::receiver::Receiver;
use crate::{FROM, TO};

const PATIENCE: Duration = Duration::from_secs(5);

#[tokio::test]
async fn a_message_is_delivered_and_stop_and_start_decide_over_the_next() {
    let (listener, url) = Receiver::bind().await;
    let mock = Mock::builder().clock_stands_at(SystemTime::UNIX_EPOCH);
    let mock = mock.webhook_url(url).start().await.expect("started");
    let receiver = Receiver::start(listener, &mock.public_key(), &[]);
    let client = mock.client().expect("a client");

    let id = send(&client).await.expect("accepted");
    mock.advance(Duration::from_secs(1)).await;
    assert_eq!(receiver.kinds(), ["message.sent", "message.finalized"]);
    let message = client.messages().retrieve(&id).await.expect("found");
    let Message::Outbound(message) = message else {
        panic!("{message:?}");
    };
    assert_eq!(message.to[0].status, Some(DeliveryStatus::Delivered));

    mock.receive(TO, FROM, "stop").await;
    let error = send(&client).await.expect_err("blocked");
    let Error::Api(refusal) = error else {
        panic!("{error}");
    };
    assert_eq!(refusal.code(), Some(&ErrorCode::from("40300")));
    let optouts = client.messaging_optouts().list().await.expect("a page");
    assert_eq!(optouts.items[0].keyword.as_deref(), Some("STOP"));

    mock.receive(TO, FROM, "START").await;
    send(&client).await.expect("accepted");
    mock.advance(Duration::from_secs(1)).await;
    let kinds = [
        "message.sent",
        "message.finalized",
        "message.received",
        "message.received",
        "message.sent",
        "message.finalized",
    ];
    assert_eq!(receiver.kinds(), kinds);
}

#[tokio::test]
async fn recipients_have_the_fate_they_are_given() {
    let mock = Mock::start().await.expect("started");
    let client = mock.client().expect("a client");
    mock.set_recipient(TO, Recipient::Landline).await;
    send(&client).await.expect("accepted");
    let finalized = mock.webhooks().event_type("message.finalized").to(TO);
    let webhooks = finalized.wait(1, PATIENCE).await.expect("final");
    let payload = &webhooks[0]["data"]["payload"];
    assert_eq!(payload["to"][0]["status"], "delivery_failed");
    assert_eq!(payload["errors"][0]["code"], "40001");
    let events = finalized.events();
    let Event::DeliveryUpdate(message) = &events[0].event else {
        panic!("{events:?}");
    };
    assert_eq!(events.len(), 1);
    assert_eq!(message.to[0].status, Some(DeliveryStatus::DeliveryFailed));

    mock.set_recipient(TO, Recipient::QueueFull).await;
    let error = send(&client).await.expect_err("refused");
    assert!(error.to_string().contains("40318"), "{error}");

    mock.set_recipient(TO, Recipient::AnswersStop).await;
    send(&client).await.expect("accepted");
    let answers = mock
        .messages()
        .from(TO)
        .wait(1, PATIENCE)
        .await
        .expect("answered");
    assert_eq!(answers[0]["text"], "STOP");
    assert_eq!(answers[0]["autoresponse_type"], "STOP");
    let error = send(&client).await.expect_err("refused");
    assert!(error.to_string().contains("40300"), "{error}");
}

#[tokio::test]
async fn a_reply_has_the_channel_of_the_message_that_it_answers() {
    let mock = Mock::start().await.expect("started");
    let client = mock.client().expect("a client");
    let template = WhatsappMessageContent::template(
        WhatsappTemplate::new()
            .name("order_confirmation")
            .language(WhatsappTemplateLanguage::new("en_US")),
    );
    mock.receive(TO, FROM, "first").await;
    let sent = client.messages().send_whatsapp(FROM, TO, template);
    sent.await.expect("accepted");
    mock.receive(TO, FROM, "second").await;
    let received = mock.webhooks().event_type("message.received");
    let received = received.wait(2, PATIENCE).await.expect("both");
    let told: Vec<_> = received
        .iter()
        .map(|webhook| {
            let payload = &webhook["data"]["payload"];
            [
                &payload["type"],
                &payload["text"],
                &payload["body"]["text"]["body"],
            ]
        })
        .collect();
    assert_eq!(told[0], [&json!("SMS"), &json!("first"), &Value::Null]);
    assert_eq!(
        told[1],
        [&json!("WHATSAPP"), &Value::Null, &json!("second")]
    );
}

#[tokio::test]
async fn a_message_that_was_cancelled_says_so_when_it_is_retrieved() {
    let mock = Mock::start().await.expect("started");
    let client = mock.client().expect("a client");
    let messages = client.messages();
    let send = messages.send(TO).from(FROM).text("Hi");
    let sent = send.send_at(mock.now() + Duration::from_secs(3600)).await;
    let id = sent.expect("accepted").id;
    mock.fail_operation("CancelMessage", Fault::DropAfter, 1)
        .await;
    let error = messages.cancel_scheduled(&id).await.expect_err("refused");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(403));
    let Message::Outbound(message) = messages.retrieve(&id).await.expect("found") else {
        panic!("it was sent");
    };
    assert_eq!(message.to[0].status, Some(DeliveryStatus::Cancelled));
}

#[tokio::test]
async fn what_waits_four_hours_in_the_queue_expires() {
    let mock = Mock::builder()
        .clock_stands_at(SystemTime::UNIX_EPOCH)
        .start();
    let mock = mock.await.expect("started");
    let client = mock.client().expect("a client");
    mock.set_recipient(TO, Recipient::Stuck).await;
    send(&client).await.expect("accepted");
    mock.advance(Duration::from_secs(4 * 3600)).await;
    assert!(mock.webhooks().all().is_empty());
    mock.advance(Duration::from_secs(1)).await;
    let webhooks = mock.webhooks().all();
    assert_eq!(webhooks[0]["data"]["payload"]["errors"][0]["code"], "40014");
}

#[tokio::test]
async fn a_schedule_is_kept_and_can_be_cancelled() {
    let mock = Mock::builder()
        .clock_stands_at(SystemTime::UNIX_EPOCH)
        .start();
    let mock = mock.await.expect("started");
    let client = mock.client().expect("a client");
    let schedule = |minutes: u64| {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(minutes * 60);
        let request = client.messages().schedule(TO).from(FROM).text("Hi");
        request.send_at(time).into_future()
    };
    schedule(4).await.expect_err("too soon");
    schedule(6 * 24 * 60).await.expect_err("too late");
    let kept = schedule(10).await.expect("scheduled");
    let cancelled = schedule(10).await.expect("scheduled");

    client
        .messages()
        .cancel_scheduled(&cancelled.id)
        .await
        .expect("cancelled");
    let error = client
        .messages()
        .cancel_scheduled("none")
        .await
        .expect_err("unknown");
    assert!(error.is_not_found(), "{error}");
    mock.advance(Duration::from_secs(9 * 60 + 30)).await;
    client
        .messages()
        .cancel_scheduled(&kept.id)
        .await
        .expect_err("too late");
    assert!(mock.webhooks().all().is_empty());
    mock.advance(Duration::from_secs(60)).await;
    let sent = mock.webhooks().event_type("message.sent").all();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0]["data"]["payload"]["id"], kept.id);
}

#[tokio::test]
async fn advance_wakes_a_mock_whose_time_passes() {
    let mock = Mock::start().await.expect("started");
    let client = mock.client().expect("a client");
    let time = mock.now() + Duration::from_secs(301);
    let request = client.messages().send(TO).from(FROM).text("Hi");
    request.send_at(time).await.expect("scheduled");
    // By then, the mock waits for the schedule.
    tokio::time::sleep(Duration::from_millis(50)).await;
    mock.advance(Duration::from_secs(300)).await;
    let sent = mock.webhooks().event_type("message.sent");
    sent.wait(1, PATIENCE).await.expect("sent after a second");
}

async fn send(client: &Client) -> telnyx_messaging::Result<String> {
    let message = client.messages().send(TO).from(FROM).text("Hi").await?;
    Ok(message.id)
}

#[tokio::test]
async fn the_sender_of_a_refused_message_is_no_number_of_the_account() {
    let mock = Mock::start().await.expect("started");
    let client = mock.client().expect("a client");
    mock.set_recipient(TO, Recipient::Blocked).await;
    send(&client).await.expect_err("blocked");
    let numbers = client
        .phone_numbers()
        .messaging()
        .list()
        .await
        .expect("a page");
    assert!(numbers.items.is_empty(), "{numbers:?}");

    mock.set_recipient(TO, Recipient::Delivered).await;
    send(&client).await.expect("accepted");
    let numbers = client
        .phone_numbers()
        .messaging()
        .list()
        .await
        .expect("a page");
    assert_eq!(numbers.items.len(), 1);
}

#[test]
fn an_option_that_is_not_known_needs_no_value() {
    for arguments in [&["--nonsense"][..], &["--nonsense", "1"]] {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_telnyx-messaging-mock"));
        let output = program.args(arguments).output().expect("it ran");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(error.contains("there is no `--nonsense`"), "{error}");
    }
}
