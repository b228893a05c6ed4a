//! A success that could not be read.

use std::fmt;
use std::sync::Arc;

use crate::answer::Answer;
use crate::{redact, salvage};

/// The server answered with success, and what it answered could not be read.
///
/// The request took effect: it must not be sent again for this error. Everything the server said is kept in
/// [`answer`](Self::answer). Neither `Display` nor `Debug` shows a value of the body, but for an error it lists, digits masked.
#[derive(Debug)]
pub struct DecodeError {
    answer: Arc<Answer>,
    path: String,
    reason: String,
}

impl DecodeError {
    pub(crate) fn new(answer: Arc<Answer>, path: String, reason: String) -> Self {
        Self {
            answer,
            path,
            reason,
        }
    }

    /// Where in the body reading stopped: `$.data.to[0].status`, `$` for the body itself.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What was wrong there: what was expected, or which field is missing.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Everything the server answered, and what it took.
    #[must_use]
    pub fn answer(&self) -> &Answer {
        &self.answer
    }

    /// The `id` of the body's object, when it can be found: the message that was accepted.
    ///
    /// Found too in a body that breaks off behind it, that has a byte order mark or a byte of another encoding, or that
    /// something follows.
    #[must_use]
    pub fn message_id(&self) -> Option<String> {
        salvage::message_id(&self.answer.body)
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            reason,
            answer,
        } = self;
        let status = answer.status();
        let (path, reason) = (redact::line(path, 300), redact::line(reason, 600));
        write!(
            f,
            "the answer ({status}) could not be read at {path}: {reason}; the request took effect"
        )
    }
}

impl std::error::Error for DecodeError {}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, StatusCode};

    use super::*;

    fn message_id(body: &'static str) -> Option<String> {
        let answer = Answer {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: Bytes::from_static(body.as_bytes()),
            effort: Default::default(),
        };
        DecodeError::new(answer.into(), String::new(), String::new()).message_id()
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
}
