//! Tells what reqwest's errors mean for the request: the judgement every retry rests on.

use std::error::Error;

use super::SendError;

/// Judges an error that came before the head of an answer.
///
/// Only what happened while connecting proves that nothing was sent: reqwest calls name resolution, connect and the
/// TLS handshake so. The URL is taken out: it can hold phone numbers.
pub(super) fn send_error(error: reqwest::Error) -> SendError {
    let error = error.without_url();
    let timeout = error.is_timeout();
    // A server can also refuse ours, after the request: that proves nothing.
    let judged = if error.is_connect() && is_certificate(&error) {
        SendError::certificate(error)
    } else if error.is_connect() || error.is_builder() {
        SendError::not_sent(error)
    } else {
        SendError::maybe_sent(error)
    };
    if timeout {
        judged.with_timeout()
    } else {
        judged
    }
}

/// Judges an error that came after the head of an answer.
pub(super) fn lost_body(error: reqwest::Error) -> SendError {
    let error = error.without_url();
    let timeout = error.is_timeout();
    let judged = SendError::maybe_sent(error);
    if timeout {
        judged.with_timeout()
    } else {
        judged
    }
}

fn is_certificate(error: &(dyn Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if names_certificate(error) {
            return true;
        }
        cause = match error
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref)
        {
            // `source` of an io::Error skips the error it holds.
            Some(held) => Some(held),
            None => error.source(),
        };
    }
    false
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

/// native-tls has no kinds of errors, only the words of the system's library.
fn native_names_certificate(error: &(dyn Error + 'static)) -> bool {
    cfg!(feature = "native-tls")
        && error
            .to_string()
            .to_ascii_lowercase()
            .contains("certificate")
}
