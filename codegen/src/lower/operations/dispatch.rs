//! The path of the property with the kind of an event.

use std::collections::HashSet;

use crate::lower::resolve::{Resolved, Schema, Webhook};
use crate::lower::types::Types;
use crate::pointer;
use crate::reader::Text;

/// A webhook and its body.
pub(super) type Body<'a> = (&'a Webhook<'a>, &'a Schema<'a>);

/// The maximum depth of the property with the kind: `data.payload.type`.
const DEPTH: usize = 3;

/// How the crate distinguishes events.
pub(super) struct Dispatch {
    /// The places of the kind. The first one that is present counts.
    pub(super) paths: Vec<String>,
    /// Whether each known value at these places belongs to one event only.
    pub(super) tells_apart: bool,
}

/// The places of the kind: from `sdk.yaml`, or else where most events have an enum of their own.
pub(super) fn of(bodies: &[Body<'_>], types: &mut Types<'_>) -> Dispatch {
    let config = types.config;
    let said = &config.webhooks.dispatch;
    if !said.is_empty() || bodies.is_empty() {
        for text in said {
            check(text, bodies, types);
        }
        return Dispatch {
            paths: said.iter().map(|text| text.value.clone()).collect(),
            tells_apart: true,
        };
    }
    let implied = implied(bodies, types.resolved);
    let (message, offered) = match &implied {
        Some(path) => (
            format!("the generator distinguishes events by `{path}`"),
            path.as_str(),
        ),
        None => (
            "the crate cannot distinguish the events, because no event has a property that names its kind".to_owned(),
            "…",
        ),
    };
    let place = bodies[0].0.written.name.place;
    types.diagnostics.note(place, message).help(format!(
        "in sdk.yaml, name the property that contains the kind of an event: `webhooks: {{ dispatch: [{offered}] }}`"
    ));
    Dispatch {
        tells_apart: implied.is_some(),
        paths: vec![implied.unwrap_or_else(|| "type".to_owned())],
    }
}

fn check(text: &Text, bodies: &[Body<'_>], types: &mut Types<'_>) {
    let is_somewhere = bodies
        .iter()
        .any(|(_, body)| types.resolved.at(body, &text.value).is_some());
    if !is_somewhere && !bodies.is_empty() {
        let message = format!("no webhook has a property at `{}`", text.value);
        types
            .diagnostics
            .error(text.place, message)
            .help("write the path from the root of the body, such as `data.event_type`");
    }
}

/// The place where most events have an enum, each with other values.
fn implied(bodies: &[Body<'_>], resolved: &Resolved<'_>) -> Option<String> {
    let mut candidates: Vec<(String, usize)> = Vec::new();
    for (_, body) in bodies {
        for path in enum_paths(body, &[], DEPTH, resolved) {
            match candidates.iter_mut().find(|(known, _)| *known == path) {
                Some((_, count)) => *count += 1,
                None => candidates.push((path, 1)),
            }
        }
    }
    candidates.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut paths = candidates.into_iter().map(|(path, _)| path);
    paths.find(|path| {
        let mut seen = HashSet::new();
        bodies.iter().all(|(_, body)| {
            values_at(body, path, resolved)
                .into_iter()
                .all(|value| seen.insert(value))
        })
    })
}

/// Paths of enum properties, down to the maximum depth.
fn enum_paths(
    schema: &Schema<'_>,
    above: &[String],
    depth: usize,
    resolved: &Resolved<'_>,
) -> Vec<String> {
    let object = resolved.beside_null(schema);
    let properties = object.map(|object| object.properties.as_slice());
    let mut paths = Vec::new();
    for property in properties.unwrap_or_default() {
        let mut names = above.to_vec();
        names.push(property.name.value.clone());
        let Some(inner) = resolved.beside_null(&property.schema) else {
            continue;
        };
        if inner.values.is_some() {
            paths.push(pointer::path(&names));
        } else if depth > 1 {
            paths.extend(enum_paths(inner, &names, depth - 1, resolved));
        }
    }
    paths
}

/// The values of the enum at a path of properties; empty if there is no enum.
pub(super) fn values_at<'a>(
    body: &Schema<'a>,
    path: &str,
    resolved: &Resolved<'a>,
) -> Vec<&'a str> {
    let found = resolved.at(body, path);
    let values = found.map(|schema| resolved.values(schema));
    let values = values.unwrap_or_default().into_iter();
    values.map(|value| value.value.as_str()).collect()
}
