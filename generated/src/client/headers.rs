//! The headers of every request that do not depend on the call.

use http::HeaderValue;

use crate::Result;
use crate::error::ConfigError;
use crate::header;
use crate::secret::Secret;

const USER_AGENT: &str = concat!("telnyx-messaging/", env!("CARGO_PKG_VERSION"));

/// The header `Authorization`, for the key.
pub(super) fn authorization(key: &Secret) -> Result<HeaderValue, ConfigError> {
    if key.reveal().is_empty() {
        return Err(ConfigError::new("the API key is empty"));
    }
    let is_graphic = key.reveal().bytes().all(|byte| byte.is_ascii_graphic());
    match key.bearer() {
        Ok(header) if is_graphic => Ok(header),
        _ => Err(ConfigError::new(
            "the API key contains a space, a line break or a character that is not ASCII. Did you read it with its line end?",
        )),
    }
}

/// The header `User-Agent`, with the name of an application behind that of the crate.
pub(super) fn user_agent(suffix: Option<&str>) -> Result<HeaderValue, ConfigError> {
    let Some(suffix) = suffix else {
        return Ok(HeaderValue::from_static(USER_AGENT));
    };
    header::parse_value(&format!("{USER_AGENT} {suffix}")).ok_or_else(|| {
        ConfigError::new("the user agent suffix contains a character that is not printable ASCII")
    })
}
