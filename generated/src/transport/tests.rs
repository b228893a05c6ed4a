//! The built-in transport against servers on this machine: what each failure is taken for.

#[cfg(feature = "__rustls")]
mod over_tls;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use bytes::Bytes;
#[cfg(feature = "gzip")]
use flate2::{Compression, write::GzEncoder};
use http::{Method, Request, Response, StatusCode};

use super::{
    Builtin, Deadline, InnerTransport, SendError, SendFuture, Sender, Settings, Transport,
};

/// A server that does `serve` to each of its connections, and its address.
fn server(serve: impl Fn(TcpStream) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for connection in listener.incoming() {
            serve(connection.unwrap());
        }
    });
    address.to_string()
}

/// A server that reads a request and writes `answer`.
fn answering(answer: Vec<u8>) -> String {
    server(move |mut connection| {
        read_request(&mut connection);
        // The client may have gone.
        let _ = connection.write_all(&answer);
    })
}

fn read_request(connection: &mut impl Read) {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") && connection.read(&mut byte).unwrap_or(0) > 0 {
        request.push(byte[0]);
    }
}

fn settings() -> Settings {
    Settings {
        connect_timeout: Duration::from_secs(2),
        max_body_bytes: 1 << 20,
        ..Settings::default()
    }
}

async fn send_to(url: &str, settings: &Settings) -> Result<Response<Bytes>, SendError> {
    send_by(Method::GET, url, settings).await
}

async fn send_by(
    method: Method,
    url: &str,
    settings: &Settings,
) -> Result<Response<Bytes>, SendError> {
    let request = Request::builder().method(method).uri(url);
    let request = request.body(Bytes::new()).unwrap();
    let transport = Builtin::new(url, settings).unwrap();
    transport.send_within(request, Duration::MAX).await
}

async fn send(address: &str) -> Result<Response<Bytes>, SendError> {
    send_to(&format!("http://{address}/"), &settings()).await
}

#[tokio::test]
async fn an_answer_comes_back_whole() {
    let address = answering(
        b"HTTP/1.1 201 Created\r\nx-request-id: abc\r\ncontent-length: 2\r\n\r\n{}".to_vec(),
    );
    let response = send(&address).await.unwrap();
    assert_eq!(response.status(), StatusCode::CREATED);
    assert_eq!(response.headers()["x-request-id"], "abc");
    assert_eq!(response.body(), "{}");
}

#[tokio::test]
async fn a_refused_connection_is_not_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    assert!(send(&address).await.unwrap_err().is_not_sent());
}

#[tokio::test]
async fn a_name_that_does_not_resolve_is_not_sent() {
    let error = send_to("http://no-such-host.invalid/", &settings())
        .await
        .unwrap_err();
    assert!(error.is_not_sent(), "{error:?}");
}

#[tokio::test]
async fn a_connection_cut_after_the_request_may_be_sent() {
    let address = server(|mut connection| read_request(&mut connection));
    let error = send(&address).await.unwrap_err();
    assert!(!error.is_not_sent() && !error.is_certificate(), "{error:?}");
}

#[tokio::test]
async fn a_connection_cut_at_once_may_be_sent() {
    let address = server(drop);
    assert!(!send(&address).await.unwrap_err().is_not_sent());
}

#[tokio::test]
async fn a_response_that_is_not_http_is_no_broken_connection() {
    let error = send(&answering(b"SSH-2.0-OpenSSH_9.6\r\n\r\n".to_vec())).await;
    let error = error.unwrap_err();
    assert_eq!(error.to_string(), "no complete response came");
    assert!(!error.is_not_sent() && !error.is_timeout(), "{error:?}");
}

#[tokio::test]
async fn a_body_cut_short_keeps_its_status() {
    let address = answering(b"HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{".to_vec());
    let error = send(&address).await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::OK));
    assert!(!error.is_not_sent());
}

#[tokio::test]
async fn time_that_runs_out_in_a_body_keeps_the_head() {
    let address = server(|mut connection| {
        read_request(&mut connection);
        let head = b"HTTP/1.1 503 Unavailable\r\nx-request-id: abc\r\nretry-after: 2\r\ncontent-length: 9\r\n\r\n{";
        let _ = connection.write_all(head);
        thread::sleep(Duration::from_secs(2));
    });
    let request = Request::get(format!("http://{address}/"))
        .body(Bytes::new())
        .unwrap();
    let transport = Builtin::new(&format!("http://{address}"), &settings()).unwrap();
    let sending = transport.send_within(request, Duration::from_millis(300));
    let error = sending.await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(error.status(), Some(StatusCode::SERVICE_UNAVAILABLE));
    assert_eq!(error.headers().unwrap()["x-request-id"], "abc");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(2)));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let address = answering(
        b"HTTP/1.1 307 Moved\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n"
            .to_vec(),
    );
    assert_eq!(
        send(&address).await.unwrap().status(),
        StatusCode::TEMPORARY_REDIRECT
    );
}

#[cfg(feature = "gzip")]
#[tokio::test]
async fn a_compressed_body_comes_back_decompressed() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(b"{}").unwrap();
    let body = encoder.finish().unwrap();
    let mut answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    answer.extend(body);
    let response = send(&answering(answer)).await.unwrap();
    assert_eq!(response.body(), "{}");
    assert!(!response.headers().contains_key("content-encoding"));
    assert!(!response.headers().contains_key("content-length"));
}

#[cfg(feature = "gzip")]
#[tokio::test]
async fn a_compression_that_is_not_taken_off_keeps_its_header() {
    let answer = b"HTTP/1.1 200 OK\r\ncontent-encoding: br\r\ncontent-length: 2\r\n\r\n{}";
    let response = send(&answering(answer.to_vec())).await.unwrap();
    assert_eq!(response.headers()["content-encoding"], "br");
}

#[tokio::test]
async fn a_body_without_end_stops_at_the_limit() {
    let address = server(|mut connection| {
        read_request(&mut connection);
        let _ = connection.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        while connection.write_all(&[b' '; 65536]).is_ok() {}
    });
    let error = send(&address).await.unwrap_err();
    assert!(error.is_body_too_large(), "{error:?}");
    assert_eq!(error.status(), Some(StatusCode::OK));
}

#[cfg(any(feature = "native-tls", feature = "__rustls"))]
#[tokio::test]
async fn a_connection_that_hangs_while_connecting_is_not_sent() {
    let settings = Settings {
        connect_timeout: Duration::from_millis(50),
        ..settings()
    };
    let address = server(|connection| {
        thread::sleep(Duration::from_millis(500));
        drop(connection);
    });
    let error = send_to(&format!("https://{address}/"), &settings)
        .await
        .unwrap_err();
    assert!(error.is_not_sent() && error.is_timeout(), "{error:?}");
}

#[cfg(any(feature = "native-tls", feature = "__rustls"))]
#[tokio::test]
async fn an_attempt_whose_time_ends_before_its_connection_is_up_is_not_sent() {
    let address = server(|connection| {
        thread::sleep(Duration::from_secs(1));
        drop(connection);
    });
    let url = format!("https://{address}/");
    let transport = Builtin::new(&url, &settings()).unwrap();
    for _ in 0..2 {
        let request = Request::get(&url).body(Bytes::new()).unwrap();
        let sending = transport.send_within(request, Duration::from_millis(200));
        let error = sending.await.unwrap_err();
        assert!(error.is_not_sent() && error.is_timeout(), "{error:?}");
    }
}

#[cfg(any(feature = "native-tls", feature = "__rustls"))]
#[tokio::test]
async fn a_proxy_that_wants_another_password_is_not_asked_again() {
    let answer = b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n";
    let settings = Settings {
        proxy: Some(format!("http://user:wrong@{}", answering(answer.to_vec()))),
        ..settings()
    };
    let error = send_to("https://api.telnyx.com/", &settings)
        .await
        .unwrap_err();
    assert!(error.is_not_sent() && error.is_final(), "{error:?}");
}

#[cfg(any(feature = "native-tls", feature = "__rustls"))]
#[tokio::test]
async fn a_tls_handshake_that_is_cut_is_not_sent() {
    let address = server(drop);
    let error = send_to(&format!("https://{address}/"), &settings())
        .await
        .unwrap_err();
    assert!(error.is_not_sent(), "{error:?}");
}

#[tokio::test]
async fn the_error_does_not_name_the_url() {
    let address = server(drop);
    let error = send_to(&format!("http://{address}/?to=CANARY"), &settings())
        .await
        .unwrap_err();
    assert!(!format!("{error:?}").contains("CANARY"), "{error:?}");
}

#[test]
fn a_runtime_that_nobody_drives_holds_up_no_other() {
    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
    let address = server(move |mut connection| {
        thread::spawn(move || {
            for _ in 0..2 {
                read_request(&mut connection);
                let _ = connection.write_all(answer);
            }
        });
    });
    let url = format!("http://{address}/");
    let transport = Builtin::new(&url, &settings()).unwrap();
    let runtimes = [(); 2].map(|()| {
        let runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = { runtime }.enable_all().build().unwrap();
        let request = Request::get(&url).body(Bytes::new()).unwrap();
        let sending = transport.send_within(request, Duration::from_secs(5));
        assert_eq!(runtime.block_on(sending).unwrap().body(), "{}");
        runtime
    });
    drop(runtimes);
}

#[test]
fn a_root_certificate_that_is_not_pem_is_refused() {
    for pem in [
        "",
        "nonsense",
        "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n",
    ] {
        let settings = Settings {
            root_certificates: vec![pem.into()],
            ..settings()
        };
        assert!(
            Builtin::new("http://localhost", &settings).is_err(),
            "{pem}"
        );
    }
}

#[tokio::test]
async fn a_transport_around_the_built_in_one_keeps_the_head_of_a_body_that_comes_too_slowly() {
    struct Around(InnerTransport);

    impl Transport for Around {
        fn send(&self, request: Request<Bytes>) -> SendFuture<'_> {
            self.0.send(request)
        }
    }

    let address = server(|mut connection| {
        read_request(&mut connection);
        let head = b"HTTP/1.1 202 Accepted\r\ncontent-length: 20\r\n\r\n{";
        connection.write_all(head).unwrap();
        thread::sleep(Duration::from_secs(2));
    });
    let client = crate::Client::builder()
        .api_key("KEY")
        .base_url(format!("http://{address}"))
        .attempt_timeout(Duration::from_millis(300))
        .transport_layer(Around)
        .build()
        .unwrap();
    let error = client.post("/messages").await.unwrap_err();
    assert_eq!(error.outcome(), crate::Outcome::Applied, "{error:?}");
    assert_eq!(error.status(), Some(StatusCode::ACCEPTED));
    assert!(error.is_timeout());
}

#[tokio::test]
async fn a_transport_is_told_how_long_an_attempt_may_take() {
    struct Tells;

    impl Transport for Tells {
        fn send(&self, request: Request<Bytes>) -> SendFuture<'_> {
            let deadline = request.extensions().get::<Deadline>().unwrap();
            let body = deadline.remaining().as_secs().to_string();
            Box::pin(async { Ok(Response::new(body.into())) })
        }
    }

    let client = crate::Client::builder()
        .api_key("KEY")
        .transport(Tells)
        .build()
        .unwrap();
    let options = crate::RequestOptions::new().attempt_timeout(Duration::from_secs(10));
    let seconds = client.get("/").with_options(options).bytes().await.unwrap();
    assert!(
        ["9", "10"].map(Bytes::from).contains(&seconds),
        "{seconds:?}"
    );
}
