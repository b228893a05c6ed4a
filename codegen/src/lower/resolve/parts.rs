//! A schema and what its `allOf` adds to it, through all references.

use std::collections::HashSet;

use super::components::Components;
use crate::diagnostic::Diagnostics;
use crate::openapi;
use crate::reader::Text;

/// A schema and what its `allOf` holds, the outermost first.
pub(super) struct Parts<'a>(pub(super) Vec<&'a openapi::Schema>);

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
            parts: Vec::new(),
            circles,
        };
        match &schema.reference {
            Some(reference) => walk.component(reference),
            None => walk.schema(schema),
        }
        Self(walk.parts)
    }

    /// The same, where mistakes are reported already: each component is resolved by itself.
    pub(super) fn quietly(schema: &'a openapi::Schema, components: &Components<'a>) -> Self {
        let ignored = &mut Diagnostics::default();
        Self::of(schema, components, ignored, &mut HashSet::new())
    }

    /// The properties; of two of one name the first.
    pub(super) fn properties(&self) -> Vec<&'a openapi::Property> {
        let mut properties: Vec<&openapi::Property> = Vec::new();
        for property in self.0.iter().flat_map(|part| &part.properties) {
            let name = &property.name.value;
            if properties.iter().all(|known| known.name.value != *name) {
                properties.push(property);
            }
        }
        properties
    }

    /// The property called `name`.
    pub(super) fn property(&self, name: &str) -> Option<&'a openapi::Schema> {
        self.0.iter().find_map(|part| part.property(name))
    }

    /// The values of an enum.
    pub(super) fn values(&self) -> Option<&'a [Text]> {
        self.first(|part| part.values.as_deref())
    }

    /// What the outermost that says it says.
    pub(super) fn first<T>(&self, say: impl Fn(&'a openapi::Schema) -> Option<T>) -> Option<T> {
        self.0.iter().find_map(|part| say(part))
    }

    /// The branches of a union; each part may have some.
    pub(super) fn branches(&self) -> impl Iterator<Item = &'a openapi::Schema> {
        self.0.iter().flat_map(|part| &part.branches)
    }
}

/// Goes through a schema and what its `allOf` holds.
struct Walk<'a, 'm> {
    components: &'m Components<'a>,
    diagnostics: &'m mut Diagnostics,
    /// The components on the way to where it is.
    path: Vec<&'a str>,
    parts: Vec<&'a openapi::Schema>,
    /// The components that are in a circle which was reported.
    circles: &'m mut HashSet<&'a str>,
}

impl<'a> Walk<'a, '_> {
    fn schema(&mut self, schema: &'a openapi::Schema) {
        self.parts.push(schema);
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
            None => self.schema(&found.value),
        }
        self.path.pop();
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
