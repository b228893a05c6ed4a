//! Requests as other languages send them.

use serde_json::Value;
use telnyx_messaging_mock::Mock;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The status of a response, and its body.
pub(crate) type Raw = (u16, Value);

pub(crate) async fn get(mock: &Mock, path: &str) -> Raw {
    exchange(mock, "GET", path, "Authorization: Bearer KEY\r\n", "").await
}

pub(crate) async fn post(mock: &Mock, path: &str, body: &Value) -> Raw {
    let headers = "Authorization: Bearer KEY\r\nContent-Type: application/json\r\n";
    exchange(mock, "POST", path, headers, &body.to_string()).await
}

pub(crate) async fn connect(mock: &Mock) -> TcpStream {
    let url = mock.inbox_url();
    let address = url.trim_start_matches("http://").trim_end_matches('/');
    TcpStream::connect(address).await.expect("connected")
}

/// Sends a request with these headers. The body of the response is null if it is not JSON.
pub(crate) async fn exchange(
    mock: &Mock,
    method: &str,
    path: &str,
    headers: &str,
    body: &str,
) -> Raw {
    let mut stream = connect(mock).await;
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n"
    );
    stream.write_all(head.as_bytes()).await.expect("sent");
    stream.write_all(body.as_bytes()).await.expect("sent");
    let mut response = Vec::new();
    let _ = stream.read_to_end(&mut response).await;
    let response = String::from_utf8_lossy(&response);
    let (head, body) = response.split_once("\r\n\r\n").unwrap_or_default();
    let status = head.split(' ').nth(1).and_then(|text| text.parse().ok());
    let body = serde_json::from_str(body).unwrap_or(Value::Null);
    (status.unwrap_or_default(), body)
}
