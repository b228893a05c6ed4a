//! Text in a paragraph: escapes, links and line breaks.

/// Stands for a blank at which no line may break. Text contains no control characters.
const KEPT: char = '\0';

/// A code span that shows `text` unchanged. An empty text gets quotes, because it would be invisible without them.
pub(crate) fn code(text: &str) -> String {
    if text.is_empty() {
        return "`\"\"`".to_owned();
    }
    let text = text.replace(['\n', '\r', '\t'], " ");
    let fence = "`".repeat(longest_run(&text) + 1);
    let is_bare = text.starts_with('`') || text.ends_with('`');
    let is_padded = text.starts_with(' ') && text.ends_with(' ') && !text.trim().is_empty();
    let pad = if is_bare || is_padded { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// The longest run of backticks.
pub(super) fn longest_run(text: &str) -> usize {
    let runs = text.split(|c| c != '`').map(str::len);
    runs.max().unwrap_or_default()
}

/// Text without line breaks. In a table, `|` would end the cell.
pub(super) fn kept(text: &str, in_table: bool) -> String {
    let text = text.replace(' ', "\0");
    if in_table {
        text.replace('|', "\\|")
    } else {
        text
    }
}

/// The target of a link, if it is a web address. Any other target would lead into the crate, or nowhere.
pub(super) fn target(address: &str) -> Option<String> {
    let schemes = ["http://", "https://", "mailto:", "#"];
    let is_kept = schemes.iter().any(|scheme| address.starts_with(scheme));
    let is_plain = |c: char| c.is_ascii_graphic() && !"<>()[]\\`|\"".contains(c);
    let mut target = String::new();
    for c in address.chars() {
        if is_plain(c) || (!c.is_ascii() && is_printable(c)) {
            target.push(c);
        } else {
            target.push_str(&format!("%{:02X}", u32::from(c)));
        }
    }
    (is_kept && !target.is_empty()).then_some(target)
}

/// Whether Rust allows the character in comments. Rust forbids control characters, and characters that change the direction of
/// the text.
pub(super) fn is_printable(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Adds text. Characters with a meaning in Markdown are escaped. Addresses become links, except in a link.
pub(super) fn text(text: &str, in_link: bool, written: &mut String) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some(address) = address(rest).filter(|_| !in_link) {
            written.push_str(&format!("<{address}>"));
            rest = &rest[address.len()..];
            continue;
        }
        rest = &rest[first.len_utf8()..];
        if !is_printable(first) {
            // The document had `&#10;` here.
            written.push(' ');
            continue;
        }
        let next = rest.chars().next();
        if is_mark(first, written.chars().next_back(), next) {
            written.push('\\');
        }
        written.push(first);
    }
}

/// The address at the start of a text.
fn address(text: &str) -> Option<&str> {
    if !text.starts_with("http://") && !text.starts_with("https://") {
        return None;
    }
    let ends = |c: char| c.is_whitespace() || c == '\0' || "<>\"'()[]{}`\\".contains(c);
    let address = &text[..text.find(ends).unwrap_or(text.len())];
    Some(address.trim_end_matches(['.', ',', ';', ':', '!', '?', '*']))
}

/// Whether Markdown would give the character a meaning.
fn is_mark(c: char, before: Option<char>, after: Option<char>) -> bool {
    let is_inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '`' | '*' | '[' | ']' | '<' | '>' | '~' | '|' => true,
        '_' => !(is_inside(before) && is_inside(after)),
        '\\' => after.is_none_or(|c| c.is_ascii_punctuation()),
        '&' => after.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#'),
        _ => false,
    }
}

/// The text on one line.
pub(super) fn joined(text: &str) -> String {
    let words: Vec<&str> = words(text).collect();
    words.join(" ").replace(KEPT, " ")
}

/// The text as lines of at most `width` characters, unless a word is longer. No line starts a block: a word that would start one
/// stays on the line before.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut length = 0;
    for word in words(text) {
        let size = word.chars().count();
        match lines.last_mut() {
            Some(line) if length + 1 + size <= width || guarded(word) != word => {
                line.push(' ');
                line.push_str(word);
                length += 1 + size;
            }
            _ => {
                lines.push(guarded(word));
                length = size;
            }
        }
    }
    lines.iter().map(|line| line.replace(KEPT, " ")).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
}

/// The first word of a line, escaped if it would start a heading, a list item, a rule or another block.
fn guarded(word: &str) -> String {
    let is_of =
        |word: &str, marks: &str| !word.is_empty() && word.chars().all(|c| marks.contains(c));
    if is_of(word, "#") || is_of(word, "+") || is_of(word, "=") || is_of(word, "-:") {
        return format!("\\{word}");
    }
    match word.strip_suffix(['.', ')']) {
        Some(number) if is_of(number, "0123456789") => {
            format!("{number}\\{}", &word[number.len()..])
        }
        _ => word.to_owned(),
    }
}
