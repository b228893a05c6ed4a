//! What `text_traits!` makes, as if it were written out.

use std::fs;

use proc_macro2::{Group, TokenStream, TokenTree};
use syn::{Item, ItemImpl};

use crate::spec;

/// The implementations for the enum called `name`.
pub(super) fn expand(name: &TokenStream) -> Vec<ItemImpl> {
    let made = substitute(body(), name);
    let file: syn::File = syn::parse2(made).expect("the macro makes items");
    let implementations = file.items.into_iter().map(|item| match item {
        Item::Impl(item) => item,
        _ => panic!("the macro makes something else than implementations"),
    });
    implementations.collect()
}

/// What stands in the braces of the macro's one rule.
fn body() -> TokenStream {
    let file = spec::root().join("generated/src/open_enum.rs");
    let text = fs::read_to_string(file).expect("it is there");
    let file = syn::parse_file(&text).expect("it is Rust");
    let rule = file.items.into_iter().find_map(|item| match item {
        Item::Macro(item) if item.ident.as_ref()? == "text_traits" => Some(item.mac.tokens),
        _ => None,
    });
    let rule: Vec<TokenTree> = rule.expect("the macro is there").into_iter().collect();
    match rule.as_slice() {
        [_, _, _, TokenTree::Group(body), ..] => body.stream(),
        _ => panic!("the macro has not one rule"),
    }
}

/// The tokens with `name` for `$name`, and `crate` for `$crate`.
fn substitute(tokens: TokenStream, name: &TokenStream) -> TokenStream {
    let mut made = TokenStream::new();
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '$' => match tokens.next() {
                Some(TokenTree::Ident(ident)) if ident == "name" => made.extend(name.clone()),
                other => made.extend(other),
            },
            TokenTree::Group(group) => {
                let inside = substitute(group.stream(), name);
                made.extend([TokenTree::Group(Group::new(group.delimiter(), inside))]);
            }
            token => made.extend([token]),
        }
    }
    made
}
