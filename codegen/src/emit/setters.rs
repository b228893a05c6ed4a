//! Setters of requests, and of objects in requests.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::{Field, Input, InputKind, Presence, SetNull, Setter, Type};

/// The setters of an optional input of a request.
pub(super) fn of_input(input: &Input) -> TokenStream {
    let Input { name, ty, doc, .. } = input;
    let (argument, value) = (ty.argument(), ty.convert(name));
    let deprecated = input.deprecated.then(|| quote!(#[deprecated]));
    let remark = remark(ty);
    let (value, clear) = match &input.kind {
        InputKind::Clearable(clear) => (quote!(Some(Some(#value))), Some(self::clear(clear, name))),
        InputKind::Argument | InputKind::Optional => (quote!(Some(#value)), None),
    };
    quote! {
        #doc
        #remark
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
    let doc = clear_doc(stored);
    quote! {
        #[doc = #doc]
        pub fn #name(mut self) -> Self {
            self.change().#stored = Some(None);
            self
        }
    }
}

/// The setter of an optional field of an object.
pub(super) fn of_field(setter: &Setter) -> TokenStream {
    let Setter { field, null } = setter;
    let Field {
        name,
        wire,
        ty,
        doc,
        ..
    } = field;
    let argument = ty.argument();
    let value = stored(field);
    let (remark, set, clear) = match null {
        SetNull::Never => (remark(ty), quote!(self.#name = #value;), None),
        SetNull::Keep => (Some(adds()), quote!(self.#name.extend(#name);), None),
        SetNull::Beside { clear, others } => {
            let set = quote! {
                self.#others.remove(#wire);
                self.#name = #value;
            };
            (remark(ty), set, Some(clear_field(field, clear, others)))
        }
    };
    let deprecated = field.deprecated.then(|| quote!(#[deprecated]));
    quote! {
        #doc
        #remark
        #deprecated
        #[must_use]
        pub fn #name(mut self, #name: #argument) -> Self {
            #set
            self
        }
        #clear
    }
}

/// `clear_x()` of an object, which sends `null`.
fn clear_field(field: &Field, clear: &Ident, others: &Ident) -> TokenStream {
    let Field { name, wire, .. } = field;
    let doc = clear_doc(name);
    let empty = match field.presence {
        Presence::Optional => quote!(None),
        Presence::List => quote!(Vec::new()),
        Presence::Required | Presence::Additional => quote!(Default::default()),
    };
    quote! {
        #[doc = #doc]
        #[must_use]
        pub fn #clear(mut self) -> Self {
            self.#name = #empty;
            self.#others.insert(#wire.to_owned(), Json::default());
            self
        }
    }
}

fn clear_doc(name: &Ident) -> String {
    format!(" Sends `null`, which removes the value that [`{name}`](Self::{name}) sets.")
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

/// Says of a setter that it leaves the nulls that others set.
fn adds() -> TokenStream {
    quote! {
        #[doc = ""]
        #[doc = " Adds to the values that were set before, and keeps each property that was set to `null`."]
    }
}

fn remark(ty: &Type) -> Option<TokenStream> {
    match ty {
        Type::List(_) => Some(quote! {
            #[doc = ""]
            #[doc = " Replaces the values that were set before."]
        }),
        Type::Timestamp => Some(quote! {
            #[doc = ""]
            #[doc = " Accepts a [`SystemTime`](std::time::SystemTime), an RFC 3339 string, or a time from the crate `chrono`, `jiff` or `time`"]
            #[doc = " with the matching feature. The client sends a string unchanged, and does not validate it."]
        }),
        _ => None,
    }
}
