//! Reads successes.

use bytes::Bytes;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::answer::Answer;
use crate::call::Answered;
use crate::error::{DecodeError, Error, ErrorDetail};
use crate::raw_object::RawObject;
use crate::reader::{self, Mistake, Reason};
use crate::{Json, Page, PageMeta, Result, lenient};

/// The `T` of `{"data": T}`.
pub(crate) fn data<T: DeserializeOwned>(answered: Answered) -> Result<T> {
    let answer = answered.answer;
    match reader::read::<Envelope<T>>(&answer.body) {
        Ok(envelope) => Ok(envelope.data),
        Err(mistake) => Err(no_data(answer, &mistake)),
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
    DecodeError::new(answer, mistake.path(), reason).into()
}

/// A `T` exactly as it is documented.
pub(crate) fn exact<T: DeserializeOwned>(answered: Answered) -> Result<T> {
    read(&answered.answer)
}

/// An object that is documented without an envelope, and may come in one all the same.
pub(crate) fn object<T: DeserializeOwned>(answered: Answered) -> Result<T> {
    if is_envelope(&answered.answer.body) {
        data(answered)
    } else {
        read(&answered.answer)
    }
}

/// One page of a list.
pub(crate) fn page<T: DeserializeOwned>(answered: Answered) -> Result<Page<T>> {
    let list: List<T> = read(&answered.answer)?;
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
        Err(_) => {
            let reason = "the body is not UTF-8".to_owned();
            Err(DecodeError::new(answered.answer, "$".to_owned(), reason).into())
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
    #[serde(deserialize_with = "lenient::list")]
    data: Vec<T>,
    #[serde(default)]
    meta: PageMeta,
}

/// Whether it is an object with nothing in it but an envelope's members, one of them an object.
fn is_envelope(body: &[u8]) -> bool {
    let members = RawObject::scan(body);
    let data = members.get("data");
    data.is_some_and(|data| data.starts_with('{'))
        && members.names().all(|name| matches!(name, "data" | "meta"))
}

fn read<T: DeserializeOwned>(answer: &Answer) -> Result<T> {
    reader::read(&answer.body).map_err(|mistake| {
        let reason = mistake.reason().to_string();
        DecodeError::new(answer.clone(), mistake.path(), reason).into()
    })
}
