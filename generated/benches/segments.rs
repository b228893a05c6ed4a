//! What measuring a text costs: `cargo bench -p telnyx-messaging --bench segments` prints the median for a character of
//! ASCII, and fails when it is more than 5 ns.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

use telnyx_messaging::text;

const ALLOWED_NANOSECONDS: f64 = 5.0;
const ROUNDS: usize = 501;
const CALLS_PER_ROUND: usize = 100;

fn main() -> ExitCode {
    let short = "Your code is 123456. It is valid for ten minutes.";
    let long = short.repeat(30);
    let mut is_fast = true;
    for text in [short, &long] {
        let mut rounds: Vec<f64> = (0..ROUNDS).map(|_| nanoseconds(text)).collect();
        rounds.sort_by(f64::total_cmp);
        let median = rounds[ROUNDS / 2];
        println!("{} characters: {median:.2} ns for each", text.len());
        is_fast &= median <= ALLOWED_NANOSECONDS;
    }
    ExitCode::from(u8::from(!is_fast))
}

/// The time for a character in a round.
#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
fn nanoseconds(text: &str) -> f64 {
    let started = Instant::now();
    for _ in 0..CALLS_PER_ROUND {
        black_box(text::segments(black_box(text)));
    }
    started.elapsed().as_nanos() as f64 / (text.len() * CALLS_PER_ROUND) as f64
}
