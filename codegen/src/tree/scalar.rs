//! The meaning of an unquoted scalar, by the core schema of YAML 1.2.
//!
//! `yes`, `no`, `on`, `off`, `y`, dates and `1_000` are strings.

use serde_json::Number;

use super::Value;

/// The value of `text` without quotes; `None` for a number that JSON cannot represent.
pub(super) fn resolve(text: &str) -> Option<Value> {
    Some(match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ if is_infinite_or_not_a_number(text) => return None,
        _ if is_integer(text) || is_decimal(text) => Value::Number(number(text)?),
        _ => match based_integer(text) {
            Some(number) => Value::Number(number?),
            None => Value::String(text.to_owned()),
        },
    })
}

fn is_infinite_or_not_a_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN")
}

fn is_integer(text: &str) -> bool {
    is_digits(text.strip_prefix(['+', '-']).unwrap_or(text))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Digits with a decimal point, an exponent or both, with at least one digit before the exponent.
fn is_decimal(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let is_mantissa = match mantissa.split_once('.') {
        Some((whole, "")) => is_digits(whole),
        Some((whole, fraction)) => (whole.is_empty() || is_digits(whole)) && is_digits(fraction),
        None => is_digits(mantissa),
    };
    is_mantissa && exponent.is_none_or(is_integer)
}

/// Parses a number as JSON if possible, so that the same number has the same value in both notations.
fn number(text: &str) -> Option<Number> {
    let text = text.strip_prefix('+').unwrap_or(text);
    serde_json::from_str(text).ok().or_else(|| {
        let integer = text.parse::<u64>().map(Number::from);
        let integer = integer.or_else(|_| text.parse::<i64>().map(Number::from));
        integer
            .ok()
            .or_else(|| Number::from_f64(text.parse().ok()?))
    })
}

/// `0o17` and `0x1F`. The inner `None` means that the number is too large.
fn based_integer(text: &str) -> Option<Option<Number>> {
    let (base, digits) = match text.split_at_checked(2)? {
        ("0o", digits) => (8, digits),
        ("0x", digits) => (16, digits),
        _ => return None,
    };
    let is_number = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(base));
    is_number.then(|| u64::from_str_radix(digits, base).ok().map(Number::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(text: &str) -> String {
        match resolve(text) {
            None => "refused".to_owned(),
            Some(Value::Null) => "null".to_owned(),
            Some(Value::Bool(value)) => format!("boolean {value}"),
            Some(Value::Number(value)) => format!("number {value}"),
            Some(Value::String(value)) => format!("string {value}"),
            Some(Value::Sequence(_) | Value::Mapping(_)) => "no scalar".to_owned(),
        }
    }

    #[test]
    fn words_that_yaml_1_1_took_for_booleans_are_strings() {
        for word in ["yes", "no", "on", "off", "y", "n", "Yes", "NO", "tRue"] {
            assert_eq!(resolved(word), format!("string {word}"));
        }
    }

    #[test]
    fn dates_versions_times_and_grouped_digits_are_strings() {
        for word in [
            "2026-07-16",
            "1.2.3",
            "12:30:45",
            "1_000",
            "0b1",
            "1e",
            ".",
            "+",
            "-",
            "e5",
            "0x",
            "+0x1",
        ] {
            assert_eq!(resolved(word), format!("string {word}"));
        }
    }

    #[test]
    fn null_and_booleans_have_three_spellings() {
        for word in ["", "~", "null", "Null", "NULL"] {
            assert_eq!(resolved(word), "null");
        }
        for word in ["true", "True", "TRUE"] {
            assert_eq!(resolved(word), "boolean true");
        }
        assert_eq!(resolved("FALSE"), "boolean false");
    }

    #[test]
    fn an_unquoted_telephone_number_is_a_number() {
        assert_eq!(resolved("+18445550001"), "number 18445550001");
    }

    #[test]
    fn numbers_keep_what_json_can_hold() {
        assert_eq!(resolved("0200"), "number 200");
        assert_eq!(resolved("-007"), "number -7");
        assert_eq!(
            resolved("18446744073709551615"),
            "number 18446744073709551615"
        );
        assert_eq!(resolved("99999999999999999999"), "number 1e+20");
        assert_eq!(resolved("1.50"), "number 1.5");
        assert_eq!(resolved(".5"), "number 0.5");
        assert_eq!(resolved("5."), "number 5.0");
        assert_eq!(resolved("1e3"), "number 1000.0");
        assert_eq!(resolved("0o17"), "number 15");
        assert_eq!(resolved("0x1F"), "number 31");
    }

    #[test]
    fn numbers_that_json_cannot_hold_are_refused() {
        for word in [".inf", "-.INF", ".nan", "1e999", "0xFFFFFFFFFFFFFFFFF"] {
            assert_eq!(resolved(word), "refused");
        }
    }

    #[test]
    fn text_in_any_script_is_a_string() {
        assert_eq!(resolved("é"), "string é");
        assert_eq!(resolved("0é"), "string 0é");
    }
}
