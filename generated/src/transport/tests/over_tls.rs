//! The same over TLS.

use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::*;

/// Made for these tests, with openssl, for the name `localhost` and a hundred years; the key of the root was not kept.
const ROOT: &[u8] = include_bytes!("../testdata/root.pem");
const CERTIFICATE: &[u8] = include_bytes!("../testdata/localhost.pem");
const KEY: &[u8] = include_bytes!("../testdata/localhost.key.pem");

/// The address of a server that answers over TLS.
fn server() -> String {
    speaking(&[], |stream| {
        read_request(stream);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
    })
}

type Stream = StreamOwned<ServerConnection, TcpStream>;

/// The address of a server that does `serve` over TLS, with these protocols.
fn speaking(protocols: &[&[u8]], serve: impl Fn(&mut Stream) + Send + 'static) -> String {
    #[cfg(feature = "rustls")]
    let provider = rustls::crypto::ring::default_provider();
    #[cfg(not(feature = "rustls"))]
    let provider = rustls::crypto::aws_lc_rs::default_provider();
    let certificate = CertificateDer::from_pem_slice(CERTIFICATE).unwrap();
    let key = PrivateKeyDer::from_pem_slice(KEY).unwrap();
    let mut config = ServerConfig::builder_with_provider(Arc::new(provider))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    config.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
    let config = Arc::new(config);
    let address = super::server(move |connection| {
        let tls = ServerConnection::new(Arc::clone(&config)).unwrap();
        let mut stream = StreamOwned::new(tls, connection);
        serve(&mut stream);
        let _ = stream.flush();
    });
    address.replace("127.0.0.1", "localhost")
}

/// A frame of HTTP/2.
#[cfg(feature = "http2")]
fn frame(kind: u8, flags: u8, stream: [u8; 4], payload: &[u8]) -> Vec<u8> {
    let length = u8::try_from(payload.len()).unwrap();
    [&[0, 0, length, kind, flags], stream.as_slice(), payload].concat()
}

/// Sends a request to a server that answers with these frames over HTTP/2, by the number of the stream.
#[cfg(feature = "http2")]
async fn over_http2(
    method: Method,
    answer: impl Fn([u8; 4]) -> Vec<u8> + Send + 'static,
) -> Result<Response<Bytes>, SendError> {
    let address = speaking(&[b"h2"], move |stream| {
        let mut preface = [0; 24];
        stream.read_exact(&mut preface).unwrap();
        let settings = frame(4, 0, [0; 4], &[]);
        stream.write_all(&settings).unwrap();
        let id = loop {
            let mut head = [0; 9];
            stream.read_exact(&mut head).unwrap();
            let [_, high, low, kind, _, id @ ..] = head;
            let length = usize::from(u16::from_be_bytes([high, low]));
            stream.read_exact(&mut vec![0; length]).unwrap();
            if kind == 1 {
                break id;
            }
        };
        stream.write_all(&answer(id)).unwrap();
        stream.flush().unwrap();
        // The client closes the connection, if it has nothing to wait for.
        let patience = Some(Duration::from_millis(300));
        stream.sock.set_read_timeout(patience).unwrap();
        let _ = stream.read_to_end(&mut Vec::new());
    });
    let settings = Settings {
        root_certificates: vec![ROOT.to_vec()],
        ..settings()
    };
    send_by(method, &format!("https://{address}/"), &settings).await
}

/// The head of a success that promises 20 bytes.
#[cfg(feature = "http2")]
const OK: [u8; 6] = [0x88, 0x0f, 0x0d, 2, b'2', b'0'];

/// The server promises 20 bytes and resets the stream after two, with `NO_ERROR` or by a `GOAWAY` with it.
#[cfg(feature = "http2")]
#[tokio::test]
async fn a_stream_that_ends_without_an_error_before_its_length_is_cut() {
    for end in [(3, vec![0; 4]), (7, vec![0; 8])] {
        let cut = over_http2(Method::GET, move |id| {
            let (kind, payload) = &end;
            let of_stream = if *kind == 7 { [0; 4] } else { id };
            let end = frame(*kind, 0, of_stream, payload);
            [frame(1, 4, id, &OK), frame(0, 0, id, b"{}"), end].concat()
        });
        let cut = cut.await.unwrap_err();
        assert_eq!(cut.status(), Some(StatusCode::OK), "{cut:?}");
        assert_eq!(cut.body(), "{}");
    }
}

/// The answers to a HEAD and to a conditional request name the length of what they do not send.
#[cfg(feature = "http2")]
#[tokio::test]
async fn an_answer_without_content_is_not_cut() {
    const NOT_MODIFIED: [u8; 6] = [0x8b, 0x0f, 0x0d, 2, b'2', b'0'];
    for (method, head, status) in [
        (Method::GET, NOT_MODIFIED, StatusCode::NOT_MODIFIED),
        (Method::HEAD, OK, StatusCode::OK),
    ] {
        let whole = over_http2(method, move |id| frame(1, 5, id, &head)).await;
        assert_eq!(whole.unwrap().status(), status);
    }
}

/// The code of `RST_STREAM` decides (`REFUSED_STREAM` is 7, `INTERNAL_ERROR` is 2), or the last stream in `GOAWAY`. The request
/// has stream 1.
#[cfg(feature = "http2")]
#[tokio::test]
async fn a_stream_that_the_server_did_not_process_is_proof_and_another_end_is_none() {
    const RST_STREAM: u8 = 3;
    const GOAWAY: u8 = 7;
    for (frame, end, is_refused) in [
        (RST_STREAM, &[0, 0, 0, 7][..], true),
        (RST_STREAM, &[0, 0, 0, 2], false),
        (GOAWAY, &[0, 0, 0, 0, 0, 0, 0, 0], true),
        (GOAWAY, &[0, 0, 0, 0, 0, 0, 0, 2], true),
        (GOAWAY, &[0, 0, 0, 1, 0, 0, 0, 0], false),
        (GOAWAY, &[0, 0, 0, 1, 0, 0, 0, 2], false),
        (GOAWAY, &[0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 0], false),
    ] {
        let error = over_http2(Method::GET, move |id| {
            let of_stream = if frame == GOAWAY { [0; 4] } else { id };
            self::frame(frame, 0, of_stream, end)
        });
        let error = error.await.unwrap_err();
        assert_eq!(error.is_refused(), is_refused, "{frame} {end:?}: {error:?}");
        assert!(!error.is_not_sent(), "{error:?}");
    }
}

#[tokio::test]
async fn a_certificate_nobody_trusts_is_its_own_kind() {
    let error = send_to(&format!("https://{}/", server()), &settings())
        .await
        .unwrap_err();
    assert!(error.is_certificate(), "{error:?}");
}

#[tokio::test]
async fn a_root_certificate_of_the_callers_is_trusted() {
    let settings = Settings {
        root_certificates: vec![ROOT.to_vec()],
        ..settings()
    };
    let response = send_to(&format!("https://{}/", server()), &settings)
        .await
        .unwrap();
    assert_eq!(response.body(), "{}");
}

#[tokio::test]
async fn a_certificate_for_another_name_is_not_accepted() {
    let settings = Settings {
        root_certificates: vec![ROOT.to_vec()],
        ..settings()
    };
    let address = server().replace("localhost", "127.0.0.1");
    let error = send_to(&format!("https://{address}/"), &settings)
        .await
        .unwrap_err();
    assert!(error.is_certificate(), "{error:?}");
}
