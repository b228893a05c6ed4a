//! The replacements that Telnyx's smart encoding uses for characters outside GSM-7.

/// The text that smart encoding replaces `character` by; empty where it leaves the character out.
///
/// Source, for all of them: <https://developers.telnyx.com/docs/messaging/messages/smart-encoding>. A character that is not
/// there stays as it is.
pub(super) fn stand_in(character: char) -> Option<&'static str> {
    punctuation(character)
        .or_else(|| bracket_or_sign(character))
        .or_else(|| letter(character))
        .or_else(|| blank(character))
}

fn punctuation(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{ab}' | '\u{bb}' | '\u{201c}'..='\u{201f}' | '\u{2ba}' | '\u{2ee}' => "\"",
        '\u{275d}' | '\u{275e}' | '\u{301d}' | '\u{301e}' | '\u{ff02}' => "\"",
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{60}' | '\u{b4}' | '\u{ff07}' => "'",
        '\u{2b9}' | '\u{2bb}'..='\u{2bd}' | '\u{2c8}' | '\u{2ca}' | '\u{2cb}' => "'",
        '\u{275b}' | '\u{275c}' | '\u{313}' | '\u{314}' | '\u{fe10}' | '\u{fe11}' => "'",
        '\u{2010}' | '\u{2013}'..='\u{2015}' | '\u{2022}' | '\u{2043}' => "-",
        '\u{23bc}' | '\u{23bd}' | '\u{fe63}' | '\u{ff0d}' => "-",
        '\u{201a}' | '\u{326}' | '\u{3001}' | '\u{fe50}' | '\u{fe51}' => ",",
        '\u{ff0c}' | '\u{ff64}' => ",",
        '\u{2026}' => "...",
        '\u{3002}' | '\u{fe52}' | '\u{ff0e}' | '\u{ff61}' => ".",
        '\u{2d0}' | '\u{2f8}' | '\u{2982}' | '\u{a789}' | '\u{fe13}' | '\u{ff1a}' => ":",
        '\u{204f}' | '\u{fe14}' | '\u{fe54}' | '\u{ff1b}' => ";",
        '\u{fe16}' | '\u{fe56}' | '\u{ff1f}' => "?",
        '\u{1c3}' | '\u{fe15}' | '\u{fe57}' | '\u{ff01}' => "!",
        '\u{203c}' => "!!",
        _ => return None,
    })
}

fn bracket_or_sign(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{f7}' | '\u{29f8}' | '\u{337}' | '\u{338}' | '\u{2044}' | '\u{2215}' => "/",
        '\u{ff0f}' => "/",
        '\u{bc}' => "1/4",
        '\u{bd}' => "1/2",
        '\u{be}' => "3/4",
        '\u{29f9}' | '\u{29f5}' | '\u{20e5}' | '\u{fe68}' | '\u{ff3c}' => "\\",
        '\u{332}' | '\u{2017}' | '\u{ff3f}' => "_",
        '\u{20d2}' | '\u{20d3}' | '\u{2223}' | '\u{ff5c}' => "|",
        '\u{23b8}' | '\u{23b9}' | '\u{23d0}' | '\u{239c}' | '\u{239f}' => "|",
        '\u{fe6b}' | '\u{ff20}' => "@",
        '\u{fe69}' | '\u{ff04}' => "$",
        '\u{fe5f}' | '\u{ff03}' => "#",
        '\u{fe6a}' | '\u{ff05}' => "%",
        '\u{fe60}' | '\u{ff06}' => "&",
        '\u{2768}' | '\u{276a}' | '\u{fe59}' | '\u{ff08}' | '\u{27ee}' | '\u{2985}' => "(",
        '\u{2769}' | '\u{276b}' | '\u{fe5a}' | '\u{ff09}' | '\u{27ef}' | '\u{2986}' => ")",
        '\u{2774}' | '\u{fe5b}' | '\u{ff5b}' => "{",
        '\u{2775}' | '\u{fe5c}' | '\u{ff5d}' => "}",
        '\u{ff3b}' => "[",
        '\u{ff3d}' => "]",
        '\u{204e}' | '\u{2217}' | '\u{229b}' | '\u{29c6}' | '\u{fe61}' | '\u{ff0a}' => "*",
        '\u{2722}'..='\u{2725}' | '\u{2731}'..='\u{2733}' | '\u{273a}'..='\u{273d}' => "*",
        '\u{2743}' | '\u{2749}'..='\u{274b}' => "*",
        '\u{2d6}' | '\u{fe62}' | '\u{ff0b}' => "+",
        '\u{fe64}' | '\u{ff1c}' | '\u{2039}' => "<",
        '\u{347}' | '\u{a78a}' | '\u{fe66}' | '\u{ff1d}' => "=",
        '\u{fe65}' | '\u{ff1e}' | '\u{203a}' => ">",
        '\u{2c6}' | '\u{302}' | '\u{ff3e}' | '\u{1dcd}' => "^",
        '\u{2dc}' | '\u{2f7}' | '\u{303}' | '\u{330}' | '\u{334}' | '\u{223c}' => "~",
        '\u{ff5e}' => "~",
        _ => return None,
    })
}

fn letter(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{ff10}'..='\u{ff19}' => one_of("0123456789", '\u{ff10}', character)?,
        '\u{ff21}'..='\u{ff3a}' => one_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ", '\u{ff21}', character)?,
        '\u{ff41}'..='\u{ff5a}' => one_of("abcdefghijklmnopqrstuvwxyz", '\u{ff41}', character)?,
        'ᴀ' | 'Α' => "A",
        'ʙ' | 'Β' => "B",
        'ᴄ' => "C",
        'ᴅ' => "D",
        'ᴇ' | 'Ε' => "E",
        'ꜰ' => "F",
        'ɢ' => "G",
        'ʜ' | 'Η' => "H",
        'ɪ' | 'Ι' => "I",
        'ᴊ' => "J",
        'ᴋ' | 'Κ' => "K",
        'ʟ' => "L",
        'ᴍ' | 'Μ' => "M",
        'ɴ' | 'Ν' => "N",
        'ᴏ' | 'Ο' => "O",
        'ᴘ' | 'Ρ' => "P",
        'ʀ' => "R",
        'ꜱ' => "S",
        'ᴛ' | 'Τ' => "T",
        'ᴜ' => "U",
        'ᴠ' => "V",
        'ᴡ' => "W",
        'Χ' => "X",
        'ʏ' | 'Υ' => "Y",
        'ᴢ' | 'Ζ' => "Z",
        _ => return None,
    })
}

fn blank(character: char) -> Option<&'static str> {
    Some(match character {
        '\t' => "       ",
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => " ",
        '\u{200b}' | '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{2060}' => "",
        '\0' | '\u{3}' | '\u{4}' | '\u{10}'..='\u{14}' | '\u{17}' | '\u{19}' => "",
        '\u{80}' | '\u{8d}' | '\u{90}' | '\u{9b}' | '\u{9f}' => "",
        _ => return None,
    })
}

/// The letter of `letters` that is as far from its start as `character` is from `first`.
fn one_of(letters: &'static str, first: char, character: char) -> Option<&'static str> {
    let index = usize::try_from(u32::from(character).checked_sub(u32::from(first))?).ok()?;
    letters.get(index..index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::alphabet::{self, Letter};

    #[test]
    fn a_stand_in_is_gsm_7_and_stands_in_for_what_is_not() {
        let mut count = 0;
        for character in '\0'..=char::MAX {
            let Some(stand_in) = stand_in(character) else {
                continue;
            };
            count += 1;
            assert_eq!(
                alphabet::letter(character),
                Letter::Foreign,
                "{character:?}"
            );
            let is_certain = |letter| matches!(alphabet::letter(letter), Letter::Of(_));
            assert!(
                stand_in.chars().all(is_certain),
                "{character:?}: {stand_in:?}"
            );
        }
        assert_eq!(count, 310);
    }

    #[test]
    fn letters_of_full_width_are_those_of_ascii() {
        for (wide, narrow) in [
            ('Ａ', "A"),
            ('Ｚ', "Z"),
            ('ａ', "a"),
            ('ｚ', "z"),
            ('０', "0"),
            ('９', "9"),
        ] {
            assert_eq!(stand_in(wide), Some(narrow));
        }
    }
}
