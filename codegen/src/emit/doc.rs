//! Documentation prints itself as doc comments.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::model::Doc;

impl ToTokens for Doc {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for line in &self.0 {
            let text = if line.is_empty() {
                String::new()
            } else {
                format!(" {line}")
            };
            tokens.extend(quote!(#[doc = #text]));
        }
    }
}
