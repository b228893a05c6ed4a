//! The settings of a mock.

use std::time::Duration;

/// How a mock behaves.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// Of ids, the signing key and faults.
    pub(crate) seed: u64,
    /// How long a message stays in each state.
    pub(crate) step: Duration,
    /// Where the default messaging profile has its webhooks.
    pub(crate) webhook_url: Option<String>,
    pub(crate) webhook_failover_url: Option<String>,
    /// The status of a refusal with 40300.
    pub(crate) blocked_status: u16,
    /// The only senders that are accepted; all, if there is none.
    pub(crate) senders: Vec<String>,
    /// Phone numbers that the account has from the start.
    pub(crate) phone_numbers: Vec<String>,
    pub(crate) mobile_phone_numbers: Vec<String>,
    /// Of 1,000 requests, how many get a fault drawn by the seed.
    pub(crate) faults_per_mille: u64,
    /// How many messages, webhooks, keys and lines of the log are kept, of each.
    pub(crate) records: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 0,
            step: Duration::from_millis(50),
            webhook_url: None,
            webhook_failover_url: None,
            blocked_status: 409,
            senders: Vec::new(),
            phone_numbers: Vec::new(),
            mobile_phone_numbers: Vec::new(),
            faults_per_mille: 0,
            records: 2_000,
        }
    }
}
