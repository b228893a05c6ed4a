//! Writes a key of `sdk.yaml`.

/// `text` as a key of YAML: in quotes where it has to be.
pub(crate) fn quoted(text: &str) -> String {
    // Before a blank or a colon, a hyphen starts an item of a list.
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
        let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
        format!("\"{escaped}\"")
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
    }
}
