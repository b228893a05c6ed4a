//! Reads successes.

mod path;

use bytes::Bytes;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::value::RawValue;

use crate::answer::Answer;
use crate::call::Answered;
use crate::error::{DecodeError, Error, ErrorDetail};
use crate::{Json, Page, PageMeta, Result, lenient, redact, tagged};

/// The `T` of `{"data": T}`.
pub(crate) fn data<T: DeserializeOwned>(answered: Answered) -> Result<T> {
    let answer = object_only(answered.answer)?;
    match serde_json::from_slice::<Envelope<T>>(&answer.body) {
        Ok(envelope) => Ok(envelope.data),
        Err(error) => {
            let (path, reason) = explain_data::<T>(&answer.body, &error);
            Err(unreadable(answer, &path, &reason))
        }
    }
}

/// Reads `data` by itself once more: the place of a mistake in a union counts from where the union starts.
fn explain_data<T: DeserializeOwned>(body: &[u8], error: &serde_json::Error) -> (String, String) {
    let Ok(Envelope { data }) = serde_json::from_slice::<Envelope<&RawValue>>(body) else {
        let (path, reason) = explain(body, error);
        return match ErrorDetail::listed(body).first() {
            Some(listed) => (path, format!("{reason}, but an error: {listed}")),
            None => (path, reason),
        };
    };
    match serde_json::from_str::<T>(data.get()) {
        Ok(_) => explain(body, error),
        Err(error) => {
            let (path, reason) = explain(data.get().as_bytes(), &error);
            (path.replacen('$', "$.data", 1), reason)
        }
    }
}

/// A `T` exactly as it is documented.
pub(crate) fn exact<T: DeserializeOwned>(answered: Answered) -> Result<T> {
    read(answered.answer)
}

/// An object that is documented without an envelope, and may come in one all the same.
pub(crate) fn object<T: DeserializeOwned>(answered: Answered) -> Result<T> {
    if !is_list(&answered.answer.body)
        && serde_json::from_slice::<Wrapped<'_>>(&answered.answer.body)
            .is_ok_and(|wrapped| wrapped.data.get().starts_with('{'))
    {
        data(answered)
    } else {
        read(answered.answer)
    }
}

/// One page of a list.
pub(crate) fn page<T: DeserializeOwned>(answered: Answered) -> Result<Page<T>> {
    let list: List<T> = read(object_only(answered.answer)?)?;
    Ok(Page::new(list.data, list.meta, answered.request))
}

/// Any JSON; `null` for an empty body.
pub(crate) fn json(mut answered: Answered) -> Result<Json> {
    if answered.answer.body.is_empty() {
        answered.answer.body = Bytes::from_static(b"null");
    }
    exact(answered)
}

/// Nothing, whatever came.
pub(crate) fn empty(_: Answered) -> Result<()> {
    Ok(())
}

/// The body as it came.
pub(crate) fn bytes(answered: Answered) -> Result<Bytes> {
    Ok(answered.answer.body)
}

/// The body as text.
pub(crate) fn text(answered: Answered) -> Result<String> {
    match String::from_utf8(answered.answer.body.to_vec()) {
        Ok(text) => Ok(text),
        Err(_) => Err(unreadable(answered.answer, "$", "the body is not UTF-8")),
    }
}

#[derive(Deserialize)]
struct Envelope<T> {
    data: T,
}

#[derive(Deserialize)]
#[serde(bound = "T: DeserializeOwned")]
struct List<T> {
    #[serde(deserialize_with = "lenient::list")]
    data: Vec<T>,
    #[serde(default)]
    meta: PageMeta,
}

/// An object with nothing in it but an envelope's members.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wrapped<'a> {
    #[serde(borrow)]
    data: &'a RawValue,
    #[serde(default, rename = "meta")]
    _meta: IgnoredAny,
}

fn is_list(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"[")
}

/// The answer, unless it is a list: serde takes one for a struct, its items in the order of the fields.
fn object_only(answer: Answer) -> Result<Answer> {
    if is_list(&answer.body) {
        return Err(unreadable(answer, "$", "expected an object"));
    }
    Ok(answer)
}

fn read<T: DeserializeOwned>(answer: Answer) -> Result<T> {
    serde_json::from_slice(&answer.body).map_err(|error| {
        let (path, reason) = explain(&answer.body, &error);
        unreadable(answer, &path, &reason)
    })
}

/// Where in `json` reading stopped, as a JSON path, and why, without the value there.
pub(crate) fn explain(json: &[u8], error: &serde_json::Error) -> (String, String) {
    let path = path::locate(json, error.line(), error.column());
    match tagged::mistake(&error.to_string()) {
        Some((inner, reason)) => (format!("{path}{inner}"), reason.to_owned()),
        None => (path, redact::without_value(error)),
    }
}

fn unreadable(answer: Answer, path: &str, reason: &str) -> Error {
    DecodeError::new(answer, path.to_owned(), reason.to_owned()).into()
}
