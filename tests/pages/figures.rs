//! Numbers that depend on the sources.

use std::collections::BTreeSet;

use super::{page, says};
use crate::sources;
use crate::spec::{config, operations};

#[test]
fn the_pages_count_the_operations() {
    let all = operations().len();
    let resources = config::resources("profiles");
    assert!(!resources.is_empty());
    let is_behind = |row: &&str| {
        let is_of = |resource: &&str| row.contains(&format!("(crate::{resource}::"));
        resources.iter().any(is_of)
    };
    let table = page("generated/src/api/operations.md");
    let rows = table.lines().filter(|line| line.starts_with("| [`"));
    assert_eq!(rows.clone().count(), all);
    let behind = rows.filter(is_behind).count();
    says(
        "generated/src/guides/features.md",
        &format!("| {behind} more operations to compile |"),
    );
}

#[test]
fn the_guide_lists_what_the_client_repeats() {
    let mut bare_posts = BTreeSet::new();
    let mut keyed = 0;
    for (id, operation) in operations() {
        match operation.method.as_str() {
            "POST" if operation.has_key() => keyed += 1,
            "POST" => {
                assert!(!operation.is_idempotent(), "{id}: the guide `reliability`");
                bare_posts.insert(id);
            }
            _ => assert!(operation.is_idempotent(), "{id}: the guide `reliability`"),
        }
    }
    let named = [
        "BulkUpdateMessagingSettingsOnPhoneNumbers",
        "CreateAutorespConfig",
        "CreateMessagingProfile",
        "ScheduleMessage",
    ];
    assert_eq!(bare_posts, named.map(str::to_owned).into());
    says(
        "generated/src/guides/reliability.md",
        "The table's first row covers the PUT and PATCH operations. The table's last row covers `schedule`, the bulk updates, and the \
         creation of a profile or an automatic response.",
    );
    assert_eq!(keyed, 7);
    says(
        "spec/README.md",
        "Seven operations that send messages accept an `Idempotency-Key`.",
    );
}

#[test]
fn a_deletion_does_not_say_that_repeating_it_changes_nothing() {
    let files = sources::rust_below("generated/src/api");
    let texts = files
        .values()
        .flat_map(|text| text.split("/// `DELETE /").skip(1));
    let mut count = 0;
    for text in texts {
        let (doc, _) = text.split_once("pub fn ").expect("a method follows");
        assert!(
            doc.contains("/// A second request has no further effect,"),
            "{doc}"
        );
        count += 1;
    }
    assert!(count >= 3, "{count}");
}

#[test]
fn the_architecture_names_the_macros_of_generated_code() {
    let mut used = BTreeSet::new();
    for text in sources::rust_below("generated/src/api").values() {
        for line in text.lines() {
            let name = line.trim_start().strip_suffix("! {");
            used.extend(name.map(|name| name.trim_start_matches("crate::").to_owned()));
        }
    }
    let known = ["object", "open_enum", "request"];
    assert_eq!(used, known.map(str::to_owned).into());
    says(
        ".github/ARCHITECTURE.md",
        "Generated code uses only the macros `request!`, `open_enum!` and `object!`.",
    );
}

#[test]
fn each_crate_that_is_published_or_generates_has_its_row() {
    let table = page(".github/ARCHITECTURE.md");
    let (_, table) = table
        .split_once("## Dependencies")
        .expect("there is the section");
    let named: BTreeSet<&str> = table
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(" | ").next())
        .flat_map(|cell| cell.split([',', ' ', '+']))
        .collect();
    for package in ["codegen", "generated", "xtask", "tests/mock"] {
        for dependency in sources::dependencies(package) {
            let is_ours = dependency.starts_with("telnyx-");
            let is_named = named.contains(dependency.as_str());
            // Every program with async code or data uses these two.
            let is_plain = ["serde", "tokio"].contains(&dependency.as_str());
            assert!(
                is_ours || is_named || is_plain,
                "the table of ARCHITECTURE has no row for {dependency} of {package}"
            );
        }
    }
}
