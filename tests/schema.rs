//! The committed schema of `sdk.yaml` is the one that the reader prints.

use std::fs;

use crate::committed;

#[test]
fn the_committed_schema_is_what_is_read() {
    let committed = fs::read_to_string(committed::root().join("spec/sdk.schema.json"));
    assert!(
        committed.is_ok_and(|committed| committed == telnyx_codegen::config_schema()),
        "spec/sdk.schema.json is stale: run `cargo xtask schema > spec/sdk.schema.json`"
    );
}
