//! Rust code on one line.

use quote::ToTokens;
use syn::{FnArg, Signature};

/// The tokens with the blanks that rustfmt would write.
pub(super) fn one_line(tokens: &impl ToTokens) -> String {
    let mut line = tokens.to_token_stream().to_string();
    for (wide, narrow) in [
        (" :: ", "::"),
        (":: ", "::"),
        (" < ", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" ,", ","),
        (" ;", ";"),
        (" : ", ": "),
        ("& ", "&"),
        (" (", "("),
        ("->(", "-> ("),
        (",)", ")"),
        (", }", " }"),
    ] {
        line = line.replace(wide, narrow);
    }
    line
}

/// A method of `ty`, or a function of a module: `fn Client::messages(&self) -> Messages`.
pub(super) fn function(ty: &str, signature: &Signature) -> String {
    let mut signature = signature.clone();
    if let Some(FnArg::Receiver(receiver)) = signature.inputs.first_mut() {
        // Callers do not see whether the function changes its own copy.
        receiver.mutability = None;
    }
    one_line(&signature).replacen("fn ", &format!("fn {ty}::"), 1)
}
