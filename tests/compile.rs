//! The code of every fixture compiles. All fixtures are modules of one copy of the crate, so cargo runs once. `cargo xtask
//! fixtures` runs this test, and shows the requests of the fixtures.

#[expect(
    dead_code,
    reason = "the snapshots of the fixtures are compared by the other tests"
)]
mod fixtures;
mod snapshot;

#[path = "compile/sends.rs"]
mod sends;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use telnyx_codegen::generate;

/// Texts by their paths below a workspace.
type Files = BTreeMap<PathBuf, String>;

/// Without TLS, which no fixture needs, although it is most of the build. All commands use the same features, so that they share
/// one build.
const FEATURES: [&str; 2] = [
    "--no-default-features",
    "--features=blocking,testing,resources",
];

#[test]
fn the_rust_of_every_fixture_compiles_without_warnings() {
    cargo("clippy", &["--quiet", "--lib", "--", "-D", "warnings"]);
    cargo("doc", &["--quiet", "--lib", "--no-deps"]);
    // Text that breaks out of the documentation would not compile.
    cargo(
        "test",
        &["--quiet", "--doc", "--", "text_that_would_break_out"],
    );
}

#[test]
fn each_fixture_sends_what_its_snapshot_shows() {
    let said = cargo("run", &["--quiet", "--bin", "sends"]);
    let all = said.split(sends::MARK).filter(|sent| !sent.is_empty());
    let all = all.map(|sent| {
        let (name, requests) = sent.split_once('\n').expect("a name stands first");
        (name.to_owned(), move || requests.trim_end().to_owned())
    });
    snapshot::check_all("sent", all);
}

/// Runs a cargo command on the copy, and returns its output.
fn cargo(command: &str, options: &[&str]) -> String {
    static COPY: LazyLock<PathBuf> = LazyLock::new(|| {
        let copy = folder().join("copy");
        let mut files = copy_of_the_crate();
        add_fixtures(&mut files);
        write(&copy, &files);
        copy
    });
    let output = Command::new(env!("CARGO"))
        .args([command, "--offline"])
        .args(FEATURES)
        .args(options)
        .current_dir(&*COPY)
        .env("CARGO_TARGET_DIR", folder().join("build"))
        // The copy shares the dependencies with this workspace.
        .env("CARGO_BUILD_BUILD_DIR", folder().join(".."))
        .env("RUSTDOCFLAGS", "-D warnings")
        .output()
        .expect("cargo can be started");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/fixtures")
}

/// The crate in a workspace of its own, with another name, so that its documentation does not replace the crate's.
fn copy_of_the_crate() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Files::new();
    for folder in ["src", "examples", "benches"] {
        copy(&root, &Path::new("generated").join(folder), &mut files);
    }
    // Files that the crate's documentation includes.
    for file in ["README.md", "generated/README.md"] {
        let text = fs::read_to_string(root.join(file)).expect("it is there");
        files.insert(file.into(), text);
    }
    for file in ["Cargo.toml", "Cargo.lock", "generated/Cargo.toml"] {
        let text = fs::read_to_string(root.join(file)).expect("it is there");
        let lines = text.lines().map(|line| match line.split_once(" = ") {
            Some(("members", _)) => r#"members = ["generated"]"#,
            Some(("name", r#""telnyx-messaging""#)) => r#"name = "telnyx-messaging-fixtures""#,
            _ => line,
        });
        // The copy does not contain the crate's own tests and what they need.
        let mut is_for_tests = false;
        let lines = lines.filter(|line| {
            if line.starts_with('[') {
                is_for_tests = *line == "[dev-dependencies]";
            }
            !is_for_tests
        });
        files.insert(file.into(), lines.collect::<Vec<_>>().join("\n"));
    }
    files
}

fn copy(root: &Path, folder: &Path, files: &mut Files) {
    for entry in fs::read_dir(root.join(folder)).expect("the folder can be read") {
        let entry = entry.expect("the folder can be read");
        let path = folder.join(entry.file_name());
        if entry.path().is_dir() {
            copy(root, &path, files);
        } else {
            let text = fs::read_to_string(entry.path()).expect("it is text");
            files.insert(path, text);
        }
    }
}

/// Adds a module `fixtures` to the crate, which contains a module for each fixture.
fn add_fixtures(files: &mut Files) {
    let source = Path::new("generated/src");
    let folder = source.join("fixtures");
    let mut modules = "//! What the fixtures become.\n".to_owned();
    let mut program = sends::START.to_owned();
    let mut features = BTreeSet::new();
    for fixture in fixtures::all("emit") {
        // The snapshots show the diagnostics of a rejected fixture.
        let Ok(output) = generate(&fixture.input) else {
            continue;
        };
        program.push_str(&sends::requests(&fixture, &output.files));
        features.extend(output.features.into_iter().map(|feature| feature.name));
        let name = fixture.name;
        for file in output.files {
            // In the copy, the folder is a fixture's module, not the crate's.
            let text = file
                .text
                .replace("crate::api", &format!("crate::fixtures::{name}"))
                .replace(
                    "telnyx_messaging::types",
                    &format!("telnyx_messaging::fixtures::{name}::types"),
                )
                .replace("telnyx_messaging::", "telnyx_messaging_fixtures::");
            // The runtime reads the events of `api`, but nothing reads the events of a fixture.
            let unread = match file.path.as_str() {
                "events.rs" => "#![allow(dead_code, unreachable_pub)]\n",
                _ => "",
            };
            files.insert(
                folder.join(&name).join(&file.path),
                format!("{unread}{text}"),
            );
        }
        let _ = write!(modules, "\n/// The fixture `{name}`.\npub mod {name};\n");
    }
    files.insert(folder.join("mod.rs"), modules);
    program.push_str("}\n");
    files.insert(source.join("bin/sends.rs"), program);
    let root = files.entry(source.join("lib.rs")).or_default();
    root.push_str("\npub mod fixtures;\n");
    add_features(&features, files);
}

/// Adds the features of the fixtures, and a feature `resources` that turns on these features and those of the crate's own
/// resources.
fn add_features(features: &BTreeSet<String>, files: &mut Files) {
    let manifest = files.get_mut(Path::new("generated/Cargo.toml"));
    let manifest = manifest.expect("the crate has one");
    let generated = manifest
        .split_once("# <generated>")
        .and_then(|(_, rest)| rest.split_once("# </generated>"));
    let (generated, _) = generated.expect("the generator writes features");
    let own = generated.lines().skip(1);
    let own = own.filter_map(|line| Some(line.split_once(" = ")?.0.to_owned()));
    let all: Vec<String> = own.chain(features.iter().cloned()).collect();
    let mut lines = format!("[features]\nresources = {all:?}\n");
    for feature in features {
        let _ = writeln!(lines, "{feature} = []");
    }
    *manifest = manifest.replace("[features]\n", &lines);
}

/// Writes changed files and deletes stale ones, so that cargo has nothing to do if nothing has changed.
fn write(workspace: &Path, files: &Files) {
    let mut there = Files::new();
    if workspace.join("generated").is_dir() {
        copy(workspace, Path::new("generated"), &mut there);
    }
    for stale in there.keys().filter(|path| !files.contains_key(*path)) {
        fs::remove_file(workspace.join(stale)).expect("a file can be deleted");
    }
    for (path, text) in files {
        let path = workspace.join(path);
        if fs::read_to_string(&path).is_ok_and(|known| known == *text) {
            continue;
        }
        fs::create_dir_all(path.parent().expect("it is in a folder"))
            .expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }
}
