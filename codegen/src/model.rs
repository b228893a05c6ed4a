//! The contents of the generated crate: resolved, named and ordered. The model cannot represent a mistake.

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

/// Everything that is emitted.
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

/// A code from `errors.yaml`.
#[derive(Clone, Debug)]
pub(crate) struct ErrorCode {
    /// `40300`
    pub(crate) code: String,
    /// `None` if nobody could read the meaning of the code.
    pub(crate) name: Option<ErrorName>,
    pub(crate) advice: Advice,
    /// Whether a 409 with this code means that the API refused the request.
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
    /// Telnyx's pages contradict each other, or give no advice.
    Unknown,
}

/// Lines of documentation, clean and wrapped.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Doc(pub(crate) Vec<String>);

/// A handle that creates requests: `client.messages()`.
#[derive(Debug)]
pub(crate) struct Resource {
    /// `messages`: the module and the accessor.
    pub(crate) module: Ident,
    /// `Messages`
    pub(crate) handle: Ident,
    /// The owner of the accessor: `Client`, or the handle above.
    pub(crate) made_by: String,
    /// Directories from `api` down to this module.
    pub(crate) directory: Vec<String>,
    /// The features that the resource needs in addition to those of the resource above.
    pub(crate) gate: Gate,
    pub(crate) doc: Doc,
    pub(crate) operations: Vec<Operation>,
    pub(crate) children: Vec<Resource>,
}

/// A method of a handle, with the request that it creates.
#[derive(Debug)]
pub(crate) struct Operation {
    /// `SendMessage`, the operation's id in the document.
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
    /// The content type of the response, if it is not JSON: `application/pdf`.
    pub(crate) accept: Option<String>,
    /// The content type of a JSON body, if it is not `application/json`: `application/merge-patch+json`.
    pub(crate) json_type: Option<String>,
    pub(crate) idempotency: Idempotency,
    pub(crate) authenticated: bool,
    /// Of the method.
    pub(crate) doc: Doc,
    /// The documentation of the request's type: what awaiting the request returns.
    pub(crate) request_doc: Doc,
    pub(crate) deprecated: bool,
    /// Names by which users can find the operation in the documentation.
    pub(crate) aliases: Vec<String>,
    pub(crate) inputs: Vec<Input>,
    pub(crate) body: Body,
    /// Whether the client sends nothing if a form has no parts.
    pub(crate) omits_empty_form: bool,
    pub(crate) answer: Answer,
    /// The list in the response that is empty when the work is done.
    pub(crate) until_empty: Option<Ident>,
    pub(crate) nothing: Nothing,
}

/// The effect of repeating a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Idempotency {
    /// No further effect.
    Natural,
    /// No further effect, as long as both requests have the same key.
    Key,
    /// Maybe something twice.
    None,
}

/// A value from the caller: an argument of the method, or a setter of the request.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    pub(crate) name: Ident,
    /// Name on the wire: `filter[phone_number]`.
    pub(crate) wire: String,
    pub(crate) ty: Type,
    pub(crate) place: InputPlace,
    /// The content types that the document gives to parts of a form: to this part, or to the parts of a whole form.
    pub(crate) part_types: Vec<(String, String)>,
    /// Whether a parameter of any JSON is written as JSON, so strings have quotes.
    pub(crate) is_json: bool,
    pub(crate) kind: InputKind,
    /// Whether the client rejects the call if the string or list is empty.
    pub(crate) filled: bool,
    pub(crate) doc: Doc,
    pub(crate) deprecated: bool,
}

/// Where the request contains an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InputPlace {
    Path,
    Query,
    /// In the query: the items of a list in one value, with this separator.
    JoinedQuery(&'static str),
    /// In the query: each entry of a map, as `name[key]=value`, or as `key=value` if the map is not deep.
    QueryMap {
        is_deep: bool,
    },
    Header,
    /// In the header `Idempotency-Key`.
    IdempotencyKey,
    /// A property of a JSON body.
    Body,
    /// In a form, as a part with its name.
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

/// The kind of a part in a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// One text.
    Field,
    File,
    /// JSON, for a value that cannot be written as one text.
    Json,
    /// The items of a list in one text, with this separator.
    Joined(&'static str),
}

/// The default separator of items in one value. The separator is not encoded, but a comma in an item is.
pub(crate) const COMMA: &str = ",";

/// The parameter for the number of a page.
pub(crate) const PAGE_NUMBER: &str = "page[number]";

/// How a caller passes an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum InputKind {
    /// Positional.
    Argument,
    /// By a setter.
    Optional,
    /// With a setter, and with another setter of this name that sends `null`.
    Clearable(Ident),
}

/// The body of the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    None,
    Json,
    Multipart,
    UrlEncoded,
    /// Bytes or text with this content type, as the caller passes them.
    Content(String),
}

/// The response of a successful call.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// `{"data": …}`
    Data(Type),
    /// An object, with or without an envelope.
    Object(Type),
    /// The value without an envelope.
    Exact(Type),
    /// `{"data": […], "meta": …}`, one of several pages.
    Page(Type),
    /// The same, for a list without further pages.
    OnlyPage(Type),
    /// Nothing.
    Empty,
    /// Bytes with another content type.
    Bytes,
    /// Text.
    Text,
}

impl Answer {
    /// The type of the value, or of an item on the page.
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

/// What a call returns for a success without a value: with a 204, or with null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nothing {
    /// An error, because the document mentions no such success, or no value can represent it.
    Error,
    /// `None`. Any other success is a `Some`.
    None,
    /// The type's empty value: a list without items, or null.
    Default,
}

/// The union of webhook events.
#[derive(Debug)]
pub(crate) struct Events {
    /// JSON pointers to the places of an event's kind. The first place that is present counts.
    pub(crate) tags: Vec<Literal>,
    pub(crate) events: Vec<Event>,
}

/// A variant of the event.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) variant: Ident,
    pub(crate) doc: Doc,
    /// The values of the kind that lead to this variant.
    pub(crate) kinds: Vec<String>,
    /// JSON pointer to the event's content.
    pub(crate) pointer: String,
    pub(crate) payload: Payload,
}

/// A type as Rust code.
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
    /// The type that awaiting the request returns.
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

    /// The inputs with setters.
    pub(crate) fn setters(&self) -> impl Iterator<Item = &Input> {
        self.inputs
            .iter()
            .filter(|input| input.kind != InputKind::Argument)
    }

    /// The idempotency key, if the caller may leave it to the client.
    pub(crate) fn optional_key(&self) -> Option<&Input> {
        self.setters()
            .find(|input| input.place == InputPlace::IdempotencyKey)
    }

    /// The body, if the caller passes it as one argument.
    pub(crate) fn whole_body(&self) -> Option<&Input> {
        self.inputs
            .iter()
            .find(|input| input.place == InputPlace::WholeBody)
    }
}
