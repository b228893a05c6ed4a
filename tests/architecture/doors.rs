//! Each outside dependency has one door, so replacing it changes one place.

use std::collections::BTreeSet;

use super::code;
use crate::sources;

/// A dependency, and the paths of the files that may use it.
type Door = (&'static str, &'static [&'static str]);

const GENERATOR: &[Door] = &[
    ("annotate_snippets", &["diagnostic/render.rs"]),
    ("heck", &["names.rs"]),
    ("prettyplease", &["source.rs"]),
    (
        "proc_macro2",
        &["emit", "lower", "model", "names", "source.rs"],
    ),
    ("pulldown_cmark", &["markdown.rs"]),
    ("quote", &["emit", "model"]),
    ("regex_lite", &["lower/values/limits.rs"]),
    ("saphyr_parser", &["tree/yaml"]),
    ("serde", &["config/schema.rs", "tree"]),
    (
        "serde_json",
        &["config/schema.rs", "diff/render/json.rs", "overlay", "tree"],
    ),
    ("serde_json_path", &["overlay/target.rs"]),
    ("serde_yaml", &["tree/write.rs"]),
    ("strsim", &["suggest.rs"]),
    ("syn", &["source.rs"]),
];

/// The whole runtime uses `bytes`, `http`, `serde` and `serde_json`.
const CRATE: &[Door] = &[
    ("axum_core", &["webhook/axum.rs"]),
    (
        "base64",
        &["webhook/public_key.rs", "webhook/testing/signer.rs"],
    ),
    ("bytes", &[""]),
    ("chrono", &["timestamp/chrono.rs"]),
    (
        "ed25519_dalek",
        &["webhook/public_key.rs", "webhook/testing/signer.rs"],
    ),
    ("flate2", &["transport/body.rs"]),
    ("futures_core", &["page/items.rs"]),
    ("getrandom", &["call/attempts.rs", "idempotency.rs"]),
    ("h2", &["transport/classify.rs"]),
    ("http", &[""]),
    ("httpdate", &["answer/asked.rs"]),
    ("jiff", &["timestamp/jiff.rs"]),
    ("percent_encoding", &["url.rs"]),
    ("reqwest", &["transport"]),
    ("rustls", &["transport"]),
    ("rustls_platform_verifier", &["transport/tls.rs"]),
    ("serde", &[""]),
    ("serde_json", &[""]),
    ("time", &["timestamp/time.rs"]),
    (
        "tokio",
        &[
            "blocking.rs",
            "call/attempts.rs",
            "call/run.rs",
            "call/turn.rs",
            "idempotency/shared_key.rs",
            "observe.rs",
            "poll.rs",
            "throttle",
            "transport",
        ],
    ),
    ("tower_layer", &["transport/connect.rs"]),
    ("tower_service", &["transport/connect.rs"]),
    ("tracing", &["trace/on.rs"]),
    ("zeroize", &["secret.rs"]),
];

#[test]
fn a_dependency_of_the_generator_has_its_door() {
    has_its_door("codegen", GENERATOR);
}

#[test]
fn a_dependency_of_the_crate_has_its_door() {
    has_its_door("generated", CRATE);
}

#[test]
fn the_commands_know_the_generator_and_not_the_crate() {
    for (path, code) in code::below("xtask/src") {
        assert!(!code.words.contains("telnyx_messaging"), "xtask/src/{path}");
    }
}

fn has_its_door(package: &str, doors: &[Door]) {
    let listed: BTreeSet<String> = doors.iter().map(|(name, _)| (*name).to_owned()).collect();
    let dependencies = sources::dependencies(package);
    let dependencies = dependencies.iter().map(|name| name.replace('-', "_"));
    assert_eq!(listed, dependencies.collect(), "{package}/Cargo.toml");

    let mut used = BTreeSet::new();
    for (path, code) in code::below(&format!("{package}/src")) {
        if path.starts_with("api/") || path == "lib.rs" {
            continue;
        }
        for (name, places) in doors {
            let names_it = |named: &String| named.split("::").next() == Some(*name);
            if code.paths.iter().any(names_it) {
                let door = places.iter().find(|place| path.starts_with(*place));
                let door = door
                    .unwrap_or_else(|| panic!("{package}/src/{path} uses {name}: {places:?} may"));
                used.insert((*name, *door));
            }
        }
    }
    for (name, places) in doors {
        for place in *places {
            assert!(
                used.contains(&(*name, *place)),
                "{package}: nothing uses {name} in `{place}`"
            );
        }
    }
}
