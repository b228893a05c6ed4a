//! The characters of GSM-7, as Telnyx encodes them.

/// What a character is in GSM-7.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Letter {
    /// A character that takes this many units.
    Of(usize),
    /// A character of one unit in the standard and in Telnyx's code, but not in the table on Telnyx's page.
    Doubtful,
    /// A character outside GSM-7, which needs UTF-16.
    Foreign,
}

/// Looks a character up.
///
/// The alphabet is that of 3GPP TS 23.038 with its extension table. The twelve doubtful letters are those that Telnyx's
/// printed table lacks: <https://developers.telnyx.com/docs/messaging/messages/message-encoding>.
pub(super) fn letter(character: char) -> Letter {
    match character {
        ' '..='Z' | 'a'..='z' | '_' | '\n' | '\r' => Letter::Of(1),
        '['..='^' | '{'..='~' | '\u{c}' | '€' => Letter::Of(2),
        '£' | '¥' | '§' | '¡' | '¿' => Letter::Of(1),
        'Ä' | 'Å' | 'Æ' | 'É' | 'Ñ' | 'Ö' | 'Ø' | 'Ü' | 'ß' => Letter::Of(1),
        'à' | 'ä' | 'å' | 'æ' | 'è' | 'é' | 'ì' | 'ñ' | 'ò' | 'ö' | 'ø' | 'ù' | 'ü' => {
            Letter::Of(1)
        }
        'Ç' | '¤' | 'Δ' | 'Φ' | 'Γ' | 'Λ' | 'Ω' | 'Π' | 'Ψ' | 'Σ' | 'Θ' | 'Ξ' => {
            Letter::Doubtful
        }
        _ => Letter::Foreign,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The 128 places of the standard's table, row by row. `None` is the escape to the ten of the extension.
    #[rustfmt::skip]
    const TABLE: [Option<char>; 128] = [
        Some('@'), Some('£'), Some('$'), Some('¥'), Some('è'), Some('é'), Some('ù'), Some('ì'),
        Some('ò'), Some('Ç'), Some('\n'), Some('Ø'), Some('ø'), Some('\r'), Some('Å'), Some('å'),
        Some('Δ'), Some('_'), Some('Φ'), Some('Γ'), Some('Λ'), Some('Ω'), Some('Π'), Some('Ψ'),
        Some('Σ'), Some('Θ'), Some('Ξ'), None, Some('Æ'), Some('æ'), Some('ß'), Some('É'),
        Some(' '), Some('!'), Some('"'), Some('#'), Some('¤'), Some('%'), Some('&'), Some('\''),
        Some('('), Some(')'), Some('*'), Some('+'), Some(','), Some('-'), Some('.'), Some('/'),
        Some('0'), Some('1'), Some('2'), Some('3'), Some('4'), Some('5'), Some('6'), Some('7'),
        Some('8'), Some('9'), Some(':'), Some(';'), Some('<'), Some('='), Some('>'), Some('?'),
        Some('¡'), Some('A'), Some('B'), Some('C'), Some('D'), Some('E'), Some('F'), Some('G'),
        Some('H'), Some('I'), Some('J'), Some('K'), Some('L'), Some('M'), Some('N'), Some('O'),
        Some('P'), Some('Q'), Some('R'), Some('S'), Some('T'), Some('U'), Some('V'), Some('W'),
        Some('X'), Some('Y'), Some('Z'), Some('Ä'), Some('Ö'), Some('Ñ'), Some('Ü'), Some('§'),
        Some('¿'), Some('a'), Some('b'), Some('c'), Some('d'), Some('e'), Some('f'), Some('g'),
        Some('h'), Some('i'), Some('j'), Some('k'), Some('l'), Some('m'), Some('n'), Some('o'),
        Some('p'), Some('q'), Some('r'), Some('s'), Some('t'), Some('u'), Some('v'), Some('w'),
        Some('x'), Some('y'), Some('z'), Some('ä'), Some('ö'), Some('ñ'), Some('ü'), Some('à'),
    ];

    const EXTENSION: [char; 10] = ['\u{c}', '^', '{', '}', '\\', '[', '~', ']', '|', '€'];

    const DOUBTFUL: &str = "Ç¤ΔΦΓΛΩΠΨΣΘΞ";

    #[test]
    fn every_character_there_is_has_its_place_in_the_table() {
        assert_eq!(DOUBTFUL.chars().count(), 12);
        for character in '\0'..=char::MAX {
            let expected = if EXTENSION.contains(&character) {
                Letter::Of(2)
            } else if DOUBTFUL.contains(character) {
                Letter::Doubtful
            } else if TABLE.contains(&Some(character)) {
                Letter::Of(1)
            } else {
                Letter::Foreign
            };
            assert_eq!(letter(character), expected, "{character:?}");
        }
        let standard = TABLE.iter().flatten().chain(&EXTENSION);
        let known = standard.filter(|character| letter(**character) != Letter::Foreign);
        assert_eq!(known.count(), 127 + 10);
    }
}
