//! A struct with public fields; one that requests hold is built with `new` and setters.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{imports, setters};
use crate::model::{
    Builder, Constructor, Field, FromText, Item, Lenient, New, Object, Presence, TagValue,
};

pub(super) fn emit(item: &Item, object: &Object) -> TokenStream {
    let Item { name, doc, .. } = item;
    let fields = object.fields.iter().map(field);
    let may_be_empty = |builder: &Builder| builder.may_be_empty.then(|| quote!(Default,));
    let default = object.builder.as_ref().and_then(may_be_empty);
    let builder = object
        .builder
        .as_ref()
        .map(|builder| self::builder(item, object, builder));
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
fn builder(item: &Item, object: &Object, builder: &Builder) -> TokenStream {
    let name = &item.name;
    let new = builder.new.as_ref().map(|new| self::new(name, object, new));
    let constructors = builder.constructors.iter().map(constructor);
    let setters = builder.setters.iter().map(setters::of_field);
    let text = builder.text.as_ref().map(|text| from_text(name, text));
    quote! {
        impl #name {
            #new
            #(#constructors)*
            #(#setters)*
        }

        #text
    }
}

fn new(name: &Ident, object: &Object, new: &New) -> TokenStream {
    let (doc, arguments, body) = match new {
        New::Empty => (empty_doc(name), Vec::new(), quote!(Default::default())),
        New::Tagged(tag) => {
            let tag = set_tag(tag);
            let body = quote!(Self { #tag, ..Default::default() });
            (empty_doc(name), Vec::new(), body)
        }
        New::Required(required) => {
            let arguments = required.iter().map(argument).collect();
            let fields = object.fields.iter().map(initial);
            let doc = format!(" A `{name}` of what has to be there; the setters add to it.");
            (doc, arguments, quote!(Self { #(#fields),* }))
        }
    };
    let many = setters::expect_many(arguments.len());
    quote! {
        #[doc = #doc]
        #[must_use]
        #many
        pub fn new(#(#arguments),*) -> Self {
            #body
        }
    }
}

fn argument(field: &Field) -> TokenStream {
    setters::argument(&field.name, &field.ty)
}

fn empty_doc(name: &Ident) -> String {
    format!(" An empty `{name}`; the setters fill it.")
}

/// Sets the field with the tag.
fn set_tag(tag: &TagValue) -> TokenStream {
    let TagValue { field, ty, variant } = tag;
    quote!(#field: Some(types::#ty::#variant))
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
        sets,
        tag,
        doc,
    } = constructor;
    let field = &sets.name;
    let argument = argument(sets);
    let value = setters::stored(sets);
    let tag = set_tag(tag);
    quote! {
        #doc
        #[must_use]
        pub fn #name(#argument) -> Self {
            Self {
                #tag,
                #field: #value,
                ..Default::default()
            }
        }
    }
}

/// A text that becomes the object.
fn from_text(name: &Ident, text: &FromText) -> TokenStream {
    let (field, made) = match text {
        FromText::Argument(field) => (field, quote!(Self::new(#field))),
        FromText::Setter(field) => (field, quote!(Self::new().#field(#field))),
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
