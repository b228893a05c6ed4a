//! Enums that Telnyx may extend.
//!
//! The generator writes a table of variants and values. [`open_enum!`] turns it into the type.

use serde::{Deserialize, Deserializer};

use crate::Unrecognized;
use crate::verbatim::Verbatim;

/// Reads an enum so that no value fails the message around it.
///
/// A string goes through the enum's own `From<&str>`; a number, a list or anything else becomes `unrecognized`.
#[allow(dead_code, reason = "a document may have no enum")]
pub(crate) fn deserialize<'de, D, E>(
    deserializer: D,
    unrecognized: fn(Unrecognized) -> E,
) -> Result<E, D::Error>
where
    D: Deserializer<'de>,
    E: for<'text> From<&'text str>,
{
    match Verbatim::deserialize(deserializer) {
        Ok(value) => Ok(match value.as_text() {
            Some(text) => E::from(text),
            None => unrecognized(Unrecognized::new(&value)),
        }),
        Err(error) => Err(error),
    }
}

/// An enum of strings, from a table: each variant with its documentation and its value on the wire.
///
/// The enum has one more variant, `Unrecognized`, which keeps any value that is not in the table.
///
/// It has no order: that of the texts would say that `delivered` is less than `sent`.
#[allow(unused_macros, reason = "a document may have no enum")]
macro_rules! open_enum {
    (
        $(#[$attribute:meta])*
        $visibility:vis enum $name:ident {
            $($(#[$variant_attribute:meta])* $variant:ident = $value:literal,)*
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        $visibility enum $name {
            $($(#[$variant_attribute])* $variant,)*
            /// A value that this version does not know.
            Unrecognized($crate::Unrecognized),
        }

        impl $name {
            /// The value as it is on the wire.
            #[must_use]
            $visibility fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unrecognized(value) => value.as_str(),
                }
            }
        }

        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    other => Self::Unrecognized($crate::Unrecognized::from_text(other)),
                }
            }
        }

        $crate::open_enum::text_traits!($name);

        impl $crate::object::Empty for $name {
            fn empty() -> Self {
                Self::from("")
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                match self {
                    Self::Unrecognized(value) => value.serialize(serializer),
                    known => serializer.serialize_str(known.as_str()),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::open_enum::deserialize(deserializer, Self::Unrecognized)
            }
        }
    };
}

/// The traits that follow from `as_str` and `From<&str>`. They are inline, so only programs that use them compile them.
macro_rules! text_traits {
    ($name:ident) => {
        impl From<String> for $name {
            #[inline]
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl From<&String> for $name {
            #[inline]
            fn from(value: &String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl From<Box<str>> for $name {
            #[inline]
            fn from(value: Box<str>) -> Self {
                Self::from(&*value)
            }
        }

        impl From<std::borrow::Cow<'_, str>> for $name {
            #[inline]
            fn from(value: std::borrow::Cow<'_, str>) -> Self {
                Self::from(&*value)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            #[inline]
            fn from_str(value: &str) -> Result<Self, std::convert::Infallible> {
                Ok(Self::from(value))
            }
        }

        impl AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl PartialEq<str> for $name {
            #[inline]
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl PartialEq<&str> for $name {
            #[inline]
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        impl PartialEq<String> for $name {
            #[inline]
            fn eq(&self, other: &String) -> bool {
                self.as_str() == other
            }
        }

        impl PartialEq<$name> for str {
            #[inline]
            fn eq(&self, other: &$name) -> bool {
                self == other.as_str()
            }
        }

        impl PartialEq<$name> for &str {
            #[inline]
            fn eq(&self, other: &$name) -> bool {
                *self == other.as_str()
            }
        }

        impl PartialEq<$name> for String {
            #[inline]
            fn eq(&self, other: &$name) -> bool {
                self == other.as_str()
            }
        }

        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

#[allow(unused_imports, reason = "a document may have no enum")]
pub(crate) use {open_enum, text_traits};

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    super::open_enum! {
        /// How far something has got.
        pub(super) enum Status {
            /// Waits.
            Queued = "queued",
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
    fn an_enum_compares_with_text_and_comes_from_it() {
        assert_eq!(Status::Queued, "queued");
        assert_eq!(Status::Queued, *"queued");
        assert_ne!(status(r#""paused""#), "queued");
        assert_eq!("queued".parse(), Ok(Status::Queued));
        assert_eq!(AsRef::<str>::as_ref(&Status::Queued), "queued");
        assert_eq!(Status::from("paused".to_owned()).to_string(), "paused");
        let owned = "queued".to_owned();
        assert_eq!("queued", Status::Queued);
        assert_eq!(*"queued", Status::Queued);
        assert_eq!(owned, Status::Queued);
        assert_eq!(Status::Queued, owned);
        for status in [
            Status::from(&owned),
            Status::from(owned.clone().into_boxed_str()),
            Status::from(std::borrow::Cow::from(owned.as_str())),
        ] {
            assert_eq!(status, Status::Queued);
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
