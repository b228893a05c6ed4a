//! `mod.rs`: the modules, and the accessor of each resource on the client.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Model, Resource};

pub(super) fn emit(model: &Model) -> TokenStream {
    let modules = model.resources.iter().map(|resource| &resource.module);
    let accessors = model
        .resources
        .iter()
        .map(|resource| accessor(resource, &quote!(self.clone())));
    quote! {
        #[cfg(feature = "webhooks")]
        pub(crate) mod events;
        #(pub mod #modules;)*
        pub mod types;

        use crate::Client;

        impl Client {
            #(#accessors)*
        }
    }
}

/// `pub fn messages(&self) -> messages::Messages`, on the client or on the resource above.
pub(super) fn accessor(resource: &Resource, client: &TokenStream) -> TokenStream {
    let Resource {
        module,
        handle,
        doc,
        ..
    } = resource;
    quote! {
        #doc
        #[must_use]
        pub fn #module(&self) -> #module::#handle {
            #module::#handle::new(#client)
        }
    }
}
