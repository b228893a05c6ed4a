//! From names in the document to names in Rust. Only this module changes letter case.

mod cut;
mod order;

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};

pub(crate) use cut::cut;
pub(crate) use order::{in_order, order};

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

/// Whether the name is a Windows device name, which no file can have.
pub(crate) fn is_device(name: &str) -> bool {
    let numbered = |device: &str| {
        let number = name.strip_prefix(device);
        number.is_some_and(|number| matches!(number.as_bytes(), [b'1'..=b'9']))
    };
    ["aux", "con", "nul", "prn"].contains(&name) || numbered("com") || numbered("lpt")
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

/// Names that a type of the generated crate cannot have: Rust's own names, and names that any file may import.
pub(crate) fn is_reserved_type(name: &Ident) -> bool {
    const RESERVED: &[&str] = &[
        "AsRef",
        "BTreeMap",
        "Box",
        "Bytes",
        "Call",
        "Client",
        "Clone",
        "Default",
        "Deserialize",
        "Deserializer",
        "Err",
        "Error",
        "ErrorCode",
        "FilePart",
        "Form",
        "From",
        "Idempotency",
        "Into",
        "IntoIterator",
        "Items",
        "Iterator",
        "Json",
        "JsonObject",
        "Member",
        "Method",
        "New",
        "None",
        "Ok",
        "Operation",
        "Option",
        "Ord",
        "Page",
        "PartialEq",
        "PartialOrd",
        "Pending",
        "RequestOptions",
        "Response",
        "Result",
        "Secret",
        "Serialize",
        "Serializer",
        "Some",
        "String",
        "Timestamp",
        "Unrecognized",
        "Vec",
    ];
    RESERVED.contains(&name.to_string().as_str())
}

/// Names that a request and a handle cannot have: names of types, and names that the file of a request uses.
pub(crate) fn is_reserved_request(name: &Ident) -> bool {
    const RESERVED: &[&str] = &["FnOnce", "IntoFuture", "Optional", "ToString", "Types"];
    is_reserved_type(name) || RESERVED.contains(&name.to_string().as_str())
}

/// Names that a method of a handle cannot have.
pub(crate) fn is_reserved_method(name: &Ident) -> bool {
    ["clone", "new"].contains(&name.to_string().as_str())
}

/// Names that a method of `sdk.yaml` cannot have: those that objects have from elsewhere.
pub(crate) fn is_reserved_accessor(name: &Ident) -> bool {
    const RESERVED: &[&str] = &["advice", "clone", "default", "from", "new"];
    RESERVED.contains(&name.to_string().as_str())
}

/// Names that a setter cannot have: methods of every request, and the client that its constructor takes.
pub(crate) fn is_reserved_setter(name: &Ident) -> bool {
    const RESERVED: &[&str] = &[
        "change",
        "client",
        "into_call",
        "into_future",
        "items",
        "key_to_send",
        "new",
        "run_blocking",
        "until_done",
        "when_some",
        "with_options",
        "with_response",
    ];
    RESERVED.contains(&name.to_string().as_str())
}

/// Names that a resource at the root cannot have: modules of the crate, which would hide the resource, re-exported crates,
/// methods of the client, and device names, which no folder can have.
pub(crate) fn is_reserved_resource(name: &str) -> bool {
    const RESERVED: &[&str] = &[
        "answer",
        "api",
        "blocking",
        "body",
        "builder",
        "bytes",
        "call",
        "client",
        "clone",
        "decode",
        "delete",
        "delivery",
        "error",
        "events",
        "form",
        "from_env",
        "get",
        "guides",
        "header",
        "http",
        "idempotency",
        "inner",
        "json",
        "lenient",
        "new",
        "object",
        "observe",
        "of",
        "one_or_list",
        "open_enum",
        "options",
        "page",
        "patch",
        "poll",
        "post",
        "put",
        "raw",
        "raw_object",
        "reader",
        "redact",
        "request",
        "response",
        "retry",
        "salvage",
        "secret",
        "stored",
        "tagged",
        "text",
        "throttle",
        "timestamp",
        "tolerant",
        "trace",
        "transport",
        "types",
        "unread",
        "unrecognized",
        "url",
        "verbatim",
        "webhook",
        "with_api_key",
        "with_options",
    ];
    RESERVED.contains(&name) || is_device(name)
}

/// Whether Cargo accepts the name as a feature, and a reader recognizes it as one.
pub(crate) fn can_be_feature(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_')
}

/// Features of the hand-written part of the crate.
pub(crate) fn is_reserved_feature(name: &str) -> bool {
    const RESERVED: &[&str] = &[
        "aws-lc-rs",
        "axum-0_8",
        "blocking",
        "chrono-0_4",
        "default",
        "gzip",
        "http2",
        "jiff-1",
        "native-tls",
        "rustls",
        "testing",
        "time-0_3",
        "tracing",
        "webhooks",
    ];
    RESERVED.contains(&name)
}

/// Names of a request's own fields, which an argument cannot have.
pub(crate) fn is_reserved_field(name: &Ident) -> bool {
    ["call_options", "optional", "shared_key"].contains(&name.to_string().as_str())
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
