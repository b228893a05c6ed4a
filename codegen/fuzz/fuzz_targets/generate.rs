//! Any bytes as document, overlay and config, parted by U+0000, give files or diagnostics.
//!
//! `cargo +nightly fuzz run generate`, in `codegen/`. A start that gets somewhere soon: in `fuzz/corpus/generate/`, a file
//! made by `printf '%s\0%s\0%s' "$(cat ../spec/openapi.yaml)" "$(cat ../spec/overlay.yaml)" "$(cat ../spec/sdk.yaml)"`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use telnyx_codegen::{Input, Source, generate};

fuzz_target!(|data: &[u8]| {
    let mut parts = data.splitn(3, |byte| *byte == 0);
    let mut source = |name: &str| {
        let bytes = parts.next()?.to_vec();
        let name = name.to_owned();
        Some(Source { name, bytes })
    };
    let Some(document) = source("document") else {
        return;
    };
    let input = Input {
        document,
        overlay: source("overlay"),
        config: source("config"),
    };
    let diagnostics = match generate(&input) {
        Ok(output) => output.diagnostics,
        Err(mistakes) => mistakes,
    };
    let _ = diagnostics.render(&input, false);
});
