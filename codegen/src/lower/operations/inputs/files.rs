//! Files in a multipart form: a part is one, or each item of a list. Anywhere else the same schema is text.

use std::collections::HashSet;

use crate::lower::resolve::{Kind, Resolved, Schema};
use crate::lower::types::{Told, Types};
use crate::model::Type;
use crate::openapi::{self, ContentType, Encoding};
use crate::pointer;
use crate::tree::Place;

/// The type of a part that OpenAPI 3.1 takes for a file, because its schema, or that of each item, allows anything (its section
/// on file uploads). A part is none if its `encoding` says otherwise.
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

/// Whether the document says nothing of a value but words.
fn is_anything(schema: &Schema<'_>) -> bool {
    let mut written = schema.written.iter();
    let says_nothing = |written: &&openapi::Schema| {
        written.says_null_at_most() && written.additional_properties.is_none()
    };
    matches!(schema.kind(), Kind::Any) && !schema.written.is_empty() && written.all(says_nothing)
}

/// The type of a part that is a file, or several files.
pub(super) fn of<'a>(schema: &Schema<'a>, resolved: &Resolved<'a>) -> Option<Type> {
    of_new(schema, resolved, &mut HashSet::new())
}

/// The same of a schema that may be in a union which holds itself.
fn of_new<'a>(
    schema: &Schema<'a>,
    resolved: &Resolved<'a>,
    seen: &mut HashSet<Place>,
) -> Option<Type> {
    let schema = resolved.target(schema)?;
    if is_file(schema) {
        return Some(Type::File);
    }
    if let Some(items) = schema.items.as_deref() {
        let item = resolved.target(items)?;
        return is_file(item).then(list);
    }
    // One file, or a list of files: the request is the same for a list of one.
    let mut members = schema.members().peekable();
    members.peek()?;
    if !seen.insert(schema.place) {
        return None;
    }
    let types: Vec<Type> = members
        .map(|member| of_new(member, resolved, seen))
        .collect::<Option<_>>()?;
    match types.contains(&Type::File) {
        true if types.len() == 1 => Some(Type::File),
        _ => Some(list()),
    }
}

/// Warns of a part that holds a file and is none itself.
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
    /// Whether a branch as it is written is a file, or refers to one.
    fn is_file(&self, branch: &openapi::Schema) -> bool {
        let name = branch.reference.as_ref();
        let name = name.map(|reference| pointer::last_name(&reference.value));
        let component = name.and_then(|name| self.resolved.component(&name));
        match component.and_then(|component| self.resolved.target(&component.schema)) {
            Some(target) => is_file(target),
            None => branch.format.as_deref() == Some(BINARY),
        }
    }

    /// Where a file stands in the schema, if there is one.
    fn file_in(&mut self, schema: &Schema<'a>) -> Option<Place> {
        let resolved = self.resolved;
        let target = resolved.target(schema)?;
        if !self.seen.insert(target.place) {
            return None;
        }
        // A union of texts is one text, and only what is written still has its branches.
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
