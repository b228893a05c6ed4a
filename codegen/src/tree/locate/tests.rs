use super::super::source::Source;
use super::*;

/// The text of each node, in order.
fn nodes(name: &str, text: &str) -> Vec<String> {
    let source = Source {
        name: name.to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    let text = source.lossy_text();
    spans(&source)
        .into_iter()
        .map(|span| text[span].to_owned())
        .collect()
}

#[test]
fn keys_values_and_collections_of_yaml_are_found() {
    assert_eq!(
        nodes("a.yaml", "a: {b: 'c'}\nd: [1, \"e\"]\n"),
        ["a", "a", "{", "b", "'c'", "d", "[", "1", "\"e\""]
    );
}

#[test]
fn keys_values_and_collections_of_json_are_found() {
    assert_eq!(
        nodes("a.json", r#"{"a": {"b": "c\"]"}, "d": [-1.5, true, null]}"#),
        [
            "{",
            "\"a\"",
            "{",
            "\"b\"",
            r#""c\"]""#,
            "\"d\"",
            "[",
            "-1.5",
            "true",
            "null"
        ]
    );
}

#[test]
fn a_mapping_in_block_style_is_shown_by_its_first_key() {
    assert_eq!(
        nodes("a.yaml", "a:\n  bc: d\n"),
        ["a", "a", "bc", "bc", "d"]
    );
}

#[test]
fn a_list_in_block_style_is_pointed_at_by_its_first_dash() {
    let text = "a:\n  - b\n";
    let source = Source {
        name: "a.yaml".to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    let list = spans(&source)[2].clone();
    assert_eq!((list.len(), &text[list.start..]), (0, "- b\n"));
}

#[test]
fn a_value_that_was_left_out_has_an_empty_place() {
    assert_eq!(nodes("a.yaml", "a:\nb: 1\n"), ["a", "a", "", "b", "1"]);
}

#[test]
fn an_alias_has_one_place_whatever_it_repeats() {
    assert_eq!(
        nodes("a.yaml", "a: &x {b: c}\nd: *x\ne: f\n"),
        ["a", "a", "&x {", "b", "c", "d", "*x", "e", "f"]
    );
}

#[test]
fn places_count_bytes_where_the_text_has_longer_characters() {
    assert_eq!(nodes("a.yaml", "é: ö\nü: b\n"), ["é", "é", "ö", "ü", "b"]);
    assert_eq!(nodes("a.json", r#"{"é": "ö"}"#), ["{", "\"é\"", "\"ö\""]);
}

#[test]
fn a_byte_order_mark_moves_nothing() {
    assert_eq!(nodes("a.yaml", "\u{FEFF}a: b\n"), ["a", "a", "b"]);
}

#[test]
fn line_breaks_of_windows_move_nothing() {
    assert_eq!(
        nodes("a.yaml", "a: b\r\nc: |\r\n  d\r\ne: f\r\n"),
        ["a", "a", "b", "c", "d\r\n", "e", "f"]
    );
}

#[test]
fn nodes_before_a_mistake_are_found() {
    assert_eq!(
        nodes("a.yaml", "a: b\nc: d: e\n"),
        ["a", "a", "b", "c", "d"]
    );
}
