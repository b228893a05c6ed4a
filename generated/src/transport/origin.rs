//! Where a client's requests go, as reqwest's kind of address: the host is parsed once, not for every request.

use http::Uri;
use reqwest::Url;

use crate::error::ConfigError;

/// Scheme, host and port.
pub(super) struct Origin(Url);

impl Origin {
    /// The origin of an address. reqwest refuses some that are well formed: a port beyond 65535, a host that is no
    /// domain name.
    pub(super) fn of(address: &str) -> Result<Self, ConfigError> {
        match Url::parse(address) {
            Ok(mut url) => {
                url.set_path("");
                url.set_query(None);
                Ok(Self(url))
            }
            Err(error) => Err(ConfigError::new(format!(
                "the base URL cannot be connected to: {error}"
            ))),
        }
    }

    /// The address of a request to this origin.
    pub(super) fn url(&self, uri: &Uri) -> Url {
        let mut url = self.0.clone();
        url.set_path(uri.path());
        url.set_query(uri.query());
        url
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
