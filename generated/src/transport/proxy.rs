//! The proxy of the built-in transport.

use reqwest::{Proxy, Url};

use crate::error::ConfigError;

/// The proxy at `address`. Refuses a scheme that reqwest does not know and would silently ignore.
pub(super) fn parse(address: &str) -> Result<Proxy, ConfigError> {
    let refused = || {
        ConfigError::new(
            "the proxy must be a URL with `http` or `https`, such as `http://proxy.example:3128`",
        )
    };
    let url = Url::parse(address).map_err(|_| refused())?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(refused());
    }
    Proxy::all(url).map_err(|_| refused())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_proxy_that_would_be_passed_over_is_refused_without_showing_it() {
        for address in [
            "",
            "CANARY.example:3128",
            "htps://CANARY.example:3128",
            "ftp://CANARY.example",
            "socks5://CANARY.example:1080",
            "http://user:CANARY@:x",
        ] {
            let error = parse(address).unwrap_err();
            assert!(
                !format!("{error} {error:?}").contains("CANARY"),
                "{error:?}"
            );
        }
    }

    #[test]
    fn a_proxy_with_a_name_and_password_is_accepted() {
        parse("http://user:password@proxy.example:3128").unwrap();
        parse("https://proxy.example").unwrap();
    }
}
