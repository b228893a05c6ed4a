//! Forms: bodies of the types `multipart/form-data` (RFC 7578) and `application/x-www-form-urlencoded`.

use std::fmt::{self, Display};

use bytes::Bytes;
use serde::Serialize;

use crate::error::InvalidRequest;
use crate::{body, header, url};

/// The type of a file of which nobody says more.
const BYTES: &str = "application/octet-stream";

/// What the boundary of a multipart form begins with. A number of 16 digits follows.
const BOUNDARY: &str = "form-part-";
const DIGITS: usize = 16;

/// A body with named fields and files.
#[derive(Clone, Default)]
#[must_use = "a form does nothing until a request takes it"]
pub struct Form {
    parts: Vec<Part>,
    problem: Option<InvalidRequest>,
}

#[derive(Clone)]
struct Part {
    name: String,
    /// Of a file.
    file_name: Option<String>,
    content_type: Option<String>,
    /// Whether the caller chose the content type.
    is_type_given: bool,
    bytes: Bytes,
    /// What a URL-encoded form holds in place of the bytes, encoded already.
    encoded: Option<String>,
}

impl Form {
    /// A form without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a field. For a list, call this again with the same name.
    pub fn field(self, name: &str, value: impl Display) -> Self {
        self.fields(name, [value])
    }

    /// Adds a part of the type `application/json`.
    ///
    /// If the value cannot be serialized as JSON, the client sends nothing and the call fails with
    /// [`Error::InvalidRequest`](crate::Error::InvalidRequest).
    pub fn json(self, name: &str, value: impl Serialize) -> Self {
        self.jsons(name, [value])
    }

    /// Adds a file. For several files, call this again with the same name.
    pub fn file(self, name: &str, file: FilePart) -> Self {
        self.files(name, [file])
    }

    /// Adds a field for each value. A `None` adds no field, and a list adds several fields with the same name.
    pub(crate) fn fields(
        mut self,
        name: &str,
        values: impl IntoIterator<Item = impl Display>,
    ) -> Self {
        self.parts.extend(values.into_iter().map(|value| Part {
            name: name.to_owned(),
            file_name: None,
            content_type: None,
            is_type_given: false,
            bytes: value.to_string().into(),
            encoded: None,
        }));
        self
    }

    /// Adds a part of the type `application/json` for each value. A `None` adds no part, and a list adds several parts with the
    /// same name.
    pub(crate) fn jsons(
        mut self,
        name: &str,
        values: impl IntoIterator<Item = impl Serialize>,
    ) -> Self {
        for value in values {
            match body::json(&value) {
                Ok(bytes) => self.parts.push(Part {
                    name: name.to_owned(),
                    file_name: None,
                    content_type: Some("application/json".to_owned()),
                    is_type_given: false,
                    bytes,
                    encoded: None,
                }),
                Err(problem) => self.problem = self.problem.or(Some(problem)),
            }
        }
        self
    }

    /// Adds each file. A `None` adds no file, and a list adds several files with the same name.
    pub(crate) fn files(mut self, name: &str, files: impl IntoIterator<Item = FilePart>) -> Self {
        self.parts.extend(files.into_iter().map(|file| Part {
            name: name.to_owned(),
            file_name: Some(file.file_name),
            is_type_given: file.content_type.is_some(),
            content_type: Some(file.content_type.unwrap_or_else(|| BYTES.to_owned())),
            bytes: file.bytes,
            encoded: None,
        }));
        self
    }

    /// Adds a field that holds a list, with commas between its items; none for a `None`.
    #[allow(dead_code, reason = "a document may have no such list")]
    pub(crate) fn joined(
        mut self,
        name: &str,
        items: Option<impl IntoIterator<Item = impl Display>>,
    ) -> Self {
        if let Some(items) = items {
            let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
            self.parts.push(Part {
                name: name.to_owned(),
                file_name: None,
                content_type: None,
                is_type_given: false,
                bytes: items.join(",").into(),
                encoded: Some(url::joined(&items)),
            });
        }
        self
    }

    /// Gives the parts of a name their content type, unless the caller chose it.
    #[allow(dead_code, reason = "a document may give no part a type")]
    pub(crate) fn part_type(mut self, name: &str, content_type: &str) -> Self {
        for part in &mut self.parts {
            if part.name == name && !part.is_type_given {
                part.content_type = Some(content_type.to_owned());
            }
        }
        self
    }

    /// The value of `Content-Type` and the body of a multipart form. The same form gives the same bytes.
    pub(crate) fn multipart(&self) -> Result<(String, Bytes), InvalidRequest> {
        self.check()?;
        let boundary = self.boundary();
        let mut body = Vec::new();
        for part in &self.parts {
            let mut head = format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"",
                escape(&part.name)
            );
            if let Some(file_name) = &part.file_name {
                head.push_str(&format!("; filename=\"{}\"", escape(file_name)));
            }
            if let Some(content_type) = &part.content_type {
                if header::parse_value(content_type).is_none() {
                    return Err(InvalidRequest::new(
                        "the content type of a part contains a character that is not printable ASCII",
                    ));
                }
                head.push_str(&format!("\r\nContent-Type: {content_type}"));
            }
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(b"\r\n\r\n");
            body.extend_from_slice(&part.bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        let content_type = format!("multipart/form-data; boundary={boundary}");
        Ok((content_type, body.into()))
    }

    /// The body of a form without files, written like a query.
    pub(crate) fn urlencoded(&self) -> Result<String, InvalidRequest> {
        self.check()?;
        if self.parts.iter().any(|part| part.file_name.is_some()) {
            return Err(InvalidRequest::new(
                "a URL-encoded form cannot have a file; use a multipart form",
            ));
        }
        let pairs = self.parts.iter().map(|part| match &part.encoded {
            Some(encoded) => format!(
                "{}{encoded}",
                url::pairs([(part.name.as_bytes(), &b""[..])])
            ),
            None => url::pairs([(part.name.as_bytes(), part.bytes.as_ref())]),
        });
        Ok(pairs.collect::<Vec<_>>().join("&"))
    }

    fn check(&self) -> Result<(), InvalidRequest> {
        match &self.problem {
            Some(problem) => Err(problem.clone()),
            None => Ok(()),
        }
    }

    /// The first of a row of names that no part contains. One search finds all names that are taken: otherwise a file could list a
    /// million of them, and each would be searched for in all bytes.
    fn boundary(&self) -> String {
        let mut taken: Vec<u64> = self.parts.iter().flat_map(Part::boundaries).collect();
        taken.sort_unstable();
        let free = taken.iter().fold(0, |free, number| match *number == free {
            true => free + 1,
            false => free,
        });
        format!("{BOUNDARY}{free:016}")
    }
}

impl Part {
    /// The numbers of the boundaries in its bytes.
    fn boundaries(&self) -> impl Iterator<Item = u64> + '_ {
        self.bytes
            .windows(BOUNDARY.len() + DIGITS)
            .filter_map(|window| {
                let digits = window.strip_prefix(BOUNDARY.as_bytes())?;
                let is_number = digits.iter().all(u8::is_ascii_digit);
                let digits = std::str::from_utf8(digits).ok().filter(|_| is_number)?;
                digits.parse().ok()
            })
    }
}

impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Form")
            .field("parts", &self.parts.len())
            .finish()
    }
}

/// A file in a form. `Debug` shows only its length.
#[derive(Clone, PartialEq, Eq)]
pub struct FilePart {
    file_name: String,
    /// `None`, unless the caller gives one.
    content_type: Option<String>,
    bytes: Bytes,
}

impl FilePart {
    /// A file with a name. Its media type is the one that the API documents, or else `application/octet-stream`.
    #[must_use]
    pub fn new(file_name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self {
            file_name: file_name.into(),
            content_type: None,
            bytes: bytes.into(),
        }
    }

    /// Sets the file's media type: `image/png`.
    ///
    /// If it has a character that is not printable ASCII, the client sends nothing and the call fails with
    /// [`Error::InvalidRequest`](crate::Error::InvalidRequest).
    #[must_use]
    pub fn content_type(self, content_type: impl Into<String>) -> Self {
        Self {
            content_type: Some(content_type.into()),
            ..self
        }
    }
}

impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilePart")
            .field("length", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

/// Percent-encodes what could end a quoted name, as browsers do: quotes and control characters.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if character == '"' || character.is_ascii_control() {
            escaped.push_str(&format!("%{:02X}", u32::from(character)));
        } else {
            escaped.push(character);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn multipart(form: &Form) -> String {
        let (_, body) = form.multipart().unwrap();
        String::from_utf8(body.to_vec()).unwrap()
    }

    #[test]
    fn parts_are_written_in_order() {
        let form = Form::new()
            .field("to", "a")
            .field("to", "b")
            .fields("skipped", None::<u32>)
            .json("options", BTreeMap::from([("pages", 2)]))
            .file(
                "file",
                FilePart::new("a.png", &b"PNG"[..]).content_type("image/png"),
            );
        let (content_type, _) = form.multipart().unwrap();
        assert_eq!(
            content_type,
            "multipart/form-data; boundary=form-part-0000000000000000"
        );
        let expected = "--form-part-0000000000000000\r\nContent-Disposition: form-data; name=\"to\"\r\n\r\na\r\n\
            --form-part-0000000000000000\r\nContent-Disposition: form-data; name=\"to\"\r\n\r\nb\r\n\
            --form-part-0000000000000000\r\nContent-Disposition: form-data; name=\"options\"\r\n\
            Content-Type: application/json\r\n\r\n{\"pages\":2}\r\n\
            --form-part-0000000000000000\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\
            Content-Type: image/png\r\n\r\nPNG\r\n--form-part-0000000000000000--\r\n";
        assert_eq!(multipart(&form), expected);
    }

    #[test]
    fn a_part_that_contains_the_boundary_gets_another() {
        let form = Form::new().field("text", "--form-part-0000000000000000");
        let (content_type, _) = form.multipart().unwrap();
        assert!(content_type.ends_with("form-part-0000000000000001"));
    }

    #[test]
    fn a_file_that_lists_all_boundaries_is_searched_once() {
        let listed: Vec<String> = (0..20_000)
            .map(|number| format!("form-part-{number:016}"))
            .collect();
        let form = Form::new().field("text", listed.concat());
        let started = std::time::Instant::now();
        let (content_type, _) = form.multipart().unwrap();
        assert!(content_type.ends_with("form-part-0000000000020000"));
        assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
    }

    #[test]
    fn a_content_type_is_sent_as_given_or_not_at_all() {
        let form = |content_type: &str| {
            Form::new().file("f", FilePart::new("a", "").content_type(content_type))
        };
        let quoted = "text/plain; charset=\"utf-8\"";
        let body = multipart(&form(quoted));
        assert!(
            body.contains(&format!("\r\nContent-Type: {quoted}\r\n")),
            "{body}"
        );
        for content_type in ["text/plain\r\nX: y", "text/é"] {
            let error = form(content_type).multipart().unwrap_err();
            assert!(error.to_string().starts_with("the content type"), "{error}");
        }
    }

    #[test]
    fn a_name_cannot_end_its_header() {
        let file = FilePart::new("a\"\r\nX: y", "").content_type("text/plain");
        let body = multipart(&Form::new().file("f\"", file));
        assert!(body.contains(
            "name=\"f%22\"; filename=\"a%22%0D%0AX: y\"\r\nContent-Type: text/plain\r\n"
        ));
    }

    #[test]
    fn a_url_encoded_form_reads_like_a_query() {
        let form = Form::new()
            .field("To", "+13125550001")
            .fields("Event", ["a b", "c&d=é"])
            .json("list", [1, 2]);
        assert_eq!(
            form.urlencoded().unwrap(),
            "To=%2B13125550001&Event=a%20b&Event=c%26d%3D%C3%A9&list=%5B1%2C2%5D"
        );
    }

    #[test]
    fn a_file_in_a_url_encoded_form_is_refused() {
        let form = Form::new().file("file", FilePart::new("a", ""));
        form.urlencoded().unwrap_err();
    }

    #[test]
    fn what_cannot_be_json_is_refused() {
        let form = Form::new().json("map", BTreeMap::from([((1, 2), 3)]));
        form.multipart().unwrap_err();
        form.urlencoded().unwrap_err();
    }
}
