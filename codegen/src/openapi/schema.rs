//! Schemas: the JSON Schema keywords of OpenAPI 3.0 and 3.1.

mod branches;
mod says;

use self::branches::{alternatives, of_members, read_branches};
use super::limits::{self, Limits};
use super::{discriminator, enums, fit, keywords, never, told, values};
use crate::diagnostic::Diagnostics;
use crate::reader::{Keys, Text, check_name, text};
use crate::suggest;
use crate::tree::{Node, Place, Value};

/// A schema as the document has it.
#[derive(Clone, Debug)]
pub(crate) struct Schema {
    pub(crate) place: Place,
    pub(crate) reference: Option<Text>,
    pub(crate) description: Option<String>,
    pub(crate) types: Vec<SchemaType>,
    /// `nullable: true`, or a `null` among the types or among the values of `enum`.
    pub(crate) nullable: bool,
    pub(crate) format: Option<String>,
    /// The media type of a string's contents, if they are not encoded: `contentMediaType` without `contentEncoding`.
    pub(crate) media_type: Option<String>,
    /// `x-format`, which is more precise than `format`: Telnyx's `decimal` and `integer`, and our own `error-code` and `secret`.
    pub(crate) wire_format: Option<Text>,
    /// The values of an enum of texts.
    pub(crate) values: Option<Vec<Text>>,
    /// Whether any other string is allowed too.
    pub(crate) any_text: bool,
    /// The values of any other enum.
    pub(crate) other_values: Vec<Node>,
    /// Our own `x-text-property`: the property that gets the text if the API sends a string instead of the object.
    pub(crate) text_property: Option<Text>,
    pub(crate) properties: Vec<Property>,
    pub(crate) required: Vec<Text>,
    pub(crate) additional_properties: Option<AdditionalProperties>,
    pub(crate) items: Option<Box<Schema>>,
    /// Whether the first items of a list have schemas of their own.
    pub(crate) has_first_items: bool,
    /// Whether this is a list without `items`. Another member of an `allOf` may describe them.
    pub(crate) lacks_items: bool,
    /// Our own `x-one-or-list`: the API may send a single item instead of an array.
    pub(crate) one_or_list: bool,
    pub(crate) all_of: Vec<Schema>,
    /// The branches of `oneOf` or `anyOf`.
    pub(crate) branches: Vec<Schema>,
    pub(crate) discriminator: Option<Discriminator>,
    pub(crate) default: Option<Node>,
    pub(crate) example: Option<Node>,
    pub(crate) limits: Limits,
    pub(crate) deprecated: bool,
    /// Answered, never sent.
    pub(crate) read_only: bool,
    /// Sent, never answered.
    pub(crate) write_only: bool,
}

/// A JSON type other than `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SchemaType {
    Array,
    Boolean,
    Integer,
    Number,
    Object,
    String,
}

impl SchemaType {
    /// The types that both lists allow. An integer is also a number.
    pub(crate) fn common(some: &[Self], others: &[Self]) -> Vec<Self> {
        let fits = |all: &[Self], one: Self| {
            all.contains(&one) || (one == Self::Integer && all.contains(&Self::Number))
        };
        let mut common: Vec<Self> = Vec::new();
        for one in some.iter().chain(others) {
            if fits(some, *one) && fits(others, *one) && !common.contains(one) {
                common.push(*one);
            }
        }
        common
    }

    /// The type in a sentence, with its article.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Array => "a list",
            Self::Boolean => "a boolean",
            Self::Integer => "an integer",
            Self::Number => "a number",
            Self::Object => "an object",
            Self::String => "a string",
        }
    }
}

/// A property of an object.
#[derive(Clone, Debug)]
pub(crate) struct Property {
    pub(crate) name: Text,
    pub(crate) schema: Schema,
}

/// The additional properties that an object may have.
#[derive(Clone, Debug)]
pub(crate) enum AdditionalProperties {
    Any,
    None,
    Schema(Box<Schema>),
}

/// The property that distinguishes the branches of a union.
#[derive(Clone, Debug)]
pub(crate) struct Discriminator {
    pub(crate) property: Text,
    /// The reference to a branch, by value of the property.
    pub(crate) mapping: Vec<(Text, Text)>,
}

/// Reads a schema. `true` and `{}` allow anything, and `false` allows nothing.
pub(crate) fn read(node: &Node, diagnostics: &mut Diagnostics) -> Option<Schema> {
    let mut schema = Schema::empty(node.place);
    if let Value::Bool(allows) = node.value {
        if !allows {
            diagnostics
                .warning(
                    node.place,
                    "`false` allows no value, but the crate reads any JSON here",
                )
                .help("remove the part that has this schema, or describe the part's values");
        }
        return Some(schema);
    }
    if matches!(node.value, Value::Null) {
        diagnostics
            .error(node.place, "a schema must be a mapping, not null")
            .help("write `{}` to allow any value");
        return None;
    }
    let mut keys = Keys::of(node, "a schema", diagnostics)?;
    schema.reference = keys.text("$ref", diagnostics);
    schema.description = keys.string("description", diagnostics);
    schema.format = keys.string("format", diagnostics);
    schema.wire_format = told::wire_format(&mut keys, diagnostics);
    schema.text_property = keys.text("x-text-property", diagnostics);
    schema.one_or_list = keys.flag("x-one-or-list", diagnostics);
    schema.deprecated = keys.flag("deprecated", diagnostics);
    schema.read_only = keys.flag("readOnly", diagnostics);
    schema.write_only = keys.flag("writeOnly", diagnostics);
    schema.nullable = keys.flag("nullable", diagnostics);
    let of_type = keys.node("type");
    if let Some(node) = of_type {
        read_types(node, &mut schema, diagnostics);
    }
    schema.default = keys.node("default").cloned();
    schema.example = told::example(&mut keys, diagnostics);
    schema.limits = limits::read(&mut keys, diagnostics).of_types(&schema.types);
    if let Some(node) = keys.node("enum") {
        enums::read(
            crate::reader::list(node, "`enum`", diagnostics),
            of_type,
            &mut schema,
            diagnostics,
        );
    }
    if let Some(node) = keys.node("const") {
        enums::read(
            std::slice::from_ref(node),
            of_type,
            &mut schema,
            diagnostics,
        );
    }
    schema.properties = read_properties(&mut keys, diagnostics);
    schema.required = read_required(&mut keys, diagnostics);
    schema.additional_properties = keys
        .node("additionalProperties")
        .and_then(|node| read_additional_properties(node, diagnostics));
    schema.items = keys
        .node("items")
        .filter(|node| !never::is(node))
        .and_then(|node| read(node, diagnostics))
        .map(Box::new);
    schema.has_first_items = node.get("prefixItems").is_some();
    schema.all_of = read_branches(&mut keys, "allOf", diagnostics);
    schema.branches = alternatives(
        read_branches(&mut keys, "oneOf", diagnostics),
        read_branches(&mut keys, "anyOf", diagnostics),
        &mut schema.all_of,
    );
    schema.discriminator = keys
        .node("discriminator")
        .and_then(|node| discriminator::read(node, diagnostics));
    if schema.discriminator.is_none() && schema.branches.is_empty() {
        schema.discriminator = of_members(&mut schema.all_of);
    }
    read_media_type(&mut keys, &mut schema, diagnostics);
    enums::gather(&mut schema);
    if schema.reference.is_some() {
        // OpenAPI 3.0 ignores these keywords beside a `$ref`. In an OpenAPI 3.1 document, the `$ref` is in an `allOf` by now.
        (schema.read_only, schema.write_only) = (false, false);
    }
    keywords::SCHEMA.close(keys, diagnostics);
    fit::check(node, &schema, diagnostics);
    schema.lacks_items = fit::lacks_items(node, &schema);
    values::check(node, &schema, diagnostics);
    Some(schema)
}

impl Schema {
    /// The members of its `allOf`; empty beside a `$ref`, where the `allOf` has no effect.
    pub(crate) fn all_of_in_effect(&self) -> &[Self] {
        match self.reference {
            Some(_) => &[],
            None => &self.all_of,
        }
    }

    /// The schema itself and the members of its `allOf` that have an effect, at any depth. References are not followed.
    pub(crate) fn with_members(&self) -> Vec<&Self> {
        let mut all = vec![self];
        let mut next = 0;
        while let Some(schema) = all.get(next).copied() {
            all.extend(schema.all_of_in_effect());
            next += 1;
        }
        all
    }

    /// A schema that allows anything.
    pub(crate) fn empty(place: Place) -> Self {
        Self {
            place,
            reference: None,
            description: None,
            types: Vec::new(),
            nullable: false,
            format: None,
            media_type: None,
            wire_format: None,
            values: None,
            any_text: false,
            other_values: Vec::new(),
            text_property: None,
            properties: Vec::new(),
            required: Vec::new(),
            additional_properties: None,
            items: None,
            has_first_items: false,
            lacks_items: false,
            one_or_list: false,
            all_of: Vec::new(),
            branches: Vec::new(),
            discriminator: None,
            default: None,
            example: None,
            limits: Limits::default(),
            deprecated: false,
            read_only: false,
            write_only: false,
        }
    }

    /// The property called `name`.
    pub(crate) fn property(&self, name: &str) -> Option<&Schema> {
        self.properties
            .iter()
            .find(|property| property.name.value == name)
            .map(|property| &property.schema)
    }
}

fn read_types(node: &Node, schema: &mut Schema, diagnostics: &mut Diagnostics) {
    let names = match &node.value {
        Value::Sequence(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    for name in names {
        if matches!(name.value, Value::Null) {
            diagnostics
                .error(name.place, "`type` must be a string, not null")
                .help("to allow null, write `'null'` with the quotes; otherwise, write a type");
            continue;
        }
        let Some(name) = text(name, "`type`", diagnostics) else {
            continue;
        };
        let ty = match name.value.as_str() {
            "array" => SchemaType::Array,
            "boolean" => SchemaType::Boolean,
            "integer" => SchemaType::Integer,
            "number" => SchemaType::Number,
            "object" => SchemaType::Object,
            "string" => SchemaType::String,
            "null" => {
                schema.nullable = true;
                continue;
            }
            other => {
                let known = [
                    "array", "boolean", "integer", "number", "object", "string", "null",
                ];
                let help = format!("write one of {}", known.join(", "));
                let message = format!("`{other}` is not a type of JSON Schema");
                diagnostics
                    .error(name.place, message)
                    .help(suggest::help(other, known, &help));
                continue;
            }
        };
        if !schema.types.contains(&ty) {
            schema.types.push(ty);
        }
    }
}

fn read_properties(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Vec<Property> {
    let entries = keys.entries("properties", diagnostics).iter();
    // A property with the schema `false` never occurs.
    let allowed = entries.filter(|entry| !never::is(&entry.node));
    let properties = allowed.filter_map(|entry| {
        check_name(&Text::of_key(entry), "property", diagnostics);
        Some(Property {
            name: Text::of_key(entry),
            schema: read(&entry.node, diagnostics)?,
        })
    });
    properties.collect()
}

fn read_additional_properties(
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<AdditionalProperties> {
    match node.value {
        Value::Bool(true) => Some(AdditionalProperties::Any),
        Value::Bool(false) => Some(AdditionalProperties::None),
        _ => read(node, diagnostics).map(|schema| AdditionalProperties::Schema(Box::new(schema))),
    }
}

fn read_required(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Vec<Text> {
    match keys.node("required") {
        Some(Node {
            value: Value::Bool(_),
            place,
        }) => {
            diagnostics
                .error(*place, "`required` must be a list, not a boolean")
                .help(
                    "list the required names in the object around the property: `required: [name]`",
                );
            Vec::new()
        }
        _ => keys.texts("required", diagnostics),
    }
}

/// Treats a string as a file if it has a content type and is not encoded as text, because OpenAPI 3.1 has no `binary`.
fn read_media_type(keys: &mut Keys<'_>, schema: &mut Schema, diagnostics: &mut Diagnostics) {
    let media_type = keys.string("contentMediaType", diagnostics);
    let encoding = keys.string("contentEncoding", diagnostics);
    let is_text =
        |name: &str| name.starts_with("text/") || name.contains("json") || name.contains("xml");
    let may_be_text = schema.types.is_empty() || schema.types == [SchemaType::String];
    let Some(media_type) = media_type.filter(|_| encoding.is_none() && may_be_text) else {
        return;
    };
    if !is_text(&media_type) && schema.format.is_none() {
        // Beside an `allOf`, the other schemas say what the value is.
        if schema.all_of.is_empty() {
            schema.types = vec![SchemaType::String];
        }
        schema.format = Some("binary".to_owned());
    }
    schema.media_type = Some(media_type);
}
