//! The wait a server asks for.

use std::time::{Duration, SystemTime};

use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, StatusCode};

/// Reads `retry-after-ms`, else `Retry-After`, else `x-ratelimit-reset` of a 429; one that says zero is passed over while
/// another says more.
///
/// A date in `Retry-After` counts from the answer's own `Date`, so that a wrong clock here does no harm; `now` is for
/// answers without one.
pub(crate) fn asked_delay(
    status: StatusCode,
    headers: &HeaderMap,
    now: SystemTime,
) -> Option<Duration> {
    let reset = || rate_limit_reset(headers).filter(|_| status == StatusCode::TOO_MANY_REQUESTS);
    let asked = [milliseconds(headers), retry_after(headers, now), reset()];
    let mut asked = asked.into_iter().flatten();
    let first = asked.next()?;
    let more = asked.find(|wait| first.is_zero() && !wait.is_zero());
    Some(more.unwrap_or(first))
}

/// The time until more requests are allowed.
pub(super) fn rate_limit_reset(headers: &HeaderMap) -> Option<Duration> {
    longest(headers, "x-ratelimit-reset", seconds)
}

fn milliseconds(headers: &HeaderMap) -> Option<Duration> {
    longest(headers, "retry-after-ms", seconds).map(|duration| duration / 1000)
}

fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let date = |value: &str| httpdate::parse_http_date(value).ok();
    let from = headers.get(DATE).and_then(|value| value.to_str().ok());
    let from = from.and_then(date).unwrap_or(now);
    longest(headers, RETRY_AFTER.as_str(), |value| {
        seconds(value).or_else(|| Some(date(value)?.duration_since(from).unwrap_or_default()))
    })
}

/// The longest wait of all headers of one name.
fn longest(
    headers: &HeaderMap,
    name: &str,
    wait: impl Fn(&str) -> Option<Duration>,
) -> Option<Duration> {
    let values = headers.get_all(name).iter();
    let texts = values.filter_map(|value| value.to_str().ok());
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
