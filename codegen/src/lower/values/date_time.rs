//! Checks the formats `date-time` and `date` (RFC 3339).

/// Whether a text has the form of a date with a time and an offset.
pub(super) fn is_one(text: &str) -> bool {
    let Some((date, rest)) = text.split_once(['T', 't', ' ']) else {
        return false;
    };
    let (time, offset) = match rest.find(['Z', 'z', '+', '-']) {
        Some(end) => rest.split_at(end),
        None => return false,
    };
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let is_offset = match offset.split_at(1) {
        ("+" | "-", offset) => is_of(offset, "00:00"),
        (_, rest) => rest.is_empty(),
    };
    let is_fraction = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    is_date(date) && is_of(time, "00:00:00") && is_fraction && is_offset
}

/// Whether a text is a date of the calendar, such as `2026-12-01`.
#[must_use]
pub fn is_date(text: &str) -> bool {
    if !is_of(text, "0000-00-00") {
        return false;
    }
    let mut numbers = text.split('-').map(|part| part.parse().unwrap_or(0_u32));
    let mut next = || numbers.next().unwrap_or(0);
    let (year, month, day) = (next(), next(), next());
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// Whether a text has digits where the form has zeros, and otherwise the form's own characters.
fn is_of(text: &str, form: &str) -> bool {
    let fits = |(one, other): (u8, u8)| match other {
        b'0' => one.is_ascii_digit(),
        _ => one == other,
    };
    text.len() == form.len() && text.bytes().zip(form.bytes()).all(fits)
}

#[cfg(test)]
mod tests {
    use super::{is_date, is_one};

    #[test]
    fn a_time_has_a_date_and_an_offset() {
        for text in [
            "2026-01-31T12:00:00Z",
            "2026-01-31t12:00:00.5z",
            "2026-01-31 12:00:00.123456+05:30",
        ] {
            assert!(is_one(text), "{text}");
        }
        for text in [
            "yesterday",
            "2026-01-31",
            "2026-01-31T12:00:00",
            "2026-1-31T12:00:00Z",
            "2026-01-31T12:00:00.Z",
            "2026-01-31T12:00:00+0530",
            "2026-01-31T12:00Z",
            "2026-02-29T12:00:00Z",
            "",
        ] {
            assert!(!is_one(text), "{text}");
        }
    }

    #[test]
    fn a_date_is_in_the_calendar() {
        for text in ["2026-01-31", "2024-02-29", "2000-02-29", "2026-12-01"] {
            assert!(is_date(text), "{text}");
        }
        for text in [
            "2026-13-45",
            "2026-00-01",
            "2026-04-31",
            "2026-02-29",
            "1900-02-29",
            "2026-01-00",
            "2026-1-31",
            "31.01.2026",
            "2026-01-31T12:00:00Z",
            "",
        ] {
            assert!(!is_date(text), "{text}");
        }
    }
}
