//! Compares three structures: the last import, the published document, and the spec.

use std::collections::BTreeMap;

use telnyx_codegen::{Entry, Node, Value};

use super::anchors::Anchors;
use super::render;
use super::text::Text;
use super::tree::{self, entries, is_prose, items, same, structure, text};

/// What stands for prose that is still to be written.
pub(super) const TODO: &str = telnyx_codegen::UNWRITTEN;

/// What the merge comes to.
pub(super) struct Merge<'m> {
    pub(super) spec: &'m mut Text,
    /// Our prose of what has the same name and structure elsewhere in the spec.
    words: BTreeMap<(String, String), String>,
    anchors: Anchors,
    /// What was carried, a line each.
    pub(super) done: Vec<String>,
    /// What the spec has otherwise than the last import, and Telnyx has changed.
    pub(super) conflicts: Vec<String>,
    /// What has to be carried by hand.
    pub(super) by_hand: Vec<String>,
    /// Prose of ours whose structure has changed.
    pub(super) stale: Vec<String>,
}

/// What one part of the document is in each of the three.
#[derive(Clone, Copy)]
pub(super) struct Sides<'n> {
    pub(super) base: &'n Node,
    pub(super) upstream: &'n Node,
    pub(super) ours: &'n Node,
}

impl<'m> Merge<'m> {
    pub(super) fn new(spec: &'m mut Text, ours: &Node) -> Self {
        let mut words = BTreeMap::new();
        collect(ours, &mut words);
        Self {
            anchors: Anchors::of(ours, spec),
            spec,
            words,
            done: Vec::new(),
            conflicts: Vec::new(),
            by_hand: Vec::new(),
            stale: Vec::new(),
        }
    }

    /// Carries what has changed below `path`.
    pub(super) fn node(&mut self, path: &str, sides: Sides<'_>) {
        let Sides {
            base,
            upstream,
            ours,
        } = sides;
        if same(base, upstream) || same(upstream, ours) {
            return;
        }
        match (&base.value, &upstream.value, &ours.value) {
            (Value::Mapping(_), Value::Mapping(_), Value::Mapping(_)) => self.mapping(path, sides),
            (Value::Sequence(_), Value::Sequence(_), Value::Sequence(_)) => self.list(path, sides),
            _ if !same(base, ours) => self.conflict(path, Some(base), upstream, Some(ours)),
            _ => {
                let is_done = is_scalar(ours)
                    && is_scalar(upstream)
                    && self.spec.replace(ours, &render::scalar(upstream));
                self.note(path, "~", ours, is_done);
            }
        }
    }

    fn mapping(
        &mut self,
        path: &str,
        Sides {
            base,
            upstream,
            ours,
        }: Sides<'_>,
    ) {
        let mut is_stale = false;
        for entry in entries(base) {
            if !is_prose(&entry.key) && upstream.get(&entry.key).is_none() {
                self.removed(&join(path, &entry.key), entry, ours);
                is_stale = true;
            }
        }
        for (index, entry) in entries(upstream).iter().enumerate() {
            // A name may be `description` too; whoever has no text there is a name.
            if is_prose(&entry.key) && text(&entry.node).is_some() {
                continue;
            }
            let inner = join(path, &entry.key);
            match (base.get(&entry.key), ours.get(&entry.key)) {
                (Some(base), Some(ours)) => {
                    let sides = Sides {
                        base,
                        upstream: &entry.node,
                        ours,
                    };
                    is_stale |=
                        !matches!(ours.value, Value::Mapping(_)) && !same(base, &entry.node);
                    self.node(&inner, sides);
                }
                (None, None) => {
                    is_stale = true;
                    let earlier: Vec<&str> = entries(upstream)[..index]
                        .iter()
                        .map(|entry| entry.key.as_str())
                        .collect();
                    self.added(&inner, entry, ours, &earlier, false);
                }
                (None, Some(known)) if same(known, &entry.node) => {}
                (None, Some(known)) => self.conflict(&inner, None, &entry.node, Some(known)),
                (Some(base), None) if same(base, &entry.node) => {}
                (Some(base), None) => self.conflict(&inner, Some(base), &entry.node, None),
            }
        }
        if is_stale
            && let Some(prose) = ours
                .get("description")
                .filter(|prose| text(prose).is_some())
        {
            self.stale.push(format!(
                "{path}.description  {}",
                self.spec.place(prose.place)
            ));
        }
    }

    /// Adds what is new to a mapping of ours.
    pub(super) fn added(
        &mut self,
        path: &str,
        entry: &Entry,
        ours: &Node,
        earlier: &[&str],
        is_apart: bool,
    ) {
        let node = self.in_our_words(&entry.key, &entry.node);
        let lines = |indent| {
            self.anchors
                .unquoted(render::entry(&entry.key, &node, indent))
        };
        let is_done = self.spec.add_entry(ours, earlier, is_apart, lines);
        self.note(path, "+", ours, is_done);
    }

    /// Takes what is gone out of a mapping of ours.
    pub(super) fn removed(&mut self, path: &str, entry: &Entry, ours: &Node) {
        match ours.get(&entry.key) {
            None => {}
            Some(known) if same(known, &entry.node) => {
                let is_done = self.spec.remove_entry(ours, &entry.key);
                self.note(path, "-", known, is_done);
            }
            Some(known) => {
                let line = format!(
                    "{path}: removed upstream, changed here  {}",
                    self.spec.place(known.place)
                );
                self.conflicts.push(line);
            }
        }
    }

    fn list(
        &mut self,
        path: &str,
        Sides {
            base,
            upstream,
            ours,
        }: Sides<'_>,
    ) {
        let is_texts = |node: &Node| items(node).iter().all(is_scalar);
        if [base, upstream, ours].into_iter().all(is_texts) {
            return self.texts(
                path,
                Sides {
                    base,
                    upstream,
                    ours,
                },
            );
        }
        for item in items(base) {
            if find(upstream, item).is_none()
                && let Some(known) = find(ours, item)
            {
                let is_done = same(known, item) && self.spec.remove_item(ours, known);
                self.note(path, "-", known, is_done);
            }
        }
        for item in items(upstream) {
            let inner = format!("{path}[{}]", identity(item));
            match (find(base, item), find(ours, item)) {
                (Some(base), Some(ours)) => self.node(
                    &inner,
                    Sides {
                        base,
                        upstream: item,
                        ours,
                    },
                ),
                (None, None) => {
                    let node = self.in_our_words("", item);
                    let is_done = self
                        .spec
                        .add_item(ours, |indent| render::item(&node, indent));
                    self.note(&inner, "+", ours, is_done);
                }
                _ => {}
            }
        }
    }

    /// Carries what came and what went of a list of values.
    fn texts(
        &mut self,
        path: &str,
        Sides {
            base,
            upstream,
            ours,
        }: Sides<'_>,
    ) {
        let has = |list: &Node, value: &Node| items(list).iter().any(|item| same(item, value));
        let come: Vec<&Node> = items(upstream)
            .iter()
            .filter(|value| !has(base, value) && !has(ours, value))
            .collect();
        let gone: Vec<&Node> = items(ours)
            .iter()
            .filter(|value| has(base, value) && !has(upstream, value))
            .collect();
        if self.spec.is_flow(ours) {
            let kept = items(ours)
                .iter()
                .filter(|value| !gone.iter().any(|gone| same(gone, value)));
            let values: Vec<String> = kept
                .chain(come.iter().copied())
                .map(render::scalar)
                .collect();
            let is_done = self.spec.replace(ours, &format!("[{}]", values.join(", ")));
            return self.note(path, "~", ours, is_done);
        }
        for value in gone {
            let is_done = self.spec.remove_item(ours, value);
            self.note(
                &format!("{path}: {}", render::scalar(value)),
                "-",
                value,
                is_done,
            );
        }
        for value in come {
            let is_done = self
                .spec
                .add_item(ours, |indent| render::item(value, indent));
            self.note(
                &format!("{path}: {}", render::scalar(value)),
                "+",
                ours,
                is_done,
            );
        }
    }

    fn conflict(&mut self, path: &str, base: Option<&Node>, upstream: &Node, ours: Option<&Node>) {
        let shown = |node: Option<&Node>| {
            node.map_or("nothing".to_owned(), |node| {
                render::short(&structure(node).to_json())
            })
        };
        let place = ours.map_or(String::new(), |ours| {
            format!("  {}", self.spec.place(ours.place))
        });
        self.conflicts.push(format!(
            "{path}{place}\n    last import: {}\n    published:   {}\n    here:        {}",
            shown(base),
            shown(Some(upstream)),
            shown(ours)
        ));
    }

    fn note(&mut self, path: &str, sign: &str, node: &Node, is_done: bool) {
        let line = format!("{sign} {path}  {}", self.spec.place(node.place));
        if is_done {
            self.done.push(line);
        } else {
            self.by_hand.push(line);
        }
    }

    /// The node with a mark where prose has to be written. Parameters and responses that the spec has elsewhere too keep our
    /// prose: they are the same thing, where a property of the same shape may be another.
    fn in_our_words(&self, key: &str, node: &Node) -> Node {
        let is_response = key.len() == 3 && key.starts_with(|digit: char| digit.is_ascii_digit());
        let is_parameter = node.get("in").is_some() && node.get("name").is_some();
        // One that the spec does not have is no reason to take a property in it for another of its name.
        let is_known = (is_response || is_parameter) && self.own_words(key, node).is_some();
        self.worded(key, node, is_known)
    }

    /// What the spec says of a part of this name and structure.
    fn own_words(&self, key: &str, node: &Node) -> Option<&String> {
        let structure = tree::canonical(&structure(node));
        self.words.get(&(key.to_owned(), structure))
    }

    fn worded(&self, key: &str, node: &Node, is_known: bool) -> Node {
        let inner = |key: &str, node: &Node| match is_known {
            true => self.worded(key, node, true),
            false => self.in_our_words(key, node),
        };
        let value = match &node.value {
            Value::Mapping(known) => {
                let own = self.own_words(key, node).filter(|_| is_known);
                let entries = known.iter().map(|entry| {
                    let node = match (text(&entry.node), self.anchors.alias(entry)) {
                        (_, Some(alias)) => alias,
                        (Some(_), None) if is_prose(&entry.key) => Node {
                            value: Value::String(match own {
                                Some(own) if entry.key == "description" => own.clone(),
                                _ => TODO.to_owned(),
                            }),
                            place: entry.node.place,
                        },
                        _ => inner(&entry.key, &entry.node),
                    };
                    Entry {
                        node,
                        ..entry.clone()
                    }
                });
                Value::Mapping(entries.collect())
            }
            Value::Sequence(known) => {
                Value::Sequence(known.iter().map(|item| inner("", item)).collect())
            }
            other => other.clone(),
        };
        Node {
            value,
            place: node.place,
        }
    }
}

/// Notes what the spec says of each part, by its key and its structure.
fn collect(node: &Node, words: &mut BTreeMap<(String, String), String>) {
    let mut visit = |key: &str, node: &Node| {
        if let Some(prose) = tree::text_at(node, "description") {
            let structure = tree::canonical(&structure(node));
            words
                .entry((key.to_owned(), structure))
                .or_insert_with(|| prose.to_owned());
        }
        collect(node, words);
    };
    for entry in entries(node) {
        visit(&entry.key, &entry.node);
    }
    for item in items(node) {
        visit("", item);
    }
}

fn is_scalar(node: &Node) -> bool {
    !matches!(node.value, Value::Mapping(_) | Value::Sequence(_))
}

/// The item of a list that is the same part.
fn find<'n>(list: &'n Node, item: &Node) -> Option<&'n Node> {
    items(list)
        .iter()
        .find(|known| identity(known) == identity(item))
}

/// What tells an item of a list from the others.
fn identity(item: &Node) -> String {
    let named = tree::text_at(item, "$ref").or(tree::text_at(item, "name"));
    named.map_or_else(|| tree::canonical(&structure(item)), str::to_owned)
}

fn join(path: &str, key: &str) -> String {
    match path {
        "" => key.to_owned(),
        path => format!("{path}.{key}"),
    }
}
