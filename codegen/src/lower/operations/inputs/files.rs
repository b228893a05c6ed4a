//! Files in a multipart form. A part is a file, or each item of a list is a file. Anywhere else, the same schema is text.

use std::collections::{HashMap, HashSet};

use crate::lower::resolve::{Kind, Resolved, Schema};
use crate::lower::types::{Told, Types};
use crate::model::Type;
use crate::openapi::{self, ContentType, Encoding};
use crate::pointer;
use crate::tree::Place;

/// The type of a part that is a file in OpenAPI 3.1, because its schema, or its items' schema, allows anything (the standard's
/// section on file uploads). A part is not a file if its `encoding` names another type.
pub(super) fn of_anything<'a>(
    schema: &Schema<'a>,
    encoding: Option<&Encoding>,
    resolved: &Resolved<'a>,
) -> Option<Type> {
    let is_of_files = |encoding: &Encoding| {
        let listed = encoding.content_type.as_ref();
        let mut names = listed.into_iter().flat_map(|text| text.value.split(','));
        let is_other = |name: &str| {
            let content_type = ContentType::of(name);
            content_type.is_json() || content_type.is_text()
        };
        encoding.style.is_none() && !names.any(is_other)
    };
    if !resolved.is_3_1 || !encoding.is_none_or(is_of_files) {
        return None;
    }
    let schema = resolved.target(schema)?;
    if is_anything(schema) {
        return Some(Type::File);
    }
    let items = resolved.target(schema.items.as_deref()?)?;
    is_anything(items).then(list)
}

/// Whether the document only describes the value in words.
fn is_anything(schema: &Schema<'_>) -> bool {
    let mut written = schema.written.iter();
    let says_nothing = |written: &&openapi::Schema| {
        written.says_null_at_most() && written.additional_properties.is_none()
    };
    matches!(schema.kind(), Kind::Any) && !schema.written.is_empty() && written.all(says_nothing)
}

/// The type of a part that is a file, or several files.
pub(super) fn of<'a>(schema: &Schema<'a>, resolved: &Resolved<'a>) -> Option<Type> {
    of_within(schema, resolved, &mut HashMap::new())
}

/// `known` has the types of the schemas that were met. A union that holds itself is no file.
fn of_within<'a>(
    schema: &Schema<'a>,
    resolved: &Resolved<'a>,
    known: &mut HashMap<Place, Option<Type>>,
) -> Option<Type> {
    let schema = resolved.target(schema)?;
    if let Some(known) = known.get(&schema.place) {
        return known.clone();
    }
    known.insert(schema.place, None);
    let found = of_target(schema, resolved, known);
    known.insert(schema.place, found.clone());
    found
}

fn of_target<'a>(
    schema: &Schema<'a>,
    resolved: &Resolved<'a>,
    known: &mut HashMap<Place, Option<Type>>,
) -> Option<Type> {
    if is_file(schema) {
        return Some(Type::File);
    }
    if let Some(items) = schema.items.as_deref() {
        let item = resolved.beside_null(items)?;
        return is_file(item).then(list);
    }
    // One file, or a list of files. The request is the same for a single file and for a list of one.
    let mut members = schema.members().peekable();
    members.peek()?;
    let types: Vec<Type> = members
        .map(|member| of_within(member, resolved, known))
        .collect::<Option<_>>()?;
    match types.contains(&Type::File) {
        true if types.len() == 1 => Some(Type::File),
        _ => Some(list()),
    }
}

/// Warns about a part that contains a file but is not a file itself.
pub(super) fn check(wire: &str, schema: &Schema<'_>, types: &mut Types<'_>) {
    let mut walk = Walk {
        resolved: types.resolved,
        seen: HashSet::new(),
    };
    let Some(place) = walk.file_in(schema) else {
        return;
    };
    if !types.tell_once(place, Told::FileAsText) {
        return;
    }
    let message =
        format!("the client sends this file as text, because `{wire}` is not always a file");
    types
        .diagnostics
        .warning(place, message)
        .help("in the overlay, make the part a file, or a list of files");
}

fn list() -> Type {
    Type::List(Box::new(Type::File))
}

fn is_file(schema: &Schema<'_>) -> bool {
    schema.format == Some(BINARY)
}

const BINARY: &str = "binary";

struct Walk<'r, 'a> {
    resolved: &'r Resolved<'a>,
    seen: HashSet<Place>,
}

impl<'a> Walk<'_, 'a> {
    /// Whether a branch is a file itself, or refers to one.
    fn is_file(&self, branch: &openapi::Schema) -> bool {
        let name = branch.reference.as_ref();
        let name = name.map(|reference| pointer::last_name(&reference.value));
        let component = name.and_then(|name| self.resolved.component(&name));
        match component.and_then(|component| self.resolved.target(&component.schema)) {
            Some(target) => is_file(target),
            None => branch.format.as_deref() == Some(BINARY),
        }
    }

    /// The place of a file in the schema, if there is one.
    fn file_in(&mut self, schema: &Schema<'a>) -> Option<Place> {
        let resolved = self.resolved;
        let target = resolved.target(schema)?;
        if !self.seen.insert(target.place) {
            return None;
        }
        // A union of strings became one string, and only the original schema still has the branches.
        let mut branches = target.written.iter().flat_map(|written| &written.branches);
        if is_file(target) || branches.any(|branch| self.is_file(branch)) {
            return Some(schema.place);
        }
        let properties = target.properties.iter().map(|property| &property.schema);
        let mut inner = properties
            .chain(target.items.as_deref())
            .chain(target.map_values.as_deref())
            .chain(target.members().map(|member| &**member));
        inner.find_map(|inner| self.file_in(inner))
    }
}
