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

    /// Whether it is a type and a subtype.
    pub(crate) fn is_well_formed(&self) -> bool {
        let is_name = |text: &str| !text.is_empty() && text.bytes().all(is_of_token);
        let parts = self.0.split_once('/');
        parts.is_some_and(|(kind, subtype)| is_name(kind) && is_name(subtype))
    }

    /// Whether it is JSON by its own name.
    pub(crate) fn is_plain_json(&self) -> bool {
        self.0 == "application/json"
    }

    /// Whether it is JSON, by its own or by a finer name.
    pub(crate) fn is_json(&self) -> bool {
        self.is_plain_json() || self.0.ends_with("+json")
    }

    /// Whether it is a partial update, in which null removes a value (RFC 7396).
    pub(crate) fn is_merge_patch(&self) -> bool {
        self.0 == "application/merge-patch+json"
    }

    /// Whether it names several types, and JSON is one of them.
    pub(crate) fn may_be_json(&self) -> bool {
        self.is_any() || self.0 == "application/*"
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

    pub(crate) fn is_multipart(&self) -> bool {
        self.0.starts_with("multipart/")
    }

    /// Whether it is a form in parts, or one of several types of which that is one.
    pub(crate) fn is_multipart_form(&self) -> bool {
        matches!(self.0.as_str(), "multipart/form-data" | "multipart/*")
    }

    pub(crate) fn is_urlencoded_form(&self) -> bool {
        self.0 == "application/x-www-form-urlencoded"
    }
}

/// Whether a token of a header may hold the byte (RFC 9110, section 5.6.2).
pub(crate) fn is_of_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}
