//! Reads successes.

use std::sync::Arc;

use bytes::Bytes;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::answer::Answer;
use crate::call::{Answered, CallRequest};
use crate::error::{DecodeError, Error, ErrorDetail};
use crate::raw_object::RawObject;
use crate::reader::{self, Mistake, Reason, Step};
use crate::tolerant::{Decoded, Reading};
use crate::{Json, Page, PageMeta, Result, lenient};

/// The `T` of `{"data": T}`.
pub(crate) fn data<T: DeserializeOwned>(answered: Answered) -> Result<Decoded<T>> {
    let reading = reading(&answered.request, Some("data"));
    match reading.read::<Envelope<T>>(&answered.answer.body) {
        Ok(decoded) => Ok(decoded.map(|envelope| envelope.data)),
        Err(mistake) => Err(no_data(answered.answer, &mistake)),
    }
}

/// Where there is no `data`, the error that is there instead says more.
fn no_data(answer: Answer, mistake: &Mistake) -> Error {
    let mut reason = mistake.reason().to_string();
    if *mistake.reason() == Reason::Missing("data")
        && mistake.steps().is_empty()
        && let Some(listed) = ErrorDetail::listed(&answer.body).first()
    {
        reason.push_str(&format!(", but an error: {listed}"));
    }
    DecodeError::new(answer.into(), mistake.path(), reason).into()
}

/// A `T` exactly as it is documented.
pub(crate) fn exact<T: DeserializeOwned>(answered: Answered) -> Result<Decoded<T>> {
    let reading = reading(&answered.request, None);
    let read = reading.read(&answered.answer.body);
    read.map_err(|mistake| error(answered.answer, &mistake))
}

/// An object that is documented without an envelope, and may come in one all the same.
pub(crate) fn object<T: DeserializeOwned>(answered: Answered) -> Result<Decoded<T>> {
    if is_envelope(&answered.answer.body) {
        data(answered)
    } else {
        exact(answered)
    }
}

/// One page of a list.
pub(crate) fn page<T: DeserializeOwned>(answered: Answered) -> Result<Decoded<Page<T>>> {
    match list(&answered) {
        Ok(decoded) => Ok(to_page(decoded, answered.request)),
        Err(mistake) => Err(error(answered.answer, &mistake)),
    }
}

/// One page of a list, in which an item that cannot be read is an error.
pub(crate) fn rows<T: DeserializeOwned>(answered: Answered) -> Result<Decoded<Page<Result<T>>>> {
    match list::<T>(&answered) {
        Ok(decoded) => {
            let rows = decoded.map(|list| List {
                data: lenient::List(list.data.0.into_iter().map(Ok).collect()),
                meta: list.meta,
            });
            Ok(to_page(rows, answered.request))
        }
        Err(mistake) => match mistake.steps() {
            [first, Step::Item(_), ..] if first.is_to("data") => each_row(answered, &mistake),
            _ => Err(error(answered.answer, &mistake)),
        },
    }
}

/// Reads the items of a page one by one, since one of them fails the whole.
fn each_row<T: DeserializeOwned>(
    answered: Answered,
    mistake: &Mistake,
) -> Result<Decoded<Page<Result<T>>>> {
    let Answered { request, answer } = answered;
    let answer = Arc::new(answer);
    let body = RawObject::scan(&answer.body);
    let Some(items) = body.get("data") else {
        return Err(error(Answer::clone(&answer), mistake));
    };
    let mut rows = Vec::new();
    let mut unread = Vec::new();
    let items = reader::items_so_far(items.as_bytes(), usize::MAX);
    for (index, item) in items.into_iter().enumerate() {
        let base = format!("$.data[{index}]");
        let reading = Reading {
            base: &base,
            ..reading(&request, None)
        };
        rows.push(match reading.read(item) {
            Ok(decoded) => {
                unread.extend(decoded.unread);
                Ok(decoded.value)
            }
            Err(mistake) => {
                let path = reader::path(&base, mistake.steps());
                let reason = mistake.reason().to_string();
                Err(DecodeError::new(Arc::clone(&answer), path, reason).into())
            }
        });
    }
    let meta = body.get("meta").and_then(|meta| {
        let reading = Reading {
            base: "$.meta",
            ..reading(&request, None)
        };
        let decoded = reading.read::<Option<PageMeta>>(meta.as_bytes()).ok()?;
        unread.extend(decoded.unread);
        decoded.value
    });
    let data = lenient::List(rows);
    let value = List { data, meta };
    Ok(to_page(Decoded { value, unread }, request))
}

/// The page of a list that cannot be asked for another.
pub(crate) fn only_page<T: DeserializeOwned>(answered: Answered) -> Result<Decoded<Page<T>>> {
    page(answered).map(|decoded| decoded.map(Page::only))
}

/// Any JSON; `null` for an empty body.
pub(crate) fn json(mut answered: Answered) -> Result<Decoded<Json>> {
    if answered.answer.body.is_empty() {
        answered.answer.body = Bytes::from_static(b"null");
    }
    exact(answered)
}

/// Nothing, whatever came.
pub(crate) fn empty(_: Answered) -> Result<Decoded<()>> {
    Ok(Decoded::whole(()))
}

/// The body as it came.
pub(crate) fn bytes(answered: Answered) -> Result<Decoded<Bytes>> {
    Ok(Decoded::whole(answered.answer.body))
}

/// The body as text.
pub(crate) fn text(answered: Answered) -> Result<Decoded<String>> {
    match String::from_utf8(answered.answer.body.to_vec()) {
        Ok(text) => Ok(Decoded::whole(text)),
        Err(_) => {
            let reason = "the body is not UTF-8".to_owned();
            Err(DecodeError::new(answered.answer.into(), "$".to_owned(), reason).into())
        }
    }
}

#[derive(Deserialize)]
struct Envelope<T> {
    data: T,
}

#[derive(Deserialize)]
#[serde(bound = "T: DeserializeOwned")]
struct List<T> {
    data: lenient::List<T>,
    #[serde(default)]
    meta: Option<PageMeta>,
}

fn list<T: DeserializeOwned>(answered: &Answered) -> Result<Decoded<List<T>>, Mistake> {
    reading(&answered.request, Some("data")).read(&answered.answer.body)
}

fn to_page<T>(list: Decoded<List<T>>, request: Box<CallRequest>) -> Decoded<Page<T>> {
    let Decoded { value, unread } = list;
    let meta = value.meta.unwrap_or_default();
    Decoded {
        value: Page::new(value.data.0, meta, unread.clone(), request),
        unread,
    }
}

/// Whether a body holds no value: it is empty, null, or an envelope around null.
#[allow(dead_code, reason = "a document may have no such answer")]
pub(crate) fn is_nothing(body: &[u8]) -> bool {
    let body = body.trim_ascii();
    if body.is_empty() || body == b"null" {
        return true;
    }
    let body = String::from_utf8_lossy(body);
    let members = RawObject::scan(body.as_bytes());
    members.get("data").is_some_and(|data| data == "null")
        && members.names().all(|name| matches!(name, "data" | "meta"))
}

/// Whether it is an object with nothing in it but an envelope's members, one of them an object.
fn is_envelope(body: &[u8]) -> bool {
    let body = String::from_utf8_lossy(body);
    let members = RawObject::scan(body.as_bytes());
    let data = members.get("data");
    data.is_some_and(|data| data.starts_with('{'))
        && members.names().all(|name| matches!(name, "data" | "meta"))
}

/// How the answer to `request` is read; `needed` is the member of the body that has to be there.
fn reading<'a>(request: &CallRequest, needed: Option<&'a str>) -> Reading<'a> {
    Reading {
        strict: request.is_strict(),
        base: "$",
        needed,
    }
}

fn error(answer: Answer, mistake: &Mistake) -> Error {
    DecodeError::new(answer.into(), mistake.path(), mistake.reason().to_string()).into()
}
