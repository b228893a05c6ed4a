//! The committed files, and the spec among them as the generator's input.

use std::fs;
use std::path::{Path, PathBuf};

use telnyx_codegen::{Input, Source};

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The input of `cargo xtask generate` without options.
pub(crate) fn input() -> Input {
    Input {
        document: source("spec/openapi.yaml"),
        overlay: Some(source("spec/overlay.yaml")),
        config: Some(source("spec/sdk.yaml")),
    }
}

pub(crate) fn source(name: &str) -> Source {
    let bytes = fs::read(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    Source {
        name: name.to_owned(),
        bytes,
    }
}
