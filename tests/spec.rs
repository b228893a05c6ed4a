//! Facts from the committed spec, for the tests.

pub(crate) mod config;
mod operation;
mod schema;
mod webhook;

use std::sync::LazyLock;

use serde_json::Value;
use telnyx_codegen::Input;

use crate::committed;
pub(crate) use operation::{Operation, operations};
pub(crate) use schema::{collect_properties, resolve};
pub(crate) use webhook::{Webhook, webhooks};

/// The document with the overlay applied.
pub(crate) static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let merged = telnyx_codegen::merge(&committed::input()).expect("the spec has no mistake");
    serde_json::from_str(&merged.tree.to_json()).expect("the generator writes JSON")
});

#[test]
fn every_send_says_what_comes_of_a_repeated_one() {
    for (id, operation) in operations() {
        let is_said = operation.has_key() || operation.says_of_repeats().is_some();
        assert!(
            operation.method != "POST" || is_said,
            "does `{id}` take an `Idempotency-Key`? Add the parameter in spec/overlay.yaml as the other sends have it, with \
             its source. If not, `x-idempotent: true` says that a repeated one changes nothing more, and `false` that it may"
        );
    }
}

/// The input from which `cargo xtask generate` creates the names of errors.
pub(crate) fn errors() -> Input {
    Input::from(committed::source("spec/errors.yaml"))
}
