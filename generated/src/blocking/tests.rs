//! Blocking calls over a scripted transport and a server on this machine.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};

use serde::Deserialize;

use super::Blocking;
use crate::transport::MockTransport;
use crate::transport::replies::{answer, client};
use crate::{Client, Error, Outcome};

#[derive(Deserialize)]
struct Message {
    id: String,
}

#[derive(Deserialize)]
struct Item {
    keyword: String,
}

const MESSAGE: &str = r#"{"data":{"id":"1"}}"#;

#[test]
fn a_call_runs_without_a_runtime() {
    let client = client(&MockTransport::new([answer(200, MESSAGE)]));
    assert_eq!(
        client
            .post("/messages")
            .data::<Message>()
            .run_blocking()
            .unwrap()
            .id,
        "1"
    );
}

#[test]
fn an_error_comes_out_as_it_does_elsewhere() {
    let client = client(&MockTransport::new([answer(404, "")]));
    let error = client.get("/messages/1").run_blocking().unwrap_err();
    assert!(error.is_not_found());
}

#[tokio::test]
async fn a_call_runs_on_a_thread_that_drives_tasks() {
    let client = client(&MockTransport::new([answer(200, MESSAGE)]));
    client
        .post("/messages")
        .json(&["+1"])
        .run_blocking()
        .unwrap();
    drop(client);
}

#[tokio::test]
async fn a_call_runs_on_a_thread_for_blocking_work() {
    let client = client(&MockTransport::new([answer(200, MESSAGE)]));
    let call =
        tokio::task::spawn_blocking(move || client.post("/messages").json(&["+1"]).run_blocking());
    call.await.unwrap().unwrap();
}

#[test]
fn items_of_all_pages_come_in_order() {
    let pages = [
        answer(
            200,
            r#"{"data":[{"keyword":"a"}],"meta":{"page_number":1,"total_pages":2}}"#,
        ),
        answer(
            200,
            r#"{"data":[{"keyword":"b"}],"meta":{"page_number":2,"total_pages":2}}"#,
        ),
    ];
    let items = client(&MockTransport::new(pages))
        .get("/messaging_optouts")
        .items::<Item>()
        .blocking();
    let keywords: Vec<_> = items.map(|item| item.unwrap().keyword).collect();
    assert_eq!(keywords, ["a", "b"]);
}

#[test]
fn threads_share_a_client() {
    let transport = MockTransport::new((0..8).map(|_| answer(200, MESSAGE)));
    let client = client(&transport);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                client
                    .post("/messages")
                    .json(&["+1"])
                    .run_blocking()
                    .unwrap()
            });
        }
    });
    assert_eq!(transport.requests().len(), 8);
}

#[test]
fn a_transport_that_panics_is_an_error() {
    struct Panics;
    impl crate::transport::Transport for Panics {
        fn send(&self, _: http::Request<bytes::Bytes>) -> crate::transport::SendFuture<'_> {
            panic!("the transport failed")
        }
    }
    let client = Client::builder()
        .api_key("KEY")
        .transport(Panics)
        .build()
        .unwrap();
    let error = client
        .post("/messages")
        .json(&["+1"])
        .idempotency_key("mine")
        .run_blocking()
        .unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error}");
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert_eq!(error.idempotency_key(), Some("mine"));
}

#[test]
fn a_call_ends_in_its_time_behind_a_transport_that_blocks() {
    struct Blocks;
    impl crate::transport::Transport for Blocks {
        fn send(&self, _: http::Request<bytes::Bytes>) -> crate::transport::SendFuture<'_> {
            thread::sleep(Duration::from_secs(2));
            Box::pin(std::future::pending())
        }
    }
    let builder = Client::builder().api_key("KEY").transport(Blocks);
    let time = Duration::from_millis(200);
    let client = builder.timeout(time).build().unwrap();
    // The first call blocks the thread; the second never begins.
    for (outcome, attempts) in [(Outcome::Unknown, 1), (Outcome::NotApplied, 0)] {
        let started = Instant::now();
        let call = client
            .post("/messages")
            .json(&["+1"])
            .idempotency_key("mine");
        let error = call.run_blocking().unwrap_err();
        assert!(started.elapsed() < time + Duration::from_millis(500));
        assert!(error.is_timeout(), "{error}");
        assert_eq!((error.outcome(), error.attempts()), (outcome, attempts));
        assert_eq!(error.idempotency_key(), Some("mine"));
    }
}

#[test]
fn calls_go_over_connections_of_the_clients_own_thread() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        for _ in 0..2 {
            let mut request = Vec::new();
            let mut byte = [0];
            while !request.ends_with(b"[\"+1\"]") {
                connection.read_exact(&mut byte).unwrap();
                request.push(byte[0]);
            }
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n",
                MESSAGE.len()
            );
            connection.write_all((head + MESSAGE).as_bytes()).unwrap();
        }
    });
    let client = Client::builder()
        .api_key("KEY")
        .base_url(base_url)
        .build()
        .unwrap();
    client
        .post("/messages")
        .json(&["+1"])
        .run_blocking()
        .unwrap();
    client
        .post("/messages")
        .json(&["+1"])
        .run_blocking()
        .unwrap();
}

#[test]
fn first_calls_that_come_together_use_one_thread() {
    let blocking = Blocking::default();
    let jobs = thread::scope(|scope| {
        let first = || blocking.jobs().unwrap();
        let calls: Vec<_> = (0..8).map(|_| scope.spawn(first)).collect();
        calls
            .into_iter()
            .map(|call| call.join().unwrap())
            .collect::<Vec<_>>()
    });
    assert!(jobs.iter().all(|other| other.same_channel(&jobs[0])));
}

#[test]
fn a_child_process_uses_nothing_of_its_parent() {
    let mut parents = Blocking::default();
    parents.process ^= 1;
    let jobs = parents.jobs().unwrap();
    assert!(parents.jobs().unwrap().same_channel(&jobs));
    assert!(parents.jobs.get().is_none());
}

#[test]
fn the_report_on_a_failed_call_comes_on_the_thread_of_the_caller() {
    let (sender, receiver) = std::sync::mpsc::channel();
    let client = MockTransport::new([answer(400, ""), answer(200, MESSAGE)])
        .builder()
        .on_call(move |_| sender.send(thread::current().id()).unwrap())
        .build()
        .unwrap();
    client.get("/messages/1").run_blocking().unwrap_err();
    client.get("/messages/1").run_blocking().unwrap();
    let told: Vec<_> = receiver.try_iter().collect();
    assert_eq!(told, [thread::current().id(); 2]);
}

#[test]
fn a_report_that_makes_a_call_does_not_wait_for_itself() {
    let client = client(&MockTransport::new([answer(200, MESSAGE)]));
    let failing = MockTransport::new([answer(400, "")])
        .builder()
        .on_call(move |_| drop(client.get("/alert").run_blocking().unwrap()))
        .build()
        .unwrap();
    let error = failing.get("/messages/1").run_blocking().unwrap_err();
    assert_eq!(error.outcome(), Outcome::NotApplied);
}

#[test]
fn an_error_that_comes_after_the_caller_stopped_waiting_is_told() {
    let (sender, receiver) = std::sync::mpsc::channel();
    let time = Duration::from_millis(100);
    let transport = MockTransport::from_fn(move |_| {
        thread::sleep(3 * time);
        answer(400, "")
    });
    let builder = transport.builder().timeout(time);
    let client = builder.on_call(move |report| {
        let status = report.error.and_then(Error::status);
        sender.send((status, report.is_dropped)).unwrap();
    });
    let call = client.build().unwrap().get("/messages/1");
    assert!(call.run_blocking().unwrap_err().is_timeout());
    let told = receiver.recv_timeout(Duration::from_secs(5));
    assert_eq!(told, Ok((Some(http::StatusCode::BAD_REQUEST), false)));
}
