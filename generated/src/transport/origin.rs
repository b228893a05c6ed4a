//! The URL for a client's requests, as reqwest's type. The host is parsed once, not for every request.

use std::fmt::Display;

#[cfg(not(feature = "http2"))]
use http::header::{HOST, HeaderValue, InvalidHeaderValue};
use http::{HeaderMap, Uri};
use reqwest::Url;

use crate::error::ConfigError;

/// The scheme, host and port of the server.
pub(super) struct Origin {
    url: Url,
    /// The header `Host`, which hyper would otherwise create for each request. With the feature `http2`, hyper creates it,
    /// because HTTP/2 has no such header, and the version is not known before there is a connection.
    #[cfg(not(feature = "http2"))]
    host: HeaderValue,
}

impl Origin {
    /// The origin of an address. reqwest rejects some well-formed addresses, such as a port over 65535, or a host that is not a
    /// domain name.
    pub(super) fn of(address: &str) -> Result<Self, ConfigError> {
        let refused = |error: &dyn Display| {
            ConfigError::new(format!("cannot connect to the base URL: {error}"))
        };
        let mut url = Url::parse(address).map_err(|error| refused(&error))?;
        url.set_path("");
        url.set_query(None);
        Ok(Self {
            #[cfg(not(feature = "http2"))]
            host: host(&url).map_err(|error| refused(&error))?,
            url,
        })
    }

    /// Adds the headers that each request to this origin has.
    #[cfg(not(feature = "http2"))]
    pub(super) fn add_host(&self, headers: &mut HeaderMap) {
        headers.insert(HOST, self.host.clone());
    }

    #[cfg(feature = "http2")]
    pub(super) fn add_host(&self, _: &mut HeaderMap) {}

    /// The address of a request to this origin.
    pub(super) fn url(&self, uri: &Uri) -> Url {
        let mut url = self.url.clone();
        url.set_path(uri.path());
        url.set_query(uri.query());
        url
    }
}

/// The header contains the port if the port is not the default of the scheme.
#[cfg(not(feature = "http2"))]
fn host(url: &Url) -> Result<HeaderValue, InvalidHeaderValue> {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => HeaderValue::try_from(format!("{host}:{port}")),
        None => HeaderValue::from_str(host),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(not(feature = "http2"))]
    #[test]
    fn the_header_names_the_host_and_a_port_of_its_own() {
        for (address, expected) in [
            ("https://API.telnyx.com/v2", "api.telnyx.com"),
            ("https://api.telnyx.com:443/v2", "api.telnyx.com"),
            ("http://127.0.0.1:8080", "127.0.0.1:8080"),
            ("http://[::1]:80/v2", "[::1]"),
            ("https://[::1]:8443/v2", "[::1]:8443"),
        ] {
            let mut headers = HeaderMap::new();
            Origin::of(address).unwrap().add_host(&mut headers);
            assert_eq!(headers[HOST], expected);
        }
    }

    #[test]
    fn an_address_is_what_parsing_all_of_it_gives() {
        for text in [
            "https://api.telnyx.com",
            "https://api.telnyx.com/",
            "https://api.telnyx.com/v2/messages",
            "https://api.telnyx.com/v2/messages/a%2Fb?page%5Bsize%5D=1&q=%2B1",
            "https://api.telnyx.com/a'b(c)*;=:@!$&,/x?'",
            "https://api.telnyx.com:8443/v2//messages?",
            "http://[::1]:1/v2/messages",
            "https://API.telnyx.com/v2/messages",
        ] {
            let url = Origin::of(text).unwrap().url(&text.parse().unwrap());
            assert_eq!(url, Url::parse(text).unwrap(), "{text}");
        }
    }

    #[test]
    fn an_address_that_cannot_be_connected_to_is_refused() {
        for text in ["https://api.telnyx.com:99999/v2", "https://xn--a", "/v2"] {
            assert!(Origin::of(text).is_err(), "{text}");
        }
    }
}
