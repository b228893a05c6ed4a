//! Reads successes.

use std::sync::Arc;

use bytes::Bytes;
use serde::de::{DeserializeOwned, MapAccess};
use serde::{Deserialize, Deserializer};

use crate::answer::Answer;
use crate::call::{Answered, CallRequest};
use crate::error::{DecodeError, Error, ErrorDetail};
use crate::object::{self, Empty, Object, ReadField};
use crate::raw_object::RawObject;
use crate::reader::{self, Mistake, Reason, Step};
use crate::tolerant::{Decoded, Reading};
use crate::{Json, Page, PageMeta, Result, Unread};

/// The `T` of `{"data": T}`.
pub(crate) fn data<T: DeserializeOwned>(answered: Answered) -> Result<Decoded<T>> {
    let reading = reading(&answered.request, Some("data"));
    let mistake = match reading.read(&answered.answer.body) {
        Ok(Decoded {
            value: Envelope { data: Some(value) },
            unread,
        }) => return Ok(Decoded { value, unread }),
        Ok(_) => Mistake::absent(),
        Err(mistake) => mistake,
    };
    Err(no_data(answered.answer, &mistake))
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
    match reading.read(&answered.answer.body) {
        Ok(decoded) => Ok(decoded),
        Err(mistake) => Err(error(answered.answer, &mistake)),
    }
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
                data: list.data.into_iter().map(Ok).collect(),
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
    let body = answer.body.clone();
    let Some(rows) = Rows::of(&body) else {
        return Err(error(answer, mistake));
    };
    let shared = Arc::new(answer);
    let (meta, unread_meta) = rows.meta(&request);
    let (mut data, mut unread) = (Vec::new(), Vec::new());
    for (path, item) in rows.items {
        data.push(match reading_at(&path, &request).read(item) {
            Ok(decoded) => {
                unread.extend(decoded.unread);
                Ok(decoded.value)
            }
            Err(mistake) => Err(row_error(&shared, &path, &mistake)),
        });
    }
    unread.extend(unread_meta);
    let value = List { data, meta };
    Ok(to_page(Decoded { value, unread }, request))
}

/// A page whose items are not read yet: the texts of its parts.
struct Rows<'a> {
    /// Each with its JSON path.
    items: Vec<(String, &'a [u8])>,
    meta: Option<&'a [u8]>,
}

impl<'a> Rows<'a> {
    /// Finds them, if the body has items.
    fn of(body: &'a [u8]) -> Option<Self> {
        // Only a whole body has all items. A byte that is not UTF-8 costs no more than its item.
        let text = String::from_utf8_lossy(body);
        RawObject::scan(text.as_bytes()).get("data")?;
        let members = reader::members_so_far(body);
        let data = reader::last_member(&members, "data")?;
        let items = reader::items_so_far(data, usize::MAX).into_iter();
        let items = items.enumerate();
        Some(Self {
            items: items
                .map(|(index, item)| (format!("$.data[{index}]"), item))
                .collect(),
            meta: reader::last_member(&members, "meta"),
        })
    }

    /// The position of the page, and what could not be read of it.
    fn meta(&self, request: &CallRequest) -> (Option<PageMeta>, Vec<Unread>) {
        let reading = reading_at("$.meta", request);
        match self.meta.map(|meta| reading.read(meta)) {
            Some(Ok(Decoded { value, unread })) => (value, unread),
            Some(Err(_)) | None => (None, Vec::new()),
        }
    }
}

/// The error of an item that cannot be read.
fn row_error(answer: &Arc<Answer>, base: &str, mistake: &Mistake) -> Error {
    let path = reader::path(base, mistake.steps());
    let reason = mistake.reason().to_string();
    DecodeError::new(Arc::clone(answer), path, reason).into()
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

/// `{"data": T}`, where `data` has to be there.
struct Envelope<T> {
    data: Option<T>,
}

impl<T> Empty for Envelope<T> {
    fn empty() -> Self {
        Self { data: None }
    }
}

impl<T: DeserializeOwned> Object for Envelope<T> {
    const PROPERTIES: &'static [&'static str] = &["data"];
    const REQUIRED: &'static [bool] = &[true];

    fn read<'de, M: MapAccess<'de>>(&mut self, _: usize, map: &mut M) -> Result<(), M::Error> {
        match map.next_value() {
            Ok(data) => {
                self.data = Some(data);
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Envelope<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        object::deserialize(deserializer)
    }
}

struct List<T> {
    data: Vec<T>,
    meta: Option<PageMeta>,
}

impl<T> Empty for List<T> {
    fn empty() -> Self {
        Self {
            data: Vec::new(),
            meta: None,
        }
    }
}

impl<T: DeserializeOwned> Object for List<T> {
    const PROPERTIES: &'static [&'static str] = &["data", "meta"];
    const REQUIRED: &'static [bool] = &[true, false];

    fn read<'de, M: MapAccess<'de>>(&mut self, index: usize, map: &mut M) -> Result<(), M::Error> {
        match index {
            0 => map.list(&mut self.data),
            _ => map.optional(&mut self.meta),
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        object::deserialize(deserializer)
    }
}

fn list<T: DeserializeOwned>(answered: &Answered) -> Result<Decoded<List<T>>, Mistake> {
    reading(&answered.request, Some("data")).read(&answered.answer.body)
}

fn to_page<T>(list: Decoded<List<T>>, request: Box<CallRequest>) -> Decoded<Page<T>> {
    let Decoded { value, unread } = list;
    let meta = value.meta.unwrap_or_default();
    Decoded {
        value: Page::new(value.data, meta, unread.clone(), request),
        unread,
    }
}

/// A page that comes after another one. A server that sends one page for every number would have no end.
pub(crate) fn next_page<T: DeserializeOwned>(answered: Answered) -> Result<Decoded<Page<T>>> {
    let decoded = match list(&answered) {
        Ok(decoded) => to_page(decoded, answered.request),
        Err(mistake) => return Err(error(answered.answer, &mistake)),
    };
    match decoded.value.other_number() {
        Some(numbers) => Err(other_page(answered.answer, numbers)),
        None => Ok(decoded),
    }
}

/// Whether two bodies have the same bytes in `data`, UTF-8 or not. What stands beside it may be a time, or an id of the request.
pub(crate) fn has_same_data(one: &Answer, other: &Answer) -> bool {
    let (members, of_other) = (
        reader::members_so_far(&one.body),
        reader::members_so_far(&other.body),
    );
    let data = reader::last_member(&members, "data");
    match (data, reader::last_member(&of_other, "data")) {
        (Some(data), Some(of_other)) => data == of_other,
        _ => one.body == other.body,
    }
}

/// The error for a page with another number than the requested one.
pub(crate) fn other_page(answer: Answer, (asked, came): (i64, i64)) -> Error {
    let reason = format!("the client requested page {asked}, and the server sent page {came}");
    DecodeError::new(answer.into(), "$.meta.page_number".to_owned(), reason).into()
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

/// How a part of the answer to `request` is read, which has this JSON path.
fn reading_at<'a>(base: &'a str, request: &CallRequest) -> Reading<'a> {
    Reading {
        base,
        ..reading(request, None)
    }
}

fn error(answer: Answer, mistake: &Mistake) -> Error {
    DecodeError::new(answer.into(), mistake.path(), mistake.reason().to_string()).into()
}
