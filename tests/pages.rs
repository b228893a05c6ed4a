//! What the pages of the project say about its files, commands and tests is so.

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

/// Fails if the page lacks the sentence. Where the page breaks its lines makes no difference.
pub(crate) fn says(path: &str, sentence: &str) {
    let text = page(path);
    let words: Vec<&str> = text.split_whitespace().collect();
    assert!(
        words.join(" ").contains(sentence),
        "{path} should say: {sentence}"
    );
}

/// All pages by their path, without what is in a code block.
fn pages() -> BTreeMap<String, String> {
    let folders = [
        ".github",
        "spec",
        "generated/examples",
        "generated/src/guides",
        "tests/mock",
    ];
    let mut pages: Vec<String> = ["README.md", "generated/README.md", "generated/CHANGELOG.md"]
        .map(str::to_owned)
        .to_vec();
    for folder in folders {
        let names = sources::names_below(folder).into_iter();
        let names = names.filter(|name| name.ends_with(".md"));
        pages.extend(names.map(|name| format!("{folder}/{name}")));
    }
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

/// What stands between backticks.
fn spans(page: &str) -> impl Iterator<Item = &str> {
    page.split('`').skip(1).step_by(2)
}
