//! The catalogue of error codes: a constant for each named code, and a table of all codes.

use proc_macro2::TokenStream;
use quote::quote;

use super::TokenFile;
use crate::model::{Advice, ErrorCode, ErrorName};

pub(crate) fn emit(codes: &[ErrorCode]) -> TokenFile {
    let constants = codes.iter().filter_map(constant);
    let entries = codes.iter().map(entry);
    TokenFile {
        path: "catalogue.rs".to_owned(),
        tokens: quote! {
            use super::{Entry, ErrorCode, Remedy};

            impl ErrorCode {
                #(#constants)*
            }

            /// All codes of the catalogue.
            pub(super) const CATALOGUE: &[Entry] = &[
                #(#entries,)*
            ];
        },
    }
}

fn constant(code: &ErrorCode) -> Option<TokenStream> {
    let ErrorName { ident, doc } = code.name.as_ref()?;
    let code = &code.code;
    Some(quote! {
        #doc
        pub const #ident: Self = Self::known(#code);
    })
}

fn entry(code: &ErrorCode) -> TokenStream {
    let ErrorCode {
        code,
        advice,
        refuses,
        ..
    } = code;
    let remedy = match advice {
        Advice::AllowRecipient => quote!(AllowRecipient),
        Advice::DropRecipient => quote!(DropRecipient),
        Advice::FixMessage => quote!(FixMessage),
        Advice::Later => quote!(Later),
        Advice::StopAccount => quote!(StopAccount),
        Advice::StopSender => quote!(StopSender),
        Advice::Unknown => quote!(Unknown),
    };
    quote!(Entry::new(#code, Remedy::#remedy, #refuses))
}
