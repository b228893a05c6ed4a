//! A success that could not be read.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use http::StatusCode;

use super::{Outcome, told};
use crate::answer::Answer;
use crate::{reader, redact, salvage};

/// The server responded with success, but the response could not be read. You also get this error if a list has more items than
/// [`collect_all`](crate::Items::collect_all) may return: see [`is_too_many_items`](Self::is_too_many_items).
///
/// [`outcome`](Self::outcome) says whether the response body proves that the request took effect. [`answer`](Self::answer)
/// returns the whole response. `Display` and `Debug` show no value of the body. If the body lists an error, both show this error,
/// and mask numbers as [`Error`](crate::Error) does.
#[derive(Debug)]
pub struct DecodeError {
    answer: Arc<Answer>,
    path: String,
    reason: String,
    is_too_many_items: bool,
    proof: OnceLock<Proof>,
}

/// What the body proves. Finding it is a search of the whole body, so it happens once, and only if somebody asks.
struct Proof {
    outcome: Outcome,
    message_id: Option<String>,
}

impl DecodeError {
    pub(crate) fn new(answer: Arc<Answer>, path: String, reason: String) -> Self {
        Self {
            answer,
            path,
            reason,
            is_too_many_items: false,
            proof: OnceLock::new(),
        }
    }

    /// A list that goes on after the `most` items that the caller wants.
    pub(crate) fn too_many_items(answer: Arc<Answer>, most: usize) -> Self {
        let reason = format!("the list has more than {most} items");
        Self {
            is_too_many_items: true,
            ..Self::new(answer, "$.data".to_owned(), reason)
        }
    }

    /// Whether the response could be read, but the list has more items than [`collect_all`](crate::Items::collect_all) may return.
    #[must_use]
    pub fn is_too_many_items(&self) -> bool {
        self.is_too_many_items
    }

    /// The place of the mistake in the response body, such as `$.data.to[0].status`. `$` is the body itself.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The mistake: the expected type, or the missing field.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Whether the request took effect.
    ///
    /// The outcome is [`Outcome::Applied`] if the body has an id or `data`, as every response of Telnyx to a send has. For any
    /// other success, the outcome is [`Outcome::Unknown`]: the body may be a proxy's page, or a list of errors. If an earlier
    /// attempt got a successful response with an incomplete body, the request took effect, whatever this response says.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.proof().outcome
    }

    fn proof(&self) -> &Proof {
        self.proof.get_or_init(|| {
            let Answer { body, effort, .. } = &*self.answer;
            let earlier = effort.earlier_success.as_deref();
            let message_id = salvage::message_id(body);
            let message_id = message_id.or_else(|| salvage::message_id(earlier?));
            let is_proven = earlier.is_some() || message_id.is_some() || has_data(body);
            let outcome = match is_proven {
                true => Outcome::Applied,
                false => Outcome::Unknown,
            };
            Proof {
                outcome,
                message_id,
            }
        })
    }

    /// The whole response, with the attempts and the time that it took.
    #[must_use]
    pub fn answer(&self) -> &Answer {
        &self.answer
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.answer.status()
    }

    /// The id of the request. See [`Answer::request_id`].
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.answer.request_id()
    }

    /// The number of attempts, including attempts that could not connect.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.answer.attempts()
    }

    /// The duration of the call, including retries and waits.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.answer.elapsed()
    }

    /// The idempotency key of the request. Keep the key to send the request again later.
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&str> {
        self.answer.idempotency_key()
    }

    /// The id of the accepted message, if the client found one in this body, or in the body of an earlier successful response to
    /// the call.
    ///
    /// The client finds the id even if the body breaks off later, is not valid UTF-8, has a byte order mark, or continues with
    /// other text.
    #[must_use]
    pub fn message_id(&self) -> Option<String> {
        self.proof().message_id.clone()
    }
}

/// Whether an object has `data` that is an object or a list, also if it breaks off.
fn has_data(body: &[u8]) -> bool {
    let body = String::from_utf8_lossy(body);
    let members = reader::members_so_far(body.as_bytes());
    members
        .iter()
        .any(|(name, json)| name == "data" && matches!(json, [b'{' | b'[', ..]))
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            reason,
            answer,
            ..
        } = self;
        let status = answer.status();
        let (path, reason) = (redact::line(path, 300), redact::line(reason, 600));
        if self.is_too_many_items {
            return f.write_str(&reason);
        }
        write!(
            f,
            "the response ({status}) could not be read at {path}: {reason}"
        )?;
        // The outcome requires a search of the whole body, and the outcome of a read does not matter.
        match answer.effort.is_read {
            true => Ok(()),
            false => f.write_str(told::consequence(self.outcome(), &answer.effort)),
        }
    }
}

/// Shows no value of the body.
impl fmt::Debug for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.outcome.fmt(f)
    }
}

impl std::error::Error for DecodeError {}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::HeaderMap;

    use super::*;

    fn error(body: &'static str) -> DecodeError {
        let answer = Answer {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: Bytes::from_static(body.as_bytes()),
            effort: Default::default(),
        };
        DecodeError::new(answer.into(), String::new(), String::new())
    }

    fn message_id(body: &'static str) -> Option<String> {
        error(body).message_id()
    }

    #[test]
    fn a_success_with_an_id_or_data_took_effect() {
        for body in [
            r#"{"data":{"to":[]}}"#,
            r#"{"data":{"id":"#,
            r#"{"data":[]}"#,
            r#"{"id":"m-1","parts":"one"}"#,
            "\u{feff}{\"data\":{}}",
        ] {
            assert_eq!(error(body).outcome(), Outcome::Applied, "{body}");
        }
    }

    #[test]
    fn a_success_without_id_and_data_proves_nothing() {
        for body in [
            "",
            "<html>",
            "{}",
            r#"{"data":null}"#,
            r#"{"errors":[{"code":"40300"}]}"#,
            r#"{"message":"please log in"}"#,
        ] {
            assert_eq!(error(body).outcome(), Outcome::Unknown, "{body}");
        }
    }

    #[test]
    fn the_id_is_found_beside_what_cannot_be_read() {
        for body in [
            r#"{"data":{"id":"m-1","parts":"one"}}"#,
            r#"{"data":{"id":"m-1","text":"\ud83d"}}"#,
            r#"{"data":{"parts":1e400,"id":"m-1"}}"#,
            r#"{"id":"m-1","parts":"one"}"#,
        ] {
            assert_eq!(message_id(body).as_deref(), Some("m-1"), "{body}");
        }
        assert_eq!(message_id(r#"{"data":{"id":7}}"#).as_deref(), Some("7"));
    }

    #[test]
    fn no_id_is_found_where_there_is_none() {
        for body in [
            "",
            "<html>",
            "[]",
            "{}",
            r#"{"data":{}}"#,
            r#"{"data":{"id":null}}"#,
        ] {
            assert_eq!(message_id(body), None, "{body}");
        }
    }

    #[test]
    fn the_body_is_searched_once() {
        let error = error(r#"{"data":{"id":"m-1"}}"#);
        assert!(error.proof.get().is_none());
        assert_eq!(error.outcome(), Outcome::Applied);
        let found: *const Proof = error.proof.get().unwrap();
        assert_eq!(error.message_id().as_deref(), Some("m-1"));
        assert_eq!(error.proof.get().map(std::ptr::from_ref), Some(found));
        assert!(!format!("{error:?}").contains("m-1"), "{error:?}");
    }
}
