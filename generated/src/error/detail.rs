//! The errors a body lists.

use std::fmt;

use serde_json::Value;

use super::ErrorCode;
use crate::reader;
use crate::redact::{mask_digits, one_line};

/// One error of an answer, whole: nothing is masked in its fields.
///
/// `Debug` masks runs of seven or more digits.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorDetail {
    /// Telnyx's code.
    pub code: Option<ErrorCode>,
    /// What went wrong, in a few words.
    pub title: Option<String>,
    /// What went wrong with this request.
    pub detail: Option<String>,
    /// A JSON pointer to the part of the body that is wrong: `/to`.
    pub pointer: Option<String>,
    /// The parameter that is wrong.
    pub parameter: Option<String>,
    /// Where the code is documented.
    pub documentation_url: Option<String>,
}

impl ErrorDetail {
    /// The errors of `{"errors": […]}`.
    pub(crate) fn listed(body: &[u8]) -> Vec<Self> {
        let body = reader::read::<Value>(body).unwrap_or_default();
        let errors = body.get("errors").and_then(Value::as_array);
        let errors = errors.into_iter().flatten();
        errors.filter_map(Self::from_json).collect()
    }

    /// Reads every shape Telnyx's answers have: `{"errors": […]}`, one bare error, or neither, which gives none.
    pub(super) fn read(body: &[u8]) -> Vec<Self> {
        let Ok(body) = reader::read::<Value>(body) else {
            return Vec::new();
        };
        match body.get("errors") {
            Some(Value::Array(errors)) => errors.iter().filter_map(Self::from_json).collect(),
            Some(error) => Self::from_json(error).into_iter().collect(),
            None => Self::from_json(&body).into_iter().collect(),
        }
    }

    fn from_json(error: &Value) -> Option<Self> {
        let text = |pointer: &str| match error.pointer(pointer)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let detail = Self {
            code: text("/code").map(ErrorCode::from),
            title: text("/title"),
            detail: text("/detail"),
            pointer: text("/source/pointer"),
            parameter: text("/source/parameter"),
            documentation_url: text("/meta/url"),
        };
        (detail != Self::default()).then_some(detail)
    }
}

impl fmt::Display for ErrorDetail {
    /// `10015 Bad Request: The 'to' address is invalid (pointer /to) https://…`, digits masked.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = [
            self.code.as_ref().map(ErrorCode::as_str),
            self.title.as_deref(),
        ];
        let title = title.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let said = [
            Some(title).filter(|title| !title.is_empty()),
            self.detail.clone(),
        ];
        let mut line = said.into_iter().flatten().collect::<Vec<_>>().join(": ");
        if let Some(pointer) = &self.pointer {
            line.push_str(&format!(" (pointer {pointer})"));
        }
        if let Some(parameter) = &self.parameter {
            line.push_str(&format!(" (parameter {parameter})"));
        }
        if let Some(url) = &self.documentation_url {
            line.push_str(&format!(" {url}"));
        }
        f.write_str(&mask_digits(&one_line(&line)))
    }
}

impl fmt::Debug for ErrorDetail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ErrorDetail({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_errors_is_read() {
        let body = br#"{"errors":[{"code":"10015","title":"Bad Request","source":{"pointer":"/to"}},{"code":10016}]}"#;
        let errors = ErrorDetail::read(body);
        assert_eq!(errors.len(), 2);
        assert_eq!(errors[0].code, Some(ErrorCode::BAD_REQUEST));
        assert_eq!(errors[0].pointer.as_deref(), Some("/to"));
        assert_eq!(errors[1].code, Some(ErrorCode::NOT_E164));
    }

    #[test]
    fn a_bare_error_is_read() {
        let errors = ErrorDetail::read(br#"{"code":"10009","title":"Authentication failed"}"#);
        assert_eq!(errors[0].code, Some(ErrorCode::AUTHENTICATION_FAILED));
    }

    #[test]
    fn a_body_that_is_no_error_gives_none() {
        for body in [
            "",
            "<html>",
            "[]",
            "{}",
            "7",
            "null",
            "{\"errors\":null}",
            "{\"errors\":[{}, 3]}",
        ] {
            assert_eq!(ErrorDetail::read(body.as_bytes()), []);
        }
    }

    #[test]
    fn display_is_one_masked_line() {
        let detail = ErrorDetail {
            code: Some(ErrorCode::BAD_REQUEST),
            title: Some("Bad\nRequest".into()),
            detail: Some("+13125550001 is wrong".into()),
            pointer: Some("/to".into()),
            ..ErrorDetail::default()
        };
        assert_eq!(
            detail.to_string(),
            "10015 Bad Request: +*********** is wrong (pointer /to)"
        );
        assert!(!format!("{detail:?}").contains("13125550001"));
    }
}
