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
        let malformed = || {
            ConfigError::new(
                "the base URL must be like `https://api.telnyx.com/v2`: no user, query or fragment",
            )
        };
        if !text.is_ascii() || text.contains(['@', '#', '?', '\\']) {
            return Err(malformed());
        }
        let uri = text.parse::<Uri>().map_err(|_| malformed())?;
        let (Some(scheme), Some(host)) = (uri.scheme(), uri.host()) else {
            return Err(malformed());
        };
        url::check_path(uri.path()).map_err(|_| malformed())?;
        let is_loopback =
            host.eq_ignore_ascii_case("localhost") || ip(host).is_some_and(|ip| ip.is_loopback());
        if *scheme == Scheme::HTTP && !is_loopback && !allow_insecure_http {
            return Err(ConfigError::new(
                "the base URL must be https, because http sends the API key unencrypted; \
                 `allow_insecure_http(true)` permits it",
            ));
        }
        if *scheme != Scheme::HTTP && *scheme != Scheme::HTTPS {
            return Err(malformed());
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
        for text in [
            "",
            "api.telnyx.com/v2",
            "/v2",
            "https://",
            "ftp://api.telnyx.com",
            "file:///etc/passwd",
            "https://api.telnyx.com@evil.example",
            "https://user:password@api.telnyx.com",
            "https://api.telnyx.com/v2?x=1",
            "https://api.telnyx.com/v2#x",
            "https://api.telnyx.com\\@evil.example",
            "https://api.telnyx.com/../x",
            "https://api.telnyx.com/%2e%2e/x",
            "https://api.telnyx.com/v2\r\nHost: x",
            " https://api.telnyx.com",
            "https://api.telnyx.com/v2 ",
            "https://äpi.telnyx.com",
        ] {
            BaseUrl::parse(text, true).unwrap_err();
        }
    }
}
