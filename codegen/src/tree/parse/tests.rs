use super::super::Value;
use super::*;

mod damaged;

/// The tree of `text` in one line, keys unquoted, strings quoted.
fn tree(name: &str, text: &str) -> String {
    let source = source(name, text);
    let mut diagnostics = Diagnostics::default();
    match parse(&source, 0, &mut diagnostics) {
        Some(node) => shown(&node),
        None => panic!("{}", diagnostics.render_sources(&[Some(&source)], false)),
    }
}

fn source(name: &str, text: impl AsRef<[u8]>) -> Source {
    Source {
        name: name.to_owned(),
        bytes: text.as_ref().to_vec(),
    }
}

fn shown(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(value) => value.to_string(),
        Value::String(value) => format!("{value:?}"),
        Value::Sequence(items) => {
            let items: Vec<String> = items.iter().map(shown).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Mapping(entries) => {
            let entries = entries
                .iter()
                .map(|entry| format!("{}: {}", entry.key, shown(&entry.node)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

#[test]
fn yaml_keeps_the_order_of_the_document() {
    let text = "z: 1\na:\n  - true\n  - ~\n  - x y\nm: {b: 'q', a: \"r\"}\n";
    assert_eq!(
        tree("a.yaml", text),
        r#"{z: 1, a: [true, null, "x y"], m: {b: "q", a: "r"}}"#
    );
}

#[test]
fn json_keeps_the_order_of_the_document() {
    let text = r#"{"z": 1, "a": [true, null, "x y"], "m": {"b": -1.5, "a": {}}}"#;
    assert_eq!(
        tree("a.json", text),
        r#"{z: 1, a: [true, null, "x y"], m: {b: -1.5, a: {}}}"#
    );
}

#[test]
fn a_key_is_its_text() {
    let text = "200: a\ntrue: b\n0x1F: c\n1.50: d\n~: e\n'4XX': f\nno: g\n";
    assert_eq!(
        tree("a.yaml", text),
        r#"{200: "a", true: "b", 0x1F: "c", 1.50: "d", ~: "e", 4XX: "f", no: "g"}"#
    );
}

#[test]
fn quotes_make_a_string_of_anything() {
    assert_eq!(
        tree("a.yaml", "['1', \"true\", 'null', !!str 5]"),
        r#"["1", "true", "null", "5"]"#
    );
}

#[test]
fn block_scalars_keep_or_fold_their_lines() {
    let text = "a: |\n  one\n  two\nb: >-\n  one\n  two\n";
    assert_eq!(tree("a.yaml", text), r#"{a: "one\ntwo\n", b: "one two"}"#);
}

#[test]
fn an_alias_repeats_its_anchor() {
    let text = "a: &x {b: [1]}\nc: *x\n&k d: *k\n";
    assert_eq!(
        tree("a.yaml", text),
        r#"{a: {b: [1]}, c: {b: [1]}, d: "d"}"#
    );
}

#[test]
fn a_byte_order_mark_changes_nothing() {
    assert_eq!(tree("a.yaml", "\u{FEFF}a: 1\n"), "{a: 1}");
    assert_eq!(tree("a.json", "\u{FEFF}{\"a\": 1}"), "{a: 1}");
}

#[test]
fn the_line_breaks_of_windows_change_nothing() {
    let text = "a: |\r\n  one\r\n  two\r\nb:\r\n  - c\r\n";
    assert_eq!(tree("a.yaml", text), r#"{a: "one\ntwo\n", b: ["c"]}"#);
}

#[test]
fn a_surrogate_pair_in_json_is_one_character() {
    assert_eq!(tree("a.json", r#"["\ud83d\ude00\/\u00e9"]"#), r#"["😀/é"]"#);
}

#[test]
fn an_input_of_another_name_is_json_if_it_starts_with_a_brace() {
    assert_eq!(
        tree("openapi", " {\"a\":\t\"\\ud83d\\ude00\"}"),
        r#"{a: "😀"}"#
    );
    assert_eq!(tree("openapi", "a: {b: c}"), r#"{a: {b: "c"}}"#);
}

#[test]
fn json_in_a_file_for_yaml_is_read() {
    assert_eq!(
        tree("a.yaml", "{\n\t\"a\": [1, 2.5, null]\n}\n"),
        "{a: [1, 2.5, null]}"
    );
}

#[test]
fn the_same_numbers_in_both_notations_are_the_same() {
    let numbers = "[0, -0, 1.0, 1e3, 0.1, 123456789.123456789, 18446744073709551616, -5]";
    assert_eq!(tree("a.yaml", numbers), tree("a.json", numbers));
}

#[test]
fn scalars_and_lists_may_be_the_whole_document() {
    assert_eq!(tree("a.yaml", "just text"), r#""just text""#);
    assert_eq!(tree("a.yaml", "- a\n- b\n"), r#"["a", "b"]"#);
    assert_eq!(tree("a.yaml", "---\n"), "null");
    assert_eq!(tree("a.json", "3"), "3");
}

#[test]
fn nodes_are_numbered_in_reading_order_with_their_keys() {
    let yaml = "a: [b, {c: d}]\n";
    let json = r#"{"a": ["b", {"c": "d"}]}"#;
    for (name, text) in [("a.yaml", yaml), ("a.json", json)] {
        let mut diagnostics = Diagnostics::default();
        let root = parse(&source(name, text), 7, &mut diagnostics).expect("it has no mistake");
        let Value::Mapping(entries) = &root.value else {
            panic!("the root is a mapping");
        };
        let list = &entries[0].node;
        let Value::Sequence(items) = &list.value else {
            panic!("`a` is a list");
        };
        let inner = items[1].get("c").expect("it is there");
        let numbers = [
            root.place,
            entries[0].key_place,
            list.place,
            items[0].place,
            items[1].place,
            inner.place,
        ];
        assert_eq!(numbers.map(|place| place.node), [0, 1, 2, 3, 4, 6]);
        assert!(numbers.iter().all(|place| place.file == 7));
    }
}
