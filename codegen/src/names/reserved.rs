//! Names that the crate has already, so that nothing generated can have them.

use proc_macro2::Ident;

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

/// Whether the name is a Windows device name, which no file can have.
pub(crate) fn is_device(name: &str) -> bool {
    let numbered = |device: &str| {
        let number = name.strip_prefix(device);
        number.is_some_and(|number| matches!(number.as_bytes(), [b'1'..=b'9']))
    };
    ["aux", "con", "nul", "prn"].contains(&name) || numbered("com") || numbered("lpt")
}
