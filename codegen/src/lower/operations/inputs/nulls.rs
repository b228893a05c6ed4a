//! Warns about nulls that the client cannot send.

use std::collections::HashSet;

use super::draft::{Draft, Need};
use crate::lower::resolve::{Kind, Resolved, Schema};
use crate::lower::types::{Told, Types};
use crate::tree::Place;

/// Says of the items of lists and the values of maps in a request that none of them is null, though it may be.
pub(super) fn check_items<'a>(schema: &'a Schema<'a>, types: &mut Types<'a>) {
    let mut walk = Walk::of(types);
    walk.items(schema);
    for (name, place) in walk.found {
        if types.tell_once(place, Told::NullItem) {
            let message = format!("{name} may be null, but the client never sends null there");
            types.diagnostics.warning(place, message);
        }
    }
}

/// Says of a property that may be null, and has no setter that sends null, that it never is.
pub(super) fn tell_lost(draft: &Draft<'_>, types: &mut Types<'_>) {
    let name = &draft.wire;
    let what = match draft.need {
        Need::Optional => "setter",
        Need::Listed(_) | Need::Required | Need::RequiredProperty(_) => "argument",
    };
    let message = format!(
        "`{name}` may be null, but its {what} takes only a value: the client never sends null"
    );
    types.diagnostics.warning(draft.place, message);
}

/// Says of the properties of objects in a partial update that they cannot be taken away alone. A list is replaced as a
/// whole, so that nothing in it needs to be.
pub(super) fn check_below<'a>(schema: &'a Schema<'a>, types: &mut Types<'a>) {
    let mut walk = Walk::of(types);
    walk.members(schema);
    for (name, place) in walk.found {
        if !types.tell_once(place, Told::NullBelow) {
            continue;
        }
        let message =
            format!("`{name}` may be null, but the client never sends null inside an object");
        types
            .diagnostics
            .warning(place, message)
            .help("to send null here, use `client.patch(…)`");
    }
}

struct Walk<'a> {
    resolved: &'a Resolved<'a>,
    seen: HashSet<Place>,
    found: Vec<(String, Place)>,
}

impl<'a> Walk<'a> {
    fn of(types: &Types<'a>) -> Self {
        Self {
            resolved: types.resolved,
            seen: HashSet::new(),
            found: Vec::new(),
        }
    }

    /// Finds items and values that may be null, at any depth.
    fn items(&mut self, schema: &'a Schema<'a>) {
        let Some(target) = self.resolved.target(schema) else {
            return;
        };
        if !self.seen.insert(target.place) {
            return;
        }
        let items = target
            .items
            .as_deref()
            .map(|items| ("an item of the list", items));
        let values = target.map_values.as_deref();
        let values = values.map(|values| ("a value of the map", values));
        for (name, inner) in items.into_iter().chain(values) {
            if self.resolved.is_nullable(inner) {
                self.found.push((name.to_owned(), inner.place));
            }
            self.items(inner);
        }
        for property in self.resolved.sent(target) {
            self.items(&property.schema);
        }
    }

    fn members(&mut self, schema: &'a Schema<'a>) {
        let Some(target) = self.resolved.target(schema) else {
            return;
        };
        if !self.seen.insert(target.place) {
            return;
        }
        if let Some(values) = &target.map_values {
            self.members(values);
        }
        if matches!(target.kind(), Kind::Object) {
            for property in self.resolved.sent(target) {
                if self.resolved.is_nullable(&property.schema) {
                    let name = property.name;
                    self.found.push((name.value.clone(), name.place));
                }
                self.members(&property.schema);
            }
        }
    }
}
