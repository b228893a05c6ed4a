use super::{days_in_month, format, parse};

const SECOND: i128 = 1_000_000_000;
const DAY: i128 = 86_400 * SECOND;

fn seconds(text: &str) -> Option<i128> {
    parse(text).map(|nanoseconds| nanoseconds / SECOND)
}

#[test]
fn a_known_instant_is_read() {
    assert_eq!(seconds("1970-01-01T00:00:00Z"), Some(0));
    assert_eq!(seconds("2025-09-19T16:40:00Z"), Some(1_758_300_000));
    assert_eq!(seconds("9999-12-31T23:59:59Z"), Some(253_402_300_799));
    assert_eq!(seconds("0000-01-01T00:00:00Z"), Some(-62_167_219_200));
}

#[test]
fn an_instant_before_1970_is_negative() {
    assert_eq!(parse("1969-12-31T23:59:59.75Z"), Some(-SECOND / 4));
}

#[test]
fn a_blank_for_the_t_and_lower_case_letters_are_read() {
    let expected = parse("2025-04-28T12:00:38.631252Z");
    assert!(expected.is_some());
    for text in [
        "2025-04-28 12:00:38.631252+00:00",
        "2025-04-28t12:00:38.631252z",
        "2025-04-28T12:00:38.631252-00:00",
    ] {
        assert_eq!(parse(text), expected, "{text}");
    }
}

#[test]
fn an_offset_is_taken_off() {
    let noon = seconds("2026-01-31T12:00:00Z");
    assert!(noon.is_some());
    for text in [
        "2026-01-31T17:30:00+05:30",
        "2026-01-31T04:00:00-08:00",
        "2026-02-01T11:59:00+23:59",
        "2026-01-30T12:01:00-23:59",
    ] {
        assert_eq!(seconds(text), noon, "{text}");
    }
}

#[test]
fn a_fraction_has_any_number_of_digits_and_nine_count() {
    for (digits, nanosecond) in [
        ("5", 500_000_000),
        ("631252", 631_252_000),
        ("000000001", 1),
        ("1234567899", 123_456_789),
        ("00000000099999999999999999999999", 0),
    ] {
        assert_eq!(
            parse(&format!("1970-01-01T00:00:00.{digits}Z")),
            Some(nanosecond),
            "{digits}"
        );
    }
}

#[test]
fn february_29_exists_in_leap_years_only() {
    for year in ["2024", "2000", "1600", "0000"] {
        assert!(
            parse(&format!("{year}-02-29T00:00:00Z")).is_some(),
            "{year}"
        );
    }
    for year in ["2023", "1900", "2100"] {
        assert!(
            parse(&format!("{year}-02-29T00:00:00Z")).is_none(),
            "{year}"
        );
    }
}

#[test]
fn a_leap_second_is_the_next_minutes_start_where_one_can_stand() {
    let midnight = seconds("2017-01-01T00:00:00Z");
    assert_eq!(seconds("2016-12-31T23:59:60Z"), midnight);
    assert_eq!(seconds("2017-01-01T05:29:60+05:30"), midnight);
    assert_eq!(parse("2016-12-31T23:58:60Z"), None);
    assert_eq!(parse("2016-12-31T23:59:61Z"), None);
}

#[test]
fn what_is_not_a_time_is_refused() {
    for text in [
        "",
        "soon",
        "2026-01-31",
        "2026-01-31T12:00:00",
        "2026-01-31T12:00Z",
        "2026-01-31_12:00:00Z",
        "2026-01-31T12:00:00 Z",
        "2026-01-31T12:00:00Z ",
        " 2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00.Z",
        "2026-01-31T12:00:00,5Z",
        "2026-01-31T12:00:00+0530",
        "2026-01-31T12:00:00+05",
        "2026-01-31T12:00:00+24:00",
        "2026-01-31T12:00:00+05:60",
        "2026-01-31T24:00:00Z",
        "2026-01-31T12:60:00Z",
        "2026-00-31T12:00:00Z",
        "2026-13-31T12:00:00Z",
        "2026-01-00T12:00:00Z",
        "2026-01-32T12:00:00Z",
        "2026-04-31T12:00:00Z",
        "+026-01-31T12:00:00Z",
        "-2026-01-31T12:00:00Z",
        "12026-01-31T12:00:00Z",
        "2026-1-31T12:00:00Z",
        "２０２６-01-31T12:00:00Z",
    ] {
        assert_eq!(parse(text), None, "{text}");
    }
}

#[test]
fn a_time_cut_anywhere_is_refused() {
    let text = "2026-01-31T12:00:00.125+05:30";
    assert!(parse(text).is_some());
    for end in 0..text.len() {
        assert_eq!(parse(&text[..end]), None, "{}", &text[..end]);
    }
}

#[test]
fn each_day_of_a_calendar_cycle_is_one_after_the_day_before_and_comes_back() {
    let mut expected = parse("1800-01-01T00:00:00Z").unwrap();
    for year in 1800..2200 {
        for month in 1..=12 {
            for day in 1..=days_in_month(year, month) {
                let text = format!("{year:04}-{month:02}-{day:02}T00:00:00Z");
                assert_eq!(parse(&text), Some(expected), "{text}");
                assert_eq!(format(expected), text);
                expected += DAY;
            }
        }
    }
}

#[test]
fn only_the_digits_that_count_are_written() {
    assert_eq!(format(0), "1970-01-01T00:00:00Z");
    assert_eq!(format(SECOND / 2), "1970-01-01T00:00:00.5Z");
    assert_eq!(format(1), "1970-01-01T00:00:00.000000001Z");
    assert_eq!(format(-1), "1969-12-31T23:59:59.999999999Z");
    assert_eq!(format(DAY - SECOND), "1970-01-01T23:59:59Z");
}

#[test]
fn years_beyond_four_digits_are_written_in_full() {
    assert_eq!(
        format(parse("9999-12-31T23:59:59Z").unwrap() + SECOND),
        "10000-01-01T00:00:00Z"
    );
    assert_eq!(
        format(parse("0000-01-01T00:00:00Z").unwrap() - SECOND),
        "-001-12-31T23:59:59Z"
    );
}
