//! Finds sentences that are hard to read.

use super::split;

/// A longer sentence should be split.
const MOST_WORDS: usize = 30;

/// Phrases to avoid, in lower case, each with a replacement. Only whole words match.
const PHRASES: [(&str, &str); 50] = [
    ("an answer", "say `a response`"),
    ("answer's", "say `response's`"),
    ("each answer", "say `each response`"),
    ("in answers", "say `in responses`"),
    ("of answers", "say `of responses`"),
    ("the answer", "say `the response`"),
    ("anew", "say `again`, and what is done"),
    ("asked anew", "say `sent again`"),
    ("at that,", "cut it"),
    ("as it came", "say `unchanged`"),
    ("as it comes", "say `unchanged`"),
    ("best a", "say `use a`"),
    ("beside it,", "say what it is beside"),
    ("by the overlay", "say `in the overlay`"),
    ("cannot be had", "say `is not available`"),
    (
        "comes before",
        "say `takes precedence over` or `arrives before`",
    ),
    ("for want of", "say `because`, and what is missing"),
    ("gives the same", "say `has the same` or `returns the same`"),
    ("has to be", "say `must be`"),
    ("is asked for", "say who requests it"),
    ("is called by", "say what chooses the name"),
    ("is called so", "say `has this name`"),
    ("is none,", "say what is missing"),
    ("is no more", "say `no longer`"),
    ("is told", "say who reports what"),
    ("left out,", "say `without it` or `if you give none`"),
    ("makes every", "say what happens, and when"),
    ("makes them", "say what happens, and when"),
    ("none of which", "begin a new sentence"),
    ("not asked", "say who does not ask"),
    ("of which one", "begin a new sentence"),
    ("other than so", "say `in any other way`"),
    ("said of", "say `says about`"),
    ("so that none", "say what the subject is"),
    ("stands here", "say `is here`"),
    ("stands twice", "say `is listed twice`"),
    ("takes away", "say `removes`"),
    ("the same is true", "say again what is true"),
    ("told apart", "say `distinguished`"),
    ("told of", "say `reports`"),
    ("told as", "say `reported as`"),
    ("what becomes of", "say what happens to"),
    ("what came of", "say `the result of`"),
    ("what comes of", "say `the result of`"),
    ("what is made of", "say `the result of`"),
    ("what stands", "say what it is"),
    ("where it stands", "say `at its place`"),
    ("whoever", "say `anybody who`, or who it is"),
    ("works in", "say what works, or where the files are"),
    ("written anew", "say `serialized again`"),
];

/// Reasons why a sentence is hard to read.
pub(super) fn complaints(sentence: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let words = split::words(sentence);
    if words > MOST_WORDS {
        complaints.push(format!("{words} words, more than {MOST_WORDS}"));
    }
    let prose = prose(sentence);
    for (phrase, instead) in PHRASES {
        if has_phrase(&prose, phrase) {
            complaints.push(format!("`{phrase}`: {instead}"));
        }
    }
    complaints
}

/// The sentence without its code, in lower case.
fn prose(sentence: &str) -> String {
    let outside = sentence.split('`').step_by(2);
    outside.collect::<Vec<_>>().join("·").to_lowercase()
}

/// Whether the text contains the phrase as whole words.
fn has_phrase(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(start, _)| {
        let before = text[..start].chars().next_back();
        let after = text[start + phrase.len()..].chars().next();
        let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        !(is_letter(before) || is_letter(after) && phrase.ends_with(char::is_alphanumeric))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_to_avoid_is_found_outside_code_only() {
        assert_eq!(complaints("The answer has a body.").len(), 1);
        assert!(complaints("`an answer` and the answering machine are fine.").is_empty());
    }

    #[test]
    fn a_sentence_of_more_than_thirty_words_is_long() {
        assert!(complaints(&"word ".repeat(30)).is_empty());
        assert_eq!(complaints(&"word ".repeat(31)), ["31 words, more than 30"]);
    }
}
