//! The encoding of a text and its number of parts, as the client counts them.

use telnyx_messaging::text::{Encoding, segments};

/// What a text comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Measure {
    /// `GSM-7` or `UCS-2`.
    pub(crate) encoding: &'static str,
    pub(crate) parts: usize,
}

/// Measures a text. `ucs2` forces that encoding for every text. A message without a text is one part.
pub(crate) fn measure(text: &str, ucs2: bool) -> Measure {
    let segments = segments(text);
    let (encoding, parts) = match segments.encoding {
        Encoding::Gsm7 if ucs2 => (Encoding::Utf16, parts_of_ucs2(text)),
        encoding => (encoding, segments.parts),
    };
    Measure {
        encoding: encoding.as_str(),
        parts: parts.max(1),
    }
}

/// Whether `encoding: gsm7` can be used. The letters on which Telnyx's pages disagree are let in.
pub(crate) fn fits_gsm7(text: &str) -> bool {
    let doubtful = "Ç¤ΔΦΓΛΩΠΨΣΘΞ";
    let culprits = segments(text).culprits;
    culprits.iter().all(|one| doubtful.contains(one.character))
}

/// The number of UCS-2 parts of a text that fits GSM-7. Each of its letters takes one unit.
fn parts_of_ucs2(text: &str) -> usize {
    match text.chars().count() {
        ..=70 => 1,
        units => units.div_ceil(67),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts_of(text: &str, ucs2: bool) -> (&'static str, usize) {
        let measure = measure(text, ucs2);
        (measure.encoding, measure.parts)
    }

    #[test]
    fn a_text_is_encoded_by_its_letters() {
        assert_eq!(parts_of("", false), ("GSM-7", 1));
        assert_eq!(parts_of(&"a".repeat(161), false), ("GSM-7", 2));
        assert_eq!(parts_of(&"я".repeat(71), false), ("UCS-2", 2));
    }

    #[test]
    fn a_letter_outside_gsm_7_does_not_fit_it() {
        for (text, fits) in [("", true), ("a€[Δ", true), ("я", false), ("’", false)] {
            assert_eq!(fits_gsm7(text), fits, "{text}");
        }
    }

    #[test]
    fn a_text_is_encoded_as_it_is_asked_for() {
        for (length, parts) in [(70, 1), (71, 2), (134, 2), (135, 3)] {
            assert_eq!(parts_of(&"€".repeat(length), true), ("UCS-2", parts));
        }
        assert_eq!(parts_of(&"я".repeat(71), true), ("UCS-2", 2));
    }
}
