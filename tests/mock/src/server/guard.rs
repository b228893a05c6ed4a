//! Rejects requests from pages of other sites.

use std::net::SocketAddr;

use http::Request;
use http::header::{HOST, ORIGIN};
use http::uri::Authority;

/// The hosts that a request may be addressed to. A site whose name leads to 127.0.0.1 has another one (DNS rebinding).
#[derive(Debug)]
pub(crate) struct Guard {
    hosts: Vec<String>,
}

impl Guard {
    pub(crate) fn new(address: SocketAddr, allowed: Vec<String>) -> Result<Self, String> {
        if let Some(host) = allowed
            .iter()
            .find(|host| host.parse::<Authority>().is_err())
        {
            return Err(format!("`{host}` is not a host as in the header `Host`"));
        }
        let own = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned);
        let listening = match address {
            SocketAddr::V4(address) => address.ip().to_string(),
            SocketAddr::V6(address) => format!("[{}]", address.ip()),
        };
        let allowed = allowed.iter().map(|host| without_port(host).to_owned());
        let hosts = own.into_iter().chain([listening]).chain(allowed);
        Ok(Self {
            hosts: hosts.collect(),
        })
    }

    /// Whether the request is addressed to the mock, and sent by its own page if by any.
    pub(crate) fn check<B>(&self, request: &Request<B>) -> Result<(), &'static str> {
        let text = |name| {
            let value = request.headers().get(name);
            value.map(|value| value.to_str().unwrap_or_default())
        };
        let host = text(HOST).unwrap_or_default();
        if !self.is_known(host) {
            return Err("This mock rejects requests with this `Host`; see --allow-host.");
        }
        let foreign = |origin: &str| origin.split_once("://").map(|(_, rest)| rest) != Some(host);
        if text(ORIGIN).is_some_and(foreign) {
            return Err("This mock rejects requests from pages of other sites.");
        }
        Ok(())
    }

    fn is_known(&self, host: &str) -> bool {
        let name = without_port(host);
        self.hosts
            .iter()
            .any(|known| known.eq_ignore_ascii_case(name))
    }
}

/// The name in a `Host` header. An address of IPv6 in brackets has colons of its own.
fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.chars().all(|one| one.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(host: &str, origin: Option<&str>) -> bool {
        let allowed = vec!["mock:12080".to_owned(), "other".to_owned()];
        let guard = Guard::new(([127, 0, 0, 1], 12080).into(), allowed).unwrap();
        let mut request = Request::builder().header(HOST, host);
        if let Some(origin) = origin {
            request = request.header(ORIGIN, origin);
        }
        guard.check(&request.body(()).unwrap()).is_ok()
    }

    #[test]
    fn a_foreign_host_is_refused() {
        assert!(allows("127.0.0.1:12080", None));
        assert!(allows("localhost:12080", None));
        assert!(allows("[::1]:12080", None));
        assert!(allows("[::1]", None));
        assert!(allows("mock:12080", None));
        assert!(allows("mock", None));
        assert!(allows("other:80", None));
        assert!(!allows("evil.example:12080", None));
        assert!(!allows("127.0.0.1.evil.example", None));
        assert!(!allows("", None));
    }

    #[test]
    fn a_page_of_another_site_is_refused() {
        let host = "127.0.0.1:12080";
        assert!(allows(host, Some("http://127.0.0.1:12080")));
        assert!(!allows(host, Some("http://127.0.0.1:8000")));
        assert!(!allows(host, Some("https://evil.example")));
        assert!(!allows(host, Some("null")));
    }
}
