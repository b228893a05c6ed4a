//! From the model to the tokens of each file. This stage decides nothing and changes no letter case.

mod client;
mod doc;
mod enums;
mod error_codes;
mod events;
mod imports;
mod map;
mod objects;
mod requests;
mod resources;
mod setters;
mod type_files;
mod unions;
mod values;

use proc_macro2::TokenStream;

use crate::model::Model;

pub(crate) use error_codes::emit as error_codes;
pub(crate) use map::emit as map;

/// A file of the emitted crate before it is formatted.
pub(crate) struct TokenFile {
    /// Below `api`, with `/`: `messages/send_message.rs`.
    pub(crate) path: String,
    pub(crate) tokens: TokenStream,
}

/// Every Rust file, made when it is asked for: the tokens of all of them are many times their text.
pub(crate) fn files(model: &Model) -> impl Iterator<Item = TokenFile> {
    let first = [
        TokenFile {
            path: "mod.rs".to_owned(),
            tokens: client::emit(model),
        },
        TokenFile {
            path: "events.rs".to_owned(),
            tokens: events::emit(&model.events),
        },
    ];
    let resources = model.resources.iter().flat_map(resources::emit);
    first
        .into_iter()
        .chain(resources)
        .chain(type_files::emit(&model.items))
}
