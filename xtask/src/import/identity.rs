//! Identifies the items of a list.

use telnyx_codegen::Node;

use super::tree::{self, Keys, entries, items};

/// The old and the new name of a path variable.
pub(super) type NewName = (String, String);

/// The variables with another name than in the old path, at the same position.
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

/// The old name of a variable.
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

/// The items of a list, each with its identity.
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

/// The target of a reference, or the name of a part. If several parameters have this name, the identity includes the place. Any
/// other item is identified by its whole structure.
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

/// Gives parts without a name that changed the identity that they had before, in both lists. This works only if it is clear which
/// parts of one type belong together: if as many were removed as added.
pub(super) fn pair_changed<'n>(
    before: &[(String, &Node)],
    after: &mut [(String, &'n Node)],
    known: &mut [(String, &'n Node)],
) {
    let only_in = |list: &[(String, &Node)], other: &[(String, &Node)]| -> Vec<(String, String)> {
        let own = list.iter().filter(|(name, item)| {
            name.starts_with('{') && find(other, name).is_none() && !entries(item).is_empty()
        });
        own.map(|(name, item)| (kind(item), name.clone())).collect()
    };
    let (gone, come) = (only_in(before, after), only_in(after, before));
    let of_kind = |all: &[(String, String)], kind: &str| -> Vec<String> {
        let own = all.iter().filter(|(own, _)| own == kind);
        own.map(|(_, name)| name.clone()).collect()
    };
    for (kind, new) in &come {
        let (olds, news) = (of_kind(&gone, kind), of_kind(&come, kind));
        let index = news.iter().position(|name| name == new);
        let Some(old) = index.and_then(|index| olds.get(index)) else {
            continue;
        };
        if olds.len() == news.len() {
            let lists = after.iter_mut().chain(known.iter_mut());
            for (name, _) in lists.filter(|(name, _)| name == new) {
                old.clone_into(name);
            }
        }
    }
}

fn kind(item: &Node) -> String {
    item.get("type").map(Node::to_json).unwrap_or_default()
}

pub(super) fn find<'n>(identified: &[(String, &'n Node)], name: &str) -> Option<&'n Node> {
    let found = identified.iter().find(|(known, _)| known == name);
    found.map(|(_, item)| *item)
}
