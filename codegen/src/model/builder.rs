//! How a caller builds an object.

use proc_macro2::Ident;

use super::Doc;
use super::types::Field;

/// How a caller builds an object.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Builder {
    /// Whether it may hold nothing: then it has a `Default`.
    pub(crate) may_be_empty: bool,
    /// `None` where each kind has its constructor.
    pub(crate) new: Option<New>,
    pub(crate) constructors: Vec<Constructor>,
    pub(crate) setters: Vec<Setter>,
    pub(crate) text: Option<FromText>,
}

impl Builder {
    /// What `new` takes.
    pub(crate) fn arguments(&self) -> &[Field] {
        match &self.new {
            Some(New::Required(fields)) => fields,
            Some(New::Empty | New::Tagged(_)) | None => &[],
        }
    }

    /// Takes the setters of another site of the type, and its `new` if that takes more.
    pub(crate) fn join(&mut self, mut other: Self) {
        if other.arguments().len() > self.arguments().len() {
            std::mem::swap(self, &mut other);
        }
        for setter in other.setters {
            let is_same = |field: &Field| field.name == setter.field.name;
            let mut setters = self.setters.iter().map(|known| &known.field);
            if !setters.any(is_same) && !self.arguments().iter().any(is_same) {
                self.setters.push(setter);
            }
        }
    }
}

/// A setter of an object.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Setter {
    pub(crate) field: Field,
    pub(crate) null: SetNull,
}

/// What a setter does about null, which its field cannot hold.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SetNull {
    /// Nothing.
    Never,
    /// Beside it, the setter `clear` puts null among the other properties.
    Beside {
        clear: Ident,
        /// The field with the other properties.
        others: Ident,
    },
    /// Its field holds the other properties, with the nulls among them.
    Keep,
}

/// What `new` does.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum New {
    /// It takes nothing and sets nothing.
    Empty,
    /// It takes what is required.
    Required(Vec<Field>),
    /// It sets the tag, which has one value only.
    Tagged(TagValue),
}

/// A field with the tag of an object, and the variant that it is set to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TagValue {
    pub(crate) field: Ident,
    pub(crate) ty: Ident,
    pub(crate) variant: Ident,
}

/// `impl From<&str>`: the field that a text alone becomes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum FromText {
    /// It is the argument of `new`.
    Argument(Ident),
    /// It has a setter.
    Setter(Ident),
    /// It is the argument of a constructor, which has this name.
    Constructor(Ident),
}

impl FromText {
    /// The name of the field, or of the constructor that sets it.
    pub(crate) fn field(&self) -> &Ident {
        match self {
            Self::Argument(name) | Self::Setter(name) | Self::Constructor(name) => name,
        }
    }
}

/// `Content::text(…)`: sets the property and the tag that names it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Constructor {
    pub(crate) name: Ident,
    pub(crate) sets: Field,
    pub(crate) tag: TagValue,
    pub(crate) doc: Doc,
}
