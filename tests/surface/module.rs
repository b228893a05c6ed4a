//! The modules of a crate, read from their files.

use std::fs;
use std::mem;
use std::path::{Path, PathBuf};

use quote::ToTokens;
use syn::{Attribute, Item, Visibility};

use super::macros::Macros;

/// A module with everything below it.
pub(super) struct Module {
    /// Its name; `crate` for the root.
    pub(super) name: String,
    pub(super) is_public: bool,
    /// The features that it requires, such as `blocking`; empty if it always exists.
    pub(super) features: Vec<String>,
    /// Its own items except modules, without those that exist only for tests or documentation.
    pub(super) items: Vec<Item>,
    pub(super) modules: Vec<Self>,
}

impl Module {
    /// Reads the crate with the root `file`, with its macros expanded.
    pub(super) fn read(file: &Path) -> Self {
        let folder = file.parent().expect("a file lies in a folder");
        let mut root = Self::read_file(file, folder, "crate", true, Vec::new());
        let mut macros = Macros::default();
        root.define(&mut macros);
        root.expand(&macros);
        root
    }

    fn define(&self, macros: &mut Macros) {
        macros.define(&self.items);
        for module in &self.modules {
            module.define(macros);
        }
    }

    fn expand(&mut self, macros: &Macros) {
        self.items = macros.expand(mem::take(&mut self.items));
        for module in &mut self.modules {
            module.expand(macros);
        }
    }

    /// Reads a module from its file. The files of its own modules are in `folder`.
    fn read_file(
        file: &Path,
        folder: &Path,
        name: &str,
        is_public: bool,
        features: Vec<String>,
    ) -> Self {
        let text =
            fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let parsed =
            syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        Self::read_items(parsed.items, folder, name, is_public, features)
    }

    fn read_items(
        items: Vec<Item>,
        folder: &Path,
        name: &str,
        is_public: bool,
        features: Vec<String>,
    ) -> Self {
        let mut module = Self {
            name: name.to_owned(),
            is_public,
            features,
            items: Vec::new(),
            modules: Vec::new(),
        };
        for item in items {
            match item {
                Item::Mod(child) if is_shipped(&child.attrs) => {
                    let name = child.ident.to_string();
                    let folder_of_child = folder.join(&name);
                    let is_public = matches!(child.vis, Visibility::Public(_));
                    let features = features_of(&child.attrs);
                    module.modules.push(match child.content {
                        Some((_, items)) => {
                            Self::read_items(items, &folder_of_child, &name, is_public, features)
                        }
                        None => {
                            let file = find_file(folder, &name);
                            Self::read_file(&file, &folder_of_child, &name, is_public, features)
                        }
                    });
                }
                Item::Mod(_) => {}
                item => module.items.push(item),
            }
        }
        module
    }

    pub(super) fn module(&self, name: &str) -> Option<&Self> {
        self.modules.iter().find(|module| module.name == name)
    }
}

fn find_file(folder: &Path, name: &str) -> PathBuf {
    let file = folder.join(format!("{name}.rs"));
    if file.exists() {
        file
    } else {
        folder.join(name).join("mod.rs")
    }
}

/// Whether an item is in the crate that an application uses, and not only in tests or documentation.
pub(super) fn is_shipped(attributes: &[Attribute]) -> bool {
    cfgs(attributes).all(|predicate| {
        predicate.contains("feature") || !(predicate.contains("test") || predicate.contains("doc"))
    })
}

/// The features of which an item requires at least one.
pub(super) fn features_of(attributes: &[Attribute]) -> Vec<String> {
    cfgs(attributes)
        .flat_map(|predicate| {
            let quoted: Vec<String> = predicate
                .split('"')
                .skip(1)
                .step_by(2)
                .map(str::to_owned)
                .collect();
            quoted
        })
        .collect()
}

fn cfgs(attributes: &[Attribute]) -> impl Iterator<Item = String> {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("cfg"))
        .map(|attribute| attribute.meta.to_token_stream().to_string())
}
