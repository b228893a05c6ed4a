//! Idempotency keys.

use std::time::{Duration, SystemTime};

use telnyx_messaging::{Client, Outcome};
use telnyx_messaging_mock::{Fault, Mock};

use crate::{FROM, TO};

async fn send(client: &Client, key: &str, text: &str) -> telnyx_messaging::Result<(String, bool)> {
    let request = client.messages().send(TO).from(FROM).text(text);
    let response = request.idempotency_key(key).with_response().await?;
    let is_replayed = response.idempotent_replayed();
    Ok((response.into_value().id, is_replayed))
}

#[tokio::test]
async fn a_key_replays_its_response_for_a_day_and_fits_one_body() {
    let mock = Mock::builder()
        .clock_stands_at(SystemTime::UNIX_EPOCH)
        .start();
    let mock = mock.await.expect("started");
    let client = mock.client().expect("a client");
    let (id, is_replayed) = send(&client, "key", "Hi").await.expect("accepted");
    assert!(!is_replayed);
    assert_eq!(
        send(&client, "key", "Hi").await.expect("replayed"),
        (id.clone(), true)
    );

    let error = send(&client, "key", "Ho").await.expect_err("reused");
    assert!(
        error.to_string().contains("422") && error.to_string().contains("10027"),
        "{error}"
    );
    mock.advance(Duration::from_secs(24 * 3600)).await;
    let (other, is_replayed) = send(&client, "key", "Hi").await.expect("accepted");
    assert!(other != id && !is_replayed);
}

#[tokio::test]
async fn a_refused_request_leaves_its_key_free() {
    let mock = Mock::builder().sender(FROM).start().await.expect("started");
    let client = mock.client().expect("a client");
    let refused = client.messages().send(TO).from("+13125550009").text("Hi");
    refused.idempotency_key("key").await.expect_err("refused");
    send(&client, "key", "Hi").await.expect("accepted");
}

#[tokio::test]
async fn a_refused_sender_is_no_number_of_the_account() {
    let mock = Mock::builder().sender(FROM).start().await.expect("started");
    let client = mock.client().expect("a client");
    for from in [FROM, "+13125550009"] {
        let sent = client.messages().send(TO).from(from).text("Hi").await;
        assert_eq!(sent.is_ok(), from == FROM);
    }
    let numbers = client.phone_numbers().messaging().list().await;
    let numbers = numbers.expect("a page").items;
    let numbers = numbers.iter().map(|number| number.phone_number.as_deref());
    assert_eq!(numbers.collect::<Vec<_>>(), [Some(FROM)]);
}

#[tokio::test]
async fn a_key_is_in_progress_until_the_first_response_is_out() {
    let mock = Mock::builder()
        .clock_stands_at(SystemTime::UNIX_EPOCH)
        .start();
    let mock = mock.await.expect("started");
    let client = mock
        .builder_in_process()
        .max_retries(0)
        .build()
        .expect("a client");
    mock.fail(Fault::Delay(Duration::from_millis(100)), 1).await;
    let first = send(&client, "key", "Hi");
    let second = async {
        tokio::time::sleep(Duration::from_millis(20)).await;
        send(&client, "key", "Hi").await
    };
    let (first, second) = tokio::join!(first, second);
    first.expect("accepted");
    let error = second.expect_err("in progress");
    assert!(error.to_string().contains("10036"), "{error}");
    assert_eq!(error.outcome(), Outcome::Unknown);
    mock.advance(Duration::from_millis(100)).await;
    assert!(send(&client, "key", "Hi").await.expect("replayed").1);
}
