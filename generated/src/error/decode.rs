//! A success that could not be read.

use std::fmt;
use std::sync::Arc;

use super::{Outcome, told};
use crate::answer::Answer;
use crate::{redact, salvage};

/// The server responded with success, and the response could not be read.
///
/// The request took effect, so do not send it again because of this error. A read has no effect, so you can repeat it.
/// [`answer`](Self::answer) holds the whole response. `Display` and `Debug` show no value of the body. If the body lists an
/// error, they show it, with long runs of digits masked.
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

    /// The place of the mistake in the body, such as `$.data.to[0].status`. `$` is the body itself.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The mistake: the expected type, or the missing field.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The whole response, with the attempts and the time that it took.
    #[must_use]
    pub fn answer(&self) -> &Answer {
        &self.answer
    }

    /// The id of the accepted message, if the body has it.
    ///
    /// The client finds it even if the body breaks off later, is not valid UTF-8, has a byte order mark, or continues with other
    /// text.
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
            "the response ({status}) could not be read at {path}: {reason}{}",
            told::consequence(Outcome::Applied, &answer.effort)
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
