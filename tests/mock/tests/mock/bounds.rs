//! The limits of what the mock remembers and responds.

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use telnyx_messaging_mock::{Mock, MockBuilder, Recipient};

use crate::raw::{get, post};
use crate::{FROM, PROFILE, TO};

/// A mock whose time stands still.
fn still() -> MockBuilder {
    Mock::builder().clock_stands_at(SystemTime::UNIX_EPOCH)
}

#[tokio::test]
async fn a_refusal_is_short_whatever_was_sent() {
    let mock = still().start().await.expect("started");
    let long = "a".repeat(100_000);
    let ones = vec![1; 100_000];
    let wrong: Vec<String> = ones.iter().map(|one| one.to_string()).collect();
    let unknown: serde_json::Map<_, _> = (0..10_000)
        .map(|one| (one.to_string(), Value::Null))
        .collect();
    for (path, body) in [
        (
            "messages",
            json!({ "to": TO, "from": FROM, "media_urls": ones }),
        ),
        (
            "messages",
            json!({ "to": TO, "from": FROM, "text": [long] }),
        ),
        (
            "messages",
            json!({ "to": TO, "from": FROM, "text": "Hi", &long: 1 }),
        ),
        (
            "messages",
            json!({ "to": long, "from": FROM, "text": "Hi" }),
        ),
        (
            "messages",
            json!({ "to": TO, "from": format!("{long} "), "text": "Hi" }),
        ),
        ("messages", unknown.into()),
        (
            "group_mms",
            json!({ "to": wrong, "from": FROM, "text": "Hi" }),
        ),
    ] {
        let path = path.replace("group", "messages/group");
        let (status, body) = post(&mock, &format!("/v2/{path}"), &body).await;
        assert_eq!(status, 400, "{path}");
        let errors = body["errors"].as_array().expect("a list");
        assert!((1..=20).contains(&errors.len()), "{}", errors.len());
        assert!(
            body.to_string().len() < 20_000,
            "{}",
            body.to_string().len()
        );
    }
    let query = "a&".repeat(10_000);
    let (status, body) = get(&mock, &format!("/v2/messaging_optouts?{query}")).await;
    assert_eq!(status, 400);
    assert!(
        body.to_string().len() < 20_000,
        "{}",
        body.to_string().len()
    );
    let (_, body) = get(&mock, &format!("/v2/messages/{long}")).await;
    assert!(body.to_string().len() < 5_000, "{}", body.to_string().len());
}

#[tokio::test]
async fn large_messages_are_let_go_before_there_are_many() {
    let mock = still().step(Duration::ZERO).records(100).start();
    let mock = mock.await.expect("started");
    let text = json!({ "type": "text", "text": { "body": "a".repeat(900_000) } });
    let body = json!({ "to": TO, "from": FROM, "whatsapp_message": text });
    for _ in 0..10 {
        let (status, answer) = post(&mock, "/v2/messages/whatsapp", &body).await;
        assert_eq!(status, 200, "{answer}");
    }
    let size = |list: Vec<Value>| list.iter().map(|one| one.to_string().len()).sum::<usize>();
    for list in [
        mock.messages().all(),
        mock.exchanges(),
        mock.webhooks().all(),
    ] {
        assert!(!list.is_empty());
        // Each list takes up to 4 MiB, and JSON may show a text twice.
        assert!(size(list) < 9 << 20, "9 MiB");
    }
}

#[tokio::test]
async fn the_ids_of_profiles_count_wherever_the_mock_keeps_them() {
    let mock = still().step(Duration::ZERO).records(100).start();
    let mock = mock.await.expect("started");
    let profile = "p".repeat(900_000);
    for number in 0..6 {
        let from = format!("+1312555001{number}");
        let body = json!({ "to": TO, "from": from, "messaging_profile_id": profile, "text": "Hi" });
        assert_eq!(post(&mock, "/v2/messages", &body).await.0, 200);
    }
    // Each list takes up to 4 MiB: four such ids.
    let numbers = async || {
        let (_, body) = get(&mock, "/v2/phone_numbers/messaging").await;
        body["data"].as_array().expect("a list").len()
    };
    assert_eq!(numbers().await, 4);
    let from = "+13125550015";
    for _ in 0..6 {
        mock.receive(TO, from, "Hello").await;
        let body = json!({ "to": TO, "from": from, "text": "Hi" });
        assert_eq!(post(&mock, "/v2/messages", &body).await.0, 200);
    }
    assert_eq!(mock.messages().all().len(), 4);

    let few: Vec<String> = (0..6).map(|one| format!("+1312555002{one}")).collect();
    let body = json!({ "messaging_profile_id": profile, "numbers": few });
    let (status, body) = post(&mock, "/v2/messaging_numbers/bulk_updates", &body).await;
    assert_eq!(status, 200, "{body}");
    mock.advance(Duration::from_secs(1)).await;
    assert_eq!(numbers().await, 4);
}

#[tokio::test]
async fn rules_and_recipients_are_not_without_limit() {
    let mock = still().records(10).start().await.expect("started");
    let mut refused = [0; 3];
    for number in 0..20 {
        let number = format!("+131255500{number:02}");
        let recipient = json!({ "phone_number": number, "recipient": "silent" });
        let fault = json!({ "fault": "status=503", "operation": "ListOptOuts" });
        let webhook = json!({ "fault": "lost", "event_type": "message.sent" });
        for (index, (path, body)) in [
            ("recipients", recipient),
            ("faults", fault),
            ("faults", webhook),
        ]
        .into_iter()
        .enumerate()
        {
            let (status, _) = post(&mock, &format!("/_mock/{path}"), &body).await;
            refused[index] += usize::from(status == 400);
        }
    }
    assert_eq!(refused, [10, 10, 10]);
}

#[tokio::test]
async fn a_webhook_has_a_limit_of_attempts() {
    let mock = still()
        .webhook_url("http://127.0.0.1:9/")
        .start()
        .await
        .expect("started");
    mock.receive(TO, FROM, "Hi").await;
    let webhooks = mock.webhooks().all();
    let body = json!({ "event_id": webhooks[0]["data"]["id"] });
    let mut statuses = Vec::new();
    for _ in 0..40 {
        statuses.push(post(&mock, "/_mock/deliver_again", &body).await.0);
    }
    assert_eq!((statuses[0], statuses[39]), (200, 400));
    let webhooks = mock.webhooks().all();
    assert!(webhooks[0]["attempts"].as_array().expect("a list").len() <= 30);
}

#[tokio::test]
async fn what_is_under_way_is_not_let_go() {
    let mock = still().records(5).start().await.expect("started");
    let client = mock.client().expect("a client");
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(600);
    let request = client
        .messages()
        .schedule(TO)
        .from(FROM)
        .text("Hi")
        .send_at(time);
    let scheduled = request.await.expect("scheduled").id;
    for _ in 0..10 {
        let request = client.messages().send(TO).from(FROM).text("Ho");
        request.await.expect("accepted");
        mock.advance(Duration::from_secs(1)).await;
    }
    client
        .messages()
        .retrieve(&scheduled)
        .await
        .expect("it is there");
    mock.advance(Duration::from_secs(600)).await;
    let sent = mock.webhooks().event_type("message.sent").all();
    let is_it = |one: &Value| one["data"]["payload"]["id"] == scheduled;
    assert!(sent.iter().any(is_it));
}

#[tokio::test]
async fn a_message_is_refused_if_all_that_is_kept_is_under_way() {
    let mock = still().records(2).start().await.expect("started");
    mock.set_recipient(TO, Recipient::Stuck).await;
    let client = mock.client().expect("a client");
    let send = || {
        client
            .messages()
            .send(TO)
            .from(FROM)
            .text("Hi")
            .into_future()
    };
    send().await.expect("accepted");
    send().await.expect("accepted");
    let error = send().await.expect_err("refused").to_string();
    assert!(
        error.contains("40318") && error.contains("--records"),
        "{error}"
    );
    mock.advance(Duration::from_secs(4 * 3600 + 1)).await;
    send().await.expect("accepted");
}

#[tokio::test]
async fn a_bulk_update_is_refused_if_all_that_are_kept_are_pending() {
    let mock = still().records(1).start().await.expect("started");
    let body = json!({ "messaging_profile_id": PROFILE, "numbers": [FROM] });
    let path = "/v2/messaging_numbers/bulk_updates";
    assert_eq!(post(&mock, path, &body).await.0, 200);
    let (status, answer) = post(&mock, path, &body).await;
    assert_eq!(
        (status, &answer["errors"][0]["code"]),
        (400, &json!("10015"))
    );
    mock.advance(Duration::from_secs(1)).await;
    assert_eq!(post(&mock, path, &body).await.0, 200);
}

#[tokio::test]
async fn the_log_says_which_webhook_was_let_go_before_it_arrived() {
    let mock = still()
        .records(10)
        .webhook_url("http://127.0.0.1:9/")
        .start();
    let mock = mock.await.expect("started");
    for _ in 0..11 {
        mock.receive(TO, FROM, "Hi").await;
    }
    let log = mock.log().join("\n");
    assert!(log.contains("let go"), "{log}");
}
