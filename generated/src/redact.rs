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

/// A message of serde's without what stands in backquotes, the name of a missing field aside; runs of digits are masked.
pub(crate) fn hide_quoted(message: &str) -> String {
    if message.starts_with("missing field `") {
        return message.to_owned();
    }
    let parts = message.split('`').enumerate();
    let shown = parts.map(|(index, part)| if index % 2 == 0 { part } else { "…" });
    mask_digits(&shown.collect::<Vec<_>>().join("`"))
}

/// What a serde error says without the value it quotes: what was expected, or which field is missing.
pub(crate) fn without_value(error: &serde_json::Error) -> String {
    let message = error.to_string();
    if message.starts_with("missing field `") {
        return message
            .split(" at line ")
            .next()
            .unwrap_or_default()
            .to_owned();
    }
    match message.rsplit_once(", expected ") {
        Some((_, expected)) => {
            let expected = expected.split(" at line ").next().unwrap_or_default();
            format!("expected {expected}")
        }
        None if error.is_eof() => "the body ends too early".to_owned(),
        None if error.is_syntax() => "the body is not JSON".to_owned(),
        None => "unexpected value".to_owned(),
    }
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

    #[test]
    fn a_quoted_value_does_not_come_out() {
        let error = serde_json::from_str::<u32>("\"secret, expected x\"").unwrap_err();
        assert_eq!(without_value(&error), "expected u32");
    }

    #[test]
    fn what_stands_in_backquotes_is_hidden() {
        assert_eq!(
            hide_quoted("unknown variant `secret`, there are no variants"),
            "unknown variant `…`, there are no variants"
        );
        assert_eq!(hide_quoted("missing field `id`"), "missing field `id`");
        assert_eq!(
            hide_quoted("no number: +13125550001"),
            "no number: +***********"
        );
    }

    #[test]
    fn the_name_of_a_missing_field_comes_out() {
        #[derive(Debug, serde::Deserialize)]
        struct Message {
            #[expect(dead_code, reason = "only its absence matters")]
            id: String,
        }
        let error = serde_json::from_str::<Message>("{}").unwrap_err();
        assert_eq!(without_value(&error), "missing field `id`");
    }
}
