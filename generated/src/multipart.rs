//! Bodies of the type `multipart/form-data` (RFC 7578).

use std::fmt::{self, Display};

use bytes::Bytes;

/// A body with fields and files, each under a name.
#[derive(Clone, Default)]
#[must_use = "a form does nothing until a request takes it"]
pub struct Form {
    parts: Vec<Part>,
}

#[derive(Clone)]
struct Part {
    /// `name="…"`, and `; filename="…"` for a file.
    disposition: String,
    content_type: Option<String>,
    bytes: Bytes,
}

impl Form {
    /// A form without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a field for each value: none for a `None`, several of one name for a list.
    pub fn field(mut self, name: &str, values: impl IntoIterator<Item = impl Display>) -> Self {
        self.parts.extend(values.into_iter().map(|value| Part {
            disposition: format!("name=\"{}\"", escape(name)),
            content_type: None,
            bytes: value.to_string().into(),
        }));
        self
    }

    /// Adds each file: none for a `None`, several of one name for a list.
    pub fn file(mut self, name: &str, files: impl IntoIterator<Item = FilePart>) -> Self {
        self.parts.extend(files.into_iter().map(|file| Part {
            disposition: format!(
                "name=\"{}\"; filename=\"{}\"",
                escape(name),
                escape(&file.file_name)
            ),
            content_type: Some(escape(&file.content_type)),
            bytes: file.bytes,
        }));
        self
    }

    /// The value of `Content-Type` and the body. The same form gives the same bytes.
    pub(crate) fn encode(&self) -> (String, Bytes) {
        let boundary = self.boundary();
        let mut body = Vec::new();
        for part in &self.parts {
            body.extend_from_slice(format!("--{boundary}\r\n").as_bytes());
            body.extend_from_slice(
                format!("Content-Disposition: form-data; {}\r\n", part.disposition).as_bytes(),
            );
            if let Some(content_type) = &part.content_type {
                body.extend_from_slice(format!("Content-Type: {content_type}\r\n").as_bytes());
            }
            body.extend_from_slice(b"\r\n");
            body.extend_from_slice(&part.bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        (
            format!("multipart/form-data; boundary={boundary}"),
            body.into(),
        )
    }

    /// The first of a row of names that no part contains.
    fn boundary(&self) -> String {
        let is_free = |boundary: &String| {
            let within = |part: &Part| {
                part.bytes
                    .windows(boundary.len())
                    .any(|window| window == boundary.as_bytes())
            };
            !self.parts.iter().any(within)
        };
        (0_u64..)
            .map(|number| format!("form-part-{number:016}"))
            .find(is_free)
            .unwrap_or_default()
    }
}

impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Form")
            .field("parts", &self.parts.len())
            .finish()
    }
}

/// A file in a form. `Debug` shows its length alone.
#[derive(Clone, PartialEq, Eq)]
pub struct FilePart {
    file_name: String,
    content_type: String,
    bytes: Bytes,
}

impl FilePart {
    /// A file of the type `application/octet-stream`.
    #[must_use]
    pub fn new(file_name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self {
            file_name: file_name.into(),
            content_type: "application/octet-stream".to_owned(),
            bytes: bytes.into(),
        }
    }

    /// Sets the file's media type: `image/png`.
    #[must_use]
    pub fn content_type(self, content_type: impl Into<String>) -> Self {
        Self {
            content_type: content_type.into(),
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

/// Percent-encodes what could end a quoted name or a header, as browsers do: quotes and control characters.
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
    use super::*;

    fn text(form: &Form) -> String {
        String::from_utf8(form.encode().1.to_vec()).unwrap()
    }

    #[test]
    fn fields_and_files_are_written_in_order() {
        let form = Form::new()
            .field("to", ["a", "b"])
            .field("skipped", None::<u32>)
            .file(
                "file",
                [FilePart::new("a.png", &b"\x89PNG"[..4]).content_type("image/png")],
            );
        let (content_type, body) = form.encode();
        assert_eq!(
            content_type,
            "multipart/form-data; boundary=form-part-0000000000000000"
        );
        let expected = b"--form-part-0000000000000000\r\nContent-Disposition: form-data; name=\"to\"\r\n\r\na\r\n\
            --form-part-0000000000000000\r\nContent-Disposition: form-data; name=\"to\"\r\n\r\nb\r\n\
            --form-part-0000000000000000\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\
            Content-Type: image/png\r\n\r\n\x89PNG\r\n--form-part-0000000000000000--\r\n";
        assert_eq!(body.as_ref(), expected);
    }

    #[test]
    fn a_part_that_contains_the_boundary_gets_another() {
        let form = Form::new().field("text", ["--form-part-0000000000000000"]);
        assert!(form.encode().0.ends_with("form-part-0000000000000001"));
    }

    #[test]
    fn a_name_cannot_end_its_header() {
        let file = FilePart::new("a\"\r\nX: y", "").content_type("text/plain\r\nX: y");
        let body = text(&Form::new().file("f\"", [file]));
        assert!(body.contains(
            "name=\"f%22\"; filename=\"a%22%0D%0AX: y\"\r\nContent-Type: text/plain%0D%0AX: y\r\n"
        ));
    }
}
