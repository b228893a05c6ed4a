//! The committed spec files, as tests ask about them.

pub(crate) mod config;
mod operation;
mod schema;
mod webhook;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::Value;
use telnyx_codegen::{Input, Source};

pub(crate) use operation::operations;
pub(crate) use schema::{collect_properties, resolve};
pub(crate) use webhook::{Webhook, webhooks};

/// The document with the overlay applied.
pub(crate) static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let merged = telnyx_codegen::merge(&input()).expect("the spec has no mistake");
    serde_json::from_str(&merged.tree.to_json()).expect("the generator writes JSON")
});

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// What `cargo xtask generate` reads when it is told nothing else.
pub(crate) fn input() -> Input {
    Input {
        document: source("spec/openapi.yaml"),
        overlay: Some(source("spec/overlay.yaml")),
        config: Some(source("spec/sdk.yaml")),
    }
}

/// What `cargo xtask generate` makes the names of errors from.
pub(crate) fn errors() -> Input {
    Input {
        document: source("spec/errors.yaml"),
        overlay: None,
        config: None,
    }
}

fn source(name: &str) -> Source {
    let bytes = fs::read(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    Source {
        name: name.to_owned(),
        bytes,
    }
}
