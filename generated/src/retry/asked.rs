//! The wait a server asks for.

use std::time::{Duration, SystemTime};

use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, HeaderName, StatusCode};

/// Reads `retry-after-ms`, else `Retry-After`, else `x-ratelimit-reset` of a 429.
///
/// A date in `Retry-After` counts from the answer's own `Date`, so that a wrong clock here does no harm; `now` is for
/// answers without one.
pub(crate) fn asked_delay(
    status: StatusCode,
    headers: &HeaderMap,
    now: SystemTime,
) -> Option<Duration> {
    milliseconds(headers)
        .or_else(|| retry_after(headers, now))
        .or_else(|| {
            (status == StatusCode::TOO_MANY_REQUESTS)
                .then(|| rate_limit_reset(headers))
                .flatten()
        })
}

fn milliseconds(headers: &HeaderMap) -> Option<Duration> {
    seconds(headers, HeaderName::from_static("retry-after-ms")).map(|duration| duration / 1000)
}

fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    seconds(headers, RETRY_AFTER).or_else(|| {
        let until = date(headers, RETRY_AFTER)?;
        let from = date(headers, DATE).unwrap_or(now);
        Some(until.duration_since(from).unwrap_or_default())
    })
}

fn rate_limit_reset(headers: &HeaderMap) -> Option<Duration> {
    seconds(headers, HeaderName::from_static("x-ratelimit-reset"))
}

fn seconds(headers: &HeaderMap, name: HeaderName) -> Option<Duration> {
    let seconds = headers
        .get(name)?
        .to_str()
        .ok()?
        .trim()
        .parse::<f64>()
        .ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}

fn date(headers: &HeaderMap, name: HeaderName) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(name)?.to_str().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(status: u16, headers: &[(&'static str, &'static str)]) -> Option<Duration> {
        let headers = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()))
            .collect();
        let now = httpdate::parse_http_date("Mon, 23 Nov 2026 12:00:00 GMT").unwrap();
        asked_delay(StatusCode::from_u16(status).unwrap(), &headers, now)
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
}
