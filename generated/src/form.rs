//! Forms: bodies of the types `multipart/form-data` (RFC 7578) and `application/x-www-form-urlencoded`.

use std::fmt::{self, Display};

use bytes::Bytes;
use serde::Serialize;

use crate::error::InvalidRequest;
use crate::{body, header, url};

/// The media type of a file for which neither the caller nor the API defines one.
const BYTES: &str = "application/octet-stream";

/// The start of the boundary of a multipart form. A number of 16 digits follows.
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
    /// The content type that the API documents.
    documented_type: Option<String>,
    content: Content,
}

#[derive(Clone)]
enum Content {
    Text(String),
    /// A list as one string, both plain and URL-encoded.
    Joined {
        text: String,
        encoded: String,
    },
    Json(Bytes),
    File(FilePart),
}

impl Form {
    /// A form without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a field. For a list, call this method for each item, with the same name.
    pub fn field(self, name: &str, value: impl Display) -> Self {
        self.fields(name, [value])
    }

    /// Adds a part with the content type `application/json`.
    ///
    /// If the value cannot be serialized as JSON, the client sends nothing and the call fails with
    /// [`Error::InvalidRequest`](crate::Error::InvalidRequest).
    pub fn json(self, name: &str, value: impl Serialize) -> Self {
        self.jsons(name, [value])
    }

    /// Adds a file. For several files, call this method for each file, with the same name.
    pub fn file(self, name: &str, file: FilePart) -> Self {
        self.files(name, [file])
    }

    /// Adds a field for each value. A `None` adds no field, and a list adds several fields with the same name.
    pub(crate) fn fields(
        mut self,
        name: &str,
        values: impl IntoIterator<Item = impl Display>,
    ) -> Self {
        for value in values {
            self.push(name, Content::Text(value.to_string()));
        }
        self
    }

    /// Adds a part with the content type `application/json` for each value. A `None` adds no part, and a list adds several parts
    /// with the same name.
    pub(crate) fn jsons(
        mut self,
        name: &str,
        values: impl IntoIterator<Item = impl Serialize>,
    ) -> Self {
        for value in values {
            match body::json(&value, Some(name)) {
                Ok(bytes) => self.push(name, Content::Json(bytes)),
                Err(problem) => drop(self.problem.get_or_insert(problem)),
            }
        }
        self
    }

    /// Adds each file. A `None` adds no file, and a list adds several files with the same name.
    pub(crate) fn files(mut self, name: &str, files: impl IntoIterator<Item = FilePart>) -> Self {
        for file in files {
            self.push(name, Content::File(file));
        }
        self
    }

    /// Adds a field with a list as its value, with commas between the items. A `None` or an empty list adds no field.
    #[allow(dead_code, reason = "a document may have no such list")]
    pub(crate) fn joined(
        mut self,
        name: &str,
        items: Option<impl IntoIterator<Item = impl Display>>,
    ) -> Self {
        if let Some(items) = items {
            let items = url::texts(items);
            if !items.is_empty() {
                let (text, encoded) = (items.join(","), url::joined(&items));
                self.push(name, Content::Joined { text, encoded });
            }
        }
        self
    }

    /// Sets the content type that the API documents for the parts with this name. A type that the caller set takes precedence.
    #[allow(dead_code, reason = "a document may give no part a type")]
    pub(crate) fn part_type(mut self, name: &str, content_type: &str) -> Self {
        for part in &mut self.parts {
            if part.name == name {
                part.documented_type = Some(content_type.to_owned());
            }
        }
        self
    }

    /// Whether the form has no parts.
    #[allow(dead_code, reason = "a document may have no optional form")]
    pub(crate) fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.problem.is_none()
    }

    /// The value of `Content-Type` and the body of a multipart form. For the same form, the bytes are the same.
    pub(crate) fn multipart(&self) -> Result<(String, Bytes), InvalidRequest> {
        self.check()?;
        let boundary = self.boundary();
        let mut body = Vec::new();
        for part in &self.parts {
            let mut head = format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"",
                escape(&part.name)
            );
            if let Content::File(file) = &part.content {
                head.push_str(&format!("; filename=\"{}\"", escape(&file.file_name)));
            }
            if let Some(content_type) = part.content_type() {
                if header::parse_value(content_type).is_none() {
                    return Err(InvalidRequest::new(format!(
                        "the content type of `{}` contains a character that is not printable ASCII",
                        part.name
                    )));
                }
                head.push_str(&format!("\r\nContent-Type: {content_type}"));
            }
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(b"\r\n\r\n");
            body.extend_from_slice(part.bytes());
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        let content_type = format!("multipart/form-data; boundary={boundary}");
        Ok((content_type, body.into()))
    }

    /// The body of a form without files, written like a query.
    pub(crate) fn urlencoded(&self) -> Result<String, InvalidRequest> {
        self.check()?;
        let pairs: Vec<String> = self
            .parts
            .iter()
            .map(Part::urlencoded)
            .collect::<Result<_, _>>()?;
        Ok(pairs.join("&"))
    }

    fn push(&mut self, name: &str, content: Content) {
        self.parts.push(Part {
            name: name.to_owned(),
            documented_type: None,
            content,
        });
    }

    fn check(&self) -> Result<(), InvalidRequest> {
        match &self.problem {
            Some(problem) => Err(problem.clone()),
            None => Ok(()),
        }
    }

    /// The first of a series of names that no part contains. One search finds all names that are taken. Otherwise, a file could
    /// list a million names, and the client would search all bytes for each of them.
    fn boundary(&self) -> String {
        let mut found = Vec::new();
        for part in &self.parts {
            found.extend(part.boundaries());
        }
        // Of one number more than were found, one is free.
        let mut is_taken = vec![false; found.len() + 1];
        for number in found {
            let index = usize::try_from(number).unwrap_or(usize::MAX);
            if let Some(is_taken) = is_taken.get_mut(index) {
                *is_taken = true;
            }
        }
        let free = is_taken.iter().take_while(|is_taken| **is_taken).count();
        format!("{BOUNDARY}{free:0DIGITS$}")
    }
}

impl Part {
    fn bytes(&self) -> &[u8] {
        match &self.content {
            Content::Text(text) | Content::Joined { text, .. } => text.as_bytes(),
            Content::Json(bytes) => bytes,
            Content::File(file) => &file.bytes,
        }
    }

    /// The caller's content type, or else the API's documented type, or else the default type for this content.
    fn content_type(&self) -> Option<&str> {
        let (given, usual) = match &self.content {
            Content::Text(_) | Content::Joined { .. } => (None, None),
            Content::Json(_) => (None, Some("application/json")),
            Content::File(file) => (file.content_type.as_deref(), Some(BYTES)),
        };
        given.or(self.documented_type.as_deref()).or(usual)
    }

    /// The name and the value, written as in a query.
    fn urlencoded(&self) -> Result<String, InvalidRequest> {
        let pair = |value| url::pairs([(self.name.as_bytes(), value)]);
        match &self.content {
            Content::Text(text) => Ok(pair(text.as_bytes())),
            Content::Joined { encoded, .. } => Ok(pair(b"") + encoded),
            Content::Json(bytes) => Ok(pair(bytes)),
            Content::File(_) => Err(InvalidRequest::new(format!(
                "`{}` is a file, which a URL-encoded form cannot have; use a multipart form",
                self.name
            ))),
        }
    }

    /// The numbers of the boundaries in the part's bytes.
    fn boundaries(&self) -> impl Iterator<Item = u64> + '_ {
        self.bytes()
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

/// A file in a form. `Debug` shows only the file's length.
#[derive(Clone, PartialEq, Eq)]
pub struct FilePart {
    file_name: String,
    /// The content type, if the caller sets one.
    content_type: Option<String>,
    bytes: Bytes,
}

impl FilePart {
    /// A file with a name. The media type of the file is the one that the API documents, or else `application/octet-stream`.
    #[must_use]
    pub fn new(file_name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self {
            file_name: file_name.into(),
            content_type: None,
            bytes: bytes.into(),
        }
    }

    /// Sets the file's media type, such as `image/png`.
    ///
    /// If the media type has a character that is not printable ASCII, the client sends nothing and the call fails with
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

/// Percent-encodes what could end a quoted name: quotes and line breaks, as browsers do, and other control characters.
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
mod tests;
