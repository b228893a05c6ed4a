//! `mod.rs`: the modules, and the accessor of each resource on the client.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Model, Resource};

pub(super) fn emit(model: &Model) -> TokenStream {
    let modules = model.resources.iter().map(module);
    let accessors = model
        .resources
        .iter()
        .map(|resource| accessor(resource, &quote!(self.clone())));
    quote! {
        #[cfg(feature = "webhooks")]
        pub(crate) mod events;
        #(#modules)*
        pub mod types;

        use crate::Client;

        impl Client {
            #(#accessors)*
        }
    }
}

/// `pub mod messages;`
pub(super) fn module(resource: &Resource) -> TokenStream {
    let Resource { module, gate, .. } = resource;
    quote!(#gate pub mod #module;)
}

/// `pub fn messages(&self) -> messages::Messages`, on the client or on the resource above.
pub(super) fn accessor(resource: &Resource, client: &TokenStream) -> TokenStream {
    let Resource {
        module,
        handle,
        gate,
        doc,
        ..
    } = resource;
    quote! {
        #doc
        #gate
        #[must_use]
        pub fn #module(&self) -> #module::#handle {
            #module::#handle::new(#client)
        }
    }
}
