//! Splits text into sentences, and counts words.

/// Abbreviations, whose full stop does not end a sentence.
const ABBREVIATIONS: [&str; 4] = ["e.g.", "i.e.", "etc.", "vs."];

/// The sentences of a paragraph. A full stop inside code does not end a sentence.
pub(super) fn sentences(paragraph: &str) -> Vec<String> {
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    let mut sentences = Vec::new();
    let mut current: Vec<&str> = Vec::new();
    let mut in_code = false;
    for (index, word) in words.iter().enumerate() {
        current.push(word);
        in_code ^= word.matches('`').count() % 2 == 1;
        let starts_anew = words.get(index + 1).is_none_or(|next| begins(next));
        if !in_code && ends(word) && starts_anew {
            sentences.push(current.join(" "));
            current.clear();
        }
    }
    if !current.is_empty() {
        sentences.push(current.join(" "));
    }
    sentences
}

/// The number of words in a sentence. A code span counts as one word.
pub(super) fn words(sentence: &str) -> usize {
    let mut count = 0;
    for (index, part) in sentence.split('`').enumerate() {
        let is_code = index % 2 == 1;
        let is_word = |word: &&str| word.chars().any(char::is_alphanumeric);
        count += match is_code {
            true => 1,
            false => part.split_whitespace().filter(is_word).count(),
        };
    }
    count
}

fn ends(word: &str) -> bool {
    let bare = word.trim_end_matches(['*', ')', '"', '_']);
    bare.ends_with(['.', '?', '!']) && !ABBREVIATIONS.contains(&bare) && bare != "…"
}

/// Whether a sentence may start with the word. Names such as `serde` have no capital letter.
fn begins(word: &str) -> bool {
    let bare = word.trim_start_matches(['*', '(', '"', '[']);
    bare.starts_with(|first: char| first.is_alphanumeric() || first == '`')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_is_cut_at_full_stops_outside_code() {
        let text =
            "It reads `a. B`. Then it ends! `Next` is **code.** Version 1.0 stays, e.g. here";
        let due = [
            "It reads `a. B`.",
            "Then it ends!",
            "`Next` is **code.**",
            "Version 1.0 stays, e.g. here",
        ];
        assert_eq!(sentences(text), due);
    }

    #[test]
    fn a_sentence_may_begin_with_a_name_in_lower_case() {
        let text = "It checks with regex-lite. regex-lite has no lookaround, etc. and so on.";
        let due = [
            "It checks with regex-lite.",
            "regex-lite has no lookaround, etc. and so on.",
        ];
        assert_eq!(sentences(text), due);
    }

    #[test]
    fn a_piece_of_code_is_one_word() {
        assert_eq!(words("Call `a b c` – or not."), 4);
    }
}
