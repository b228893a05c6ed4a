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
    let getters = union.shared.iter().map(|shared| getter(shared, union));
    let accessors = union.members.iter().map(accessors);
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

        impl #name {
            #(#getters)*
            #(#accessors)*
        }

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

/// `message.as_outbound()` and `message.into_outbound()`: one member.
fn accessors(member: &Member) -> TokenStream {
    let Member {
        name,
        ty,
        borrow,
        take,
        ..
    } = member;
    let borrow_doc = format!(" The [`{ty}`](types::{ty}), or `None` for any other variant.");
    let take_doc = format!(" Returns the [`{ty}`](types::{ty}) without copying it.");
    quote! {
        #[doc = #borrow_doc]
        #[must_use]
        pub fn #borrow(&self) -> Option<&types::#ty> {
            match self {
                Self::#name(member) => Some(member),
                _ => None,
            }
        }

        #[doc = #take_doc]
        ///
        /// # Errors
        ///
        /// If the value is a different variant, returns the value unchanged.
        pub fn #take(self) -> Result<Box<types::#ty>, Self> {
            match self {
                Self::#name(member) => Ok(member),
                other => Err(other),
            }
        }
    }
}

/// `message.id()`: what every member has.
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
