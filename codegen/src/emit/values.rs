//! Adds the values of inputs to a call.
//!
//! An argument always has a value, and a setter stores an `Option`. So each function has two cases.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

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
        Type::Json => match input.kind {
            InputKind::Argument => {
                let stored = setters::storage(input);
                quote!(Some(#stored.into_text()))
            }
            InputKind::Optional | InputKind::Clearable(_) => quote!(#values.map(Json::into_text)),
        },
        Type::List(item) if **item == Type::Json => match input.kind {
            InputKind::Argument => quote!(#values.into_iter().map(Json::into_text)),
            InputKind::Optional | InputKind::Clearable(_) => quote!(#values.map(Json::into_text)),
        },
        _ => values,
    }
}

/// An `Option` with the list of an input. JSON items become text.
pub(super) fn items_of(input: &Input) -> TokenStream {
    match &input.ty {
        Type::List(item) if **item == Type::Json => changed(
            input,
            "items",
            |items| quote!(#items.into_iter().map(Json::into_text)),
        ),
        _ => value(input),
    }
}

/// An `Option` with the map of an input. JSON values become text.
pub(super) fn entries(input: &Input) -> TokenStream {
    match &input.ty {
        Type::Map(inner) if **inner == Type::Json => changed(
            input,
            "entries",
            |entries| quote!(#entries.into_iter().map(|(key, value)| (key, value.into_text()))),
        ),
        _ => value(input),
    }
}

/// An `Option` with one text: the items of a list with `separator` between them, `None` for an empty list. Any other input
/// stays as it is.
pub(super) fn joined(input: &Input, separator: &str) -> TokenStream {
    let Type::List(item) = &input.ty else {
        return texts(input, value(input));
    };
    let into_texts = (**item == Type::Json).then(|| quote!(.into_iter().map(Json::into_text)));
    let stored = setters::storage(input);
    match input.kind {
        InputKind::Argument => quote!(crate::url::separated(#stored #into_texts, #separator)),
        InputKind::Optional | InputKind::Clearable(_) => quote! {
            #stored.and_then(|items| crate::url::separated(items #into_texts, #separator))
        },
    }
}

/// An `Option` with what `change` makes of the value of an input. `name` stands for the value of a setter.
fn changed(input: &Input, name: &str, change: impl Fn(TokenStream) -> TokenStream) -> TokenStream {
    let stored = setters::storage(input);
    match input.kind {
        InputKind::Argument => {
            let changed = change(stored);
            quote!(Some(#changed))
        }
        InputKind::Optional | InputKind::Clearable(_) => {
            let name = format_ident!("{name}");
            let changed = change(quote!(#name));
            quote!(#stored.map(|#name| #changed))
        }
    }
}
