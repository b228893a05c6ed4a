//! What a document has that a reference can lead to, other than components.

use std::collections::BTreeMap;

use super::dynamic::Dynamic;
use super::ids::join;
use super::pointer::Pointer;
use super::{id, is_plain, mapping};
use crate::openapi::keys::{has_names, is_part};
use crate::tree::{Entry, Node, Value};

/// The anchors and ids in a document, with their addresses and places.
#[derive(Default)]
pub(super) struct Survey {
    pub(super) anchors: BTreeMap<String, Pointer>,
    pub(super) dynamic: Dynamic,
    /// Whether there are references to anything other than components.
    pub(super) has_others: bool,
}

impl Survey {
    /// Visits a node; `base` is the address of the nearest schema around it with an `$id`.
    pub(super) fn node(&mut self, node: &Node, path: &mut Pointer, base: &str, are_names: bool) {
        match &node.value {
            Value::Mapping(entries) => {
                let own = id(entries).filter(|_| !are_names);
                let own = own.map(|id| join(base, id).trim_end_matches('#').to_owned());
                if let Some(own) = &own {
                    self.add(own.clone(), path);
                }
                let base = own.as_deref().unwrap_or(base);
                for Entry { key, node, .. } in entries {
                    if !is_part(key, are_names) {
                        continue;
                    }
                    match (key.as_str(), &node.value) {
                        ("$anchor" | "$dynamicAnchor", Value::String(name)) if !are_names => {
                            self.dynamic.add_anchor(key, name, node.place);
                            self.add(format!("#{name}"), path);
                            self.add(format!("{base}#{name}"), path);
                        }
                        ("$ref" | "$dynamicRef", Value::String(target)) => {
                            self.dynamic.add_reference(key, target, node.place);
                            self.has_others |= !is_plain(target);
                        }
                        ("discriminator", _) if !are_names => {
                            let mut mapped = mapping::references(node);
                            self.has_others |= mapped.any(|target| !is_plain(target));
                        }
                        _ => self.below(node, key, (path, base), has_names(key, are_names)),
                    }
                }
            }
            Value::Sequence(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.below(item, &index.to_string(), (path, base), false);
                }
            }
            _ => {}
        }
    }

    fn below(
        &mut self,
        node: &Node,
        step: &str,
        (path, base): (&mut Pointer, &str),
        are_names: bool,
    ) {
        path.push(step.to_owned());
        self.node(node, path, base, are_names);
        path.pop();
    }

    /// Adds an address. If it exists already, the first one stays.
    fn add(&mut self, address: String, path: &Pointer) {
        self.anchors.entry(address).or_insert_with(|| path.clone());
    }
}
