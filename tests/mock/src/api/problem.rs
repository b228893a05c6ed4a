//! Errors of a request, in Telnyx's format.

use http::Method;
use serde_json::{Value, json};

/// Codes of Telnyx's catalogue, <https://developers.telnyx.com/data/api-errors.json>, with their titles.
pub(crate) mod code {
    pub(crate) type Code = (&'static str, &'static str);

    pub(crate) const INVALID_PHONE_NUMBER: Code = ("10002", "Invalid phone number");
    pub(crate) const INVALID_URL: Code = ("10003", "Invalid URL");
    pub(crate) const MISSING: Code = ("10004", "Missing required parameter");
    pub(crate) const NOT_FOUND: Code = ("10005", "Resource not found");
    pub(crate) const UNEXPECTED: Code = ("10007", "Unexpected error");
    pub(crate) const AUTHENTICATION: Code = ("10009", "Authentication failed");
    pub(crate) const TOO_MANY_REQUESTS: Code = ("10011", "Too many requests");
    pub(crate) const MEDIA_TYPE: Code = ("10014", "Unsupported media type");
    pub(crate) const BAD_REQUEST: Code = ("10015", "Bad request");
    pub(crate) const NO_SUCH_ASSOCIATION: Code = ("10017", "Associated resource does not exist");
    pub(crate) const INVALID_JSON: Code = ("10023", "Invalid JSON");
    pub(crate) const KEY_REUSED: Code = ("10027", "Idempotency key reused");
    pub(crate) const KEY_IN_PROGRESS: Code = ("10036", "Idempotency key in progress");
    pub(crate) const NOT_ROUTABLE: Code = ("40001", "Not routable");
    pub(crate) const EXPIRED_IN_QUEUE: Code = ("40014", "Message expired in queue");
    pub(crate) const BLOCKED: Code = ("40300", "Blocked due to STOP message");
    pub(crate) const TOO_LARGE: Code = ("40302", "Message too large");
    pub(crate) const INVALID_SENDER: Code = ("40305", "Invalid 'from' address");
    pub(crate) const INVALID_RECIPIENT: Code = ("40310", "Invalid 'to' address");
    pub(crate) const QUEUE_FULL: Code = ("40318", "Queue full");
}

/// How many problems a response reports.
const MOST: usize = 20;

/// How many characters of a sentence or place a response shows. A request may be a thousand times as long.
const LONGEST: usize = 500;

/// How many characters of a value a sentence shows.
const SHOWN: usize = 100;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) code: code::Code,
    /// A sentence.
    pub(crate) detail: String,
    place: Option<(&'static str, String)>,
}

/// What is wrong with a request: the first problems, up to a maximum.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    list: Vec<Problem>,
}

/// A response that reports problems.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) problems: Vec<Problem>,
}

impl Problem {
    pub(crate) fn new(code: code::Code, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: cut(detail.into(), LONGEST),
            place: None,
        }
    }

    /// The problem stands in the request body, at this JSON pointer.
    pub(crate) fn at(self, pointer: impl Into<String>) -> Self {
        Self {
            place: Some(("pointer", cut(pointer.into(), LONGEST))),
            ..self
        }
    }

    /// The problem is this parameter.
    pub(crate) fn of(self, parameter: impl Into<String>) -> Self {
        Self {
            place: Some(("parameter", cut(parameter.into(), LONGEST))),
            ..self
        }
    }

    pub(crate) fn to_json(&self) -> Value {
        let (code, title) = self.code;
        let mut json = json!({
            "code": code,
            "title": title,
            "detail": self.detail,
            "meta": { "url": format!("https://developers.telnyx.com/docs/overview/errors/{code}") },
        });
        if let Some((kind, place)) = &self.place {
            json["source"] = json!({ *kind: place });
        }
        json
    }
}

impl Problems {
    /// Adds a problem, unless there are enough.
    pub(crate) fn push(&mut self, problem: Problem) {
        if !self.is_full() {
            self.list.push(problem);
        }
    }

    pub(crate) fn extend(&mut self, problems: Vec<Problem>) {
        problems.into_iter().for_each(|problem| self.push(problem));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether it takes no more, so that nobody needs to look for them.
    pub(crate) fn is_full(&self) -> bool {
        self.list.len() >= MOST
    }

    pub(super) fn into_list(self) -> Vec<Problem> {
        self.list
    }

    /// The refusal of the request, if there is a problem.
    pub(crate) fn refuse(self) -> Result<(), Refusal> {
        match self.list.is_empty() {
            true => Ok(()),
            false => Err(Refusal {
                status: 400,
                problems: self.list,
            }),
        }
    }
}

/// A refusal with 400 and this sentence.
pub(crate) fn wrong(detail: impl Into<String>) -> Refusal {
    Refusal::bad_request(Problem::new(code::BAD_REQUEST, detail))
}

/// The start of a value, for a sentence about it.
pub(crate) fn shown(value: impl ToString) -> String {
    cut(value.to_string(), SHOWN)
}

fn cut(mut text: String, most: usize) -> String {
    if let Some((end, _)) = text.char_indices().nth(most) {
        text.truncate(end);
        text.push('…');
    }
    text
}

impl Refusal {
    pub(crate) fn new(status: u16, problem: Problem) -> Self {
        Self {
            status,
            problems: vec![problem],
        }
    }

    /// The first sentence.
    pub(crate) fn detail(&self) -> &str {
        self.problems.first().map_or("", |problem| &problem.detail)
    }

    /// The body of a response that reports the problems.
    pub(crate) fn to_json(&self) -> Value {
        let errors = self.problems.iter().map(Problem::to_json);
        json!({ "errors": errors.collect::<Vec<_>>() })
    }

    pub(crate) fn bad_request(problem: Problem) -> Self {
        Self::new(400, problem)
    }

    pub(crate) fn not_found(what: &str, id: &str) -> Self {
        let detail = format!("There is no {what} `{}` in this mock.", shown(id));
        Self::new(404, Problem::new(code::NOT_FOUND, detail))
    }

    pub(crate) fn no_such_path(path: &str) -> Self {
        let path = shown(path);
        let detail = format!("The spec has no path `{path}`. Does the base URL end in `/v2`?");
        Self::new(404, Problem::new(code::NOT_FOUND, detail))
    }

    pub(crate) fn no_such_method(method: &Method, path: &str) -> Self {
        let detail = format!("The spec has the path `{path}`, but not for {method}.");
        Self::new(405, Problem::new(code::BAD_REQUEST, detail))
    }
}
