//! Every public item of the crate, one sorted line each: a `-` line in a diff is a break.
//!
//! Read from the sources, so it shows every feature at once. Auto traits (`Send`, `Sync`) are not seen here.

mod exports;
mod lines;
mod macros;
mod module;
mod print;
mod uses;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::{snapshot, spec};
use exports::Exports;
use module::Module;

#[test]
fn a_break_of_the_public_surface_is_a_line_taken_away() {
    let pages = pages();
    for (name, lines) in &pages {
        snapshot::check("surface", name, &lines.join("\n"));
    }
}

#[test]
fn a_module_that_is_gone_leaves_no_snapshot() {
    let names: BTreeSet<String> = pages().into_keys().collect();
    assert_eq!(snapshot::names("surface"), names);
}

/// The lines of each public module, and of the root under the name `crate`.
fn pages() -> BTreeMap<String, Vec<String>> {
    let root = Module::read(&spec::root().join("generated/src/lib.rs"));
    let exports = Exports::of(&root);
    let mut pages = BTreeMap::from([("crate".to_owned(), features())]);
    for line in lines::of(&root, &exports) {
        let page = match line.path.split_once("::") {
            Some((first, _)) if exports.has_module(first) => first,
            _ => "crate",
        };
        pages.entry(page.to_owned()).or_default().push(line.text);
    }
    pages
}

/// The features of the crate as its manifest writes them, one line each.
fn features() -> Vec<String> {
    let manifest = fs::read_to_string(spec::root().join("generated/Cargo.toml"))
        .expect("the manifest can be read");
    let mut features: Vec<String> = manifest
        .lines()
        .skip_while(|line| *line != "[features]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter(|line| line.contains(" = ") && !line.starts_with("__"))
        .map(|line| {
            // What a feature turns on inside is nobody's business, but for the default.
            let name = line.split(' ').next().unwrap_or_default();
            match name {
                "default" => format!("feature {line}"),
                _ => format!("feature {name}"),
            }
        })
        .collect();
    features.sort();
    features
}
