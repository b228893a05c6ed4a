//! Writes a key of `sdk.yaml`.

/// `text` as a key in YAML, in quotes if necessary.
pub(crate) fn quoted(text: &str) -> String {
    // Before a blank or a colon, a hyphen would start a list item.
    let is_item = text
        .strip_prefix('-')
        .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()));
    let plain = !text.is_empty()
        && !is_item
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "._/-".contains(c));
    if plain {
        text.to_owned()
    } else {
        let escaped: String = text.chars().map(escaped).collect();
        format!("\"{escaped}\"")
    }
}

/// A character between quotes. A character that is invisible, or that changes the direction of the text, is written as its
/// number.
fn escaped(c: char) -> String {
    match c {
        '\\' | '"' => format!("\\{c}"),
        '\'' => c.to_string(),
        _ if c.escape_debug().len() == 1 => c.to_string(),
        _ if u32::from(c) > 0xFFFF => format!("\\U{:08X}", u32::from(c)),
        _ => format!("\\u{:04X}", u32::from(c)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_with_quotes_is_one_string_of_yaml() {
        assert_eq!(quoted(r#"a "b" \c"#), r#""a \"b\" \\c""#);
        assert_eq!(quoted("message.sent"), "message.sent");
        assert_eq!(quoted("-created_at"), "-created_at");
        assert_eq!(quoted("-"), "\"-\"");
        assert_eq!(quoted("it's é"), "\"it's é\"");
    }

    #[test]
    fn a_character_that_nobody_sees_is_written_by_its_number() {
        assert_eq!(quoted("a\0b\u{202e}c"), r#""a\u0000b\u202Ec""#);
        assert_eq!(quoted("\t\u{85}\u{e0001}"), r#""\u0009\u0085\U000E0001""#);
    }
}
