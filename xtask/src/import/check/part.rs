//! Parts of a document, and their names.

use telnyx_codegen::pointer::{last_name, steps};
use telnyx_codegen::{Entry, Node, Place, Value};

use super::super::tree::{self, entries, items};

/// A part of a document.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) node: &'a Node,
    /// Where it is shown: at its key, if it has one.
    pub(super) place: Place,
}

/// The part in the spec and the one in the published document that are compared with each other.
#[derive(Clone, Copy)]
pub(super) struct Both<'a> {
    pub(super) spec: Part<'a>,
    pub(super) upstream: Part<'a>,
}

/// What each document has under one name, if it has it: the spec first.
pub(super) type Pair<'a> = (Option<Part<'a>>, Option<Part<'a>>);

/// What a part is called: `CreateMessageRequest.encoding`, under the heading `Schemas`.
#[derive(Clone)]
pub(super) struct Site {
    pub(super) section: &'static str,
    pub(super) path: String,
}

impl<'a> Part<'a> {
    /// A part without a key.
    pub(super) fn of(node: &'a Node) -> Self {
        Self {
            node,
            place: node.place,
        }
    }

    /// A part at its key.
    pub(super) fn of_entry(entry: &'a Entry) -> Self {
        Self {
            node: &entry.node,
            place: entry.key_place,
        }
    }

    /// The part at `key`.
    pub(super) fn at(self, key: &str) -> Option<Self> {
        let mut entries = entries(self.node).iter();
        entries.find(|entry| entry.key == key).map(Self::of_entry)
    }

    /// The parts of a mapping, by name.
    pub(super) fn named(self) -> Vec<(&'a str, Self)> {
        let entries = entries(self.node).iter();
        entries
            .map(|entry| (entry.key.as_str(), Self::of_entry(entry)))
            .collect()
    }

    /// The parts of a list.
    pub(super) fn items(self) -> Vec<Self> {
        items(self.node).iter().map(Self::of).collect()
    }

    pub(super) fn as_text(self) -> Option<&'a str> {
        tree::text(self.node)
    }

    /// The string at `key`.
    pub(super) fn text(self, key: &str) -> Option<&'a str> {
        self.at(key)?.as_text()
    }

    /// Whether this schema requires the property `name`.
    pub(super) fn requires(self, name: &str) -> bool {
        let required = self.at("required").map(Part::items).unwrap_or_default();
        required
            .into_iter()
            .any(|item| item.as_text() == Some(name))
    }

    pub(super) fn is_mapping(self) -> bool {
        matches!(self.node.value, Value::Mapping(_))
    }

    /// What tells an item of a list from the others: the name of a parameter and the place it stands in, the URL of a server, the
    /// target of a branch; else its number.
    pub(super) fn identity(self, index: usize, root: Self) -> (String, Option<&'a str>) {
        let target = self.text("$ref");
        let resolved = target.and_then(|target| root.component(target));
        let item = resolved.unwrap_or(self);
        let name = item.text("name").or_else(|| item.text("url"));
        let name = name.map(str::to_owned);
        let name = name.or_else(|| target.map(last_name));
        let name = name.unwrap_or_else(|| index.to_string());
        (name, item.text("in"))
    }

    /// The component that `reference` names, in the document of which this is the root.
    pub(super) fn component(self, reference: &str) -> Option<Self> {
        let mut names = steps(reference.strip_prefix("#/")?);
        names.try_fold(self, |part, name| part.at(&name))
    }
}

impl<'a> Both<'a> {
    /// The parts that are there, and otherwise these.
    pub(super) fn or(self, spec: Option<Part<'a>>, upstream: Option<Part<'a>>) -> Self {
        Self {
            spec: spec.unwrap_or(self.spec),
            upstream: upstream.unwrap_or(self.upstream),
        }
    }
}

/// The members of two owners by name, in the order of the first and then of the second.
pub(super) fn paired<'a, Name: PartialEq>(
    spec: Vec<(Name, Part<'a>)>,
    upstream: Vec<(Name, Part<'a>)>,
) -> Vec<(Name, Pair<'a>)> {
    let mut pairs: Vec<_> = spec
        .into_iter()
        .map(|(name, part)| (name, (Some(part), None)))
        .collect();
    for (name, part) in upstream {
        match pairs.iter_mut().find(|(known, _)| *known == name) {
            Some((_, (_, counterpart))) => *counterpart = Some(part),
            None => pairs.push((name, (None, Some(part)))),
        }
    }
    pairs
}

impl Site {
    pub(super) fn new(section: &'static str, path: &str) -> Self {
        Self {
            section,
            path: path.to_owned(),
        }
    }

    /// The only part at `key`.
    pub(super) fn one(&self, key: &str) -> Self {
        let path = &self.path;
        let path = match key {
            "schema" => path.clone(),
            "items" => format!("{path}[]"),
            "additionalProperties" => format!("{path}{{}}"),
            "requestBody" => return self.named("body"),
            _ => return self.named(key),
        };
        Self { path, ..*self }
    }

    /// The part called `name`; that a body is JSON goes without saying.
    pub(super) fn named(&self, name: &str) -> Self {
        let path = match (self.path.as_str(), name) {
            ("", _) => name.to_owned(),
            (path, "application/json") => path.to_owned(),
            (path, _) => format!("{path}.{name}"),
        };
        Self { path, ..*self }
    }

    /// What is said of this site with a word before it: `format CreateMessageRequest.media_urls[]`.
    pub(super) fn with(&self, word: &str) -> String {
        match self.path.as_str() {
            "" => word.to_owned(),
            path => format!("{word} {path}"),
        }
    }
}
