use super::*;
use crate::tree::{Node, Place, Value, parse};

fn source(name: &str, text: &str) -> Source {
    Source {
        name: name.to_owned(),
        bytes: text.as_bytes().to_vec(),
    }
}

fn node(source: &Source, file: u16) -> Node {
    parse(source, file, &mut Diagnostics::default()).expect("it has no mistake")
}

/// The place of the value at the end of `keys`.
fn place(root: &Node, keys: &[&str]) -> Place {
    keys.iter()
        .fold(root, |node, key| node.get(key).expect("it is there"))
        .place
}

#[test]
fn a_mistake_is_shown_with_its_line_and_what_to_write_instead() {
    let document = source(
        "spec/openapi.yaml",
        "components:\n  schemas:\n    CampaignType:\n      enum:\n        - 10DLC\n",
    );
    let root = node(&document, 0);
    let values = ["components", "schemas", "CampaignType", "enum"]
        .iter()
        .fold(&root, |node, key| node.get(key).expect("it is there"));
    let Value::Sequence(values) = &values.value else {
        panic!("`enum` is a list");
    };
    let mut diagnostics = Diagnostics::default();
    diagnostics
        .error(values[0].place, "`10DLC` is not a Rust name")
        .help("name it in spec/sdk.yaml: `enums: { CampaignType: { 10DLC: TenDlc } }`");
    assert_eq!(
        diagnostics.render_sources(&[Some(&document)], false),
        "\
error: `10DLC` is not a Rust name
 --> spec/openapi.yaml:5:11
  |
5 |         - 10DLC
  |           ^^^^^
  |
  = help: name it in spec/sdk.yaml: `enums: { CampaignType: { 10DLC: TenDlc } }`

1 error
"
    );
}

#[test]
fn another_place_in_the_same_input_is_shown_in_one_piece() {
    let document = source("a.yaml", "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\n");
    let root = node(&document, 0);
    let mut diagnostics = Diagnostics::default();
    diagnostics
        .error(place(&root, &["f"]), "this is 6")
        .related(place(&root, &["a"]), "this is 1");
    assert_eq!(
        diagnostics.render_sources(&[Some(&document)], false),
        "\
error: this is 6
 --> a.yaml:6:4
  |
1 | a: 1
  |    - this is 1
...
6 | f: 6
  |    ^

1 error
"
    );
}

#[test]
fn a_place_far_away_in_a_long_line_has_its_column_and_is_shown_by_itself() {
    let filler = "é".repeat(50_000);
    let text = format!("{{\"a\": 1, \"b\": \"{filler}\", \"c\": 3, \"d\": \"{filler}\"}}");
    let document = source("a.json", &text);
    let root = node(&document, 0);
    let mut diagnostics = Diagnostics::default();
    diagnostics
        .error(place(&root, &["c"]), "this is 3")
        .related(place(&root, &["a"]), "this is 1");
    for colour in [false, true] {
        let text = diagnostics.render_sources(&[Some(&document)], colour);
        assert!(text.contains("a.json:1:50024"), "{text}");
        assert!(text.contains("a.json:1:7"), "{text}");
        assert!(text.contains("\"c\": 3"), "{text}");
        assert!(text.contains("\"a\": 1"), "{text}");
        assert!(text.len() < 2000, "{text}");
    }
}

#[test]
fn a_place_in_another_input_is_shown_below() {
    let document = source("a.yaml", "a: 1\n");
    let overlay = source("b.json", "{\n  \"b\": 2\n}\n");
    let mut diagnostics = Diagnostics::default();
    diagnostics
        .warning(place(&node(&overlay, 1), &["b"]), "this changes nothing")
        .related(place(&node(&document, 0), &["a"]), "it stands here");
    assert_eq!(
        diagnostics.render_sources(&[Some(&document), Some(&overlay)], false),
        "\
warning: this changes nothing
 --> b.json:2:8
  |
2 |   \"b\": 2
  |        ^
  |
 ::: a.yaml:1:4
  |
1 | a: 1
  |    - it stands here

1 warning
"
    );
}

#[test]
fn diagnostics_come_in_the_order_of_inputs_and_places_and_only_once() {
    let document = source("a.yaml", "a: 1\nb: 2\n");
    let config = source("b.yaml", "c: 3\n");
    let (first, second) = (node(&document, 0), node(&config, 1));
    let mut diagnostics = Diagnostics::default();
    diagnostics.warning(place(&second, &["c"]), "in the second input");
    diagnostics.error(place(&first, &["b"]), "on the second line");
    diagnostics.error(place(&first, &["a"]), "on the first line");
    diagnostics.error(place(&first, &["b"]), "on the second line");
    let text = diagnostics.render_sources(&[Some(&document), Some(&config)], false);
    let messages: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("error") || line.contains("warning"))
        .collect();
    assert_eq!(
        messages,
        [
            "error: on the first line",
            "error: on the second line",
            "warning: in the second input",
            "2 errors, 1 warning",
        ]
    );
}

#[test]
fn notes_wait_until_there_is_no_mistake() {
    let document = source("a.yaml", "a: 1\nb: 2\n");
    let root = node(&document, 0);
    let mut diagnostics = Diagnostics::default();
    diagnostics.note(place(&root, &["a"]), "this was chosen");
    let shown = |diagnostics: &Diagnostics| diagnostics.render_sources(&[Some(&document)], false);
    assert!(shown(&diagnostics).contains("note: this was chosen"));
    diagnostics.error(place(&root, &["b"]), "this is wrong");
    assert!(!shown(&diagnostics).contains("note"));
}

#[test]
fn nothing_found_is_no_text() {
    assert_eq!(Diagnostics::default().render_sources(&[], false), "");
}

#[test]
fn only_the_first_line_of_a_long_scalar_is_underlined() {
    let document = source("a.yaml", "a: \"one\n  two\"\nb: 1\n");
    let mut diagnostics = Diagnostics::default();
    diagnostics.error(place(&node(&document, 0), &["a"]), "this is long");
    let text = diagnostics.render_sources(&[Some(&document)], false);
    assert!(text.contains("1 | a: \"one\n  |    ^^^^\n"), "{text}");
}

#[test]
fn an_empty_input_can_be_pointed_at() {
    let empty = source("a.yaml", "");
    let mut diagnostics = Diagnostics::default();
    parse(&empty, 0, &mut diagnostics);
    let text = diagnostics.render_sources(&[Some(&empty)], false);
    assert!(
        text.starts_with("error: this file is empty\n --> a.yaml:1:1\n"),
        "{text}"
    );
}

#[test]
fn text_that_is_not_utf_8_can_be_pointed_at() {
    let latin = Source {
        name: "a.yaml".to_owned(),
        bytes: b"a: caf\xe9\n".to_vec(),
    };
    let mut diagnostics = Diagnostics::default();
    parse(&latin, 0, &mut diagnostics);
    let text = diagnostics.render_sources(&[Some(&latin)], false);
    assert!(text.contains("1 | a: caf\u{FFFD}\n  |       ^\n"), "{text}");
}

#[test]
fn colour_is_added_only_when_asked_for() {
    let document = source("a.yaml", "a: 1\n");
    let mut diagnostics = Diagnostics::default();
    diagnostics
        .error(place(&node(&document, 0), &["a"]), "\u{1b}[1mthis is 1")
        .help("\u{1b}[1mwrite 2\nor 3");
    let plain = diagnostics.render_sources(&[Some(&document)], false);
    assert!(!plain.contains('\u{1b}'), "{plain}");
    let coloured = diagnostics.render_sources(&[Some(&document)], true);
    assert!(coloured.contains("\u{1b}[1m"), "{coloured}");
}
