use super::*;

/// What rustdoc reads in lines of documentation.
fn read_by_rustdoc(lines: &[String]) -> Vec<Event<'static>> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let text = lines.join("\n");
    Parser::new_ext(&text, options)
        .map(Event::into_static)
        .collect()
}

/// Whether rustdoc finds nothing to compile, no HTML and no link but those to the web.
fn is_inert(lines: &[String]) -> bool {
    read_by_rustdoc(lines).iter().all(|event| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
            **language == *"text" || LANGUAGES.contains(&&**language)
        }
        Event::Start(
            Tag::CodeBlock(CodeBlockKind::Indented) | Tag::HtmlBlock | Tag::Image { .. },
        ) => false,
        Event::Start(Tag::Link { dest_url, .. }) => inline::target(dest_url).is_some(),
        Event::Html(_) | Event::InlineHtml(_) => false,
        _ => true,
    })
}

#[test]
fn a_bare_address_becomes_a_link() {
    assert_eq!(
        lines("See https://telnyx.com/docs."),
        ["See <https://telnyx.com/docs>."]
    );
}

#[test]
fn a_written_link_stays() {
    assert_eq!(
        lines("See [docs](https://telnyx.com)."),
        ["See [docs](https://telnyx.com)."]
    );
}

#[test]
fn brackets_and_tags_are_escaped_outside_code() {
    assert_eq!(lines("a[b] <br/> `c[d]<e>`"), [r"a\[b\] \<br/\> `c[d]<e>`"]);
}

#[test]
fn indented_text_is_no_code_to_compile() {
    assert_eq!(
        lines("one\n\n    two"),
        ["one", "", "```text", "two", "```"]
    );
}

#[test]
fn a_block_without_a_language_is_text() {
    assert_eq!(lines("```\n{}\n```"), ["```text", "{}", "```"]);
}

#[test]
fn a_block_that_is_left_open_is_closed() {
    assert_eq!(lines("```json\n{}"), ["```json", "{}", "```"]);
}

#[test]
fn control_characters_are_left_out() {
    assert_eq!(lines("```\n\ta\rb\u{7}\n```"), ["```text", "    ab", "```"]);
}

#[test]
fn a_span_that_is_left_open_is_no_code() {
    assert_eq!(lines("one `two [three]"), [r"one \`two \[three\]"]);
}

#[test]
fn backticks_on_one_line_are_no_block() {
    assert_eq!(lines("```POST``` it"), ["`POST` it"]);
}

#[test]
fn a_numbered_item_goes_on_below_its_text() {
    let text = format!("10. {}", "word ".repeat(25));
    assert!(lines(&text)[1].starts_with("    word"));
}

#[test]
fn a_list_keeps_its_items_and_wraps_below_them() {
    let text = format!("* {}\n* two", "word ".repeat(25));
    let wrapped = lines(&text);
    assert!(wrapped[0].starts_with("- word"));
    assert!(wrapped[1].starts_with("  word"), "{wrapped:?}");
    assert_eq!(wrapped.last().map(String::as_str), Some("- two"));
}

#[test]
fn a_span_of_code_is_not_torn_apart() {
    let text = format!("{} `one two three four five`", "x".repeat(85));
    assert_eq!(lines(&text)[1], "`one two three four five`");
}

/// Texts that were made to break out of the documentation.
const HOSTILE: [&str; 40] = [
    "```rust\nbad();\n```",
    "```should_panic\nbad();\n```",
    "```edition2021\nbad();\n```",
    "```{.rust}\nbad();\n```",
    "```,\nbad();\n```",
    "```json,rust\nbad();\n```",
    "```text rust\n\nbad();\n```",
    "~~~\nbad();\n~~~",
    "~~~rust\nbad();\n~~~",
    "````\n```\nbad();\n````",
    "```text\n````\n    bad();\n",
    "text ~~~rust\nbad();",
    "- ```rust\n  bad();\n  ```",
    "- ~~~\n  bad();\n",
    "1) ```\n   bad();\n   ```",
    "+ - * ```\n      bad();",
    "> ```\n> bad();\n> ```",
    "> - ```rust\n>   bad();",
    "    bad();",
    "\tbad();",
    "-     bad();",
    "1.      bad();\n\n        bad();",
    "999999999. a\n\n    b\n999999999. a\n\n    b\n\n               bad();",
    "- ---\n\n      bad();",
    "- - ---\n    - a\n\n          bad();",
    "<pre>\n\n```\nbad();\n```\n</pre>",
    "<script>bad()</script>",
    "a\\<script>bad()</script>",
    "<!-- a --> <b onclick='bad()'>b</b>",
    "[a](javascript:bad())",
    "![a](https://example.com/a.png)",
    "[`Client`](crate::Client) [Client] [Client][] [a]\n\n[a]: crate::Client",
    "[^a]\n\n[^a]: ```\n    bad();",
    "a\n===\n\n    bad();",
    "| a | b |\n|---|---|\n| ``` | `|` |\n\n    bad();",
    "a&#10;&#10;    bad();&#10;```&#10;bad();",
    "&#96;&#96;&#96;rust\nbad();\n&#96;&#96;&#96;",
    "\\```rust\nbad();\n\\```",
    "[a](https://example.com/\\)\n\n```rust\nbad();\n```",
    "&#8238;bad();\u{202e}",
];

#[test]
fn what_was_made_to_break_out_is_inert() {
    for text in HOSTILE {
        assert!(
            is_inert(&lines(text)),
            "{text:?} becomes {:#?}",
            lines(text)
        );
    }
}

#[test]
fn every_row_of_pieces_is_inert() {
    let pieces = [
        "\n",
        "\n\n",
        " ",
        "    ",
        "\t",
        "- ",
        "* ",
        "1. ",
        "2) ",
        "999999999. ",
        "> ",
        "# ",
        "```",
        "````",
        "~~~",
        "`",
        "rust",
        "text",
        "json",
        "bad();",
        "|",
        "---",
        "===",
        "***",
        "a",
        "\\",
        "<",
        ">",
        "[",
        "](",
        ")",
        "https://a.b/",
        "&#10;",
        "&#96;",
        "_",
        "~",
        "<pre>",
        "-",
        "+",
        "[^a]: ",
        "|---|",
    ];
    let mut state = 7_u64;
    let mut draw = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits fit") % below
    };
    for _ in 0..5_000 {
        let length = 1 + draw(24);
        let text: String = (0..length).map(|_| pieces[draw(pieces.len())]).collect();
        let once = lines(&text);
        assert!(is_inert(&once), "{text:?} becomes {once:#?}");
        let summary = [once.join("\n"), "```text".to_owned(), code(&text)].map(|text| lines(&text));
        assert!(summary.iter().all(|lines| is_inert(lines)), "{text:?}");
    }
}

#[test]
fn a_span_of_code_shows_what_it_is_given() {
    for text in ["a", "`", "``", "a`b", " a ", "a\\", "<b>", "*a*"] {
        let shown = read_by_rustdoc(&lines(&code(text)));
        assert!(
            shown.contains(&Event::Code(text.into())),
            "{text:?} becomes {shown:?}"
        );
    }
}

#[test]
fn a_table_a_quote_and_a_heading_stay() {
    let text = "Title\n===\n| a | b |\n|:-|--|\n| 1 | `x\\|y` |\n\n> said\n> so";
    let expected = [
        "# Title",
        "",
        "| a | b |",
        "| :-- | --- |",
        r"| 1 | `x\|y` |",
        "",
        "> said so",
    ];
    assert_eq!(lines(text), expected);
}

#[test]
fn what_would_start_a_block_starts_no_line() {
    for mark in ["-", "+", "#", "12.", "3)", "===", "---"] {
        let text = format!("{} {mark} a &#32;\\{mark}", "x".repeat(90));
        let read = read_by_rustdoc(&lines(&text));
        let paragraphs = read.iter().filter(|event| matches!(event, Event::Start(_)));
        assert_eq!(paragraphs.count(), 1, "{mark} becomes {:?}", lines(&text));
    }
}

#[test]
fn a_link_that_does_not_lead_to_the_web_is_text() {
    let lines = lines("See [the notes](../notes.md) and [it](crate::Client).");
    let is_link = |event: &Event<'_>| matches!(event, Event::Start(Tag::Link { .. }));
    assert!(!read_by_rustdoc(&lines).iter().any(is_link), "{lines:?}");
}

#[test]
fn a_rule_in_an_item_stays_in_it() {
    let lines = lines("- ***");
    let is_item = |event: &Event<'_>| matches!(event, Event::Start(Tag::Item));
    assert!(read_by_rustdoc(&lines).iter().any(is_item), "{lines:?}");
}
