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

/// Replaces each digit of a run of seven or more by `*`: an error's text may quote a phone number, in any notation.
fn mask_digits(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(char::is_numeric) {
        let (before, digits) = rest.split_at(start);
        let (run, after) = digits.split_at(run_length(digits));
        masked.push_str(before);
        if is_shown(run) {
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
    masked
}

/// The bytes from the first digit to the last one. Between two digits, there may be two separators, as in `(312) 555-0001`.
fn run_length(text: &str) -> usize {
    let (mut length, mut separators) = (0, 0);
    for (at, character) in text.char_indices() {
        match character {
            digit if digit.is_numeric() => {
                length = at + digit.len_utf8();
                separators = 0;
            }
            ' ' | '(' | ')' | '.' | '-' | '/' | '\u{a0}' | '\u{2010}'..='\u{2015}'
                if separators < 2 =>
            {
                separators += 1;
            }
            _ => break,
        }
    }
    length
}

/// Whether a run of digits is too short for a phone number, or a date or an IP address.
fn is_shown(run: &str) -> bool {
    let digits = run.chars().filter(|character| character.is_numeric());
    let is_date = || {
        let day = run.get(..10).unwrap_or_default();
        let parts = day.split('-').map(|part| part.parse::<u16>().ok());
        let parts: Vec<_> = parts.map(Option::unwrap_or_default).collect();
        let is_day = matches!(parts[..], [1900..2100, 1..=12, 1..=31]);
        // A space and the hour may follow.
        is_day && run.len() <= 13
    };
    digits.count() < SHORTEST || is_date() || run.parse::<Ipv4Addr>().is_ok()
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
    fn a_phone_number_is_masked_in_any_notation() {
        for (number, masked) in [
            ("(312) 555-0001", "(***) ***-****"),
            ("+1 312 555 0001", "+* *** *** ****"),
            ("1.312.555.0001", "*.***.***.****"),
            ("+1 (312) 555-0001", "+* (***) ***-****"),
            ("+49 30/123-456", "+** **/***-***"),
            ("312\u{2011}555\u{a0}0001", "***\u{2011}***\u{a0}****"),
            ("٣١٢٥٥٥٠٠٠١", "**********"),
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
            "line 12 column 345, 10015; 40300",
        ] {
            assert_eq!(mask_digits(text), text);
        }
        assert_eq!(mask_digits("3125-55-0001"), "****-**-****");
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
