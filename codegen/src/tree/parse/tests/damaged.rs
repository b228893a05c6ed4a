//! Damaged documents: the parser rejects each at the byte that shows the damage, without delay.

use super::*;

/// Each diagnostic of `text` as `line:column message`.
fn refused(name: &str, text: impl AsRef<[u8]>) -> Vec<String> {
    let source = source(name, text);
    let mut diagnostics = Diagnostics::default();
    let node = parse(&source, 0, &mut diagnostics);
    assert_eq!(node.as_ref().map(shown), None, "it was read");
    let rendered = diagnostics.render_sources(&[Some(&source)], false);
    let mut refused = Vec::new();
    let mut message = "";
    for line in rendered.lines() {
        if let Some(found) = line.strip_prefix("error: ") {
            message = found;
        }
        if let Some((_, place)) = line.split_once(&format!("--> {name}:")) {
            refused.push(format!("{place} {message}"));
        }
    }
    refused
}

#[test]
fn a_truncated_document_is_refused_at_its_end() {
    assert_eq!(
        refused("a.yaml", "a: {b: 1"),
        [
            "1:9 the YAML parser reports: while parsing a flow mapping, did not find expected ',' or '}'"
        ]
    );
    assert_eq!(
        refused("a.yaml", "a: [1,\n  2"),
        ["2:4 the YAML parser reports: while parsing a flow sequence, expected ',' or ']'"]
    );
    assert_eq!(
        refused("a.json", "{\"a\": [1, {\"b\": tr"),
        ["1:18 the JSON parser reports: EOF while parsing a value"]
    );
}

#[test]
fn an_unclosed_quote_is_refused_where_it_opens() {
    assert_eq!(
        refused("a.yaml", "a: 1\nb: 'text\nc: d\n"),
        ["2:4 the YAML parser reports: invalid indentation in quoted scalar"]
    );
    assert_eq!(
        refused("a.yaml", "a: 1\nb: \"text\nc: d\n"),
        ["2:4 the YAML parser reports: invalid indentation in quoted scalar"]
    );
}

#[test]
fn an_unclosed_string_in_json_is_refused() {
    assert_eq!(
        refused("a.json", "{\"a\": \"b"),
        ["1:8 the JSON parser reports: EOF while parsing a string"]
    );
}

#[test]
fn a_trailing_comma_in_json_is_refused() {
    assert_eq!(
        refused("a.json", "{\"a\": 1,\n}"),
        ["2:1 the JSON parser reports: trailing comma"]
    );
}

#[test]
fn a_comment_in_json_is_refused() {
    assert_eq!(
        refused("a.json", "{\n  // one\n  \"a\": 1}"),
        ["2:3 the JSON parser reports: key must be a string"]
    );
}

#[test]
fn text_after_json_is_refused() {
    assert_eq!(
        refused("a.json", "{}\n{}"),
        ["2:1 the JSON parser reports: trailing characters"]
    );
}

#[test]
fn a_lone_surrogate_is_refused() {
    assert_eq!(
        refused("a.json", "{\"a\": \"\\ud83d!\"}"),
        ["1:14 the JSON parser reports: unexpected end of hex escape"]
    );
    assert_eq!(
        refused("a.yaml", "a: \"\\ud83d\""),
        [
            "1:4 the YAML parser reports: while parsing a quoted scalar, found invalid Unicode character escape code"
        ]
    );
}

#[test]
fn what_json_has_no_number_for_is_refused() {
    assert_eq!(
        refused("a.json", "[NaN]"),
        ["1:2 the JSON parser reports: expected value"]
    );
    assert_eq!(
        refused("a.json", "[1, 1e999]"),
        ["1:9 the JSON parser reports: number out of range"]
    );
    assert_eq!(
        refused("a.yaml", "a: .nan"),
        ["1:4 JSON cannot represent this number"]
    );
    assert_eq!(
        refused("a.yaml", "a: 1\nb: 1e999"),
        ["2:4 JSON cannot represent this number"]
    );
}

#[test]
fn a_tab_as_indentation_is_refused() {
    assert_eq!(
        refused("a.yaml", "a:\n\tb: 1\n"),
        ["2:2 the YAML parser reports: tabs disallowed within this context (block indentation)"]
    );
    assert_eq!(
        refused("a.yaml", "a:\n  - b\n\t- c\n"),
        ["2:5 the YAML parser reports: while scanning a plain scalar, found a tab"]
    );
}

#[test]
fn an_unquoted_colon_in_a_value_is_refused() {
    assert_eq!(
        refused("a.yaml", "a: b: c\n"),
        ["1:5 the YAML parser reports: mapping values are not allowed in this context"]
    );
}

#[test]
fn wrong_indentation_is_refused() {
    assert_eq!(
        refused("a.yaml", "a:\n    b: 1\n  c: 2\n"),
        ["3:3 the YAML parser reports: while parsing a block mapping, did not find expected key"]
    );
}

#[test]
fn a_reserved_character_is_refused() {
    assert_eq!(
        refused("a.yaml", "a: @b\n"),
        ["1:4 the YAML parser reports: unexpected character: `@'"]
    );
}

#[test]
fn a_bad_header_of_a_block_scalar_is_refused() {
    assert_eq!(
        refused("a.yaml", "a: |x\n  b\n"),
        [
            "1:4 the YAML parser reports: while scanning a block scalar, did not find expected comment or line break"
        ]
    );
}

#[test]
fn an_alias_of_nothing_is_refused() {
    assert_eq!(
        refused("a.yaml", "a: 1\nb: *missing\n"),
        ["2:4 the YAML parser reports: while parsing node, found unknown anchor"]
    );
}

#[test]
fn an_alias_inside_its_own_value_is_refused() {
    assert_eq!(
        refused("a.yaml", "a: &a [1, *a]\n"),
        ["1:11 this alias is inside the value that it repeats"]
    );
}

#[test]
fn a_merge_key_is_refused() {
    assert_eq!(
        refused("a.yaml", "a: &a {b: 1}\nc:\n  <<: *a\n  d: 2\n"),
        ["3:3 merge keys are not part of YAML 1.2"]
    );
}

#[test]
fn a_tag_is_refused() {
    assert_eq!(
        refused("a.yaml", "a: !secret b\n"),
        ["1:4 the tag `!secret` has no meaning here"]
    );
    assert_eq!(
        refused("a.yaml", "a: !!binary aGk=\n"),
        ["1:4 the tag `!!binary` has no meaning here"]
    );
}

#[test]
fn a_second_document_is_refused() {
    assert_eq!(
        refused("a.yaml", "a: 1\n---\nb: 2\n"),
        ["2:1 a second document starts here"]
    );
}

#[test]
fn a_list_or_mapping_as_a_key_is_refused() {
    assert_eq!(
        refused("a.yaml", "? [a, b]\n: c\n"),
        ["1:3 a key must be a string, not a list"]
    );
    assert_eq!(
        refused("a.yaml", "? {a: b}\n: c\n"),
        ["1:3 a key must be a string, not a mapping"]
    );
}

#[test]
fn a_file_without_a_document_is_refused() {
    assert_eq!(refused("a.yaml", ""), ["1:1 this file is empty"]);
    assert_eq!(
        refused("a.yaml", "# nothing\n# here\n"),
        ["1:1 this file is empty"]
    );
    assert_eq!(
        refused("a.json", " \n"),
        ["2:1 the JSON parser reports: EOF while parsing a value"]
    );
}

#[test]
fn a_control_character_is_refused() {
    assert_eq!(
        refused("a.yaml", "a: b\0c\n"),
        ["1:5 this is a control character, U+0000"]
    );
    assert_eq!(
        refused("a.json", "{\"a\": \"\u{1b}[31m\"}"),
        ["1:8 this is a control character, U+001B"]
    );
}

#[test]
fn bytes_that_are_not_utf_8_are_refused_at_the_first() {
    assert_eq!(
        refused("a.yaml", b"a: caf\xe9\n"),
        ["1:7 this is not UTF-8"]
    );
    assert_eq!(
        refused("a.yaml", b"\xc3\xa9: \xc3\xa9\xff\n"),
        ["1:5 this is not UTF-8"]
    );
}

#[test]
fn utf_16_is_refused() {
    assert_eq!(
        refused("a.yaml", b"\xff\xfea\0:\0"),
        ["1:1 this file is UTF-16"]
    );
}

#[test]
fn columns_count_characters_not_bytes() {
    assert_eq!(
        refused("a.yaml", "é: ö\nü: b: c\n"),
        ["2:5 the YAML parser reports: mapping values are not allowed in this context"]
    );
    assert_eq!(
        refused("a.json", "{\"é\": \"ö\",\n\"üü\": nul}"),
        ["2:10 the JSON parser reports: expected ident"]
    );
}

#[test]
fn lines_count_the_same_with_the_line_breaks_of_windows() {
    assert_eq!(
        refused("a.yaml", "a: 1\r\nb: 2\r\nc: d: e\r\n"),
        ["3:5 the YAML parser reports: mapping values are not allowed in this context"]
    );
    assert_eq!(
        refused("a.json", "{\r\n\"a\": 1,\r\n}"),
        ["3:1 the JSON parser reports: trailing comma"]
    );
}

#[test]
fn a_key_that_stands_twice_is_refused_where_it_stands_again() {
    assert_eq!(
        refused("a.yaml", "a: 1\nb: 2\na: 3\nb: 4\n"),
        [
            "3:1 this mapping has the key `a` twice",
            "4:1 this mapping has the key `b` twice"
        ]
    );
    assert_eq!(
        refused(
            "a.json",
            "{\"a\": 1,\n\"b\": {\"c\": 1, \"c\": 2},\n\"a\": 3}"
        ),
        [
            "2:15 this mapping has the key `c` twice",
            "3:1 this mapping has the key `a` twice"
        ]
    );
    assert_eq!(
        refused("a.yaml", "200: a\n'200': b\n"),
        ["2:1 this mapping has the key `200` twice"]
    );
}

#[test]
fn nesting_without_end_is_refused_at_once() {
    const MANY: usize = 1024 * 1024;
    for (name, opening) in [
        ("a.yaml", "["),
        ("a.yaml", "{a: "),
        ("a.yaml", "- "),
        ("a.yaml", "? "),
        ("a.json", "["),
        ("a.json", "{\"a\":"),
    ] {
        let refused = refused(name, opening.repeat(MANY / opening.len()));
        assert_eq!(refused.len(), 1, "{opening}: {refused:?}");
    }
}

#[test]
fn nesting_is_allowed_a_hundred_deep_in_both_notations() {
    for name in ["a.yaml", "a.json"] {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert_eq!(tree(name, &nested(100)), nested(100));
        let refused = refused(name, nested(101));
        assert!(
            refused[0].contains("more than 100 levels of nesting"),
            "{refused:?}"
        );
    }
}

#[test]
fn aliases_may_not_nest_deeper_than_a_document_may() {
    let mut text = String::from("- &a0 []\n");
    for level in 1..60 {
        text += &format!("- &a{level} [[*a{}]]\n", level - 1);
    }
    assert_eq!(
        refused("a.yaml", text),
        ["50:10 this has more than 100 levels of nesting"]
    );
}

#[test]
fn aliases_of_aliases_may_not_fill_the_memory() {
    let mut text = String::from("- &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let aliases = format!("*a{}, ", level - 1).repeat(10);
        text += &format!("- &a{level} [{aliases}]\n");
    }
    let refused = refused("a.yaml", text);
    assert!(refused[0].contains("repeat too much"), "{refused:?}");
}

#[test]
fn aliases_of_a_long_text_may_not_fill_the_memory() {
    let text = format!("- &a {}\n", "x".repeat(1 << 20)) + &"- *a\n".repeat(1000);
    let refused = refused("a.yaml", text);
    assert!(refused[0].contains("repeat too much"), "{refused:?}");
}

#[test]
fn more_than_32_mib_are_not_read() {
    let refused = refused("a.yaml", " ".repeat(32 * 1024 * 1024 + 1));
    assert!(
        refused[0].starts_with("1:1 this file has 33554433 bytes"),
        "{refused:?}"
    );
}

#[test]
fn more_than_a_million_nodes_are_not_read() {
    for (name, text) in [
        ("a.yaml", "- \n".repeat(1_000_000)),
        ("a.json", format!("[{}1]", "1,".repeat(1_000_000))),
    ] {
        let refused = refused(name, text);
        assert!(
            refused[0].contains("has more than 1000000 nodes"),
            "{refused:?}"
        );
    }
}
