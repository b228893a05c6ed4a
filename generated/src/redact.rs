//! Keeps personal data out of printed text.

use std::net::Ipv4Addr;

/// The shortest run of digits that may be a phone number.
const SHORTEST: usize = 7;

/// A text as one line to show: without control characters, digits masked, and at most `longest` bytes.
pub(crate) fn line(text: &str, longest: usize) -> String {
    let mut line = mask_digits(&one_line(text));
    if line.len() > longest {
        let ellipsis = "…";
        let mut end = longest.saturating_sub(ellipsis.len());
        while !line.is_char_boundary(end) {
            end -= 1;
        }
        line.truncate(end);
        line.push_str(ellipsis);
    }
    line
}

/// The id of a request to show. A UUID shows as it is, whatever digits it has.
pub(crate) fn id(id: &str) -> String {
    const LONGEST: usize = 128;
    if is_uuid(id) {
        return id.to_owned();
    }
    line(id, LONGEST)
}

fn is_uuid(text: &str) -> bool {
    let parts = text.split('-').map(|part| {
        let is_hex = part.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hex.then_some(part.len())
    });
    parts.eq([8, 4, 4, 4, 12].map(Some))
}

/// Replaces each digit of a run of seven or more by `*`: an error's text may quote a phone number, in the usual notations. UUIDs
/// stay.
fn mask_digits(text: &str) -> String {
    let is_between = |character: char| !(character.is_ascii_alphanumeric() || character == '-');
    let mut masked = String::with_capacity(text.len());
    let (mut rest, mut seen) = (text, 0);
    for piece in text.split_inclusive(is_between) {
        let word = piece.trim_end_matches(is_between);
        if is_uuid(word) {
            let (before, after) = rest.split_at(seen);
            mask_runs(before, &mut masked);
            masked.push_str(word);
            (rest, seen) = (after.split_at(word.len()).1, piece.len() - word.len());
        } else {
            seen += piece.len();
        }
    }
    mask_runs(rest, &mut masked);
    masked
}

/// Adds a text to `masked`, with its runs of digits masked.
fn mask_runs(text: &str, masked: &mut String) {
    let mut rest = text;
    while let Some(start) = rest.find(char::is_numeric) {
        let (before, digits) = rest.split_at(start);
        let (run, after) = digits.split_at(run_length(digits));
        masked.push_str(before);
        let is_shown = is_no_phone_number(run) || (ends_with_minutes(masked) && is_seconds(run));
        if is_shown {
            masked.push_str(run);
        } else {
            let mask = |character: char| {
                if character.is_numeric() {
                    '*'
                } else {
                    character
                }
            };
            masked.extend(run.chars().map(mask));
        }
        rest = after;
    }
    masked.push_str(rest);
}

/// The bytes from the first digit to the last one. Between two digits, there may be three separators, as in `312 - 555 - 0001`.
/// `%` and `+` stand for blanks in a URL.
fn run_length(text: &str) -> usize {
    let (mut length, mut separators) = (0, 0);
    for (at, character) in text.char_indices() {
        match character {
            digit if digit.is_numeric() => {
                length = at + digit.len_utf8();
                separators = 0;
            }
            ' '
            | '('
            | ')'
            | '.'
            | '-'
            | '/'
            | '_'
            | '+'
            | '%'
            | '·'
            | '\u{a0}'
            | '\u{2009}'
            | '\u{202f}'
            | '\u{2010}'..='\u{2015}'
            | '\u{2212}'
                if separators < 3 =>
            {
                separators += 1;
            }
            _ => break,
        }
    }
    length
}

/// Whether a run of digits is too short for a phone number, or is a date or an IP address.
fn is_no_phone_number(run: &str) -> bool {
    let count = |text: &str| text.chars().filter(|one| one.is_numeric()).count();
    let is_date = || {
        let (day, after) = run.split_at_checked(10).unwrap_or_default();
        let parts = day.split('-').map(|part| part.parse::<u16>().ok());
        let parts: Vec<_> = parts.map(Option::unwrap_or_default).collect();
        let is_day = matches!(parts[..], [1900..2100, 1..=12, 1..=31]);
        // A space and the hour may follow.
        is_day && (after.is_empty() || (after.starts_with(' ') && count(after) <= 2))
    };
    let is_address = || {
        // Four pairs may be a phone number.
        let is_in_pairs = run.split('.').all(|part| part.len() == 2);
        !is_in_pairs && run.parse::<Ipv4Addr>().is_ok()
    };
    count(run) < SHORTEST || is_date() || is_address()
}

/// Whether the minutes of a time are before what follows, as in `12:00:`.
fn ends_with_minutes(text: &str) -> bool {
    let mut before = text.bytes().rev();
    let mut is = |expected: fn(&u8) -> bool| before.next().is_some_and(|byte| expected(&byte));
    let is_colon: fn(&u8) -> bool = |byte| *byte == b':';
    is(is_colon) && is(u8::is_ascii_digit) && is(u8::is_ascii_digit) && is(is_colon)
}

/// Whether a run is the seconds of a time with a fraction. The hours of an offset may follow, as in `38.631252+00`.
fn is_seconds(run: &str) -> bool {
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    run.split_once('.').is_some_and(|(seconds, after)| {
        let (fraction, offset) = after.split_once(['+', '-']).unwrap_or((after, ""));
        let has_lengths = seconds.len() == 2 && fraction.len() <= 9 && offset.len() <= 2;
        has_lengths && [seconds, fraction, offset].into_iter().all(is_number)
    })
}

/// A line stays one line and reads in its order, whatever the server wrote: characters that change that become blanks.
fn one_line(text: &str) -> String {
    let shown = text.chars();
    let shown = shown.map(|character| match character {
        control if control.is_control() => ' ',
        // Separators of lines and paragraphs, marks of direction, and what has no width.
        '\u{61c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => ' ',
        other => other,
    });
    shown.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_of_seven_digits_is_masked() {
        assert_eq!(
            mask_digits("to +13125550001 failed"),
            "to +*********** failed"
        );
        assert_eq!(mask_digits("1234567"), "*******");
    }

    #[test]
    fn a_phone_number_is_masked_in_the_usual_notations() {
        for (number, masked) in [
            ("(312) 555-0001", "(***) ***-****"),
            ("+1 312 555 0001", "+* *** *** ****"),
            ("1.312.555.0001", "*.***.***.****"),
            ("+1 (312) 555-0001", "+* (***) ***-****"),
            ("+49 30/123-456", "+** **/***-***"),
            ("312\u{2011}555\u{a0}0001", "***\u{2011}***\u{a0}****"),
            ("٣١٢٥٥٥٠٠٠١", "**********"),
            (
                "06\u{202f}12\u{2009}34\u{202f}56",
                "**\u{202f}**\u{2009}**\u{202f}**",
            ),
            ("312\u{2212}555·0001", "***\u{2212}***·****"),
            ("312_555_0001", "***_***_****"),
            ("+1 - 312 - 555 - 0001", "+* - *** - *** - ****"),
            ("+1 312/555 – 0001", "+* ***/*** – ****"),
            ("+1%20312%20555%200001", "+*%*****%*****%******"),
            ("312+555+0001", "***+***+****"),
            ("12.34.56.78", "**.**.**.**"),
            ("2012-12-3155", "****-**-****"),
            ("2012-12-31 5555", "****-**-** ****"),
            ("12:31.2555001", "12:**.*******"),
            ("12:00:31.255 5001", "12:00:**.*** ****"),
        ] {
            let text = |number| format!("`{number}` is wrong (pointer /to)");
            assert_eq!(mask_digits(&text(number)), text(masked));
        }
    }

    #[test]
    fn numbers_that_are_no_phone_number_stay() {
        for text in [
            "10015 (pointer /to) https://telnyx.example/errors/10015",
            "192.168.100.200:8080",
            "2026-01-31T12:00:00Z, 2026-01-31 12:00",
            "2025-04-28 12:00:38.631252+00:00, 2026-01-31T12:00:00.123456789Z",
            "2026-01-31 (12:00)",
            "no message 40017f2a-1234-4678-9012-3456789012ab, 01234567-0123-0123-0123-012345678901",
            "line 12 column 345, 10015; 40300",
        ] {
            assert_eq!(mask_digits(text), text);
        }
        assert_eq!(mask_digits("3125-55-0001"), "****-**-****");
        assert_eq!(
            mask_digits("+13125550001 (01234567-0123-0123-0123-012345678901) 312-555-0001."),
            "+*********** (01234567-0123-0123-0123-012345678901) ***-***-****."
        );
    }

    #[test]
    fn a_line_is_short_and_reads_in_its_order() {
        assert_eq!(line("a\n\u{202e}b\u{2028}\u{85}c", 100), "a  b  c");
        let long = line(&"é1234567".repeat(10_000), 1024);
        assert!(long.len() <= 1024 && long.len() > 1000, "{}", long.len());
        assert!(long.starts_with("é*******é"));
    }

    #[test]
    fn an_id_shows_unless_it_may_be_a_phone_number() {
        for shown in ["F7x-4a_b.c=", "01234567-0123-0123-0123-0123456789ab"] {
            assert_eq!(id(shown), shown);
        }
        assert_eq!(id("+13125550001"), "+***********");
        assert_eq!(id(&"a".repeat(10_000)).len(), 128);
    }

    #[test]
    fn a_run_of_six_digits_stays() {
        assert_eq!(mask_digits("code 123456, 10015"), "code 123456, 10015");
    }
}
