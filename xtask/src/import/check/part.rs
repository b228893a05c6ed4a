//! Parts of a document, and their names.

use telnyx_codegen::pointer::{last_name, steps};
use telnyx_codegen::{Entry, Node, Place, Value};

use super::super::tree::{self, entries, items};

/// A part of a document.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) node: &'a Node,
    /// The place to show: the key's place, if there is a key.
    pub(super) place: Place,
}

/// Two parts that are compared: one from the spec, and one from the published document.
#[derive(Clone, Copy)]
pub(super) struct Both<'a> {
    pub(super) spec: Part<'a>,
    pub(super) upstream: Part<'a>,
}

/// The parts with one name in the two documents, if they exist. The spec comes first.
pub(super) type Pair<'a> = (Option<Part<'a>>, Option<Part<'a>>);

/// The name of a part: `CreateMessageRequest.encoding`, under the heading `Schemas`.
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

    /// A part with its key.
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

    /// Identifies an item among the items of a list: the name and place of a parameter, the URL of a server, or the target of a
    /// branch. Any other item has its index.
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

    /// The component that `reference` names. This part is the root of the component's document.
    pub(super) fn component(self, reference: &str) -> Option<Self> {
        let mut names = steps(reference.strip_prefix("#/")?);
        names.try_fold(self, |part, name| part.at(&name))
    }
}

impl<'a> Both<'a> {
    /// The given parts, or else the parts of this pair.
    pub(super) fn or(self, spec: Option<Part<'a>>, upstream: Option<Part<'a>>) -> Self {
        Self {
            spec: spec.unwrap_or(self.spec),
            upstream: upstream.unwrap_or(self.upstream),
        }
    }
}

/// The members of two owners by name, in the order of the first owner, then of the second.
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

    /// The site of the part with this name. The content type JSON is not mentioned.
    pub(super) fn named(&self, name: &str) -> Self {
        let path = match (self.path.as_str(), name) {
            ("", _) => name.to_owned(),
            (path, "application/json") => path.to_owned(),
            (path, _) => format!("{path}.{name}"),
        };
        Self { path, ..*self }
    }

    /// The site with a word before it: `format CreateMessageRequest.media_urls[]`.
    pub(super) fn with(&self, word: &str) -> String {
        match self.path.as_str() {
            "" => word.to_owned(),
            path => format!("{word} {path}"),
        }
    }
}
