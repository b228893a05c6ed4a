//! Webhooks as Telnyx delivers them.

use std::time::{Duration, SystemTime};

use telnyx_messaging_mock::{Mock, WebhookFault};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::receiver::Receiver;
use crate::{FROM, TO};

const PATIENCE: Duration = Duration::from_secs(5);

#[tokio::test]
async fn a_url_gets_three_attempts_and_then_the_failover_url_its_own() {
    let [(one, first), (other, second)] = [Receiver::bind().await, Receiver::bind().await];
    let mock = Mock::builder().clock_stands_at(SystemTime::UNIX_EPOCH);
    let mock = mock.webhook_url(first).webhook_failover_url(second);
    let mock = mock.start().await.expect("started");
    let first = Receiver::start(one, &mock.public_key(), &[500, 302, 404]);
    let second = Receiver::start(other, &mock.public_key(), &[503]);

    mock.receive(TO, FROM, "Hello").await;
    assert_eq!([first.kinds().len(), second.kinds().len()], [1, 0]);
    mock.advance(Duration::from_secs(600)).await;
    assert_eq!([first.kinds().len(), second.kinds().len()], [3, 2]);
    let webhooks = mock.webhooks().all();
    let outcomes = webhooks[0]["attempts"].as_array().expect("a list").iter();
    let outcomes: Vec<&str> = outcomes.filter_map(|one| one["outcome"].as_str()).collect();
    assert_eq!(outcomes, ["500", "302", "404", "503", "200"]);
}

#[tokio::test]
async fn an_event_names_its_last_attempt() {
    let (listener, url) = Receiver::bind().await;
    let mock = Mock::builder().clock_stands_at(SystemTime::UNIX_EPOCH);
    let mock = mock.webhook_url(&url).start().await.expect("started");
    let _receiver = Receiver::start(listener, &mock.public_key(), &[500]);
    mock.receive(TO, FROM, "Hello").await;
    for attempt in [1, 2] {
        let events = mock.webhooks().events();
        assert_eq!(events[0].attempt, Some(attempt));
        assert_eq!(events[0].delivered_to.as_deref(), Some(url.as_str()));
        mock.advance(Duration::from_secs(60)).await;
    }

    let mock = Mock::start().await.expect("started");
    mock.receive(TO, FROM, "Hello").await;
    let events = mock.webhooks().events();
    assert_eq!(
        (events[0].attempt, &events[0].delivered_to),
        (Some(1), &None)
    );
    assert!(events[0].unread().is_empty());
}

#[tokio::test]
async fn a_message_can_have_a_url_of_its_own() {
    let (listener, url) = Receiver::bind().await;
    let mock = Mock::builder().clock_stands_at(SystemTime::UNIX_EPOCH);
    let mock = mock.webhook_url("http://127.0.0.1:9/").start();
    let mock = mock.await.expect("started");
    let receiver = Receiver::start(listener, &mock.public_key(), &[]);
    let client = mock.client().expect("a client");
    let request = client.messages().send(TO).from(FROM).text("Hi");
    request.webhook_url(url).await.expect("accepted");
    mock.advance(Duration::from_secs(1)).await;
    assert_eq!(receiver.kinds(), ["message.sent", "message.finalized"]);
}

#[tokio::test]
async fn faults_of_webhooks_are_those_that_were_asked_for() {
    let (listener, url) = Receiver::bind().await;
    let mock = Mock::builder().clock_stands_at(SystemTime::UNIX_EPOCH);
    let mock = mock.webhook_url(url).start().await.expect("started");
    let receiver = Receiver::start(listener, &mock.public_key(), &[]);
    let faults = [
        (
            WebhookFault::Twice,
            &["message.received", "message.received"][..],
        ),
        (WebhookFault::Stale, &["too old"]),
        (WebhookFault::WronglySigned, &["wrongly signed"]),
        (WebhookFault::Lost, &[]),
        (WebhookFault::Late(Duration::from_secs(60)), &[]),
    ];
    let mut expected: Vec<&str> = Vec::new();
    for (fault, kinds) in faults {
        mock.fail_webhook("message.received", fault, 1).await;
        mock.receive(TO, FROM, "Hello").await;
        expected.extend(kinds);
        assert_eq!(receiver.kinds(), expected, "{fault:?}");
    }
    mock.advance(Duration::from_secs(60)).await;
    assert_eq!(receiver.kinds().len(), expected.len() + 1);
}

#[tokio::test]
async fn a_webhook_can_be_delivered_again() {
    let (listener, url) = Receiver::bind().await;
    let mock = Mock::builder()
        .webhook_url(url)
        .start()
        .await
        .expect("started");
    let receiver = Receiver::start(listener, &mock.public_key(), &[]);
    mock.receive(TO, FROM, "Hello").await;
    receiver.wait(1).await;
    let webhooks = mock
        .webhooks()
        .wait(1, PATIENCE)
        .await
        .expect("there is one");
    mock.deliver_again(webhooks[0]["data"]["id"].as_str().expect("an id"))
        .await;
    assert_eq!(receiver.wait(2).await.len(), 2);
}

#[tokio::test]
async fn nothing_is_posted_to_another_machine() {
    for url in [
        "http://10.0.0.1/",
        "http://example.com/",
        "https://127.0.0.1/",
        "http://0x0a000001/",
    ] {
        let mock = Mock::builder().clock_stands_at(SystemTime::UNIX_EPOCH);
        let mock = mock.webhook_url(url).start().await.expect("started");
        mock.receive(TO, FROM, "Hello").await;
        mock.advance(Duration::from_secs(600)).await;
        let webhooks = mock.webhooks().all();
        let attempts = webhooks[0]["attempts"].as_array().expect("a list");
        assert_eq!(attempts.len(), 3, "{url}");
        for attempt in attempts {
            let outcome = attempt["outcome"].as_str().expect("it has ended");
            assert!(outcome.starts_with("not sent"), "{url}: {outcome}");
        }
    }
}

#[tokio::test]
async fn an_allowed_host_is_looked_up() {
    let mock = Mock::builder().clock_stands_at(SystemTime::UNIX_EPOCH);
    let mock = mock.allow_webhook_host("Mock.Invalid");
    let mock = mock.webhook_url("http://mock.invalid/").start().await;
    let mock = mock.expect("started");
    mock.receive(TO, FROM, "Hello").await;
    let webhooks = mock.webhooks().all();
    let outcome = webhooks[0]["attempts"][0]["outcome"].as_str();
    assert_eq!(outcome, Some("failed: mock.invalid is not known"));
}

#[tokio::test]
async fn the_start_of_a_long_response_is_shown() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = [0; 8192];
            let _ = stream.read(&mut request).await;
            let body = "long ".repeat(1_000);
            let head = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 5000\r\n\r\n";
            let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
        }
    });
    let mock = Mock::builder()
        .webhook_url(url)
        .start()
        .await
        .expect("started");
    mock.receive(TO, FROM, "Hi").await;
    let shown = || {
        let webhooks = mock.webhooks().all();
        let response = webhooks.first()?["attempts"].get(0)?.to_string();
        response.contains("500").then_some(response)
    };
    for _ in 0..200 {
        if shown().is_some() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let shown = shown().expect("an attempt");
    assert!(shown.contains("long long"), "{shown}");
    assert!(shown.len() < 2_000, "{shown}");
}
