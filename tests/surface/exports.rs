//! Which definitions an application can name, and by which path.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Item, UseTree, Visibility};

use super::module::{Module, features_of, is_shipped};

/// Something an application can name.
#[derive(Clone)]
pub(super) struct Export {
    /// The path from the crate's root: `messages::SendMessage`.
    pub(super) path: String,
    pub(super) features: Vec<String>,
}

/// The exports by the path of their definition, which may lie in private modules.
pub(super) struct Exports {
    definitions: BTreeMap<Vec<String>, Vec<Export>>,
    modules: BTreeMap<String, Vec<String>>,
}

impl Exports {
    pub(super) fn of(root: &Module) -> Self {
        let mut exports = Self {
            definitions: BTreeMap::new(),
            modules: BTreeMap::new(),
        };
        exports.walk(root, &[], &[], &[]);
        exports
    }

    /// The paths of what is defined as `name` in the module at `place`.
    pub(super) fn of_definition(&self, place: &[String], name: &str) -> &[Export] {
        let definition = [place, &[name.to_owned()]].concat();
        self.definitions.get(&definition).map_or(&[], Vec::as_slice)
    }

    /// The paths of what is called `name` anywhere: for an `impl` that stands elsewhere than its type.
    pub(super) fn of_name(&self, name: &str) -> &[Export] {
        let mut found = self
            .definitions
            .iter()
            .filter(|(definition, _)| definition.last().is_some_and(|last| last == name));
        let (first, further) = (found.next(), found.next());
        assert!(
            further.is_none(),
            "several public items are called `{name}`: write the `impl` beside its type"
        );
        first.map_or(&[], |(_, exports)| exports)
    }

    /// The public modules, with the features they need.
    pub(super) fn modules(&self) -> impl Iterator<Item = (&String, &Vec<String>)> {
        self.modules.iter()
    }

    pub(super) fn has_module(&self, path: &str) -> bool {
        self.modules.contains_key(path)
    }

    /// Notes what `module`, which is at `place`, shows under the public path `shown`.
    fn walk(&mut self, root: &Module, place: &[String], shown: &[String], features: &[String]) {
        let module = find(root, place);
        for child in module.modules.iter().filter(|child| child.is_public) {
            let place = [place, &[child.name.clone()]].concat();
            let shown = [shown, &[child.name.clone()]].concat();
            let features = [features, &child.features].concat();
            self.modules.insert(shown.join("::"), features.clone());
            self.walk(root, &place, &shown, &features);
        }
        for item in &module.items {
            if let Item::Use(item) = item {
                if is_public(&item.vis) && is_shipped(&item.attrs) {
                    let features = [features, &features_of(&item.attrs)].concat();
                    for target in targets(&item.tree, place) {
                        self.re_export(root, &target, shown, &features);
                    }
                }
            } else if let Some(name) = public_name(item) {
                self.add(&[place, &[name]].concat(), shown, features);
            }
        }
    }

    /// Notes that `target` can be named in the public module `shown`.
    fn re_export(
        &mut self,
        root: &Module,
        target: &[String],
        shown: &[String],
        features: &[String],
    ) {
        let (name, place) = target.split_last().expect("a path has a name");
        if name == "*" {
            return self.walk(root, place, shown, features);
        }
        let features = [features, &features_on_the_way(root, place)].concat();
        let module = find(root, place);
        if module
            .items
            .iter()
            .any(|item| public_name(item).as_ref() == Some(name))
        {
            return self.add(target, shown, &features);
        }
        // It stands there by a re-export of its own.
        let re_exports = module.items.iter().filter_map(|item| match item {
            Item::Use(item) => Some(targets(&item.tree, place)),
            _ => None,
        });
        let further = re_exports
            .flatten()
            .find(|further| further.last() == Some(name))
            .unwrap_or_else(|| panic!("`{}` is not found", target.join("::")));
        self.re_export(root, &further, shown, &features);
    }

    fn add(&mut self, definition: &[String], shown: &[String], features: &[String]) {
        let name = definition.last().expect("a path has a name").clone();
        let features: BTreeSet<String> = features.iter().cloned().collect();
        let export = Export {
            path: [shown, &[name]].concat().join("::"),
            features: features.into_iter().collect(),
        };
        self.definitions
            .entry(definition.to_owned())
            .or_default()
            .push(export);
    }
}

fn find<'a>(root: &'a Module, place: &[String]) -> &'a Module {
    place.iter().fold(root, |module, name| {
        module
            .module(name)
            .unwrap_or_else(|| panic!("there is no module `{}`", place.join("::")))
    })
}

fn features_on_the_way(root: &Module, place: &[String]) -> Vec<String> {
    (1..=place.len())
        .flat_map(|length| find(root, &place[..length]).features.clone())
        .collect()
}

/// The paths from the crate's root that a `use` in the module at `place` names.
fn targets(tree: &UseTree, place: &[String]) -> Vec<Vec<String>> {
    let mut targets = Vec::new();
    collect(tree, &mut Vec::new(), &mut targets);
    for target in &mut targets {
        let from_root = match target[0].as_str() {
            "crate" => target.split_off(1),
            "self" => [place, &target[1..]].concat(),
            "super" => [&place[..place.len() - 1], &target[1..]].concat(),
            _ => continue,
        };
        *target = from_root;
    }
    targets
}

fn collect(tree: &UseTree, start: &mut Vec<String>, targets: &mut Vec<Vec<String>>) {
    match tree {
        UseTree::Path(path) => {
            start.push(path.ident.to_string());
            collect(&path.tree, start, targets);
            start.pop();
        }
        UseTree::Group(group) => {
            for tree in &group.items {
                collect(tree, start, targets);
            }
        }
        UseTree::Name(name) => targets.push([start.as_slice(), &[name.ident.to_string()]].concat()),
        UseTree::Glob(_) => targets.push([start.as_slice(), &["*".to_owned()]].concat()),
        // An item under another name is no part of the surface so far.
        UseTree::Rename(_) => {}
    }
}

/// The name of an item that is declared `pub`; others have no line.
pub(super) fn public_name(item: &Item) -> Option<String> {
    let (visibility, name) = match item {
        Item::Const(item) => (&item.vis, &item.ident),
        Item::Enum(item) => (&item.vis, &item.ident),
        Item::Fn(item) => (&item.vis, &item.sig.ident),
        Item::Struct(item) => (&item.vis, &item.ident),
        Item::Trait(item) => (&item.vis, &item.ident),
        Item::Type(item) => (&item.vis, &item.ident),
        _ => return None,
    };
    is_public(visibility).then(|| name.to_string())
}

pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}
