//! Which schedules a test draws.

use std::env;
use std::ops::Range;

/// The seeds of a test that draws `usual` schedules: `cargo xtask faults` asks for more, from other seeds.
pub(super) fn seeds(usual: u64) -> Range<u64> {
    let first = asked("FAULTS_SEED").unwrap_or(0);
    first..first + asked("FAULTS_SCHEDULES").unwrap_or(usual)
}

fn asked(name: &str) -> Option<u64> {
    let number = env::var(name).ok()?;
    Some(number.parse().expect("it is a number"))
}
