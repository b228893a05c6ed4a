//! Whether a value has the expected type, or can be converted to it.

use crate::reader::expects;

/// Whether a value has the expected type.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fit {
    Fits,
    /// The value can be converted to this JSON, which has the expected type.
    StandsFor(String),
    IsOther,
}

/// Compares the JSON of a value with what a type expects, in the words of serde and the reader. Returns `None` for the words of a
/// type that is not known here.
pub(super) fn fit(expected: &str, json: &str) -> Option<Fit> {
    let first = json.as_bytes().first();
    let is_number = matches!(first, Some(b'-' | b'0'..=b'9'));
    let is = |fits: bool| if fits { Fit::Fits } else { Fit::IsOther };
    Some(match expected {
        "a string" if is_number => Fit::StandsFor(format!("\"{json}\"")),
        "a string" => is(first == Some(&b'"')),
        expects::TEXT_OR_NUMBER => is(is_number || first == Some(&b'"')),
        "a boolean" => is(matches!(json, "true" | "false")),
        expects::LIST => is(first == Some(&b'[')),
        expects::LIST_OR_ITEM => is(matches!(first, Some(b'[' | b'{' | b'"'))),
        expects::OBJECT => is(first == Some(&b'{')),
        expects::OBJECT_OR_TEXT => is(matches!(first, Some(b'{' | b'"'))),
        // The reader expects this of a number only, and accepts any other value.
        expects::FINITE => is(!is_number || json.parse().is_ok_and(f64::is_finite)),
        "f64" | "f32" => match json.parse::<f64>() {
            Ok(number) if is_number => is(number.is_finite()),
            _ => unquoted(json, |number| number.parse().is_ok_and(f64::is_finite)),
        },
        _ => {
            let (least, most) = range(expected)?;
            let is_in_range = |number: &i128| (least..=most).contains(number);
            match json.parse().ok().filter(is_in_range) {
                Some(_) if !json.starts_with('+') => Fit::Fits,
                _ => match integer(json.trim_matches('"')).filter(is_in_range) {
                    Some(number) => Fit::StandsFor(number.to_string()),
                    None => Fit::IsOther,
                },
            }
        }
    })
}

/// The number in a string, if the string is a number in JSON's format.
fn unquoted(json: &str, is_good: impl Fn(&str) -> bool) -> Fit {
    let number = json.trim_matches('"');
    let is_json = crate::reader::read::<f64>(number.as_bytes()).is_ok();
    if is_json && is_good(number) {
        Fit::StandsFor(number.to_owned())
    } else {
        Fit::IsOther
    }
}

/// Reads an integer, such as `1` or `1.0`, and no other number.
fn integer(text: &str) -> Option<i128> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_whole = fraction.bytes().all(|digit| digit == b'0');
    let is_plain = !whole.starts_with('+');
    (is_whole && is_plain).then(|| whole.parse().ok())?
}

fn range(expected: &str) -> Option<(i128, i128)> {
    Some(match expected {
        "i8" => (i8::MIN.into(), i8::MAX.into()),
        "i16" => (i16::MIN.into(), i16::MAX.into()),
        "i32" => (i32::MIN.into(), i32::MAX.into()),
        "i64" => (i64::MIN.into(), i64::MAX.into()),
        "u8" => (0, u8::MAX.into()),
        "u16" => (0, u16::MAX.into()),
        "u32" => (0, u32::MAX.into()),
        "u64" => (0, u64::MAX.into()),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_and_its_text_stand_for_each_other() {
        let stands_for = |expected, json, number: &str| {
            assert_eq!(
                fit(expected, json),
                Some(Fit::StandsFor(number.to_owned())),
                "{json}"
            );
        };
        stands_for("i64", "1.0", "1");
        stands_for("i64", r#""1""#, "1");
        stands_for("i64", r#""-1.00""#, "-1");
        stands_for("u64", r#""18446744073709551615""#, "18446744073709551615");
        stands_for("f64", r#""0.5""#, "0.5");
        stands_for("a string", "1.50", r#""1.50""#);
    }

    #[test]
    fn what_stands_for_nothing_is_other() {
        for (expected, json) in [
            ("i64", "1.5"),
            ("i64", r#""one""#),
            ("i64", r#""+1""#),
            ("i32", "2147483648"),
            ("u32", "-1"),
            ("i64", "true"),
            ("f64", r#""NaN""#),
            ("f64", "1e400"),
            ("f64", r#""""#),
            (expects::FINITE, "-1e400"),
            ("a string", "true"),
            ("a boolean", "1"),
            ("an object", "[]"),
            ("a sequence", "{}"),
        ] {
            assert_eq!(fit(expected, json), Some(Fit::IsOther), "{expected} {json}");
        }
    }

    #[test]
    fn what_is_expected_fits() {
        for (expected, json) in [
            ("i64", "-5"),
            ("f64", "1e3"),
            ("a string", r#""""#),
            ("a boolean", "false"),
            ("an object", "{}"),
            ("a sequence", "[]"),
            ("a string or a number", "5"),
            (expects::FINITE, "1e3"),
            (expects::FINITE, r#""5""#),
            (expects::FINITE, "null"),
            (expects::FINITE, "[1e400]"),
        ] {
            assert_eq!(fit(expected, json), Some(Fit::Fits), "{expected} {json}");
        }
        assert_eq!(fit("a colour", "5"), None);
    }
}
