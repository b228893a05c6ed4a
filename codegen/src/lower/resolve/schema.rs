//! A resolved schema: a reference to a component, or all facts about an inline schema.

use std::rc::Rc;

use crate::lower::integers;
use crate::model::Type;
use crate::openapi::{self, Discriminator, Limits, SchemaType};
use crate::reader::Text;
use crate::tree::{Node, Place};

/// A schema: it refers to a component, or to what its `allOf` comes to, or says what it is.
#[derive(Clone, Debug)]
pub(in crate::lower) struct Schema<'a> {
    pub(in crate::lower) place: Place,
    /// As the document has it, by all schemas that count together; none for one that it only implies.
    pub(in crate::lower) written: Vec<&'a openapi::Schema>,
    /// The name of the component it refers to, whose shape is its own then.
    pub(in crate::lower) reference: Option<&'a Text>,
    /// Where the `$ref` is written.
    pub(in crate::lower) reference_place: Place,
    /// What its `allOf` comes to, as a number to ask [`Resolved`](super::Resolved) with; then its shape is that.
    pub(in crate::lower) merged: Option<usize>,
    /// Whether it may be null, whatever it refers to.
    pub(in crate::lower) nullable: bool,
    pub(in crate::lower) types: Vec<SchemaType>,
    pub(in crate::lower) format: Option<&'a str>,
    /// The media type of what a text holds.
    pub(in crate::lower) media_type: Option<&'a str>,
    /// `x-format`, finer than `format`.
    pub(in crate::lower) wire_format: Option<&'a str>,
    /// The values of an enum.
    pub(in crate::lower) values: Option<Vec<&'a Text>>,
    /// Whether any other text is allowed beside the values.
    pub(in crate::lower) any_text: bool,
    /// The values of an enum of anything but texts, which its type holds.
    pub(in crate::lower) other_values: &'a [Node],
    /// The property that a text is which comes in place of the object.
    pub(in crate::lower) text_property: Option<&'a Text>,
    pub(in crate::lower) properties: Vec<Property<'a>>,
    pub(in crate::lower) required: Vec<&'a Text>,
    pub(in crate::lower) items: Option<Box<Schema<'a>>>,
    /// Whether one item may come without a list around it.
    pub(in crate::lower) one_or_list: bool,
    /// What an object holds under names that the document does not give: all of a map, or what stands beside properties.
    pub(in crate::lower) map_values: Option<Box<Schema<'a>>>,
    /// Whether an object may have no other properties than those that the document names.
    pub(in crate::lower) is_closed: bool,
    /// The branches of `oneOf` or `anyOf`, those of null too.
    pub(in crate::lower) branches: Vec<Rc<Schema<'a>>>,
    /// What tells the branches apart.
    pub(in crate::lower) tag: Option<Rc<Tag<'a>>>,
    /// What is said of it where it stands.
    pub(in crate::lower) words: Words<'a>,
    /// What is said of its type, by what it merges too.
    pub(in crate::lower) type_words: Words<'a>,
    pub(in crate::lower) deprecated: bool,
    /// Answered, never sent.
    pub(in crate::lower) read_only: bool,
    /// Sent, never answered.
    pub(in crate::lower) write_only: bool,
}

/// What tells the branches of a union apart: a property, and the values of it that each branch has.
#[derive(Debug)]
pub(in crate::lower) struct Tag<'a> {
    pub(in crate::lower) property: String,
    pub(in crate::lower) values: Vec<(Text, Rc<Schema<'a>>)>,
    /// Where the document says so; without a `discriminator`, the branches imply it.
    pub(in crate::lower) discriminator: Option<&'a Discriminator>,
}

/// What is said of a schema.
#[derive(Clone, Debug, Default)]
pub(in crate::lower) struct Words<'a> {
    pub(in crate::lower) description: Option<&'a str>,
    pub(in crate::lower) example: Option<&'a Node>,
    pub(in crate::lower) default: Option<&'a Node>,
    pub(in crate::lower) limits: Limits,
}

/// A property of an object.
#[derive(Clone, Debug)]
pub(in crate::lower) struct Property<'a> {
    pub(in crate::lower) name: &'a Text,
    pub(in crate::lower) schema: Schema<'a>,
}

/// What a schema is.
#[derive(Clone, Copy, Debug)]
pub(in crate::lower) enum Kind<'s, 'a> {
    /// What the component of this name is.
    Component(&'a Text),
    /// What its `allOf` comes to.
    Merged(usize),
    /// One of its branches; what tells them apart is in `tag`.
    Union,
    Enum,
    Object,
    /// An object whose properties have no names in the document.
    Map(&'s Schema<'a>),
    /// A list; of anything if it does not say of what.
    List(Option<&'s Schema<'a>>),
    Boolean,
    Integer,
    Number,
    Text,
    /// One of several types.
    Several,
    /// Anything.
    Any,
}

/// What a string holds, by its format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) enum StringKind {
    Plain,
    Timestamp,
    /// A number in a string, which may also come as a number.
    Numeric,
    ErrorCode,
    Secret,
}

impl<'a> Schema<'a> {
    /// A schema that allows anything.
    pub(in crate::lower) fn anything(place: Place) -> Self {
        Self {
            place,
            written: Vec::new(),
            reference: None,
            reference_place: place,
            merged: None,
            nullable: false,
            types: Vec::new(),
            format: None,
            media_type: None,
            wire_format: None,
            values: None,
            any_text: false,
            other_values: &[],
            text_property: None,
            properties: Vec::new(),
            required: Vec::new(),
            items: None,
            one_or_list: false,
            map_values: None,
            is_closed: false,
            branches: Vec::new(),
            tag: None,
            words: Words::default(),
            type_words: Words::default(),
            deprecated: false,
            read_only: false,
            write_only: false,
        }
    }

    /// Which kind of schema it is: a reference first, then a union, an enum, and last what `type` says.
    pub(in crate::lower) fn kind(&self) -> Kind<'_, 'a> {
        if let Some(name) = self.reference {
            return Kind::Component(name);
        }
        if let Some(number) = self.merged {
            return Kind::Merged(number);
        }
        if !self.branches.is_empty() {
            return Kind::Union;
        }
        if self.values.is_some() {
            return Kind::Enum;
        }
        match self.types.as_slice() {
            [SchemaType::Boolean] => Kind::Boolean,
            [SchemaType::Integer] => Kind::Integer,
            [SchemaType::Number] => match self.format {
                // OpenAPI has these formats for numbers too.
                Some("int32" | "int64" | "uint64") => Kind::Integer,
                _ => Kind::Number,
            },
            [SchemaType::String] => Kind::Text,
            [SchemaType::Array] => Kind::List(self.items.as_deref()),
            [] if self.items.is_some() => Kind::List(self.items.as_deref()),
            [] | [SchemaType::Object] if !self.properties.is_empty() => Kind::Object,
            [] | [SchemaType::Object] => self.map_values.as_deref().map_or(Kind::Any, Kind::Map),
            _ => Kind::Several,
        }
    }

    /// What it holds, if it is a string.
    pub(in crate::lower) fn string_kind(&self) -> StringKind {
        match (self.format, self.wire_format) {
            (Some("date-time"), _) => StringKind::Timestamp,
            (_, Some("decimal" | "integer")) => StringKind::Numeric,
            (_, Some("error-code")) => StringKind::ErrorCode,
            (_, Some("secret")) => StringKind::Secret,
            _ => StringKind::Plain,
        }
    }

    /// Its type, if it is an integer.
    pub(in crate::lower) fn integer(&self) -> Type {
        let words = &self.type_words;
        integers::type_by(self.format, &words.limits, words.default, self.other_values)
    }

    /// Whether it is an integer, and no type holds all values that its limits allow.
    pub(in crate::lower) fn is_beyond_integers(&self) -> bool {
        let words = &self.type_words;
        let is_integer = matches!(self.kind(), Kind::Integer);
        let holding =
            integers::holding(self.format, &words.limits, words.default, self.other_values);
        is_integer && holding.is_none()
    }

    /// Whether it becomes a type of its own: an enum, an object, or a union whose branches can be told apart.
    pub(in crate::lower) fn is_item(&self) -> bool {
        match self.kind() {
            Kind::Enum | Kind::Object => true,
            Kind::Union => {
                self.tag.is_some() && (self.branches.len() > 1 || !self.properties.is_empty())
            }
            _ => false,
        }
    }

    /// Whether it is a list.
    pub(in crate::lower) fn is_list(&self) -> bool {
        matches!(self.kind(), Kind::List(_))
    }

    /// Whether it is a union.
    pub(in crate::lower) fn is_union(&self) -> bool {
        matches!(self.kind(), Kind::Union)
    }

    /// Whether nothing but null fits.
    pub(in crate::lower) fn is_null(&self) -> bool {
        let mut written = self.written.iter();
        self.nullable && written.all(|schema| schema.says_null_at_most())
    }

    /// The branches but those of null.
    pub(in crate::lower) fn members(&self) -> impl Iterator<Item = &Rc<Schema<'a>>> {
        self.branches.iter().filter(|branch| !branch.is_null())
    }

    /// The number of a branch, by which `sdk.yaml` calls it. A branch that only the `mapping` names comes last.
    pub(in crate::lower) fn number_of(&self, branch: &Rc<Schema<'a>>) -> usize {
        let mut branches = self.branches.iter();
        let number = branches.position(|known| Rc::ptr_eq(known, branch));
        number.unwrap_or(self.branches.len())
    }

    /// The property called `name`.
    pub(in crate::lower) fn property(&self, name: &str) -> Option<&Property<'a>> {
        self.properties
            .iter()
            .find(|property| property.name.value == name)
    }

    /// The place of a property in `required`.
    pub(in crate::lower) fn rank(&self, name: &str) -> Option<usize> {
        self.required
            .iter()
            .position(|required| required.value == name)
    }

    /// Whether `required` names the property.
    pub(in crate::lower) fn requires(&self, name: &str) -> bool {
        self.rank(name).is_some()
    }
}
