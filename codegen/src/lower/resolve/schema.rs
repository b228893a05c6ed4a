//! A resolved schema: a reference to a component, or all facts about an inline schema.

use std::rc::Rc;

use crate::lower::integers;
use crate::model::Type;
use crate::openapi::{self, Discriminator, Limits, SECRET, SchemaType};
use crate::reader::Text;
use crate::tree::{Node, Place};

/// A schema: a reference to a component or to a merged `allOf`, or the facts about an inline schema.
#[derive(Clone, Debug)]
pub(in crate::lower) struct Schema<'a> {
    pub(in crate::lower) place: Place,
    /// The original schemas that apply together; empty for a schema that the document only implies.
    pub(in crate::lower) written: Vec<&'a openapi::Schema>,
    /// The name of the component that the schema refers to. The schema then has the component's shape.
    pub(in crate::lower) reference: Option<&'a Text>,
    /// The place of the `$ref`.
    pub(in crate::lower) reference_place: Place,
    /// The number of its merged `allOf`, for [`Resolved`](super::Resolved). The schema then has the shape of the merged schema.
    pub(in crate::lower) merged: Option<usize>,
    /// Whether the schema itself allows null, regardless of the schema that it refers to.
    pub(in crate::lower) nullable: bool,
    pub(in crate::lower) types: Vec<SchemaType>,
    pub(in crate::lower) format: Option<&'a str>,
    /// The media type of a string's contents.
    pub(in crate::lower) media_type: Option<&'a str>,
    /// `x-format`, which is more precise than `format`.
    pub(in crate::lower) wire_format: Option<&'a Text>,
    /// The values of an enum.
    pub(in crate::lower) values: Option<Vec<&'a Text>>,
    /// Whether any other string is allowed too.
    pub(in crate::lower) any_text: bool,
    /// The values of an enum whose values are not strings. Its type includes them.
    pub(in crate::lower) other_values: &'a [Node],
    /// The property that gets the text if the API sends a string instead of the object.
    pub(in crate::lower) text_property: Option<&'a Text>,
    pub(in crate::lower) properties: Vec<Property<'a>>,
    pub(in crate::lower) required: Vec<&'a Text>,
    pub(in crate::lower) items: Option<Box<Schema<'a>>>,
    /// Whether the API may send a single item instead of an array.
    pub(in crate::lower) one_or_list: bool,
    /// The schema of an object's additional properties. For a map, these are all properties.
    pub(in crate::lower) map_values: Option<Box<Schema<'a>>>,
    /// Whether additional properties are forbidden.
    pub(in crate::lower) is_closed: bool,
    /// The branches of `oneOf` or `anyOf`, including branches of null.
    pub(in crate::lower) branches: Vec<Rc<Schema<'a>>>,
    /// How the branches are distinguished.
    pub(in crate::lower) tag: Option<Rc<Tag<'a>>>,
    /// Whether a value must match a branch of each of several unions.
    pub(in crate::lower) has_several_unions: bool,
    /// The description and limits at the schema's own place.
    pub(in crate::lower) words: Words<'a>,
    /// The description and limits of its type, including those of merged schemas.
    pub(in crate::lower) type_words: Words<'a>,
    pub(in crate::lower) deprecated: bool,
    /// Answered, never sent.
    pub(in crate::lower) read_only: bool,
    /// Sent, never answered.
    pub(in crate::lower) write_only: bool,
}

/// How the branches of a union are distinguished: a property, and its values in each branch.
#[derive(Debug)]
pub(in crate::lower) struct Tag<'a> {
    pub(in crate::lower) property: String,
    pub(in crate::lower) values: Vec<(Text, Rc<Schema<'a>>)>,
    /// The discriminator in the document. Without it, the branches imply the tag.
    pub(in crate::lower) discriminator: Option<&'a Discriminator>,
}

/// The description, limits and other words about a schema.
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

/// The kind of a schema.
#[derive(Clone, Copy, Debug)]
pub(in crate::lower) enum Kind<'s, 'a> {
    /// The same as the component with this name.
    Component(&'a Text),
    /// The same as its merged `allOf`.
    Merged(usize),
    /// One of its branches. `tag` describes how they are distinguished.
    Union,
    Enum,
    Object,
    /// An object that has only properties without names in the document.
    Map(&'s Schema<'a>),
    /// A list, with the schema of its items if there is one.
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

/// The kind of a string, by its format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) enum StringKind {
    Plain,
    Timestamp,
    /// A number in a string. The API may also send a JSON number.
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
            has_several_unions: false,
            words: Words::default(),
            type_words: Words::default(),
            deprecated: false,
            read_only: false,
            write_only: false,
        }
    }

    /// The kind of the schema. A reference comes first, then a union, then an enum, then the `type`.
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
                // In OpenAPI, these formats also apply to numbers.
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

    /// The kind of the string, if the schema is a string.
    pub(in crate::lower) fn string_kind(&self) -> StringKind {
        let wire_format = self.wire_format.map(|name| name.value.as_str());
        match (self.format, wire_format) {
            (Some("date-time"), _) => StringKind::Timestamp,
            (_, Some("decimal" | "integer")) => StringKind::Numeric,
            (_, Some("error-code")) => StringKind::ErrorCode,
            (_, Some(SECRET)) => StringKind::Secret,
            _ => StringKind::Plain,
        }
    }

    /// The integer type, if the schema is an integer.
    pub(in crate::lower) fn integer(&self) -> Type {
        let words = &self.type_words;
        integers::type_by(self.format, &words.limits, words.default, self.other_values)
    }

    /// Whether the schema is an integer whose limits exceed every integer type.
    pub(in crate::lower) fn is_beyond_integers(&self) -> bool {
        let words = &self.type_words;
        let is_integer = matches!(self.kind(), Kind::Integer);
        let holding =
            integers::holding(self.format, &words.limits, words.default, self.other_values);
        is_integer && holding.is_none()
    }

    /// Whether the schema becomes a type of its own: an enum, an object, or a union with branches that the crate can distinguish.
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

    /// Whether the schema only allows null.
    pub(in crate::lower) fn is_null(&self) -> bool {
        let mut written = self.written.iter();
        self.nullable && written.all(|schema| schema.says_null_at_most())
    }

    /// The branches, without those of null.
    pub(in crate::lower) fn members(&self) -> impl Iterator<Item = &Rc<Schema<'a>>> {
        self.branches.iter().filter(|branch| !branch.is_null())
    }

    /// The number of a branch, which `sdk.yaml` uses. Branches that only `mapping` names come last.
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

    /// The index of a property in `required`.
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
