//! The JSON Schema of `sdk.yaml`, for editors. A test compares it with the keys that the generator reads.

use serde::ser::{Serialize, SerializeMap, Serializer};

/// A key of a mapping in `sdk.yaml`.
pub(super) struct Key {
    pub(super) name: &'static str,
    description: &'static str,
    pub(super) shape: Shape,
}

/// The kind of value at a key.
pub(super) enum Shape {
    Text,
    /// The path of a request.
    Path,
    Texts,
    /// One of these.
    Word(&'static [&'static str]),
    /// A mapping whose keys are names from the document.
    ByName(&'static Shape),
    /// A mapping with these keys.
    Keys(&'static [Key]),
}

/// The JSON Schema of `sdk.yaml`.
pub(crate) fn schema() -> String {
    // Writing to memory cannot fail, and all keys are strings.
    let schema = serde_json::to_string_pretty(&Document).unwrap_or_default();
    schema + "\n"
}

pub(super) const ROOT: &[Key] = &[
    Key {
        name: "operations",
        description: "Settings of operations. The key is the operationId.",
        shape: Shape::ByName(&Shape::Keys(OPERATION)),
    },
    Key {
        name: "left_out",
        description: "Operations and webhooks that Telnyx publishes and the spec omits on purpose, each with a reason. The key is the operationId or the name of the webhook.",
        shape: Shape::ByName(&Shape::Text),
    },
    Key {
        name: "features",
        description: "Features of the crate. Each feature lists the paths of the resources that it turns on. The feature also turns on the resources below them.",
        shape: Shape::ByName(&Shape::Texts),
    },
    Key {
        name: "resources",
        description: "Descriptions of resources. The key is the path, such as `phone_numbers.messaging`.",
        shape: Shape::ByName(&Shape::Text),
    },
    Key {
        name: "types",
        description: "Names of types. The key is the site of the schema: `OutboundMessagePayload.to[]`, or `*.line_type` for several sites.",
        shape: Shape::ByName(&Shape::Text),
    },
    Key {
        name: "docs",
        description: "Descriptions of types whose schema has no description, and of types with several schemas. The key is the type.",
        shape: Shape::ByName(&Shape::Text),
    },
    Key {
        name: "fields",
        description: "Names of fields. The keys are the type and the property.",
        shape: Shape::ByName(&Shape::ByName(&Shape::Text)),
    },
    Key {
        name: "enums",
        description: "Names of enum variants. The keys are the type and the value.",
        shape: Shape::ByName(&Shape::ByName(&Shape::Text)),
    },
    Key {
        name: "constructors",
        description: "Constructors of types. The key is the type, and the value is an enum property. Each value of the enum gets a constructor. If the enum has only one value, which is not the name of a property, `new` sets this value.",
        shape: Shape::ByName(&Shape::Text),
    },
    Key {
        name: "contents",
        description: "Arguments of constructors. The key is a type with constructors. The value is the property that a constructor sets if its own value is not the name of a property.",
        shape: Shape::ByName(&Shape::Text),
    },
    Key {
        name: "texts",
        description: "Types that a string alone can create (`impl From<&str>`). The key is the type, and the value is the property that gets the string.",
        shape: Shape::ByName(&Shape::Text),
    },
    Key {
        name: "accessors",
        description: "Methods that return the first of several strings. The keys are the type and the method.",
        shape: Shape::ByName(&Shape::ByName(&Shape::Keys(ACCESSOR))),
    },
    Key {
        name: "webhooks",
        description: "How the crate distinguishes events, and where their content is.",
        shape: Shape::Keys(WEBHOOKS),
    },
];

pub(super) const OPERATION: &[Key] = &[
    Key {
        name: "method",
        description: "The path of the resource and the method: `messages.send`.",
        shape: Shape::Text,
    },
    Key {
        name: "request",
        description: "The name of the request's type: `SendMessage`.",
        shape: Shape::Text,
    },
    Key {
        name: "path",
        description: "The correct path, if the one in the document is wrong.",
        shape: Shape::Path,
    },
    Key {
        name: "arguments",
        description: "The positional arguments, by their names in the document. The order is part of the crate's API.",
        shape: Shape::Texts,
    },
    Key {
        name: "example",
        description: "The setters that the example shows, by their names in the document.",
        shape: Shape::Texts,
    },
    Key {
        name: "paging",
        description: "How the list is paged.",
        shape: Shape::Word(&["none", "page_number"]),
    },
    Key {
        name: "until_empty",
        description: "The list in the response that is empty when the work is done. The method `until_done` repeats the request until then.",
        shape: Shape::Text,
    },
    Key {
        name: "names",
        description: "Names of setters. The key is the name in the document.",
        shape: Shape::ByName(&Shape::Text),
    },
    Key {
        name: "aliases",
        description: "Other names by which users can find the operation in the documentation.",
        shape: Shape::Texts,
    },
];

pub(super) const ACCESSOR: &[Key] = &[
    Key {
        name: "first",
        description: "Paths of properties, such as `body.text`. The method returns the first string that is present.",
        shape: Shape::Texts,
    },
    Key {
        name: "description",
        description: "The description of the method.",
        shape: Shape::Text,
    },
];

pub(super) const WEBHOOKS: &[Key] = &[
    Key {
        name: "dispatch",
        description: "Paths of the property with the kind of an event, such as `data.event_type`, or `/data/event.type` if a name has a dot. The first property that is present determines the kind.",
        shape: Shape::Texts,
    },
    Key {
        name: "events",
        description: "Settings of events. The key is the name of the webhook.",
        shape: Shape::ByName(&Shape::Keys(EVENT)),
    },
];

pub(super) const EVENT: &[Key] = &[
    Key {
        name: "payload",
        description: "The path of the event's content, such as `data.payload`.",
        shape: Shape::Text,
    },
    Key {
        name: "kinds",
        description: "The kinds of the event. They replace the kinds that its schema lists.",
        shape: Shape::Texts,
    },
    Key {
        name: "name",
        description: "The variant of the event in Rust, such as `MessageSent`.",
        shape: Shape::Text,
    },
];

struct Document;

impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("$schema", "https://json-schema.org/draft/2020-12/schema")?;
        map.serialize_entry("title", "Names and facts that OpenAPI cannot express")?;
        write_mapping(ROOT, &mut map)?;
        map.end()
    }
}

impl Serialize for Shape {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        write_shape(self, &mut map)?;
        map.end()
    }
}

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("description", self.description)?;
        write_shape(&self.shape, &mut map)?;
        map.end()
    }
}

fn write_shape<M: SerializeMap>(shape: &Shape, map: &mut M) -> Result<(), M::Error> {
    match shape {
        Shape::Text => map.serialize_entry("type", "string"),
        Shape::Path => {
            map.serialize_entry("type", "string")?;
            map.serialize_entry("pattern", "^/[^?#]*$")
        }
        Shape::Texts => {
            map.serialize_entry("type", "array")?;
            map.serialize_entry("items", &Shape::Text)
        }
        Shape::Word(words) => map.serialize_entry("enum", words),
        Shape::ByName(values) => {
            map.serialize_entry("type", "object")?;
            map.serialize_entry("additionalProperties", values)
        }
        Shape::Keys(keys) => write_mapping(keys, map),
    }
}

/// A mapping with these keys, and with extensions.
fn write_mapping<M: SerializeMap>(keys: &[Key], map: &mut M) -> Result<(), M::Error> {
    map.serialize_entry("type", "object")?;
    map.serialize_entry("properties", &Properties(keys))?;
    map.serialize_entry(
        "patternProperties",
        &std::collections::BTreeMap::from([("^x-", true)]),
    )?;
    map.serialize_entry("additionalProperties", &false)
}

struct Properties<'a>(&'a [Key]);

impl Serialize for Properties<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|key| (key.name, key)))
    }
}
