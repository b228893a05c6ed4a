//! The contents of the generated crate: resolved, named and ordered. The model cannot hold a mistake.

mod builder;
mod gate;
mod types;

pub(crate) use builder::{Builder, Constructor, FromText, New, SetNull, Setter, TagValue};
pub(crate) use gate::Gate;
pub(crate) use types::{
    Accessor, Enum, EnumValue, Field, Item, ItemKind, Lenient, Member, Need, Object, Payload,
    Presence, Reading, Shared, Step, Type, Union,
};

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};

/// The whole of what is emitted.
#[derive(Debug)]
pub(crate) struct Model {
    /// Top-level resources, sorted by module.
    pub(crate) resources: Vec<Resource>,
    /// Every type of `types`, sorted by module.
    pub(crate) items: Vec<Item>,
    pub(crate) events: Events,
    /// The features that turn on resources, sorted by name.
    pub(crate) features: Vec<Feature>,
}

/// A feature of the crate that turns on resources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    /// `profiles`
    pub name: String,
    /// The paths of its resources: `messaging_profiles`, `phone_numbers.voice`.
    pub resources: Vec<String>,
}

/// A code of the catalogue of errors.
#[derive(Clone, Debug)]
pub(crate) struct ErrorCode {
    /// `40300`
    pub(crate) code: String,
    /// `None` where nobody could read what it means.
    pub(crate) name: Option<ErrorName>,
    pub(crate) advice: Advice,
    /// Whether a conflict with this code refuses the request.
    pub(crate) refuses: bool,
}

/// The constant of an error code.
#[derive(Clone, Debug)]
pub(crate) struct ErrorName {
    pub(crate) ident: Ident,
    pub(crate) doc: Doc,
}

/// What an operator does about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Advice {
    AllowRecipient,
    DropRecipient,
    FixMessage,
    Later,
    StopAccount,
    StopSender,
    /// The pages contradict each other, or say nothing.
    Unknown,
}

/// Lines of documentation, clean and wrapped.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Doc(pub(crate) Vec<String>);

/// A handle that makes requests: `client.messages()`.
#[derive(Debug)]
pub(crate) struct Resource {
    /// `messages`: the module and the accessor.
    pub(crate) module: Ident,
    /// `Messages`
    pub(crate) handle: Ident,
    /// `Client` or the handle above: who has the accessor.
    pub(crate) made_by: String,
    /// Directories from `api` down to this module.
    pub(crate) directory: Vec<String>,
    /// What it needs beside what the resource above needs.
    pub(crate) gate: Gate,
    pub(crate) doc: Doc,
    pub(crate) operations: Vec<Operation>,
    pub(crate) children: Vec<Resource>,
}

/// A method of a handle with the request it makes.
#[derive(Debug)]
pub(crate) struct Operation {
    /// `SendMessage`, as the document calls it.
    pub(crate) id: String,
    /// `SendMessage`: the request's type.
    pub(crate) request: Ident,
    /// `send_message`: the file.
    pub(crate) module: Ident,
    /// `send`: the method of the handle.
    pub(crate) method: Ident,
    /// `messages().send(to)`: the call in the table of operations, with `(…)` if its arguments are too long.
    pub(crate) call: String,
    /// `POST`
    pub(crate) verb: Ident,
    /// `/messages/{id}`
    pub(crate) path: String,
    /// Query parameters that every request has.
    pub(crate) query: Vec<(String, String)>,
    /// What the response may be, if it is not JSON: `application/pdf`.
    pub(crate) accept: Option<String>,
    /// What a body of JSON is sent as, if it is not `application/json`: `application/merge-patch+json`.
    pub(crate) json_type: Option<String>,
    pub(crate) idempotency: Idempotency,
    pub(crate) authenticated: bool,
    /// Of the method.
    pub(crate) doc: Doc,
    /// Of the request's type: what awaiting it gives.
    pub(crate) request_doc: Doc,
    pub(crate) deprecated: bool,
    /// Names the documentation can be searched by.
    pub(crate) aliases: Vec<String>,
    pub(crate) inputs: Vec<Input>,
    pub(crate) body: Body,
    /// Whether a form without parts is not sent.
    pub(crate) omits_empty_form: bool,
    pub(crate) answer: Answer,
    /// The list of the answer that is empty once everything is done.
    pub(crate) until_empty: Option<Ident>,
    pub(crate) nothing: Nothing,
}

/// What a repeated request does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Idempotency {
    /// The same as one.
    Natural,
    /// The same as one, as long as both carry the same key.
    Key,
    /// Maybe something twice.
    None,
}

/// A value the caller gives: an argument of the method or a setter of the request.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    pub(crate) name: Ident,
    /// Name on the wire: `filter[phone_number]`.
    pub(crate) wire: String,
    pub(crate) ty: Type,
    pub(crate) place: InputPlace,
    /// Parts of a form that the document gives a content type, with that type: this part, or those of a whole form.
    pub(crate) part_types: Vec<(String, String)>,
    /// Whether a parameter of any JSON is written as JSON, its strings in quotes.
    pub(crate) is_json: bool,
    pub(crate) kind: InputKind,
    /// Whether the call is refused when the text or the list is empty.
    pub(crate) filled: bool,
    pub(crate) doc: Doc,
    pub(crate) deprecated: bool,
}

/// Where an input travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InputPlace {
    Path,
    Query,
    /// In the query, the items of a list in one value, with this text between them.
    JoinedQuery(&'static str),
    /// In the query, each entry of a map: `name[key]=value`, or `key=value` if it is not deep.
    QueryMap {
        is_deep: bool,
    },
    Header,
    /// In the header `Idempotency-Key`.
    IdempotencyKey,
    /// A property of a JSON body.
    Body,
    /// In a form, under its name.
    Part(Part),
    /// The whole body.
    WholeBody,
}

impl InputPlace {
    /// The part of a request, in a word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query | Self::JoinedQuery(_) | Self::QueryMap { .. } => "query",
            Self::Header | Self::IdempotencyKey => "header",
            Self::Body | Self::Part(_) | Self::WholeBody => "body",
        }
    }
}

/// What a part of a form is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// One text.
    Field,
    File,
    /// JSON, for what has no one text.
    Json,
    /// The items of a list in one text, with this text between them.
    Joined(&'static str),
}

/// The default separator of items in one value. Unlike a comma in an item, it is not encoded.
pub(crate) const COMMA: &str = ",";

/// How an input is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum InputKind {
    /// Positional.
    Argument,
    /// By a setter.
    Optional,
    /// By a setter, and by another of this name that sends `null`.
    Clearable(Ident),
}

/// What the request holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    None,
    Json,
    Multipart,
    UrlEncoded,
    /// Bytes or text of this content type, as the caller gives them.
    Content(String),
}

/// What a success answers.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// `{"data": …}`
    Data(Type),
    /// An object, which may come in an envelope all the same.
    Object(Type),
    /// The value as it is.
    Exact(Type),
    /// `{"data": […], "meta": …}`, one of several.
    Page(Type),
    /// The same, of a list that cannot be asked for another page.
    OnlyPage(Type),
    /// Nothing.
    Empty,
    /// Bytes of another content type.
    Bytes,
    /// Text.
    Text,
}

impl Answer {
    /// The type of the value, or of an item of the page.
    pub(crate) fn ty(&self) -> Option<&Type> {
        match self {
            Self::Data(ty)
            | Self::Object(ty)
            | Self::Exact(ty)
            | Self::Page(ty)
            | Self::OnlyPage(ty) => Some(ty),
            Self::Empty | Self::Bytes | Self::Text => None,
        }
    }
}

impl ToTokens for Answer {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::Data(ty) | Self::Object(ty) | Self::Exact(ty) => quote!(#ty),
            Self::Page(item) | Self::OnlyPage(item) => quote!(Page<#item>),
            Self::Empty => quote!(()),
            Self::Bytes => quote!(Bytes),
            Self::Text => quote!(String),
        });
    }
}

/// What it gives where the API answers a success without a value: with 204, or with null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nothing {
    /// An error: the document knows of no such success, or no value stands for it.
    Error,
    /// `None`; all else is in a `Some`.
    None,
    /// What is empty of its type: no items, null.
    Default,
}

/// The union of webhook events.
#[derive(Debug)]
pub(crate) struct Events {
    /// JSON pointers at which the kind of an event stands, the first that is there counts.
    pub(crate) tags: Vec<Literal>,
    pub(crate) events: Vec<Event>,
}

/// A kind of event.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) variant: Ident,
    pub(crate) doc: Doc,
    /// Values of the tag that name it.
    pub(crate) kinds: Vec<String>,
    /// JSON pointer to what it tells.
    pub(crate) pointer: String,
    pub(crate) payload: Payload,
}

/// A type as a program writes it.
pub(crate) fn shown(ty: &impl ToTokens) -> String {
    let tokens = ty.to_token_stream().to_string();
    tokens.replace(' ', "").replace(',', ", ")
}

impl Resource {
    /// `phone_numbers.messaging`
    pub(crate) fn path(&self) -> String {
        self.directory.join(".")
    }
}

impl Input {
    /// The content type that the document gives to this part of a form.
    pub(crate) fn part_type(&self) -> Option<&str> {
        let mut types = self.part_types.iter();
        let (_, own) = types.find(|(part, _)| *part == self.wire)?;
        Some(own)
    }
}

impl Operation {
    /// What awaiting the request gives.
    pub(crate) fn gives(&self) -> TokenStream {
        let answer = &self.answer;
        match self.nothing {
            Nothing::Error | Nothing::Default => quote!(#answer),
            Nothing::None => quote!(Option<#answer>),
        }
    }

    /// The positional arguments, in order.
    pub(crate) fn arguments(&self) -> impl Iterator<Item = &Input> {
        self.inputs
            .iter()
            .filter(|input| input.kind == InputKind::Argument)
    }

    /// What is set by name.
    pub(crate) fn setters(&self) -> impl Iterator<Item = &Input> {
        self.inputs
            .iter()
            .filter(|input| input.kind != InputKind::Argument)
    }

    /// The idempotency key, where the caller may leave it to the client.
    pub(crate) fn optional_key(&self) -> Option<&Input> {
        self.setters()
            .find(|input| input.place == InputPlace::IdempotencyKey)
    }

    /// The body, where the caller gives all of it as one.
    pub(crate) fn whole_body(&self) -> Option<&Input> {
        self.inputs
            .iter()
            .find(|input| input.place == InputPlace::WholeBody)
    }
}
