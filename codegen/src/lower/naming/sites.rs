//! The sites of schemas, as `sdk.yaml` writes them.

use crate::config::Config;
use crate::lower::resolve::{Answer, Resolved, Schema, Webhook};
use crate::names;
use crate::reader::Text;

/// The site of a schema, and the name of its type if nothing else chooses one.
#[derive(Clone, Debug)]
pub(in crate::lower) struct Site {
    /// `OutboundMessagePayload.to[]`
    pub(in crate::lower) path: String,
    /// `OutboundMessageTo`
    pub(in crate::lower) name: String,
    /// The number of steps from the start of the path. The path alone does not show it, because names may contain dots and
    /// brackets.
    pub(super) steps: usize,
}

impl Site {
    /// The site of a component, or of a value in an operation or a webhook.
    pub(in crate::lower) fn root(path: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            path: without_stars(&path.into()),
            name: name.into(),
            steps: 0,
        }
    }

    /// The site of a schema without a type in the crate. No name is found there.
    pub(in crate::lower) fn nowhere() -> Self {
        Self::root("", "")
    }

    fn step(&self, path: String, name: String) -> Self {
        Self {
            path,
            name,
            steps: self.steps + 1,
        }
    }

    /// The site of a property.
    pub(in crate::lower) fn property(&self, wire: &str) -> Self {
        let name = format!("{}{}", self.name, names::upper(wire).ident);
        self.step(format!("{}.{}", self.path, without_stars(wire)), name)
    }

    /// The site of the items of a list.
    pub(in crate::lower) fn items(&self) -> Self {
        self.step(format!("{}[]", self.path), self.name.clone())
    }

    /// The site of the values of a map.
    pub(in crate::lower) fn values(&self) -> Self {
        let name = format!("{}Value", self.name);
        self.step(format!("{}{{}}", self.path), name)
    }

    /// The site of a branch of a union.
    pub(in crate::lower) fn branch(&self, index: usize) -> Self {
        let name = format!("{}Variant{index}", self.name);
        self.step(format!("{}|{index}", self.path), name)
    }
}

/// A part of a path, in which a `*` is written as a URL writes it: `sdk.yaml` has patterns with `*`.
fn without_stars(part: &str) -> String {
    part.replace('*', "%2A")
}

/// The sites of an operation's response, in the order in which their types are named.
pub(in crate::lower) fn answer_sites<'r, 'a>(
    answer: &Answer<'r, 'a>,
    whole: Option<&'r Schema<'a>>,
    id: &str,
) -> Vec<(Site, &'r Schema<'a>)> {
    let Some(whole) = whole else {
        return Vec::new();
    };
    let name = names::upper(id).ident.to_string();
    let root = root(whole, &format!("{id}.response"), &format!("{name}Response"));
    let data = root.step(format!("{}.data", root.path), format!("{name}Data"));
    match answer {
        Answer::Empty | Answer::Bytes | Answer::Text => Vec::new(),
        Answer::Object(schema) => vec![(root, schema)],
        Answer::Data(schema) | Answer::Page(schema) | Answer::OnlyPage(schema) => {
            vec![(data, schema)]
        }
        Answer::WithMeta(inner, schema) => vec![(data, inner), (root, schema)],
    }
}

/// The content of an event.
pub(in crate::lower) struct EventPayload<'r, 'c, 'a> {
    pub(in crate::lower) site: Site,
    /// The schema at the path in `sdk.yaml`, or else the schema of the whole body.
    pub(in crate::lower) schema: &'r Schema<'a>,
    /// The path from `sdk.yaml`.
    pub(in crate::lower) path: Option<&'c Text>,
    /// Whether no schema is at the path.
    pub(in crate::lower) is_missing: bool,
}

/// The content of a webhook with this body.
pub(in crate::lower) fn event_payload<'r, 'c, 'a>(
    webhook: &Webhook<'a>,
    body: &'r Schema<'a>,
    config: &'c Config,
    resolved: &'r Resolved<'a>,
) -> EventPayload<'r, 'c, 'a> {
    let name = &webhook.written.name.value;
    let said = config.webhooks.events.get(name);
    let path = said.and_then(|event| event.payload.as_ref());
    let found = path.map_or(Some(body), |path| resolved.at(body, &path.value));
    EventPayload {
        site: Site::root(name, names::upper(name).ident.to_string()),
        schema: found.unwrap_or(body),
        path,
        is_missing: found.is_none(),
    }
}

/// The site of a body or a response: the component that it refers to, or its place in the operation.
pub(super) fn root(schema: &Schema<'_>, path: &str, name: &str) -> Site {
    match schema.reference {
        Some(component) => {
            let name = names::upper(&component.value).ident.to_string();
            Site::root(&component.value, name)
        }
        None => Site::root(path, name),
    }
}
