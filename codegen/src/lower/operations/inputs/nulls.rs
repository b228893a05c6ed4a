//! Warns about nulls and empty lists that the client cannot send, and about nulls that the client drops.

use std::collections::HashSet;

use super::draft::{Draft, Need};
use crate::lower::resolve::{Kind, Property, Resolved, Schema};
use crate::lower::types::{Told, Types};
use crate::openapi::Method;
use crate::tree::Place;

/// Warns about items of lists and values of maps in a request that may be null, because the client cannot send null there.
pub(super) fn check_items<'a>(schema: &'a Schema<'a>, types: &mut Types<'a>) {
    let resolved = types.resolved;
    let mut walk = Walk::of(types);
    walk.items(schema, &|property| !resolved.is_read_only(&property.schema));
    for (name, place) in walk.found {
        if types.tell_once(place, Told::NullItem) {
            let message = format!("{name} may be null, but the client never sends null there");
            types.diagnostics.warning(place, message).help(
                "to send null, change this schema in the overlay so that it allows any JSON value",
            );
        }
    }
}

/// Warns about items of lists and values of maps in a response that may be null, because the client omits them.
pub(in crate::lower::operations) fn check_read_items<'a>(
    schema: &'a Schema<'a>,
    types: &mut Types<'a>,
) {
    let resolved = types.resolved;
    let mut walk = Walk::of(types);
    walk.items(schema, &|property| {
        !resolved.is_write_only(&property.schema)
    });
    for (name, place) in walk.found {
        if types.tell_once(place, Told::NullItemRead) {
            let message =
                format!("{name} may be null, but the client omits null when it reads the response");
            types.diagnostics.warning(place, message).help(
                "to keep each null, change this schema in the overlay so that it allows any JSON value; without this change, `unread()` lists each null",
            );
        }
    }
}

/// Warns about a property that may be null but has no setter that sends null.
pub(super) fn tell_lost(draft: &Draft<'_>, types: &mut Types<'_>) {
    let name = &draft.wire;
    let what = match draft.need {
        Need::Optional => "setter",
        Need::Listed(_) | Need::Required | Need::RequiredProperty(_) => "argument",
    };
    let message = format!(
        "`{name}` may be null, but its {what} takes only a value, so the client never sends null"
    );
    types.diagnostics.warning(draft.place, message).help(
        "to send null, change this schema in the overlay so that it allows any JSON value, or send a raw request",
    );
}

/// Warns about properties of objects in a partial update that a program cannot clear or empty alone. A list is replaced as a
/// whole, so its items need no warning.
pub(super) fn check_below<'a>(schema: &'a Schema<'a>, method: Method, types: &mut Types<'a>) {
    let call = method.raw_call();
    let mut walk = Walk::of(types);
    walk.members(schema);
    for (name, place) in walk.found {
        if types.tell_once(place, Told::NullBelow) {
            let message =
                format!("`{name}` may be null, but the client never sends null inside an object");
            let warning = types.diagnostics.warning(place, message);
            if let Some(call) = &call {
                warning.help(format!("to send null here, use {call}"));
            }
        }
    }
    for (name, place) in walk.lists {
        if types.tell_once(place, Told::EmptyBelow) {
            let message = format!(
                "`{name}` may be empty, but the client never sends an empty optional list inside an object"
            );
            let warning = types.diagnostics.warning(place, message);
            if let Some(call) = &call {
                warning.help(format!("to send an empty list here, use {call}"));
            }
        }
    }
}

struct Walk<'a> {
    resolved: &'a Resolved<'a>,
    seen: HashSet<Place>,
    found: Vec<(String, Place)>,
    lists: Vec<(String, Place)>,
}

impl<'a> Walk<'a> {
    fn of(types: &Types<'a>) -> Self {
        Self {
            resolved: types.resolved,
            seen: HashSet::new(),
            found: Vec::new(),
            lists: Vec::new(),
        }
    }

    /// Finds items and values that may be null, at any depth, in the properties that exist in this direction.
    fn items(&mut self, schema: &'a Schema<'a>, travels: &dyn Fn(&Property<'a>) -> bool) {
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
            if self.loses_null(inner) {
                self.found.push((name.to_owned(), inner.place));
            }
            self.items(inner, travels);
        }
        for property in target.properties.iter().filter(|one| travels(one)) {
            self.items(&property.schema, travels);
        }
        for member in self.members_of(target) {
            self.items(member, travels);
        }
    }

    /// The members of a union without null. A union that becomes JSON keeps every null, so nothing in it is lost.
    fn members_of(&self, union: &'a Schema<'a>) -> impl Iterator<Item = &'a Schema<'a>> + use<'a> {
        let counts = union.is_union() && !self.resolved.is_json(union);
        let members = union.members().filter(move |_| counts);
        members.map(|member| &**member)
    }

    /// Whether the schema allows null, but its type in Rust does not.
    fn loses_null(&self, schema: &'a Schema<'a>) -> bool {
        self.resolved.is_nullable(schema) && !self.resolved.is_json(schema)
    }

    /// Whether an object has a map of additional properties with any JSON.
    fn holds_anything(&self, object: &Schema<'a>) -> bool {
        let values = object.map_values.as_deref();
        let target = values.and_then(|values| self.resolved.target(values));
        target.is_some_and(|target| matches!(target.kind(), Kind::Any))
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
        for member in self.members_of(target) {
            self.members(member);
        }
        if matches!(target.kind(), Kind::Object) {
            for property in self.resolved.sent(target) {
                self.member(target, property);
                self.members(&property.schema);
            }
        }
    }

    fn member(&mut self, object: &'a Schema<'a>, property: &'a Property<'a>) {
        let target = self.resolved.beside_null(&property.schema);
        let list = target.filter(|target| target.is_list());
        let is_required = object.requires(&property.name.value);
        let found = || (property.name.value.clone(), property.name.place);
        // The map of additional properties can contain the null. A required value other than a list becomes null if it is not
        // set.
        let sends_null = match is_required {
            true => list.is_none(),
            false => self.holds_anything(object),
        };
        if self.loses_null(&property.schema) && !sends_null {
            self.found.push(found());
        }
        // A null clears the contents of the list.
        let has_clear = self.resolved.is_nullable(&property.schema) && sends_null;
        let least = self.resolved.limits(&property.schema).min_items;
        let may_be_empty = matches!(least.as_deref(), None | Some("0"));
        if list.is_some() && !is_required && !has_clear && may_be_empty {
            self.lists.push(found());
        }
    }
}
