//! Traces and logs at TRACE, those of the layers below included, show no key, no phone number and no text.

use super::canary::{arguments, assert_hidden, builder, echoes};
use super::capture::Capture;
use crate::faults::operation::{ALL, Operation};
use crate::faults::script::{Script, answer};
use crate::faults::server::Server;

/// What one call says while the server plays `script`.
async fn said(operation: Operation, script: Script) -> String {
    let server = Server::always(script).await;
    let client = builder(&server.base_url())
        .max_retries(1)
        .build()
        .expect("good settings");
    let capture = Capture::start();
    // How it ends is in what it says.
    let _ = operation.request(&client, &arguments()).sending.await;
    capture.take()
}

#[tokio::test]
async fn a_call_that_succeeds_says_nothing_personal() {
    for operation in ALL {
        let said = said(operation, answer("200 OK", "", operation.success())).await;
        assert_hidden(&said, &format!("{operation:?}"));
        assert!(
            said.contains("telnyx.outcome=Applied"),
            "{operation:?}: {said}"
        );
    }
}

#[tokio::test]
async fn a_call_that_fails_says_nothing_personal() {
    for (echo, script) in echoes() {
        for operation in ALL {
            let said = said(operation, script.clone()).await;
            assert_hidden(&said, &format!("{operation:?} × {echo}"));
            assert!(
                said.contains("telnyx.outcome="),
                "{operation:?} × {echo}: {said}"
            );
        }
    }
}

#[tokio::test]
async fn a_call_without_a_connection_says_nothing_personal() {
    let server = Server::closed().await;
    let client = builder(&server.base_url()).build().unwrap();
    let capture = Capture::start();
    for operation in ALL {
        let result = operation.request(&client, &arguments()).sending.await;
        result.unwrap_err();
        let said = capture.take();
        assert_hidden(&said, &format!("{operation:?}"));
        assert!(
            said.contains("error.type=\"connect\""),
            "{operation:?}: {said}"
        );
    }
}

#[tokio::test]
async fn the_layers_below_are_heard() {
    let said = said(Operation::SendMessage, answer("200 OK", "", "{}")).await;
    assert!(said.contains("reqwest::connect: "), "{said}");
}
