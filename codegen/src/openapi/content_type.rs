//! Reads a content type, ignoring case and parameters.

/// A content type in lower case, without its parameters: `application/json` of `Application/JSON; charset=utf-8`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ContentType(String);

impl ContentType {
    pub(crate) fn of(written: &str) -> Self {
        let essence = written.split(';').next().unwrap_or_default();
        Self(essence.trim().to_ascii_lowercase())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is JSON by its own name.
    pub(crate) fn is_plain_json(&self) -> bool {
        self.0 == "application/json"
    }

    /// Whether it is JSON, by its own or by a finer name.
    pub(crate) fn is_json(&self) -> bool {
        self.is_plain_json() || self.0.ends_with("+json")
    }

    /// Whether any type will do.
    pub(crate) fn is_any(&self) -> bool {
        self.0 == "*/*"
    }

    /// Whether it names several types.
    pub(crate) fn is_range(&self) -> bool {
        self.0.contains('*')
    }

    pub(crate) fn is_text(&self) -> bool {
        self.0.starts_with("text/")
    }

    pub(crate) fn is_multipart_form(&self) -> bool {
        self.0 == "multipart/form-data"
    }

    pub(crate) fn is_urlencoded_form(&self) -> bool {
        self.0 == "application/x-www-form-urlencoded"
    }
}
