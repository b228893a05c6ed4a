//! From names in the document to names in Rust. Only this module changes letter case.

mod cut;
mod order;
mod reserved;

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};

pub(crate) use cut::cut;
pub(crate) use order::{in_order, order};
pub(crate) use reserved::{
    is_device, is_reserved_accessor, is_reserved_feature, is_reserved_field, is_reserved_method,
    is_reserved_request, is_reserved_resource, is_reserved_setter, is_reserved_type,
};

/// A name for Rust, and whether a rule had to improvise to get it.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    pub(crate) ident: Ident,
    pub(crate) improvised: bool,
}

impl Name {
    /// The name with `ending`, repeated until the name is valid: `Json` is reserved, and so is `JsonObject`.
    pub(crate) fn with_ending_if(
        mut self,
        is_reserved: impl Fn(&Ident) -> bool,
        ending: &str,
    ) -> Self {
        while is_reserved(&self.ident) {
            // `Self_` has its underscore only because `Self` is not a valid name.
            let start = self.ident.to_string();
            self = Self {
                ident: own(&format!("{}{ending}", start.trim_end_matches('_'))),
                improvised: true,
            };
        }
        self
    }

    /// The name unchanged, or with the lowest number from 2 on that makes it unique.
    pub(crate) fn free(self, is_free: impl FnMut(&Ident) -> bool) -> Self {
        let ident = free(&self.ident, is_free);
        Self {
            improvised: self.improvised || ident != self.ident,
            ident,
        }
    }
}

/// A name for a type or a variant: `messaging_Error` becomes `MessagingError`.
pub(crate) fn upper(wire: &str) -> Name {
    let cased = wire.to_upper_camel_case();
    let (text, improvised) = match cased.chars().next() {
        None => ("Empty".to_owned(), true),
        Some(first) if first.is_ascii_digit() => (format!("N{}", ascii(&cased)), true),
        Some(_) if !is_identifier(&cased) => {
            (ascii_only(&cased, "Other").to_upper_camel_case(), true)
        }
        Some(_) => (cased, false),
    };
    Name {
        ident: ident(if text == "Self" {
            "Self_".to_owned()
        } else {
            text
        }),
        improvised,
    }
}

/// A name for a field, a method or a module: `10DLC` becomes `n10_dlc`, and `type` becomes `type_`.
pub(crate) fn lower(wire: &str) -> Name {
    let cased = wire.to_snake_case();
    let (text, improvised) = match cased.chars().next() {
        None => ("empty".to_owned(), true),
        Some(first) if first.is_ascii_digit() => (format!("n{}", ascii(&cased)), true),
        Some(_) if !is_identifier(&cased) => (ascii_only(&cased, "other"), true),
        Some(_) => (cased, false),
    };
    Name {
        ident: ident(if is_keyword(&text) {
            format!("{text}_")
        } else {
            text
        }),
        improvised,
    }
}

/// The name that a person chose for a type or a variant; `None` if it is not upper camel case.
pub(crate) fn given_upper(text: &str) -> Option<Ident> {
    let valid = is_identifier(text)
        && text != "Self"
        && text.starts_with(|first: char| first.is_ascii_uppercase())
        && !text.contains('_');
    valid.then(|| ident(text.to_owned()))
}

/// The name that a person chose for a field, a method or a module; `None` if it is not snake case.
pub(crate) fn given_lower(text: &str) -> Option<Ident> {
    let valid = is_identifier(text)
        && !is_keyword(text)
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && !text.contains(|c: char| c.is_ascii_uppercase());
    valid.then(|| ident(text.to_owned()))
}

/// The file of a type: `outbound_message` for `OutboundMessage`.
pub(crate) fn module_of(name: &Ident) -> Ident {
    let module = cut(lower(&name.to_string()).ident.to_string());
    // Clippy warns about a module `types` in the module `types`.
    match is_device(&module) || module == "types" {
        true => own(&format!("{module}_")),
        false => own(&module),
    }
}

/// Whether two names have the same letters, in any case.
pub(crate) fn is_same_word(one: &Ident, other: &Ident) -> bool {
    let letters = |name: &Ident| name.to_string().replace('_', "").to_lowercase();
    letters(one) == letters(other)
}

/// An identifier that the generator itself chooses.
pub(crate) fn own(text: &str) -> Ident {
    ident(text.to_owned())
}

/// The name of the setter that sends null instead of the value of another setter. If a value of the document has this name, the
/// setter gets a number.
pub(crate) fn clear(setter: &Ident, is_free: impl FnMut(&Ident) -> bool) -> Name {
    let name = Name {
        ident: own(&clear_of(&setter.to_string())),
        improvised: false,
    };
    name.free(is_free)
}

/// The name of this setter if no other value has it.
pub(crate) fn clear_of(setter: &str) -> String {
    format!("clear_{setter}")
}

/// The name unchanged, or with the lowest number from 2 on that makes it unique.
pub(crate) fn free(name: &Ident, mut is_free: impl FnMut(&Ident) -> bool) -> Ident {
    let mut candidate = name.clone();
    let mut number = 2;
    // With a number behind it, `type_` is no longer a keyword.
    let name = name.to_string();
    let stem = name.trim_end_matches('_');
    while !is_free(&candidate) {
        candidate = ident(format!("{stem}{number}"));
        number += 1;
    }
    candidate
}

/// The words of a type's name: `outbound message` for `OutboundMessage`.
pub(crate) fn words(name: &Ident) -> String {
    name.to_string().to_snake_case().replace('_', " ")
}

/// Whether Cargo accepts the name as a feature, and a reader recognizes it as one.
pub(crate) fn can_be_feature(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_')
}

fn ident(text: String) -> Ident {
    Ident::new(&text, Span::call_site())
}

fn is_identifier(text: &str) -> bool {
    !text.is_empty() && text != "_" && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// The part of a name that identifiers can contain, or `fallback` if nothing remains.
fn ascii_only(text: &str, fallback: &str) -> String {
    let kept = ascii(text);
    let kept = kept.trim_start_matches(|c: char| c.is_ascii_digit() || c == '_');
    if kept.is_empty() {
        fallback.to_owned()
    } else {
        kept.to_owned()
    }
}

/// The characters of a text that identifiers can contain.
fn ascii(text: &str) -> String {
    let may_be_in_one = |c: &char| c.is_ascii_alphanumeric() || *c == '_';
    text.chars().filter(may_be_in_one).collect()
}

fn is_keyword(text: &str) -> bool {
    const KEYWORDS: &[&str] = &[
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
        "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
        "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
        "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type",
        "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
    ];
    KEYWORDS.contains(&text)
}
