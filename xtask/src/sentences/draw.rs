//! Draws sentences at random.

use super::Sentence;
use super::sources::Kind;
use crate::random::Random;

/// Draws `count` sentences, with the same number from each kind if possible.
pub(super) fn from(sentences: &[Sentence], seed: u64, count: usize) -> Vec<&Sentence> {
    let mut random = Random::new(seed);
    let mut drawn = Vec::new();
    for (index, kind) in Kind::ALL.into_iter().enumerate() {
        let mut pool: Vec<&Sentence> = sentences
            .iter()
            .filter(|sentence| sentence.kind == kind)
            .collect();
        // The remainder goes to the first kinds.
        let extra = usize::from(index < count % Kind::ALL.len());
        for _ in 0..count / Kind::ALL.len() + extra {
            if !pool.is_empty() {
                drawn.push(pool.swap_remove(random.below(pool.len())));
            }
        }
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences() -> Vec<Sentence> {
        let of_kind = |kind: Kind| {
            (0..40).map(move |number| Sentence {
                text: format!("{kind:?} {number}."),
                place: String::new(),
                kind,
            })
        };
        Kind::ALL.into_iter().flat_map(of_kind).collect()
    }

    #[test]
    fn a_seed_draws_the_same_sentences_and_another_seed_others() {
        let sentences = sentences();
        assert_eq!(from(&sentences, 7, 20), from(&sentences, 7, 20));
        assert_ne!(from(&sentences, 7, 20), from(&sentences, 8, 20));
    }

    #[test]
    fn each_kind_has_its_share_and_no_sentence_comes_twice() {
        let sentences = sentences();
        let drawn = from(&sentences, 1, 62);
        for kind in Kind::ALL {
            let share = drawn
                .iter()
                .filter(|sentence| sentence.kind == kind)
                .count();
            assert!((12..=13).contains(&share), "{kind:?}: {share}");
        }
        let mut texts: Vec<&str> = drawn
            .iter()
            .map(|sentence| sentence.text.as_str())
            .collect();
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), 62);
    }
}
