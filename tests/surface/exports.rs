//! The definitions that an application can name, with their paths.

use std::collections::{BTreeMap, BTreeSet};
use std::slice;

use syn::{Item, Visibility};

use super::module::{Module, features_of, is_shipped};
use super::uses::{self, Target};

/// An item that an application can name.
#[derive(Clone)]
pub(super) struct Export {
    /// The path from the crate's root: `messages::SendMessage`.
    pub(super) path: String,
    pub(super) features: Vec<String>,
}

/// The exports, by the path of their definition, which may be in a private module.
pub(super) struct Exports {
    definitions: BTreeMap<Vec<String>, Vec<Export>>,
    modules: BTreeMap<String, Vec<String>>,
    foreign: Vec<Export>,
    /// The names of the traits that are private to the crate.
    private_traits: BTreeSet<String>,
}

impl Exports {
    pub(super) fn of(root: &Module) -> Self {
        let mut exports = Self {
            definitions: BTreeMap::new(),
            modules: BTreeMap::new(),
            foreign: Vec::new(),
            private_traits: BTreeSet::new(),
        };
        exports.note_private_traits(root);
        exports.walk(root, &[], &[], &[]);
        exports
    }

    /// The paths of the definition `name` in the module at `place`.
    pub(super) fn of_definition(&self, place: &[String], name: &str) -> &[Export] {
        let definition = [place, &[name.to_owned()]].concat();
        self.definitions.get(&definition).map_or(&[], Vec::as_slice)
    }

    /// The paths of all items with the name `name`, for an `impl` in another module than its type.
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

    /// Items that are re-exported from other crates.
    pub(super) fn foreign(&self) -> &[Export] {
        &self.foreign
    }

    pub(super) fn has_module(&self, path: &str) -> bool {
        self.modules.contains_key(path)
    }

    pub(super) fn is_private_trait(&self, name: &str) -> bool {
        self.private_traits.contains(name)
    }

    fn note_private_traits(&mut self, module: &Module) {
        let traits = module.items.iter().filter_map(|item| match item {
            Item::Trait(item) if !is_public(&item.vis) => Some(item.ident.to_string()),
            _ => None,
        });
        self.private_traits.extend(traits);
        for module in &module.modules {
            self.note_private_traits(module);
        }
    }

    /// Records the items that `module`, which is at `place`, exports under the public path `shown`.
    fn walk(&mut self, root: &Module, place: &[String], shown: &[String], features: &[String]) {
        let module = find(root, place);
        for child in module.modules.iter().filter(|child| child.is_public) {
            let place = [place, slice::from_ref(&child.name)].concat();
            let shown = [shown, slice::from_ref(&child.name)].concat();
            let features = [features, &child.features].concat();
            self.modules.insert(shown.join("::"), features.clone());
            self.walk(root, &place, &shown, &features);
        }
        for item in &module.items {
            if let Item::Use(item) = item {
                if is_public(&item.vis) && is_shipped(&item.attrs) {
                    let features = [features, &features_of(&item.attrs)].concat();
                    for target in uses::targets(&item.tree, place) {
                        match target {
                            Target::Own(target) => self.re_export(root, &target, shown, &features),
                            Target::Foreign(target) => self.add_foreign(&target, shown, &features),
                        }
                    }
                }
            } else if let Some(name) = public_name(item) {
                self.add(&[place, &[name]].concat(), shown, features);
            }
        }
    }

    /// Records that applications can name `target` in the public module `shown`.
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
        // The item is there through a re-export of its own.
        let re_exports = module.items.iter().filter_map(|item| match item {
            Item::Use(item) => Some(uses::targets(&item.tree, place)),
            _ => None,
        });
        let further = re_exports.flatten().find_map(|further| match further {
            Target::Own(further) if further.last() == Some(name) => Some(further),
            _ => None,
        });
        let further = further.unwrap_or_else(|| panic!("`{}` is not found", target.join("::")));
        self.re_export(root, &further, shown, &features);
    }

    fn add_foreign(&mut self, target: &[String], shown: &[String], features: &[String]) {
        let name = target.last().expect("a path has a name").clone();
        self.foreign.push(Export {
            path: [shown, &[name]].concat().join("::"),
            features: features.to_owned(),
        });
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

/// The name of an item that is declared `pub`. Other items have no line.
pub(super) fn public_name(item: &Item) -> Option<String> {
    let (visibility, name) = match item {
        Item::Const(item) => (&item.vis, &item.ident),
        Item::Enum(item) => (&item.vis, &item.ident),
        Item::Fn(item) => (&item.vis, &item.sig.ident),
        Item::Static(item) => (&item.vis, &item.ident),
        Item::Struct(item) => (&item.vis, &item.ident),
        Item::Trait(item) => (&item.vis, &item.ident),
        Item::Type(item) => (&item.vis, &item.ident),
        Item::Union(item) => (&item.vis, &item.ident),
        _ => return None,
    };
    is_public(visibility).then(|| name.to_string())
}

pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}
