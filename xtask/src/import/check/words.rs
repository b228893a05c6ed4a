//! Finds sequences of words that the spec shares with the published document, because its descriptions must be our own.

use std::collections::HashMap;

use telnyx_codegen::Place;

use super::change::{Change, Verdict};
use super::part::Part;

/// How many words in a row may not be the same.
const RUN: usize = 8;

/// Keys whose values are data, whatever their keys are called.
const DATA: [&str; 5] = ["const", "default", "enum", "example", "examples"];

/// Every run of words in the prose of the spec that stands in the prose of the published document too.
pub(super) fn shared(spec: Part<'_>, upstream: Part<'_>) -> Vec<Change> {
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

/// The descriptions and summaries in a document, each as its words and its place.
fn prose(root: Part<'_>) -> Vec<(Vec<String>, Place)> {
    let mut prose = Vec::new();
    let mut open = vec![root];
    while let Some(part) = open.pop() {
        open.extend(part.items());
        for (key, inner) in part.named() {
            match inner.as_text() {
                Some(text) if matches!(key, "description" | "summary") => {
                    prose.push((words(text), inner.node.place));
                }
                _ if DATA.contains(&key) => {}
                // The keys in there are names, whatever else they mean.
                _ if key == "properties" => {
                    open.extend(inner.named().into_iter().map(|(_, property)| property));
                }
                _ => open.push(inner),
            }
        }
    }
    prose
}

/// The words of a text in lower case, without punctuation.
fn words(text: &str) -> Vec<String> {
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}
