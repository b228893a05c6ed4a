//! The Rust of every fixture compiles: all of it as modules of one copy of the crate, so that cargo runs once.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use telnyx_codegen::generate;

use crate::fixtures::{self, Fixture};

#[test]
fn the_rust_of_every_fixture_compiles_without_warnings() {
    let workspace = workspace();
    let source = workspace.join("generated/src");
    append(&source.join("lib.rs"), "\npub mod fixtures;\n");
    write(&source.join("fixtures/mod.rs"), &modules(&source));
    cargo("clippy", &["--", "-D", "warnings"], &workspace);
    cargo("doc", &["--no-deps"], &workspace);
}

fn cargo(command: &str, options: &[&str], workspace: &Path) {
    // The workspace's own folder: what the crate depends on is there already.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("..");
    let output = Command::new(env!("CARGO"))
        .args([
            command,
            "--offline",
            "--quiet",
            "--lib",
            "--features",
            "blocking",
        ])
        .args(options)
        .current_dir(workspace)
        .env("CARGO_TARGET_DIR", target)
        .env("RUSTDOCFLAGS", "-D warnings")
        .output()
        .expect("cargo can be started");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// A copy of the crate in a workspace of its own.
fn workspace() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("emit");
    let _ = fs::remove_dir_all(workspace.join("generated"));
    for folder in ["src", "examples", "benches"] {
        copy(
            &root.join("generated").join(folder),
            &workspace.join("generated").join(folder),
        );
    }
    for file in ["Cargo.toml", "Cargo.lock", "generated/Cargo.toml"] {
        let text = fs::read_to_string(root.join(file)).expect("it is there");
        let lines = text.lines().map(|line| match line.split_once(" = ") {
            Some(("members", _)) => r#"members = ["generated"]"#,
            // Its documentation is not to replace that of the crate.
            Some(("name", "\"telnyx-messaging\"")) => r#"name = "telnyx-messaging-fixtures""#,
            _ => line,
        });
        write(&workspace.join(file), &lines.collect::<Vec<_>>().join("\n"));
    }
    workspace
}

/// Writes the files of each fixture below `fixtures/`, and gives the module that lists them.
fn modules(source: &Path) -> String {
    let mut modules = "//! What the fixtures become.\n".to_owned();
    for fixture in fixtures::all("emit") {
        let Fixture { name, input } = &fixture;
        let Ok(output) = generate(input) else {
            continue;
        };
        for file in &output.files {
            // The folder is a module of a fixture here, not that of the crate.
            let text = file
                .text
                .replace("crate::api", &format!("crate::fixtures::{name}"));
            // The runtime reads the events of `api`; those of a fixture are read by nobody.
            let unread = match file.path.as_str() {
                "events.rs" => "#![allow(dead_code, unreachable_pub)]\n",
                _ => "",
            };
            let path = source.join("fixtures").join(name).join(&file.path);
            write(&path, &format!("{unread}{text}"));
        }
        let _ = write!(modules, "\n/// The fixture `{name}`.\npub mod {name};\n");
    }
    modules
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("the folder can be read") {
        let entry = entry.expect("the folder can be read");
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            write(&to, &fs::read_to_string(from).expect("it is text"));
        }
    }
}

fn append(file: &Path, text: &str) {
    let before = fs::read_to_string(file).expect("it is there");
    write(file, &(before + text));
}

fn write(file: &Path, text: &str) {
    fs::create_dir_all(file.parent().expect("it is in a folder")).expect("a folder can be made");
    fs::write(file, text).expect("a file can be written");
}
