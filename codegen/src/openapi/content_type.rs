//! Reads a content type, ignoring case.

/// A content type in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ContentType {
    /// The content type without its parameters: `application/json` for `Application/JSON; charset=utf-8`.
    essence: String,
    /// Whether it has a parameter other than a `charset`.
    has_parameters: bool,
    charset: Option<String>,
}

impl ContentType {
    pub(crate) fn of(written: &str) -> Self {
        let mut parts = written.split(';');
        let essence = parts.next().unwrap_or_default();
        let mut content_type = Self {
            essence: essence.trim().to_ascii_lowercase(),
            has_parameters: false,
            charset: None,
        };
        for parameter in parts.map(str::trim).filter(|part| !part.is_empty()) {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            match name.eq_ignore_ascii_case("charset") {
                true => {
                    let value = value.trim_matches('"').to_ascii_lowercase();
                    content_type.charset = Some(value);
                }
                false => content_type.has_parameters = true,
            }
        }
        content_type
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.essence
    }

    /// Whether text with this content type is UTF-8, like strings in Rust. ASCII is UTF-8 too.
    fn is_utf8(&self) -> bool {
        let charset = self.charset.as_deref();
        charset.is_none_or(|name| ["utf-8", "utf8", "us-ascii", "ascii"].contains(&name))
    }

    /// Whether it consists of a type and a subtype.
    pub(crate) fn is_well_formed(&self) -> bool {
        let is_name = |text: &str| !text.is_empty() && text.bytes().all(is_of_token);
        let parts = self.essence.split_once('/');
        parts.is_some_and(|(kind, subtype)| is_name(kind) && is_name(subtype))
    }

    /// Whether its name is that of JSON, without parameters that say more. JSON is always UTF-8.
    pub(crate) fn is_plain_json(&self) -> bool {
        self.essence == "application/json" && !self.has_parameters && self.is_utf8()
    }

    /// Whether it is JSON, by its own or by a more specific name.
    pub(crate) fn is_json(&self) -> bool {
        self.essence == "application/json" || self.essence.ends_with("+json")
    }

    /// Whether it is a partial update, in which null removes a value (RFC 7396).
    pub(crate) fn is_merge_patch(&self) -> bool {
        self.essence == "application/merge-patch+json"
    }

    /// Its name, if it is a list of changes and not the changed values, such as `application/json-patch+json`.
    pub(crate) fn patch(&self) -> Option<&str> {
        let is_patch = self.essence.contains("patch") && !self.is_merge_patch();
        is_patch.then_some(self.as_str())
    }

    /// Whether it is a range that includes JSON.
    pub(crate) fn may_be_json(&self) -> bool {
        self.is_any() || self.essence == "application/*"
    }

    /// Whether it is a range that includes every type.
    pub(crate) fn is_any(&self) -> bool {
        self.essence == "*/*"
    }

    /// Whether it is a range of types.
    pub(crate) fn is_range(&self) -> bool {
        self.essence.contains('*')
    }

    /// Whether it is text that a Rust string can contain.
    pub(crate) fn is_text(&self) -> bool {
        self.essence.starts_with("text/") && self.is_utf8()
    }

    /// Whether its body is a sequence of values, which a server may send one by one.
    pub(crate) fn is_sequence(&self) -> bool {
        const NAMES: [&str; 7] = [
            "text/event-stream",
            "application/jsonl",
            "application/x-jsonlines",
            "application/ndjson",
            "application/x-ndjson",
            "application/json-seq",
            "multipart/mixed",
        ];
        NAMES.contains(&self.as_str()) || self.essence.ends_with("+json-seq")
    }

    pub(crate) fn is_multipart(&self) -> bool {
        self.essence.starts_with("multipart/")
    }

    /// Whether it is a multipart form, or a range that includes it.
    pub(crate) fn is_multipart_form(&self) -> bool {
        matches!(self.essence.as_str(), "multipart/form-data" | "multipart/*")
    }

    pub(crate) fn is_urlencoded_form(&self) -> bool {
        self.essence == "application/x-www-form-urlencoded"
    }
}

/// Whether a token in a header may contain the byte (RFC 9110, section 5.6.2).
pub(crate) fn is_of_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::ContentType;

    #[test]
    fn a_parameter_other_than_the_charset_of_json_makes_it_another_json() {
        let is_plain = |text: &str| ContentType::of(text).is_plain_json();
        assert!(is_plain("application/json"));
        assert!(is_plain("Application/JSON; Charset=\"UTF-8\";"));
        assert!(!is_plain("application/json; version=2"));
        assert!(!is_plain("application/json; charset=utf-8; version=2"));
        assert!(ContentType::of("application/json; version=2").is_json());
    }

    #[test]
    fn a_text_in_another_charset_is_no_string() {
        let is_text = |text: &str| ContentType::of(text).is_text();
        assert!(is_text("text/plain"));
        assert!(is_text("text/csv; charset=UTF-8"));
        assert!(is_text("text/plain;charset=us-ascii"));
        assert!(!is_text("text/plain; charset=iso-8859-1"));
    }
}
