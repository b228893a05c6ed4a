//! Requests that mean no good.

use std::time::{Duration, Instant};

use telnyx_messaging_mock::Mock;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::raw::connect;
use crate::{FROM, TO};

/// Sends the text and reads what comes until the connection ends, or for a second.
async fn exchange(mock: &Mock, text: &str) -> String {
    let mut stream = connect(mock).await;
    stream.write_all(text.as_bytes()).await.expect("sent");
    let mut answer = Vec::new();
    let reading = stream.read_to_end(&mut answer);
    let _ = tokio::time::timeout(Duration::from_secs(1), reading).await;
    String::from_utf8_lossy(&answer).into_owned()
}

fn get(path: &str, headers: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n")
}

#[tokio::test]
async fn a_body_of_100_mib_is_refused_before_it_is_read() {
    let mock = Mock::start().await.expect("started");
    let mut stream = connect(&mock).await;
    let head = "POST /v2/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: 104857600\r\n\r\n";
    stream.write_all(head.as_bytes()).await.expect("sent");
    let piece = vec![b'a'; 1 << 20];
    let mut sent = 0;
    while sent < 100 && stream.write_all(&piece).await.is_ok() {
        sent += 1;
    }
    assert!(sent < 100, "the mock has read all of it");
    mock.client()
        .expect("a client")
        .messaging_optouts()
        .list()
        .await
        .expect("it goes on");
}

#[tokio::test]
async fn a_foreign_host_or_page_gets_nothing() {
    let mock = Mock::start().await.expect("started");
    for headers in [
        "Host: evil.example\r\n",
        "Host: localhost\r\nOrigin: http://evil.example\r\n",
        "",
    ] {
        for path in [
            "/",
            "/_mock/inbox",
            "/_mock/events",
            "/v2/messaging_optouts",
        ] {
            let answer = exchange(&mock, &get(path, headers)).await;
            let status = answer.split(' ').nth(1).unwrap_or_default();
            assert!(
                matches!(status, "403" | "400"),
                "{path} with {headers:?}: {answer}"
            );
        }
    }
    let page = exchange(&mock, &get("/", "Host: localhost\r\n")).await;
    assert!(
        page.contains("content-security-policy: default-src 'none'"),
        "{page}"
    );
}

#[tokio::test]
async fn a_slow_client_holds_up_nobody() {
    let mock = Mock::start().await.expect("started");
    let mut slow = Vec::new();
    for _ in 0..100 {
        let mut stream = connect(&mock).await;
        stream
            .write_all(b"POST /v2/messages HTTP/1.1\r\n")
            .await
            .expect("sent");
        slow.push(stream);
    }
    let start = Instant::now();
    let client = mock.client().expect("a client");
    client
        .messages()
        .send(TO)
        .from(FROM)
        .text("Hi")
        .await
        .expect("accepted");
    assert!(start.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn any_text_comes_back_as_it_was() {
    let mock = Mock::start().await.expect("started");
    let client = mock.client().expect("a client");
    let texts = [
        "<script>alert(1)</script>",
        "\u{202e}txt.exe",
        "\0\u{1}\n",
        "\u{1f468}\u{200d}\u{1f469}",
    ];
    for text in texts {
        let message = client
            .messages()
            .send(TO)
            .from(FROM)
            .text(text)
            .await
            .expect("accepted");
        assert_eq!(message.text.as_deref(), Some(text));
    }
    let inbox = exchange(&mock, &get("/_mock/inbox", "Host: localhost\r\n")).await;
    assert!(inbox.contains("content-type: application/json"), "{inbox}");
}

#[tokio::test]
async fn what_is_remembered_is_bounded() {
    // Without a step, no message is under way when the next one comes.
    let mock = Mock::builder().records(10).step(Duration::ZERO).start();
    let mock = mock.await.expect("started");
    let client = mock.builder_in_process().build().expect("a client");
    for _ in 0..50 {
        client
            .messages()
            .send(TO)
            .from(FROM)
            .text("Hi")
            .await
            .expect("accepted");
    }
    assert_eq!(mock.messages().all().len(), 10);
    let inbox = exchange(&mock, &get("/_mock/inbox", "Host: localhost\r\n")).await;
    assert!(inbox.contains("\"messages\":50"), "{inbox}");
}

#[tokio::test]
async fn a_client_is_told_when_all_connections_are_in_use() {
    let mock = Mock::builder().connections(4).start();
    let mock = mock.await.expect("started");
    let mut held = Vec::new();
    for _ in 0..4 {
        let mut stream = connect(&mock).await;
        stream.write_all(b"GET / HTTP/1.1\r\n").await.expect("sent");
        held.push(stream);
    }
    let answer = exchange(&mock, &get("/", "Host: localhost\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
    assert!(answer.ends_with("The mock has 4 connections, its most; see --connections.\n"));
    drop(held);
    let mut answer = String::new();
    for _ in 0..100 {
        answer = exchange(&mock, &get("/", "Host: localhost\r\n")).await;
        if answer.starts_with("HTTP/1.1 200 ") {
            break;
        }
        // The mock has not seen yet that the connections ended.
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[tokio::test]
async fn only_some_pages_can_listen_and_no_response_waits_for_ever() {
    let mock = Mock::start().await.expect("started");
    let mut pages = Vec::new();
    for _ in 0..16 {
        let mut stream = connect(&mock).await;
        let request = get("/_mock/events", "Host: localhost\r\n");
        stream.write_all(request.as_bytes()).await.expect("sent");
        let mut start = [0; 12];
        stream.read_exact(&mut start).await.expect("a response");
        assert_eq!(start, *b"HTTP/1.1 200");
        pages.push(stream);
    }
    let answer = exchange(&mock, &get("/_mock/events", "Host: localhost\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");

    let headers = "Host: localhost\r\nx-mock-fault: delay=60001\r\n";
    let answer = exchange(&mock, &get("/v2/messaging_optouts", headers)).await;
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    assert!(answer.contains("60 s"), "{answer}");
}
