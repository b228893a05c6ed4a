//! Turns the address of a request into reqwest's: a host is looked at once, not with every request.

use std::sync::OnceLock;

use http::Uri;
use http::uri::{Authority, Scheme};
use reqwest::Url;

/// Why an address is none that reqwest can send to.
type Unusable = Box<dyn std::error::Error + Send + Sync>;

/// Where the first request went; a client sends all to the same place.
#[derive(Default)]
pub(super) struct Origin(OnceLock<Known>);

struct Known {
    scheme: Option<Scheme>,
    authority: Option<Authority>,
    url: Url,
}

impl Origin {
    /// The same address as a `Url`.
    pub(super) fn url(&self, uri: &Uri) -> Result<Url, Unusable> {
        match self.0.get() {
            Some(known) if known.holds(uri) => {
                let mut url = known.url.clone();
                url.set_path(uri.path());
                url.set_query(uri.query());
                Ok(url)
            }
            _ => {
                let url = Url::parse(&uri.to_string())?;
                self.0.get_or_init(|| Known {
                    scheme: uri.scheme().cloned(),
                    authority: uri.authority().cloned(),
                    url: url.clone(),
                });
                Ok(url)
            }
        }
    }
}

impl Known {
    fn holds(&self, uri: &Uri) -> bool {
        self.scheme.as_ref() == uri.scheme() && self.authority.as_ref() == uri.authority()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each after the one before it, and on its own.
    #[test]
    fn an_address_is_the_same_whatever_was_asked_before() {
        let origin = Origin::default();
        for text in [
            "https://api.telnyx.com/v2/messages",
            "https://api.telnyx.com/v2/messages/a%2Fb?page%5Bsize%5D=1&q=%2B1",
            "https://api.telnyx.com/v2/messages",
            "https://api.telnyx.com",
            "https://api.telnyx.com/",
            "https://api.telnyx.com/a'b(c)*;=:@!$&,/x?'",
            "https://api.telnyx.com:8443/v2/messages",
            "http://api.telnyx.com/v2/messages",
            "http://[::1]:1/v2//messages",
            "https://API.telnyx.com/v2/messages?",
        ] {
            let uri: Uri = text.parse().unwrap();
            let url = origin.url(&uri).unwrap();
            assert_eq!(url, Url::parse(text).unwrap(), "{text}");
        }
    }

    #[test]
    fn an_address_without_a_host_is_none() {
        Origin::default()
            .url(&"/messages".parse().unwrap())
            .unwrap_err();
    }
}
