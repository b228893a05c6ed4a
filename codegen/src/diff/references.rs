//! Writes a document with the references of another document. Without names in `sdk.yaml`, a schema without a `$ref` gets its name
//! from its place.
//!
//! Telnyx's documents sometimes have a schema in place and sometimes a `$ref` to it, without a reason. This is not a change.

use crate::tree::{Entry, Node, Place, Value};

/// Gives `new` a `$ref` where `old` has one, and a schema in place where `old` has one, if both say the same.
pub(super) fn follow(new: &mut Node, old: &Node) {
    if !differ(new, old, old, 0) {
        return;
    }
    let before = new.clone();
    let mut documents = Documents {
        new: &before,
        old,
        needed: Vec::new(),
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
    /// Components that the new document now refers to but does not have.
    needed: Vec<(String, Node)>,
}

impl Documents<'_> {
    fn follow(&mut self, new: &mut Node, old: &Node, depth: usize) {
        if depth > DEPTH {
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
                    && self.is_same(target, old)
                {
                    *new = target.clone();
                    self.follow(new, old, depth + 1);
                }
            }
            (None, None) => {
                // A `$ref` to a parameter, a body or a response gives no name.
                let old = target(self.old, old).unwrap_or(old);
                for (new, old) in pairs_mut(new, old) {
                    self.follow(new, old, depth + 1);
                }
            }
        }
    }

    fn is_same(&self, new: &Node, old: &Node) -> bool {
        let mut left = NODES;
        self.same(new, old, false, &mut left)
    }

    /// Whether two schemas say the same, with all references followed and without descriptions. With `is_names`, the keys are names.
    fn same(&self, new: &Node, old: &Node, is_names: bool, left: &mut usize) -> bool {
        let (Some(new), Some(old)) = (target(self.new, new), target(self.old, old)) else {
            return false;
        };
        let Some(rest) = left.checked_sub(1) else {
            return false;
        };
        *left = rest;
        match (&new.value, &old.value) {
            (Value::Mapping(after), Value::Mapping(before)) => {
                let counts = |entry: &&Entry| is_names || !is_prose(entry);
                let count = after.iter().filter(counts).count();
                count == before.iter().filter(counts).count()
                    && after.iter().filter(counts).all(|entry| {
                        let is_names = entry.key == "properties" && !is_names;
                        old.get(&entry.key)
                            .is_some_and(|known| self.same(&entry.node, known, is_names, left))
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

/// Whether one document has a `$ref` to a schema and the other has the schema in place.
fn differ(new: &Node, old: &Node, document: &Node, depth: usize) -> bool {
    match (reference(new), reference(old)) {
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

/// A `$ref` to a component of schemas, with the place of the node that it replaces.
fn referring(name: &str, place: Place) -> Node {
    Node::reference(format!("{COMPONENTS}schemas/{name}"), place)
}

/// Whether this comparison ignores a keyword.
fn is_prose(entry: &Entry) -> bool {
    ["description", "summary", "title", "example", "examples"].contains(&entry.key.as_str())
}
