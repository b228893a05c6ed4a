//! Every public item of the crate, sorted, with one line each: a `-` line in a diff is a breaking change.
//!
//! The lines come from the sources, so they show every feature at once. They do not show auto traits (`Send`, `Sync`).

mod exports;
mod lines;
mod macros;
mod module;
mod print;
mod uses;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::{committed, snapshot};
use exports::Exports;
use module::Module;

#[test]
fn a_break_of_the_public_surface_is_a_line_taken_away() {
    let pages = pages().into_iter();
    let pages = pages.map(|(name, lines)| (name, move || lines.join("\n")));
    snapshot::check_all("surface", pages);
}

/// The lines of each public module, and of the root under the name `crate`.
fn pages() -> BTreeMap<String, Vec<String>> {
    let root = Module::read(&committed::root().join("generated/src/lib.rs"));
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

/// The types with which a caller configures a client or a request. The requests in `calls` cover the types of operations.
const SET_UP_BY: [&str; 5] = [
    "ClientBuilder",
    "FilePart",
    "Form",
    "RawRequest",
    "RequestOptions",
];

/// The methods of these types that return the type and take text or bytes: `ClientBuilder::api_key`.
pub(crate) fn setters_that_take_text() -> BTreeSet<String> {
    let lines = pages().remove("crate").unwrap_or_default();
    let setter = |line: &String| {
        let (name, rest) = line.strip_prefix("pub fn ")?.split_once('(')?;
        let owner = name.split_once("::")?.0;
        let takes_text = [
            "AsRef<str>",
            "Into<String>",
            "Into<Vec<u8>>",
            "Into<Bytes>",
            "&str",
            "Serialize",
            "Display",
        ];
        let is_one = SET_UP_BY.contains(&owner)
            && rest.starts_with("self, ")
            && rest.ends_with("-> Self")
            && takes_text.iter().any(|text| rest.contains(text));
        is_one.then(|| name.to_owned())
    };
    lines.iter().filter_map(setter).collect()
}

/// The features of the crate as its manifest writes them, one line each.
fn features() -> Vec<String> {
    let manifest = fs::read_to_string(committed::root().join("generated/Cargo.toml"))
        .expect("the manifest can be read");
    let mut features: Vec<String> = manifest
        .lines()
        .skip_while(|line| *line != "[features]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter(|line| line.contains(" = ") && !line.starts_with("__"))
        .map(|line| {
            // Only the default features show what they turn on. For other features, that is an internal detail.
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
