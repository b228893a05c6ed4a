//! What tells the items of a list apart.

use telnyx_codegen::Node;

use super::tree::{self, Keys, items};

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
) -> Vec<(String, &'n Node)> {
    let items = items(list).iter();
    let identified = items.map(|item| (identity(item, keys, repeated), item));
    identified.collect()
}

/// The target of a reference, or the name of a part; its place too if several parameters have the name. Of anything else, its
/// whole structure.
fn identity(item: &Node, keys: Keys, repeated: &[&str]) -> String {
    let at = |key| tree::text_at(item, key);
    match (at("$ref").or(at("name")), at("in")) {
        (Some(name), Some(place)) if repeated.contains(&name) => format!("{name} in {place}"),
        (Some(name), _) => name.to_owned(),
        (None, _) => tree::canonical(item, keys),
    }
}

pub(super) fn find<'n>(identified: &[(String, &'n Node)], name: &str) -> Option<&'n Node> {
    let found = identified.iter().find(|(known, _)| known == name);
    found.map(|(_, item)| *item)
}
