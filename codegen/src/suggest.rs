//! Suggests the known word that is most similar to a misspelled one.

/// How similar two words must be, from 0 to 1, so that one counts as a misspelling of the other.
const ALIKE: f64 = 0.8;

/// The candidate that `word` was probably meant to be. If several are equally similar, the first one.
pub(crate) fn closest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let mut closest = None;
    let mut best = ALIKE;
    for candidate in candidates {
        let likeness = strsim::jaro_winkler(&word.to_lowercase(), &candidate.to_lowercase());
        if likeness > best {
            best = likeness;
            closest = Some(candidate);
        }
    }
    closest
}

/// Whether `word` differs from `known` in one letter only.
pub(crate) fn is_slip(word: &str, known: &str) -> bool {
    strsim::osa_distance(word, known) == 1
}

/// The candidate from which `word` differs in only a few letters: at most a quarter of them, and one more.
pub(crate) fn misspelt<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let word = word.to_lowercase();
    let distances = candidates.into_iter().map(|known| {
        let distance = strsim::osa_distance(&word, &known.to_lowercase());
        (distance, known)
    });
    let near = distances.filter(|(distance, known)| *distance <= 1 + known.len() / 4);
    near.min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

/// What to write instead of `word`: the candidate that it was probably meant to be, or else `otherwise`.
pub(crate) fn help<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    otherwise: &str,
) -> String {
    closest(word, candidates).map_or_else(
        || otherwise.to_owned(),
        |known| format!("did you mean `{known}`?"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: [&str; 6] = [
        "operationId",
        "parameters",
        "requestBody",
        "responses",
        "tags",
        "deprecated",
    ];

    #[test]
    fn swapped_missing_and_doubled_letters_are_forgiven() {
        assert_eq!(closest("paramaters", KEYS), Some("parameters"));
        assert_eq!(closest("reponses", KEYS), Some("responses"));
        assert_eq!(closest("reqeustBody", KEYS), Some("requestBody"));
        assert_eq!(closest("tagss", KEYS), Some("tags"));
    }

    #[test]
    fn a_word_in_another_case_is_found() {
        assert_eq!(closest("OPERATIONID", KEYS), Some("operationId"));
    }

    #[test]
    fn a_likeness_over_0_8_is_a_slip_and_one_below_is_not() {
        // 0.81 and 0.79.
        assert_eq!(closest("tagging", KEYS), Some("tags"));
        assert_eq!(closest("reps", KEYS), None);
    }

    #[test]
    fn a_word_that_only_starts_like_another_is_not_misspelt() {
        let known = ["required", "properties", "operationId"];
        assert_eq!(misspelt("requierd", known), Some("required"));
        assert_eq!(misspelt("propertys", known), Some("properties"));
        assert_eq!(misspelt("operation_id", known), Some("operationId"));
        assert_eq!(misspelt("require_topic_approval", known), None);
    }

    #[test]
    fn a_word_like_none_of_them_gives_nothing() {
        assert_eq!(closest("callbacks", KEYS), None);
        assert_eq!(closest("", KEYS), None);
    }
}
