//! Request headers that a caller sets.

use http::header::{
    ACCEPT_ENCODING, AUTHORIZATION, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HOST,
    TRANSFER_ENCODING,
};
use http::{HeaderName, HeaderValue};

use crate::error::InvalidRequest;

pub(crate) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Set by the client alone: another value would break the request or its promises.
const RESERVED: [HeaderName; 7] = [
    ACCEPT_ENCODING,
    AUTHORIZATION,
    CONNECTION,
    CONTENT_LENGTH,
    CONTENT_TYPE,
    HOST,
    TRANSFER_ENCODING,
];

/// Refuses names the client sets itself, and values with anything but printable ASCII, blanks and tabs.
pub(crate) fn parse(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), InvalidRequest> {
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| {
        InvalidRequest::new("the name of a header contains a character that is not allowed")
    })?;
    if name == IDEMPOTENCY_KEY {
        return Err(InvalidRequest::new(
            "call `idempotency_key` of the request to set the header `idempotency-key`",
        ));
    }
    if RESERVED.contains(&name) {
        return Err(InvalidRequest::new(format!(
            "the client sets the header `{name}` itself"
        )));
    }
    let value = parse_value(value).ok_or_else(|| {
        InvalidRequest::new(format!(
            "the header `{name}` contains a character that is not printable ASCII"
        ))
    })?;
    Ok((name, value))
}

/// A value of printable ASCII, blanks and tabs; nothing else is sent.
pub(crate) fn parse_value(value: &str) -> Option<HeaderValue> {
    value
        .is_ascii()
        .then(|| HeaderValue::from_str(value).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_header_is_accepted() {
        let (name, value) = parse("X-Trace", "a b\tc").unwrap();
        assert_eq!(
            (name.as_str(), value.to_str().unwrap()),
            ("x-trace", "a b\tc")
        );
    }

    #[test]
    fn a_value_that_could_end_the_header_is_refused() {
        for value in ["a\r\nB: c", "a\nb", "a\0", "é", "\u{7f}"] {
            let error = parse("x-trace", value).unwrap_err();
            assert_eq!(
                error.to_string(),
                "the header `x-trace` contains a character that is not printable ASCII"
            );
        }
    }

    #[test]
    fn a_name_that_is_no_token_is_refused() {
        for name in ["", "a b", "a:b", "a\r\n", "é"] {
            parse(name, "x").unwrap_err();
        }
    }

    #[test]
    fn headers_of_the_client_are_refused() {
        for name in [
            "Authorization",
            "host",
            "Content-Length",
            "Idempotency-Key",
            "transfer-encoding",
            "accept-encoding",
        ] {
            parse(name, "x").unwrap_err();
        }
    }
}
