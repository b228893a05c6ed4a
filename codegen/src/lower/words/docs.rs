//! From descriptions in Markdown to lines of rustdoc: clean, wrapped, nothing that rustdoc warns of or would compile.

use crate::model::Doc;

/// Where a line of documentation ends.
const WIDTH: usize = 92;

impl Doc {
    /// A description as lines; nothing for an empty one.
    pub(crate) fn of(markdown: &str) -> Self {
        let mut lines = Vec::new();
        let mut paragraph = String::new();
        let mut fenced = false;
        for line in printable(markdown).trim().lines() {
            let line = line.trim_end();
            let text = line.trim_start();
            if is_fence(text) {
                flush(&mut paragraph, &mut lines);
                // A block in a language of its own stays; any other would be compiled as Rust.
                lines.push(if !fenced && text == "```" {
                    "```text".to_owned()
                } else {
                    text.to_owned()
                });
                fenced = !fenced;
            } else if fenced {
                lines.push(line.to_owned());
            } else if text.is_empty() {
                flush(&mut paragraph, &mut lines);
                lines.push(String::new());
            } else if text.starts_with(['|', '#']) {
                flush(&mut paragraph, &mut lines);
                lines.push(clean(text));
            } else if is_item(text) {
                flush(&mut paragraph, &mut lines);
                paragraph.push_str(text);
            } else {
                if !paragraph.is_empty() {
                    paragraph.push(' ');
                }
                paragraph.push_str(text);
            }
        }
        flush(&mut paragraph, &mut lines);
        if fenced {
            lines.push("```".to_owned());
        }
        lines.dedup_by(|next, previous| next.is_empty() && previous.is_empty());
        Self(lines)
    }

    /// The description, or `fallback` where there is none.
    pub(crate) fn or(markdown: Option<&str>, fallback: impl FnOnce() -> String) -> Self {
        match markdown {
            Some(text) if !text.trim().is_empty() => Self::of(text),
            _ => Self::of(&fallback()),
        }
    }

    /// Adds a paragraph.
    pub(crate) fn paragraph(mut self, markdown: &str) -> Self {
        let more = Self::of(markdown);
        self.separate(&more);
        self.0.extend(more.0);
        self
    }

    /// Adds lines as they are, after a blank one.
    pub(crate) fn block(mut self, lines: Vec<String>) -> Self {
        let more = Self(lines);
        self.separate(&more);
        self.0.extend(more.0);
        self
    }

    /// The first paragraph on one line.
    pub(crate) fn summary(&self) -> String {
        let first: Vec<&str> = self
            .0
            .iter()
            .map(String::as_str)
            .take_while(|line| !line.is_empty())
            .collect();
        first.join(" ")
    }

    fn separate(&mut self, more: &Self) {
        if !self.0.is_empty() && !more.0.is_empty() {
            self.0.push(String::new());
        }
    }
}

/// The text without control characters and those that turn the direction of writing, which Rust refuses in comments; tabs
/// become blanks.
fn printable(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let kept = |c: &char| *c == '\n' || !(c.is_control() || turns(*c));
    text.replace('\t', "    ").chars().filter(kept).collect()
}

/// Whether a line opens or closes a block of code; with more backticks it is a span of code.
fn is_fence(text: &str) -> bool {
    text.strip_prefix("```")
        .is_some_and(|language| !language.contains('`'))
}

fn is_item(text: &str) -> bool {
    marker_length(text) > 0
}

/// The length of `* ` or `12. ` at the start of an item of a list; 0 for other text.
fn marker_length(text: &str) -> usize {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if text.starts_with("* ") || text.starts_with("- ") {
        2
    } else if digits > 0 && text[digits..].starts_with(". ") {
        digits + 2
    } else {
        0
    }
}

/// Wraps the paragraph collected so far; the further lines of a list's item stand below its text.
fn flush(paragraph: &mut String, lines: &mut Vec<String>) {
    if paragraph.is_empty() {
        return;
    }
    let indent = " ".repeat(marker_length(paragraph));
    let mut line = String::new();
    for word in split_words(&clean(paragraph)) {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(std::mem::replace(&mut line, indent.clone()));
        } else if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&word);
    }
    lines.push(line);
    paragraph.clear();
}

/// Words of a text; a span of code is not torn apart, and what would start an item stays on its line.
fn split_words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    for word in text.split_whitespace() {
        match words.last_mut() {
            Some(last) if open || is_item(&format!("{word} ")) => {
                last.push(' ');
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
        if word.matches('`').count() % 2 == 1 {
            open = !open;
        }
    }
    words
}

/// Escapes what rustdoc would take for a link or for HTML, and marks bare addresses as links.
fn clean(text: &str) -> String {
    let mut cleaned = String::new();
    let last = text.matches('`').count();
    for (index, part) in text.split('`').enumerate() {
        if index > 0 {
            cleaned.push('`');
        }
        // A span that is not closed is none.
        if index % 2 == 1 && index < last {
            cleaned.push_str(part);
        } else {
            clean_prose(part, &mut cleaned);
        }
    }
    cleaned
}

fn clean_prose(text: &str, cleaned: &mut String) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some(end) = link_end(rest) {
            cleaned.push_str(&rest[..end]);
            rest = &rest[end..];
        } else if rest.starts_with("http://") || rest.starts_with("https://") {
            let end = rest
                .find(|c: char| c.is_whitespace() || "<>\"'()[]".contains(c))
                .unwrap_or(rest.len());
            let address = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*']);
            cleaned.push_str(&format!("<{address}>"));
            rest = &rest[address.len()..];
        } else {
            match first {
                '[' | ']' | '<' | '>' if !cleaned.ends_with('\\') => {
                    cleaned.push('\\');
                    cleaned.push(first);
                }
                _ => cleaned.push(first),
            }
            rest = &rest[first.len_utf8()..];
        }
    }
}

/// The length of a link at the start of the text: `[text](address)` or `<https://…>`.
fn link_end(text: &str) -> Option<usize> {
    if text.starts_with("<http") {
        return text.find('>').map(|end| end + 1);
    }
    if !text.starts_with('[') {
        return None;
    }
    let label = text.find("](")?;
    if text[1..label].contains(['[', ']']) {
        return None;
    }
    let end = label + text[label..].find(')')?;
    let address = &text[label + 2..end];
    (address.starts_with("http") || address.starts_with('#')).then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(markdown: &str) -> Vec<String> {
        Doc::of(markdown).0
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
        assert_eq!(lines("one\n\n    two"), ["one", "", "two"]);
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
        assert_eq!(lines("one `two [three]"), [r"one `two \[three\]"]);
    }

    #[test]
    fn backticks_on_one_line_are_no_block() {
        assert_eq!(lines("```POST``` it"), ["```POST``` it"]);
    }

    #[test]
    fn a_dash_in_a_sentence_never_starts_a_line() {
        let text = format!("{} - and 5. more", "x".repeat(91));
        assert_eq!(lines(&text)[1], "and 5. more");
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
        assert!(wrapped[0].starts_with("* word"));
        assert!(wrapped[1].starts_with("  word"), "{wrapped:?}");
        assert_eq!(wrapped.last().map(String::as_str), Some("* two"));
    }

    #[test]
    fn a_span_of_code_is_not_torn_apart() {
        let text = format!("{} `one two three four five`", "x".repeat(85));
        assert_eq!(lines(&text)[1], "`one two three four five`");
    }
}
