//! Which site gives a shape its type's name: shapes of the same structure are one type, wherever they stand.
//!
//! The site nearest to its component does; of several, the first in the order in which answers, then events, then requests
//! reach the components. So what an operation writes in place takes no name away from a component, and what requests
//! share with answers is called as in the answer: an API grows by operations and parameters more than by answers.

use std::collections::{HashMap, HashSet};

use super::components::Components;
use super::scope::{Scope, Site, type_name};
use super::shapes;
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::openapi::{
    AdditionalProperties, Document, MediaType, Operation, Reference, RequestBody, Schema,
};
use crate::reader::Text;

/// The sites by the structure of what stands there.
pub(super) fn find(document: &Document, scope: &Scope<'_>) -> HashMap<String, Site> {
    let mut walk = Walk {
        config: scope.config,
        components: &scope.components,
        visited: HashSet::new(),
        homes: HashMap::new(),
        // Mistakes are reported where types are made.
        ignored: Diagnostics::default(),
    };
    for operation in &document.operations {
        walk.answers(operation);
    }
    for webhook in &document.webhooks {
        walk.body(webhook.body.as_ref());
    }
    for operation in &document.operations {
        walk.inputs(operation);
    }
    walk.homes
}

struct Walk<'a> {
    config: &'a Config,
    components: &'a Components<'a>,
    /// The components that were reached.
    visited: HashSet<&'a str>,
    homes: HashMap<String, Site>,
    ignored: Diagnostics,
}

impl<'a> Walk<'a> {
    fn answers(&mut self, operation: &'a Operation) {
        for (status, response) in &operation.responses {
            if (status.value.starts_with('2') || status.value == "default")
                && let Some(response) = self.components.response(response, &mut self.ignored)
            {
                self.contents(&response.contents);
            }
        }
    }

    fn inputs(&mut self, operation: &'a Operation) {
        for parameter in &operation.parameters {
            if let Some(parameter) = self.components.parameter(parameter, &mut self.ignored) {
                self.schema(&parameter.schema, None);
            }
        }
        self.body(operation.body.as_ref());
    }

    fn body(&mut self, body: Option<&'a Reference<RequestBody>>) {
        if let Some(body) = body
            && let Some(body) = self.components.request_body(body, &mut self.ignored)
        {
            self.contents(&body.contents);
        }
    }

    fn contents(&mut self, contents: &'a [MediaType]) {
        for schema in contents
            .iter()
            .filter_map(|content| content.schema.as_ref())
        {
            self.schema(schema, None);
        }
    }

    /// Goes through a schema; `site` is where it stands in a component, if it does.
    fn schema(&mut self, schema: &'a Schema, site: Option<Site>) {
        if let Some(reference) = &schema.reference {
            return self.component(reference, None);
        }
        let site = site.map(|site| self.note(schema, site));
        self.members(schema, site.as_ref());
    }

    /// What a schema holds; that of an `allOf` is its own.
    fn members(&mut self, schema: &'a Schema, site: Option<&Site>) {
        for property in &schema.properties {
            let site = site.map(|site| site.property(&property.name.value));
            self.schema(&property.schema, site);
        }
        if let Some(items) = &schema.items {
            self.schema(items, site.map(Site::items));
        }
        if let Some(AdditionalProperties::Schema(values)) = &schema.additional_properties {
            self.schema(values, site.map(Site::values));
        }
        for (index, branch) in schema.branches.iter().enumerate() {
            self.schema(branch, site.map(|site| site.branch(index)));
        }
        for branch in &schema.all_of {
            match &branch.reference {
                Some(reference) => self.component(reference, site),
                None => self.members(branch, site),
            }
        }
    }

    /// Goes through a component; `merged_into` is the site of a schema whose `allOf` has it.
    fn component(&mut self, reference: &'a Text, merged_into: Option<&Site>) {
        let Some(found) = self.components.schema(reference, &mut self.ignored) else {
            return;
        };
        let path = &found.name.value;
        if !self.visited.insert(path) {
            return;
        }
        let given = self.config.type_name_at(path);
        let site = Site {
            path: path.clone(),
            name: given.map_or_else(
                || type_name(path).ident.to_string(),
                |text| text.value.clone(),
            ),
        };
        self.members(&found.value, merged_into.or(Some(&site)));
    }

    /// Notes a shape that is written in place, unless the same was met as near to a component; gives its home.
    fn note(&mut self, schema: &Schema, mut site: Site) -> Site {
        if let Some(given) = self.config.type_name_at(&site.path) {
            site.name.clone_from(&given.value);
        } else if shapes::is_item(schema) {
            let structure = shapes::structure(schema);
            match self.homes.get(&structure) {
                Some(home) if depth(home) <= depth(&site) => site = home.clone(),
                _ => {
                    self.homes.insert(structure, site.clone());
                }
            }
        }
        site
    }
}

/// How many steps from its component a site is.
fn depth(site: &Site) -> usize {
    site.path.matches(['.', '[', '{', '|']).count()
}
