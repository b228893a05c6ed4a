//! Chooses the site that names the type of an inline schema. Inline schemas with the same structure share one type.
//!
//! The site nearest to a component wins. Among equally near sites, responses come before events, and events before requests. So
//! an inline schema of an operation takes no name from a component. A schema in requests and responses gets its name from the
//! response, because an API gets new operations and parameters more often than new responses.

use std::collections::{HashMap, HashSet};

use super::shapes;
use super::sites::Site;
use super::type_name;
use crate::config::Config;
use crate::lower::resolve::{Content, Resolved, Schema};

/// The sites, by the structure of their schemas.
pub(super) fn find(resolved: &Resolved<'_>, config: &Config) -> HashMap<String, Site> {
    let mut walk = Walk {
        config,
        resolved,
        visited: HashSet::new(),
        merged: HashSet::new(),
        homes: HashMap::new(),
    };
    for operation in &resolved.operations {
        for (_, contents) in &operation.answers {
            walk.contents(contents);
        }
    }
    for webhook in &resolved.webhooks {
        walk.contents(&webhook.contents);
    }
    for operation in &resolved.operations {
        for parameter in &operation.parameters {
            walk.schema(&parameter.schema, None);
        }
        walk.contents(&operation.bodies);
    }
    walk.homes
}

struct Walk<'w, 'a> {
    config: &'w Config,
    resolved: &'w Resolved<'a>,
    /// The components that were visited.
    visited: HashSet<&'w str>,
    /// The merged schemas that were visited, and whether the visit was inside a component.
    merged: HashSet<(usize, bool)>,
    homes: HashMap<String, Site>,
}

impl<'w, 'a> Walk<'w, 'a> {
    fn contents(&mut self, contents: &'w [Content<'a>]) {
        for content in contents {
            self.schema(&content.schema, None);
        }
    }

    /// Visits a schema; `site` is its site in a component, if there is one.
    fn schema(&mut self, schema: &'w Schema<'a>, site: Option<Site>) {
        if let Some(name) = schema.reference {
            return self.component(&name.value);
        }
        let (schema, is_new) = match schema.merged {
            Some(number) => {
                let is_new = self.merged.insert((number, site.is_some()));
                (self.resolved.merged(number), is_new)
            }
            None => (schema, true),
        };
        let site = site.map(|site| self.note(schema, site));
        if is_new {
            self.members(schema, site.as_ref());
        }
    }

    /// Visits the schemas inside a schema.
    fn members(&mut self, schema: &'w Schema<'a>, site: Option<&Site>) {
        for property in &schema.properties {
            let site = site.map(|site| site.property(&property.name.value));
            self.schema(&property.schema, site);
        }
        if let Some(items) = &schema.items {
            self.schema(items, site.map(Site::items));
        }
        if let Some(values) = &schema.map_values {
            self.schema(values, site.map(Site::values));
        }
        // If a union has a single branch beside null, the branch is the type.
        if let [member] = schema.members().collect::<Vec<_>>().as_slice() {
            return self.schema(member, site.cloned());
        }
        for (index, branch) in schema.branches.iter().enumerate() {
            self.schema(branch, site.map(|site| site.branch(index)));
        }
    }

    fn component(&mut self, name: &'w str) {
        let Some(component) = self.resolved.component(name) else {
            return;
        };
        if !self.visited.insert(name) {
            return;
        }
        let given = self.config.type_name_at(name);
        let by_rule = || type_name(name).ident.to_string();
        let site = Site::root(name, given.map_or_else(by_rule, |text| text.value.clone()));
        if component.schema.reference.is_some() {
            self.schema(&component.schema, None);
        } else {
            self.members(&component.schema, Some(&site));
        }
    }

    /// Records the site of an inline schema, unless the same structure has a site that is as near to a component. Returns the
    /// chosen site.
    fn note(&mut self, schema: &Schema<'_>, mut site: Site) -> Site {
        if let Some(given) = self.config.type_name_at(&site.path) {
            site.name.clone_from(&given.value);
        } else if shapes::may_be_item(schema) {
            let structure = shapes::structure(schema);
            match self.homes.get(&structure) {
                Some(home) if home.steps <= site.steps => site = home.clone(),
                _ => {
                    self.homes.insert(structure, site.clone());
                }
            }
        }
        site
    }
}
