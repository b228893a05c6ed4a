//! Warns about objects within a request that require a read-only property.

use std::collections::HashSet;

use crate::diagnostic::Diagnostics;
use crate::lower::resolve::{Kind, Resolved, Schema};
use crate::tree::Place;

/// Warns about read-only properties that objects within a request body require.
pub(super) fn check_below<'a>(
    schema: &Schema<'a>,
    resolved: &Resolved<'a>,
    diagnostics: &mut Diagnostics,
) {
    let mut walk = Walk {
        resolved,
        diagnostics,
        seen: HashSet::new(),
    };
    walk.schema(schema);
}

struct Walk<'r, 'a> {
    resolved: &'r Resolved<'a>,
    diagnostics: &'r mut Diagnostics,
    seen: HashSet<Place>,
}

impl<'a> Walk<'_, 'a> {
    /// Whether a field of the schema always has a value. A list may be empty, and null counts as no value.
    fn is_always_sent(&self, schema: &Schema<'a>) -> bool {
        let target = self.resolved.target(schema);
        let may_lack = self.resolved.is_nullable(schema) || self.resolved.is_write_only(schema);
        !may_lack && target.is_some_and(|target| !target.is_list())
    }

    fn schema(&mut self, schema: &Schema<'a>) {
        let resolved = self.resolved;
        let Some(target) = resolved.target(schema) else {
            return;
        };
        if !self.seen.insert(target.place) {
            return;
        }
        let inner = target.items.iter().chain(&target.map_values);
        for inner in inner {
            self.schema(inner);
        }
        for branch in target.members() {
            self.schema(branch);
        }
        if !matches!(target.kind(), Kind::Object) {
            return;
        }
        for property in &target.properties {
            let name = &property.name.value;
            if !resolved.is_read_only(&property.schema) {
                self.schema(&property.schema);
            } else if target.requires(name) && self.is_always_sent(&property.schema) {
                let message = format!("a request requires `{name}`, which is read-only");
                self.diagnostics.warning(property.name.place, message).help(
                    "use a separate object for requests, or remove the property from `required`",
                );
            }
        }
    }
}
