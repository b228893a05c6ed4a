//! Compares the components that references lead to, each once.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use telnyx_codegen::pointer::{last_name, to_component};

use super::super::tree::references;
use super::change::Verdict;
use super::compare::Comparison;
use super::part::{Both, Part, Site};
use super::roles;

/// Components that references in the documents lead to, by reference in the published document.
#[derive(Default)]
pub(super) struct Components {
    /// Components that both documents refer to in the same places.
    shared: VecDeque<String>,
    /// Components that only new parts of the published document refer to.
    brought: VecDeque<String>,
    /// References in the published document, with the reference in the spec if it is different.
    renamed: BTreeMap<String, String>,
    compared: BTreeSet<String>,
}

impl Components {
    /// Records the components that a part of the published document refers to.
    pub(super) fn bring(&mut self, part: Part<'_>) {
        let references = references(part.node).into_iter();
        self.brought.extend(references.map(str::to_owned));
    }

    /// The next component to compare. Components that only one document refers to come last, when every new name is known.
    fn next(&mut self) -> Option<String> {
        loop {
            let shared = self.shared.pop_front();
            let reference = shared.or_else(|| self.brought.pop_front())?;
            if self.compared.insert(reference.clone()) {
                return Some(reference);
            }
        }
    }
}

/// The description of an inline part, if the other document has a reference.
const IN_PLACE: &str = "written in place";

impl<'a> Comparison<'a> {
    /// Follows a reference. If only one document has a component here, it is compared now, or else later.
    pub(super) fn follow(&mut self, site: &Site, both: Both<'a>) -> Option<Both<'a>> {
        let roots = self.roots;
        match (both.spec.text("$ref"), both.upstream.text("$ref")) {
            (None, None) => Some(both),
            (Some(spec), Some(upstream)) => {
                self.same_component(spec, upstream, site, both);
                Some(both)
            }
            (Some(reference), None) => {
                self.change("$ref", site, &last_name(reference), IN_PLACE, both);
                Some(both.or(roots.spec.component(reference), None))
            }
            (None, Some(reference)) => {
                self.change("$ref", site, IN_PLACE, &last_name(reference), both);
                Some(both.or(None, roots.upstream.component(reference)))
            }
        }
    }

    /// Compares two references in the same place: to the same component, to a component with a new name, or to another component.
    fn same_component(&mut self, spec: &str, upstream: &str, site: &Site, both: Both<'a>) {
        let is_gone = self.roots.upstream.component(spec).is_none();
        let is_new = self.roots.spec.component(upstream).is_none();
        if spec != upstream && is_gone && is_new {
            self.components
                .renamed
                .insert(upstream.to_owned(), spec.to_owned());
        } else if spec != upstream {
            self.change("$ref", site, &last_name(spec), &last_name(upstream), both);
        }
        self.components.shared.push_back(upstream.to_owned());
    }

    /// Compares the components that references lead to, and then the other components of the spec.
    pub(super) fn compare_components(&mut self) {
        self.compare_referred();
        for reference in component_references(self.roots.spec) {
            let is_renamed = self
                .components
                .renamed
                .values()
                .any(|known| *known == reference);
            if !is_renamed {
                self.components.shared.push_back(reference);
                self.compare_referred();
            }
        }
    }

    fn compare_referred(&mut self) {
        while let Some(reference) = self.components.next() {
            self.component(&reference);
        }
    }

    /// Compares a component, by its name in the published document.
    fn component(&mut self, upstream: &str) {
        let roots = self.roots;
        let known_as = self.components.renamed.get(upstream).cloned();
        let spec = known_as.as_deref().unwrap_or(upstream);
        let section = upstream.split('/').nth(2).unwrap_or_default();
        let (heading, kind, noun) = roles::component(section);
        let site = Site::new(heading, &last_name(spec));
        let pair = (
            roots.spec.component(spec),
            roots.upstream.component(upstream),
        );
        if spec != upstream {
            let (name, new_name) = (last_name(spec), last_name(upstream));
            let text = format!("{noun} {name} has the new name {new_name}");
            self.record(Verdict::Changed, &site, text, roots.or(pair.0, pair.1));
        }
        let section = format!("#/components/{section}");
        let owner = roots.or(
            roots.spec.component(&section),
            roots.upstream.component(&section),
        );
        self.member(kind, noun, &site, pair, owner);
    }
}

/// References to all components of a document.
fn component_references(root: Part<'_>) -> Vec<String> {
    let sections = root.at("components").map(Part::named).unwrap_or_default();
    let references = sections.into_iter().flat_map(|(section, components)| {
        let names = components.named().into_iter();
        names.map(move |(name, _)| to_component(section, name))
    });
    references.collect()
}
