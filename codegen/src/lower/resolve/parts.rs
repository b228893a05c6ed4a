//! A schema and what its `allOf` adds to it, through all references.

use std::collections::HashSet;

use super::components::Components;
use crate::diagnostic::Diagnostics;
use crate::openapi::{self, Discriminator};
use crate::reader::Text;

/// A schema and what its `allOf` holds, the outermost first.
pub(super) struct Parts<'a> {
    pub(super) all: Vec<&'a openapi::Schema>,
    /// Those whose union does not count: bases that have as a branch what is made of them.
    bases: Vec<&'a openapi::Schema>,
}

impl<'a> Parts<'a> {
    /// Those of a schema, or of what it refers to.
    pub(super) fn of(
        schema: &'a openapi::Schema,
        components: &Components<'a>,
        diagnostics: &mut Diagnostics,
        circles: &mut HashSet<&'a str>,
    ) -> Self {
        let mut walk = Walk {
            components,
            diagnostics,
            path: Vec::new(),
            within: Vec::new(),
            parts: Vec::new(),
            bases: Vec::new(),
            circles,
        };
        match &schema.reference {
            Some(reference) => walk.component(reference),
            None => walk.within(schema),
        }
        Self {
            all: walk.parts,
            bases: walk.bases,
        }
    }

    /// The same, where mistakes are reported already: each component is resolved by itself.
    pub(super) fn quietly(schema: &'a openapi::Schema, components: &Components<'a>) -> Self {
        let ignored = &mut Diagnostics::default();
        Self::of(schema, components, ignored, &mut HashSet::new())
    }

    /// The same, with what stands beside a union of which this is a branch.
    pub(super) fn beside(&self, union: &Self) -> Self {
        Self {
            all: [self.all.as_slice(), &union.all].concat(),
            bases: [self.bases.as_slice(), &union.all].concat(),
        }
    }

    /// The properties; of two of one name the first.
    pub(super) fn properties(&self) -> Vec<&'a openapi::Property> {
        let mut properties: Vec<&openapi::Property> = Vec::new();
        for property in self.all.iter().flat_map(|part| &part.properties) {
            let name = &property.name.value;
            if properties.iter().all(|known| known.name.value != *name) {
                properties.push(property);
            }
        }
        properties
    }

    /// The property called `name`.
    pub(super) fn property(&self, name: &str) -> Option<&'a openapi::Schema> {
        self.all.iter().find_map(|part| part.property(name))
    }

    /// The values of an enum.
    pub(super) fn values(&self) -> Option<&'a [Text]> {
        self.first(|part| part.values.as_deref())
    }

    /// What the outermost that says it says.
    pub(super) fn first<T>(&self, say: impl Fn(&'a openapi::Schema) -> Option<T>) -> Option<T> {
        self.all.iter().find_map(|part| say(part))
    }

    /// The branches of a union; each part may have some.
    pub(super) fn branches(&self) -> impl Iterator<Item = &'a openapi::Schema> {
        self.unions().flat_map(|part| &part.branches)
    }

    /// What tells the branches apart, if the document says so.
    pub(super) fn discriminator(&self) -> Option<&'a Discriminator> {
        self.unions().find_map(|part| part.discriminator.as_ref())
    }

    fn unions(&self) -> impl Iterator<Item = &'a openapi::Schema> {
        let counts = |part: &&'a openapi::Schema| !holds(&self.bases, part);
        self.all.iter().copied().filter(counts)
    }
}

/// Whether one of the schemas is this one, and not only the same.
fn holds(schemas: &[&openapi::Schema], schema: &openapi::Schema) -> bool {
    schemas.iter().any(|known| std::ptr::eq(*known, schema))
}

/// Goes through a schema and what its `allOf` holds.
struct Walk<'a, 'm> {
    components: &'m Components<'a>,
    diagnostics: &'m mut Diagnostics,
    /// The components on the way to where it is.
    path: Vec<&'a str>,
    /// What it goes through on that way: the schema itself, and the components.
    within: Vec<&'a openapi::Schema>,
    parts: Vec<&'a openapi::Schema>,
    bases: Vec<&'a openapi::Schema>,
    /// The components that are in a circle which was reported.
    circles: &'m mut HashSet<&'a str>,
}

impl<'a> Walk<'a, '_> {
    fn within(&mut self, schema: &'a openapi::Schema) {
        self.within.push(schema);
        self.schema(schema);
        self.within.pop();
    }

    fn schema(&mut self, schema: &'a openapi::Schema) {
        self.parts.push(schema);
        if self.is_base(schema) {
            self.bases.push(schema);
        }
        for branch in &schema.all_of {
            match &branch.reference {
                Some(reference) => self.component(reference),
                None => self.schema(branch),
            }
        }
    }

    /// What a component holds, through all references that only lead to another.
    fn component(&mut self, reference: &'a Text) {
        let mut path = self.path.iter();
        if let Some(start) = path.position(|open| *open == reference.value) {
            self.report_circle(reference, start);
            return;
        }
        let Some(found) = self.components.schema(reference, self.diagnostics) else {
            return;
        };
        self.path.push(&reference.value);
        match &found.value.reference {
            Some(further) => self.component(further),
            None => self.within(&found.value),
        }
        self.path.pop();
    }

    /// Whether what the walk came from is a branch of the schema.
    fn is_base(&self, schema: &openapi::Schema) -> bool {
        let others: Vec<&openapi::Schema> = self
            .within
            .iter()
            .copied()
            .filter(|other| !std::ptr::eq(*other, schema))
            .collect();
        let mut targets = schema.branches.iter();
        targets.any(|branch| {
            let target = self.components.target(branch);
            target.is_some_and(|target| holds(&others, target))
        })
    }

    /// Reports a circle of references, once for each circle.
    fn report_circle(&mut self, closing: &Text, start: usize) {
        let circle = &self.path[start..];
        let is_new = circle.iter().all(|name| !self.circles.contains(name));
        self.circles.extend(circle);
        if is_new {
            let message = format!("`{}` is merged into itself", closing.value);
            self.diagnostics
                .error(closing.place, message)
                .help("remove the reference that closes the circle");
        }
    }
}
