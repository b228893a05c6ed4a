//! Lists and maps that contain only themselves, so that no Rust type can represent them.

use std::collections::HashSet;

use super::Resolved;
use super::schema::{Kind, Schema};
use crate::diagnostic::Diagnostics;
use crate::lower::circles;
use crate::pointer;
use crate::tree::Place;

/// A schema to which others lead, identified by a number.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Target {
    Component(usize),
    Merged(usize),
}

/// The step from a schema to the only schema that it is or contains.
struct Step {
    from: Target,
    to: Target,
    place: Place,
    /// Whether a list or a map is on the way.
    is_held: bool,
}

/// Makes each list and map `Json` that contains itself without an object or a union in between, and adds a note.
pub(super) fn keep_as_json(resolved: &mut Resolved<'_>, diagnostics: &mut Diagnostics) {
    let components = (0..resolved.components.len()).map(Target::Component);
    let merged = (0..resolved.merged.len()).map(Target::Merged);
    let mut met = HashSet::new();
    for start in components.chain(merged) {
        let mut path: Vec<Step> = Vec::new();
        let mut next = start;
        while met.insert(next)
            && let Some(step) = step(next, resolved)
        {
            next = step.to;
            path.push(step);
        }
        let back = path.iter().position(|step| step.from == next);
        let circle = back.map_or(&[][..], |first| &path[first..]);
        if circle.iter().any(|step| step.is_held) {
            note(circle, resolved, diagnostics);
            for step in circle {
                forget_type(step.from, resolved);
            }
        }
    }
}

/// Where a schema leads; `None` if it is or contains anything else.
fn step(from: Target, resolved: &Resolved<'_>) -> Option<Step> {
    let mut schema = match from {
        Target::Component(index) => &resolved.components[index].schema,
        Target::Merged(number) => resolved.merged(number),
    };
    let mut is_held = false;
    loop {
        let (to, place) = match schema.kind() {
            Kind::Component(name) => {
                let index = resolved.by_name.get(name.value.as_str())?;
                (Target::Component(*index), schema.reference_place)
            }
            Kind::Merged(number) => (Target::Merged(number), schema.place),
            Kind::List(Some(inner)) | Kind::Map(inner) => {
                is_held = true;
                schema = inner;
                continue;
            }
            Kind::Union => {
                let mut members = schema.members();
                let only = members.next()?;
                if members.next().is_some() {
                    return None;
                }
                schema = only;
                continue;
            }
            _ => return None,
        };
        return Some(Step {
            from,
            to,
            place,
            is_held,
        });
    }
}

fn note(circle: &[Step], resolved: &Resolved<'_>, diagnostics: &mut Diagnostics) {
    let names = circle.iter().filter_map(|step| match step.from {
        Target::Component(index) => Some(resolved.components[index].name.value.as_str()),
        Target::Merged(_) => None,
    });
    let mut others = names.clone();
    let first = others.next().map_or_else(
        || "this schema".to_owned(),
        |name| {
            format!(
                "`{}`",
                resolved
                    .moved
                    .shown_reference(&pointer::to_component("schemas", name))
            )
        },
    );
    let through = circles::through(others.map(|name| resolved.moved.shown(name)));
    let message = format!(
        "{first} contains itself in a list or a map{through}, so the crate keeps its values as JSON"
    );
    if let Some(last) = circle.last() {
        diagnostics
            .note(last.place, message)
            .help("to get a type, change one schema in the cycle to an object with properties");
    }
}

/// Keeps only the facts of a schema that apply to any JSON.
fn forget_type(target: Target, resolved: &mut Resolved<'_>) {
    let schema = match target {
        Target::Component(index) => &mut resolved.components[index].schema,
        Target::Merged(number) => &mut resolved.merged[number],
    };
    *schema = Schema {
        written: std::mem::take(&mut schema.written),
        nullable: schema.nullable,
        words: schema.words.clone(),
        type_words: schema.type_words.clone(),
        deprecated: schema.deprecated,
        read_only: schema.read_only,
        write_only: schema.write_only,
        ..Schema::anything(schema.place)
    };
}
