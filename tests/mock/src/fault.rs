//! Failures that a test requests.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// A response that waits holds a connection.
const LONGEST_DELAY: Duration = Duration::from_secs(60);

/// A failure of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The connection fails. Over HTTP, the mock closes the connection, as with [`DropBefore`](Self::DropBefore).
    Refuse,
    /// The connection breaks before the mock accepts the request.
    DropBefore,
    /// The mock accepts the request, and then the connection breaks without a response.
    DropAfter,
    /// The mock accepts the request, but sends an incomplete response body.
    Cut,
    /// The mock does not accept the request. It responds with this status, which can be from 200 to 599.
    Status(u16),
    /// The mock accepts the request, but responds with this status, which can be from 200 to 599.
    StatusAfter(u16),
    /// The mock accepts the request, and responds after this time, which can be from 1 ms to 60 s.
    Delay(Duration),
    /// The mock responds with status 429, error code 10011 and the headers `x-ratelimit-…`.
    RateLimit,
}

/// A failure of a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookFault {
    /// The mock delivers the webhook twice.
    Twice,
    /// The mock delays the webhook by this time, at least 1 ms, so a later webhook can arrive first.
    Late(Duration),
    /// The timestamp of the webhook is an hour old.
    Stale,
    /// The webhook is signed with another key.
    WronglySigned,
    /// The mock never delivers the webhook.
    Lost,
}

/// Reads `status=503`, `status-after=503`, `delay=2000` (milliseconds, from 1 to 60,000), `drop=before`, `drop=after`, `cut`,
/// `refuse` or `rate-limit`: the forms of the header `x-mock-fault`.
impl FromStr for Fault {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let unknown = || format!("`{text}` is not a fault of a request");
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        let status = || value.parse().map_err(|_| unknown());
        let fault = match (name, value) {
            ("status", _) => Self::Status(status()?),
            ("status-after", _) => Self::StatusAfter(status()?),
            ("delay", _) => Self::Delay(milliseconds(value).ok_or_else(unknown)?),
            ("drop", "before") => Self::DropBefore,
            ("drop", "after") => Self::DropAfter,
            ("cut", "") => Self::Cut,
            ("refuse", "") => Self::Refuse,
            ("rate-limit", "") => Self::RateLimit,
            _ => return Err(unknown()),
        };
        fault.check()?;
        Ok(fault)
    }
}

impl Fault {
    /// Refuses a status that no final response can have, and a delay that is under a millisecond or over `LONGEST_DELAY`.
    pub(crate) fn check(&self) -> Result<(), String> {
        match self {
            Self::Status(status) | Self::StatusAfter(status) if !(200..600).contains(status) => {
                Err(format!("`{self}` has no status from 200 to 599"))
            }
            Self::Delay(delay) if delay.as_millis() == 0 => Err(format!("`{self}` delays nothing")),
            Self::Delay(delay) if *delay > LONGEST_DELAY => {
                let longest = LONGEST_DELAY.as_secs();
                Err(format!("`{self}` is over {longest} s, the longest delay"))
            }
            _ => Ok(()),
        }
    }
}

/// As `FromStr` reads it.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refuse => f.write_str("refuse"),
            Self::DropBefore => f.write_str("drop=before"),
            Self::DropAfter => f.write_str("drop=after"),
            Self::Cut => f.write_str("cut"),
            Self::Status(status) => write!(f, "status={status}"),
            Self::StatusAfter(status) => write!(f, "status-after={status}"),
            Self::Delay(delay) => write!(f, "delay={}", delay.as_millis()),
            Self::RateLimit => f.write_str("rate-limit"),
        }
    }
}

/// Reads `twice`, `late=2000` (milliseconds, 1 or more), `stale`, `wrongly-signed` or `lost`.
impl FromStr for WebhookFault {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let unknown = || format!("`{text}` is not a fault of a webhook");
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        let fault = match (name, value) {
            ("twice", "") => Self::Twice,
            ("late", _) => Self::Late(milliseconds(value).ok_or_else(unknown)?),
            ("stale", "") => Self::Stale,
            ("wrongly-signed", "") => Self::WronglySigned,
            ("lost", "") => Self::Lost,
            _ => return Err(unknown()),
        };
        fault.check()?;
        Ok(fault)
    }
}

impl WebhookFault {
    /// Refuses a delay under a millisecond.
    pub(crate) fn check(&self) -> Result<(), String> {
        match self {
            Self::Late(delay) if delay.as_millis() == 0 => {
                Err(format!("`late={}` delays nothing", delay.as_millis()))
            }
            _ => Ok(()),
        }
    }
}

fn milliseconds(text: &str) -> Option<Duration> {
    text.parse().ok().map(Duration::from_millis)
}
