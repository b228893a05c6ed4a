//! The values of enums.

use std::collections::{HashMap, HashSet};

use super::{Schema, SchemaType};
use crate::diagnostic::Diagnostics;
use crate::reader::Text;
use crate::tree::{Node, Place, Value};

/// Reads values. Values of a type other than string do not become an enum.
pub(super) fn read(
    nodes: &[Node],
    of_type: Option<&Node>,
    schema: &mut Schema,
    diagnostics: &mut Diagnostics,
) {
    let is_null = |node: &Node| matches!(node.value, Value::Null);
    schema.nullable |= nodes.iter().any(is_null);
    let mut values = Vec::new();
    let mut places: HashMap<&str, Place> = HashMap::new();
    for node in nodes {
        match &node.value {
            Value::Null => {}
            Value::String(value) => {
                if let Some(first) = places.get(value.as_str()) {
                    let message = format!("this enum lists `{value}` twice");
                    diagnostics
                        .warning(node.place, message)
                        .related(*first, "the first one is here")
                        .help("remove one of the two values");
                } else {
                    places.insert(value, node.place);
                    values.push(Text {
                        value: value.clone(),
                        place: node.place,
                    });
                }
            }
            Value::Number(_) | Value::Bool(_) if schema.types == [SchemaType::String] => {
                let message = format!("this value must be a string, not {}", node.value.kind());
                let error = diagnostics.error(node.place, message);
                if let Some(of_type) = of_type {
                    error.related(of_type.place, "the type is here");
                }
                error.help("put the value in quotes");
            }
            // Values of other types do not become variants, because the plain type already includes them.
            _ => {
                schema.other_values = nodes.to_vec();
                return;
            }
        }
    }
    // Values of another type are reported where the values are checked.
    let may_be_text = schema.types.is_empty() || schema.types.contains(&SchemaType::String);
    if !values.is_empty() && may_be_text {
        schema.values = Some(values);
    }
}

/// Turns a union of strings into an enum: a union of single values, each with its description, or of known values and any string.
/// Enums are open, so they accept any string.
pub(super) fn gather(schema: &mut Schema) {
    let is_plain = |branch: &Schema| {
        let types = branch.types.as_slice();
        let is_text = types == [SchemaType::String]
            || (types.is_empty() && (branch.values.is_some() || branch.nullable));
        is_text
            && branch.is_plain()
            && branch.all_of.is_empty()
            && branch.other_values.is_empty()
            && branch.format.is_none()
            && branch.wire_format.is_none()
    };
    let branches = &schema.branches;
    let has_values = branches.iter().any(|branch| branch.values.is_some());
    let is_text = schema.types.is_empty() || schema.types == [SchemaType::String];
    if !has_values || !is_text || schema.values.is_some() || !branches.iter().all(is_plain) {
        return;
    }
    let mut known = HashSet::new();
    let values = branches
        .iter()
        .flat_map(|branch| branch.values.iter().flatten());
    let values = values.filter(|value| known.insert(&value.value));
    let values: Vec<Text> = values.cloned().collect();
    schema.any_text = branches
        .iter()
        .any(|branch| branch.values.is_none() && !branch.types.is_empty());
    schema.nullable |= branches.iter().any(|branch| branch.nullable);
    schema.types = vec![SchemaType::String];
    schema.values = Some(values);
    schema.branches.clear();
}
