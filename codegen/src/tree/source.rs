//! An input as bytes, and as text after a check.

use std::borrow::Cow;

/// The maximum size of an input. Telnyx's whole document has 4 MiB.
const MAX_BYTES: usize = 32 * 1024 * 1024;

/// An input of a run.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name in diagnostics, such as `spec/openapi.yaml`. If the name ends in `.json`, `.yaml` or `.yml`, it determines the
    /// format. Any other input is JSON if it starts with a brace.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// The two notations of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    Json,
    Yaml,
}

/// Why an input is not text, and the byte that shows it.
#[derive(Debug)]
pub(super) struct NotText {
    pub(super) offset: usize,
    pub(super) message: String,
    pub(super) help: &'static str,
}

impl Source {
    /// The text without a byte order mark. All offsets count from its start.
    pub(super) fn text(&self) -> Result<&str, NotText> {
        let bytes = self.unmarked();
        if bytes.len() > MAX_BYTES {
            return Err(NotText {
                offset: 0,
                message: format!(
                    "this file has {} bytes; the maximum is {MAX_BYTES}",
                    bytes.len()
                ),
                help: "give the generator a smaller document",
            });
        }
        if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
            return Err(NotText {
                offset: 0,
                message: "this file is UTF-16".to_owned(),
                help: "save the file as UTF-8",
            });
        }
        let text = std::str::from_utf8(bytes).map_err(|error| NotText {
            offset: error.valid_up_to(),
            message: "this is not UTF-8".to_owned(),
            help: "save the file as UTF-8",
        })?;
        match bytes.iter().position(is_refused) {
            None => Ok(text),
            Some(offset) => Err(NotText {
                offset,
                message: format!("this is a control character, U+{:04X}", bytes[offset]),
                help: "remove the character, or write an escape in a quoted string",
            }),
        }
    }

    /// The text as far as it can be shown. It equals [`Source::text`] up to the first byte that is not UTF-8.
    pub(crate) fn lossy_text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(self.unmarked())
    }

    pub(super) fn notation(&self, text: &str) -> Notation {
        let ends_in = |ending| self.name.to_ascii_lowercase().ends_with(ending);
        if ends_in(".json") {
            Notation::Json
        } else if ends_in(".yaml") || ends_in(".yml") {
            Notation::Yaml
        } else if text.trim_start().starts_with('{') {
            Notation::Json
        } else {
            Notation::Yaml
        }
    }

    fn unmarked(&self) -> &[u8] {
        self.bytes
            .strip_prefix("\u{FEFF}".as_bytes())
            .unwrap_or(&self.bytes)
    }
}

/// Neither format allows these characters unescaped, and a YAML parser may treat U+0000 as the end.
fn is_refused(byte: &u8) -> bool {
    byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r')
}
