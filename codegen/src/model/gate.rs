//! The features that a part of the crate needs.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// The features of which at least one must be on. Without a feature, the part always exists. Prints itself as `#[cfg(…)]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Gate {
    /// Sorted, each once.
    features: Vec<String>,
}

impl Gate {
    /// The gate of code that any of these features needs.
    pub(crate) fn of(features: impl IntoIterator<Item = String>) -> Self {
        let mut features: Vec<String> = features.into_iter().collect();
        features.sort();
        features.dedup();
        Self { features }
    }

    /// The features that open the gate.
    pub(crate) fn features(&self) -> &[String] {
        &self.features
    }

    /// Whether the code needs no feature.
    pub(crate) fn is_open(&self) -> bool {
        self.features.is_empty()
    }

    /// The attribute as text.
    pub(crate) fn attribute(&self) -> String {
        self.to_token_stream().to_string()
    }

    /// The gate of code behind this gate that also needs `inner`.
    pub(crate) fn then(&self, inner: &Self) -> Self {
        let narrower = if inner.is_open() { self } else { inner };
        narrower.clone()
    }
}

impl ToTokens for Gate {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self.features.as_slice() {
            [] => quote!(),
            [feature] => quote!(#[cfg(feature = #feature)]),
            features => quote!(#[cfg(any(#(feature = #features),*))]),
        });
    }
}
