//! How a text is encoded and into how many parts it goes.
//!
//! Source: <https://developers.telnyx.com/docs/messaging/messages/message-encoding>, and 3GPP TS 23.038 for the alphabet.

/// The letters of GSM-7 that take one unit.
const ONE_UNIT: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡\
                        ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/// Those that take two.
const TWO_UNITS: &str = "~^|\\[]{}€\u{c}";

/// What a text comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Measure {
    /// `GSM-7` or `UCS-2`.
    pub(crate) encoding: &'static str,
    pub(crate) parts: usize,
}

/// Measures a text; `ucs2` asks for that encoding whatever the text is.
pub(crate) fn measure(text: &str, ucs2: bool) -> Measure {
    let gsm: Option<Vec<usize>> = match ucs2 {
        true => None,
        false => text.chars().map(units).collect(),
    };
    match gsm {
        Some(units) => Measure {
            encoding: "GSM-7",
            parts: parts(&units, 160, 153),
        },
        None => Measure {
            encoding: "UCS-2",
            parts: parts(
                &text.chars().map(char::len_utf16).collect::<Vec<_>>(),
                70,
                67,
            ),
        },
    }
}

fn units(letter: char) -> Option<usize> {
    if ONE_UNIT.contains(letter) {
        Some(1)
    } else {
        TWO_UNITS.contains(letter).then_some(2)
    }
}

/// A letter of two units never straddles two parts.
fn parts(letters: &[usize], alone: usize, of_several: usize) -> usize {
    if letters.iter().sum::<usize>() <= alone {
        return 1;
    }
    let (mut parts, mut used) = (1, 0);
    for units in letters {
        if used + units > of_several {
            parts += 1;
            used = 0;
        }
        used += units;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts_of(text: &str) -> (&'static str, usize) {
        let measure = measure(text, false);
        (measure.encoding, measure.parts)
    }

    #[test]
    fn a_long_text_goes_into_parts() {
        assert_eq!(parts_of(&"a".repeat(160)), ("GSM-7", 1));
        assert_eq!(parts_of(&"a".repeat(161)), ("GSM-7", 2));
        assert_eq!(parts_of(&"я".repeat(70)), ("UCS-2", 1));
        assert_eq!(parts_of(&"я".repeat(71)), ("UCS-2", 2));
    }

    #[test]
    fn a_letter_of_two_units_does_not_straddle_two_parts() {
        let text = format!("{}€{}", "a".repeat(152), "a".repeat(152));
        assert_eq!(parts_of(&text), ("GSM-7", 3));
    }
}
