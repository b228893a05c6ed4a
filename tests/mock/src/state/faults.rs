//! Chooses the requests and webhooks that fail.

use std::time::Duration;

use crate::fault::{Fault, WebhookFault};
use crate::random::Random;

/// Requests that are to fail.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) fault: Fault,
    /// The operationId; of every operation, if there is none.
    pub(crate) operation: Option<String>,
    pub(crate) times: u64,
}

/// Webhooks that are to fail.
#[derive(Clone, Debug)]
pub(crate) struct WebhookRule {
    pub(crate) fault: WebhookFault,
    pub(crate) event_type: String,
    pub(crate) times: u64,
}

/// What a seed draws from.
const DRAWN: [Fault; 8] = [
    Fault::Refuse,
    Fault::DropBefore,
    Fault::DropAfter,
    Fault::Cut,
    Fault::Status(503),
    Fault::StatusAfter(502),
    Fault::Delay(Duration::from_millis(200)),
    Fault::RateLimit,
];

#[derive(Debug, Default)]
pub(super) struct Faults {
    rules: Vec<Rule>,
    webhook_rules: Vec<WebhookRule>,
    per_mille: u64,
}

impl Faults {
    pub(super) fn new(per_mille: u64) -> Self {
        Self {
            per_mille,
            ..Self::default()
        }
    }

    /// Adds a rule, unless it fails no request.
    pub(super) fn add(&mut self, rule: Rule) {
        if rule.times > 0 {
            self.rules.push(rule);
        }
    }

    /// Adds a rule, unless it fails no webhook.
    pub(super) fn add_for_webhooks(&mut self, rule: WebhookRule) {
        if rule.times > 0 {
            self.webhook_rules.push(rule);
        }
    }

    /// How many rules for requests there are.
    pub(super) fn rules(&self) -> usize {
        self.rules.len()
    }

    /// How many rules for webhooks there are.
    pub(super) fn webhook_rules(&self) -> usize {
        self.webhook_rules.len()
    }

    /// What goes wrong with a request to this operation: by the first rule that applies, else by chance.
    pub(super) fn of_request(&mut self, operation: &str, random: &mut Random) -> Option<Fault> {
        let applies = |rule: &Rule| {
            rule.operation
                .as_deref()
                .is_none_or(|name| name == operation)
        };
        if let Some(index) = self.rules.iter().position(applies) {
            let rule = &mut self.rules[index];
            let fault = rule.fault;
            rule.times = rule.times.saturating_sub(1);
            if rule.times == 0 {
                self.rules.remove(index);
            }
            return Some(fault);
        }
        let is_drawn = self.per_mille > 0 && random.below(1_000) < self.per_mille;
        let index = is_drawn.then(|| random.below(DRAWN.len() as u64))?;
        DRAWN.get(usize::try_from(index).ok()?).copied()
    }

    pub(super) fn of_webhook(&mut self, event_type: &str) -> Option<WebhookFault> {
        let applies = |rule: &WebhookRule| rule.event_type == event_type;
        let index = self.webhook_rules.iter().position(applies)?;
        let rule = &mut self.webhook_rules[index];
        let fault = rule.fault;
        rule.times = rule.times.saturating_sub(1);
        if rule.times == 0 {
            self.webhook_rules.remove(index);
        }
        Some(fault)
    }
}
