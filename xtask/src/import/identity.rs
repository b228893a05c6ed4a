//! What tells the items of a list apart.

use telnyx_codegen::Node;

use super::tree::{self, Keys, items};

/// The old and the new name of a path variable.
pub(super) type NewName = (String, String);

/// The variables that have another name in a path than at the same place of the path before.
pub(super) fn new_names(before: &str, after: &str) -> Vec<NewName> {
    let (before, after) = (variables(before), variables(after));
    if before.len() != after.len() {
        return Vec::new();
    }
    let pairs = before.into_iter().zip(after);
    let differ = pairs.filter(|(before, after)| before != after);
    differ
        .map(|(before, after)| (before.to_owned(), after.to_owned()))
        .collect()
}

fn variables(path: &str) -> Vec<&str> {
    let behind = path.split('{').skip(1);
    behind
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

/// The name that a variable had before.
fn old_name<'n>(name: &'n str, variables: &'n [NewName]) -> &'n str {
    let found = variables.iter().find(|(_, new)| new == name);
    found.map_or(name, |(old, _)| old)
}

/// The names that several items of a list have.
pub(super) fn repeated(list: &Node) -> Vec<&str> {
    let names = items(list)
        .iter()
        .filter_map(|item| tree::text_at(item, "name"));
    let names: Vec<&str> = names.collect();
    let later = names.iter().enumerate();
    let repeated = later.filter(|(index, name)| names[..*index].contains(name));
    repeated.map(|(_, name)| *name).collect()
}

/// The items of a list, each with what tells it from the others.
pub(super) fn identified<'n>(
    list: &'n Node,
    keys: Keys,
    repeated: &[&str],
    variables: &[NewName],
) -> Vec<(String, &'n Node)> {
    let items = items(list).iter();
    let identified = items.map(|item| (identity(item, keys, repeated, variables), item));
    identified.collect()
}

/// The target of a reference, or the name of a part; its place too if several parameters have the name. Of anything else, its
/// whole structure.
fn identity(item: &Node, keys: Keys, repeated: &[&str], variables: &[NewName]) -> String {
    let at = |key| tree::text_at(item, key);
    let place = at("in");
    let known_as = |name| match place {
        Some("path") => old_name(name, variables),
        _ => name,
    };
    match (at("$ref").or(at("name").map(known_as)), place) {
        (Some(name), Some(place)) if repeated.contains(&name) => format!("{name} in {place}"),
        (Some(name), _) => name.to_owned(),
        (None, _) => tree::canonical(item, keys),
    }
}

pub(super) fn find<'n>(identified: &[(String, &'n Node)], name: &str) -> Option<&'n Node> {
    let found = identified.iter().find(|(known, _)| known == name);
    found.map(|(_, item)| *item)
}
