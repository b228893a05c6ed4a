//! `types`: a file for each type, and the module that lists them.

use quote::quote;

use super::{TokenFile, enums, objects, unions};
use crate::model::{Item, ItemKind};

/// The files of all types.
pub(super) fn emit(items: &[Item]) -> impl Iterator<Item = TokenFile> {
    let modules: Vec<_> = items.iter().map(|item| &item.module).collect();
    let gates: Vec<_> = items.iter().map(|item| &item.gate).collect();
    let names = items.iter().map(|item| &item.name);
    let index = quote! {
        #![doc = " Types for responses, and for the objects in requests."]

        #(#gates mod #modules;)*

        #(#gates pub use self::#modules::#names;)*
    };
    let files = items.iter().map(|item| TokenFile {
        path: format!("types/{}.rs", item.module),
        tokens: match &item.kind {
            ItemKind::Object(object) => objects::emit(item, object),
            ItemKind::Enum(item_enum) => enums::emit(item, item_enum),
            ItemKind::Union(union) => unions::emit(item, union),
        },
    });
    std::iter::once(TokenFile {
        path: "types/mod.rs".to_owned(),
        tokens: index,
    })
    .chain(files)
}
