//! An open enum of strings. It keeps unknown values.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Enum, EnumValue, Item};

pub(super) fn emit(item: &Item, item_enum: &Enum) -> TokenStream {
    let Item { name, doc, .. } = item;
    let values = item_enum.values.iter().map(value);
    quote! {
        use crate::open_enum::open_enum;

        open_enum! {
            #doc
            pub enum #name {
                #(#values,)*
            }
        }
    }
}

/// A variant and its value on the wire.
fn value(value: &EnumValue) -> TokenStream {
    let EnumValue { name, wire, doc } = value;
    quote!(#doc #name = #wire)
}
