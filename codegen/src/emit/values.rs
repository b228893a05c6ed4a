//! Adds the values of inputs to a call.
//!
//! An argument always has a value, and a setter stores an `Option`. So each function has two cases.

use proc_macro2::TokenStream;
use quote::quote;

use super::setters;
use crate::model::{Input, InputKind, Type};

/// An `Option` with the value of an input.
pub(super) fn value(input: &Input) -> TokenStream {
    let stored = setters::storage(input);
    match input.kind {
        InputKind::Argument => quote!(Some(#stored)),
        InputKind::Optional | InputKind::Clearable(_) => stored,
    }
}

/// An iterator over the values of an input: over the items of a list, or over the `Option` of any other input.
pub(super) fn values(input: &Input) -> TokenStream {
    let stored = setters::storage(input);
    match (&input.ty, &input.kind) {
        (Type::List(_), InputKind::Argument) => stored,
        (Type::List(_), InputKind::Optional | InputKind::Clearable(_)) => {
            quote!(#stored.into_iter().flatten())
        }
        _ => value(input),
    }
}

/// `values` with each JSON value as text. A JSON string becomes its content, without quotes.
pub(super) fn texts(input: &Input, values: TokenStream) -> TokenStream {
    match &input.ty {
        // It prints itself as JSON.
        Type::Json if input.is_json => values,
        Type::Json => quote!(#values.map(Json::into_text)),
        Type::List(item) if **item == Type::Json => match input.kind {
            InputKind::Argument => quote!(#values.into_iter().map(Json::into_text)),
            InputKind::Optional | InputKind::Clearable(_) => quote!(#values.map(Json::into_text)),
        },
        _ => values,
    }
}

/// An `Option` with the list of an input. JSON items become text.
pub(super) fn items_of(input: &Input) -> TokenStream {
    let list = value(input);
    match &input.ty {
        Type::List(item) if **item == Type::Json => {
            quote!(#list.map(|items| items.into_iter().map(Json::into_text)))
        }
        _ => list,
    }
}

/// An `Option` with the map of an input. JSON values become text.
pub(super) fn entries(input: &Input) -> TokenStream {
    let entries = value(input);
    match &input.ty {
        Type::Map(inner) if **inner == Type::Json => quote! {
            #entries.map(|entries| entries.into_iter().map(|(key, value)| (key, value.into_text())))
        },
        _ => entries,
    }
}

/// An `Option` with one text: the items of a list, joined by `separator`. Any other input stays as it is.
pub(super) fn joined(input: &Input, separator: &str) -> TokenStream {
    let Type::List(item) = &input.ty else {
        return texts(input, value(input));
    };
    let texts = match **item {
        Type::Json => quote!(into_iter().map(Json::into_text)),
        _ => quote!(iter().map(ToString::to_string)),
    };
    let join = |items: TokenStream| quote!(#items.#texts.collect::<Vec<_>>().join(#separator));
    let stored = setters::storage(input);
    if input.kind == InputKind::Argument {
        let items = join(stored);
        quote!(Some(#items))
    } else {
        let items = join(quote!(items));
        quote!(#stored.map(|items| #items))
    }
}
