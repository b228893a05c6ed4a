//! Where requests go.

use std::net::IpAddr;

use http::Uri;
use http::uri::Scheme;

use crate::error::ConfigError;
use crate::url;

/// Telnyx's API. Source: the `servers` of its OpenAPI document.
pub(super) const DEFAULT: &str = "https://api.telnyx.com/v2";

/// Telnyx's host, as in [`DEFAULT`].
const TELNYX: &str = "api.telnyx.com";

/// An address with a scheme, a host and a path without a slash at its end.
#[derive(Clone, Debug)]
pub(crate) struct BaseUrl {
    text: String,
    uri: Uri,
}

impl BaseUrl {
    /// Refuses what could send the key elsewhere than the reader of the address thinks.
    pub(super) fn parse(text: &str, allow_insecure_http: bool) -> Result<Self, ConfigError> {
        let is_plain = |byte: u8| byte.is_ascii_graphic() && byte != b'\\';
        if !text.bytes().all(is_plain) {
            return Err(malformed(
                "has a space, a control character, a backslash or a character that is not ASCII",
            ));
        }
        if text.contains(['@', '#', '?']) {
            return Err(malformed("has a user, a query or a fragment"));
        }
        if !text.contains("://") {
            return Err(malformed("does not start with `https://`"));
        }
        let uri = text.parse::<Uri>();
        let uri = uri.map_err(|_| malformed("is not a URL"))?;
        let (Some(scheme), Some(host)) = (uri.scheme(), uri.host()) else {
            return Err(malformed("is not a URL"));
        };
        url::check_path(uri.path()).map_err(|_| {
            malformed("has a segment `.` or `..`, or a character that must be percent-encoded")
        })?;
        let is_loopback =
            host.eq_ignore_ascii_case("localhost") || ip(host).is_some_and(|ip| ip.is_loopback());
        if *scheme == Scheme::HTTP && !is_loopback && !allow_insecure_http {
            return Err(ConfigError::new(
                "the base URL must be https, because http sends the API key unencrypted; \
                 `allow_insecure_http(true)` permits it",
            ));
        }
        if *scheme != Scheme::HTTP && *scheme != Scheme::HTTPS {
            return Err(malformed("does not start with `https://`"));
        }
        let is_telnyx = host.trim_end_matches('.').eq_ignore_ascii_case(TELNYX);
        if is_telnyx && uri.path().trim_matches('/').is_empty() {
            return Err(ConfigError::new(
                "the base URL lacks the version of the API: write `https://api.telnyx.com/v2`",
            ));
        }
        Ok(Self {
            text: text.trim_end_matches('/').to_owned(),
            uri,
        })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    #[cfg(feature = "tracing")]
    pub(crate) fn host(&self) -> &str {
        self.uri.host().unwrap_or_default()
    }

    /// That of its address, else that of HTTP or HTTPS.
    #[cfg(feature = "tracing")]
    pub(crate) fn port(&self) -> u16 {
        let default = if self.is_https() { 443 } else { 80 };
        self.uri.port_u16().unwrap_or(default)
    }

    pub(super) fn is_https(&self) -> bool {
        self.uri.scheme() == Some(&Scheme::HTTPS)
    }
}

/// The error of a base URL for this reason, without the URL: it can hold a password.
fn malformed(reason: &str) -> ConfigError {
    ConfigError::new(format!(
        "the base URL {reason}; write it like `https://api.telnyx.com/v2`"
    ))
}

fn ip(host: &str) -> Option<IpAddr> {
    host.trim_start_matches('[')
        .trim_end_matches(']')
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slashes_at_the_end_do_not_count() {
        let base_url = BaseUrl::parse("https://api.telnyx.com/v2//", false).unwrap();
        assert_eq!(base_url.as_str(), "https://api.telnyx.com/v2");
    }

    #[test]
    fn telnyx_without_its_version_is_refused() {
        for text in [
            "https://api.telnyx.com",
            "https://api.telnyx.com//",
            "https://API.telnyx.com",
            "https://api.telnyx.com:443",
            "https://api.telnyx.com./",
        ] {
            let error = BaseUrl::parse(text, false).unwrap_err();
            assert!(error.to_string().contains("/v2`"), "{error}");
        }
        BaseUrl::parse("https://api.telnyx.com/v3", false).unwrap();
        BaseUrl::parse("https://telnyx.example", false).unwrap();
    }

    #[test]
    fn plain_http_goes_to_this_machine_only() {
        for text in [
            "http://localhost:1",
            "http://LOCALHOST:1",
            "http://127.0.0.1:8080/v2",
            "http://127.9.9.9",
            "http://[::1]:1",
        ] {
            BaseUrl::parse(text, false).unwrap();
        }
        for text in [
            "http://api.telnyx.com/v2",
            "http://localhost.evil.example",
            "http://127.0.0.1.evil.example",
            "http://0.0.0.0",
            "http://[::2]",
        ] {
            BaseUrl::parse(text, false).unwrap_err();
            BaseUrl::parse(text, true).unwrap();
        }
    }

    #[test]
    fn an_address_that_hides_where_it_goes_is_refused() {
        let start = "does not start with `https://`";
        let character =
            "has a space, a control character, a backslash or a character that is not ASCII";
        let part = "has a user, a query or a fragment";
        let segment = "has a segment `.` or `..`";
        for (text, reason) in [
            ("", start),
            ("api.telnyx.com/v2", start),
            ("/v2", start),
            ("https://", "is not a URL"),
            ("ftp://api.telnyx.com", start),
            ("file:///etc/passwd", "is not a URL"),
            ("https://api.telnyx.com@evil.example", part),
            ("https://user:password@api.telnyx.com", part),
            ("https://api.telnyx.com/v2?x=1", part),
            ("https://api.telnyx.com/v2#x", part),
            ("https://api.telnyx.com\\@evil.example", character),
            ("https://api.telnyx.com/../x", segment),
            ("https://api.telnyx.com/%2e%2e/x", segment),
            ("https://api.telnyx.com/v2\r\nHost: x", character),
            (" https://api.telnyx.com", character),
            ("https://api.telnyx.com/v2 ", character),
            ("https://api.telnyx.com/v2\x7f", character),
            ("https://äpi.telnyx.com", character),
        ] {
            let error = BaseUrl::parse(text, true).unwrap_err().to_string();
            assert!(
                error.contains(&format!("the base URL {reason}")),
                "{text}: {error}"
            );
        }
    }
}
