//! A union that reads a tag first and then decodes one member.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Item, Member, Shared, Union};

pub(super) fn emit(item: &Item, union: &Union) -> TokenStream {
    let Item { name, doc, .. } = item;
    let (tag, unrecognized) = (&union.tag, &union.unrecognized);
    let variants: Vec<_> = union.members.iter().map(|member| &member.name).collect();
    let docs = union.members.iter().map(|member| &member.doc);
    let types: Vec<_> = union.members.iter().map(|member| &member.ty).collect();
    let values = union.members.iter().map(values);
    let tags = union.members.iter().map(|member| &member.value);
    let getters = (!union.shared.is_empty()).then(|| getters(item, union));
    quote! {
        use serde::{Deserialize, Deserializer, Serialize, Serializer};

        use crate::api::types;
        use crate::Json;
        use crate::tagged;

        #doc
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#docs #variants(Box<types::#types>),)*
            #unrecognized
            Unrecognized(Json),
        }

        #getters

        impl crate::object::Empty for #name {
            fn empty() -> Self {
                Self::Unrecognized(Json::default())
            }
        }

        impl Serialize for #name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    #(Self::#variants(member) => tagged::serialize(serializer, #tag, #tags, member),)*
                    Self::Unrecognized(json) => json.serialize(serializer),
                }
            }
        }

        impl<'de> Deserialize<'de> for #name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                tagged::deserialize(deserializer, #tag, |tag, member| match tag {
                    #(#values => member.decode().map(Self::#variants),)*
                    _ => member.decode().map(Self::Unrecognized),
                })
            }
        }

        #(
            impl From<types::#types> for #name {
                fn from(value: types::#types) -> Self {
                    Self::#variants(Box::new(value))
                }
            }
        )*
    }
}

/// The pattern of the values that mean a member.
fn values(member: &Member) -> TokenStream {
    let Member { value, aliases, .. } = member;
    quote!(Some(#value #(| #aliases)*))
}

/// `message.id()`: what every member has.
fn getters(item: &Item, union: &Union) -> TokenStream {
    let name = &item.name;
    let getters = union.shared.iter().map(|shared| getter(shared, union));
    quote! {
        impl #name {
            #(#getters)*
        }
    }
}

fn getter(shared: &Shared, union: &Union) -> TokenStream {
    let Shared { name, doc } = shared;
    let variants = union.members.iter().map(|member| &member.name);
    quote! {
        #doc
        #[must_use]
        pub fn #name(&self) -> Option<&str> {
            match self {
                #(Self::#variants(member) => Some(&member.#name),)*
                Self::Unrecognized(_) => None,
            }
        }
    }
}
