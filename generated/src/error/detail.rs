//! The errors that a response body lists.

use std::borrow::Cow;
use std::fmt;

use super::ErrorCode;
use crate::lenient::Text;
use crate::object::object;
use crate::{reader, redact};

/// An error in a response, with unmasked fields.
///
/// `Display` and `Debug` mask numbers as [`Error`](crate::Error) does. `Serialize` writes the fields unmasked, so do not log them
/// as JSON.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorDetail {
    /// Telnyx's code.
    pub code: Option<ErrorCode>,
    /// A short description of what went wrong.
    pub title: Option<String>,
    /// A sentence that says what went wrong with this request.
    pub detail: Option<String>,
    /// A JSON pointer to the wrong part of the request body, such as `/to`.
    pub pointer: Option<String>,
    /// The parameter that is wrong.
    pub parameter: Option<String>,
    /// Where the code is documented.
    pub documentation_url: Option<String>,
}

object! {
    impl ErrorDetail {
        const code: optional = "code";
        const title: optional = "title";
        const detail: optional = "detail";
        const pointer: optional = "pointer";
        const parameter: optional = "parameter";
        const documentation_url: optional = "documentation_url";
    }
}

impl ErrorDetail {
    /// The errors of `{"errors": […]}`.
    pub(crate) fn listed(body: &[u8]) -> Vec<Self> {
        let errors = Members::of(searched(body)).get("errors");
        errors.map_or_else(Vec::new, Self::of_list)
    }

    /// Reads all formats of Telnyx's responses: `{"errors": […]}`, or a single error. Any other body has no errors.
    pub(super) fn read(body: &[u8]) -> Vec<Self> {
        let body = searched(body);
        let error = match Members::of(body).get("errors") {
            Some(list @ [b'[', ..]) => return Self::of_list(list),
            Some(error) => error,
            None => body,
        };
        Self::from_json(error).into_iter().collect()
    }

    fn of_list(list: &[u8]) -> Vec<Self> {
        let errors = reader::items_so_far(list, MOST_ERRORS).into_iter();
        errors.filter_map(Self::from_json).collect()
    }

    fn from_json(json: &[u8]) -> Option<Self> {
        let error = Members::of(json);
        let inside = |name| Members::of(error.get(name).unwrap_or_default());
        let source = inside("source");
        // The last two are what gateways before Telnyx write.
        let mut details = ["detail", "message", "error"].into_iter();
        let detail = Self {
            code: error.text("code").map(ErrorCode::from),
            title: error.text("title"),
            detail: details.find_map(|name| error.text(name)),
            pointer: source.text("pointer"),
            parameter: source.text("parameter"),
            documentation_url: inside("meta").text("url"),
        };
        (detail != Self::default()).then_some(detail)
    }
}

/// The maximum number of bytes of a body that are searched for errors.
const MOST_SEARCHED: usize = 64 << 10;

/// The maximum number of errors that are read from a body.
const MOST_ERRORS: usize = 20;

/// The maximum number of bytes that an error shows.
const LONGEST: usize = 640;

/// The maximum number of bytes that a code shows.
const LONGEST_CODE: usize = 64;

fn searched(body: &[u8]) -> &[u8] {
    body.get(..MOST_SEARCHED).unwrap_or(body)
}

/// The members of an object, up to the point where it breaks off.
struct Members<'a>(Vec<(Cow<'a, str>, &'a [u8])>);

impl<'a> Members<'a> {
    fn of(json: &'a [u8]) -> Self {
        Self(reader::members_so_far(json))
    }

    fn get(&self, name: &str) -> Option<&'a [u8]> {
        reader::last_member(&self.0, name)
    }

    /// The string or number with this name.
    fn text(&self, name: &str) -> Option<String> {
        reader::read(self.get(name)?).map(|Text(text)| text).ok()
    }
}

impl fmt::Display for ErrorDetail {
    /// `10015 Bad Request: The 'to' address is invalid (pointer /to) https://…`, digits masked.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The digits of the code are apart from those of a number that follows.
        let code = self.code.as_ref().map(ErrorCode::as_str);
        let code = redact::line(code.unwrap_or_default(), LONGEST_CODE);
        let mut line = String::new();
        if let Some(title) = self.title.as_deref().filter(|title| !title.is_empty()) {
            line.push_str(if code.is_empty() { "" } else { " " });
            line.push_str(title);
        }
        if let Some(detail) = &self.detail {
            let is_first = code.is_empty() && line.is_empty();
            line.push_str(if is_first { "" } else { ": " });
            line.push_str(detail);
        }
        if let Some(pointer) = &self.pointer {
            line.push_str(&format!(" (pointer {pointer})"));
        }
        if let Some(parameter) = &self.parameter {
            line.push_str(&format!(" (parameter {parameter})"));
        }
        if let Some(url) = &self.documentation_url {
            line.push_str(&format!(" {url}"));
        }
        let line = redact::line(&line, LONGEST - code.len());
        write!(f, "{code}{line}")
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
    fn the_words_of_a_gateway_are_read() {
        for body in [r#"{"message":"no route"}"#, r#"{"error":"no route"}"#] {
            let [error]: [_; 1] = ErrorDetail::read(body.as_bytes()).try_into().unwrap();
            assert_eq!(error.to_string(), "no route", "{body}");
        }
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
    fn of_a_large_body_the_first_errors_are_read() {
        let error = r#"{"code":"10015","title":"Bad Request"}"#;
        let body = format!(r#"{{"errors":[{}"#, vec![error; 1_000_000].join(","));
        assert_eq!(ErrorDetail::read(body.as_bytes()).len(), MOST_ERRORS);
        let detail = "x".repeat(7 << 20);
        let body = format!(r#"{{"errors":[{{"code":"10015","detail":"{detail}"}}]}}"#);
        let errors = ErrorDetail::read(body.as_bytes());
        assert_eq!(errors[0].code, Some(ErrorCode::BAD_REQUEST));
        assert_eq!(errors[0].detail, None);
    }

    #[test]
    fn what_is_stored_is_read_again() {
        let body = br#"{"code":"10015","detail":"+13125550001","source":{"pointer":"/to"}}"#;
        let [detail]: [_; 1] = ErrorDetail::read(body).try_into().unwrap();
        let stored = serde_json::to_string(&detail).unwrap();
        assert_eq!(
            serde_json::from_str::<ErrorDetail>(&stored).unwrap(),
            detail
        );
        assert_eq!(
            serde_json::from_str::<ErrorDetail>("{}").unwrap(),
            ErrorDetail::default()
        );
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

    #[test]
    fn display_shows_the_code_whatever_follows() {
        let of = |code: &str, title: Option<&str>, detail: Option<&str>| {
            let detail = ErrorDetail {
                code: Some(code.to_owned().into()),
                title: title.map(str::to_owned),
                detail: detail.map(str::to_owned),
                ..ErrorDetail::default()
            };
            detail.to_string()
        };
        let title = Some("10DLC campaign");
        assert_eq!(of("40018", title, None), "40018 10DLC campaign");
        assert_eq!(of("10015", None, Some("(40300)")), "10015: (40300)");
        assert_eq!(
            of("10015", Some("312 555 0001"), None),
            "10015 *** *** ****"
        );
        assert_eq!(of("3125550001", None, None), "**********");
        let long = of(&"x".repeat(1000), Some(&"y".repeat(1000)), None);
        assert!(long.starts_with("xxx") && long.ends_with("y…"), "{long}");
        assert_eq!(long.len(), LONGEST);
    }
}
