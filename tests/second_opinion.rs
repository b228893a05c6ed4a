//! A second opinion on the YAML that the generator reads: serde_yaml must read the same values.

use std::fs;
use std::path::Path;

use serde_json::Value;
use telnyx_codegen::{Input, Source};

fn ours(name: &str, bytes: Vec<u8>) -> Value {
    let document = Source {
        name: name.to_owned(),
        bytes,
    };
    let input = Input::from(document);
    let merged = telnyx_codegen::merge(&input)
        .unwrap_or_else(|mistakes| panic!("{}", mistakes.render(&input, false)));
    serde_json::from_str(&merged.tree.to_json()).expect("JSON")
}

fn assert_agreement(name: &str, text: &str) {
    let theirs: Value = serde_yaml::from_str(text).expect("YAML");
    let ours = ours(name, text.as_bytes().to_vec());
    let keys = theirs
        .as_object()
        .into_iter()
        .flat_map(|entries| entries.keys());
    for key in keys {
        assert_eq!(ours[key], theirs[key], "{name}: {key}");
    }
    assert_eq!(
        ours.as_object().map(|entries| entries.len()),
        theirs.as_object().map(|entries| entries.len())
    );
}

#[test]
fn serde_yaml_reads_the_same_spec() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    for name in ["openapi.yaml", "overlay.yaml", "sdk.yaml", "errors.yaml"] {
        assert_agreement(
            name,
            &fs::read_to_string(folder.join(name)).expect("a file of the spec"),
        );
    }
}

#[test]
fn serde_yaml_reads_the_same_scalars() {
    let scalars = "
        words: [y, n, yes, no, on, off, True, null, ~, '']
        numbers: [0, -1, 1_000, 0x1F, 0o17, 1e3, 1.50, .5, 18446744073709551615, '+1']
        dates: [2026-07-16, 12:30:00]
        text: |-
          two
          lines
        folded: >
          one
          line
        ? key
        : value
        200: a status
        again: &anchor { a: 1 }
        alias: *anchor
    ";
    assert_agreement("scalars.yaml", scalars);
}

#[test]
fn what_is_written_as_yaml_reads_the_same() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/openapi.yaml");
    let bytes = fs::read(path).expect("the spec");
    let document = Source {
        name: "openapi.yaml".to_owned(),
        bytes: bytes.clone(),
    };
    let input = Input::from(document);
    let yaml = telnyx_codegen::merge(&input)
        .expect("no mistake")
        .tree
        .to_yaml();
    assert!(ours("written.yaml", yaml.into_bytes()) == ours("openapi.yaml", bytes));
}
