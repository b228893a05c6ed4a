//! Compares two documents, part by part.

use std::collections::BTreeSet;

use telnyx_codegen::Place;

use super::change::{Change, Verdict};
use super::components::Components;
use super::described;
use super::part::{Both, Pair, Part, Site, paired};
use super::roles::{Kind, Role, role};

/// The differences found so far.
pub(super) struct Comparison<'a> {
    /// The whole documents.
    pub(super) roots: Both<'a>,
    /// Components that have not been compared yet.
    pub(super) components: Components,
    changes: Vec<Change>,
    seen: BTreeSet<(Place, Place)>,
}

impl<'a> Comparison<'a> {
    pub(super) fn new(roots: Both<'a>) -> Self {
        Self {
            roots,
            components: Components::default(),
            changes: Vec::new(),
            seen: BTreeSet::new(),
        }
    }

    /// The changes, after all components were compared.
    pub(super) fn finish(mut self) -> Vec<Change> {
        self.compare_components();
        self.changes
    }

    /// Compares two parts of the same kind.
    pub(super) fn part(&mut self, kind: Kind, site: &Site, both: Both<'a>) {
        let Some(both) = self.follow(site, both) else {
            return;
        };
        let places = (both.spec.node.place, both.upstream.node.place);
        if !self.seen.insert(places) {
            return;
        }
        if !both.spec.is_mapping() || !both.upstream.is_mapping() {
            self.value("value", site, both);
            return;
        }
        let keys = both.spec.named().into_iter().chain(both.upstream.named());
        let keys: Vec<&str> = keys.map(|(key, _)| key).collect();
        let mut compared = BTreeSet::new();
        for key in keys {
            if compared.insert(key) {
                self.key(kind, key, site, both);
            }
        }
    }

    /// Compares the parts with one name in the same owner, if the documents have them.
    pub(super) fn member(
        &mut self,
        kind: Kind,
        noun: &str,
        site: &Site,
        (spec, upstream): Pair<'a>,
        owner: Both<'a>,
    ) {
        match (spec, upstream) {
            (Some(spec), Some(upstream)) => self.part(kind, site, Both { spec, upstream }),
            (Some(spec), None) => self.lone(Verdict::Removed, noun, site, Both { spec, ..owner }),
            (None, Some(upstream)) => {
                self.components.bring(upstream);
                self.lone(Verdict::Added, noun, site, Both { upstream, ..owner });
            }
            (None, None) => {}
        }
    }

    /// Compares two lists of parts. Each part identifies itself.
    pub(super) fn list(
        &mut self,
        kind: Kind,
        noun: &str,
        site: &Site,
        (spec, upstream): Pair<'a>,
        owner: Both<'a>,
    ) {
        let spec_items = identified(spec, self.roots.spec);
        let upstream_items = identified(upstream, self.roots.upstream);
        let (spec_items, upstream_items) =
            match is_unique(&spec_items) && is_unique(&upstream_items) {
                true => (unplaced(spec_items), unplaced(upstream_items)),
                false => (spec_items, upstream_items),
            };
        for ((name, _), pair) in paired(spec_items, upstream_items) {
            let owner = owner.or(spec, upstream);
            self.member(kind, noun, &site.named(&name), pair, owner);
        }
    }

    /// Records a change.
    pub(super) fn record(&mut self, verdict: Verdict, site: &Site, text: String, both: Both<'a>) {
        let (spec, upstream) = (both.spec.place, both.upstream.place);
        let is_known =
            |known: &Change| known.spec == spec && known.upstream == upstream && known.text == text;
        if !self.changes.iter().any(is_known) {
            self.changes.push(Change {
                section: site.section,
                verdict,
                text,
                spec,
                upstream,
            });
        }
    }

    /// Records that only one document has a part. For the other document, `both` has the part's owner.
    fn lone(&mut self, verdict: Verdict, noun: &str, site: &Site, both: Both<'a>) {
        let part = match verdict {
            Verdict::Removed => both.spec,
            _ => both.upstream,
        };
        let path = &site.path;
        let text = match described::kind(part) {
            kind if kind.is_empty() => format!("{noun} {path}"),
            kind => format!("{noun} {path} ({kind})"),
        };
        self.record(verdict, site, text, both);
    }

    fn key(&mut self, kind: Kind, key: &str, site: &Site, owner: Both<'a>) {
        let (spec, upstream) = (owner.spec.at(key), owner.upstream.at(key));
        match role(kind, key) {
            Role::Words | Role::Elsewhere => {}
            Role::Types => self.types(site, owner),
            Role::Required => self.required(site, owner),
            Role::Value => match (spec, upstream) {
                (Some(spec), Some(upstream)) => self.value(key, site, Both { spec, upstream }),
                _ => self.lone_value(key, site, (spec, upstream), owner),
            },
            Role::Values(noun) => {
                for (_, pair) in paired(by_value(spec), by_value(upstream)) {
                    self.lone_value(noun, site, pair, owner.or(spec, upstream));
                }
            }
            Role::Properties => {
                for (name, pair) in paired(named(spec), named(upstream)) {
                    let is_required = owner.spec.requires(name) || owner.upstream.requires(name);
                    let noun = if is_required {
                        "required property"
                    } else {
                        "property"
                    };
                    let owner = owner.or(spec, upstream);
                    self.member(Kind::Schema, noun, &site.named(name), pair, owner);
                }
            }
            Role::One(kind) => self.member(kind, key, &site.one(key), (spec, upstream), owner),
            Role::Named(kind, noun) => {
                for (name, pair) in paired(named(spec), named(upstream)) {
                    let owner = owner.or(spec, upstream);
                    self.member(kind, noun, &site.named(name), pair, owner);
                }
            }
            Role::Listed(kind, noun) => self.list(kind, noun, site, (spec, upstream), owner),
        }
    }
}

/// The parts of a mapping by name.
fn named(mapping: Option<Part<'_>>) -> Vec<(&str, Part<'_>)> {
    mapping.map(Part::named).unwrap_or_default()
}

/// The items of a list, by value.
fn by_value(list: Option<Part<'_>>) -> Vec<(String, Part<'_>)> {
    let items = list.map(Part::items).unwrap_or_default();
    let by_value = items.into_iter().map(|item| (item.node.to_json(), item));
    by_value.collect()
}

/// A part of a list, with its identity: its name, and its place if it has one.
type Identified<'a> = ((String, Option<&'a str>), Part<'a>);

fn identified<'a>(list: Option<Part<'a>>, root: Part<'a>) -> Vec<Identified<'a>> {
    let items = list.map(Part::items).unwrap_or_default();
    let identified = items.into_iter().enumerate();
    identified
        .map(|(index, item)| (item.identity(index, root), item))
        .collect()
}

/// Whether the names alone identify the parts. A part with another place is then still the same part.
fn is_unique(parts: &[Identified<'_>]) -> bool {
    let names: BTreeSet<&str> = parts.iter().map(|((name, _), _)| name.as_str()).collect();
    names.len() == parts.len()
}

fn unplaced(parts: Vec<Identified<'_>>) -> Vec<Identified<'_>> {
    let parts = parts.into_iter();
    parts
        .map(|((name, _), part)| ((name, None), part))
        .collect()
}
