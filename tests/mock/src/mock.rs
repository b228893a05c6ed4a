//! A mock, as a test or the program holds it.

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
use crate::wait::{Messages, Webhooks};
use crate::world::World;

/// The merged document, which `cargo xtask generate` writes.
const SPEC: &str = include_str!("../api.json");

/// Telnyx's messaging API on a port of this machine. It ends when this is dropped.
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
    /// When there is no port.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Settings, all of them optional.
    pub fn builder() -> MockBuilder {
        MockBuilder::default()
    }

    /// What a client is given as its base URL, or in `TELNYX_BASE_URL`: `http://127.0.0.1:12080/v2`.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}{BASE_PATH}", self.address)
    }

    /// The page with the phones and webhooks.
    #[must_use]
    pub fn inbox_url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// What verifies the webhooks, as in `TELNYX_PUBLIC_KEY`.
    #[must_use]
    pub fn public_key(&self) -> String {
        self.world.public_key()
    }

    /// A client of this crate for the mock.
    ///
    /// # Errors
    ///
    /// When a client cannot be built.
    pub fn client(&self) -> telnyx_messaging::Result<Client> {
        let builder = Client::builder().api_key("KEY");
        builder.base_url(self.base_url()).build()
    }

    /// Settings for a client that reaches the mock without a network: with tokio's paused clock, retries cost no time.
    pub fn client_in_process(&self) -> ClientBuilder {
        let builder = Client::builder().api_key("KEY").base_url(self.base_url());
        builder.transport(InProcess::new(self.world.clone()))
    }

    /// The messages that were sent and received.
    #[must_use]
    pub fn messages(&self) -> Messages {
        Messages::new(self.world.clone())
    }

    /// The webhooks, whether there is a URL to deliver them to or not.
    #[must_use]
    pub fn webhooks(&self) -> Webhooks {
        Webhooks::new(self.world.clone())
    }

    /// A phone sends a message to one of the account's numbers, over the channel of the last message to this phone.
    pub async fn receive(&self, from: &str, to: &str, text: &str) {
        let [from, to, text] = [from, to, text].map(str::to_owned);
        self.world.act(Command::Receive { from, to, text }).await;
    }

    /// From now on, messages to this number have this fate.
    pub async fn set_recipient(&self, phone_number: &str, recipient: Recipient) {
        let command = Command::SetRecipient(phone_number.to_owned(), recipient);
        self.world.act(command).await;
    }

    /// The next `times` requests fail like this, whatever the operation.
    pub async fn fail(&self, fault: Fault, times: u64) {
        self.fail_by(None, fault, times).await;
    }

    /// The next `times` requests for this operation fail like this. Its name is the `operationId`, such as `SendMessage`.
    pub async fn fail_operation(&self, operation: &str, fault: Fault, times: u64) {
        self.fail_by(Some(operation.to_owned()), fault, times).await;
    }

    async fn fail_by(&self, operation: Option<String>, fault: Fault, times: u64) {
        let rule = Rule {
            fault,
            operation,
            times,
        };
        self.world.act(Command::Fail(rule)).await;
    }

    /// The next `times` webhooks of this kind fail like this.
    pub async fn fail_webhook(&self, event_type: &str, fault: WebhookFault, times: u64) {
        let event_type = event_type.to_owned();
        let rule = WebhookRule {
            fault,
            event_type,
            times,
        };
        self.world.act(Command::FailWebhook(rule)).await;
    }

    /// Delivers a webhook once more, by the id of its event.
    pub async fn deliver_again(&self, event_id: &str) {
        let event_id = event_id.to_owned();
        self.world.act(Command::DeliverAgain { event_id }).await;
    }

    /// Lets this time pass at once: schedules, the queue and the waits between attempts of a webhook.
    pub async fn advance(&self, time: Duration) {
        self.world.advance(time).await;
    }

    /// The mock's time.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        self.world.now().system_time()
    }

    /// The requests so far and their responses, the oldest first: `operation`, `method`, `path`, `status`, and the bodies
    /// `request` and `response`.
    #[must_use]
    pub fn exchanges(&self) -> Vec<serde_json::Value> {
        self.world.see(crate::state::State::exchanges)
    }

    /// What has happened, a line each, with the behaviour it rests on and how far that is known.
    #[must_use]
    pub fn log(&self) -> Vec<String> {
        self.world.see(crate::state::State::log)
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

impl MockBuilder {
    /// Listens here; 127.0.0.1 and any free port, unless set.
    pub fn listen(self, address: SocketAddr) -> Self {
        Self {
            listen: Some(address),
            ..self
        }
    }

    /// The same seed gives the same ids, signing key and faults; 0, unless set.
    pub fn seed(mut self, seed: u64) -> Self {
        self.settings.seed = seed;
        self
    }

    /// How long a message stays in each state; 50 ms, unless set.
    pub fn step(mut self, step: Duration) -> Self {
        self.settings.step = step;
        self
    }

    /// The time, which then stands still but for [`Mock::advance`]; the system's time, unless set.
    pub fn clock_stands_at(self, time: SystemTime) -> Self {
        Self {
            stands_at: Some(time),
            ..self
        }
    }

    /// Where webhooks go that no message has a URL for.
    pub fn webhook_url(mut self, url: impl Into<String>) -> Self {
        self.settings.webhook_url = Some(url.into());
        self
    }

    /// Where they go when that URL has failed three times.
    pub fn webhook_failover_url(mut self, url: impl Into<String>) -> Self {
        self.settings.webhook_failover_url = Some(url.into());
        self
    }

    /// Lets webhooks go to this host; they go to this machine only, unless set.
    pub fn allow_webhook_host(mut self, host: impl Into<String>) -> Self {
        self.allowed_webhook_hosts.push(host.into());
        self
    }

    /// Accepts requests to this host; the address that the mock listens on and `localhost`, unless set.
    pub fn allow_host(mut self, host: impl Into<String>) -> Self {
        self.allowed_hosts.push(host.into());
        self
    }

    /// The status of a refusal with 40300, which Telnyx does not document; 409, unless set.
    pub fn blocked_status(mut self, status: u16) -> Self {
        self.settings.blocked_status = status;
        self
    }

    /// Refuses any sender but those named with 40305; accepts all, unless called.
    pub fn sender(mut self, sender: impl Into<String>) -> Self {
        self.settings.senders.push(sender.into());
        self
    }

    /// Gives the account a phone number from the start.
    pub fn phone_number(mut self, phone_number: impl Into<String>) -> Self {
        self.settings.phone_numbers.push(phone_number.into());
        self
    }

    /// Gives the account a mobile phone number from the start.
    pub fn mobile_phone_number(mut self, phone_number: impl Into<String>) -> Self {
        self.settings.mobile_phone_numbers.push(phone_number.into());
        self
    }

    /// Of 1,000 requests, how many get a fault drawn by the seed; none, unless set.
    ///
    /// Each of these is as likely as the others: [`Refuse`](Fault::Refuse), [`DropBefore`](Fault::DropBefore),
    /// [`DropAfter`](Fault::DropAfter), [`Cut`](Fault::Cut), `Status(503)`, `StatusAfter(502)`, `Delay` of 200 ms and
    /// [`RateLimit`](Fault::RateLimit).
    pub fn faults_per_mille(mut self, faults: u64) -> Self {
        self.settings.faults_per_mille = faults;
        self
    }

    /// How many messages, webhooks, idempotency keys and lines of the log are kept, of each; 2,000, unless set.
    pub fn records(mut self, records: usize) -> Self {
        self.settings.records = records;
        self
    }

    /// Goes by another document of OpenAPI, in JSON.
    pub fn spec(mut self, json: impl Into<String>) -> Self {
        self.spec = Some(json.into());
        self
    }

    /// Starts the mock.
    ///
    /// # Errors
    ///
    /// When the address is taken or the document cannot be read.
    pub async fn start(self) -> io::Result<Mock> {
        let invalid = |reason| io::Error::new(io::ErrorKind::InvalidInput, reason);
        let api = Api::parse(self.spec.as_deref().unwrap_or(SPEC)).map_err(invalid)?;
        let free_port = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let listener = TcpListener::bind(self.listen.unwrap_or(free_port)).await?;
        let address = listener.local_addr()?;
        // Not the seed of the ids: these are public.
        let key = Random::new(!self.settings.seed).bytes();
        let sender = Sender::new(key, self.allowed_webhook_hosts);
        let world = World::new(api, self.settings, Clock::new(self.stands_at), sender);
        let guard = Guard::new(address, self.allowed_hosts);
        let serving = server::serve(listener, world.clone(), guard);
        let mut tasks = vec![tokio::spawn(serving)];
        if !world.stands_still() {
            tasks.push(tokio::spawn(world.clone().drive()));
        }
        Ok(Mock {
            world,
            address,
            tasks,
        })
    }
}
