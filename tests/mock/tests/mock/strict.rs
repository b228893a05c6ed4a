//! What Telnyx would refuse or ignore, and slips in the requests of a test.

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use telnyx_messaging_mock::{Fault, Mock, Recipient};

use crate::raw::{exchange, get, post};
use crate::{FROM, PROFILE, TO};

const PATIENCE: Duration = Duration::from_secs(5);

#[tokio::test]
async fn a_slip_in_a_request_of_a_test_is_refused() {
    let mock = Mock::start().await.expect("started");
    mock.receive(TO, FROM, "Hi").await;
    let webhooks = mock.webhooks().wait(1, PATIENCE).await.expect("one");
    let without_url = webhooks[0]["data"]["id"].clone();
    for (path, body, expected) in [
        ("deliver_again", json!({ "event_id": "none" }), 404),
        ("deliver_again", json!({ "event_id": without_url }), 400),
        (
            "faults",
            json!({ "fault": "cut", "operation": "SendMesage" }),
            400,
        ),
        ("faults", json!({ "fault": "cut", "operation": 5 }), 400),
        (
            "faults",
            json!({ "fault": "cut", "operaton": "SendMessage" }),
            400,
        ),
        ("faults", json!({ "fault": "cut", "times": "3" }), 400),
        ("faults", json!({ "fault": "cut", "times": -1 }), 400),
        ("faults", json!({ "fault": "cut", "times": 2.5 }), 400),
        (
            "faults",
            json!({ "fault": "lost", "event_type": "message.send" }),
            400,
        ),
        ("faults", json!({ "fault": "lost", "event_type": 5 }), 400),
        (
            "faults",
            json!({ "fault": "lost", "event_type": "message.sent", "operation": "SendMessage" }),
            400,
        ),
        ("faults", json!({ "fault": "status=600" }), 400),
        ("faults", json!({ "fault": "cut", "times": 0 }), 200),
        (
            "recipients",
            json!({ "phone_number": "3125550001", "recipient": "silent" }),
            400,
        ),
        (
            "recipients",
            json!({ "phone_number": "Shop", "recipient": "silent" }),
            400,
        ),
        (
            "recipients",
            json!({ "phone_number": "12345", "recipient": "silent" }),
            200,
        ),
        (
            "faults",
            json!({ "fault": "cut", "operation": "SendMessage", "times": 2 }),
            200,
        ),
        (
            "faults",
            json!({ "fault": "lost", "event_type": "message.finalized" }),
            200,
        ),
        ("advance", json!({ "seconds": 1, "minutes": 5 }), 400),
        ("advance", json!({ "seconds": 1e18 }), 400),
        ("advance", json!({ "seconds": 0 }), 200),
        ("faults", json!({ "fault": "delay=0" }), 400),
        (
            "faults",
            json!({ "fault": "late=0", "event_type": "message.sent" }),
            400,
        ),
        (
            "receive",
            json!({ "from": TO, "to": FROM, "text": "Hi", "frum": null }),
            400,
        ),
        ("faults", json!({ "fault": "cut", "operation": null }), 200),
        ("nothing", json!({}), 404),
        (
            "receive",
            json!({ "from": "", "to": FROM, "text": "Hi" }),
            400,
        ),
        (
            "receive",
            json!({ "from": "3125550001", "to": FROM, "text": "Hi" }),
            400,
        ),
        (
            "receive",
            json!({ "from": TO, "to": "3125550000", "text": "Hi" }),
            400,
        ),
        (
            "receive?text=Hi",
            json!({ "from": TO, "to": FROM, "text": "Hi" }),
            400,
        ),
    ] {
        let (status, answer) = post(&mock, &format!("/_mock/{path}"), &body).await;
        assert_eq!(status, expected, "{path} {body}: {answer}");
    }
}

#[tokio::test]
async fn a_refusal_of_a_test_has_its_code_and_title() {
    let mock = Mock::start().await.expect("started");
    let twice = r#"{"fault":"cut","fault":"refuse","times":0}"#;
    let text = r#"{"from":"+13125550001","to":"+13125550000","text":"a \\\": b"}"#;
    for (path, body, expected) in [
        ("nothing", "{}", Some(("10005", "Resource not found"))),
        ("advance", "[]", Some(("10015", "Bad request"))),
        ("faults", twice, Some(("10015", "Bad request"))),
        ("receive", text, None),
    ] {
        let path = format!("/_mock/{path}");
        let (status, answer) = exchange(&mock, "POST", &path, "", body).await;
        let error = &answer["errors"][0];
        let told = error["code"].as_str().zip(error["title"].as_str());
        assert_eq!(told, expected, "{path} {body}: {status} {answer}");
    }
    let (status, _) = get(&mock, "/_mock/inbox?phone=abc").await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn a_wait_refuses_what_it_cannot_do() {
    let mock = Mock::builder().records(10).start().await.expect("started");
    for (query, expected) in [
        ("timeout=61", 400),
        ("timeout=-1", 400),
        ("timeout=soon", 400),
        ("count=11", 400),
        ("count=1.5", 400),
        ("cuont=1", 400),
        ("count", 400),
        ("count=0&count=1", 400),
        ("count=0&to=3125550001", 400),
        ("count=0&from=1", 400),
        ("count=0&event_type=message.send", 400),
        ("count=0&to=12345&from=Shop", 200),
        ("count=0&event_type=message.sent&to=%2B13125550001", 200),
        ("count=0&timeout=60", 200),
    ] {
        let (status, body) = get(&mock, &format!("/_mock/wait?{query}")).await;
        assert_eq!(status, expected, "{query}: {body}");
        if query == "count=11" {
            assert!(body.to_string().contains("10"), "{body}");
        }
    }
    for path in ["log", "exchanges", "behaviours", "inbox"] {
        let (status, body) = get(&mock, &format!("/_mock/{path}?to=12345")).await;
        assert_eq!(status, 400, "{path}: {body}");
    }
}

#[tokio::test]
async fn a_webhook_keeps_its_numbers_when_its_message_was_let_go() {
    let mock = Mock::builder().clock_stands_at(SystemTime::UNIX_EPOCH);
    let mock = mock.records(3).start().await.expect("started");
    let send = async |to: &str, text: &str| {
        let body = json!({ "to": to, "from": FROM, "text": text });
        assert_eq!(post(&mock, "/v2/messages", &body).await.0, 200);
        mock.advance(Duration::from_secs(1)).await;
    };
    send(TO, "Hi").await;
    mock.set_recipient("+13125550002", Recipient::Stuck).await;
    for _ in 0..2 {
        send("+13125550002", "Ho").await;
    }
    // One without webhooks, so that the first message goes and its webhooks stay.
    mock.set_recipient("+13125550003", Recipient::Stuck).await;
    send("+13125550003", "Ha").await;
    assert!(mock.messages().to(TO).all().is_empty());
    assert!(!mock.webhooks().to(TO).all().is_empty());
    assert!(mock.webhooks().to("+13125550009").all().is_empty());
}

#[tokio::test]
async fn a_text_has_at_most_ten_parts() {
    let mock = Mock::start().await.expect("started");
    for (letters, encoding, expected) in [
        (1530, "auto", 200),
        (1531, "auto", 400),
        (670, "ucs2", 200),
        (671, "ucs2", 400),
    ] {
        let text = "a".repeat(letters);
        let body = json!({ "to": TO, "from": FROM, "text": text, "encoding": encoding });
        let (status, body) = post(&mock, "/v2/messages", &body).await;
        assert_eq!(status, expected, "{letters} letters in {encoding}");
        if expected == 400 {
            let error = &body["errors"][0];
            assert_eq!(
                (&error["code"], &error["source"]["pointer"]),
                (&json!("40302"), &json!("/text"))
            );
        }
    }
}

#[tokio::test]
async fn a_sender_is_a_number_a_short_code_or_a_short_name() {
    let mock = Mock::start().await.expect("started");
    let abroad = "+4915112345678";
    for (from, to, expected) in [
        ("", TO, None),
        ("!!!", abroad, Some("40305")),
        ("A sender of far too many letters!", abroad, Some("40305")),
        ("12 34", abroad, Some("40305")),
        ("+123", abroad, Some("40305")),
        ("+0123456789", abroad, Some("40305")),
        (FROM, "+0123456789", Some("10002")),
        ("1234", abroad, Some("40305")),
        ("Shop", TO, Some("40305")),
        ("Shop", "+17875550001", Some("40305")),
        ("My Shop 24", abroad, None),
        ("Shop", "+18765550001", None),
        ("12345", TO, None),
        (FROM, TO, None),
    ] {
        let body = json!({ "to": to, "from": from, "messaging_profile_id": PROFILE, "text": "Hi" });
        let (status, body) = post(&mock, "/v2/messages", &body).await;
        let code = body["errors"][0]["code"].as_str();
        assert_eq!(code, expected, "{from} to {to}: {status} {body}");
        if from.is_empty() {
            assert_ne!(body["data"]["from"]["phone_number"], "", "{body}");
        }
    }
    let body = json!({ "to": TO, "from": "", "text": "Hi" });
    let (_, body) = post(&mock, "/v2/messages", &body).await;
    assert_eq!(body["errors"][0]["code"], "10004", "{body}");
}

#[tokio::test]
async fn nobody_can_answer_a_name() {
    let mock = Mock::builder().clock_stands_at(SystemTime::UNIX_EPOCH);
    let mock = mock.start().await.expect("started");
    let abroad = "+4915112345678";
    mock.set_recipient(abroad, Recipient::Answers).await;
    let body =
        json!({ "to": abroad, "from": "Shop", "messaging_profile_id": PROFILE, "text": "Hi" });
    assert_eq!(post(&mock, "/v2/messages", &body).await.0, 200);
    mock.advance(Duration::from_secs(60)).await;
    assert!(mock.messages().from(abroad).all().is_empty());
    let body = json!({ "from": abroad, "to": "Shop", "text": "Hi" });
    assert_eq!(post(&mock, "/_mock/receive", &body).await.0, 400);
}

#[tokio::test]
async fn a_scheduled_message_says_so() {
    let mock = Mock::builder().clock_stands_at(SystemTime::UNIX_EPOCH);
    let mock = mock.start().await.expect("started");
    for path in ["messages", "messages/schedule"] {
        let body =
            json!({ "to": TO, "from": FROM, "text": "Hi", "send_at": "1970-01-01T00:10:00Z" });
        let (_, body) = post(&mock, &format!("/v2/{path}"), &body).await;
        assert_eq!(body["data"]["to"][0]["status"], "scheduled", "{body}");
        let id = body["data"]["id"].as_str().expect("an id");
        let (_, body) = get(&mock, &format!("/v2/messages/{id}")).await;
        assert_eq!(body["data"]["to"][0]["status"], "scheduled", "{body}");
    }
    mock.advance(Duration::from_secs(600)).await;
    let statuses = mock.messages().all();
    assert!(
        statuses
            .iter()
            .all(|one| one["to"][0]["status"] == "queued"),
        "{statuses:?}"
    );
}

#[tokio::test]
async fn an_exchange_has_a_status_if_the_mock_looked_at_the_request() {
    let mock = Mock::start().await.expect("started");
    for (fault, name, status) in [
        (Fault::DropBefore, "drop=before", Value::Null),
        (Fault::Refuse, "refuse", Value::Null),
        (Fault::DropAfter, "drop=after", json!(200)),
    ] {
        mock.fail(fault, 1).await;
        get(&mock, "/v2/messaging_optouts").await;
        let exchange = mock.exchanges().pop().expect("one");
        assert_eq!(exchange["status"], status, "{exchange}");
        assert_eq!(exchange["fault"], name, "{exchange}");
    }
    get(&mock, "/v2/messaging_optouts").await;
    let exchange = mock.exchanges().pop().expect("one");
    assert_eq!(
        (&exchange["status"], &exchange["fault"]),
        (&json!(200), &Value::Null)
    );
}

#[tokio::test]
async fn an_exchange_has_the_same_path_with_and_without_a_network() {
    let mock = Mock::start().await.expect("started");
    for client in [mock.client(), mock.builder_in_process().build()] {
        let client = client.expect("a client");
        let request = client.get("/messaging_optouts").query("page[size]", "5");
        request.await.expect("a page");
        let exchange = mock.exchanges().pop().expect("one");
        assert_eq!(exchange["path"], "/v2/messaging_optouts?page%5Bsize%5D=5");
    }
}

#[tokio::test]
async fn an_exchange_shows_a_body_that_is_not_json() {
    let mock = Mock::start().await.expect("started");
    let headers = "Authorization: Bearer KEY\r\nContent-Type: application/json\r\n";
    exchange(&mock, "POST", "/v2/messages", headers, "{to: 1}").await;
    let exchange = mock.exchanges().pop().expect("one");
    assert_eq!(exchange["request"], "{to: 1}");
}

#[tokio::test]
async fn a_bulk_update_says_what_it_could_not_change() {
    // Of two new numbers, the first goes.
    let mock = Mock::builder().clock_stands_at(SystemTime::UNIX_EPOCH);
    let mock = mock.records(1).start().await.expect("started");
    let path = "/v2/messaging_numbers/bulk_updates";
    let body = json!({ "messaging_profile_id": PROFILE, "numbers": [FROM, TO] });
    let (_, body) = post(&mock, path, &body).await;
    let order = &body["data"];
    assert_eq!(order["pending"], json!([FROM, TO]), "{body}");
    mock.advance(Duration::from_secs(1)).await;
    let id = order["order_id"].as_str().expect("an id");
    let (_, body) = get(&mock, &format!("{path}/{id}")).await;
    let order = &body["data"];
    assert_eq!(
        [&order["pending"], &order["success"], &order["failed"]],
        [&json!([]), &json!([TO]), &json!([FROM])]
    );
}

#[tokio::test]
async fn a_bulk_update_refuses_a_number_that_is_not_in_e164() {
    let mock = Mock::start().await.expect("started");
    let body = json!({ "messaging_profile_id": PROFILE, "numbers": [FROM, "abc"] });
    let (status, body) = post(&mock, "/v2/messaging_numbers/bulk_updates", &body).await;
    assert_eq!(status, 400, "{body}");
    let error = &body["errors"][0];
    assert_eq!(
        (&error["code"], &error["source"]["pointer"]),
        (&json!("10002"), &json!("/numbers/1"))
    );
}
