//! Guides: each answers one question.

#[doc = include_str!("guides/quick_start.md")]
pub mod quick_start {}

#[doc = include_str!("guides/sending.md")]
pub mod sending {}

#[cfg(feature = "profiles")]
#[cfg(feature = "webhooks")]
#[doc = include_str!("guides/first_webhook.md")]
pub mod first_webhook {}

#[doc = include_str!("guides/errors.md")]
pub mod errors {}

#[doc = include_str!("guides/paging.md")]
pub mod paging {}

#[doc = include_str!("guides/reliability.md")]
pub mod reliability {}

#[cfg(feature = "webhooks")]
#[doc = include_str!("guides/webhooks.md")]
pub mod webhooks {}

#[cfg(feature = "testing")]
#[doc = include_str!("guides/testing.md")]
pub mod testing {}

#[doc = include_str!("guides/other_clients.md")]
#[doc = include_str!("api/operations.md")]
pub mod other_clients {}

#[doc = include_str!("guides/features.md")]
pub mod features {}

#[doc = include_str!("guides/api_changes.md")]
pub mod api_changes {}
