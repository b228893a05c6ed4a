//! What several different failures in a row mean together.

use telnyx_messaging::Outcome::{self, Applied, NotApplied, Unknown};

use super::ledger::Ledger;
use super::matrix::builder;
use super::operation::Operation;
use super::script::Action::{Close, Read, Reset};
use super::script::{Script, answer, write};
use super::server::Server;

fn refused() -> Script {
    answer("400 Bad Request", "", "")
}

fn rate_limited() -> Script {
    answer("429 Too Many Requests", "", "")
}

fn unavailable() -> Script {
    answer("503 Service Unavailable", "", "")
}

fn cut_success() -> Script {
    let head = write("HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{");
    vec![Read, head, Close]
}

/// The outcome of a send whose attempts meet these, one after the other.
async fn outcome(scripts: impl IntoIterator<Item = Script>) -> Outcome {
    let server = Server::start(scripts, refused(), Ledger::default()).await;
    let client = builder(&server).build().expect("good settings");
    let error = Operation::SendMessage
        .call(&client)
        .await
        .expect_err("the last attempt is refused");
    error.outcome()
}

#[tokio::test]
async fn refusals_alone_did_nothing() {
    assert_eq!(
        outcome([rate_limited(), rate_limited(), refused()]).await,
        NotApplied
    );
}

#[tokio::test]
async fn a_refusal_after_a_lost_answer_leaves_the_doubt() {
    assert_eq!(outcome([vec![Read, Reset], refused()]).await, Unknown);
}

#[tokio::test]
async fn a_refusal_after_a_503_leaves_the_doubt() {
    assert_eq!(
        outcome([unavailable(), rate_limited(), refused()]).await,
        Unknown
    );
}

#[tokio::test]
async fn a_refusal_after_a_success_that_was_cut_takes_nothing_back() {
    assert_eq!(outcome([cut_success(), refused()]).await, Applied);
}

#[tokio::test]
async fn a_kept_connection_that_is_cut_counts_as_a_lost_answer() {
    for operation in [Operation::SendMessage, Operation::Schedule] {
        let success = answer("200 OK", "", operation.success());
        let scripts = [success.clone(), vec![Read, Reset]];
        let server = Server::start(scripts, success, Ledger::default()).await;
        let client = builder(&server).build().unwrap();
        operation.call(&client).await.unwrap();

        let second = operation.call(&client).await;
        let received = server.received();
        if operation == Operation::SendMessage {
            second.unwrap();
            assert_eq!(received.len(), 3);
            assert_eq!(received[1], received[2]);
            assert_ne!(received[0], received[1], "another call, another key");
        } else {
            assert_eq!(second.unwrap_err().outcome(), Unknown);
            assert_eq!(received.len(), 2);
        }
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Server::always(refused()).await;
    let location = format!("location: {}/messages\r\n", elsewhere.base_url());
    let server = Server::always(answer("308 Permanent Redirect", &location, "")).await;
    let client = builder(&server).build().unwrap();
    Operation::SendMessage.call(&client).await.unwrap_err();
    assert_eq!(server.played(), 1);
    assert_eq!(elsewhere.played(), 0);
}
