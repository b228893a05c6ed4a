//! Setters of requests, and of objects in requests.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::{Field, Input, InputKind, Presence, Type};

/// The setters of an optional input of a request.
pub(super) fn of_input(input: &Input) -> TokenStream {
    let Input { name, ty, doc, .. } = input;
    let (argument, value) = (ty.argument(), ty.convert(name));
    let deprecated = input.deprecated.then(|| quote!(#[deprecated]));
    let replaces = replaces(ty);
    let (value, clear) = match &input.kind {
        InputKind::Clearable(clear) => (quote!(Some(Some(#value))), Some(self::clear(clear, name))),
        InputKind::Argument | InputKind::Optional => (quote!(Some(#value)), None),
    };
    quote! {
        #doc
        #replaces
        #deprecated
        pub fn #name(mut self, #name: #argument) -> Self {
            self.change().#name = #value;
            self
        }
        #clear
    }
}

/// `clear_x()`: sends `null`.
fn clear(name: &Ident, stored: &Ident) -> TokenStream {
    let doc = format!(" Sends `null`, which removes what [`{stored}`](Self::{stored}) sets.");
    quote! {
        #[doc = #doc]
        pub fn #name(mut self) -> Self {
            self.change().#stored = Some(None);
            self
        }
    }
}

/// The setter of an optional field of an object.
pub(super) fn of_field(field: &Field) -> TokenStream {
    let Field { name, ty, doc, .. } = field;
    let argument = ty.argument();
    let replaces = replaces(ty);
    let value = stored(field);
    let deprecated = field.deprecated.then(|| quote!(#[deprecated]));
    quote! {
        #doc
        #replaces
        #deprecated
        #[must_use]
        pub fn #name(mut self, #name: #argument) -> Self {
            self.#name = #value;
            self
        }
    }
}

/// The argument called like a field, as the field holds it.
pub(super) fn stored(field: &Field) -> TokenStream {
    let value = field.ty.convert(&field.name);
    match field.presence {
        Presence::Required | Presence::List | Presence::Additional => value,
        Presence::Optional => quote!(Some(#value)),
    }
}

/// An argument: `to: impl Into<String>`.
pub(super) fn argument(name: &Ident, ty: &Type) -> TokenStream {
    let ty = ty.argument();
    quote!(#name: #ty)
}

/// Tells clippy that a function takes as many arguments as the API requires.
pub(super) fn expect_many(arguments: usize) -> Option<TokenStream> {
    let many = arguments > 7;
    many.then(
        || quote!(#[expect(clippy::too_many_arguments, reason = "the API requires them all")]),
    )
}

/// Where a request holds an input.
pub(super) fn storage(input: &Input) -> TokenStream {
    let name = &input.name;
    match input.kind {
        InputKind::Argument => quote!(self.#name),
        InputKind::Optional | InputKind::Clearable(_) => quote!(self.optional.#name),
    }
}

fn replaces(ty: &Type) -> Option<TokenStream> {
    let list = matches!(ty, Type::List(_));
    list.then(|| {
        quote! {
            #[doc = ""]
            #[doc = " Replaces the values that were set before."]
        }
    })
}
