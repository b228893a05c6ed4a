//! Explains why a text is not a JSONPath.

/// What to write instead of `path`.
pub(super) fn help(path: &str) -> &'static str {
    if !path.starts_with('$') {
        return "start the path with `$`, which is the whole document";
    }
    if !path[1..].starts_with(['.', '[']) {
        return "after `$`, write `.` and a name, or a name in brackets: `$.paths`, `$['paths']`";
    }
    if has_open_quote(path) {
        return "close the quote";
    }
    if !are_brackets_closed(path) {
        return "close the bracket with `]` or `)`";
    }
    if has_single_equals_sign(path) {
        return "compare with `==`: `[?@.name == 'to']`";
    }
    if path.contains("[?") {
        return "write a condition on `@`, which is the item, and put strings in quotes: `[?@.name == 'to']`";
    }
    if has_bare_name_in_brackets(path) {
        return "put a name in brackets into quotes: `$.paths['/messages']`";
    }
    if path.ends_with('.') {
        return "write a name after the last `.`, or remove the `.`";
    }
    "if a name has characters other than letters, digits and `_`, put the name into brackets and quotes: `$.paths['/messages']`"
}

fn has_open_quote(path: &str) -> bool {
    let mut quote = None;
    let mut is_escaped = false;
    for character in path.chars() {
        match quote {
            Some(closing) if character == closing && !is_escaped => quote = None,
            None if matches!(character, '\'' | '"') => quote = Some(character),
            _ => {}
        }
        is_escaped = character == '\\' && !is_escaped;
    }
    quote.is_some()
}

fn are_brackets_closed(path: &str) -> bool {
    let count = |signs: [char; 2]| {
        let found = unquoted(path).filter(|(_, sign, _)| signs.contains(sign));
        found.count()
    };
    count(['[', '(']) == count([']', ')'])
}

fn has_single_equals_sign(path: &str) -> bool {
    let signs: String = unquoted(path).map(|(_, sign, _)| sign).collect();
    let without_others = ["==", "!=", "<=", ">="]
        .iter()
        .fold(signs, |text, sign| text.replace(sign, ""));
    without_others.contains('=')
}

fn has_bare_name_in_brackets(path: &str) -> bool {
    let signs: Vec<char> = unquoted(path).map(|(_, sign, _)| sign).collect();
    signs
        .windows(2)
        .any(|pair| pair[0] == '[' && (pair[1].is_alphabetic() || "/_#.".contains(pair[1])))
}

/// The characters of a path outside of quotes, each with its offset and the number of open brackets around it.
pub(super) fn unquoted(path: &str) -> impl Iterator<Item = (usize, char, usize)> {
    let mut quote = None;
    let mut is_escaped = false;
    let mut depth = 0_usize;
    path.char_indices().filter_map(move |(offset, character)| {
        if let Some(closing) = quote {
            if character == closing && !is_escaped {
                quote = None;
            }
            is_escaped = character == '\\' && !is_escaped;
            return None;
        }
        match character {
            '\'' | '"' => {
                quote = Some(character);
                return None;
            }
            ']' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let around = depth;
        if matches!(character, '[' | '(') {
            depth += 1;
        }
        Some((offset, character, around))
    })
}
