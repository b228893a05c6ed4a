//! The union of webhook events.

use proc_macro2::TokenStream;
use quote::quote;

use super::imports;
use crate::model::{Event, Events};

pub(super) fn emit(events: &Events) -> TokenStream {
    let variants: Vec<_> = events.events.iter().map(variant).collect();
    let imports = imports::of(&quote!(#(#variants),*));
    let tags = &events.tags;
    let decode = decode(events);
    quote! {
        #imports
        use crate::reader::Mistake;
        use crate::webhook::{EventBody, UnrecognizedEvent};

        /// The event that a webhook reports. Each kind of event has its own variant.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Event {
            #(#variants,)*
            /// An event that this version of the crate does not know or cannot decode.
            Unrecognized(UnrecognizedEvent),
        }

        impl Event {
            /// JSON Pointers to an event's kind. The first one that an event has decides.
            pub(crate) const TAGS: &[&str] = &[#(#tags),*];

            #decode
        }
    }
}

fn decode(events: &Events) -> TokenStream {
    let named = |event: &&Event| !event.kinds.is_empty();
    let arms: Vec<_> = events.events.iter().filter(named).map(arm).collect();
    if arms.is_empty() {
        return quote! {
            pub(crate) fn decode(_: &str, _: &EventBody<'_>) -> Result<Option<Self>, Mistake> {
                Ok(None)
            }
        };
    }
    quote! {
        pub(crate) fn decode(kind: &str, body: &EventBody<'_>) -> Result<Option<Self>, Mistake> {
            let event = match kind {
                #(#arms,)*
                _ => return Ok(None),
            };
            Ok(Some(event))
        }
    }
}

fn variant(event: &Event) -> TokenStream {
    let Event {
        variant,
        doc,
        payload,
        ..
    } = event;
    quote!(#doc #variant(#payload))
}

fn arm(event: &Event) -> TokenStream {
    let Event {
        variant,
        kinds,
        pointer,
        ..
    } = event;
    quote!(#(#kinds)|* => Self::#variant(body.decode(#pointer)?))
}
