//! The wait that a server asks for.

use std::time::{Duration, SystemTime};

use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, StatusCode};

/// A number of seconds from here on is a Unix time: the ninth of September 2001, or a wait of 31 years.
const EARLIEST_UNIX_TIME: Duration = Duration::from_secs(1_000_000_000);

/// Reads `retry-after-ms`, or else `Retry-After`, or else `x-ratelimit-reset` of a 429. A header with zero is skipped if a later
/// header has a longer wait.
///
/// A date in `Retry-After` counts from the response's own `Date`, so that a wrong clock on this machine does no harm. `now` is
/// for responses without a `Date`.
pub(crate) fn asked_delay(
    status: StatusCode,
    headers: &HeaderMap,
    now: SystemTime,
) -> Option<Duration> {
    let is_limited = status == StatusCode::TOO_MANY_REQUESTS;
    let reset = || rate_limit_reset(headers, now).filter(|_| is_limited);
    let asked = [milliseconds(headers), retry_after(headers, now), reset()];
    let mut asked = asked.into_iter().flatten();
    let first = asked.next()?;
    let more = asked.find(|wait| first.is_zero() && !wait.is_zero());
    Some(more.unwrap_or(first))
}

/// The time until more requests are allowed. Some servers send seconds, other servers send a Unix time.
pub(super) fn rate_limit_reset(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    longest(headers, "x-ratelimit-reset", &|value| {
        let reset = seconds(value)?;
        if reset < EARLIEST_UNIX_TIME {
            return Some(reset);
        }
        let since_1970 = sent_at(headers, now).duration_since(SystemTime::UNIX_EPOCH);
        Some(reset.saturating_sub(since_1970.ok()?))
    })
}

/// The time at which the response was sent, by the clock of the server if the response has its time.
fn sent_at(headers: &HeaderMap, now: SystemTime) -> SystemTime {
    let date = headers.get(DATE).and_then(|value| value.to_str().ok());
    date.and_then(date_of).unwrap_or(now)
}

fn date_of(value: &str) -> Option<SystemTime> {
    httpdate::parse_http_date(value).ok()
}

fn milliseconds(headers: &HeaderMap) -> Option<Duration> {
    longest(headers, "retry-after-ms", &seconds).map(|duration| duration / 1000)
}

fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let from = sent_at(headers, now);
    longest(headers, RETRY_AFTER.as_str(), &|value| {
        seconds(value).or_else(|| Some(date_of(value)?.duration_since(from).unwrap_or_default()))
    })
}

/// The longest wait of all headers of one name, each of which a proxy may have joined from several.
fn longest(
    headers: &HeaderMap,
    name: &str,
    wait: &dyn Fn(&str) -> Option<Duration>,
) -> Option<Duration> {
    let values = headers.get_all(name).iter();
    let texts = values.filter_map(|value| value.to_str().ok());
    let texts = texts.flat_map(|text| {
        let parts = text.split(',');
        // A date itself contains a comma.
        let dates = parts.clone().zip(parts.clone().skip(1));
        let dates = dates.map(|(day, rest)| format!("{},{rest}", day.trim()));
        parts.map(str::to_owned).chain(dates).collect::<Vec<_>>()
    });
    texts.filter_map(|text| wait(text.trim())).max()
}

fn seconds(value: &str) -> Option<Duration> {
    Duration::try_from_secs_f64(value.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use http::HeaderName;

    use super::*;

    fn asked(status: u16, headers: &[(&'static str, &str)]) -> Option<Duration> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(HeaderName::from_static(name), value.parse().unwrap());
        }
        let now = httpdate::parse_http_date("Mon, 23 Nov 2026 12:00:00 GMT").unwrap();
        asked_delay(StatusCode::from_u16(status).unwrap(), &map, now)
    }

    #[test]
    fn milliseconds_come_before_seconds() {
        let headers = [("retry-after-ms", "1500"), ("retry-after", "9")];
        assert_eq!(asked(503, &headers), Some(Duration::from_millis(1500)));
    }

    #[test]
    fn seconds_may_have_a_fraction() {
        assert_eq!(
            asked(503, &[("retry-after", "0.5")]),
            Some(Duration::from_millis(500))
        );
    }

    #[test]
    fn a_date_counts_from_the_date_of_the_answer() {
        let headers = [
            ("date", "Sun, 22 Nov 2026 12:00:00 GMT"),
            ("retry-after", "Sun, 22 Nov 2026 12:00:07 GMT"),
        ];
        assert_eq!(asked(503, &headers), Some(Duration::from_secs(7)));
    }

    #[test]
    fn a_date_counts_from_the_clock_when_the_answer_has_none() {
        let headers = [("retry-after", "Mon, 23 Nov 2026 12:00:03 GMT")];
        assert_eq!(asked(503, &headers), Some(Duration::from_secs(3)));
    }

    #[test]
    fn a_date_that_has_passed_asks_for_no_wait() {
        let headers = [("retry-after", "Mon, 23 Nov 2026 11:00:00 GMT")];
        assert_eq!(asked(503, &headers), Some(Duration::ZERO));
    }

    #[test]
    fn the_reset_of_the_rate_limit_counts_for_a_429_only() {
        assert_eq!(
            asked(429, &[("x-ratelimit-reset", "2")]),
            Some(Duration::from_secs(2))
        );
        assert_eq!(asked(503, &[("x-ratelimit-reset", "2")]), None);
    }

    #[test]
    fn a_reset_of_ten_digits_is_a_unix_time() {
        let reset = "1795435205"; // Mon, 23 Nov 2026 12:00:05 GMT
        let waits = [
            (None, 5),
            (Some("Mon, 23 Nov 2026 12:00:02 GMT"), 3),
            (Some("Mon, 23 Nov 2026 12:00:09 GMT"), 0),
        ];
        for (date, seconds) in waits {
            let mut headers = vec![("x-ratelimit-reset", reset)];
            headers.extend(date.map(|date| ("date", date)));
            let expected = Some(Duration::from_secs(seconds));
            assert_eq!(asked(429, &headers), expected, "{date:?}");
        }
    }

    #[test]
    fn values_that_a_proxy_joined_count_by_the_longest() {
        let joined = [
            ("1, 1", 1),
            ("2,7", 7),
            ("soon, 4", 4),
            (
                "Mon, 23 Nov 2026 12:00:06 GMT, Mon, 23 Nov 2026 12:00:06 GMT",
                6,
            ),
            ("3, Mon, 23 Nov 2026 12:00:06 GMT", 6),
        ];
        for (value, seconds) in joined {
            let expected = Some(Duration::from_secs(seconds));
            assert_eq!(asked(503, &[("retry-after", value)]), expected, "{value}");
        }
        assert_eq!(
            asked(429, &[("x-ratelimit-reset", "2, 2")]),
            Some(Duration::from_secs(2))
        );
    }

    #[test]
    fn nonsense_is_no_wish() {
        for value in ["", "soon", "-1", "NaN", "inf", "1e300"] {
            assert_eq!(
                asked(503, &[("retry-after", value), ("retry-after-ms", value)]),
                None
            );
        }
    }

    #[test]
    fn a_wait_of_zero_hides_no_longer_one() {
        let hidden: [&[(&str, &str)]; 3] = [
            &[("retry-after-ms", "0"), ("retry-after", "3")],
            &[("retry-after", "0"), ("x-ratelimit-reset", "3")],
            &[("retry-after", "0"), ("retry-after", "3")],
        ];
        for headers in hidden {
            assert_eq!(asked(429, headers), Some(Duration::from_secs(3)));
        }
        assert_eq!(asked(429, &[("retry-after", "0")]), Some(Duration::ZERO));
    }
}
