//! What the pages of the project say about its files, commands and tests is true.

mod bounds;
mod figures;
mod names;

use std::collections::BTreeMap;

use crate::sources;

/// A page for people, by its path.
pub(crate) fn page(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or((".", path));
    sources::one(folder, name)
}

/// Fails if the page lacks the sentence. Line breaks on the page make no difference.
pub(crate) fn says(path: &str, sentence: &str) {
    let text = page(path);
    let words: Vec<&str> = text.split_whitespace().collect();
    assert!(
        holds(&words.join(" "), sentence),
        "{path} should say: {sentence}"
    );
}

/// Whether the text contains the sentence, and its numbers are complete.
fn holds(text: &str, sentence: &str) -> bool {
    let mut places = text.match_indices(sentence);
    places.any(|(start, _)| {
        let before = text[..start].chars().rev();
        let after = text[start + sentence.len()..].chars();
        !goes_on_with_a_digit(before) && !goes_on_with_a_digit(after)
    })
}

/// Whether a digit comes next, or a point or comma and then a digit.
fn goes_on_with_a_digit(mut next: impl Iterator<Item = char>) -> bool {
    let is_digit = |next: Option<char>| next.is_some_and(|next| next.is_ascii_digit());
    match next.next() {
        Some('.' | ',') => is_digit(next.next()),
        other => is_digit(other),
    }
}

#[test]
fn a_part_of_a_number_is_not_the_number() {
    for (text, sentence, is_there) in [
        ("up to 20", "up to 20", true),
        ("up to 20, then up to 20.", "up to 20", true),
        ("up to 200", "up to 20", false),
        ("up to 20.5", "up to 20", false),
        ("up to 20,000", "up to 20", false),
        ("1,100 levels", "100 levels", false),
        ("a list, 100 levels", "100 levels", true),
        ("up to 200, or up to 20 at once", "up to 20", true),
    ] {
        assert_eq!(holds(text, sentence), is_there, "{sentence}: {text}");
    }
}

/// All pages by their path, without their code blocks.
fn pages() -> BTreeMap<String, String> {
    let mut pages = sources::paths();
    pages.retain(|path| path.ends_with(".md"));
    pages.insert("README.md".to_owned());
    let read = |path: String| {
        let text = prose(&page(&path));
        (path, text)
    };
    pages.into_iter().map(read).collect()
}

/// A page without its code blocks.
fn prose(page: &str) -> String {
    let mut is_code = false;
    let mut lines = String::new();
    for line in page.lines() {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        if !is_code && !is_fence {
            lines.push_str(line);
            lines.push('\n');
        }
    }
    lines
}

/// The text between backticks.
fn spans(page: &str) -> impl Iterator<Item = &str> {
    page.split('`').skip(1).step_by(2)
}
