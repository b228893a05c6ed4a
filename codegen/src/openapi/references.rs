//! Turns each target of a reference into a component, so later stages know only components.

mod aliases;
mod dynamic;
mod ids;
mod mapping;
mod missing;
mod moved;
mod paths;
mod pointer;
mod siblings;
mod survey;

use std::collections::{BTreeMap, HashMap, HashSet};

use ids::{Base, join};
pub(crate) use mapping::is_reference as is_mapped_reference;
pub(crate) use moved::Moved;
use pointer::{Pointer, find, find_mut};
pub(crate) use siblings::include as include_siblings;
use survey::Survey;

use super::keys::{has_names, is_part};
use crate::diagnostic::Diagnostics;
use crate::pointer as json_pointer;
use crate::tree::{Entry, Node, Place, Value};

/// Makes each target of a `$ref` a component, and writes each `$ref` without percent-encoding. Components that only refer to
/// another one are removed. Keywords that take effect beside a `$ref` are then beside an `allOf` with the `$ref`. Returns the
/// schemas that became components.
pub(crate) fn settle(root: &mut Node, diagnostics: &mut Diagnostics) -> Moved {
    let moved = settle_places(root, diagnostics);
    aliases::remove(root);
    siblings::include(root);
    moved
}

fn settle_places(root: &mut Node, diagnostics: &mut Diagnostics) -> Moved {
    let mut survey = Survey::default();
    survey.node(root, &mut Vec::new(), "", false);
    if !survey.has_others {
        return Moved::default();
    }
    survey.dynamic.check(diagnostics);
    let mut settling = Settling {
        diagnostics,
        original: root.clone(),
        anchors: survey.anchors,
        moved: BTreeMap::new(),
        taken: component_names(root),
        numbers: HashMap::new(),
        unread: Vec::new(),
    };
    if paths::include(root, &mut settling) {
        settling.original = root.clone();
    }
    settling.node(root, "schemas", None, false);
    while let Some((section, pointer)) = settling.unread.pop() {
        if let Some(node) = find_mut(root, &pointer) {
            settling.node(node, section, None, false);
        }
    }
    let schemas = settling.moved.iter();
    let schemas = schemas.filter(|((section, _), _)| *section == "schemas");
    let schemas = Moved::of(schemas.map(|((_, pointer), name)| (name.clone(), pointer.clone())));
    // The deepest comes first: its own references are settled by then, and the node around it gets a reference to it.
    for ((section, pointer), name) in settling.moved.into_iter().rev() {
        let Some(node) = find_mut(root, &pointer) else {
            continue;
        };
        let moved = node.clone();
        if section == "schemas" {
            *node = Node::reference(format!("#/components/schemas/{name}"), node.place);
        }
        add_component(root, section, name, moved);
    }
    schemas
}

fn id(entries: &[Entry]) -> Option<&str> {
    let id = entries.iter().find(|entry| entry.key == "$id")?;
    id.node.text()
}

/// Whether a `$ref` names a component directly, in a form that later stages understand.
fn is_plain(target: &str) -> bool {
    let steps = target
        .strip_prefix("#/components/")
        .map(|rest| rest.split('/').collect::<Vec<_>>());
    matches!(steps.as_deref(), Some([section, _]) if *section != "pathItems")
        && !target.contains('%')
}

struct Settling<'d> {
    diagnostics: &'d mut Diagnostics,
    original: Node,
    anchors: BTreeMap<String, Pointer>,
    /// The new components, by section and place.
    moved: BTreeMap<(&'static str, Pointer), String>,
    /// The names of the components, by their sections.
    taken: HashMap<String, HashSet<String>>,
    /// The number that was last put behind a name.
    numbers: HashMap<(&'static str, String), usize>,
    /// New components whose own references are not settled yet, because nothing else reads their place in the document.
    unread: Vec<(&'static str, Pointer)>,
}

impl Settling<'_> {
    /// Settles the references below a node. `section` is the section of components that the node could be in. `base` is the
    /// nearest schema around it with an `$id`.
    fn node(
        &mut self,
        node: &mut Node,
        section: &'static str,
        base: Option<&Base>,
        are_names: bool,
    ) {
        match &mut node.value {
            Value::Mapping(entries) => {
                let own = id(entries).filter(|_| !are_names);
                let own = own.and_then(|id| self.base(id, base));
                let base = own.as_ref().or(base);
                for entry in entries {
                    if are_names {
                        self.node(&mut entry.node, section, base, false);
                        continue;
                    }
                    if !is_part(&entry.key, are_names) {
                        continue;
                    }
                    if entry.key == "discriminator" {
                        self.mapping(&mut entry.node, base);
                        continue;
                    }
                    if let ("$ref" | "$dynamicRef", Value::String(target)) =
                        (entry.key.as_str(), &entry.node.value)
                    {
                        if entry.key == "$ref" {
                            self.report_missing(target, section, entry.node.place, base);
                        }
                        if let Some(settled) = self.settled(target, section, base) {
                            entry.key = "$ref".to_owned();
                            entry.node.value = Value::String(settled);
                        }
                        continue;
                    }
                    let section = match entry.key.as_str() {
                        "parameters" => "parameters",
                        "responses" => "responses",
                        "requestBody" | "requestBodies" => "requestBodies",
                        "schema" | "schemas" | "properties" | "content" => "schemas",
                        // Nothing reads callbacks, so a `$ref` there does not lead to a schema.
                        "callbacks" => "callbacks",
                        "headers" => "headers",
                        "links" => "links",
                        _ => section,
                    };
                    self.node(
                        &mut entry.node,
                        section,
                        base,
                        has_names(&entry.key, are_names),
                    );
                }
            }
            Value::Sequence(items) => {
                for item in items {
                    self.node(item, section, base, false);
                }
            }
            _ => {}
        }
    }

    /// Settles the references in the `mapping` of a discriminator.
    fn mapping(&mut self, discriminator: &mut Node, base: Option<&Base>) {
        for node in mapping::references_mut(discriminator) {
            if let Value::String(target) = &mut node.value {
                self.report_missing(target, "schemas", node.place, base);
                if let Some(settled) = self.settled(target, "schemas", base) {
                    *target = settled;
                }
            }
        }
    }

    /// Reports a `$ref` without a target, if something uses it and only the tree shows what is missing.
    fn report_missing(&mut self, target: &str, section: &str, place: Place, base: Option<&Base>) {
        let is_read = !["callbacks", "headers", "links"].contains(&section);
        if is_plain(target) || !is_read || self.pointer(target, base).is_some() {
            return;
        }
        let anchors = self.anchors.keys().filter_map(|key| key.strip_prefix('#'));
        if let Some((message, help)) = missing::explain(target, &self.original, anchors) {
            self.diagnostics.error(place, message).help(help);
        }
    }

    /// The new text of a `$ref`; `None` if it stays, or has no target.
    fn settled(
        &mut self,
        target: &str,
        section: &'static str,
        base: Option<&Base>,
    ) -> Option<String> {
        if is_plain(target) {
            return None;
        }
        let pointer = self.pointer(target, base)?;
        match pointer.as_slice() {
            [paths, _] if paths::PATHS.contains(&paths.as_str()) => return None,
            [components, _, _] if components == "components" => {
                let encoded: Vec<String> = pointer
                    .iter()
                    .map(|step| json_pointer::escaped(step))
                    .collect();
                return Some(format!("#/{}", encoded.join("/")));
            }
            _ => {}
        }
        let name = match self.moved.get(&(section, pointer.clone())) {
            Some(name) => name.clone(),
            None => {
                let name = self.free_name(section, &pointer);
                if !is_read(&pointer) {
                    self.unread.push((section, pointer.clone()));
                }
                self.moved.insert((section, pointer), name.clone());
                name
            }
        };
        Some(format!("#/components/{section}/{name}"))
    }

    /// A schema with an `$id` inside another one.
    fn base(&self, id: &str, around: Option<&Base>) -> Option<Base> {
        let address = join(around.map_or("", |base| &base.address), id);
        let address = address.trim_end_matches('#').to_owned();
        let pointer = self.anchors.get(&address)?.clone();
        Some(Base { address, pointer })
    }

    /// The target of a `$ref`, if it exists.
    fn pointer(&self, target: &str, base: Option<&Base>) -> Option<Pointer> {
        let address = join(base.map_or("", |base| &base.address), target);
        let known = self.anchors.get(address.trim_end_matches('#'));
        if let Some(pointer) = known.or_else(|| self.anchors.get(target)) {
            return Some(pointer.clone());
        }
        if let Some((resource, rest)) = address.split_once("#/")
            && let Some(start) = self.anchors.get(resource)
            && !target.starts_with('#')
        {
            let inner: Pointer = start
                .iter()
                .cloned()
                .chain(json_pointer::steps(rest))
                .collect();
            return find(&self.original, &inner).map(|_| inner);
        }
        let pointer: Pointer = json_pointer::steps(target.strip_prefix("#/")?).collect();
        if find(&self.original, &pointer).is_some() {
            return Some(pointer);
        }
        let inner: Pointer = base?.pointer.iter().cloned().chain(pointer).collect();
        find(&self.original, &inner).map(|_| inner)
    }

    /// A name for a new component, from the last names on the path to it.
    fn free_name(&mut self, section: &'static str, pointer: &[String]) -> String {
        let structure = [
            "properties",
            "items",
            "schema",
            "content",
            "components",
            "schemas",
            "$defs",
            "definitions",
            "paths",
        ];
        let is_name =
            |step: &&String| !structure.contains(&step.as_str()) && step.parse::<u32>().is_err();
        let names: Vec<&str> = pointer.iter().filter(is_name).map(String::as_str).collect();
        let taken = self.taken.entry(section.to_owned()).or_default();
        let shown = |count: usize| {
            let last = names[names.len().saturating_sub(count)..].iter();
            let words = last.map(|name| name.replace(|c: char| !c.is_alphanumeric(), " "));
            words.collect::<Vec<_>>().join(" ").trim().replace(' ', "_")
        };
        let is_definition = pointer
            .iter()
            .any(|step| step == "$defs" || step == "definitions");
        let first = if is_definition { 1 } else { 2 };
        let candidates = (first..=names.len().max(first)).map(shown);
        let stem = shown(names.len());
        let number = self.numbers.entry((section, stem.clone())).or_insert(1);
        let numbered = std::iter::repeat_with(|| {
            *number += 1;
            format!("{stem}_{number}")
        });
        let mut free = candidates
            .chain(numbered)
            .filter(|name| !name.is_empty() && taken.insert(name.clone()));
        free.next().unwrap_or_default()
    }
}

/// Whether the node at a pointer is a part of the document, and not data or an extension.
fn is_read(pointer: &[String]) -> bool {
    let mut are_names = false;
    pointer.iter().all(|key| {
        let is_part = is_part(key, are_names);
        are_names = has_names(key, are_names);
        is_part
    })
}

fn component_names(root: &Node) -> HashMap<String, HashSet<String>> {
    let sections = root.get("components").map(Node::entries);
    let sections = sections.unwrap_or_default().iter();
    let named = sections.map(|section| {
        let names = section.node.entries().iter();
        let names = names.flat_map(|entry| with_starts(&entry.key));
        (section.key.clone(), names.collect())
    });
    named.collect()
}

/// The name of a component, and each start of it that a dot ends. If a schema was called `Foo` beside a component `Foo.bar`, the
/// component would have the same site as a property of that schema.
fn with_starts(name: &str) -> impl Iterator<Item = String> {
    let starts = name.match_indices('.').map(|(dot, _)| &name[..dot]);
    starts.chain([name]).map(str::to_owned)
}

fn add_component(root: &mut Node, section: &str, name: String, node: Node) {
    let place = node.place;
    let components = root.mapping_at("components", place);
    if let Some(section) = components.and_then(|components| components.mapping_at(section, place))
        && let Value::Mapping(entries) = &mut section.value
    {
        entries.push(Entry {
            key: name,
            key_place: place,
            node,
        });
    }
}
