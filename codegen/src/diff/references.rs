//! Rewrites a document so that it has the same references as another document. Without names in `sdk.yaml`, a schema without a
//! `$ref` gets its name from its place.
//!
//! For no reason, Telnyx's documents sometimes have a schema inline and sometimes a `$ref` to it. This difference is not a
//! change.

mod unused;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::tree::{Entry, Node, Place, Value};
use crate::{names, openapi};

/// Gives `new` a `$ref` where `old` has a `$ref`, and an inline schema where `old` has an inline schema, if both schemas are the
/// same. `is_type` says whether a type of the old crate has a name.
pub(super) fn follow(new: &mut Node, old: &Node, is_type: impl Fn(&str) -> bool) {
    if !differ(new, old, old, 0) {
        return;
    }
    let before = new.clone();
    let mut kept = rewrite(new, (&before, old), &[]);
    // A component that is left takes its name from the schema in place.
    kept.retain(|name| is_type(&names::upper(name).ident.to_string()));
    if !kept.is_empty() {
        new.clone_from(&before);
        rewrite(new, (&before, old), &kept);
    }
}

/// Rewrites a document, but no `$ref` to one of the `kept` components. Returns the components that are written in place and that
/// are still needed.
fn rewrite(new: &mut Node, (before, old): (&Node, &Node), kept: &[String]) -> Vec<String> {
    let mut documents = Documents {
        new: before,
        old,
        kept,
        needed: Vec::new(),
        in_place: Vec::new(),
    };
    documents.follow(new, old, 0);
    let mut added: Vec<String> = Vec::new();
    while let Some((name, mut schema)) = documents.needed.pop() {
        if added.contains(&name) {
            continue;
        }
        if let Some(known) = component(old, &name) {
            documents.follow(&mut schema, known, 0);
        }
        if let Some(schemas) = schemas(new) {
            schemas.push(Entry {
                key: name.clone(),
                key_place: schema.place,
                node: schema,
            });
        }
        added.push(name);
    }
    unused::remove(new, &documents.in_place)
}

/// How many references are followed in a row, because a schema can contain itself.
const DEPTH: usize = 100;

/// The maximum number of nodes that are compared for one schema.
const NODES: usize = 100_000;

const COMPONENTS: &str = "#/components/";

/// The new document before any change, and the old one.
struct Documents<'n> {
    new: &'n Node,
    old: &'n Node,
    kept: &'n [String],
    /// Components that the new document now refers to but does not have.
    needed: Vec<(String, Node)>,
    /// Components of the new document alone that are written in place now.
    in_place: Vec<String>,
}

impl Documents<'_> {
    fn follow(&mut self, new: &mut Node, old: &Node, depth: usize) {
        if depth > DEPTH {
            return;
        }
        if let (None, Some(said)) = (any_reference(new), said_beside(old)) {
            return self.refer_beside(new, &said);
        }
        if let (Some(_), None) = (said_beside(new), any_reference(old)) {
            if let (Some(name), Some(Cow::Owned(whole))) =
                (any_reference(new), whole(self.new, new))
                && self.is_same(&whole, old)
            {
                self.write_in_place(name.to_owned());
                *new = whole;
            }
            return;
        }
        match (reference(new), reference(old)) {
            (Some(_), Some(_)) => {}
            (None, Some(name)) => {
                let Some(target) = component(self.old, name) else {
                    return;
                };
                let known = component(self.new, name);
                if self.is_same(new, target)
                    && known.is_none_or(|known| self.is_same(known, target))
                {
                    let reference = referring(name, new.place);
                    let schema = std::mem::replace(new, reference);
                    if known.is_none() {
                        self.needed.push((name.to_owned(), schema));
                    }
                } else {
                    self.follow(new, target, depth + 1);
                }
            }
            (Some(name), None) => {
                if let Some(target) = component(self.new, name)
                    && !self.kept.iter().any(|kept| kept == name)
                    && self.is_same(target, old)
                {
                    let target = target.clone();
                    self.write_in_place(name.to_owned());
                    *new = target;
                    self.follow(new, old, depth + 1);
                }
            }
            (None, None) => {
                // A `$ref` to a parameter, a body or a response does not influence names.
                let old = target(self.old, old).unwrap_or(old);
                for (new, old) in pairs_mut(new, old) {
                    self.follow(new, old, depth + 1);
                }
            }
        }
    }

    fn write_in_place(&mut self, name: String) {
        if component(self.old, &name).is_none() && !self.in_place.contains(&name) {
            self.in_place.push(name);
        }
    }

    /// Writes a schema as an `allOf` with a `$ref`, and with the same keywords beside it as in the old document.
    fn refer_beside(&mut self, new: &mut Node, said: &Beside<'_>) {
        let known = component(self.new, said.name);
        let Some(target) = component(self.old, said.name) else {
            return;
        };
        let due = with_beside(target, said);
        let is_known = known.is_some_and(|known| self.is_same(known, target));
        if !is_known || !self.is_same(new, &due) {
            return;
        }
        let Value::Mapping(entries) = &mut new.value else {
            return;
        };
        let is_beside = |entry: &Entry| said.entries.iter().any(|known| known.key == entry.key);
        entries.retain(|entry| is_beside(entry) || is_prose(entry));
        entries.push(Entry {
            key: "allOf".to_owned(),
            key_place: new.place,
            node: Node {
                place: new.place,
                value: Value::Sequence(vec![referring(said.name, new.place)]),
            },
        });
    }

    fn is_same(&self, new: &Node, old: &Node) -> bool {
        let mut left = NODES;
        self.same(new, old, false, &mut left)
    }

    /// Whether two schemas are the same after all references are resolved, apart from descriptions. With `is_names`, the keys are
    /// names.
    fn same(&self, new: &Node, old: &Node, is_names: bool, left: &mut usize) -> bool {
        let (Some(new), Some(old)) = (whole(self.new, new), whole(self.old, old)) else {
            return false;
        };
        let Some(rest) = left.checked_sub(1) else {
            return false;
        };
        *left = rest;
        match (&new.value, &old.value) {
            (Value::Mapping(after), Value::Mapping(before)) => {
                let [after, before] = [after, before].map(|all| keywords(all, is_names));
                after.len() == before.len()
                    && after.iter().all(|(key, node)| {
                        let is_names = *key == "properties" && !is_names;
                        let known = before.get(key);
                        known.is_some_and(|known| self.same(node, known, is_names, left))
                    })
            }
            (Value::Sequence(after), Value::Sequence(before)) => {
                after.len() == before.len()
                    && after
                        .iter()
                        .zip(before)
                        .all(|(new, old)| self.same(new, old, false, left))
            }
            (Value::Mapping(_) | Value::Sequence(_), _)
            | (_, Value::Mapping(_) | Value::Sequence(_)) => false,
            _ => new.to_json() == old.to_json(),
        }
    }
}

/// Whether one document has a `$ref` to a schema where the other has the schema inline.
fn differ(new: &Node, old: &Node, document: &Node, depth: usize) -> bool {
    match (any_reference(new), any_reference(old)) {
        (Some(_), Some(_)) => false,
        (None, None) => {
            let old = target(document, old).unwrap_or(old);
            let mut pairs = pairs(new, old);
            depth <= DEPTH && pairs.any(|(new, old)| differ(new, old, document, depth + 1))
        }
        _ => true,
    }
}

/// The value with the same key or index.
fn pairs<'n>(new: &'n Node, old: &'n Node) -> Box<dyn Iterator<Item = (&'n Node, &'n Node)> + 'n> {
    match (&new.value, &old.value) {
        (Value::Mapping(entries), Value::Mapping(_)) => Box::new(
            entries
                .iter()
                .filter_map(|entry| Some((&entry.node, old.get(&entry.key)?))),
        ),
        (Value::Sequence(items), Value::Sequence(known)) => Box::new(items.iter().zip(known)),
        _ => Box::new(std::iter::empty()),
    }
}

fn pairs_mut<'n>(new: &'n mut Node, old: &'n Node) -> Vec<(&'n mut Node, &'n Node)> {
    match (&mut new.value, &old.value) {
        (Value::Mapping(entries), Value::Mapping(_)) => entries
            .iter_mut()
            .filter_map(|entry| Some((&mut entry.node, old.get(&entry.key)?)))
            .collect(),
        (Value::Sequence(items), Value::Sequence(known)) => items.iter_mut().zip(known).collect(),
        _ => Vec::new(),
    }
}

/// The component of schemas that a node refers to.
fn reference(node: &Node) -> Option<&str> {
    pointer(node)?.strip_prefix("schemas/")
}

/// The component that a node refers to, as `schemas/Note`.
fn pointer(node: &Node) -> Option<&str> {
    match node.get("$ref").map(|reference| &reference.value) {
        Some(Value::String(target)) => target.strip_prefix(COMPONENTS),
        _ => pointer(described(node)?),
    }
}

/// The only member of an `allOf` that just adds a description.
fn described(node: &Node) -> Option<&Node> {
    let (Value::Mapping(entries), Value::Sequence(items)) =
        (&node.value, &node.get("allOf")?.value)
    else {
        return None;
    };
    let says_more = entries
        .iter()
        .any(|entry| entry.key != "allOf" && !is_prose(entry));
    match items.as_slice() {
        [item] if !says_more => Some(item),
        _ => None,
    }
}

/// An `allOf` with only a `$ref`. The keywords beside the `allOf` repeat the type or describe this use of the component.
struct Beside<'n> {
    name: &'n str,
    entries: Vec<&'n Entry>,
}

/// The keywords beside a `$ref` in an `allOf`; `None` if there are none, or if they say more about the type.
fn said_beside(node: &Node) -> Option<Beside<'_>> {
    const OF_THIS_USE: [&str; 5] = ["type", "default", "readOnly", "writeOnly", "deprecated"];
    let (Value::Mapping(entries), Value::Sequence(items)) =
        (&node.value, &node.get("allOf")?.value)
    else {
        return None;
    };
    let [item] = items.as_slice() else {
        return None;
    };
    let entries = entries.iter();
    let entries = entries.filter(|entry| entry.key != "allOf" && !is_prose(entry));
    let entries: Vec<&Entry> = entries.collect();
    let mut keys = entries.iter().map(|entry| entry.key.as_str());
    let is_of_this_use = !entries.is_empty() && keys.all(|key| OF_THIS_USE.contains(&key));
    is_of_this_use.then_some(Beside {
        name: reference(item)?,
        entries,
    })
}

/// The component that a node refers to, even if the `$ref` has keywords beside it.
fn any_reference(node: &Node) -> Option<&str> {
    reference(node).or_else(|| Some(said_beside(node)?.name))
}

/// A component with the keywords beside a `$ref` to it.
fn with_beside(target: &Node, said: &Beside<'_>) -> Node {
    let mut node = target.clone();
    if let Value::Mapping(entries) = &mut node.value {
        entries.retain(|entry| said.entries.iter().all(|known| known.key != entry.key));
        entries.extend(said.entries.iter().map(|entry| (*entry).clone()));
    }
    node
}

/// A node with its references resolved.
fn whole<'n>(document: &'n Node, node: &'n Node) -> Option<Cow<'n, Node>> {
    let node = target(document, node)?;
    match said_beside(node) {
        Some(said) => {
            let target = target(document, component(document, said.name)?)?;
            Some(Cow::Owned(with_beside(target, &said)))
        }
        None => Some(Cow::Borrowed(node)),
    }
}

/// The node itself, or the node at the end of its references.
fn target<'n>(document: &'n Node, mut node: &'n Node) -> Option<&'n Node> {
    for _ in 0..DEPTH {
        if let Some(inner) = described(node) {
            node = inner;
            continue;
        }
        let Some(pointer) = pointer(node) else {
            return Some(node);
        };
        let (section, name) = pointer.split_once('/')?;
        node = document.get("components")?.get(section)?.get(name)?;
    }
    None
}

fn component<'n>(document: &'n Node, name: &str) -> Option<&'n Node> {
    document.get("components")?.get("schemas")?.get(name)
}

/// The schemas of the components. If the document has none, this adds an empty section for them.
fn schemas(document: &mut Node) -> Option<&mut Vec<Entry>> {
    let place = document.place;
    let components = document.mapping_at("components", place)?;
    match &mut components.mapping_at("schemas", place)?.value {
        Value::Mapping(entries) => Some(entries),
        _ => None,
    }
}

/// A `$ref` to a schema in `components`, with the place of the node that it replaces.
fn referring(name: &str, place: Place) -> Node {
    Node::reference(format!("{COMPONENTS}schemas/{name}"), place)
}

/// What a schema says, in one notation; or the properties of an object.
fn keywords(all: &[Entry], are_names: bool) -> BTreeMap<&str, Cow<'_, Node>> {
    let list = |node: &Node| {
        Cow::Owned(Node {
            value: Value::Sequence(vec![node.clone()]),
            place: node.place,
        })
    };
    // Beside an `enum`, a `const` is another limit.
    let has_enum = all.iter().any(|entry| entry.key == "enum");
    let all = all.iter().filter(|entry| are_names || is_read(entry));
    let all = all.map(|entry| match (entry.key.as_str(), &entry.node.value) {
        ("const", _) if !are_names && !has_enum => ("enum", list(&entry.node)),
        ("type", Value::String(_)) if !are_names => ("type", list(&entry.node)),
        (key, _) => (key, Cow::Borrowed(&entry.node)),
    });
    all.collect()
}

/// Whether the keyword tells two schemas apart.
fn is_read(entry: &Entry) -> bool {
    !is_prose(entry) && openapi::is_read_in_schema(&entry.key)
}

fn is_prose(entry: &Entry) -> bool {
    ["description", "summary", "title", "example", "examples"].contains(&entry.key.as_str())
}
