//! Messaging profiles: which of them an opt-out counts for, and where its webhooks go.

use std::net::SocketAddr;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use telnyx_messaging_mock::Mock;
use tokio::net::TcpSocket;

use crate::raw::{Raw, exchange, get, post};
use crate::receiver::Receiver;
use crate::{FROM, PROFILE, TO};

const OTHER: &str = "5111fcb2-b1d1-4674-8a36-c36f953b8dc7";

async fn send(mock: &Mock, from: Option<&str>, profile: Option<&str>) -> Raw {
    let mut body = json!({ "to": TO, "text": "Hi" });
    for (name, value) in [("from", from), ("messaging_profile_id", profile)] {
        if let Some(value) = value {
            body[name] = value.into();
        }
    }
    post(mock, "/v2/messages", &body).await
}

#[tokio::test]
async fn stop_blocks_the_profile_that_sent() {
    for (from, profiles) in [
        ("12345", &[Some(PROFILE)][..]),
        (FROM, &[None, Some(PROFILE)]),
        (FROM, &[Some(PROFILE), Some(OTHER)]),
    ] {
        let mock = Mock::start().await.expect("started");
        for profile in profiles {
            assert_eq!(send(&mock, Some(from), *profile).await.0, 200);
        }
        mock.receive(TO, from, "STOP").await;
        let last = *profiles.last().expect("one");
        let (status, body) = send(&mock, Some(from), last).await;
        assert_eq!(status, 409, "{from} {profiles:?}: {body}");
        mock.receive(TO, from, "START").await;
        assert_eq!(send(&mock, Some(from), last).await.0, 200, "{from}");
    }
}

#[tokio::test]
async fn stop_blocks_the_profile_that_a_number_was_given_since() {
    let mock = Mock::builder()
        .phone_number(FROM)
        .clock_stands_at(SystemTime::UNIX_EPOCH);
    let mock = mock.start().await.expect("started");
    assert_eq!(send(&mock, Some(FROM), None).await.0, 200);
    mock.advance(Duration::from_secs(60)).await;
    let number = mock.client().expect("a client");
    let number = number.phone_numbers().messaging().update(FROM);
    number.messaging_profile_id(PROFILE).await.expect("updated");
    mock.receive(TO, FROM, "STOP").await;
    assert_eq!(send(&mock, Some(FROM), None).await.0, 409);
}

#[tokio::test]
async fn stop_to_the_number_of_one_pool_does_not_block_another() {
    let mock = Mock::start().await.expect("started");
    let (_, first) = send(&mock, None, Some(PROFILE)).await;
    let (_, second) = send(&mock, None, Some(OTHER)).await;
    let number = |body: &Value| {
        body["data"]["from"]["phone_number"]
            .as_str()
            .map(str::to_owned)
    };
    let [first, second] = [number(&first), number(&second)].map(|one| one.expect("a number"));
    assert_ne!(first, second);
    mock.receive(TO, &second, "STOP").await;
    assert_eq!(send(&mock, None, Some(PROFILE)).await.0, 200);
    assert_eq!(send(&mock, None, Some(OTHER)).await.0, 409);
}

#[tokio::test]
async fn the_webhook_of_an_answer_goes_to_the_profile_that_sent() {
    let (listener, url) = Receiver::bind().await;
    let mock = Mock::builder().clock_stands_at(SystemTime::UNIX_EPOCH);
    let mock = mock.start().await.expect("started");
    let receiver = Receiver::start(listener, &mock.public_key(), &[]);
    let profile = create(&mock, Some(&url)).await;
    assert_eq!(send(&mock, Some("12345"), Some(&profile)).await.0, 200);
    mock.receive(TO, "12345", "Hello").await;
    assert_eq!(receiver.kinds(), ["message.received"]);
}

/// Creates a profile. Gives its id.
async fn create(mock: &Mock, url: Option<&str>) -> String {
    let body = json!({ "name": "Shop", "whitelisted_destinations": ["US"], "webhook_url": url });
    let (status, body) = post(mock, "/v2/messaging_profiles", &body).await;
    assert!((200..300).contains(&status), "{body}");
    body["data"]["id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn the_urls_of_the_message_go_before_those_of_the_profile() {
    // Bound without listening: it refuses connections.
    let refuses = TcpSocket::new_v4().expect("a socket");
    let free = SocketAddr::from(([127, 0, 0, 1], 0));
    refuses.bind(free).expect("a port");
    let own = format!("http://{}/", refuses.local_addr().expect("an address"));
    for (uses_profile, is_profile_tried) in [(None, true), (Some(true), true), (Some(false), false)]
    {
        let (listener, url) = Receiver::bind().await;
        let mock = Mock::builder().clock_stands_at(SystemTime::UNIX_EPOCH);
        let mock = mock.webhook_url(&url).start().await.expect("started");
        let _receiver = Receiver::start(listener, &mock.public_key(), &[]);
        let mut body = json!({ "to": TO, "from": FROM, "text": "Hi", "webhook_url": own });
        if let Some(uses_profile) = uses_profile {
            body["use_profile_webhooks"] = uses_profile.into();
        }
        assert_eq!(post(&mock, "/v2/messages", &body).await.0, 200);
        mock.advance(Duration::from_millis(100)).await;
        mock.advance(Duration::from_secs(60)).await;
        let webhooks = mock.webhooks().event_type("message.sent").all();
        let attempts = webhooks[0]["attempts"].as_array().expect("a list");
        let to = |wanted: &str| attempts.iter().filter(|one| one["url"] == wanted).count();
        assert_eq!(to(&own), 3, "{attempts:?}");
        assert_eq!(to(&url), usize::from(is_profile_tried), "{attempts:?}");
    }
}

#[tokio::test]
async fn a_read_only_property_is_refused() {
    let mock = Mock::start().await.expect("started");
    let id = create(&mock, None).await;
    let headers = "Authorization: Bearer KEY\r\nContent-Type: application/json\r\n";
    for body in [
        json!({ "id": OTHER }),
        json!({ "created_at": "2026-01-31T12:00:00Z" }),
    ] {
        let path = format!("/v2/messaging_profiles/{id}");
        let (status, answer) = exchange(&mock, "PATCH", &path, headers, &body.to_string()).await;
        assert_eq!(status, 400, "{body}: {answer}");
        assert_eq!(get(&mock, &path).await.1["data"]["id"], id.as_str());
    }
}

#[tokio::test]
async fn a_deleted_profile_sends_nothing() {
    let mock = Mock::start().await.expect("started");
    let id = create(&mock, None).await;
    assert_eq!(send(&mock, None, Some(&id)).await.0, 200);
    let path = format!("/v2/messaging_profiles/{id}");
    let headers = "Authorization: Bearer KEY\r\n";
    assert_eq!(exchange(&mock, "DELETE", &path, headers, "").await.0, 200);
    for from in [None, Some(FROM)] {
        let (status, body) = send(&mock, from, Some(&id)).await;
        assert_eq!(status, 400, "{body}");
        assert_eq!(
            body["errors"][0]["source"]["pointer"],
            "/messaging_profile_id"
        );
    }
}

#[tokio::test]
async fn the_numbers_of_a_deleted_profile_belong_to_none() {
    let mock = Mock::builder().phone_number(FROM);
    let mock = mock.clock_stands_at(SystemTime::UNIX_EPOCH);
    let mock = mock.start().await.expect("started");
    let headers = "Authorization: Bearer KEY\r\nContent-Type: application/json\r\n";
    let id = create(&mock, None).await;
    let update = json!({ "messaging_profile_id": id, "numbers": [FROM] });
    let updates = "/v2/messaging_numbers/bulk_updates";
    let order = post(&mock, updates, &update).await.1;
    mock.advance(Duration::from_secs(1)).await;
    let late = post(&mock, updates, &update).await.1;
    let number = format!("/v2/phone_numbers/{FROM}/messaging");
    let profile = async || get(&mock, &number).await.1["data"]["messaging_profile_id"].clone();
    assert_eq!(profile().await, id.as_str(), "{order}");

    let path = format!("/v2/messaging_profiles/{id}");
    assert_eq!(exchange(&mock, "DELETE", &path, headers, "").await.0, 200);
    assert_eq!(profile().await, Value::Null);
    assert_eq!(send(&mock, Some(FROM), None).await.0, 200);

    mock.advance(Duration::from_secs(1)).await;
    let late = late["data"]["order_id"].as_str().expect("an id");
    let late = get(&mock, &format!("{updates}/{late}")).await.1;
    assert_eq!(late["data"]["failed"], json!([FROM]), "{late}");
    let change = json!({ "messaging_profile_id": id }).to_string();
    let refused = [
        post(&mock, updates, &update).await,
        exchange(&mock, "PATCH", &number, headers, &change).await,
    ];
    for (status, body) in refused {
        assert_eq!(
            (status, &body["errors"][0]["code"]),
            (400, &json!("10017")),
            "{body}"
        );
    }
    assert_eq!(profile().await, Value::Null);
}
