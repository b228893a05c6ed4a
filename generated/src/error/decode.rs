//! A success that could not be read.

use std::fmt;

use serde_json::Value;

use crate::answer::Answer;

/// The server answered with success, and what it answered could not be read.
///
/// The request took effect: it must not be sent again for this error. Everything the server said is kept in
/// [`answer`](Self::answer). Neither `Display` nor `Debug` shows a value of the body.
#[derive(Debug)]
pub struct DecodeError {
    answer: Box<Answer>,
    path: String,
    reason: String,
}

impl DecodeError {
    pub(crate) fn new(answer: Answer, path: String, reason: String) -> Self {
        Self {
            answer: Box::new(answer),
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
    #[must_use]
    pub fn message_id(&self) -> Option<String> {
        let body = serde_json::from_slice::<Value>(&self.answer.body).ok()?;
        let id = body.pointer("/data/id").or_else(|| body.get("id"))?;
        id.as_str().map(str::to_owned)
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
        write!(
            f,
            "the answer ({status}) could not be read at {path}: {reason}; the request took effect"
        )
    }
}

impl std::error::Error for DecodeError {}
