//! Decides from reqwest's errors whether the request may have arrived. Every retry depends on this decision.

use std::error::Error;
use std::io;

use super::SendError;

/// Classifies an error before the headers of a response.
///
/// Two errors prove that the request took no effect. One is an error while connecting, which for reqwest includes name resolution
/// and the TLS handshake. The other is a stream that the server did not process. The function removes the URL, which can contain
/// phone numbers.
pub(super) fn send_error(error: reqwest::Error) -> SendError {
    let error = error.without_url();
    let timeout = error.is_timeout();
    // A server can also refuse ours, after the request: that proves nothing.
    let judged = if error.is_connect() && chain(&error).any(names_certificate) {
        SendError::certificate(error)
    } else if error.is_connect() && chain(&error).any(names_proxy_password) {
        SendError::proxy_refused(error)
    } else if error.is_connect() || error.is_builder() {
        SendError::not_sent(error)
    } else if chain(&error).any(is_unprocessed_stream) {
        SendError::refused(error)
    } else {
        SendError::maybe_sent(error)
    };
    timed_out(judged, timeout)
}

/// Classifies an error after the headers of a response.
pub(super) fn lost_body(error: reqwest::Error) -> SendError {
    let error = error.without_url();
    let timeout = error.is_timeout();
    timed_out(SendError::maybe_sent(error), timeout)
}

fn timed_out(error: SendError, is_timeout: bool) -> SendError {
    match is_timeout {
        true => error.with_timeout(),
        false => error,
    }
}

/// `error` and its causes.
fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error: &&'a (dyn Error + 'static)| {
        let error: &'a (dyn Error + 'static) = *error;
        // `source` of an io::Error skips the error it holds.
        match error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
        {
            Some(held) => Some(held),
            None => error.source(),
        }
    })
}

/// Whether the server says that it did not process the stream (RFC 9113, section 8.7). The server reset the stream as refused, or
/// its `GOAWAY` names an earlier stream as the last. `h2` reports the server's `GOAWAY` as the error of no other stream.
#[cfg(feature = "http2")]
fn is_unprocessed_stream(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref::<h2::Error>().is_some_and(|error| {
        let is_refused = error.reason() == Some(h2::Reason::REFUSED_STREAM);
        error.is_remote() && (error.is_go_away() || error.is_reset() && is_refused)
    })
}

#[cfg(not(feature = "http2"))]
fn is_unprocessed_stream(_: &(dyn Error + 'static)) -> bool {
    false
}

/// Whether the proxy responded with 407. hyper-util's type for this error is private, so the function compares the error's
/// message.
fn names_proxy_password(error: &(dyn Error + 'static)) -> bool {
    error.to_string() == "tunnel error: proxy authorization required"
}

#[cfg(feature = "__rustls")]
fn names_certificate(error: &(dyn Error + 'static)) -> bool {
    match error.downcast_ref::<rustls::Error>() {
        Some(error) => matches!(error, rustls::Error::InvalidCertificate(_)),
        None => native_names_certificate(error),
    }
}

#[cfg(not(feature = "__rustls"))]
fn names_certificate(error: &(dyn Error + 'static)) -> bool {
    native_names_certificate(error)
}

/// native-tls has no kinds of errors, so the function searches the message of the system's library.
fn native_names_certificate(error: &(dyn Error + 'static)) -> bool {
    cfg!(feature = "native-tls")
        && error
            .to_string()
            .to_ascii_lowercase()
            .contains("certificate")
}
