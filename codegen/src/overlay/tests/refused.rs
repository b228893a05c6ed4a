//! Overlays with a mistake.

use super::*;

#[test]
fn values_of_different_kinds_are_not_merged() {
    assert_eq!(
        reported("a: {b: {c: 1}}", "- target: $.a\n  update: {b: [c]}"),
        [
            "error: a list cannot be merged into a mapping",
            "--> overlay.yaml:5:15",
            "::: openapi.yaml:1:8",
            "= help: first remove the old value, with an action that has `remove: true`",
        ]
    );
}

#[test]
fn a_target_that_is_no_path_is_refused() {
    assert_eq!(
        reported(
            "a: 1",
            "- target: paths\n  remove: true\n- target: $.paths./messages\n  remove: true"
        ),
        [
            "error: the JSONPath parser reports: parser error",
            "--> overlay.yaml:4:11",
            "= help: start the path with `$`, which is the whole document",
            "error: the JSONPath parser reports: in dot member name, must start with lowercase alpha or '_'",
            "--> overlay.yaml:6:11",
            "= help: if a name has characters other than letters, digits and `_`, put the name into brackets and quotes: `$.paths['/messages']`",
        ]
    );
}

#[test]
fn a_path_whose_brackets_nest_without_end_is_refused() {
    let path = "@[?".repeat(1000);
    assert_eq!(
        reported("a: 1", &format!("- target: '$[?{path}'\n  remove: true"))[0],
        "error: this path has more than 8 levels of brackets"
    );
}

#[test]
fn an_action_does_one_thing() {
    assert_eq!(
        reported(
            "a: 1",
            "- target: $.a\n- target: $.a\n  update: 2\n  remove: true"
        ),
        [
            "error: this action has neither `update` nor `remove`",
            "--> overlay.yaml:4:3",
            "= help: add `update:` or `remove: true`",
            "error: an action cannot both update and remove its target",
            "--> overlay.yaml:5:3",
            "= help: write two actions",
        ]
    );
}

#[test]
fn the_whole_document_is_not_removed() {
    assert_eq!(
        reported("a: 1", "- target: $\n  remove: true"),
        [
            "error: the whole document cannot be removed",
            "--> overlay.yaml:4:11",
            "= help: choose a target below `$`",
        ]
    );
}

#[test]
fn unknown_keys_are_refused_and_extensions_are_not() {
    let overlay = "overlay: 1.0.0\nx-a: 1\naction: []\nactions:\n- target: $.a\n  x-b: 1\n  updates: 1\n  remove: true\n";
    let (_, reported) = overlaid("a: 1", overlay);
    assert_eq!(
        messages(&reported),
        [
            "error: unknown key `action` in an overlay",
            "--> overlay.yaml:3:1",
            "= help: did you mean `actions`?",
            "error: unknown key `updates` in an overlay action",
            "--> overlay.yaml:7:3",
            "= help: did you mean `update`?",
        ]
    );
}

#[test]
fn a_version_of_overlays_that_is_not_known_is_refused() {
    let (_, reported) = overlaid("a: 1", "overlay: 2.0.0\nactions: []\n");
    assert_eq!(
        messages(&reported),
        [
            "error: Overlay 2.0.0 is not supported",
            "--> overlay.yaml:1:10",
            "= help: write `overlay: 1.0.0`",
        ]
    );
}

#[test]
fn updates_that_multiply_are_stopped_with_one_report() {
    let action = "- target: $..*\n  update: {a: {b: {c: {}}}}\n";
    let reported = reported("a: {}", &action.repeat(30));
    let errors: Vec<&String> = reported
        .iter()
        .filter(|line| line.starts_with("error: "))
        .collect();
    assert_eq!(
        errors,
        ["error: the updates up to this one add too much text"]
    );
}

#[test]
fn updates_that_nest_too_deep_are_refused() {
    let nested = "{a: ".repeat(80) + "{}" + &"}".repeat(80);
    let path = ".a".repeat(80);
    let actions =
        format!("- target: $\n  update: {nested}\n- target: ${path}\n  update: {nested}\n");
    assert_eq!(
        reported("b: 1", &actions)[0],
        "error: after this update, the document has more than 100 levels"
    );
}
