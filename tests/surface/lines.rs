//! The lines of the surface.

use std::slice;

use syn::{Attribute, Fields, GenericArgument, ImplItem, Item, ItemImpl, ItemTrait};
use syn::{Path, PathArguments, TraitItem, Type, Variant};

use super::exports::{Export, Exports, is_public, public_name};
use super::module::{Module, features_of, is_shipped};
use super::print::{function, one_line};

/// One public thing.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Line {
    /// Its path from the crate's root; lines are sorted by it.
    pub(super) path: String,
    /// An item's own line comes before the lines of its implementations.
    is_implementation: bool,
    pub(super) text: String,
}

/// All lines, sorted.
pub(super) fn of(root: &Module, exports: &Exports) -> Vec<Line> {
    let mut lines = Lines {
        exports,
        lines: Vec::new(),
    };
    for (path, features) in exports.modules() {
        lines.add(path, features, &[], format!("pub mod {path}"));
    }
    for Export { path, features } in exports.foreign() {
        lines.add(path, features, &[], format!("pub use {path}"));
    }
    lines.module(root, &[], &[]);
    lines.lines.sort();
    lines.lines
}

struct Lines<'a> {
    exports: &'a Exports,
    lines: Vec<Line>,
}

impl Lines<'_> {
    /// Adds a line with the required features: those of its module, and its own.
    fn add(&mut self, path: &str, features: &[String], attributes: &[Attribute], text: String) {
        if !is_shipped(attributes) {
            return;
        }
        let mut features = [features, &features_of(attributes)].concat();
        features.sort();
        features.dedup();
        let text = match features.as_slice() {
            [] => text,
            features => format!("{text}  [{}]", features.join(", ")),
        };
        self.lines.push(Line {
            path: path.to_owned(),
            is_implementation: text.starts_with("impl"),
            text,
        });
    }

    /// Adds the lines of a module; `features` are the features that it requires.
    fn module(&mut self, module: &Module, place: &[String], features: &[String]) {
        let exports = self.exports;
        for item in &module.items {
            match (item, public_name(item)) {
                (Item::Impl(item), _) => self.implementation(item, place, features),
                (_, None) => {}
                (item, Some(name)) => {
                    for export in exports.of_definition(place, &name) {
                        self.definition(item, export);
                    }
                }
            }
        }
        for child in &module.modules {
            let place = [place, slice::from_ref(&child.name)].concat();
            self.module(child, &place, &[features, &child.features].concat());
        }
    }

    fn definition(&mut self, item: &Item, export: &Export) {
        let Export { path, features } = export;
        match item {
            Item::Const(item) => {
                let text = format!("pub const {path}: {}", one_line(&item.ty));
                self.add(path, features, &item.attrs, text);
            }
            Item::Enum(item) => {
                self.ty("enum", export, &item.attrs, &one_line(&item.generics));
                for variant in &item.variants {
                    self.variant(variant, export);
                }
            }
            Item::Fn(item) => {
                let module = path.rsplit_once("::").map_or("crate", |(module, _)| module);
                let text = format!("pub {}", function(module, &item.sig));
                self.add(path, features, &item.attrs, text);
            }
            Item::Struct(item) => {
                self.ty("struct", export, &item.attrs, &one_line(&item.generics));
                self.fields(&item.fields, export);
            }
            Item::Trait(item) => self.trait_definition(item, export),
            Item::Type(item) => {
                let (generics, ty) = (one_line(&item.generics), one_line(&item.ty));
                let text = format!("pub type {path}{generics} = {ty}");
                self.add(path, features, &item.attrs, text);
            }
            _ => panic!("no line shows `{path}`: teach this test its kind of item"),
        }
    }

    /// The line of a struct or enum, and one for each trait that it derives.
    fn ty(&mut self, kind: &str, export: &Export, attributes: &[Attribute], generics: &str) {
        let Export { path, features } = export;
        let has = |name| move |attribute: &&Attribute| attribute.path().is_ident(name);
        let open = attributes.iter().find(has("non_exhaustive"));
        let open = open.map_or("", |_| "#[non_exhaustive] ");
        let text = format!("{open}pub {kind} {path}{generics}");
        self.add(path, features, attributes, text);

        for derived in attributes.iter().filter(has("derive")) {
            let list = derived.meta.require_list().expect("a derive has a list");
            for name in list.tokens.to_string().split(',') {
                // The line has the same form as a hand-written implementation, so replacing one by the other is not a change.
                let implementation = match name.trim() {
                    "Deserialize" => "impl<'de> Deserialize<'de>".to_owned(),
                    name => format!("impl{generics} {name}"),
                };
                let text = format!("{implementation} for {path}{generics}");
                self.add(path, features, &[], text);
            }
        }
    }

    fn variant(&mut self, variant: &Variant, export: &Export) {
        let path = format!("{}::{}", export.path, variant.ident);
        let mut fields = variant.fields.clone();
        for field in &mut fields {
            field.attrs.clear();
        }
        let blank = if matches!(fields, Fields::Named(_)) {
            " "
        } else {
            ""
        };
        let text = format!("{path}{blank}{}", one_line(&fields));
        self.add(&path, &export.features, &variant.attrs, text);
    }

    fn fields(&mut self, fields: &Fields, export: &Export) {
        for (index, field) in fields.iter().enumerate() {
            if is_public(&field.vis) {
                let name = field.ident.as_ref();
                let name = name.map_or(index.to_string(), ToString::to_string);
                let path = format!("{}::{name}", export.path);
                let text = format!("pub {path}: {}", one_line(&field.ty));
                self.add(&path, &export.features, &field.attrs, text);
            }
        }
    }

    fn trait_definition(&mut self, item: &ItemTrait, export: &Export) {
        let Export { path, features } = export;
        let text = format!("pub trait {path}: {}", one_line(&item.supertraits));
        self.add(path, features, &item.attrs, text);
        for method in &item.items {
            let TraitItem::Fn(method) = method else {
                panic!("no line shows an item of `{path}`: teach this test its kind of item");
            };
            let text = function(path, &method.sig);
            let path = format!("{path}::{}", method.sig.ident);
            self.add(&path, features, &method.attrs, text);
        }
    }

    fn implementation(&mut self, item: &ItemImpl, place: &[String], features: &[String]) {
        for export in self.exports_of(item, place) {
            let features = [export.features.as_slice(), features].concat();
            let export = &Export { features, ..export };
            match &item.trait_ {
                Some((path, _)) => self.trait_implementation(item, path, export),
                None => self.members(item, export),
            }
        }
    }

    /// Where an implementation is shown: with its type. If the type is from another crate, with our type in the trait, as in
    /// `impl From<Timestamp> for SystemTime`.
    fn exports_of(&self, item: &ItemImpl, place: &[String]) -> Vec<Export> {
        let find = |name: String| match self.exports.of_definition(place, &name) {
            [] => self.exports.of_name(&name).to_owned(),
            exports => exports.to_owned(),
        };
        let own = name_of(&item.self_ty).map(find).unwrap_or_default();
        match &item.trait_ {
            Some((path, _)) if own.is_empty() => arguments(path).flat_map(find).collect(),
            _ => own,
        }
    }

    /// The line of an `impl Trait for Type`, with its associated types.
    fn trait_implementation(&mut self, item: &ItemImpl, of: &Path, export: &Export) {
        let is_private = |name: &syn::Ident| self.exports.is_private_trait(&name.to_string());
        if of
            .segments
            .last()
            .is_some_and(|last| is_private(&last.ident))
        {
            return;
        }
        let generics = one_line(&item.generics);
        let of = of.segments.last().map(one_line).unwrap_or_default();
        let name = export.path.rsplit("::").next().unwrap_or_default();
        let ty = one_line(&item.self_ty).replacen(name, &export.path, 1);
        let mut text = format!("impl{generics} {of} for {ty}");
        for member in &item.items {
            if let ImplItem::Type(member) = member {
                text += &format!(", {} = {}", member.ident, one_line(&member.ty));
            }
        }
        self.add(&export.path, &export.features, &item.attrs, text);
    }

    fn members(&mut self, item: &ItemImpl, export: &Export) {
        let features = [export.features.as_slice(), &features_of(&item.attrs)].concat();
        for member in &item.items {
            match member {
                ImplItem::Fn(member) if is_public(&member.vis) => {
                    let path = format!("{}::{}", export.path, member.sig.ident);
                    let text = format!("pub {}", function(&export.path, &member.sig));
                    self.add(&path, &features, &member.attrs, text);
                }
                ImplItem::Const(member) if is_public(&member.vis) => {
                    let path = format!("{}::{}", export.path, member.ident);
                    let text = format!("pub const {path}: {}", one_line(&member.ty));
                    self.add(&path, &features, &member.attrs, text);
                }
                _ => {}
            }
        }
    }
}

/// The name of a type of this crate, which is imported where it has an implementation: `Page` for `Page<T>` and `&Page<T>`.
fn name_of(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(ty) => match ty.path.segments.iter().collect::<Vec<_>>().as_slice() {
            [segment] => Some(segment.ident.to_string()),
            _ => None,
        },
        Type::Reference(ty) => name_of(&ty.elem),
        _ => None,
    }
}

/// The names of the types in a trait's arguments: `Timestamp` for `From<&Timestamp>`.
fn arguments(path: &Path) -> impl Iterator<Item = String> {
    let arguments = path
        .segments
        .last()
        .map(|segment| match &segment.arguments {
            PathArguments::AngleBracketed(list) => list.args.iter().collect(),
            _ => Vec::new(),
        });
    arguments
        .into_iter()
        .flatten()
        .filter_map(|argument| match argument {
            GenericArgument::Type(ty) => name_of(ty),
            _ => None,
        })
}
