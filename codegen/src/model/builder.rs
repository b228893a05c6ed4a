//! How a caller creates an object.

use proc_macro2::Ident;

use super::Doc;
use super::types::Field;

/// How a caller creates an object.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Builder {
    /// Whether the object may be empty. If so, it has a `Default`.
    pub(crate) may_be_empty: bool,
    /// `None` if each kind has a constructor.
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

    /// Adds the setters of another site with this type, and its `new` if that has more arguments.
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

/// What a setter does with null, which its field cannot represent.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SetNull {
    /// Nothing.
    Never,
    /// A second setter `clear` puts null into the map of additional properties.
    Beside {
        clear: Ident,
        /// The field with the additional properties.
        others: Ident,
    },
    /// The field itself is the map of additional properties, which keeps its nulls.
    Keep,
}

/// What `new` does.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum New {
    /// `new` takes no argument and sets nothing.
    Empty,
    /// `new` takes the required values.
    Required(Vec<Field>),
    /// `new` sets the tag, which has only one value.
    Tagged(TagValue),
}

/// The field with an object's tag, and the variant for the tag.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TagValue {
    pub(crate) field: Ident,
    pub(crate) ty: Ident,
    pub(crate) variant: Ident,
}

/// `impl From<&str>`: the field that a string alone becomes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum FromText {
    /// The field is the argument of `new`.
    Argument(Ident),
    /// The field has a setter, which can be deprecated.
    Setter { name: Ident, deprecated: bool },
    /// The field is the argument of a constructor with this name.
    Constructor(Ident),
}

impl FromText {
    /// The name of the field, or of the constructor that sets it.
    pub(crate) fn field(&self) -> &Ident {
        match self {
            Self::Argument(name) | Self::Setter { name, .. } | Self::Constructor(name) => name,
        }
    }
}

/// `Content::text(…)`: sets the property, and the tag with the property's name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Constructor {
    pub(crate) name: Ident,
    /// Whether the type has the same name, in another case.
    pub(crate) is_called_like_its_type: bool,
    pub(crate) sets: Field,
    pub(crate) tag: TagValue,
    pub(crate) doc: Doc,
}
