//! An open enum of strings: a value it does not know is kept, never an error.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Enum, Item, Variant};

pub(super) fn emit(item: &Item, item_enum: &Enum) -> TokenStream {
    let Item { name, doc, .. } = item;
    let variants = item_enum.variants.iter().map(variant);
    quote! {
        use crate::open_enum::open_enum;

        open_enum! {
            #doc
            pub enum #name {
                #(#variants,)*
            }
        }
    }
}

/// A variant and its value on the wire.
fn variant(variant: &Variant) -> TokenStream {
    let Variant { name, doc, .. } = variant;
    let value = variant.wire.concat();
    quote!(#doc #name = #value)
}
