//! The `use` lines of a file, one for each name that its tokens use.

use std::collections::BTreeSet;

use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::quote;

/// What a file may mention, and the path it comes by.
struct Import {
    path: &'static str,
    names: &'static [&'static str],
}

/// In the order in which they stand, groups apart.
const IMPORTS: &[Import] = &[
    Import {
        path: "std::collections",
        names: &["BTreeMap"],
    },
    Import {
        path: "bytes",
        names: &["Bytes"],
    },
    Import {
        path: "http",
        names: &["Method"],
    },
    Import {
        path: "serde",
        names: &["Deserialize", "Deserializer", "Serialize", "Serializer"],
    },
    Import {
        path: "crate::api",
        names: &["types"],
    },
    Import {
        path: "crate::call",
        names: &["Call", "Idempotency", "JsonObject", "Operation"],
    },
    Import {
        path: "crate::form",
        names: &["FilePart", "Form"],
    },
    Import {
        path: "crate::object",
        names: &["object"],
    },
    Import {
        path: "crate::request",
        names: &["request"],
    },
    Import {
        path: "crate",
        names: &[
            "Client",
            "ErrorCode",
            "Items",
            "Json",
            "Page",
            "Secret",
            "Timestamp",
        ],
    },
];

/// The imports for `tokens`.
pub(super) fn of(tokens: &TokenStream) -> TokenStream {
    let mentioned = mentioned(tokens);
    let lines = IMPORTS.iter().filter_map(|import| {
        let names: Vec<TokenStream> = import
            .names
            .iter()
            .filter(|name| mentioned.contains(**name))
            .filter_map(|name| name.parse().ok())
            .collect();
        let path: TokenStream = import.path.parse().ok()?;
        match names.as_slice() {
            [] => None,
            [name] => Some(quote!(use #path::#name;)),
            names => Some(quote!(use #path::{#(#names),*};)),
        }
    });
    quote!(#(#lines)*)
}

/// The names at the start of paths.
fn mentioned(tokens: &TokenStream) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    collect(tokens.clone(), &mut names);
    names
}

fn collect(tokens: TokenStream, names: &mut BTreeSet<String>) {
    // Colons right before the token: one is a type's, two are a path's.
    let mut colons = 0;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_start = colons < 2;
        colons = match &token {
            TokenTree::Punct(punct) if punct.as_char() == ':' => colons + 1,
            _ => 0,
        };
        match token {
            TokenTree::Group(group) => collect(group.stream(), names),
            TokenTree::Ident(ident) => {
                let name = ident.to_string();
                // A module is meant only before `::`, and a macro before `!`; the same word may be a field or a variable.
                let is_type = name.starts_with(|first: char| first.is_uppercase());
                let goes_on = matches!(tokens.peek(), Some(TokenTree::Punct(punct))
                    if punct.as_char() == '!'
                        || punct.as_char() == ':' && punct.spacing() == Spacing::Joint);
                if is_start && (is_type || goes_on) {
                    names.insert(name);
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names;

    #[test]
    fn no_type_of_a_document_has_the_name_of_an_import() {
        let names = IMPORTS.iter().flat_map(|import| import.names);
        let types = names.filter(|name| name.starts_with(|first: char| first.is_uppercase()));
        let free: Vec<&&str> = types
            .filter(|name| !names::is_reserved_type(&names::own(name)))
            .collect();
        assert!(free.is_empty(), "reserve {free:?} in names.rs");
    }
}
