//! Waits for messages and webhooks.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use telnyx_messaging::webhook::Webhook;

use crate::api::Refusal;
use crate::state::{Kind, Wanted};
use crate::world::World;

/// The messages of a [`Mock`](crate::Mock): all of them, or those that match the filters.
#[derive(Clone, Debug)]
pub struct Messages {
    world: Arc<World>,
    wanted: Wanted,
}

/// The webhooks of a [`Mock`](crate::Mock): all of them, or those that match the filters.
#[derive(Clone, Debug)]
pub struct Webhooks {
    world: Arc<World>,
    wanted: Wanted,
}

/// The wait ended before there were enough messages or webhooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotInTime {
    /// The required number of messages or webhooks.
    pub wanted: usize,
    /// The number of messages or webhooks at the end of the wait.
    pub found: usize,
}

impl Messages {
    pub(crate) fn new(world: Arc<World>) -> Self {
        let wanted = Wanted::of(Kind::Messages);
        Self { world, wanted }
    }

    /// Keeps only messages from this number, short code, alphanumeric sender or id of a WhatsApp user.
    ///
    /// # Panics
    ///
    /// Panics if `sender` is not a valid sender.
    #[must_use]
    #[track_caller]
    pub fn from(mut self, sender: impl Into<String>) -> Self {
        self.wanted.from = Some(sender.into());
        allow(self.wanted.objection());
        self
    }

    /// Keeps only messages to this number, short code or id of a WhatsApp user.
    ///
    /// # Panics
    ///
    /// Panics if `recipient` is not a valid recipient.
    #[must_use]
    #[track_caller]
    pub fn to(mut self, recipient: impl Into<String>) -> Self {
        self.wanted.to = Some(recipient.into());
        allow(self.wanted.objection());
        self
    }

    /// All messages in the API's JSON format, the oldest first.
    #[must_use]
    pub fn all(&self) -> Vec<Value> {
        self.world.see(|state| state.find(&self.wanted))
    }

    /// Waits until there are `count` messages, and returns all of them.
    ///
    /// # Errors
    ///
    /// Fails if there are fewer messages after `timeout`.
    ///
    /// # Panics
    ///
    /// Panics if `count` is over the number of records that the mock keeps.
    pub async fn wait(&self, count: usize, timeout: Duration) -> Result<Vec<Value>, NotInTime> {
        NotInTime::wait(&self.world, &self.wanted, count, timeout).await
    }
}

impl Webhooks {
    pub(crate) fn new(world: Arc<World>) -> Self {
        let wanted = Wanted::of(Kind::Webhooks { event_type: None });
        Self { world, wanted }
    }

    /// Keeps only webhooks of this kind, such as `message.finalized`.
    ///
    /// # Panics
    ///
    /// Panics if the mock posts no webhooks of this kind.
    #[must_use]
    #[track_caller]
    pub fn event_type(mut self, event_type: impl Into<String>) -> Self {
        let event_type = Some(event_type.into());
        self.wanted.kind = Kind::Webhooks { event_type };
        allow(self.wanted.objection());
        self
    }

    /// Keeps only webhooks of messages to this number, short code or id of a WhatsApp user.
    ///
    /// # Panics
    ///
    /// Panics if `recipient` is not a valid recipient.
    #[must_use]
    #[track_caller]
    pub fn to(mut self, recipient: impl Into<String>) -> Self {
        self.wanted.to = Some(recipient.into());
        allow(self.wanted.objection());
        self
    }

    /// All webhooks, the oldest first: the `data` that Telnyx sends, and the `attempts` to deliver it.
    #[must_use]
    pub fn all(&self) -> Vec<Value> {
        self.world.see(|state| state.find(&self.wanted))
    }

    /// The matching webhooks, the oldest first, as a handler gets them after the verification.
    ///
    /// Each webhook has the content of its last delivery attempt. Before the first attempt, the webhook has the content that the
    /// first attempt will have.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use telnyx_messaging::webhook::Event;
    /// # use telnyx_messaging_mock::Mock;
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let mock = Mock::start().await?;
    /// mock.receive("+13125550001", "+13125550000", "Hello").await;
    /// let webhooks = mock.webhooks().event_type("message.received");
    /// webhooks.wait(1, Duration::from_secs(1)).await?;
    /// for webhook in webhooks.events() {
    ///     assert!(matches!(webhook.event, Event::InboundMessage(_))); // call your handler here
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn events(&self) -> Vec<Webhook> {
        let bodies = self.world.see(|state| state.bodies(&self.wanted));
        let webhooks = bodies.into_iter().map(Webhook::from_verified_json);
        let webhooks = webhooks.map(|webhook| webhook.expect("the mock writes JSON"));
        webhooks.collect()
    }

    /// Waits until there are `count` webhooks, and returns all of them.
    ///
    /// # Errors
    ///
    /// Fails if there are fewer webhooks after `timeout`.
    ///
    /// # Panics
    ///
    /// Panics if `count` is over the number of records that the mock keeps.
    pub async fn wait(&self, count: usize, timeout: Duration) -> Result<Vec<Value>, NotInTime> {
        NotInTime::wait(&self.world, &self.wanted, count, timeout).await
    }
}

impl NotInTime {
    async fn wait(
        world: &World,
        wanted: &Wanted,
        count: usize,
        timeout: Duration,
    ) -> Result<Vec<Value>, Self> {
        allow(world.see(|state| state.count_objection(count)));
        let found = world.wait_for(wanted, count, timeout).await;
        found.ok_or_else(|| Self {
            wanted: count,
            found: world.see(|state| state.count(wanted)),
        })
    }
}

/// Panics at a slip of a test, which would pass or fail by chance.
#[track_caller]
pub(crate) fn allow(outcome: Result<(), Refusal>) {
    outcome.unwrap_or_else(|refusal| panic!("{}", refusal.detail()));
}

impl fmt::Display for NotInTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { wanted, found } = self;
        write!(f, "waited for {wanted}, and found {found} in time")
    }
}

impl Error for NotInTime {}
