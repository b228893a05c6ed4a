//! A request that was sent, as a reviewer reads it and as the spec names its parts.

use std::collections::BTreeSet;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Request, header};
use serde_json::Value;

use crate::spec;

/// The version of the crate is in every request and changes with every release.
const USER_AGENT: &str = "telnyx-messaging/";

pub(super) struct Sent {
    head: http::request::Parts,
    body: Option<Value>,
}

impl Sent {
    pub(super) fn new(request: Request<Bytes>) -> Self {
        let (head, body) = request.into_parts();
        let body =
            (!body.is_empty()).then(|| serde_json::from_slice(&body).expect("the body is JSON"));
        Self { head, body }
    }

    pub(super) fn method(&self) -> &str {
        self.head.method.as_str()
    }

    /// The path below the base URL, without the query.
    pub(super) fn path(&self) -> String {
        let path = self.head.uri.path();
        path.strip_prefix("/v2")
            .expect("it goes to the base URL")
            .to_owned()
    }

    /// What an application put in, named as [`spec::Operation::inputs`] names it.
    pub(super) fn inputs(&self) -> BTreeSet<String> {
        let query = self.query().map(|parameter| {
            let (name, _) = parameter.split_once('=').expect("it has a value");
            format!("query {}", decode(name))
        });
        let header =
            self.head.headers.contains_key("idempotency-key") && self.generated_key().is_none();
        let header = header.then(|| "header idempotency-key".to_owned());
        let mut inputs: BTreeSet<String> = query.chain(header).collect();
        if let Some(body) = &self.body {
            spec::collect_properties("body", body, &mut inputs);
        }
        inputs
    }

    /// The idempotency key, if the client made it: a UUID.
    pub(super) fn generated_key(&self) -> Option<String> {
        let key = self.head.headers.get("idempotency-key")?.to_str().ok()?;
        let is_uuid = key.len() == 36 && key.split('-').map(str::len).eq([8, 4, 4, 4, 12]);
        is_uuid.then(|| key.to_owned())
    }

    /// The query as it was sent, a parameter each.
    fn query(&self) -> impl Iterator<Item = &str> {
        let query = self.head.uri.query().unwrap_or_default();
        query.split('&').filter(|parameter| !parameter.is_empty())
    }

    fn header(&self, name: &str) -> String {
        let headers: &HeaderMap = &self.head.headers;
        let value = headers[name].to_str().expect("headers are ASCII");
        match name {
            "authorization" => {
                assert_eq!(value, "Bearer KEY");
                "Bearer [the key]".to_owned()
            }
            "idempotency-key" if self.generated_key().is_some() => "[a new UUID]".to_owned(),
            "user-agent" => {
                assert!(value.starts_with(USER_AGENT), "{value}");
                format!("{USER_AGENT}[version]")
            }
            _ => value.to_owned(),
        }
    }
}

/// The request as text: what is on the wire, with a line for each parameter of the query.
impl fmt::Display for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} {}", self.method(), self.path())?;
        for (index, parameter) in self.query().enumerate() {
            let separator = if index == 0 { '?' } else { '&' };
            writeln!(f, "    {separator}{parameter}")?;
        }
        let names: BTreeSet<&str> = self
            .head
            .headers
            .keys()
            .map(header::HeaderName::as_str)
            .collect();
        for name in names {
            writeln!(f, "{name}: {}", self.header(name))?;
        }
        if let Some(body) = &self.body {
            write!(f, "\n{}", pretty(body))?;
        }
        Ok(())
    }
}

/// JSON with sorted keys, whatever order a `Value` has in this build.
fn pretty(value: &Value) -> String {
    let mut value = value.clone();
    value.sort_all_objects();
    serde_json::to_string_pretty(&value).expect("a value is JSON")
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next(), rest.next()].map(|digit| digit.expect("two digits follow"));
            let digits = std::str::from_utf8(&digits).expect("they are ASCII");
            bytes.push(u8::from_str_radix(digits, 16).expect("they are hexadecimal"));
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).expect("it is UTF-8")
}
