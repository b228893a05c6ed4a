//! The mock: how a test or the mock's program starts and controls it.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use telnyx_messaging::{Client, ClientBuilder};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::api::{Api, BASE_PATH};
use crate::clock::Clock;
use crate::fault::{Fault, WebhookFault};
use crate::random::Random;
use crate::recipient::Recipient;
use crate::sender::Sender;
use crate::server::{self, Guard};
use crate::settings::Settings;
use crate::state::{Command, Rule, WebhookRule};
use crate::transport::InProcess;
use crate::wait::{Messages, Webhooks, allow};
use crate::world::World;

/// The merged document, which `cargo xtask generate` writes.
const SPEC: &str = include_str!("../api.json");

/// Telnyx's messaging API on a port of this machine. Dropping this value ends the mock.
#[derive(Debug)]
pub struct Mock {
    world: Arc<World>,
    address: SocketAddr,
    tasks: Vec<JoinHandle<()>>,
}

/// Settings of a [`Mock`].
#[derive(Clone, Debug, Default)]
#[must_use = "a mock does nothing until you start it"]
pub struct MockBuilder {
    settings: Settings,
    listen: Option<SocketAddr>,
    stands_at: Option<SystemTime>,
    allowed_webhook_hosts: Vec<String>,
    allowed_hosts: Vec<String>,
    spec: Option<String>,
}

impl Mock {
    /// Starts a mock on a free port of 127.0.0.1.
    ///
    /// # Errors
    ///
    /// Fails if no port is free.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Settings, all of them optional.
    pub fn builder() -> MockBuilder {
        MockBuilder::default()
    }

    /// The base URL for clients, or for `TELNYX_BASE_URL`: `http://127.0.0.1:12080/v2`.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}{BASE_PATH}", self.address)
    }

    /// The URL of the page with the phones and webhooks.
    #[must_use]
    pub fn inbox_url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The key that verifies the webhooks, for `TELNYX_PUBLIC_KEY`.
    #[must_use]
    pub fn public_key(&self) -> String {
        self.world.public_key()
    }

    /// A client of this crate for the mock.
    ///
    /// # Errors
    ///
    /// Fails if the client cannot be created.
    pub fn client(&self) -> telnyx_messaging::Result<Client> {
        let builder = Client::builder().api_key("KEY");
        builder.base_url(self.base_url()).build()
    }

    /// Settings for a client that sends its requests to the mock without a network. With tokio's paused clock, retries take no
    /// time.
    pub fn builder_in_process(&self) -> ClientBuilder {
        let builder = Client::builder().api_key("KEY").base_url(self.base_url());
        builder.transport(InProcess::new(self.world.clone()))
    }

    /// The sent and received messages.
    #[must_use]
    pub fn messages(&self) -> Messages {
        Messages::new(self.world.clone())
    }

    /// Returns all webhooks that the mock created, even if the mock has no URL for their delivery.
    #[must_use]
    pub fn webhooks(&self) -> Webhooks {
        Webhooks::new(self.world.clone())
    }

    /// A phone sends a message to one of the account's numbers, over the channel of the last message to this phone. A WhatsApp
    /// user who hides the number has an id in place of the number.
    ///
    /// # Panics
    ///
    /// Panics if `from` is not a number in E.164, a short code or the id of a WhatsApp user. Also panics if `to` is not a number
    /// or a short code, or if all messages that the mock keeps are in progress.
    pub async fn receive(&self, from: &str, to: &str, text: &str) {
        let [from, to, text] = [from, to, text].map(str::to_owned);
        self.act(Command::Receive { from, to, text }).await;
    }

    /// Sets what happens to messages to this number, short code or id of a WhatsApp user from now on.
    ///
    /// # Panics
    ///
    /// Panics if `address` cannot receive messages, or if you have already set as many recipients as the mock keeps records.
    pub async fn set_recipient(&self, address: &str, recipient: Recipient) {
        self.act(Command::SetRecipient(address.to_owned(), recipient))
            .await;
    }

    /// Makes the next `times` requests fail, whatever the operation. If `times` is 0, no request fails.
    ///
    /// # Panics
    ///
    /// Panics if the fault's status is outside 200 to 599, or if its delay is under 1 ms or over 60 s. Also panics if there are
    /// already as many faults as the mock keeps records.
    pub async fn fail(&self, fault: Fault, times: u64) {
        self.fail_by(None, fault, times).await;
    }

    /// Makes the next `times` requests for this operation fail. `operation` is an `operationId`, such as `SendMessage`.
    ///
    /// # Panics
    ///
    /// Panics if the spec has no such operation, and for the same reasons as [`fail`](Self::fail).
    pub async fn fail_operation(&self, operation: &str, fault: Fault, times: u64) {
        self.fail_by(Some(operation.to_owned()), fault, times).await;
    }

    async fn fail_by(&self, operation: Option<String>, fault: Fault, times: u64) {
        let rule = Rule {
            fault,
            operation,
            times,
        };
        self.act(Command::Fail(rule)).await;
    }

    /// Makes the next `times` webhooks of this kind fail. If `times` is 0, no webhook fails.
    ///
    /// # Panics
    ///
    /// Panics if the mock posts no webhooks of this kind, or if the fault's delay is under 1 ms. Also panics if there are already
    /// as many faults of webhooks as the mock keeps records.
    pub async fn fail_webhook(&self, event_type: &str, fault: WebhookFault, times: u64) {
        let event_type = event_type.to_owned();
        let rule = WebhookRule {
            fault,
            event_type,
            times,
        };
        self.act(Command::FailWebhook(rule)).await;
    }

    /// Delivers a webhook again. `event_id` is the id of the webhook's event.
    ///
    /// # Panics
    ///
    /// Panics if there is no such webhook, if the webhook has no URL, or if the webhook already has 30 delivery attempts.
    pub async fn deliver_again(&self, event_id: &str) {
        let event_id = event_id.to_owned();
        self.act(Command::DeliverAgain { event_id }).await;
    }

    async fn act(&self, command: Command) {
        allow(self.world.act(command).await);
    }

    /// Advances the clock of the mock by this time: for schedules, for the queue, and for the waits between attempts to deliver a webhook.
    ///
    /// # Panics
    ///
    /// Panics if the new time is after the year 9999.
    pub async fn advance(&self, time: Duration) {
        allow(self.world.advance(time).await);
    }

    /// The mock's time.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        self.world.now().system_time()
    }

    /// All requests and their responses, the oldest first: `operation`, `method`, `path`, `status`, the bodies `request` and
    /// `response`, and the `fault`. The `status` is `null` if the connection failed before the mock looked at the request. A body
    /// that is not JSON becomes a string.
    #[must_use]
    pub fn exchanges(&self) -> Vec<serde_json::Value> {
        self.world.see(crate::state::State::exchanges)
    }

    /// All events, one in each line, with the behaviour that caused each and what the behaviour is based on.
    #[must_use]
    pub fn log(&self) -> Vec<String> {
        self.world.see(crate::state::State::log)
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
        self.world.end();
    }
}

impl MockBuilder {
    /// Sets the address to listen on. Default: any free port of 127.0.0.1.
    pub fn listen(self, address: SocketAddr) -> Self {
        Self {
            listen: Some(address),
            ..self
        }
    }

    /// Sets the seed. Two mocks with the same seed have the same ids, signing key and faults. Default: 0.
    pub fn seed(mut self, seed: u64) -> Self {
        self.settings.seed = seed;
        self
    }

    /// Sets how long a message stays in each state. Default: 50 ms.
    pub fn step(mut self, step: Duration) -> Self {
        self.settings.step = step;
        self
    }

    /// Sets the time, which then only [`Mock::advance`] changes. Default: the time of the system.
    pub fn clock_stands_at(self, time: SystemTime) -> Self {
        Self {
            stands_at: Some(time),
            ..self
        }
    }

    /// Sets the URL for webhooks of messages without a URL of their own.
    pub fn webhook_url(mut self, url: impl Into<String>) -> Self {
        self.settings.webhook_url = Some(url.into());
        self
    }

    /// Sets the URL for webhooks after three failures of the first URL.
    pub fn webhook_failover_url(mut self, url: impl Into<String>) -> Self {
        self.settings.webhook_failover_url = Some(url.into());
        self
    }

    /// Also allows webhooks to this host. By default, webhooks go only to this machine.
    pub fn allow_webhook_host(mut self, host: impl Into<String>) -> Self {
        self.allowed_webhook_hosts.push(host.into());
        self
    }

    /// Also accepts requests to this host. By default, the mock accepts requests to its own address and to `localhost`.
    pub fn allow_host(mut self, host: impl Into<String>) -> Self {
        self.allowed_hosts.push(host.into());
        self
    }

    /// Sets the status code of a refusal with error code 40300, from 400 to 499. Telnyx does not document this status code.
    /// Default: 409.
    pub fn blocked_status(mut self, status: u16) -> Self {
        self.settings.blocked_status = status;
        self
    }

    /// Accepts this sender. The mock then refuses every sender that you do not add, with code 40305. By default, the mock accepts
    /// all senders.
    pub fn sender(mut self, sender: impl Into<String>) -> Self {
        self.settings.senders.push(sender.into());
        self
    }

    /// Adds a phone number to the account.
    pub fn phone_number(mut self, phone_number: impl Into<String>) -> Self {
        self.settings.phone_numbers.push(phone_number.into());
        self
    }

    /// Adds a mobile phone number to the account.
    pub fn mobile_phone_number(mut self, phone_number: impl Into<String>) -> Self {
        self.settings.mobile_phone_numbers.push(phone_number.into());
        self
    }

    /// Sets how many of 1,000 requests get a random fault. [`seed`](Self::seed) determines which requests. Default: none.
    ///
    /// All these faults are equally likely: [`Refuse`](Fault::Refuse), [`DropBefore`](Fault::DropBefore),
    /// [`DropAfter`](Fault::DropAfter), [`Cut`](Fault::Cut), `Status(503)`, `StatusAfter(502)`, `Delay` of 200 ms and
    /// [`RateLimit`](Fault::RateLimit).
    pub fn faults_per_mille(mut self, faults: u64) -> Self {
        self.settings.faults_per_mille = faults;
        self
    }

    /// Sets how many messages, webhooks, idempotency keys and lines of the log the mock keeps. Default: 2,000 of each.
    ///
    /// Each of these lists takes at most 16 KiB times this number, or 4 MiB if that is more. The mock first removes the oldest
    /// record that is not in progress. If all kept messages are in progress, the mock refuses another message. If all kept
    /// webhooks are in progress, the mock removes the oldest webhook.
    ///
    /// The mock always keeps the default profile, and the numbers that the account has from the start.
    pub fn records(mut self, records: usize) -> Self {
        self.settings.records = records;
        self
    }

    /// Sets the maximum number of open connections. The mock responds to a request on any further connection with status 503.
    /// Default: 512.
    pub fn connections(mut self, connections: u16) -> Self {
        self.settings.connections = connections;
        self
    }

    /// Uses another OpenAPI document, in JSON, instead of Telnyx's.
    pub fn spec(mut self, json: impl Into<String>) -> Self {
        self.spec = Some(json.into());
        self
    }

    /// Starts the mock.
    ///
    /// # Errors
    ///
    /// Fails if the address is in use, if the document cannot be read, or if a setting is not valid.
    pub async fn start(self) -> io::Result<Mock> {
        let invalid = |reason| io::Error::new(io::ErrorKind::InvalidInput, reason);
        self.settings.check().map_err(invalid)?;
        let api = Api::parse(self.spec.as_deref().unwrap_or(SPEC)).map_err(invalid)?;
        let free_port = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let listener = TcpListener::bind(self.listen.unwrap_or(free_port)).await?;
        let address = listener.local_addr()?;
        // Not the seed of the ids: these are public.
        let key = Random::new(!self.settings.seed).bytes();
        let sender = Sender::new(key, self.allowed_webhook_hosts).map_err(invalid)?;
        let clock = Clock::new(self.stands_at).map_err(invalid)?;
        let guard = Guard::new(address, self.allowed_hosts).map_err(invalid)?;
        let connections = self.settings.connections;
        let world = World::new(api, self.settings, clock, sender);
        let serving = server::serve(listener, world.clone(), guard, connections);
        let mut tasks = vec![tokio::spawn(serving)];
        if !world.stands_still() {
            tasks.push(tokio::spawn(world.clone().drive()));
        }
        Ok(Mock {
            world,
            address: server::reachable(address),
            tasks,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_a_mock_has_begun_ends_with_it() {
        // Accepts connections and says nothing.
        let receiver = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = receiver.local_addr().expect("an address");
        let mock = Mock::builder().webhook_url(format!("http://{url}/"));
        let mock = mock.step(Duration::ZERO).start().await.expect("started");
        let client = mock.client().expect("a client");
        let sent = client.messages().send("+13125550001").from("+13125550000");
        sent.text("Hi").await.expect("accepted");
        receiver.accept().await.expect("a webhook");

        let world = Arc::downgrade(&mock.world);
        drop((mock, client));
        let gone = async {
            while world.upgrade().is_some() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        let gone = tokio::time::timeout(Duration::from_secs(1), gone).await;
        gone.expect("nothing holds it");
    }
}
