//! Compares three structures: the last import, the published document, and the spec.

use telnyx_codegen::{Entry, Node, Value};

use super::identity::{NewName, find, identified, pair_changed, repeated};
use super::known::Known;
use super::render;
use super::text::{Text, entry_before};
use super::tree::{Keys, entries, items, same, structure};

/// A merge into the text of the spec.
pub(super) struct Merge<'m> {
    pub(super) spec: &'m mut Text,
    pub(super) report: Report,
    /// The path variables with new names in the operation that is being merged.
    pub(super) variables: Variables,
    known: Known,
}

/// Path variables that have other names than in the last import.
#[derive(Default)]
pub(super) struct Variables {
    pub(super) upstream: Vec<NewName>,
    pub(super) ours: Vec<NewName>,
}

/// The result of a merge, with one line for each part.
#[derive(Debug, Default)]
pub(super) struct Report {
    /// What was carried.
    pub(super) done: Vec<String>,
    /// Parts that differ between the spec and the last import, and that Telnyx has changed.
    pub(super) conflicts: Vec<String>,
    /// Changes that must be made by hand.
    pub(super) by_hand: Vec<String>,
    /// Our descriptions of parts whose structure has changed.
    pub(super) stale: Vec<String>,
}

/// One part in each of the three documents.
#[derive(Clone, Copy)]
pub(super) struct Sides<'n> {
    pub(super) keys: Keys,
    pub(super) base: &'n Node,
    pub(super) upstream: &'n Node,
    pub(super) ours: &'n Node,
}

impl<'m> Merge<'m> {
    pub(super) fn new(spec: &'m mut Text, ours: &Node) -> Self {
        Self {
            known: Known::of(ours, spec),
            spec,
            report: Report::default(),
            variables: Variables::default(),
        }
    }

    /// Carries what has changed below `path`.
    pub(super) fn node(&mut self, path: &str, sides: Sides<'_>) {
        let Sides {
            keys,
            base,
            upstream,
            ours,
        } = sides;
        if same(base, upstream, keys) || same(upstream, ours, keys) {
            return;
        }
        match (&base.value, &upstream.value, &ours.value) {
            (Value::Mapping(_), Value::Mapping(_), Value::Mapping(_)) => self.mapping(path, sides),
            (Value::Sequence(_), Value::Sequence(_), Value::Sequence(_)) => self.list(path, sides),
            _ if !same(base, ours, keys) => {
                self.conflict(path, keys, Some(base), upstream, Some(ours));
            }
            _ => {
                // `type: string` and `type: [string, 'null']` are each on one line.
                let is_in_one_line = entries(upstream).is_empty()
                    && (is_scalar(upstream) || items(upstream).iter().all(is_scalar));
                let is_done = is_in_one_line && self.spec.replace(ours, upstream.clone());
                self.note(path, "~", ours, is_done);
            }
        }
    }

    /// Carries the changes of a part with one name in the published document. Returns whether both other documents lack the part,
    /// so it must be added.
    pub(super) fn is_new(
        &mut self,
        path: &str,
        keys: Keys,
        base: Option<&Node>,
        upstream: &Node,
        ours: Option<&Node>,
    ) -> bool {
        match (base, ours) {
            (None, None) => return true,
            (Some(base), Some(ours)) => self.node(
                path,
                Sides {
                    keys,
                    base,
                    upstream,
                    ours,
                },
            ),
            (Some(known), None) | (None, Some(known)) if same(known, upstream, keys) => {}
            _ => self.conflict(path, keys, base, upstream, ours),
        }
        false
    }

    fn mapping(&mut self, path: &str, sides: Sides<'_>) {
        let Sides {
            keys,
            base,
            upstream,
            ours,
        } = sides;
        let mut is_stale = false;
        // An example has no description.
        let is_described = |entry: &Entry| {
            keys != Keys::Keywords || !matches!(entry.key.as_str(), "example" | "examples")
        };
        let kept = entries(upstream).iter().enumerate();
        for (index, entry) in kept.filter(|(_, entry)| !keys.is_prose(entry)) {
            let inner = join(path, &entry.key);
            let (before, known) = (base.get(&entry.key), ours.get(&entry.key));
            let below = keys.below(entry);
            if let (Some(before), Some(known)) = (before, known) {
                let is_mapping = matches!(known.value, Value::Mapping(_));
                is_stale |= !is_mapping && is_described(entry) && !same(before, &entry.node, below);
            }
            if self.is_new(&inner, below, before, &entry.node, known) {
                is_stale |= is_described(entry);
                let earlier: Vec<&str> = entries(upstream)[..index]
                    .iter()
                    .map(|entry| entry.key.as_str())
                    .collect();
                self.added(&inner, entry, (ours, keys), &earlier, false);
            }
        }
        for entry in entries(base) {
            if !keys.is_prose(entry) && upstream.get(&entry.key).is_none() {
                self.removed(&join(path, &entry.key), entry, (ours, keys));
                is_stale |= is_described(entry);
            }
        }
        let mut prose = entries(ours).iter();
        if is_stale
            && let Some(entry) =
                prose.find(|entry| entry.key == "description" && keys.is_prose(entry))
        {
            self.report.stale.push(format!(
                "{path}.description  {}",
                self.spec.place(entry.node.place)
            ));
        }
    }

    /// Adds the new entries of a mapping to the spec. `keys` describes the keys.
    pub(super) fn added(
        &mut self,
        path: &str,
        entry: &Entry,
        (ours, keys): (&Node, Keys),
        earlier: &[&str],
        is_apart: bool,
    ) {
        let node = self
            .known
            .in_our_words(&entry.key, &entry.node, keys.below(entry));
        let lines = |indent| {
            self.known
                .anchors
                .unquoted(render::entry(&entry.key, &node, indent))
        };
        let meant = Entry {
            node: self.known.anchors.resolved(&node),
            ..entry.clone()
        };
        let is_done = self.spec.add_entry(ours, meant, earlier, is_apart, lines);
        // The new part has no place in the old text, so a reader gets the part before it.
        match entry_before(ours, earlier).filter(|_| is_done) {
            Some(before) => {
                let place = self.spec.place(before.key_place);
                self.report.done.push(format!("+ {path}  after {place}"));
            }
            None => self.note(path, "+", ours, is_done),
        }
    }

    /// Removes entries from a mapping in the spec. `keys` describes the keys.
    pub(super) fn removed(&mut self, path: &str, entry: &Entry, (ours, keys): (&Node, Keys)) {
        let Some(known) = ours.get(&entry.key) else {
            return;
        };
        if self.is_unchanged(path, known, &entry.node, keys.below(entry)) {
            let is_done = self.spec.remove_entry(ours, &entry.key);
            self.note(path, "-", known, is_done);
        }
    }

    /// Whether the spec has a removed part as it was imported. If not, the removal is a conflict.
    pub(super) fn is_unchanged(
        &mut self,
        path: &str,
        known: &Node,
        before: &Node,
        keys: Keys,
    ) -> bool {
        let is_unchanged = same(known, before, keys);
        if !is_unchanged {
            let place = self.spec.place(known.place);
            self.report
                .conflicts
                .push(format!("{path}: removed upstream, changed here  {place}"));
        }
        is_unchanged
    }

    fn list(&mut self, path: &str, sides: Sides<'_>) {
        let Sides {
            keys,
            base,
            upstream,
            ours,
        } = sides;
        let keys = keys.of_items();
        let is_texts = |node: &Node| items(node).iter().all(is_scalar);
        if [base, upstream, ours].into_iter().all(is_texts) {
            return self.texts(path, sides);
        }
        let repeated: Vec<&str> = [base, upstream, ours]
            .into_iter()
            .flat_map(repeated)
            .collect();
        let of = |list, variables| identified(list, keys, &repeated, variables);
        let (before, mut after, mut known) = (
            of(base, &[]),
            of(upstream, &self.variables.upstream),
            of(ours, &self.variables.ours),
        );
        pair_changed(&before, &mut after, &mut known);
        for (name, item) in &after {
            let inner = format!("{path}[{}]", render::short(name));
            let (base, here) = (find(&before, name), find(&known, name));
            if self.is_new(&inner, keys, base, item, here) {
                let node = self.known.in_our_words("", item, keys);
                let lines = |indent| self.known.anchors.unquoted(render::item(&node, indent));
                let meant = self.known.anchors.resolved(&node);
                let is_done = self.spec.add_item(ours, meant, items(ours).last(), lines);
                self.note(&inner, "+", ours, is_done);
            }
        }
        for (name, item) in &before {
            let inner = format!("{path}[{}]", render::short(name));
            if let (None, Some(here)) = (find(&after, name), find(&known, name))
                && self.is_unchanged(&inner, here, item, keys)
            {
                let is_done = self.spec.remove_item(ours, here);
                self.note(&inner, "-", here, is_done);
            }
        }
    }

    /// Carries new and removed values of a list.
    fn texts(&mut self, path: &str, sides: Sides<'_>) {
        let Sides {
            base,
            upstream,
            ours,
            ..
        } = sides;
        let has = |list: &Node, value: &Node| {
            let mut items = items(list).iter();
            items.any(|item| same(item, value, Keys::Data))
        };
        // The new values, each with the values before it.
        let all = items(upstream).iter().enumerate();
        let come: Vec<(&Node, &[Node])> = all
            .filter(|(_, value)| !has(base, value) && !has(ours, value))
            .map(|(index, value)| (value, &items(upstream)[..index]))
            .collect();
        let behind = |earlier: &[Node], known: &[&Node]| {
            let mut earlier = earlier.iter().rev();
            earlier.find_map(|value| {
                known
                    .iter()
                    .position(|known| same(known, value, Keys::Data))
            })
        };
        let (gone, kept): (Vec<&Node>, Vec<&Node>) = items(ours)
            .iter()
            .partition(|value| has(base, value) && !has(upstream, value));
        if come.is_empty() && gone.is_empty() {
            return;
        }
        if self.spec.is_flow(ours) {
            let mut values = kept;
            for (value, earlier) in come {
                let at = behind(earlier, &values).map_or(0, |index| index + 1);
                values.insert(at, value);
            }
            let put = Node {
                value: Value::Sequence(values.into_iter().cloned().collect()),
                place: ours.place,
            };
            let is_done = self.spec.replace(ours, put);
            return self.note(path, "~", ours, is_done);
        }
        let known: Vec<&Node> = items(ours).iter().collect();
        for (value, earlier) in come {
            let lines = |indent| render::item(value, indent);
            let neighbour = behind(earlier, &known).map(|index| known[index]);
            let is_done = self.spec.add_item(ours, value.clone(), neighbour, lines);
            let inner = format!("{path}: {}", render::scalar(value));
            self.note(&inner, "+", ours, is_done);
        }
        for value in gone {
            let is_done = self.spec.remove_item(ours, value);
            let inner = format!("{path}: {}", render::scalar(value));
            self.note(&inner, "-", value, is_done);
        }
    }

    fn conflict(
        &mut self,
        path: &str,
        keys: Keys,
        base: Option<&Node>,
        upstream: &Node,
        ours: Option<&Node>,
    ) {
        let shown = |node: Option<&Node>| {
            node.map_or("nothing".to_owned(), |node| {
                render::short(&structure(node, keys).to_json())
            })
        };
        let place = ours.map_or(String::new(), |ours| {
            format!("  {}", self.spec.place(ours.place))
        });
        self.report.conflicts.push(format!(
            "{path}{place}\n    last import: {}\n    published:   {}\n    here:        {}",
            shown(base),
            shown(Some(upstream)),
            shown(ours)
        ));
    }

    fn note(&mut self, path: &str, sign: &str, node: &Node, is_done: bool) {
        let line = format!("{sign} {path}  {}", self.spec.place(node.place));
        if is_done {
            self.report.done.push(line);
        } else {
            self.report.by_hand.push(line);
        }
    }
}

fn is_scalar(node: &Node) -> bool {
    !matches!(node.value, Value::Mapping(_) | Value::Sequence(_))
}

fn join(path: &str, key: &str) -> String {
    match path {
        "" => key.to_owned(),
        path => format!("{path}.{key}"),
    }
}
