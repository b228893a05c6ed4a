//! An open enum of strings: a value it does not know is kept, never an error.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Enum, Item};

pub(super) fn emit(item: &Item, item_enum: &Enum) -> TokenStream {
    let Item { name, doc, .. } = item;
    let variants: Vec<_> = item_enum
        .variants
        .iter()
        .map(|variant| &variant.name)
        .collect();
    let docs = item_enum.variants.iter().map(|variant| &variant.doc);
    let values: Vec<_> = item_enum
        .variants
        .iter()
        .map(|variant| variant.wire.concat())
        .collect();
    quote! {
        use crate::{Unrecognized, open_enum};

        #doc
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#docs #variants,)*
            /// A value that this version does not know.
            Unrecognized(Unrecognized),
        }

        impl #name {
            /// The value as it is on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #values,)*
                    Self::Unrecognized(value) => value.as_str(),
                }
            }
        }

        impl From<&str> for #name {
            fn from(value: &str) -> Self {
                match value {
                    #(#values => Self::#variants,)*
                    other => Self::Unrecognized(Unrecognized::from_text(other)),
                }
            }
        }

        open_enum::text_traits!(#name);
    }
}
