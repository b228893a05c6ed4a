//! Every operation once over real TCP.

use super::matrix::builder;
use super::operation::{ALL, Arguments, Class};
use super::script::answer;
use super::server::Server;

#[tokio::test]
async fn every_operation_sends_one_request_and_reads_its_answer() {
    for operation in ALL {
        let server = Server::always(answer("200 OK", "", operation.success())).await;
        let client = builder(&server).build().unwrap();
        operation
            .call(&client)
            .await
            .unwrap_or_else(|error| panic!("{operation:?}: {error}"));

        let received = server.received();
        assert_eq!(received.len(), 1, "{operation:?}");
        let (method, path) = operation.request_line();
        let path = path.replace("{id}", &Arguments::default().id);
        let line = received[0].request_line();
        assert!(
            line.starts_with(&format!("{method} /v2{path}")),
            "{operation:?}: {line}"
        );
        assert_eq!(
            received[0].header("idempotency-key").is_some(),
            operation.class() == Class::Keyed,
            "{operation:?}"
        );
        assert_eq!(received[0].header("authorization"), Some("Bearer KEY"));
    }
}
