//! The members of `allOf`, and the branches of `oneOf` and `anyOf`.

use std::collections::HashSet;

use super::{Discriminator, Schema, never};
use crate::diagnostic::Diagnostics;
use crate::reader::Keys;
use crate::tree::Value;

/// Takes the discriminator from a member of an `allOf`. The discriminator belongs to the schema that contains the `allOf`,
/// because nothing can refer to the member alone.
pub(super) fn of_members(all_of: &mut [Schema]) -> Option<Discriminator> {
    let mut members = all_of
        .iter_mut()
        .filter(|member| member.reference.is_none() && member.branches.is_empty());
    members.find_map(|member| member.discriminator.take())
}

pub(super) fn read_branches(
    keys: &mut Keys<'_>,
    key: &'static str,
    diagnostics: &mut Diagnostics,
) -> Vec<Schema> {
    let mut branches = Vec::new();
    if let Some(list) = keys.node(key)
        && matches!(&list.value, Value::Sequence(items) if items.is_empty())
    {
        let message = format!("an empty `{key}` has no effect");
        let help = format!("list schemas under `{key}`, or remove `{key}`");
        diagnostics.warning(list.place, message).help(help);
    }
    let list = keys.list(key, diagnostics);
    let mut known = HashSet::new();
    for node in list {
        if key != "allOf" && list.len() > 1 && !known.insert(node.to_json()) {
            let message = "this branch is the same as an earlier one, so it has no effect";
            diagnostics.warning(node.place, message).help("remove it");
            continue;
        }
        match never::is(node) {
            true if key == "allOf" => {
                let message =
                    "no value matches this member of the `allOf`, so the crate ignores the member";
                diagnostics.warning(node.place, message).help("remove it");
            }
            true => {}
            false => branches.extend(super::read(node, diagnostics)),
        }
    }
    branches
}

/// The branches of `oneOf` and `anyOf`. If one list only requires properties, only the other list counts. If both count, a member
/// of the `allOf` gets those of `anyOf`, because a value must match a branch of each list.
pub(super) fn alternatives(
    one_of: Vec<Schema>,
    any_of: Vec<Schema>,
    all_of: &mut Vec<Schema>,
) -> Vec<Schema> {
    let requires = |schema: &Schema| {
        schema.says_types_and_required_at_most() && schema.all_of.is_empty() && !schema.nullable
    };
    let only_requires = |list: &[Schema]| list.iter().all(requires);
    match (only_requires(&one_of), only_requires(&any_of)) {
        (false, true) => one_of,
        (true, false) => any_of,
        (true, true) => [one_of, any_of].concat(),
        (false, false) => {
            all_of.push(Schema {
                branches: any_of,
                ..Schema::empty(one_of[0].place)
            });
            one_of
        }
    }
}
