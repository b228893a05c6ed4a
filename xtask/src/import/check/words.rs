//! Finds sequences of words that the spec shares with the published document, because its descriptions must be our own.

use std::collections::HashMap;

use telnyx_codegen::{Node, Place};

use super::super::tree::{self, Keys};
use super::change::{Change, Verdict};

/// How many consecutive words count as copied.
const RUN: usize = 8;

/// Every sequence of words that occurs in the descriptions of both documents.
pub(super) fn shared(spec: &Node, upstream: &Node) -> Vec<Change> {
    let published = prose(upstream);
    let mut runs: HashMap<&[String], Place> = HashMap::new();
    for (words, place) in &published {
        for run in words.windows(RUN) {
            runs.entry(run).or_insert(*place);
        }
    }
    let mut found = Vec::new();
    for (words, place) in prose(spec) {
        let mut start = 0;
        while let Some(run) = words.get(start..start + RUN) {
            let Some(source) = runs.get(run) else {
                start += 1;
                continue;
            };
            found.push(Change {
                section: "Texts of Telnyx",
                verdict: Verdict::Copied,
                text: run.join(" "),
                spec: place,
                upstream: *source,
            });
            start += RUN;
        }
    }
    found
}

/// The descriptions and summaries in a document, each with its words and its place.
fn prose(root: &Node) -> Vec<(Vec<String>, Place)> {
    let prose = tree::prose(root, Keys::Keywords).into_iter();
    let texts = prose.filter_map(|node| tree::text(node).map(|text| (words(text), node.place)));
    texts.collect()
}

/// The words of a text in lower case, without punctuation.
fn words(text: &str) -> Vec<String> {
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}
