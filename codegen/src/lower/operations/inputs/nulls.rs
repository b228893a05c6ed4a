//! Nulls that mean something and cannot be sent: they are told at their place.

use std::collections::HashSet;

use crate::lower::resolve::{Kind, Resolved, Schema};
use crate::lower::types::Types;
use crate::tree::Place;

/// Says of a property that has to be there, and may be null, that it never is.
pub(super) fn check_required(name: &str, place: Place, types: &mut Types<'_>) {
    let message = format!(
        "`{name}` may be null, but its argument takes only a value: the client never sends null"
    );
    types.diagnostics.warning(place, message);
}

/// Says of the properties of objects in a partial update that they cannot be taken away alone. A list is replaced as a
/// whole, so that nothing in it needs to be.
pub(super) fn check_below<'a>(schema: &'a Schema<'a>, types: &mut Types<'a>) {
    let mut walk = Walk {
        resolved: types.resolved,
        seen: HashSet::new(),
        found: Vec::new(),
    };
    walk.members(schema);
    for (name, place) in walk.found {
        if types.is_told(place) {
            continue;
        }
        let message = format!(
            "`{name}` may be null, but the client sends null only at the top level of a PATCH"
        );
        types
            .diagnostics
            .warning(place, message)
            .help("to send null here, use `client.patch(…)`");
    }
}

struct Walk<'r, 'a> {
    resolved: &'r Resolved<'a>,
    seen: HashSet<Place>,
    found: Vec<(String, Place)>,
}

impl<'r, 'a> Walk<'r, 'a> {
    fn members(&mut self, schema: &'r Schema<'a>) {
        let Some(target) = self.resolved.target(schema) else {
            return;
        };
        if !self.seen.insert(target.place) {
            return;
        }
        if let Some(values) = &target.map_values {
            if self.is_nullable(values) {
                self.found
                    .push(("a value of the map".to_owned(), values.place));
            }
            self.members(values);
        }
        if matches!(target.kind(), Kind::Object) {
            for property in &target.properties {
                if self.is_nullable(&property.schema) {
                    let name = property.name;
                    self.found.push((name.value.clone(), name.place));
                }
                self.members(&property.schema);
            }
        }
    }

    /// Whether null fits the schema, or what it refers to.
    fn is_nullable(&self, schema: &Schema<'a>) -> bool {
        let is_it = |schema: &Schema<'a>| {
            let mut branches = schema.branches.iter();
            schema.nullable || branches.any(|branch| branch.is_null())
        };
        is_it(schema) || self.resolved.target(schema).is_some_and(is_it)
    }
}
