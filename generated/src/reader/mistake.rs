//! A mistake in a value, with its place.

use std::fmt::{self, Display};
use std::hash::{Hash, Hasher};

use serde::de::{self, Expected, Unexpected};

use super::Fields;

/// The reason why JSON could not be read into a type, and the place of the mistake. A mistake contains keys, but no values. It
/// shows only the keys that the type has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    reason: Reason,
    path: Vec<Step>,
    /// The position up to which the JSON was read: line and column, both from 1.
    position: (usize, usize),
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    NotJson,
    CutShort,
    TooDeep,
    TooMany,
    /// The value has the wrong type. The string says what the type expected.
    Expected(String),
    /// The value is not a known name. The variant lists the known names.
    ExpectedOneOf(&'static [&'static str]),
    Missing(&'static str),
    Absent,
    Duplicate(&'static str),
    /// The message of a hand-written `Deserialize`. Such a message can quote the value, so the reader does not keep it.
    Refused,
}

/// One step from a value to a value inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A field of a struct that has these fields.
    Field(&'static str, Fields),
    /// Any other key of an object that has these fields, such as a key of a map. The key can be personal data, such as a phone
    /// number or a name.
    Key(String, Fields),
    Item(usize),
}

/// Only the name identifies a field.
impl Hash for Step {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Field(name, _) => name.hash(state),
            Self::Key(name, _) => name.hash(state),
            Self::Item(index) => index.hash(state),
        }
    }
}

impl Step {
    pub(super) fn to(key: &str, fields: Fields) -> Self {
        match fields.iter().find(|field| **field == key) {
            Some(field) => Self::Field(field, fields),
            None => Self::Key(key.to_owned(), fields),
        }
    }

    pub(crate) fn is_to(&self, name: &str) -> bool {
        match self {
            Self::Field(field, _) => *field == name,
            Self::Key(key, _) => key == name,
            Self::Item(_) => false,
        }
    }
}

/// Shows the step as in a JSON path: `.status`, `[0]`. A key that no struct has is `*`.
impl Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(field, _) => write!(f, ".{field}"),
            Self::Key(..) => f.write_str(".*"),
            Self::Item(index) => write!(f, "[{index}]"),
        }
    }
}

impl Mistake {
    /// A mistake right after the bytes `read`.
    pub(super) fn new(Flaw(reason): Flaw, path: Vec<Step>, read: &[u8]) -> Self {
        let mut lines = read.rsplit(|byte| *byte == b'\n');
        let column = lines.next().map_or(0, <[u8]>::len);
        Self {
            reason: *reason,
            path,
            position: (lines.count() + 1, column + 1),
        }
    }

    /// The mistake that a required value is missing.
    pub(crate) fn absent() -> Self {
        Self::new(Reason::Absent.into(), Vec::new(), &[])
    }

    pub(crate) fn reason(&self) -> &Reason {
        &self.reason
    }

    pub(crate) fn steps(&self) -> &[Step] {
        &self.path
    }

    /// The same mistake in the outer JSON, which has this JSON at the JSON pointer `place`.
    #[cfg(feature = "webhooks")]
    #[allow(dead_code, reason = "a document may have no event")]
    pub(crate) fn within(mut self, place: &'static str) -> Self {
        let keys = place.split('/').skip(1);
        self.path
            .splice(0..0, keys.map(|key| Step::Field(key, &[])));
        self
    }

    /// The same mistake as an error of a deserializer that cannot go to its place.
    #[allow(dead_code, reason = "a document may have no union")]
    pub(crate) fn raise<E: de::Error>(&self) -> E {
        match &self.reason {
            Reason::Expected(expected) if !self.path.is_empty() => {
                Reason::Expected(format!("{expected} at {}", self.path())).raise()
            }
            reason => reason.raise(),
        }
    }

    /// The place as a JSON path: `$.data.to[0].status`.
    pub(crate) fn path(&self) -> String {
        path("$", &self.path)
    }
}

/// The place that `steps` lead to from `base`. A very long place is cut off.
pub(crate) fn path(base: &str, steps: &[Step]) -> String {
    const LONGEST: usize = 20;
    let mut path = base.to_owned();
    for step in steps.iter().take(LONGEST) {
        path.push_str(&step.to_string());
    }
    if steps.len() > LONGEST {
        path.push('…');
    }
    path
}

/// Shows the reason and the place. The place of invalid JSON is a line and column. Any other place is a path. A mistake in the
/// whole value has no place.
impl Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.reason.fmt(f)?;
        match (&self.reason, self.position) {
            (
                Reason::NotJson | Reason::CutShort | Reason::TooDeep | Reason::TooMany,
                (line, column),
            ) => {
                write!(f, " at line {line} column {column}")
            }
            _ if self.path.is_empty() => Ok(()),
            _ => write!(f, " at {}", self.path()),
        }
    }
}

impl Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson => f.write_str("the text is not JSON"),
            Self::CutShort => f.write_str("the text ends too early"),
            Self::TooDeep => f.write_str("the text is nested too deep"),
            Self::TooMany => f.write_str("the text has too many values"),
            Self::Expected(expected) => write!(f, "expected {expected}"),
            Self::ExpectedOneOf([]) => f.write_str("expected nothing"),
            Self::ExpectedOneOf([first, others @ ..]) => {
                write!(f, "expected `{first}`")?;
                others.iter().try_for_each(|name| write!(f, " or `{name}`"))
            }
            Self::Missing(name) => write!(f, "missing field `{name}`"),
            Self::Absent => f.write_str("there is no value"),
            Self::Duplicate(name) => write!(f, "duplicate field `{name}`"),
            Self::Refused => f.write_str("unexpected value"),
        }
    }
}

impl Reason {
    /// The same reason, as an error of any deserializer.
    #[allow(dead_code, reason = "a document may have no union")]
    pub(crate) fn raise<E: de::Error>(&self) -> E {
        match self {
            Self::Expected(expected) => {
                E::invalid_type(Unexpected::Other("another value"), &expected.as_str())
            }
            Self::ExpectedOneOf(names) => E::unknown_variant("another value", names),
            Self::Missing(name) => E::missing_field(name),
            Self::Duplicate(name) => E::duplicate_field(name),
            other => E::custom(other),
        }
    }
}

/// A reason on its way through serde. It is small, because most results are not errors.
#[derive(Debug)]
pub(crate) struct Flaw(Box<Reason>);

impl From<Reason> for Flaw {
    fn from(reason: Reason) -> Self {
        Self(Box::new(reason))
    }
}

/// Creates a reason from what serde reports, without the value in serde's report.
impl de::Error for Flaw {
    fn custom<T: Display>(_: T) -> Self {
        Reason::Refused.into()
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Reason::Expected(expected.to_string()).into()
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Reason::Expected(expected.to_string()).into()
    }

    fn invalid_length(_: usize, expected: &dyn Expected) -> Self {
        Reason::Expected(expected.to_string()).into()
    }

    fn unknown_variant(_: &str, names: &'static [&'static str]) -> Self {
        Reason::ExpectedOneOf(names).into()
    }

    fn unknown_field(_: &str, names: &'static [&'static str]) -> Self {
        Reason::ExpectedOneOf(names).into()
    }

    fn missing_field(name: &'static str) -> Self {
        Reason::Missing(name).into()
    }

    fn duplicate_field(name: &'static str) -> Self {
        Reason::Duplicate(name).into()
    }
}

impl std::error::Error for Flaw {}

impl Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
