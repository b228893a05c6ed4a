//! The files with sentences.

use std::path::Path;

use super::Sentence;
use super::code::{Items, documentation};
use super::markdown::{Paragraph, paragraphs};
use super::split;
use crate::workspace::{files, read_text, root};

/// The reader of a sentence. A draw takes the same number of each kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// README files, guides, examples and the changelog.
    Guide,
    /// Documentation of public items that are written by hand, in the crate and in the mock.
    Runtime,
    /// Documentation of generated items.
    Generated,
    /// Pages for maintainers.
    Maintainer,
    /// Diagnostics of the generator, and the help of the commands.
    Message,
}

impl Kind {
    pub(super) const ALL: [Self; 5] = [
        Self::Guide,
        Self::Runtime,
        Self::Generated,
        Self::Maintainer,
        Self::Message,
    ];
}

/// A sentence with fewer words is a title or a name.
const FEWEST_WORDS: usize = 4;

/// All sentences, in the order of the files.
pub(super) fn sentences() -> Result<Vec<Sentence>, String> {
    let mut found = Vec::new();
    for path in files(root())? {
        let name = path.strip_prefix(root()).unwrap_or(&path);
        let name = name.to_string_lossy().replace('\\', "/");
        let Some((kind, read)) = reader(&name) else {
            continue;
        };
        for Paragraph { line, text } in read(&read_text(Path::new(&path))?) {
            let whole = split::sentences(&text).into_iter();
            let whole = whole.filter(|text| split::words(text) >= FEWEST_WORDS);
            found.extend(whole.map(|text| Sentence {
                text,
                place: format!("{name}:{line}"),
                kind,
            }));
        }
    }
    Ok(found)
}

/// How a file is read.
type Read = fn(&str) -> Vec<Paragraph>;

/// The kind of sentences in a file; `None` for a file without sentences for readers.
fn reader(name: &str) -> Option<(Kind, Read)> {
    let is_rust = name.ends_with(".rs");
    let public: Read = |text| documentation(text, Items::Public);
    let is_test = |name: &str| name.ends_with("/tests.rs") || name.contains("/tests/");
    Some(match name {
        ".github/ARCHITECTURE.md" | ".github/CONTRIBUTING.md" | "spec/README.md" => {
            (Kind::Maintainer, paragraphs)
        }
        "README.md"
        | "generated/README.md"
        | "generated/CHANGELOG.md"
        | "generated/examples/README.md"
        | "tests/mock/README.md"
        | ".github/SECURITY.md" => (Kind::Guide, paragraphs),
        _ if name.starts_with("generated/src/guides/") => (Kind::Guide, paragraphs),
        _ if name.starts_with("generated/examples/") && is_rust => (Kind::Guide, public),
        "generated/src/api/operations.md" => (Kind::Generated, paragraphs),
        _ if name.starts_with("generated/src/api/") && is_rust => (Kind::Generated, public),
        _ if name.starts_with("generated/src/") && is_rust && !is_test(name) => {
            (Kind::Runtime, public)
        }
        _ if name.starts_with("tests/mock/src/") && is_rust => (Kind::Runtime, public),
        _ if name.starts_with("tests/snapshots/reject/") => (Kind::Message, diagnostics),
        _ if name.starts_with("xtask/src/") && is_rust => {
            (Kind::Message, |text| documentation(text, Items::Help))
        }
        _ => return None,
    })
}

/// The titles and the help of the diagnostics in a snapshot.
fn diagnostics(snapshot: &str) -> Vec<Paragraph> {
    let titles = ["error: ", "warning: ", "note: "];
    let helps = ["= help: ", "= note: ", "help: "];
    let mut found = Vec::new();
    for (index, line) in snapshot.lines().enumerate() {
        let title = titles.iter().find_map(|start| line.strip_prefix(start));
        let line = line.trim_start_matches([' ', '|']);
        let help = helps.iter().find_map(|start| line.strip_prefix(start));
        if let Some(text) = title.or(help) {
            found.push(Paragraph {
                line: index + 1,
                text: text.to_owned(),
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_more_sentences_than_a_draw_takes() {
        let sentences = sentences().unwrap();
        for kind in Kind::ALL {
            let count = sentences.iter().filter(|one| one.kind == kind).count();
            assert!(count >= 60, "{kind:?} has {count}");
        }
    }

    #[test]
    fn a_file_whose_tests_are_declared_at_its_top_has_sentences() {
        let sentences = sentences().unwrap();
        let is_it = |one: &&Sentence| one.text == "The items on this page.";
        let found = sentences.iter().find(is_it).expect("it is documented");
        assert!(
            found.place.starts_with("generated/src/page.rs:"),
            "{}",
            found.place
        );
    }

    #[test]
    fn a_diagnostic_is_its_title_and_its_help() {
        let text =
            "error: the file is empty\n  --> a.yaml:1:1\n   |\n   = help: write a document\n";
        let texts: Vec<String> = diagnostics(text).into_iter().map(|one| one.text).collect();
        assert_eq!(texts, ["the file is empty", "write a document"]);
    }
}
