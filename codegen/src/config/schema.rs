//! What `sdk.yaml` may hold, as a JSON Schema for editors. A test holds it to what is read.

use serde::ser::{Serialize, SerializeMap, Serializer};

/// A key of a mapping in `sdk.yaml`.
pub(super) struct Key {
    pub(super) name: &'static str,
    description: &'static str,
    pub(super) shape: Shape,
}

/// What stands at a key.
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
        description: "By operationId: what is said of an operation.",
        shape: Shape::ByName(&Shape::Keys(OPERATION)),
    },
    Key {
        name: "left_out",
        description: "By operationId or name of a webhook: why the spec leaves out what Telnyx publishes.",
        shape: Shape::ByName(&Shape::Text),
    },
    Key {
        name: "features",
        description: "By feature of the crate: the paths of the resources that it turns on, with what stands below them.",
        shape: Shape::ByName(&Shape::Texts),
    },
    Key {
        name: "resources",
        description: "By path (`phone_numbers.messaging`): the description of a resource.",
        shape: Shape::ByName(&Shape::Text),
    },
    Key {
        name: "types",
        description: "By site (`OutboundMessagePayload.to[]`, or `*.line_type` for many): the name of the type there.",
        shape: Shape::ByName(&Shape::Text),
    },
    Key {
        name: "docs",
        description: "By type: its description, where its schema has none or is one of several.",
        shape: Shape::ByName(&Shape::Text),
    },
    Key {
        name: "fields",
        description: "By type and property: the name of the field.",
        shape: Shape::ByName(&Shape::ByName(&Shape::Text)),
    },
    Key {
        name: "enums",
        description: "By type and value: the name of the variant.",
        shape: Shape::ByName(&Shape::ByName(&Shape::Text)),
    },
    Key {
        name: "constructors",
        description: "By type: the property whose values have a constructor each; one value that is no property is set by `new`.",
        shape: Shape::ByName(&Shape::Text),
    },
    Key {
        name: "contents",
        description: "By type with constructors: the property that a constructor takes for a value that is no property.",
        shape: Shape::ByName(&Shape::Text),
    },
    Key {
        name: "texts",
        description: "By type: the property that a text alone becomes (`impl From<&str>`).",
        shape: Shape::ByName(&Shape::Text),
    },
    Key {
        name: "accessors",
        description: "By type and method: which of its texts the method gives.",
        shape: Shape::ByName(&Shape::ByName(&Shape::Keys(ACCESSOR))),
    },
    Key {
        name: "webhooks",
        description: "How events are told apart, and what they hold.",
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
        description: "The path that is right, where the document has another.",
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
        description: "The list of the response that is empty once everything is done: `until_done` asks until it is.",
        shape: Shape::Text,
    },
    Key {
        name: "names",
        description: "By name in the document: the name of the setter.",
        shape: Shape::ByName(&Shape::Text),
    },
    Key {
        name: "aliases",
        description: "More names to find the operation by in the documentation.",
        shape: Shape::Texts,
    },
];

pub(super) const ACCESSOR: &[Key] = &[
    Key {
        name: "first",
        description: "Paths of properties (`body.text`): the first that holds a text counts.",
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
        description: "Where the kind of an event stands; the first that is there counts: `data.event_type`.",
        shape: Shape::Texts,
    },
    Key {
        name: "events",
        description: "By name of the webhook: what is said of its event.",
        shape: Shape::ByName(&Shape::Keys(EVENT)),
    },
];

pub(super) const EVENT: &[Key] = &[
    Key {
        name: "payload",
        description: "Where what the event tells stands: `data.payload`.",
        shape: Shape::Text,
    },
    Key {
        name: "kinds",
        description: "The kinds that name the event, where its schema does not list them.",
        shape: Shape::Texts,
    },
];

struct Document;

impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("$schema", "https://json-schema.org/draft/2020-12/schema")?;
        map.serialize_entry("title", "Names and facts that OpenAPI has no words for")?;
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
