//! The target of an action: a JSONPath, the nodes that it matches, and the reason if it matches none.

use std::collections::BTreeSet;

use serde_json_path::{JsonPath, PathElement};

use super::mistake::{self, unquoted};
use crate::diagnostic::Diagnostics;
use crate::suggest::closest;
use crate::tree::{Node, Place, Value};

/// The maximum nesting of brackets in a path, because the time to parse a path doubles with each level.
const MAX_NESTING: usize = 8;

/// The target of an action.
pub(super) struct Target {
    pub(super) place: Place,
    text: String,
    path: JsonPath,
}

/// One step from the root to a node.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

/// The node at `location`.
pub(super) fn find<'n>(document: &'n mut Node, location: &[Step]) -> Option<&'n mut Node> {
    location
        .iter()
        .try_fold(document, |node, step| match (&mut node.value, step) {
            (Value::Mapping(entries), Step::Key(key)) => entries
                .iter_mut()
                .find(|entry| entry.key == *key)
                .map(|entry| &mut entry.node),
            (Value::Sequence(items), Step::Index(index)) => items.get_mut(*index),
            _ => None,
        })
}

impl Target {
    /// Parses the path in `text`, which is at `place`.
    pub(super) fn parse(text: String, place: Place, diagnostics: &mut Diagnostics) -> Option<Self> {
        if unquoted(&text).any(|(_, _, depth)| depth > MAX_NESTING) {
            let message = format!("this path has more than {MAX_NESTING} levels of brackets");
            diagnostics
                .error(place, message)
                .help("write a simpler path");
            return None;
        }
        match JsonPath::parse(&text) {
            Ok(path) => Some(Self { place, text, path }),
            Err(error) if let Some(function) = unsupported(error.message()) => {
                let message = format!("this path calls `{function}`, which is not supported");
                let help = "list the names instead: `$.paths['/messages', '/messages/{id}']`";
                diagnostics.error(place, message).help(help);
                None
            }
            Err(error) => {
                let message = format!("the JSONPath parser reports: {}", error.message());
                diagnostics.error(place, message).help(mistake::help(&text));
                None
            }
        }
    }

    /// The nodes that the path matches, in order. If the path, or one of its alternatives, matches nothing, that is a mistake.
    pub(super) fn locations(
        &self,
        mirror: &serde_json::Value,
        diagnostics: &mut Diagnostics,
    ) -> BTreeSet<Vec<Step>> {
        let locations = locations(&self.path, mirror);
        if locations.is_empty() {
            let error = diagnostics.error(self.place, "this target matches nothing");
            error.help(self.where_it_ends(mirror));
        } else {
            for (alternative, path) in self.alternatives() {
                if locations_of(&path, mirror).is_empty() {
                    diagnostics
                        .error(
                            self.place,
                            format!("`{alternative}` in this target matches nothing"),
                        )
                        .help("correct this part, or remove it from the target");
                }
            }
        }
        locations
    }

    /// How far the path matches, and what is there instead.
    fn where_it_ends(&self, mirror: &serde_json::Value) -> String {
        let segments = segments(&self.text);
        let prefixes = (0..segments.len()).rev().map(|count| {
            let prefix = format!("${}", segments[..count].concat());
            (prefix, segments[count])
        });
        for (prefix, missing) in prefixes {
            let found = locations_of(&prefix, mirror);
            if found.is_empty() {
                continue;
            }
            let name = name(missing);
            let suggestion = name.and_then(|name| closest(name, keys(&prefix, mirror)));
            return match (name, suggestion) {
                (Some(name), Some(key)) => {
                    format!("`{prefix}` has no key `{name}`; did you mean `{key}`?")
                }
                (Some(name), None) => {
                    format!(
                        "`{prefix}` has no key `{name}`; correct the path, or remove the action"
                    )
                }
                (None, _) => format!("`{prefix}` exists, but `{missing}` matches nothing in it"),
            };
        }
        "correct the path, or remove the action".to_owned()
    }

    /// For each list of selectors such as `['a', 'b']`: each selector, with the path that has only this selector.
    fn alternatives(&self) -> Vec<(&str, String)> {
        let segments = segments(&self.text);
        let mut alternatives = Vec::new();
        for (index, segment) in segments.iter().enumerate() {
            let selectors = selectors(segment);
            if selectors.len() > 1 {
                let (before, after) = (segments[..index].concat(), segments[index + 1..].concat());
                alternatives.extend(
                    selectors
                        .into_iter()
                        .map(|selector| (selector, format!("${before}[{selector}]{after}"))),
                );
            }
        }
        alternatives
    }
}

/// The function of a JSONPath that the parser does not know, by its message.
fn unsupported(message: &str) -> Option<&'static str> {
    const PATTERNS: [&str; 2] = ["match", "search"];
    let is_it = |name: &&str| message.contains(&format!("'{name}' is not defined"));
    PATTERNS.into_iter().find(is_it)
}

fn locations(path: &JsonPath, mirror: &serde_json::Value) -> BTreeSet<Vec<Step>> {
    let located = path.query_located(mirror);
    let locations = located.locations().map(|location| {
        let steps = location.iter().map(|element| match element {
            PathElement::Name(name) => Step::Key((*name).to_owned()),
            PathElement::Index(index) => Step::Index(*index),
        });
        steps.collect()
    });
    locations.collect()
}

fn locations_of(path: &str, mirror: &serde_json::Value) -> BTreeSet<Vec<Step>> {
    JsonPath::parse(path).map_or_else(|_| BTreeSet::new(), |path| locations(&path, mirror))
}

/// The keys of all mappings that `path` matches.
fn keys<'m>(path: &str, mirror: &'m serde_json::Value) -> BTreeSet<&'m str> {
    let Ok(path) = JsonPath::parse(path) else {
        return BTreeSet::new();
    };
    let objects = path
        .query(mirror)
        .all()
        .into_iter()
        .filter_map(serde_json::Value::as_object);
    objects
        .flat_map(|object| object.keys().map(String::as_str))
        .collect()
}

/// The segments of a path after its `$`: `.paths`, `['/messages']`, `..*`.
fn segments(path: &str) -> Vec<&str> {
    let mut starts: Vec<usize> = Vec::new();
    for (offset, character, depth) in unquoted(path) {
        let since = starts.last().map_or("", |start| &path[*start..offset]);
        let starts_segment = match character {
            '.' => since != ".",
            '[' => since != "..",
            _ => false,
        };
        if starts_segment && depth == 0 {
            starts.push(offset);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([path.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| &path[*start..end])
        .collect()
}

/// The selectors of a segment in brackets.
fn selectors(segment: &str) -> Vec<&str> {
    let inner = segment
        .trim()
        .strip_prefix('[')
        .and_then(|inner| inner.strip_suffix(']'));
    let Some(inner) = inner else {
        return Vec::new();
    };
    let commas = unquoted(inner).filter(|(_, character, depth)| *character == ',' && *depth == 0);
    let mut selectors = Vec::new();
    let mut start = 0;
    for (comma, _, _) in commas {
        selectors.push(inner[start..comma].trim());
        start = comma + 1;
    }
    selectors.push(inner[start..].trim());
    selectors
}

/// The name that a segment selects, if it selects one.
fn name(segment: &str) -> Option<&str> {
    let segment = segment.trim();
    if let [selector] = selectors(segment)[..] {
        let quote = selector
            .chars()
            .next()
            .filter(|quote| matches!(quote, '\'' | '"'))?;
        return selector.strip_prefix(quote)?.strip_suffix(quote);
    }
    segment
        .strip_prefix('.')
        .filter(|name| !name.starts_with(['.', '*']))
}
