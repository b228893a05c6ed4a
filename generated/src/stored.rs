//! Enums that a program stores.

use std::fmt;

/// The error of [`str::parse`] for an enum that a program stores, such as [`NextStep`](crate::NextStep): the enum has no variant for
/// the string. `Display` lists the valid strings, and hides the invalid one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownWord(&'static [&'static str]);

impl UnknownWord {
    pub(crate) const fn new(known: &'static [&'static str]) -> Self {
        Self(known)
    }
}

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the string is none of `{}`", self.0.join("`, `"))
    }
}

impl std::error::Error for UnknownWord {}

/// An enum with a word for each variant, which is what is stored.
///
/// The words never change, so that what one version stores the next one reads.
macro_rules! stored_enum {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident {
            $($(#[$variant_attribute:meta])* $variant:ident = $word:literal,)*
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$variant_attribute])* $variant,)*
        }

        impl $name {
            /// The string to store. It never changes.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            /// Reads a string that [`as_str`](Self::as_str) returned. Returns `None` for any other string.
            #[must_use]
            pub fn from_stored(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::stored::UnknownWord;

            fn from_str(word: &str) -> Result<Self, $crate::stored::UnknownWord> {
                let unknown = $crate::stored::UnknownWord::new(&[$($word),*]);
                Self::from_stored(word).ok_or(unknown)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = <String as serde::Deserialize>::deserialize(deserializer)?;
                Self::from_stored(&word).ok_or_else(|| serde::de::Error::unknown_variant(&word, &[$($word),*]))
            }
        }
    };
}

pub(crate) use stored_enum;

#[cfg(test)]
mod tests {
    use crate::Outcome;

    #[test]
    fn a_stored_word_is_parsed_and_another_is_not_shown() {
        for outcome in [Outcome::NotApplied, Outcome::Unknown, Outcome::Applied] {
            assert_eq!(outcome.as_str().parse(), Ok(outcome));
        }
        let error = "+13125550001".parse::<Outcome>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "the string is none of `not_applied`, `unknown`, `applied`"
        );
    }
}
