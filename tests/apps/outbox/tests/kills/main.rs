//! Kills workers at random moments that a seed determines, and counts the messages that the mock accepted. `cargo xtask outbox`
//! runs this test.
//!
//! The command is `kills KILLS SEED DATABASE_URL`. Two workers run, and a third starts after half of the kills. Every second
//! request to the mock fails in one of eight ways. The exit code is 1 if a message was lost or accepted twice, or was sent to a
//! recipient whose START arrived after a later STOP.

mod late;
mod relay;
mod verdict;

use std::error::Error;
use std::net::TcpListener;
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use sqlx::AnyPool;
use telnyx_messaging_mock::{Fault, Mock, Random};

use relay::Relay;

type Result<T, E = Box<dyn Error>> = std::result::Result<T, E>;

const PROGRAM: &str = env!("CARGO_BIN_EXE_outbox");

/// The number of messages that are stored before each kill.
const MESSAGES_PER_KILL: usize = 3;

/// How long the workers may take to finish after the last kill.
const PATIENCE: Duration = Duration::from_secs(120);

/// A recipient who replies STOP.
const ANSWERS_STOP: &str = "+15005550108";

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [kills, seed, url] = arguments.as_slice() else {
        return Err("usage: kills KILLS SEED DATABASE_URL".into());
    };
    let (kills, seed): (usize, u64) = (kills.parse()?, seed.parse()?);
    let mut random = Random::new(seed);

    let webhooks = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let relays = [Relay::bind()?, Relay::bind()?, Relay::bind()?];
    let builder = Mock::builder()
        .seed(seed)
        .faults_per_mille(500)
        .records(1_000_000);
    let builder = builder
        .step(Duration::from_millis(20))
        .webhook_url(format!("http://{webhooks}/webhooks"));
    let mock = builder.start().await?;
    for relay in &relays {
        relay.start(&mock)?;
    }

    // Creates the tables before several programs do so at the same time.

    run(url, &["put", "+13125550000", "+13125550001", "message 0"])?;
    sqlx::any::install_default_drivers();
    let pool = AnyPool::connect(url).await?;

    let receive = ["receive", &webhooks.to_string()];
    let mut receiver = Program(
        command(url, &receive)
            .env("TELNYX_PUBLIC_KEY", mock.public_key())
            .spawn()?,
    );
    let mut workers = vec![worker(url, &relays[0])?, worker(url, &relays[1])?];
    let (mut written, mut in_between) = (1, 0);
    for kill in 0..kills {
        if kill == kills / 2 {
            workers.push(worker(url, &relays[2])?);
        }
        for _ in 0..MESSAGES_PER_KILL {
            let recipient = match written % 20 {
                7 => ANSWERS_STOP,
                _ => "+13125550001",
            };
            let body = format!("message {written}");
            run(url, &["put", "+13125550000", recipient, &body])?;
            written += 1;
        }
        if random.below(2) == 0 {
            // The delay leaves many of the workers' requests accepted, but without a response.
            mock.fail(Fault::Delay(Duration::from_millis(150)), 4).await;
        }
        tokio::time::sleep(Duration::from_millis(random.below(250))).await;
        let killed = random.index(workers.len());
        let waits = relays[killed].waits();
        workers[killed] = {
            workers[killed].kill()?;
            worker(url, &relays[killed])?
        };
        in_between += usize::from(waits);
        if random.below(10) == 0 {
            receiver.kill()?;
            receiver = Program(
                command(url, &receive)
                    .env("TELNYX_PUBLIC_KEY", mock.public_key())
                    .spawn()?,
            );
        }
    }

    let started = Instant::now();
    while verdict::open(&pool).await? > 0 && started.elapsed() < PATIENCE {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    println!(
        "{kills} kills, {in_between} of them between a request and its response, {} workers",
        workers.len()
    );
    let is_left_alone = late::start(url, &pool, &mock).await?;
    written += 1;
    let is_right = verdict::judge(&pool, &mock, written, started + PATIENCE).await?;
    Ok(ExitCode::from(u8::from(!is_right || !is_left_alone)))
}

/// A program that is killed when this value is dropped.
struct Program(Child);

impl Program {
    /// Ends the program with SIGKILL.
    fn kill(&mut self) -> Result<()> {
        self.0.kill()?;
        self.0.wait()?;
        Ok(())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // The program may already have ended.
        let _ = self.kill();
    }
}

fn worker(url: &str, relay: &Relay) -> Result<Program> {
    let mut command = command(url, &["work"]);
    command.env("TELNYX_BASE_URL", format!("http://{}/v2", relay.address()));
    command
        .env("TELNYX_API_KEY", "KEY")
        .env("LEASE_SECONDS", "4");
    Ok(Program(command.spawn()?))
}

fn run(url: &str, arguments: &[&str]) -> Result<()> {
    let status = command(url, arguments).status()?;
    status
        .success()
        .then_some(())
        .ok_or_else(|| format!("{arguments:?} failed").into())
}

fn command(url: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command
        .args(arguments)
        .env("DATABASE_URL", url)
        .stdin(Stdio::null());
    command
}
