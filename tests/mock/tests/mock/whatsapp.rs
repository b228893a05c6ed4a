//! WhatsApp messages, in both directions.

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use telnyx_messaging::webhook::{Event, Webhook};
use telnyx_messaging_mock::{Mock, Recipient};

use crate::raw::{get, post};
use crate::{FROM, TO};

const HIDDEN: &str = "US.13491208655302741918";

async fn started() -> Mock {
    let mock = Mock::builder().clock_stands_at(SystemTime::UNIX_EPOCH);
    mock.start().await.expect("started")
}

fn text_to(to: &str) -> Value {
    let content = json!({ "type": "text", "text": { "body": "Hi" } });
    json!({ "to": to, "from": FROM, "whatsapp_message": content })
}

#[tokio::test]
async fn a_user_who_hides_the_number_gets_an_answer() {
    let mock = started().await;
    mock.receive(HIDDEN, FROM, "Where is my order?").await;
    let webhooks = mock.webhooks().event_type("message.received").all();
    let webhook = Webhook::from_verified_json(webhooks[0].to_string());
    let Event::InboundMessage(message) = webhook.expect("JSON").event else {
        panic!("{webhooks:?}");
    };
    assert_eq!(message.text_content(), Some("Where is my order?"));
    let sender = message.sender().expect("a sender");
    assert_eq!(sender, HIDDEN);

    let (status, body) = post(&mock, "/v2/messages/whatsapp", &text_to(sender)).await;
    assert_eq!(status, 200, "{body}");
}

#[tokio::test]
async fn a_received_message_has_one_number_in_to_and_its_content_in_body() {
    let mock = started().await;
    assert_eq!(
        post(&mock, "/v2/messages/whatsapp", &text_to(TO)).await.0,
        200
    );
    mock.receive(TO, FROM, "Hello").await;
    let webhooks = mock.webhooks().event_type("message.received").all();
    let payload = &webhooks[0]["data"]["payload"];
    assert_eq!(payload["to"], FROM);
    let id = payload["id"].as_str().expect("an id");
    let body = &payload["body"];
    assert_eq!(
        [
            &body["type"],
            &body["text"]["body"],
            &body["id"],
            &body["from"],
            &body["timestamp"]
        ],
        [
            &json!("text"),
            &json!("Hello"),
            &json!(id),
            &json!(TO),
            &json!("0")
        ],
    );
    assert_eq!(body["from_user_id"], Value::Null);
    assert!(body["foreign_id"].is_string(), "{body}");
    let (_, retrieved) = get(&mock, &format!("/v2/messages/{id}")).await;
    assert_eq!(retrieved["data"]["to"], FROM, "{retrieved}");
}

#[tokio::test]
async fn a_whatsapp_user_can_opt_out() {
    let mock = started().await;
    mock.receive(HIDDEN, FROM, "STOP").await;
    let (status, body) = post(&mock, "/v2/messages/whatsapp", &text_to(HIDDEN)).await;
    assert_eq!((status, &body["errors"][0]["code"]), (409, &json!("40300")));
}

#[tokio::test]
async fn a_recipient_with_a_behaviour_can_be_a_short_code_or_a_whatsapp_user() {
    let mock = started().await;
    for address in ["12345", HIDDEN] {
        mock.set_recipient(address, Recipient::Answers).await;
    }
    let sms = json!({ "to": "12345", "from": FROM, "text": "Hi" });
    assert_eq!(post(&mock, "/v2/messages", &sms).await.0, 200);
    let whatsapp = text_to(HIDDEN);
    assert_eq!(post(&mock, "/v2/messages/whatsapp", &whatsapp).await.0, 200);
    mock.advance(Duration::from_secs(1)).await;
    for (address, kind) in [("12345", "SMS"), (HIDDEN, "WHATSAPP")] {
        let answers = mock.messages().from(address).all();
        let kinds: Vec<&Value> = answers.iter().map(|one| &one["type"]).collect();
        assert_eq!(kinds, [kind], "{address}");
    }
}

#[tokio::test]
async fn a_message_can_be_read_if_it_is_no_sms() {
    let mock = started().await;
    mock.set_recipient(TO, Recipient::Reads).await;
    let sms = json!({ "to": TO, "from": FROM, "text": "Hi" });
    assert_eq!(post(&mock, "/v2/messages", &sms).await.0, 200);
    assert_eq!(
        post(&mock, "/v2/messages/whatsapp", &text_to(TO)).await.0,
        200
    );
    mock.advance(Duration::from_secs(10)).await;
    let read = mock.webhooks().event_type("message.read").all();
    assert_eq!(read.len(), 1, "{read:?}");
    let payload = &read[0]["data"]["payload"];
    assert_eq!(
        [&payload["type"], &payload["to"][0]["status"]],
        [&json!("WHATSAPP"), &json!("read")],
    );
}
