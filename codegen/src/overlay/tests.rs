use super::*;
use crate::tree::{Source, parse};

mod refused;

/// The document after the overlay with `actions`, and what was reported.
fn applied(document: &str, actions: &str) -> (serde_json::Value, String) {
    let header = "overlay: 1.0.0\ninfo: {title: t, version: v}\nactions:\n";
    overlaid(document, &format!("{header}{actions}"))
}

fn overlaid(document: &str, overlay: &str) -> (serde_json::Value, String) {
    let sources =
        [("openapi.yaml", document), ("overlay.yaml", overlay)].map(|(name, text)| Source {
            name: name.to_owned(),
            bytes: text.as_bytes().to_vec(),
        });
    let mut diagnostics = Diagnostics::default();
    let mut document = parse(&sources[0], 0, &mut diagnostics).expect("the document can be read");
    let overlay = parse(&sources[1], 1, &mut diagnostics).expect("the overlay can be read");
    apply(&mut document, &overlay, &mut diagnostics);
    (
        mirror(&document),
        diagnostics.render_sources(&sources.each_ref().map(Some), false),
    )
}

/// The document after the overlay with `actions`, in which there is nothing to report.
fn changed(document: &str, actions: &str) -> String {
    let (value, reported) = applied(document, actions);
    assert_eq!(reported, "");
    value.to_string()
}

/// What was reported of `actions`, without the lines quoted from the inputs.
fn reported(document: &str, actions: &str) -> Vec<String> {
    messages(&applied(document, actions).1)
}

fn messages(reported: &str) -> Vec<String> {
    let tells = |line: &&str| {
        ["error: ", "warning: ", "--> ", "= help: ", ":::"]
            .iter()
            .any(|sign| line.contains(sign))
    };
    reported
        .lines()
        .filter(tells)
        .map(|line| line.trim().to_owned())
        .collect()
}

#[test]
fn an_update_merges_mappings_at_every_depth() {
    assert_eq!(
        changed(
            "a: {b: {c: 1}, d: 2}",
            "- target: $.a\n  update: {b: {e: 3}, f: 4}"
        ),
        r#"{"a":{"b":{"c":1,"e":3},"d":2,"f":4}}"#
    );
}

#[test]
fn an_update_replaces_scalars() {
    assert_eq!(
        changed(
            "a: {b: string, c: ~}",
            "- target: $.a\n  update: {b: [string, 'null'], c: 1}"
        ),
        r#"{"a":{"b":["string","null"],"c":1}}"#
    );
    assert_eq!(changed("a: 1", "- target: $.a\n  update: 2"), r#"{"a":2}"#);
}

#[test]
fn an_update_adds_to_lists() {
    assert_eq!(
        changed(
            "a: {required: [x]}",
            "- target: $.a\n  update: {required: [y]}"
        ),
        r#"{"a":{"required":["x","y"]}}"#
    );
    assert_eq!(
        changed("a: [x]", "- target: $.a\n  update: [y, z]"),
        r#"{"a":["x","y","z"]}"#
    );
}

#[test]
fn an_update_of_a_list_that_is_no_list_is_one_more_item() {
    assert_eq!(
        changed("a: [x]", "- target: $.a\n  update: {y: z}"),
        r#"{"a":["x",{"y":"z"}]}"#
    );
}

#[test]
fn an_update_applies_wherever_the_target_matches() {
    assert_eq!(
        changed("a: {x: {}, y: {}}", "- target: $.a.*\n  update: {b: 1}"),
        r#"{"a":{"x":{"b":1},"y":{"b":1}}}"#
    );
    assert_eq!(
        changed(
            "a: [{n: x, v: 1}, {n: y, v: 1}]",
            "- target: $.a[?@.n == 'y']\n  update: {v: 2}"
        ),
        r#"{"a":[{"n":"x","v":1},{"n":"y","v":2}]}"#
    );
}

#[test]
fn a_target_inside_another_match_is_updated_too() {
    assert_eq!(
        changed("x: {x: {}}", "- target: $..x\n  update: {b: 1}"),
        r#"{"x":{"b":1,"x":{"b":1}}}"#
    );
}

#[test]
fn remove_takes_keys_and_items_away() {
    assert_eq!(
        changed(
            "a: {b: 1, c: 2}\nd: [1, 2, 3, 4]",
            "- target: $.a.b\n  remove: true\n- target: $.d[1, 2]\n  remove: true"
        ),
        r#"{"a":{"c":2},"d":[1,4]}"#
    );
    assert_eq!(
        changed("x: {x: {y: 1}}\nz: 1", "- target: $..x\n  remove: true"),
        r#"{"z":1}"#
    );
}

#[test]
fn each_action_sees_what_the_former_left() {
    let actions = "
- target: $.a
  remove: true
- target: $
  update: {a: {b: [1]}}
- target: $.a.b
  update: 2
- target: $.a.b[0]
  remove: true
";
    assert_eq!(changed("a: {c: 1}", actions), r#"{"a":{"b":[2]}}"#);
}

#[test]
fn what_an_overlay_adds_keeps_its_place_there() {
    let (document, overlay) = (
        "a: {b: 1}",
        "overlay: 1.0.0\nactions: [{target: $.a, update: {c: 2}}]",
    );
    let source = |text: &str| Source {
        name: "a.yaml".to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    let mut diagnostics = Diagnostics::default();
    let mut document = parse(&source(document), 0, &mut diagnostics).expect("it can be read");
    let overlay = parse(&source(overlay), 1, &mut diagnostics).expect("it can be read");
    apply(&mut document, &overlay, &mut diagnostics);
    let file_of = |key| {
        document
            .get("a")
            .and_then(|a| a.get(key))
            .map(|node| node.place.file)
    };
    assert_eq!((file_of("b"), file_of("c")), (Some(0), Some(1)));
}

#[test]
fn a_target_that_matches_nothing_says_how_far_it_leads() {
    assert_eq!(
        reported(
            "paths: {/messages: {post: {}}}",
            "- target: $.paths['/mesages'].post\n  update: {x: 1}"
        ),
        [
            "error: this target matches nothing",
            "--> overlay.yaml:4:11",
            "= help: `$.paths` has no key `/mesages`; did you mean `/messages`?",
        ]
    );
    assert_eq!(
        reported(
            "a: {b: {}}",
            "- target: $.a.b.something.else\n  remove: true"
        ),
        [
            "error: this target matches nothing",
            "--> overlay.yaml:4:11",
            "= help: `$.a.b` has no key `something`; correct the path, or remove the action",
        ]
    );
    assert_eq!(
        reported(
            "a: [{n: x}]",
            "- target: $.a[?@.n == 'y'].b\n  remove: true"
        ),
        [
            "error: this target matches nothing",
            "--> overlay.yaml:4:11",
            "= help: `$.a` exists, but `[?@.n == 'y']` matches nothing in it",
        ]
    );
}

#[test]
fn one_of_several_names_that_matches_nothing_is_named() {
    assert_eq!(
        reported(
            "p: {a: {q: {}}, b: {}, 'c,d': {q: {}}}",
            "- target: $.p['a', 'b', 'c,d'].q\n  update: {x: 1}"
        ),
        [
            "error: `'b'` in this target matches nothing",
            "--> overlay.yaml:4:11",
            "= help: correct this part, or remove it from the target",
        ]
    );
}

#[test]
fn an_action_that_changes_nothing_is_reported() {
    assert_eq!(
        reported(
            "a: {b: 1, c: [x, {y: z}]}",
            "- target: $.a\n  update: {b: 1, c: [{y: z}]}"
        ),
        [
            "warning: this action changes nothing",
            "--> overlay.yaml:4:11",
            "::: openapi.yaml:1:8",
            "= help: remove the action",
        ]
    );
}

#[test]
fn a_part_of_an_update_that_changes_nothing_is_reported() {
    assert_eq!(
        reported(
            "a: {b: 1, c: [x]}",
            "- target: $.a\n  update: {b: 1, c: [x, y]}"
        ),
        [
            "warning: this part of the update changes nothing",
            "--> overlay.yaml:5:15",
            "::: openapi.yaml:1:8",
            "= help: remove this part from the update",
            "warning: this part of the update changes nothing",
            "--> overlay.yaml:5:22",
            "::: openapi.yaml:1:15",
            "= help: remove this part from the update",
        ]
    );
}

#[test]
fn an_update_that_changes_one_of_its_matches_is_not_reported() {
    assert_eq!(
        changed(
            "a: [{b: {c: 1}}, {b: {c: 2}}]",
            "- target: $.a[*]\n  update: {b: {c: 1}}"
        ),
        r#"{"a":[{"b":{"c":1}},{"b":{"c":1}}]}"#
    );
}

#[test]
fn an_action_that_repeats_or_overrules_another_is_reported() {
    let actions = "
- target: $.a
  update: {b: 2}
- target: $.a
  update: {b: 2}
- target: $.a
  update: {b: 3}
";
    assert_eq!(
        reported("a: {b: 1}", actions),
        [
            "warning: this action changes nothing",
            "--> overlay.yaml:7:11",
            "= help: remove the action",
            "warning: this overrides an earlier action",
            "--> overlay.yaml:10:15",
            "= help: keep one of the two actions",
        ]
    );
}
