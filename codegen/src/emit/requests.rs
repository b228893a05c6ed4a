//! A request: what it holds, its setters, and the call it becomes.

use proc_macro2::TokenStream;
use quote::quote;

use super::{imports, setters};
use crate::model::{
    Answer, Body, Idempotency, Input, InputKind, InputPlace, Operation, Part, Type,
};

/// The file of a request.
pub(super) fn emit(operation: &Operation) -> TokenStream {
    let constant = constant(operation);
    let structure = structure(operation);
    let body = body(operation);
    let inherent = inherent(operation);
    let traits = traits(operation);
    let tokens = quote! {
        #constant
        #structure
        #body
        #inherent
        #traits
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

fn structure(operation: &Operation) -> TokenStream {
    let Operation {
        request,
        request_doc,
        ..
    } = operation;
    let parameters = parameters(operation).map(field);
    let body = has_body(operation).then(|| {
        let ty = operation.whole_body().map_or_else(|| quote!(Body), stored);
        quote!(body: #ty,)
    });
    quote! {
        #request_doc
        #[derive(Clone)]
        #[must_use = "a request does nothing until it is awaited"]
        pub struct #request {
            client: Client,
            options: RequestOptions,
            #(#parameters,)*
            #body
        }
    }
}

/// The body, where it is made of properties.
fn body(operation: &Operation) -> Option<TokenStream> {
    operation.body_fields().next()?;
    let is_json = operation.body == Body::Json;
    let derive = if is_json {
        quote!(#[derive(Clone, Serialize)])
    } else {
        quote!(#[derive(Clone)])
    };
    let fields = operation.body_fields().map(|input| {
        let field = field(input);
        let attribute = is_json.then(|| body_attribute(input));
        quote!(#attribute #field)
    });
    Some(quote! {
        #derive
        struct Body {
            #(#fields,)*
        }
    })
}

fn body_attribute(input: &Input) -> Option<TokenStream> {
    let wire = &input.wire;
    let rename = (input.name != wire.as_str()).then(|| quote!(rename = #wire));
    let skip = (input.kind != InputKind::Argument)
        .then(|| quote!(skip_serializing_if = "Option::is_none"));
    let options: Vec<_> = rename.into_iter().chain(skip).collect();
    (!options.is_empty()).then(|| quote!(#[serde(#(#options),*)]))
}

fn inherent(operation: &Operation) -> TokenStream {
    let Operation { request, .. } = operation;
    let new = constructor(operation);
    let setters = operation.setters().map(setters::of_input);
    let items = items(operation);
    let common = common(operation);
    let into_call = into_call(operation);
    quote! {
        impl #request {
            #new
            #(#setters)*
            #items
            #common
            #into_call
        }
    }
}

fn constructor(operation: &Operation) -> TokenStream {
    let arguments = operation
        .arguments()
        .map(|Input { name, ty, .. }| quote!(#name: #ty));
    let parameters = parameters(operation).map(initial);
    let body = has_body(operation).then(|| match operation.body_fields().next() {
        Some(_) => {
            let fields = operation.body_fields().map(initial);
            quote!(body: Body { #(#fields,)* },)
        }
        None => quote!(body,),
    });
    let many = setters::expect_many(operation.arguments().count() + 1);
    quote! {
        #many
        pub(super) fn new(client: Client, #(#arguments),*) -> Self {
            Self {
                client,
                options: RequestOptions::default(),
                #(#parameters,)*
                #body
            }
        }
    }
}

fn items(operation: &Operation) -> Option<TokenStream> {
    let Answer::Page(item) = &operation.answer else {
        return None;
    };
    Some(quote! {
        /// The items of this page and of all after it; a page is asked for when it is due.
        pub fn items(self) -> Items<#item> {
            Items::new(self.into_call())
        }
    })
}

/// What every request has.
fn common(operation: &Operation) -> TokenStream {
    let gives = gives(&operation.answer);
    quote! {
        /// Applies `set` if there is a value, for what is optional in your own code.
        pub fn when_some<V>(self, value: Option<V>, set: impl FnOnce(Self, V) -> Self) -> Self {
            match value {
                Some(value) => set(self, value),
                None => self,
            }
        }

        /// Timeouts, retries and headers of this call, in place of the client's.
        pub fn with_options(mut self, options: RequestOptions) -> Self {
            self.options = options;
            self
        }

        /// Gives status, headers and raw body beside the value.
        pub fn with_response(self) -> Call<Response<#gives>> {
            self.into_call().with_response()
        }

        /// Sends the request and waits for the answer on this thread.
        ///
        /// # Errors
        ///
        /// As awaiting it does: see [`Error`](crate::Error).
        #[cfg(feature = "blocking")]
        pub fn run_blocking(self) -> Result<#gives> {
            self.into_call().run_blocking()
        }

        /// Sends the request: what `.await` calls, for where a future is wanted by name.
        pub fn into_future(self) -> Pending<#gives> {
            self.into_call().into_future()
        }
    }
}

fn into_call(operation: &Operation) -> TokenStream {
    let gives = gives(&operation.answer);
    let decode = match &operation.answer {
        Answer::Data(_) => quote!(data),
        Answer::Object(_) => quote!(object),
        Answer::Exact(_) => quote!(exact),
        Answer::Page(_) => quote!(page),
        Answer::Empty => quote!(empty),
        Answer::Bytes => quote!(bytes),
        Answer::Text => quote!(text),
    };
    let parameters = parameters(operation).map(sent);
    let body = has_body(operation).then(|| match &operation.body {
        Body::Json | Body::None => quote!(.json(&self.body)),
        Body::Multipart => {
            let form = form(operation);
            quote!(.multipart(#form))
        }
        Body::UrlEncoded => {
            let form = form(operation);
            quote!(.urlencoded(#form))
        }
        Body::Content(content_type) => quote!(.body(#content_type, self.body)),
    });
    quote! {
        fn into_call(self) -> Call<#gives> {
            Call::new(self.client, self.options, &OPERATION, decode::#decode) #(#parameters)* #body
        }
    }
}

/// How a parameter joins the call.
fn sent(input: &Input) -> TokenStream {
    let Input { name, wire, .. } = input;
    let values = values(input, &quote!(self.#name));
    match input.place {
        InputPlace::Path if input.ty.is_text() => quote!(.path(#wire, self.#name)),
        InputPlace::Path => quote!(.path(#wire, self.#name.to_string())),
        InputPlace::Query => quote!(.query(#wire, #values)),
        InputPlace::JoinedQuery => {
            let joined = joined(input);
            quote!(.query(#wire, #joined))
        }
        InputPlace::Header => quote!(.header(#wire, #values)),
        InputPlace::IdempotencyKey => quote!(.idempotency_key(#values)),
        InputPlace::Body | InputPlace::Part(_) | InputPlace::WholeBody => quote!(),
    }
}

/// The form, put together from the properties or given as a whole.
fn form(operation: &Operation) -> TokenStream {
    if operation.whole_body().is_some() {
        return quote!(self.body);
    }
    let parts = operation.inputs.iter().filter_map(|input| {
        let InputPlace::Part(part) = input.place else {
            return None;
        };
        let method = match part {
            Part::Field => quote!(field),
            Part::File => quote!(file),
            Part::Json => quote!(json),
        };
        let Input { name, wire, .. } = input;
        let values = values(input, &quote!(self.body.#name));
        Some(quote!(.#method(#wire, #values)))
    });
    quote!(Form::new() #(#parts)*)
}

/// All values of an input: none, one or many.
fn values(input: &Input, stored: &TokenStream) -> TokenStream {
    let many = matches!(input.ty, Type::List(_));
    match (many, input.kind) {
        (true, InputKind::Argument) | (false, InputKind::Optional | InputKind::Clearable) => {
            stored.clone()
        }
        (true, InputKind::Optional | InputKind::Clearable) => quote!(#stored.into_iter().flatten()),
        (false, InputKind::Argument) => quote!(Some(#stored)),
    }
}

/// The items of a list as one value, with commas between them.
fn joined(input: &Input) -> TokenStream {
    let name = &input.name;
    let join = |items: TokenStream| quote!(#items.iter().map(ToString::to_string).collect::<Vec<_>>().join(","));
    if !matches!(input.ty, Type::List(_)) {
        return values(input, &quote!(self.#name));
    }
    if input.kind == InputKind::Argument {
        let items = join(quote!(self.#name));
        quote!(Some(#items))
    } else {
        let items = join(quote!(items));
        quote!(self.#name.map(|items| #items))
    }
}

fn traits(operation: &Operation) -> TokenStream {
    let Operation { request, .. } = operation;
    let name = request.to_string();
    let gives = gives(&operation.answer);
    quote! {
        impl IntoFuture for #request {
            type Output = Result<#gives>;
            type IntoFuture = Pending<#gives>;

            fn into_future(self) -> Self::IntoFuture {
                self.into_call().into_future()
            }
        }

        // What it holds may be personal.
        impl fmt::Debug for #request {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(#name).finish_non_exhaustive()
            }
        }
    }
}

/// What awaiting gives.
fn gives(answer: &Answer) -> TokenStream {
    match answer {
        Answer::Data(ty) | Answer::Object(ty) | Answer::Exact(ty) => quote!(#ty),
        Answer::Page(item) => quote!(Page<#item>),
        Answer::Empty => quote!(()),
        Answer::Bytes => quote!(Bytes),
        Answer::Text => quote!(String),
    }
}

/// The inputs that are no part of the body.
fn parameters(operation: &Operation) -> impl Iterator<Item = &Input> {
    operation
        .inputs
        .iter()
        .filter(|input| !input.place.is_in_body())
}

fn has_body(operation: &Operation) -> bool {
    operation
        .inputs
        .iter()
        .any(|input| input.place.is_in_body())
}

fn field(input: &Input) -> TokenStream {
    let name = &input.name;
    let ty = stored(input);
    quote!(#name: #ty)
}

/// The type of the field that holds an input.
fn stored(input: &Input) -> TokenStream {
    let ty = &input.ty;
    match input.kind {
        InputKind::Argument => quote!(#ty),
        InputKind::Optional => quote!(Option<#ty>),
        InputKind::Clearable => quote!(Option<Option<#ty>>),
    }
}

/// The field at first: the argument, or nothing.
fn initial(input: &Input) -> TokenStream {
    let name = &input.name;
    match input.kind {
        InputKind::Argument => quote!(#name),
        InputKind::Optional | InputKind::Clearable => quote!(#name: None),
    }
}
