//! Failures that a test asks for.

use std::str::FromStr;
use std::time::Duration;

/// What goes wrong with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// No connection comes about. Over HTTP the connection is closed, as with [`DropBefore`](Self::DropBefore).
    Refuse,
    /// The connection breaks before the request is accepted.
    DropBefore,
    /// The request is accepted, then the connection breaks without a response.
    DropAfter,
    /// The request is accepted, and the response breaks off in its body.
    Cut,
    /// This status in place of accepting the request.
    Status(u16),
    /// The request is accepted, and its response is this status all the same.
    StatusAfter(u16),
    /// The request is accepted, and the response takes this long.
    Delay(Duration),
    /// 429 with 10011 and the headers `x-ratelimit-…`.
    RateLimit,
}

/// What goes wrong with a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookFault {
    /// It comes twice.
    Twice,
    /// It comes this much later, and so perhaps after a later one.
    Late(Duration),
    /// Its timestamp is an hour old.
    Stale,
    /// Another key has signed it.
    WronglySigned,
    /// It never comes.
    Lost,
}

/// Reads `status=503`, `status-after=503`, `delay=2000` (milliseconds), `drop=before`, `drop=after`, `cut`, `refuse` or
/// `rate-limit`: the forms of the header `x-mock-fault`.
impl FromStr for Fault {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let unknown = || format!("`{text}` is not a fault of a request");
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        let status = || {
            let status = value.parse().ok();
            let status = status.filter(|status| (200..600).contains(status));
            status.ok_or_else(unknown)
        };
        Ok(match (name, value) {
            ("status", _) => Self::Status(status()?),
            ("status-after", _) => Self::StatusAfter(status()?),
            ("delay", _) => Self::Delay(milliseconds(value).ok_or_else(unknown)?),
            ("drop", "before") => Self::DropBefore,
            ("drop", "after") => Self::DropAfter,
            ("cut", "") => Self::Cut,
            ("refuse", "") => Self::Refuse,
            ("rate-limit", "") => Self::RateLimit,
            _ => return Err(unknown()),
        })
    }
}

/// Reads `twice`, `late=2000` (milliseconds), `stale`, `wrongly-signed` or `lost`.
impl FromStr for WebhookFault {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let unknown = || format!("`{text}` is not a fault of a webhook");
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        Ok(match (name, value) {
            ("twice", "") => Self::Twice,
            ("late", _) => Self::Late(milliseconds(value).ok_or_else(unknown)?),
            ("stale", "") => Self::Stale,
            ("wrongly-signed", "") => Self::WronglySigned,
            ("lost", "") => Self::Lost,
            _ => return Err(unknown()),
        })
    }
}

fn milliseconds(text: &str) -> Option<Duration> {
    text.parse().ok().map(Duration::from_millis)
}
