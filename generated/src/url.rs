//! Writes paths and queries. The module encodes every value, so that a value cannot change the path or another parameter.

use std::fmt::Display;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

use crate::error::InvalidRequest;

/// Everything but letters, digits and `-._~` (RFC 3986, section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Puts `value` in the place of `{name}` in `path`.
///
/// A value that a server or a proxy could read as something else than one segment is refused: empty, `.`, `..`,
/// control characters and what is not ASCII. Everything but `A-Z a-z 0-9 - . _ ~` is percent-encoded, `%` too.
pub(crate) fn fill(path: &str, name: &str, value: &str) -> Result<String, InvalidRequest> {
    fill_items(path, name, &[value])
}

/// Like [`fill`], with a list: its items are encoded, the commas between them are not (RFC 6570, section 3.2.2).
pub(crate) fn fill_items(
    path: &str,
    name: &str,
    items: &[impl AsRef<str>],
) -> Result<String, InvalidRequest> {
    let refuse = |why: &str| Err(InvalidRequest::new(format!("`{name}` {why}")));
    if items.is_empty() {
        return refuse("is empty, but the path needs it");
    }
    for item in items {
        match item.as_ref() {
            "" => return refuse("is empty, but the path needs it"),
            "." | ".." => return refuse("is `.` or `..`, which servers read as another path"),
            value if !value.is_ascii() => return refuse("contains a character that is not ASCII"),
            value if value.bytes().any(|byte| byte.is_ascii_control()) => {
                return refuse("contains a control character");
            }
            _ => {}
        }
    }
    let template = format!("{{{name}}}");
    Ok(path.replace(template.as_str(), &joined(items)))
}

/// The items of a list, each as its text.
pub(crate) fn texts(items: impl IntoIterator<Item = impl Display>) -> Vec<String> {
    items.into_iter().map(|item| item.to_string()).collect()
}

/// Writes a list as `name=one,two`, everything but the commas between its items encoded.
pub(crate) fn list(name: &str, items: &[String]) -> String {
    format!(
        "{}={}",
        percent_encode(name.as_bytes(), RESERVED),
        joined(items)
    )
}

/// The items of a list as one text; `None` for an empty list, of which nothing is sent (RFC 6570, section 2.3).
#[allow(dead_code, reason = "a document may have no such list")]
pub(crate) fn separated(
    items: impl IntoIterator<Item = impl Display>,
    separator: &str,
) -> Option<String> {
    let items = texts(items);
    (!items.is_empty()).then(|| items.join(separator))
}

/// The items, encoded, with commas between them.
pub(crate) fn joined(items: &[impl AsRef<str>]) -> String {
    let encoded = items
        .iter()
        .map(|item| percent_encode(item.as_ref().as_bytes(), RESERVED).to_string());
    encoded.collect::<Vec<_>>().join(",")
}

/// Writes `name=value` pairs as in a query, brackets encoded: `page%5Bnumber%5D=2`.
pub(crate) fn pairs<'a>(pairs: impl IntoIterator<Item = (&'a [u8], &'a [u8])>) -> String {
    let mut encoded = String::new();
    for (name, value) in pairs {
        if !encoded.is_empty() {
            encoded.push('&');
        }
        encoded.extend(percent_encode(name, RESERVED));
        encoded.push('=');
        encoded.extend(percent_encode(value, RESERVED));
    }
    encoded
}

/// Refuses a path that is not already in the form it is sent in: `/segment/segment`, nothing that escapes.
pub(crate) fn check_path(path: &str) -> Result<(), InvalidRequest> {
    let Some(segments) = path.strip_prefix('/') else {
        return Err(InvalidRequest::new("the path must start with `/`"));
    };
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@%/".contains(&byte);
    if !segments.bytes().all(allowed) {
        return Err(InvalidRequest::new(
            "the path contains a character that must be percent-encoded; for a query, call `query`",
        ));
    }
    let leaves = |segment: &str| {
        matches!(
            segment.replace("%2e", ".").replace("%2E", ".").as_str(),
            "." | ".."
        )
    };
    if segments.split('/').any(leaves) {
        return Err(InvalidRequest::new(
            "the path contains a segment `.` or `..`",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_list_has_no_text() {
        assert_eq!(separated([""; 0], "|"), None);
        assert_eq!(separated([""], "|").as_deref(), Some(""));
        assert_eq!(separated([1, 2], "|").as_deref(), Some("1|2"));
    }

    #[test]
    fn an_ordinary_id_stays_as_it_is() {
        assert_eq!(
            fill("/messages/{id}", "id", "40385f64-5717").unwrap(),
            "/messages/40385f64-5717"
        );
    }

    #[test]
    fn a_hostile_id_stays_in_its_segment() {
        let filled = [
            ("a/b", "/messages/a%2Fb"),
            ("../x", "/messages/..%2Fx"),
            ("%2e%2e", "/messages/%252e%252e"),
            ("a?b=c", "/messages/a%3Fb%3Dc"),
            ("a#b", "/messages/a%23b"),
            ("a\\b", "/messages/a%5Cb"),
            ("a b", "/messages/a%20b"),
            ("{id}", "/messages/%7Bid%7D"),
            (";x=1", "/messages/%3Bx%3D1"),
            ("@host", "/messages/%40host"),
            ("...", "/messages/..."),
        ];
        for (id, path) in filled {
            assert_eq!(fill("/messages/{id}", "id", id).unwrap(), path);
        }
    }

    #[test]
    fn an_id_that_could_be_read_otherwise_is_refused() {
        for id in ["", ".", "..", "a\r\nb", "a\0", "\t", "é", "．．", "\u{7f}"] {
            fill("/messages/{id}", "id", id).unwrap_err();
        }
    }

    #[test]
    fn the_refusal_names_the_parameter_and_not_the_value() {
        let error = fill("/messages/{id}", "id", "secret\0").unwrap_err();
        assert_eq!(error.to_string(), "`id` contains a control character");
    }

    #[test]
    fn the_commas_of_a_list_are_not_encoded_and_those_of_its_items_are() {
        let items = ["a", "b,c", "d/e"].map(str::to_owned);
        assert_eq!(
            fill_items("/x/{ids}", "ids", &items).unwrap(),
            "/x/a,b%2Cc,d%2Fe"
        );
        assert_eq!(list("a[]", &items), "a%5B%5D=a,b%2Cc,d%2Fe");
    }

    #[test]
    fn a_list_in_the_path_holds_items_and_none_is_empty() {
        fill_items("/x/{ids}", "ids", &[""; 0]).unwrap_err();
        fill_items("/x/{ids}", "ids", &["a", ""]).unwrap_err();
        fill_items("/x/{ids}", "ids", &[".."]).unwrap_err();
    }

    #[test]
    fn names_and_values_of_a_query_are_encoded() {
        let query = [
            ("page[number]", "2"),
            ("created_at[gte]", "2026-01-01 00:00+00:00"),
            ("q", "a&b=é"),
        ];
        assert_eq!(
            pairs(query.map(|(name, value)| (name.as_bytes(), value.as_bytes()))),
            "page%5Bnumber%5D=2&created_at%5Bgte%5D=2026-01-01%2000%3A00%2B00%3A00&q=a%26b%3D%C3%A9"
        );
    }

    #[test]
    fn a_raw_path_that_escapes_is_refused() {
        for path in [
            "",
            "messages",
            "/a/../b",
            "/a/%2e%2E",
            "/.",
            "/a?b",
            "/a#b",
            "/a b",
            "/é",
            "/a\r\nb",
            "/a\\b",
        ] {
            check_path(path).unwrap_err();
        }
    }

    #[test]
    fn a_raw_path_of_plain_segments_is_accepted() {
        for path in [
            "/",
            "/messages",
            "/messages/a%2Fb",
            "/.well-known/x",
            "/a..b",
        ] {
            check_path(path).unwrap();
        }
    }
}
