//! A struct with public fields; one that requests hold is built with `new` and setters.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{imports, setters};
use crate::model::{Constructor, Field, Item, Lenient, New, Object, Presence};

pub(super) fn emit(item: &Item, object: &Object) -> TokenStream {
    let Item { name, doc, .. } = item;
    let fields = object.fields.iter().map(field);
    let default = (object.built && required(object).next().is_none()).then(|| quote!(Default,));
    let builder = object.built.then(|| builder(item, object));
    let tokens = quote! {
        #doc
        #[derive(Clone, Debug, #default PartialEq, Serialize, Deserialize)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
        }

        #builder
    };
    let imports = imports::of(&tokens);
    quote! {
        #imports
        #tokens
    }
}

fn field(field: &Field) -> TokenStream {
    let Field { name, ty, doc, .. } = field;
    let attribute = attribute(field);
    let ty = match field.presence {
        Presence::Required | Presence::List => quote!(#ty),
        Presence::Optional => quote!(Option<#ty>),
    };
    let deprecated = field.deprecated.then(|| {
        quote! {
            #[doc = ""]
            #[doc = " Deprecated by Telnyx."]
        }
    });
    quote! {
        #doc
        #deprecated
        #attribute
        pub #name: #ty,
    }
}

fn attribute(field: &Field) -> Option<TokenStream> {
    let wire = &field.wire;
    let rename = (field.name != wire.as_str()).then(|| quote!(rename = #wire));
    let read = match (field.presence, field.lenient) {
        (Presence::List, _) => Some(quote!(default, deserialize_with = "crate::lenient::list")),
        (Presence::Optional, Lenient::Text) => {
            Some(quote!(default, deserialize_with = "crate::lenient::text"))
        }
        (Presence::Required, Lenient::Text) => {
            Some(quote!(deserialize_with = "crate::lenient::text"))
        }
        (Presence::Optional | Presence::Required, Lenient::No) => None,
    };
    let skip = match field.presence {
        Presence::Required => None,
        Presence::Optional => Some(quote!(skip_serializing_if = "Option::is_none")),
        Presence::List => Some(quote!(skip_serializing_if = "Vec::is_empty")),
    };
    let options: Vec<_> = rename.into_iter().chain(read).chain(skip).collect();
    (!options.is_empty()).then(|| quote!(#[serde(#(#options),*)]))
}

/// The constructors and setters.
fn builder(item: &Item, object: &Object) -> TokenStream {
    let name = &item.name;
    let new = (object.new != New::None).then(|| new(item, object));
    let constructors = object.constructors.iter().map(constructor);
    let text = object
        .text
        .as_ref()
        .map(|field| from_text(item, object, field));
    let is_set = |field: &Field| match &object.new {
        New::Tagged { tag, .. } => *tag == field.name,
        New::None => object
            .constructors
            .iter()
            .any(|constructor| constructor.tag == field.name),
        New::Required => false,
    };
    let has_constructor = |field: &Field| {
        let mut constructors = object.constructors.iter();
        is_set(field) || constructors.any(|constructor| constructor.field == field.name)
    };
    let optional = object
        .fields
        .iter()
        .filter(|field| field.presence != Presence::Required);
    let setters = optional
        .filter(|field| !has_constructor(field))
        .map(setters::of_field);
    quote! {
        impl #name {
            #new
            #(#constructors)*
            #(#setters)*
        }

        #text
    }
}

fn new(item: &Item, object: &Object) -> TokenStream {
    let arguments: Vec<_> = required(object)
        .map(|field| setters::argument(&field.name, &field.ty))
        .collect();
    let doc = if arguments.is_empty() {
        format!(" An empty `{}`; the setters fill it.", item.name)
    } else {
        format!(
            " A `{}` of what has to be there; the setters add to it.",
            item.name
        )
    };
    let many = setters::expect_many(arguments.len());
    let body = match &object.new {
        New::Tagged {
            tag,
            tag_type,
            variant,
        } => quote! {
            Self {
                #tag: Some(types::#tag_type::#variant),
                ..Default::default()
            }
        },
        _ if arguments.is_empty() => quote!(Default::default()),
        _ => {
            let fields = object.fields.iter().map(initial);
            quote!(Self { #(#fields),* })
        }
    };
    quote! {
        #[doc = #doc]
        #[must_use]
        #many
        pub fn new(#(#arguments),*) -> Self {
            #body
        }
    }
}

fn initial(field: &Field) -> TokenStream {
    let Field { name, ty, .. } = field;
    match field.presence {
        Presence::Required if ty.is_passed_as_is() => quote!(#name),
        Presence::Required => {
            let value = ty.convert(name);
            quote!(#name: #value)
        }
        Presence::Optional => quote!(#name: None),
        Presence::List => quote!(#name: Vec::new()),
    }
}

/// `text(…)`: sets the property of that name, and the tag that says so.
fn constructor(constructor: &Constructor) -> TokenStream {
    let Constructor {
        name,
        field,
        ty,
        tag,
        tag_type,
        variant,
        doc,
        ..
    } = constructor;
    let argument = setters::argument(field, ty);
    let value = setters::stored(constructor.presence, &ty.convert(field));
    quote! {
        #doc
        #[must_use]
        pub fn #name(#argument) -> Self {
            Self {
                #tag: Some(types::#tag_type::#variant),
                #field: #value,
                ..Default::default()
            }
        }
    }
}

/// A text that becomes the object.
fn from_text(item: &Item, object: &Object, field: &Ident) -> TokenStream {
    let name = &item.name;
    let made = match required(object).next() {
        Some(_) => quote!(Self::new(#field)),
        None => quote!(Self::new().#field(#field)),
    };
    quote! {
        impl From<&str> for #name {
            fn from(#field: &str) -> Self {
                #made
            }
        }

        impl From<String> for #name {
            fn from(#field: String) -> Self {
                #made
            }
        }
    }
}

fn required(object: &Object) -> impl Iterator<Item = &Field> {
    object
        .fields
        .iter()
        .filter(|field| field.presence == Presence::Required)
}
