//! A resource: its handle with a method for each operation, and the files of its requests.

use proc_macro2::TokenStream;
use quote::quote;

use super::{TokenFile, client, imports, requests, setters};
use crate::model::{Operation, Resource};

/// The files of a resource and of those below it.
pub(super) fn emit(resource: &Resource) -> Vec<TokenFile> {
    let directory = resource.directory.join("/");
    let mut files = vec![TokenFile {
        path: format!("{directory}/mod.rs"),
        tokens: module(resource),
    }];
    for operation in &resource.operations {
        let path = format!("{directory}/{}.rs", operation.module);
        files.push(TokenFile {
            path,
            tokens: requests::emit(operation),
        });
    }
    files.extend(resource.children.iter().flat_map(emit));
    files
}

fn module(resource: &Resource) -> TokenStream {
    let Resource { handle, doc, .. } = resource;
    let summary = format!(" {}", doc.summary());
    let children = resource.children.iter().map(client::module);
    let mut requests: Vec<_> = resource
        .operations
        .iter()
        .map(|operation| (&operation.module, &operation.request))
        .collect();
    requests.sort();
    let (modules, requests): (Vec<_>, Vec<_>) = requests.into_iter().unzip();
    let maker = &resource.made_by;
    let made_by = match resource.directory.as_slice() {
        [module] => format!(" Created by [`Client::{module}`]."),
        path => format!(
            " Created by [`{maker}::{}`](super::{maker}::{}).",
            path[path.len() - 1],
            path[path.len() - 1]
        ),
    };
    let accessors = resource
        .children
        .iter()
        .map(|child| client::accessor(child, &quote!(self.client.clone())));
    let methods = resource.operations.iter().map(method);
    let handle = quote! {
        #doc
        #[doc = ""]
        #[doc = #made_by]
        #[derive(Clone, Debug)]
        pub struct #handle {
            client: Client,
        }

        impl #handle {
            pub(crate) fn new(client: Client) -> Self {
                Self { client }
            }

            #(#accessors)*

            #(#methods)*
        }
    };
    let imports = imports::of(&handle);
    quote! {
        #![doc = #summary]

        #(#children)*
        #(mod #modules;)*

        #(pub use self::#modules::#requests;)*

        #imports

        #handle
    }
}

fn method(operation: &Operation) -> TokenStream {
    let Operation {
        method,
        request,
        doc,
        aliases,
        ..
    } = operation;
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let arguments = operation
        .arguments()
        .map(|input| setters::argument(&input.name, &input.ty));
    let values = operation
        .arguments()
        .map(|input| input.ty.convert(&input.name));
    let many = setters::expect_many(operation.arguments().count() + 1);
    quote! {
        #doc
        #(#[doc(alias = #aliases)])*
        #many
        #deprecated
        pub fn #method(&self, #(#arguments),*) -> #request {
            #request::new(self.client.clone(), #(#values),*)
        }
    }
}
