//! A struct with public fields. If requests use it, it also has `new` and setters.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{imports, setters};
use crate::model::{
    Accessor, Builder, Constructor, Field, FromText, Item, Lenient, Need, New, Object, Presence,
    Step, TagValue,
};

pub(super) fn emit(item: &Item, object: &Object) -> TokenStream {
    let Item { name, doc, .. } = item;
    let fields = object.fields.iter().map(field);
    let conversions = conversions(name, object);
    let may_be_empty = |builder: &Builder| builder.may_be_empty.then(|| quote!(Default,));
    let default = object.builder.as_ref().and_then(may_be_empty);
    let default_of_tests = match (&default, object.may_be_made) {
        (None, true) => Some(quote!(#[cfg_attr(feature = "testing", derive(Default))])),
        (Some(_), _) | (None, false) => None,
    };
    let accessors = accessors(name, &object.accessors);
    let advice = object.error_code.as_ref().map(|code| advice(name, code));
    let builder = object
        .builder
        .as_ref()
        .map(|builder| self::builder(item, object, builder));
    let tokens = quote! {
        #doc
        #[derive(Clone, Debug, #default PartialEq)]
        #default_of_tests
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
        }

        #conversions

        #accessors

        #advice

        #builder
    };
    let imports = imports::of(&tokens);
    quote! {
        #imports
        #tokens
    }
}

fn field(field: &Field) -> TokenStream {
    let Field { name, ty, doc, .. } = field;
    let ty = match field.presence {
        Presence::Required | Presence::List | Presence::Additional => quote!(#ty),
        Presence::Optional => quote!(Option<#ty>),
    };
    let deprecated = field.deprecated.then(|| {
        quote! {
            #[doc = ""]
            #[doc = " Deprecated by Telnyx."]
        }
    });
    quote! {
        #doc
        #deprecated
        pub #name: #ty,
    }
}

/// How an object is read and written: `object!` makes it of a table of the properties.
fn conversions(name: &Ident, object: &Object) -> TokenStream {
    let properties = object.fields.iter().filter_map(property);
    let reading = object.reading.as_ref();
    let others = reading.and_then(|reading| reading.additional.as_ref());
    let others = others.map(|field| quote!(type Others = #field;));
    let text = reading.and_then(|reading| reading.text.as_ref());
    let text = text.map(|property| quote!(const TEXT: &str = #property;));
    quote! {
        object! {
            impl #name {
                #(#properties)*
            }

            #others
            #text
        }
    }
}

/// The line of a property: its field, what that takes, and its name in JSON.
fn property(field: &Field) -> Option<TokenStream> {
    let Field { name, wire, .. } = field;
    let is_written = matches!(field.need, Need::Written | Need::Argument);
    let takes = match (field.presence, field.lenient) {
        (Presence::Additional, _) => return None,
        (Presence::List, Lenient::OneOrList) if is_written => quote!(required_one_or_list),
        (Presence::List, Lenient::OneOrList) => quote!(one_or_list),
        (Presence::List, _) if is_written => quote!(required_list),
        (Presence::List, _) => quote!(list),
        (Presence::Optional, Lenient::Text) if field.need == Need::Written => quote!(nullable_text),
        (Presence::Optional, Lenient::Text) => quote!(optional_text),
        (Presence::Optional, _) if field.need == Need::Written => quote!(nullable),
        (Presence::Optional, _) => quote!(optional),
        (Presence::Required, Lenient::Text) => quote!(required_text),
        (Presence::Required, _) => quote!(required),
    };
    Some(quote!(const #name: #takes = #wire;))
}

/// The methods that give the first text that there is.
fn accessors(name: &Ident, accessors: &[Accessor]) -> Option<TokenStream> {
    let methods = accessors.iter().map(accessor);
    (!accessors.is_empty()).then(|| {
        quote! {
            impl #name {
                #(#methods)*
            }
        }
    })
}

fn accessor(accessor: &Accessor) -> TokenStream {
    let Accessor { name, doc, paths } = accessor;
    let texts = paths.iter().map(|path| text_at(path));
    quote! {
        #doc
        #[must_use]
        pub fn #name(&self) -> Option<&str> {
            crate::object::first_text([#(#texts),*])
        }
    }
}

/// The method that says what to do about an error.
fn advice(name: &Ident, code: &Ident) -> TokenStream {
    quote! {
        impl #name {
            /// What to do if Telnyx accepted a message, and the message then failed with this error.
            #[must_use]
            pub fn advice(&self) -> crate::Advice {
                crate::Advice::after_delivery(self.#code.as_ref())
            }
        }
    }
}

/// The text at the end of a path, if there is one.
fn text_at(path: &[Step]) -> TokenStream {
    let last = path.len().saturating_sub(1);
    let steps = path.iter().enumerate();
    steps.fold(quote!(self), |before, (index, step)| {
        let (is_first, is_last) = (index == 0, index == last);
        match (&step.presence, is_first) {
            (Presence::Optional, true) => field_of(&before, step, is_last),
            (Presence::Optional, false) => {
                let field = field_of(&quote!(object), step, is_last);
                quote!(#before.and_then(|object| #field))
            }
            (_, true) => {
                let field = field_of(&before, step, is_last);
                quote!(Some(#field))
            }
            (_, false) => {
                let field = field_of(&quote!(object), step, is_last);
                quote!(#before.map(|object| #field))
            }
        }
    })
}

/// A field of `object`, borrowed; the last one of a path is its text.
fn field_of(object: &TokenStream, step: &Step, is_last: bool) -> TokenStream {
    let Step { field, presence } = step;
    match (presence, is_last) {
        (Presence::Optional, false) => quote!(#object.#field.as_ref()),
        (Presence::Optional, true) => quote!(#object.#field.as_deref()),
        (_, false) => quote!(&#object.#field),
        (_, true) => quote!(#object.#field.as_str()),
    }
}

/// The constructors and setters.
fn builder(item: &Item, object: &Object, builder: &Builder) -> TokenStream {
    let name = &item.name;
    let new = builder.new.as_ref().map(|new| self::new(name, object, new));
    let constructors = builder.constructors.iter().map(constructor);
    let setters = builder.setters.iter().map(setters::of_field);
    let text = builder.text.as_ref();
    let text = text.map(|text| from_text(name, text));
    quote! {
        impl #name {
            #new
            #(#constructors)*
            #(#setters)*
        }

        #text
    }
}

fn new(name: &Ident, object: &Object, new: &New) -> TokenStream {
    let (doc, arguments, body) = match new {
        New::Empty => (empty_doc(name), Vec::new(), quote!(Default::default())),
        New::Tagged(tag) => {
            let tag = set_tag(tag);
            let body = quote!(Self { #tag, ..Default::default() });
            (empty_doc(name), Vec::new(), body)
        }
        New::Required(required) => {
            let arguments = required.iter().map(argument).collect();
            let fields = object.fields.iter().map(initial);
            let doc = format!(
                " Creates a `{name}` from the required values. Use the setters to add other values."
            );
            (doc, arguments, quote!(Self { #(#fields),* }))
        }
    };
    let many = setters::expect_many(arguments.len());
    quote! {
        #[doc = #doc]
        #[must_use]
        #many
        pub fn new(#(#arguments),*) -> Self {
            #body
        }
    }
}

fn argument(field: &Field) -> TokenStream {
    setters::argument(&field.name, &field.ty)
}

fn empty_doc(name: &Ident) -> String {
    format!(" Creates an empty `{name}`. Add values with the setters.")
}

/// Sets the field with the tag.
fn set_tag(tag: &TagValue) -> TokenStream {
    let TagValue { field, ty, variant } = tag;
    quote!(#field: Some(types::#ty::#variant))
}

fn initial(field: &Field) -> TokenStream {
    let Field { name, ty, .. } = field;
    match field.presence {
        Presence::Required if ty.is_passed_as_is() => quote!(#name),
        _ if field.need == Need::Argument => {
            let value = setters::stored(field);
            quote!(#name: #value)
        }
        Presence::Required => quote!(#name: Default::default()),
        Presence::Optional => quote!(#name: None),
        Presence::List => quote!(#name: Vec::new()),
        Presence::Additional => quote!(#name: BTreeMap::new()),
    }
}

/// `text(…)`: sets the property of that name, and the tag that says so.
fn constructor(constructor: &Constructor) -> TokenStream {
    let Constructor {
        name,
        is_called_like_its_type,
        sets,
        tag,
        doc,
    } = constructor;
    let expected = is_called_like_its_type.then(
        || quote!(#[expect(clippy::self_named_constructors, reason = "the API has both names")]),
    );
    let field = &sets.name;
    let argument = argument(sets);
    let value = setters::stored(sets);
    let tag = set_tag(tag);
    quote! {
        #doc
        #[must_use]
        #expected
        pub fn #name(#argument) -> Self {
            Self {
                #tag,
                #field: #value,
                ..Default::default()
            }
        }
    }
}

/// A text that becomes the object.
fn from_text(name: &Ident, text: &FromText) -> TokenStream {
    let field = text.field();
    let made = match text {
        FromText::Argument(_) => quote!(Self::new(#field)),
        FromText::Setter { .. } => quote!(Self::new().#field(#field)),
        FromText::Constructor(_) => quote!(Self::#field(#field)),
    };
    let calls_deprecated = matches!(text, FromText::Setter { deprecated, .. } if *deprecated);
    let expect = calls_deprecated.then(
        || quote!(#[expect(deprecated, reason = "only programs should no longer set the property")]),
    );
    quote! {
        impl From<&str> for #name {
            #expect
            fn from(#field: &str) -> Self {
                #made
            }
        }

        impl From<String> for #name {
            #expect
            fn from(#field: String) -> Self {
                #made
            }
        }
    }
}
