//! 200,000 sends, 500 at a time, against a server on this machine: how fast beside bare reqwest, how much memory, and
//! whether each message arrives once.
//!
//! `cargo bench --package telnyx-messaging-tests --bench load`. Fails if a message is lost or doubled, if memory grows, or if
//! less than nine tenths of bare reqwest's throughput is left: in the median of many short rounds, in which both take
//! turns at going first. What else the machine does then slows both, and one lucky round decides nothing.

#[path = "load/bare.rs"]
mod bare;
#[path = "load/server.rs"]
mod server;

use std::fs;
use std::ops::Range;
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use telnyx_messaging::Client;
use tokio::runtime::Builder;
use tokio::task::JoinSet;

use self::bare::Bare;
use self::server::Server;

const IN_FLIGHT: usize = 500;
const ROUNDS: usize = 40;
const MESSAGES_OF_A_ROUND: usize = 5_000;
/// Of this crate in all rounds; bare reqwest's are counted on from here.
const MESSAGES: usize = ROUNDS * MESSAGES_OF_A_ROUND;

/// The rounds that fill pools and caches: memory is compared with what it is after them.
const FIRST_ROUNDS: usize = 5;

/// How much memory may grow after the first rounds, in KiB.
const MOST_GROWTH: u64 = 8 << 10;

/// The least part of bare reqwest's throughput.
const LEAST_RATIO: f64 = 0.9;

/// Sends the message whose text is this number.
type Send = Arc<
    dyn Fn(usize) -> Pin<Box<dyn Future<Output = ()> + std::marker::Send>>
        + std::marker::Send
        + Sync,
>;

fn main() -> ExitCode {
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime starts").block_on(run())
}

async fn run() -> ExitCode {
    let server = Server::start(2 * MESSAGES);
    let (ours, bare) = (ours(&server), bare(&server));
    let mut memory_at_first = 0;
    let (mut rates, mut processors) = (Vec::new(), Vec::new());
    println!("          sent in a second          µs of CPU each");
    println!("round  bare reqwest  this crate  bare reqwest  this crate  memory");
    for round in 0..ROUNDS {
        let first = round * MESSAGES_OF_A_ROUND;
        let of_ours = first..first + MESSAGES_OF_A_ROUND;
        let of_bare = MESSAGES + of_ours.start..MESSAGES + of_ours.end;
        let (ours_pace, bare_pace);
        if round % 2 == 0 {
            bare_pace = Pace::of(&bare, of_bare).await;
            ours_pace = Pace::of(&ours, of_ours).await;
        } else {
            ours_pace = Pace::of(&ours, of_ours).await;
            bare_pace = Pace::of(&bare, of_bare).await;
        }
        rates.push(ours_pace.rate / bare_pace.rate);
        processors.push(ours_pace.processor / bare_pace.processor);
        if round + 1 == FIRST_ROUNDS {
            memory_at_first = memory();
        }
        println!(
            "{round:5}  {:12.0}  {:10.0}  {:12.1}  {:10.1}  {} KiB",
            bare_pace.rate,
            ours_pace.rate,
            bare_pace.processor,
            ours_pace.processor,
            memory()
        );
    }
    let growth = memory().saturating_sub(memory_at_first);
    let (ratio, processor) = (median(rates), median(processors));
    let (lost, doubled) = server.lost_and_doubled();
    println!("in the median: {ratio:.3} of the rate, {processor:.3} of the CPU");
    println!("lost {lost}, doubled {doubled}; grew by {growth} KiB after {FIRST_ROUNDS} rounds");
    if lost == 0 && doubled == 0 && growth < MOST_GROWTH && ratio >= LEAST_RATIO {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn ours(server: &Server) -> Send {
    let client = Client::builder().api_key("KEY").base_url(server.base_url());
    let client = client.build().expect("good settings");
    Arc::new(move |number| {
        let messages = client.messages();
        let send = messages
            .send("+13125550001")
            .from("+13125550000")
            .text(number.to_string());
        Box::pin(async {
            let message = send.await.expect("an answer");
            assert!(!message.id.is_empty());
        })
    })
}

fn bare(server: &Server) -> Send {
    let bare = Bare::new(&server.base_url());
    Arc::new(move |number| {
        let bare = bare.clone();
        Box::pin(async move {
            let message = bare
                .send("+13125550001", "+13125550000", &number.to_string())
                .await;
            assert!(!message.id.is_empty());
        })
    })
}

/// How fast a round was.
#[derive(Clone, Copy)]
struct Pace {
    /// Messages in a second.
    rate: f64,
    /// Microseconds of this thread's CPU for a message: other programs on the machine change it less than the rate.
    processor: f64,
}

impl Pace {
    /// Sends the messages of a round.
    async fn of(send: &Send, messages: Range<usize>) -> Self {
        let (started, busy) = (Instant::now(), processor_time());
        let mut workers = JoinSet::new();
        for worker in 0..IN_FLIGHT {
            let send = Arc::clone(send);
            let messages = messages.clone();
            workers.spawn(async move {
                for number in messages.skip(worker).step_by(IN_FLIGHT) {
                    send(number).await;
                }
            });
        }
        workers.join_all().await;
        let messages = messages.len() as f64;
        Self {
            rate: messages / started.elapsed().as_secs_f64(),
            processor: (processor_time() - busy) / messages,
        }
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Microseconds this thread has run.
fn processor_time() -> f64 {
    let times = fs::read_to_string("/proc/thread-self/schedstat").expect("Linux");
    let nanoseconds = times
        .split(' ')
        .next()
        .and_then(|time| time.parse::<f64>().ok());
    nanoseconds.expect("a number") / 1000.0
}

/// What this process holds in memory, in KiB.
fn memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number
        .and_then(|number| number.parse().ok())
        .expect("a number")
}
