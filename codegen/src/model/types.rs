//! The types of the generated crate.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::{Builder, Doc, Gate};

/// A Rust type, which prints itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Boolean,
    /// A body that is not JSON.
    Bytes,
    /// A code from Telnyx's list of error codes.
    ErrorCode,
    /// A file of a multipart body.
    File,
    /// A form whose fields are not in the document.
    Form,
    Integer,
    Integer32,
    /// Anything.
    Json,
    List(Box<Type>),
    Map(Box<Type>),
    /// A type of `types`.
    Named(Ident),
    /// A type of `types` that would otherwise contain itself.
    Boxed(Ident),
    Number,
    /// A string that prints itself as `[hidden]`.
    Secret,
    Text,
    Timestamp,
    /// An unsigned integer of 64 bits.
    Unsigned,
}

/// A type of `types`, and its file.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) name: Ident,
    /// `outbound_message`
    pub(crate) module: Ident,
    pub(crate) gate: Gate,
    pub(crate) doc: Doc,
    pub(crate) kind: ItemKind,
}

/// The kind of a type in `types`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ItemKind {
    Object(Object),
    Enum(Enum),
    Union(Union),
}

/// A struct.
#[derive(Clone, Debug)]
pub(crate) struct Object {
    pub(crate) fields: Vec<Field>,
    /// How the type is decoded, if that is special.
    pub(crate) reading: Option<Reading>,
    /// Methods that return a value from one of several places.
    pub(crate) accessors: Vec<Accessor>,
    /// The field with Telnyx's code, if the object is an error. The object then has a method that returns the advice.
    pub(crate) error_code: Option<Box<Ident>>,
    /// Whether the object has a `Default` for tests of programs. It has one if only strings, numbers and similar values are
    /// required.
    pub(crate) may_be_made: bool,
    /// How a caller creates the object; `None` if only responses contain it.
    pub(crate) builder: Option<Builder>,
}

/// How the decoding of an object is special.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reading {
    /// The property that gets the text if the API sends a string instead of the object.
    pub(crate) text: Option<String>,
    /// The field for properties without a field of their own.
    pub(crate) additional: Option<Ident>,
}

/// A method that returns the first string that is present.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Accessor {
    pub(crate) name: Ident,
    /// The paths to the strings.
    pub(crate) paths: Vec<Vec<Step>>,
    pub(crate) doc: Doc,
}

/// A step from an object to a field.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Step {
    pub(crate) field: Ident,
    pub(crate) presence: Presence,
}

/// A public field.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) name: Ident,
    pub(crate) wire: String,
    pub(crate) ty: Type,
    pub(crate) presence: Presence,
    pub(crate) need: Need,
    pub(crate) lenient: Lenient,
    pub(crate) doc: Doc,
    pub(crate) deprecated: bool,
}

/// Whether a field can be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// Always there.
    Required,
    /// `None` when absent or null.
    Optional,
    /// Empty when absent or null.
    List,
    /// A map of all properties without a field of their own.
    Additional,
}

/// How a request needs a field. If two sites share a type, the site that needs more decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Need {
    /// The field has no setter, because only responses contain it.
    Never,
    /// The request may omit the field.
    Free,
    /// The request always contains the field, as null if it has no value.
    Written,
    /// The request always contains the field, which is an argument of `new`.
    Argument,
}

/// Another form of value that a field accepts besides its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lenient {
    No,
    /// A number instead of a string.
    Text,
    /// A single item instead of a list.
    OneOrList,
}

/// An open enum of strings.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Enum {
    pub(crate) values: Vec<EnumValue>,
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EnumValue {
    pub(crate) name: Ident,
    pub(crate) wire: String,
    pub(crate) doc: Doc,
}

/// A union whose members the value of a property distinguishes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Union {
    pub(crate) tag: String,
    pub(crate) members: Vec<Member>,
    /// The doc comment of the variant for a value that matches no member.
    pub(crate) unrecognized: Doc,
    /// Values that can be read without checking which member it is.
    pub(crate) shared: Vec<Shared>,
}

/// A member of a union: a boxed struct in a variant.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Member {
    pub(crate) name: Ident,
    pub(crate) ty: Ident,
    /// The tag's value for this member. Serializing the member writes this value.
    pub(crate) value: String,
    /// Other values of the tag for this member.
    pub(crate) aliases: Vec<String>,
    /// `as_outbound`: the method that borrows it.
    pub(crate) borrow: Ident,
    /// `into_outbound`: the method that takes it out.
    pub(crate) take: Ident,
    pub(crate) doc: Doc,
}

/// A string that every member of a union has: `message.id()`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shared {
    pub(crate) name: Ident,
    pub(crate) doc: Doc,
}

impl ItemKind {
    /// The types inside this type, directly or in a list, a map or a box.
    pub(crate) fn held(&self) -> Vec<&Ident> {
        match self {
            Self::Enum(_) => Vec::new(),
            Self::Object(object) => {
                let fields = object.fields.iter();
                fields.filter_map(|field| field.ty.named()).collect()
            }
            Self::Union(union) => union.members.iter().map(|member| &member.ty).collect(),
        }
    }
}

impl Object {
    /// What `new` takes.
    pub(crate) fn arguments(&self) -> &[Field] {
        self.builder.as_ref().map_or(&[], Builder::arguments)
    }

    /// Adds what another site with this type needs.
    pub(crate) fn join(&mut self, other: Self) {
        let (Some(builder), Some(of_other)) = (&mut self.builder, other.builder) else {
            return;
        };
        builder.join(of_other);
        for (field, other) in self.fields.iter_mut().zip(&other.fields) {
            let mut arguments = builder.arguments().iter();
            let is_argument = arguments.any(|argument| argument.name == field.name);
            let need = field.need.max(other.need);
            field.need = match (need, field.presence) {
                (Need::Argument, _) if is_argument => need,
                // `new` for the other site takes it as an argument.
                (Need::Argument, Presence::List) => Need::Written,
                (Need::Argument, _) => Need::Free,
                _ => need,
            };
        }
    }

    /// The fields that are always present.
    pub(crate) fn required(&self) -> impl Iterator<Item = &Field> {
        self.fields
            .iter()
            .filter(|field| field.presence == Presence::Required)
    }
}

/// Two objects are the same if they are decoded in the same way. All sites together then decide how a caller creates the object.
impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        self.fields == other.fields
            && self.reading == other.reading
            && self.accessors == other.accessors
            && self.error_code == other.error_code
            && self.may_be_made == other.may_be_made
    }
}

/// Two fields are the same if their names and types are the same on the wire and in Rust. Their documentation, and how requests
/// need them, make no difference.
impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
            && self.wire == other.wire
            && self.ty == other.ty
            && self.presence == other.presence
            && self.lenient == other.lenient
    }
}

impl ToTokens for Type {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::Boolean => quote!(bool),
            Self::Bytes => quote!(Bytes),
            Self::ErrorCode => quote!(ErrorCode),
            Self::File => quote!(FilePart),
            Self::Form => quote!(Form),
            Self::Integer => quote!(i64),
            Self::Integer32 => quote!(i32),
            Self::Json => quote!(Json),
            Self::List(item) => quote!(Vec<#item>),
            Self::Map(value) => quote!(BTreeMap<String, #value>),
            Self::Named(name) => quote!(types::#name),
            Self::Boxed(name) => quote!(Box<types::#name>),
            Self::Number => quote!(f64),
            Self::Secret => quote!(Secret),
            Self::Text => quote!(String),
            Self::Timestamp => quote!(Timestamp),
            Self::Unsigned => quote!(u64),
        });
    }
}

impl Type {
    /// The type of the items of a list.
    pub(crate) fn item(&self) -> Option<&Self> {
        match self {
            Self::List(item) => Some(item),
            _ => None,
        }
    }

    /// The type of `types` that this is, or that it is a list or a map of.
    pub(crate) fn named(&self) -> Option<&Ident> {
        match self {
            Self::Named(name) | Self::Boxed(name) => Some(name),
            Self::List(inner) | Self::Map(inner) => inner.named(),
            _ => None,
        }
    }

    /// Whether the type returns its text unchanged. Of the types with a name, only enums occur where one text is needed.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self, Self::ErrorCode | Self::Named(_) | Self::Text)
    }

    /// Whether an argument of this type is stored without a conversion.
    pub(crate) fn is_passed_as_is(&self) -> bool {
        matches!(
            self,
            Self::Boolean
                | Self::Integer
                | Self::Integer32
                | Self::Number
                | Self::Map(_)
                | Self::Unsigned
        )
    }

    /// The type as an argument: cheap types by value; strings and enums by anything that converts into them.
    pub(crate) fn argument(&self) -> TokenStream {
        match self {
            _ if self.is_passed_as_is() => quote!(#self),
            Self::List(item) => {
                let item = item.argument();
                quote!(impl IntoIterator<Item = #item>)
            }
            Self::Boxed(name) => quote!(impl Into<types::#name>),
            _ => quote!(impl Into<#self>),
        }
    }

    /// The expression that turns the argument `name` into this type.
    pub(crate) fn convert(&self, name: &Ident) -> TokenStream {
        match self {
            _ if self.is_passed_as_is() => quote!(#name),
            Self::List(item) if item.is_passed_as_is() => quote!(#name.into_iter().collect()),
            Self::List(item) => match item.as_ref() {
                Self::List(_) | Self::Boxed(_) => {
                    let inner = item.convert(&format_ident!("item"));
                    quote!(#name.into_iter().map(|item| #inner).collect())
                }
                _ => quote!(#name.into_iter().map(Into::into).collect()),
            },
            Self::Boxed(_) => quote!(Box::new(#name.into())),
            _ => quote!(#name.into()),
        }
    }
}

/// How the variant of an event contains the event's content.
#[derive(Debug)]
pub(crate) enum Payload {
    /// In a box, so that the largest event does not make all others as large.
    Boxed(Type),
    /// Without a box, because it is a pointer already.
    Plain(Type),
}

impl Payload {
    pub(crate) fn of(ty: Type) -> Self {
        match ty {
            Type::List(_) | Type::Map(_) | Type::Text => Self::Plain(ty),
            _ => Self::Boxed(ty),
        }
    }

    pub(crate) fn ty(&self) -> &Type {
        match self {
            Self::Boxed(ty) | Self::Plain(ty) => ty,
        }
    }
}

impl ToTokens for Payload {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Boxed(ty) => tokens.extend(quote!(Box<#ty>)),
            Self::Plain(ty) => ty.to_tokens(tokens),
        }
    }
}
