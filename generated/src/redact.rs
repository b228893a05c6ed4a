//! Keeps personal data out of what is printed.

/// The shortest run of digits that may be a phone number.
const SHORTEST: usize = 7;

/// Replaces each digit of a run of seven or more by `*`: an error's text may quote a phone number.
pub(crate) fn mask_digits(text: &str) -> String {
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

/// A line stays one line, whatever the server wrote: control characters become blanks.
pub(crate) fn one_line(text: &str) -> String {
    let shown = text.chars();
    let shown = shown.map(|character| match character {
        control if control.is_control() => ' ',
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
    fn a_run_of_six_digits_stays() {
        assert_eq!(mask_digits("code 123456, 10015"), "code 123456, 10015");
    }
}
