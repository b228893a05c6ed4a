//! Keys, ids, headers and addresses that try to leave their place: the client rejects them before it sends anything, or encodes
//! them.

mod words;

use telnyx_messaging::{Client, Error, RequestOptions};

use self::words::{API_KEYS, BASE_URLS, HEADERS, IDEMPOTENCY_KEYS, IDS, VALUES};
use crate::faults::operation::{Arguments, Operation, with_id};
use crate::faults::received::Received;
use crate::faults::script::answer;
use crate::faults::server::Server;

#[tokio::test]
async fn an_id_stays_in_its_segment_or_is_refused() {
    let server = Server::always(answer("200 OK", "", r#"{"data":{}}"#)).await;
    let client = client(&server);
    for operation in with_id() {
        for id in IDS {
            let before = server.received().len();
            let result = send(operation, &client, id).await;
            match server.received().get(before) {
                Some(received) => assert_in_its_segment(operation, id, received),
                None => assert!(is_refused(&result), "{operation:?} × {id:?}: {result:?}"),
            }
        }
    }
}

#[tokio::test]
async fn an_id_that_could_be_read_as_something_else_is_not_sent_at_all() {
    let server = Server::always(answer("200 OK", "", r#"{"data":{}}"#)).await;
    let client = client(&server);
    let others = |id: &&str| !id.is_ascii() || id.chars().any(|character| character.is_control());
    for id in ["", ".", ".."]
        .into_iter()
        .chain(IDS.into_iter().filter(others))
    {
        for operation in with_id() {
            let result = send(operation, &client, id).await;
            assert!(is_refused(&result), "{operation:?} × {id:?}: {result:?}");
        }
    }
    assert_eq!(server.played(), 0);
}

#[tokio::test]
async fn a_value_stays_in_its_query_parameter() {
    let server = Server::always(answer("200 OK", "", r#"{"data":[]}"#)).await;
    let client = client(&server);
    for value in VALUES {
        let list = client.phone_numbers().messaging().list();
        list.filter_phone_number(value).await.unwrap();
        let received = server.received();
        let line = received.last().unwrap().request_line();
        let query = line
            .strip_prefix("GET /v2/phone_numbers/messaging?filter%5Bphone_number%5D=")
            .and_then(|rest| rest.strip_suffix(" HTTP/1.1"));
        let query = query.unwrap_or_else(|| panic!("{value:?}: {line}"));
        assert_eq!(decoded(query).as_deref(), Some(value), "{line}");
    }
}

#[tokio::test]
async fn a_key_that_telnyx_would_refuse_is_not_sent() {
    let server = Server::always(answer("200 OK", "", "{}")).await;
    let client = client(&server);
    let too_long = "k".repeat(256);
    for key in IDEMPOTENCY_KEYS.into_iter().chain([too_long.as_str()]) {
        let result = client.messages().send("+1").idempotency_key(key).await;
        assert!(is_refused(&result), "{key:?}: {result:?}");
    }
    assert_eq!(server.played(), 0);
}

#[tokio::test]
async fn a_header_that_could_become_another_is_not_sent() {
    let server = Server::always(answer("200 OK", "", "{}")).await;
    let client = client(&server);
    for (name, value) in HEADERS {
        let options = RequestOptions::new().header(name, value);
        let result = client.messages().send("+1").with_options(options).await;
        let is_config = matches!(result, Err(Error::Config(_)));
        assert!(is_config, "{name:?}: {value:?}: {result:?}");
        let result = client.post("/messages").header(name, value).await;
        assert!(is_refused(&result), "{name:?}: {value:?}: {result:?}");
    }
    assert_eq!(server.played(), 0);
}

#[test]
fn an_api_key_that_is_none_makes_no_client() {
    for key in API_KEYS {
        let result = Client::builder()
            .api_key(key)
            .base_url("http://localhost:1")
            .build();
        assert!(matches!(result, Err(Error::Config(_))), "{key:?}");
    }
}

#[test]
fn an_address_that_hides_where_it_leads_makes_no_client() {
    for base_url in BASE_URLS {
        let result = Client::builder().api_key("KEY").base_url(base_url).build();
        assert!(matches!(result, Err(Error::Config(_))), "{base_url:?}");
    }
}

fn client(server: &Server) -> Client {
    let client = Client::builder().api_key("KEY").base_url(server.base_url());
    client.build().expect("good settings")
}

async fn send(operation: Operation, client: &Client, id: &str) -> telnyx_messaging::Result<()> {
    let arguments = Arguments {
        id: id.to_owned(),
        ..Arguments::default()
    };
    operation.request(client, &arguments).sending.await
}

fn is_refused<T>(result: &telnyx_messaging::Result<T>) -> bool {
    matches!(result, Err(Error::InvalidRequest(_)))
}

/// The bytes of the path are those of the operation, with one segment in the place of the id that means the id.
fn assert_in_its_segment(operation: Operation, id: &str, received: &Received) {
    let line = received.request_line();
    let (method, path) = operation.request_line();
    let (before, after) = path.split_once("{id}").expect("a path with an id");
    let segment = line
        .strip_prefix(&format!("{method} /v2{before}"))
        .and_then(|rest| rest.strip_suffix(&format!("{after} HTTP/1.1")))
        .unwrap_or_else(|| panic!("{id:?}: {line}"));
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte);
    assert!(segment.bytes().all(is_plain), "{id:?}: {line}");
    assert!(!["", ".", ".."].contains(&segment), "{id:?}: {line}");
    assert_eq!(decoded(segment).as_deref(), Some(id), "{line}");
}

/// The text that percent-encoding stands for.
fn decoded(encoded: &str) -> Option<String> {
    let mut pieces = encoded.split('%');
    let mut bytes = pieces.next()?.as_bytes().to_vec();
    for piece in pieces {
        bytes.push(u8::from_str_radix(piece.get(..2)?, 16).ok()?);
        bytes.extend_from_slice(&piece.as_bytes()[2..]);
    }
    String::from_utf8(bytes).ok()
}
