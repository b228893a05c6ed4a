//! Reads RFC 3339 with some tolerance, and writes it in one format.

use super::NANOSECONDS_PER_SECOND;

const SECONDS_PER_DAY: i64 = 86_400;

/// Days from 0000-03-01 to 1970-01-01. Days are counted from a first of March, so that a leap day ends its year.
const DAYS_TO_1970: i64 = 719_468;

/// Reads `2026-01-31T12:00:00.000Z` into nanoseconds since the start of 1970 in UTC.
///
/// As RFC 3339 allows: lower-case `t` and `z`, a blank for the `T`, any number of digits of the second, of which nine
/// count, and second 60 where a leap second can stand.
pub(super) fn parse(text: &str) -> Option<i128> {
    let mut rest = Rest(text.as_bytes());
    let year = rest.number(4)?;
    rest.one_of(b"-")?;
    let month = rest.number_within(2, 1, 12)?;
    rest.one_of(b"-")?;
    let day = rest.number_within(2, 1, days_in_month(year, month))?;
    rest.one_of(b"Tt ")?;
    let hour = rest.number_within(2, 0, 23)?;
    rest.one_of(b":")?;
    let minute = rest.number_within(2, 0, 59)?;
    rest.one_of(b":")?;
    let second = rest.number_within(2, 0, 60)?;
    let nanosecond = rest.fraction()?;
    let offset = rest.offset()?;
    rest.end()?;

    let seconds =
        days_since_1970(year, month, day) * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second
            - offset;
    if second == 60 && seconds % SECONDS_PER_DAY != 0 {
        return None;
    }
    Some(i128::from(seconds) * NANOSECONDS_PER_SECOND + i128::from(nanosecond))
}

/// Writes nanoseconds since the start of 1970 in UTC, with as many digits of the second as there are.
pub(super) fn format(nanoseconds: i128) -> String {
    let seconds = nanoseconds.div_euclid(NANOSECONDS_PER_SECOND);
    let fraction = nanoseconds.rem_euclid(NANOSECONDS_PER_SECOND);
    // Every `SystemTime` counts its seconds in 64 bits.
    let seconds = i64::try_from(seconds).unwrap_or(if seconds < 0 { i64::MIN } else { i64::MAX });
    let (year, month, day) = date(seconds.div_euclid(SECONDS_PER_DAY));
    let second = seconds.rem_euclid(SECONDS_PER_DAY);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);

    let mut text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
    if fraction != 0 {
        let digits = format!("{fraction:09}");
        text.push('.');
        text.push_str(digits.trim_end_matches('0'));
    }
    text.push('Z');
    text
}

/// Days of the years before `year`, each from March to February.
fn days_before_year(year: i64) -> i64 {
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400)
}

/// Days of the months before the one that comes `month` months after March: 31 and 30 by turns, five months to 153 days.
fn days_before_month(month: i64) -> i64 {
    (153 * month + 2) / 5
}

fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month < 3 { year - 1 } else { year };
    days_before_year(year) + days_before_month((month + 9) % 12) + day - 1 - DAYS_TO_1970
}

/// Year, month and day of the day that many days after 1970-01-01.
fn date(days_since_1970: i64) -> (i64, i64, i64) {
    let days = days_since_1970 + DAYS_TO_1970;
    // The mean year has 365.2425 days: this is the year or the one after it.
    let mut year = (days * 400).div_euclid(146_097) + 1;
    while days_before_year(year) > days {
        year -= 1;
    }
    let day_of_year = days - days_before_year(year);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - days_before_month(month) + 1;
    if month < 10 {
        (year, month + 3, day)
    } else {
        (year + 1, month - 9, day)
    }
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The bytes not read yet.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn one_of(&mut self, allowed: &[u8]) -> Option<u8> {
        self.next().filter(|byte| allowed.contains(byte))
    }

    fn digit(&mut self) -> Option<i64> {
        self.next()
            .filter(u8::is_ascii_digit)
            .map(|digit| i64::from(digit - b'0'))
    }

    fn number(&mut self, digits: u32) -> Option<i64> {
        (0..digits).try_fold(0, |number, _| Some(number * 10 + self.digit()?))
    }

    fn number_within(&mut self, digits: u32, least: i64, most: i64) -> Option<i64> {
        self.number(digits)
            .filter(|number| (least..=most).contains(number))
    }

    /// `.5` in nanoseconds; zero when there is no fraction.
    fn fraction(&mut self) -> Option<i64> {
        if self.0.first() != Some(&b'.') {
            return Some(0);
        }
        self.next()?;
        let mut worth = 100_000_000;
        let mut nanosecond = self.digit()? * worth;
        while self.0.first().is_some_and(u8::is_ascii_digit) {
            worth /= 10;
            nanosecond += self.digit()? * worth;
        }
        Some(nanosecond)
    }

    /// `Z`, `+05:30` or `-08:00` in seconds east of Greenwich.
    fn offset(&mut self) -> Option<i64> {
        let sign = match self.one_of(b"Zz+-")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Some(0),
        };
        let hours = self.number_within(2, 0, 23)?;
        self.one_of(b":")?;
        let minutes = self.number_within(2, 0, 59)?;
        Some(sign * (hours * 3600 + minutes * 60))
    }

    fn end(&self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}

#[cfg(test)]
mod tests;
