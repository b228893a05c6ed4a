//! The settings of a mock.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::api::is_url;
use crate::senders::{Sender, is_address};

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
    /// How many connections there are at a time.
    pub(crate) connections: u16,
}

impl Settings {
    /// Refuses a setting that has no meaning.
    pub(crate) fn check(&self) -> Result<(), String> {
        let urls = [&self.webhook_url, &self.webhook_failover_url];
        // An empty text is how an application says "none".
        let mut urls = urls.into_iter().flatten().filter(|url| !url.is_empty());
        if let Some(url) = urls.find(|url| !is_url(url)) {
            return Err(format!("`{url}` is not an http or https URL"));
        }
        if let Some(sender) = self.senders.iter().find(|one| Sender::of(one).is_none()) {
            return Err(format!("`{sender}` is not a sender of messages"));
        }
        let numbers = self.phone_numbers.iter().chain(&self.mobile_phone_numbers);
        let mut known = BTreeSet::new();
        for number in numbers {
            if !is_address(number) {
                return Err(format!(
                    "`{number}` is no phone number in E.164 and no short code"
                ));
            }
            if !known.insert(number) {
                return Err(format!("the phone number {number} is given twice"));
            }
        }
        if !(400..500).contains(&self.blocked_status) {
            let status = self.blocked_status;
            return Err(format!(
                "a refusal has a status from 400 to 499, not {status}"
            ));
        }
        if self.faults_per_mille > 1_000 {
            let faults = self.faults_per_mille;
            return Err(format!("of 1,000 requests, {faults} cannot fail"));
        }
        if self.records == 0 || self.connections == 0 {
            return Err("a mock needs at least one record and one connection".to_owned());
        }
        Ok(())
    }
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
            connections: 512,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_names_the_defaults() {
        let help = include_str!("main.rs");
        let settings = Settings::default();
        for (option, default) in [
            ("--blocked-status", usize::from(settings.blocked_status)),
            ("--records", settings.records),
            ("--connections", usize::from(settings.connections)),
        ] {
            let mut lines = help.lines();
            let line = lines.find(|line| line.trim_start().starts_with(option));
            let line = line.expect(option);
            assert!(line.ends_with(&format!("[default: {default}]")), "{line}");
        }
    }
}
