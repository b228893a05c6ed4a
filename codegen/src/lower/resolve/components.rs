//! Finds the target of a `$ref`.

use std::collections::BTreeMap;

use super::heirs::{self, Heirs};
use super::pointers;
use crate::diagnostic::Diagnostics;
use crate::openapi::{
    Component, Document, Moved, Parameter, Reference, RequestBody, Response, Schema,
    is_mapped_reference,
};
use crate::reader::Text;
use crate::suggest::closest;

/// The components of a document by name.
pub(super) struct Components<'a> {
    schemas: BTreeMap<&'a str, &'a Component<Schema>>,
    parameters: BTreeMap<&'a str, &'a Component<Parameter>>,
    responses: BTreeMap<&'a str, &'a Component<Response>>,
    request_bodies: BTreeMap<&'a str, &'a Component<RequestBody>>,
    heirs: Heirs<'a>,
    /// The schemas outside `components` that became components.
    pub(super) moved: &'a Moved,
}

impl<'a> Components<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        let schemas = by_name(&document.schemas);
        Self {
            heirs: Heirs::of(document, &schemas),
            schemas,
            parameters: by_name(&document.parameters),
            responses: by_name(&document.responses),
            request_bodies: by_name(&document.request_bodies),
            moved: &document.moved,
        }
    }

    /// The schema that a `$ref` leads to, through all components that only refer to another one.
    pub(super) fn target(&self, schema: &Schema) -> Option<&'a Schema> {
        let first = self.schema(schema.reference.as_ref()?, &mut Diagnostics::default())?;
        Some(&self.end(first)?.value)
    }

    /// The component that a component leads to, through all components that only refer to another one; `None` in a cycle.
    pub(super) fn end(&self, component: &'a Component<Schema>) -> Option<&'a Component<Schema>> {
        heirs::end(component, &self.schemas)
    }

    /// The schema component with a name.
    pub(super) fn named(&self, name: &str) -> Option<&'a Component<Schema>> {
        self.schemas.get(name).copied()
    }

    /// The components that include a base by `allOf`, if the base has a discriminator and lists no branches. They are the base's
    /// branches.
    pub(super) fn heirs(&self, base: &Schema) -> Vec<&'a Component<Schema>> {
        self.heirs.of_base(base)
    }

    /// The components that only give a base, or a component that includes it, another name.
    pub(super) fn other_names(&self, base: &Schema) -> Vec<&'a Component<Schema>> {
        self.heirs.other_names(base)
    }

    /// The name of a base with heirs, as a value of its discriminator.
    pub(super) fn kind_of_base(&self, base: &Schema) -> Option<Text> {
        self.heirs.kind_of(base)
    }

    /// Adds the values of a discriminator that lead to components which include a component.
    pub(super) fn add_values_below(
        &self,
        base: &Component<Schema>,
        property: &str,
        values: &mut Vec<Text>,
    ) {
        self.heirs.add_values_below(base, property, values);
    }

    /// Whether the schema is a component that is a branch of a base in its own `allOf`. It is therefore never the same as the
    /// base.
    pub(super) fn is_heir(&self, schema: &Schema, base: &Text) -> bool {
        let base = self.schema(base, &mut Diagnostics::default());
        let Some(base) = base.and_then(|base| self.end(base)) else {
            return false;
        };
        let is_it = |target: Option<&Schema>| target.is_some_and(|it| std::ptr::eq(it, schema));
        let mut branches = base.value.branches.iter();
        let mut heirs = self.heirs(&base.value).into_iter();
        branches.any(|branch| is_it(self.target(branch)))
            || heirs.any(|heir| is_it(Some(&heir.value)))
    }

    /// The schema that a `$ref` points to, with its name.
    pub(super) fn schema(
        &self,
        reference: &Text,
        diagnostics: &mut Diagnostics,
    ) -> Option<&'a Component<Schema>> {
        find(&self.schemas, "schemas", reference, diagnostics)
    }

    /// The parameter, inline or in `components`.
    pub(super) fn parameter(
        &self,
        parameter: &'a Reference<Parameter>,
        diagnostics: &mut Diagnostics,
    ) -> Option<&'a Parameter> {
        resolve(parameter, &self.parameters, "parameters", diagnostics)
    }

    /// The response, inline or in `components`.
    pub(super) fn response(
        &self,
        response: &'a Reference<Response>,
        diagnostics: &mut Diagnostics,
    ) -> Option<&'a Response> {
        resolve(response, &self.responses, "responses", diagnostics)
    }

    /// The request body, inline or in `components`.
    pub(super) fn request_body(
        &self,
        body: &'a Reference<RequestBody>,
        diagnostics: &mut Diagnostics,
    ) -> Option<&'a RequestBody> {
        resolve(body, &self.request_bodies, "requestBodies", diagnostics)
    }
}

fn by_name<T>(components: &[Component<T>]) -> BTreeMap<&str, &Component<T>> {
    components
        .iter()
        .map(|component| (component.name.value.as_str(), component))
        .collect()
}

fn resolve<'a, T>(
    part: &'a Reference<T>,
    components: &BTreeMap<&'a str, &'a Component<T>>,
    section: &str,
    diagnostics: &mut Diagnostics,
) -> Option<&'a T> {
    match part {
        Reference::Inline(part) => Some(part),
        Reference::To(link) => {
            find(components, section, &link.target, diagnostics).map(|found| &found.value)
        }
    }
}

fn find<'a, T>(
    components: &BTreeMap<&'a str, &'a Component<T>>,
    section: &str,
    reference: &Text,
    diagnostics: &mut Diagnostics,
) -> Option<&'a Component<T>> {
    let prefix = pointers::prefix(section);
    let Some(name) = pointers::name_in(section, &reference.value) else {
        let message = format!(
            "`{}` does not point into `components/{section}`",
            reference.value
        );
        diagnostics
            .error(reference.place, message)
            .help(format!("write `{prefix}` and the name of a component"));
        return None;
    };
    let found = components.get(name.as_str()).copied();
    if found.is_none() {
        let help = closest(&name, components.keys().copied()).map_or_else(
            || format!("add the component to `components/{section}`, or correct the name"),
            |known| format!("did you mean `{prefix}{known}`?"),
        );
        diagnostics
            .error(
                reference.place,
                format!("`{}` does not exist", reference.value),
            )
            .help(help);
    }
    found
}

/// A value of `mapping` as a `$ref`. OpenAPI also allows just the name of a component.
pub(super) fn branch_reference(target: &Text) -> Text {
    if is_mapped_reference(&target.value) {
        return target.clone();
    }
    Text {
        value: format!("#/components/schemas/{}", target.value),
        place: target.place,
    }
}
