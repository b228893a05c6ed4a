//! The names in a `use`.

use syn::UseTree;

/// An item in a `use`; `*` stands for everything in a module.
pub(super) enum Target {
    /// A path from the root of this crate.
    Own(Vec<String>),
    /// A path that starts with another crate.
    Foreign(Vec<String>),
}

/// All items in a `use` in the module at `place`.
pub(super) fn targets(tree: &UseTree, place: &[String]) -> Vec<Target> {
    let mut paths = Vec::new();
    collect(tree, &mut Vec::new(), &mut paths);
    let targets = paths.into_iter().map(|path| match path[0].as_str() {
        "crate" => Target::Own(path[1..].to_vec()),
        "self" => Target::Own([place, &path[1..]].concat()),
        "super" => Target::Own([&place[..place.len() - 1], &path[1..]].concat()),
        _ => Target::Foreign(path),
    });
    targets.collect()
}

fn collect(tree: &UseTree, start: &mut Vec<String>, paths: &mut Vec<Vec<String>>) {
    let named = |name: String| [start.as_slice(), &[name]].concat();
    match tree {
        UseTree::Path(path) => {
            start.push(path.ident.to_string());
            collect(&path.tree, start, paths);
            start.pop();
        }
        UseTree::Group(group) => {
            for tree in &group.items {
                collect(tree, start, paths);
            }
        }
        UseTree::Name(name) => paths.push(named(name.ident.to_string())),
        UseTree::Glob(_) => paths.push(named("*".to_owned())),
        // A name that only this module uses is no part of the surface.
        UseTree::Rename(rename) if rename.rename == "_" => {}
        UseTree::Rename(rename) => {
            paths.push(named(format!("{} as {}", rename.ident, rename.rename)))
        }
    }
}
