//! Compares values that contain no other parts: types, limits, required names.

use super::super::tree::difference;
use super::change::Verdict;
use super::compare::Comparison;
use super::described;
use super::part::{Both, Pair, Part, Site, paired};

impl<'a> Comparison<'a> {
    /// Compares two values: mappings key by key, all others as wholes.
    pub(super) fn value(&mut self, key: &str, site: &Site, both: Both<'a>) {
        let Both { spec, upstream } = both;
        if spec.is_mapping() && upstream.is_mapping() {
            for (name, pair) in paired(spec.named(), upstream.named()) {
                let site = site.named(name);
                match pair {
                    (Some(spec), Some(upstream)) => self.value(key, &site, Both { spec, upstream }),
                    _ => self.lone_value(key, &site, pair, both),
                }
            }
        } else if difference(spec.node, upstream.node).is_some() {
            let (old, new) = (described::value(spec), described::value(upstream));
            self.change(key, site, &old, &new, both);
        }
    }

    /// Records a value that only one document has.
    pub(super) fn lone_value(
        &mut self,
        key: &str,
        site: &Site,
        (spec, upstream): Pair<'a>,
        owner: Both<'a>,
    ) {
        let (verdict, value) = match (spec, upstream) {
            (Some(spec), None) => (Verdict::Removed, spec),
            (None, Some(upstream)) => (Verdict::Added, upstream),
            _ => return,
        };
        let text = format!("{}: {}", site.with(key), described::value(value));
        self.record(verdict, site, text, owner.or(spec, upstream));
    }

    /// Compares the types of two schemas. The notation for null makes no difference.
    pub(super) fn types(&mut self, site: &Site, schemas: Both<'a>) {
        let spec = described::types(schemas.spec);
        let upstream = described::types(schemas.upstream);
        if spec != upstream {
            let places = schemas.or(schemas.spec.at("type"), schemas.upstream.at("type"));
            self.change("type", site, &or_any(&spec), &or_any(&upstream), places);
        }
    }

    /// Compares the required properties of two schemas. A property that only one schema has gets its own line.
    pub(super) fn required(&mut self, site: &Site, schemas: Both<'a>) {
        let has = |schema: Part<'_>, name: &str| {
            let properties = schema.at("properties");
            properties.is_some_and(|properties| properties.at(name).is_some())
        };
        let listed = schemas.or(schemas.spec.at("required"), schemas.upstream.at("required"));
        let names = listed
            .spec
            .items()
            .into_iter()
            .chain(listed.upstream.items());
        for name in names.filter_map(Part::as_text) {
            let verdict = match (schemas.spec.requires(name), schemas.upstream.requires(name)) {
                (true, false) => Verdict::Removed,
                (false, true) => Verdict::Added,
                _ => continue,
            };
            if has(schemas.spec, name) == has(schemas.upstream, name) {
                let text = format!("required {}", site.named(name).path);
                self.record(verdict, site, text, listed);
            }
        }
    }

    /// Records that a value differs between the spec and the published document.
    pub(super) fn change(
        &mut self,
        key: &str,
        site: &Site,
        spec: &str,
        upstream: &str,
        both: Both<'a>,
    ) {
        let text = format!("{}: {spec} → {upstream}", site.with(key));
        self.record(Verdict::Changed, site, text, both);
    }
}

fn or_any(types: &[String]) -> String {
    match types {
        [] => "any".to_owned(),
        _ => types.join(" or "),
    }
}
