//! A request: its values, its setters, and its call.

use proc_macro2::TokenStream;
use quote::quote;

use super::values::{entries, items_of, joined, texts, value, values};
use super::{imports, setters};
use crate::model::{
    Answer, Body, COMMA, Idempotency, Input, InputKind, InputPlace, Nothing, Operation, Part, Type,
};

/// The file of a request.
pub(super) fn emit(operation: &Operation) -> TokenStream {
    let constant = constant(operation);
    let request = request(operation);
    let tokens = quote! {
        #constant
        #request
    };
    let imports = imports::of(&tokens);
    quote! {
        #imports
        #tokens
    }
}

/// What is the same for every call of the operation.
fn constant(operation: &Operation) -> TokenStream {
    let Operation {
        id,
        verb,
        path,
        authenticated,
        ..
    } = operation;
    let idempotency = match operation.idempotency {
        Idempotency::Natural => quote!(Natural),
        Idempotency::Key => quote!(Key),
        Idempotency::None => quote!(None),
    };
    quote! {
        const OPERATION: Operation = Operation {
            id: #id,
            method: Method::#verb,
            path: #path,
            idempotency: Idempotency::#idempotency,
            authenticated: #authenticated,
        };
    }
}

/// What is special about the request; the macro adds what all of them have.
fn request(operation: &Operation) -> TokenStream {
    let Operation {
        request,
        request_doc,
        ..
    } = operation;
    let arguments = operation.arguments().map(field);
    let optional = optional(operation);
    let into_call = into_call(operation);
    let setters = setters(operation);
    quote! {
        request! {
            #request_doc
            pub struct #request {
                #(#arguments,)*
            }

            #optional
            #into_call
            #setters
        }
    }
}

/// What setters set.
fn optional(operation: &Operation) -> Option<TokenStream> {
    operation.setters().next()?;
    let fields = operation.setters().map(field);
    Some(quote! {
        struct Optional {
            #(#fields,)*
        }
    })
}

fn into_call(operation: &Operation) -> TokenStream {
    let gives = operation.gives();
    let fixed = operation
        .query
        .iter()
        .map(|(name, value)| quote!(.queries(#name, [#value])));
    let accept = operation
        .accept
        .as_ref()
        .map(|accept| quote!(.headers("accept", [#accept])));
    let parameters = operation.inputs.iter().filter_map(sent);
    let (made, set) = body(operation);
    let json_type = operation
        .json_type
        .as_ref()
        .map(|json_type| quote!(.json_type(#json_type)));
    let read = match &operation.answer {
        Answer::Data(_) => quote!(data),
        Answer::Object(_) => quote!(object),
        Answer::Exact(_) => quote!(exact),
        Answer::Page(_) => quote!(page),
        Answer::OnlyPage(_) => quote!(only_page),
        Answer::Empty => quote!(empty),
        Answer::Bytes => quote!(bytes),
        Answer::Text => quote!(text),
    };
    let nothing = match operation.nothing {
        Nothing::Error => None,
        Nothing::None => Some(quote!(.or_none())),
        Nothing::Default => Some(quote!(.or_default())),
    };
    quote! {
        fn into_call(self) -> Call<#gives> {
            #made
            OPERATION.request(self.client, self.call_options) #accept #(#fixed)* #(#parameters)* #set #json_type .#read() #nothing
        }
    }
}

fn setters(operation: &Operation) -> Option<TokenStream> {
    let Operation { request, .. } = operation;
    let items = items(operation);
    let setters: Vec<_> = operation
        .setters()
        .map(setters::of_input)
        .chain(key(operation))
        .chain(items)
        .chain(until_done(operation))
        .collect();
    (!setters.is_empty()).then(|| {
        quote! {
            impl #request {
                #(#setters)*
            }
        }
    })
}

/// The getter of the key that a send generates.
fn key(operation: &Operation) -> Option<TokenStream> {
    let name = &operation.optional_key()?.name;
    let crash = format!(
        " You can write this key to your log. To be able to repeat a request after a crash, generate a key with \
         [`new_idempotency_key`](crate::new_idempotency_key) before you send the request for the first time. Store \
         the key, and set it with [`{name}`](Self::{name})."
    );
    Some(quote! {
        /// The idempotency key that this request uses the next time you send it.
        ///
        /// If you have not set a key, this method generates a key.
        ///
        #[doc = #crash]
        ///
        /// Call all setters before this method, because each setter gives the request a new generated key. The client keeps a
        /// generated key for up to 23 hours, and then generates a new key. A clone of the request has the same key, unless you
        /// call a setter on the clone. See [the guide](crate::guides::reliability#a-request-is-one-message).
        ///
        /// # Errors
        ///
        /// Returns [`Error::Config`](crate::Error::Config) if the operating system cannot provide random bytes.
        pub fn key_to_send(&self) -> crate::Result<String> {
            match &self.optional.#name {
                Some(key) => Ok(key.clone()),
                None => Ok(self.shared_key.read()?),
            }
        }
    })
}

fn items(operation: &Operation) -> Option<TokenStream> {
    let Answer::Page(item) = &operation.answer else {
        return None;
    };
    Some(quote! {
        /// Returns the items on this page and on all later pages. The client requests each page when you reach its first item.
        pub fn items(self) -> Items<#item> {
            Items::new(self.into_call())
        }
    })
}

/// The method that asks until nothing is left to do.
fn until_done(operation: &Operation) -> Option<TokenStream> {
    let list = operation.until_empty.as_ref()?;
    let gives = operation.gives();
    let first = format!(
        " Repeats the request until `{list}` is empty, for at most `timeout`. The last request may end up to 1 s after `timeout`."
    );
    let last = format!(
        " Returns the last response, even if `{list}` is not empty yet. Check `{list}` before you use the response."
    );
    Some(quote! {
        #[doc = #first]
        ///
        #[doc = #last]
        pub fn until_done(self, timeout: std::time::Duration) -> crate::UntilDone<#gives> {
            crate::UntilDone::new(self.into_call(), timeout, |answer| answer.#list.is_empty())
        }
    })
}

/// How a parameter joins the call.
fn sent(input: &Input) -> Option<TokenStream> {
    let wire = &input.wire;
    Some(match input.place {
        InputPlace::Path if matches!(input.ty, Type::List(_)) => {
            let items = texts(input, setters::storage(input));
            quote!(.path_items(#wire, #items))
        }
        InputPlace::Path => {
            let stored = setters::storage(input);
            let text = match &input.ty {
                Type::Json if !input.is_json => Some(quote!(.into_text())),
                ty => (!ty.is_text()).then(|| quote!(.to_string())),
            };
            quote!(.path(#wire, #stored #text))
        }
        InputPlace::Query => {
            let values = texts(input, values(input));
            quote!(.queries(#wire, #values))
        }
        InputPlace::JoinedQuery(COMMA) if matches!(input.ty, Type::List(_)) => {
            let items = items_of(input);
            quote!(.joined(#wire, #items))
        }
        InputPlace::JoinedQuery(separator) => {
            let values = joined(input, separator);
            quote!(.queries(#wire, #values))
        }
        InputPlace::QueryMap { is_deep } => {
            let entries = entries(input);
            match is_deep {
                true => quote!(.entries(Some(#wire), #entries)),
                false => quote!(.entries(None, #entries)),
            }
        }
        InputPlace::Header => {
            let joined = joined(input, COMMA);
            quote!(.headers(#wire, #joined))
        }
        InputPlace::IdempotencyKey => {
            let values = values(input);
            quote!(.keyed(#values))
        }
        InputPlace::Body | InputPlace::Part(_) | InputPlace::WholeBody => return None,
    })
}

/// How the body is put together, where it is made of properties, and how it joins the call.
fn body(operation: &Operation) -> (Option<TokenStream>, Option<TokenStream>) {
    if let Some(input) = operation.whole_body() {
        let stored = setters::storage(input);
        let part_types = part_types(input);
        let stored = quote!(#stored #part_types);
        return (None, Some(whole_body(operation, &stored)));
    }
    let properties: Vec<_> = operation.inputs.iter().filter_map(property).collect();
    if properties.is_empty() {
        return (None, None);
    }
    let (name, object, set) = match form(operation) {
        Some(set) => (quote!(form), quote!(Form), set),
        None => (quote!(body), quote!(JsonObject), quote!(json_object)),
    };
    let made = quote!(let #name = #object::new() #(#properties)*;);
    (Some(made), Some(quote!(.#set(#name))))
}

/// How a body that the caller gives as one joins the call.
fn whole_body(operation: &Operation, stored: &TokenStream) -> TokenStream {
    match (form(operation), &operation.body) {
        (Some(set), _) => quote!(.#set(#stored)),
        (None, Body::Content(content_type)) => quote!(.body(#content_type, #stored)),
        (None, _) => quote!(.json(&#stored)),
    }
}

/// The method of the call that takes a form, if the body is one.
fn form(operation: &Operation) -> Option<TokenStream> {
    match (&operation.body, operation.omits_empty_form) {
        (Body::Multipart, true) => Some(quote!(optional_multipart)),
        (Body::Multipart, false) => Some(quote!(multipart)),
        (Body::UrlEncoded, true) => Some(quote!(optional_urlencoded)),
        (Body::UrlEncoded, false) => Some(quote!(urlencoded)),
        (Body::Json | Body::None | Body::Content(_), _) => None,
    }
}

/// How a property joins the body.
fn property(input: &Input) -> Option<TokenStream> {
    let wire = &input.wire;
    let method = match input.place {
        InputPlace::Body if input.filled => {
            let stored = setters::storage(input);
            return Some(quote!(.filled(#wire, #stored)));
        }
        InputPlace::Body => {
            let value = value(input);
            return Some(quote!(.property(#wire, #value)));
        }
        InputPlace::Part(Part::Field) => quote!(fields),
        InputPlace::Part(Part::File) => quote!(files),
        InputPlace::Part(Part::Json) => quote!(jsons),
        InputPlace::Part(Part::Joined(COMMA)) => quote!(joined),
        InputPlace::Part(Part::Joined(_)) => quote!(fields),
        _ => return None,
    };
    let values = match input.place {
        InputPlace::Part(Part::Field) => texts(input, values(input)),
        InputPlace::Part(Part::Joined(COMMA)) => items_of(input),
        InputPlace::Part(Part::Joined(separator)) => joined(input, separator),
        _ => values(input),
    };
    let part_types = part_types(input);
    Some(quote!(.#method(#wire, #values) #part_types))
}

/// The calls that give parts of a form their content types.
fn part_types(input: &Input) -> TokenStream {
    let calls = input.part_types.iter();
    calls
        .map(|(name, content_type)| quote!(.part_type(#name, #content_type)))
        .collect()
}

/// The field that holds an input.
fn field(input: &Input) -> TokenStream {
    let Input { name, ty, .. } = input;
    let stored = match input.kind {
        InputKind::Argument => quote!(#ty),
        InputKind::Optional => quote!(Option<#ty>),
        InputKind::Clearable(_) => quote!(Option<Option<#ty>>),
    };
    quote!(#name: #stored)
}
