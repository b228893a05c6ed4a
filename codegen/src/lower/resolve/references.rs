//! Follows every `$ref` of a document once, even in errors and unused components.

use super::components::{Components, branch_reference};
use crate::diagnostic::Diagnostics;
use crate::openapi::{
    AdditionalProperties, Document, MediaType, Parameter, Reference, RequestBody, Response, Schema,
};

/// Reports each `$ref` without a target.
pub(super) fn check<'a>(
    document: &'a Document,
    components: &Components<'a>,
    diagnostics: &mut Diagnostics,
) {
    let mut walk = Walk {
        components,
        diagnostics,
    };
    for operation in &document.operations {
        for parameter in &operation.parameters {
            walk.parameter(parameter);
        }
        walk.body(operation.body.as_ref());
        for (_, response) in &operation.responses {
            walk.response(response);
        }
    }
    for webhook in &document.webhooks {
        walk.body(webhook.body.as_ref());
    }
    walk.in_components(document);
}

struct Walk<'a, 'm> {
    components: &'m Components<'a>,
    diagnostics: &'m mut Diagnostics,
}

impl<'a> Walk<'a, '_> {
    fn in_components(&mut self, document: &'a Document) {
        for schema in &document.schemas {
            self.schema(&schema.value);
        }
        for parameter in &document.parameters {
            self.schema(&parameter.value.schema);
        }
        for response in &document.responses {
            self.contents(&response.value.contents);
        }
        for body in &document.request_bodies {
            self.contents(&body.value.contents);
        }
    }

    fn parameter(&mut self, parameter: &'a Reference<Parameter>) {
        match parameter {
            Reference::Inline(parameter) => self.schema(&parameter.schema),
            Reference::To(_) => _ = self.components.parameter(parameter, self.diagnostics),
        }
    }

    fn body(&mut self, body: Option<&'a Reference<RequestBody>>) {
        match body {
            Some(Reference::Inline(body)) => self.contents(&body.contents),
            Some(body) => _ = self.components.request_body(body, self.diagnostics),
            None => {}
        }
    }

    fn response(&mut self, response: &'a Reference<Response>) {
        match response {
            Reference::Inline(response) => self.contents(&response.contents),
            Reference::To(_) => _ = self.components.response(response, self.diagnostics),
        }
    }

    fn contents(&mut self, contents: &[MediaType]) {
        for schema in contents
            .iter()
            .filter_map(|content| content.schema.as_ref())
        {
            self.schema(schema);
        }
    }

    fn schema(&mut self, schema: &Schema) {
        if let Some(reference) = &schema.reference {
            self.components.schema(reference, self.diagnostics);
        }
        let discriminator = schema.discriminator.iter();
        for (_, target) in discriminator.flat_map(|discriminator| &discriminator.mapping) {
            let target = branch_reference(target);
            self.components.schema(&target, self.diagnostics);
        }
        let properties = schema.properties.iter();
        let mut inner: Vec<&Schema> = properties.map(|property| &property.schema).collect();
        inner.extend(schema.items.as_deref());
        inner.extend(schema.all_of.iter().chain(&schema.branches));
        if let Some(AdditionalProperties::Schema(values)) = &schema.additional_properties {
            inner.push(values);
        }
        for schema in inner {
            self.schema(schema);
        }
    }
}
