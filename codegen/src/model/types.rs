//! The types of the generated crate.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::{Builder, Doc, Gate};

/// A Rust type; prints itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Boolean,
    /// A body that is no JSON.
    Bytes,
    /// A code of Telnyx's catalogue of errors.
    ErrorCode,
    /// A file of a multipart body.
    File,
    /// A form whose fields the document does not name.
    Form,
    Integer,
    Integer32,
    /// Anything.
    Json,
    List(Box<Type>),
    Map(Box<Type>),
    /// A type of `types`.
    Named(Ident),
    /// A type of `types` that would hold itself.
    Boxed(Ident),
    Number,
    /// A text that prints itself as `[hidden]`.
    Secret,
    Text,
    Timestamp,
    /// An integer of 64 bits without a sign.
    Unsigned,
}

/// A type of `types` and the file it stands in.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) name: Ident,
    /// `outbound_message`
    pub(crate) module: Ident,
    pub(crate) gate: Gate,
    pub(crate) doc: Doc,
    pub(crate) kind: ItemKind,
}

/// What a type of `types` is.
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
    /// How it is read, where that is special.
    pub(crate) reading: Option<Reading>,
    /// What is asked of it by one name, wherever it stands.
    pub(crate) accessors: Vec<Accessor>,
    /// The field with Telnyx's code, where the object tells of an error: what to do about it can be asked.
    pub(crate) error_code: Option<Box<Ident>>,
    /// Whether there is an empty one, for tests of programs: nothing is required but texts, numbers and the like.
    pub(crate) may_be_made: bool,
    /// How a caller builds it; `None` for what is only answered.
    pub(crate) builder: Option<Builder>,
}

/// What is special about how an object is read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reading {
    /// The property that a text is which comes in place of the object.
    pub(crate) text: Option<String>,
    /// The field that takes what no other field does.
    pub(crate) additional: Option<Ident>,
}

/// A method that gives the first text that there is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Accessor {
    pub(crate) name: Ident,
    /// The paths to the texts.
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
    /// All that stands under names that no other field has.
    Additional,
}

/// What a request needs of a field. Of two sites with one type, the one that needs more decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Need {
    /// Nothing, and it has no setter: only responses have the field.
    Never,
    /// It may lack the field.
    Free,
    /// It always has the field, with null if there is no value.
    Written,
    /// It always has the field, which `new` takes.
    Argument,
}

/// What else a field takes than its type says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lenient {
    No,
    /// A number where a string is due.
    Text,
    /// One item where a list is due.
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

/// A union told apart by the value of a property.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Union {
    pub(crate) tag: String,
    pub(crate) members: Vec<Member>,
    /// The doc comment of the variant for a value that fits no member.
    pub(crate) unrecognized: Doc,
    /// What is read without looking which member it is.
    pub(crate) shared: Vec<Shared>,
}

/// A member of a union: a struct, which a variant holds boxed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Member {
    pub(crate) name: Ident,
    pub(crate) ty: Ident,
    /// The value of the tag that means it, and is written.
    pub(crate) value: String,
    /// Other values that mean it too.
    pub(crate) aliases: Vec<String>,
    /// `as_outbound`: the method that borrows it.
    pub(crate) borrow: Ident,
    /// `into_outbound`: the method that takes it out.
    pub(crate) take: Ident,
    pub(crate) doc: Doc,
}

/// A text that every member of a union has: `message.id()`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shared {
    pub(crate) name: Ident,
    pub(crate) doc: Doc,
}

impl ItemKind {
    /// The types that it holds in any way.
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

    /// Takes what another site of the type needs.
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
                // `new` of the other site takes it.
                (Need::Argument, Presence::List) => Need::Written,
                (Need::Argument, _) => Need::Free,
                _ => need,
            };
        }
    }

    /// What has to be there.
    pub(crate) fn required(&self) -> impl Iterator<Item = &Field> {
        self.fields
            .iter()
            .filter(|field| field.presence == Presence::Required)
    }
}

/// Objects are the same when they are read alike. How a caller builds them is then decided for all sites together.
impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        self.fields == other.fields
            && self.reading == other.reading
            && self.accessors == other.accessors
            && self.error_code == other.error_code
            && self.may_be_made == other.may_be_made
    }
}

/// Fields are the same when their wire and their Rust are: the words about them do not count, nor what a request needs.
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

    /// The type of `types` that this is, or is a list or a map of.
    pub(crate) fn named(&self) -> Option<&Ident> {
        match self {
            Self::Named(name) | Self::Boxed(name) => Some(name),
            Self::List(inner) | Self::Map(inner) => inner.named(),
            _ => None,
        }
    }

    /// Whether the type gives its text as it is; of the types with a name, only enums stand where one text is due.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self, Self::ErrorCode | Self::Named(_) | Self::Text)
    }

    /// Whether an argument of this type is already what is stored.
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

    /// The type as an argument: what is cheap by value, strings and enums by anything that turns into them.
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

/// How the variant of an event holds what the event tells.
#[derive(Debug)]
pub(crate) enum Payload {
    /// In a box: the largest event does not make all others as large.
    Boxed(Type),
    /// As it is, because it is a pointer already.
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
