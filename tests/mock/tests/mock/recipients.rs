//! Whom a message can go to, and what is known of it later.

use std::time::{Duration, SystemTime};

use serde_json::json;
use telnyx_messaging_mock::{Mock, Recipient};

use crate::raw::{get, post};
use crate::{FROM, PROFILE, TO};

#[tokio::test]
async fn a_recipient_is_a_number_or_a_short_code_and_for_whatsapp_a_number_or_an_id() {
    let mock = Mock::start().await.expect("started");
    let id = "US.13491208655302741918";
    let content = json!({ "type": "text", "text": { "body": "Hi" } });
    for (path, to, expected) in [
        ("messages", TO, 200),
        ("messages", "12345", 200),
        ("messages", "1234", 400),
        ("messages", "Shop", 400),
        ("messages", id, 400),
        ("messages/group_mms", "123456", 200),
        ("messages/alphanumeric_sender_id", "+4915112345678", 200),
        ("messages/alphanumeric_sender_id", "12345", 400),
        ("messages/whatsapp", TO, 200),
        ("messages/whatsapp", id, 200),
        ("messages/whatsapp", "us.1", 400),
        ("messages/whatsapp", "US.", 400),
        ("messages/whatsapp", "12345", 400),
    ] {
        let body = match path {
            "messages/whatsapp" => json!({ "to": to, "from": FROM, "whatsapp_message": content }),
            "messages/group_mms" => json!({ "to": [to], "from": FROM, "text": "Hi" }),
            "messages/alphanumeric_sender_id" => {
                json!({ "to": to, "from": "Shop", "messaging_profile_id": PROFILE, "text": "Hi" })
            }
            _ => json!({ "to": to, "from": FROM, "text": "Hi" }),
        };
        let (status, body) = post(&mock, &format!("/v2/{path}"), &body).await;
        assert_eq!(status, expected, "{path} to {to}: {body}");
        if expected == 400 {
            assert_eq!(body["errors"][0]["code"], "10002", "{body}");
        }
    }
}

#[tokio::test]
async fn a_text_outside_gsm_7_is_refused_if_the_request_asks_for_gsm_7() {
    let mock = Mock::start().await.expect("started");
    for (text, encoding, expected) in [
        ("я", "gsm7", 400),
        ("я", "auto", 200),
        ("я", "ucs2", 200),
        ("a€Δ", "gsm7", 200),
    ] {
        let body = json!({ "to": TO, "from": FROM, "text": text, "encoding": encoding });
        let (status, body) = post(&mock, "/v2/messages", &body).await;
        assert_eq!(status, expected, "{text} in {encoding}: {body}");
    }
}

#[tokio::test]
async fn a_message_that_expires_in_the_queue_ends_as_the_document_says() {
    let mock = Mock::builder().clock_stands_at(SystemTime::UNIX_EPOCH);
    let mock = mock.start().await.expect("started");
    mock.set_recipient(TO, Recipient::Stuck).await;
    let body = json!({ "to": TO, "from": FROM, "text": "Hi" });
    assert_eq!(post(&mock, "/v2/messages", &body).await.0, 200);
    mock.advance(Duration::from_secs(5 * 3600)).await;
    let finalized = mock.webhooks().event_type("message.finalized").all();
    let payload = &finalized[0]["data"]["payload"];
    assert_eq!(payload["to"][0]["status"], "sending_failed");
    assert_eq!(payload["errors"][0]["code"], "40014");
}

#[tokio::test]
async fn a_message_can_be_looked_up_for_ten_days() {
    let mock = Mock::builder().clock_stands_at(SystemTime::UNIX_EPOCH);
    let mock = mock.start().await.expect("started");
    let body = json!({ "to": TO, "from": FROM, "text": "Hi" });
    let (_, body) = post(&mock, "/v2/messages", &body).await;
    let path = format!(
        "/v2/messages/{}",
        body["data"]["id"].as_str().expect("an id")
    );
    mock.advance(Duration::from_secs(10 * 24 * 3600)).await;
    assert_eq!(get(&mock, &path).await.0, 200);
    mock.advance(Duration::from_secs(60)).await;
    let (status, body) = get(&mock, &path).await;
    assert_eq!((status, &body["errors"][0]["code"]), (404, &json!("10005")));
}

#[tokio::test]
async fn the_time_of_an_opt_out_has_a_space_as_at_telnyx() {
    let now = SystemTime::UNIX_EPOCH + Duration::from_millis(1_230);
    let mock = Mock::builder().clock_stands_at(now);
    let mock = mock.start().await.expect("started");
    mock.receive(TO, FROM, "STOP").await;
    let (_, body) = get(&mock, "/v2/messaging_optouts").await;
    let time = &body["data"][0]["created_at"];
    assert_eq!(time, "1970-01-01 00:00:01.230000+00:00");
    let client = mock.client().expect("a client");
    let page = client.messaging_optouts().list().await.expect("a page");
    let time = page.items[0].created_at.as_ref().expect("a time");
    assert_eq!(time.to_system_time(), Some(now));
}

#[tokio::test]
async fn a_group_is_in_the_us_or_canada() {
    let mock = Mock::start().await.expect("started");
    for (to, expected) in [
        ("+16045550001", None),
        ("+17875550001", None),
        ("+4915112345678", Some("40310")),
        ("+18765550001", Some("40310")),
    ] {
        let body = json!({ "to": [TO, to], "from": FROM, "text": "Hi" });
        let (_, body) = post(&mock, "/v2/messages/group_mms", &body).await;
        let error = &body["errors"][0];
        assert_eq!(error["code"].as_str(), expected, "{to}: {body}");
        let place = expected.map(|_| "/to/1");
        assert_eq!(error["source"]["pointer"].as_str(), place, "{to}: {body}");
    }
}
