//! A union told apart by a property: the tag is looked at, then one member is decoded.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Item, Union};

pub(super) fn emit(item: &Item, union: &Union) -> TokenStream {
    let Item { name, doc, .. } = item;
    let tag = &union.tag;
    let variants: Vec<_> = union.variants.iter().map(|variant| &variant.name).collect();
    let docs = union.variants.iter().map(|variant| &variant.doc);
    let types: Vec<_> = union.variants.iter().map(|variant| &variant.ty).collect();
    let values = union.variants.iter().map(|variant| {
        let values = &variant.wire;
        quote!(Some(#(#values)|*))
    });
    let unrecognized =
        format!(" `{tag}` is missing or has a value that this version does not know.");
    quote! {
        use serde::{Deserialize, Deserializer, Serialize};

        use crate::api::types;
        use crate::Json;
        use crate::tagged::{self, Member};

        #doc
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[serde(untagged)]
        #[non_exhaustive]
        pub enum #name {
            #(#docs #variants(Box<#types>),)*
            #[doc = #unrecognized]
            Unrecognized(Json),
        }

        impl<'de> Deserialize<'de> for #name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                tagged::deserialize(deserializer, #tag, Self::choose)
            }
        }

        impl #name {
            fn choose(tag: Option<&str>, member: Member<'_>) -> Result<Self, serde_json::Error> {
                match tag {
                    #(#values => member.decode().map(Self::#variants),)*
                    _ => member.decode().map(Self::Unrecognized),
                }
            }
        }

        #(
            impl From<#types> for #name {
                fn from(value: #types) -> Self {
                    Self::#variants(Box::new(value))
                }
            }
        )*
    }
}
