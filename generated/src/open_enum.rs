//! Enums that Telnyx may extend.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::Unrecognized;

/// Reads an enum so that no value fails the message around it.
///
/// A string goes through the enum's own `From<&str>`; a number, a list or anything else becomes `unrecognized`.
pub(crate) fn deserialize<'de, D, E>(
    deserializer: D,
    unrecognized: fn(Unrecognized) -> E,
) -> Result<E, D::Error>
where
    D: Deserializer<'de>,
    E: for<'text> From<&'text str>,
{
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => E::from(&text),
        other => unrecognized(Unrecognized::from_value(other)),
    })
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Deserializer};

    use crate::Unrecognized;

    #[derive(Debug, PartialEq)]
    enum Status {
        Queued,
        Unrecognized(Unrecognized),
    }

    impl From<&str> for Status {
        fn from(value: &str) -> Self {
            match value {
                "queued" => Self::Queued,
                other => Self::Unrecognized(Unrecognized::from_text(other)),
            }
        }
    }

    impl<'de> Deserialize<'de> for Status {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            super::deserialize(deserializer, Self::Unrecognized)
        }
    }

    fn status(json: &str) -> Status {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_known_string_is_its_variant() {
        assert_eq!(status(r#""queued""#), Status::Queued);
        assert_eq!(status(r#""\u0071ueued""#), Status::Queued);
    }

    #[test]
    fn any_other_string_is_kept() {
        assert_eq!(status(r#""paused""#), Status::from("paused"));
        assert!(
            matches!(status(r#""""#), Status::Unrecognized(value) if value.as_str().is_empty())
        );
    }

    #[test]
    fn what_is_not_a_string_is_kept_as_json() {
        for json in ["5", "true", "null", r#"{"queued":null}"#, r#"["queued"]"#] {
            let Status::Unrecognized(value) = status(json) else {
                panic!("{json} became a variant");
            };
            assert_eq!(value.as_str(), json);
            assert_eq!(serde_json::to_string(&value).unwrap(), json);
        }
    }

    #[test]
    fn an_enum_is_read_through_a_buffering_format_too() {
        #[derive(Deserialize)]
        struct Around {
            #[serde(flatten)]
            inside: Inside,
        }
        #[derive(Deserialize)]
        struct Inside {
            status: Status,
        }
        let around: Around = serde_json::from_str(r#"{"status":"queued"}"#).unwrap();
        assert_eq!(around.inside.status, Status::Queued);
    }
}
