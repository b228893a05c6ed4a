//! Decides which calls share a limit.

use std::borrow::Cow;

use http::Method;

use crate::salvage;

/// The properties of a request by which a server counts requests. The API key is not included, because a client has only one.
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct RateKey {
    method: Method,
    path: Cow<'static, str>,
    sender: Option<String>,
}

/// The properties of a body that name the sender. The first property that is present counts. Telnyx has separate limits for long
/// codes, toll-free numbers and short codes. Source: support.telnyx.com, "Messaging rate limits".
const SENDER: [&str; 2] = ["from", "messaging_profile_id"];

impl RateKey {
    /// The key of a request to `path`. The path of an operation keeps its variables, such as `{id}`.
    pub(crate) fn new(method: &Method, path: Cow<'static, str>, body: Option<&[u8]>) -> Self {
        let sender = |body| SENDER.iter().find_map(|name| salvage::text(body, &[name]));
        Self {
            method: method.clone(),
            path,
            sender: body.and_then(sender),
        }
    }
}

/// A path with `{}` in place of each id, so that calls of one operation share a limit. A segment with a digit counts as an id.
pub(crate) fn without_ids(path: &str) -> String {
    let is_id = |segment: &str| segment.bytes().any(|byte| byte.is_ascii_digit());
    let mut shared = String::with_capacity(path.len());
    for segment in path.split_inclusive('/') {
        let name = segment.trim_end_matches('/');
        shared.push_str(if is_id(name) { "{}" } else { name });
        shared.push_str(&segment[name.len()..]);
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &'static str, body: &str) -> RateKey {
        RateKey::new(&Method::POST, path.into(), Some(body.as_bytes()))
    }

    #[test]
    fn calls_of_one_operation_and_sender_share_a_limit() {
        let one = of("/messages", r#"{"to":"+1","from":"+13125550000"}"#);
        assert!(
            one == of(
                "/messages",
                r#"{"from":"+13125550000","messaging_profile_id":"p"}"#
            )
        );
        assert!(one != of("/messages", r#"{"from":"+18005550000"}"#));
        assert!(one != of("/messages/schedule", r#"{"from":"+13125550000"}"#));
    }

    #[test]
    fn an_id_in_a_path_is_of_no_account() {
        for (path, expected) in [
            ("/messages", "/messages"),
            ("/messages/4037f1a2-0c1e/media", "/messages/{}/media"),
            ("/phone_numbers/%2B13125550000", "/phone_numbers/{}"),
            ("/", "/"),
        ] {
            assert_eq!(without_ids(path), expected);
        }
    }

    #[test]
    fn without_a_sender_the_messaging_profile_counts() {
        let one = of("/messages", r#"{"messaging_profile_id":"p"}"#);
        assert!(one == of("/messages", r#"{"messaging_profile_id":"p","text":"x"}"#));
        assert!(one != of("/messages", r#"{"messaging_profile_id":"q"}"#));
    }

    #[test]
    fn a_body_that_names_no_sender_leaves_the_operation() {
        for body in ["", "{", "[]", r#"{"from":{}}"#, r#"{"from":null}"#] {
            assert!(of("/messages", body) == of("/messages", "{}"), "{body}");
        }
    }
}
