//! Keeps personal data out of printed text.

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

/// Replaces each digit of a run of seven or more by `*`: an error's text may quote a phone number.
fn mask_digits(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut run = String::new();
    for character in text.chars() {
        if character.is_ascii_digit() {
            run.push(character);
        } else {
            flush(&mut run, &mut masked);
            masked.push(character);
        }
    }
    flush(&mut run, &mut masked);
    masked
}

fn flush(run: &mut String, masked: &mut String) {
    if run.len() < SHORTEST {
        masked.push_str(run);
    } else {
        masked.extend(run.chars().map(|_| '*'));
    }
    run.clear();
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
