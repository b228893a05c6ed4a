//! Reports during a long wait that a command is still running.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// The first line is printed after this time without output. Each further wait is twice as long, up to `LONGEST`.
const FIRST: Duration = Duration::from_secs(5);
const LONGEST: Duration = Duration::from_secs(60);

static WORK: Mutex<Option<Work>> = Mutex::new(None);

/// The work that is running.
struct Work {
    what: String,
    start: Instant,
    /// When to print the next line; `None` while another program uses the terminal.
    due: Option<Instant>,
    wait: Duration,
}

impl Work {
    fn new(what: String, now: Instant) -> Self {
        Self {
            what,
            start: now,
            due: Some(now + FIRST),
            wait: FIRST,
        }
    }

    /// The line that is due now.
    fn line(&mut self, now: Instant) -> Option<String> {
        if self.due.is_none_or(|due| now < due) {
            return None;
        }
        self.wait = (self.wait * 2).min(LONGEST);
        self.due = Some(now + self.wait);
        let seconds = now.duration_since(self.start).as_secs();
        Some(format!("… {seconds} s: {}", self.what))
    }
}

/// Starts to watch this program. `command` is its name for the user.
pub(crate) fn watch(command: String) {
    *work() = Some(Work::new(command, Instant::now()));
    thread::spawn(|| {
        loop {
            thread::sleep(Duration::from_millis(500));
            if let Some(line) = work().as_mut().and_then(|work| work.line(Instant::now())) {
                eprintln!("{line}");
            }
        }
    });
}

/// Does `work`, which prints nothing. `what` is the work's name for the user.
pub(crate) fn during<T>(what: String, work: impl FnOnce() -> T) -> T {
    replaced(|now| Work::new(what, now), work)
}

/// Lets another program print. Meanwhile, this program prints nothing.
pub(crate) fn silent<T>(work: impl FnOnce() -> T) -> T {
    let silence = |now| Work {
        due: None,
        ..Work::new(String::new(), now)
    };
    replaced(silence, work)
}

/// Records that something was printed.
pub(crate) fn printed() {
    if let Some(work) = work().as_mut().filter(|work| work.due.is_some()) {
        work.wait = FIRST;
        work.due = Some(Instant::now() + FIRST);
    }
}

fn replaced<T>(inner: impl FnOnce(Instant) -> Work, run: impl FnOnce() -> T) -> T {
    let outer = {
        let mut current = work();
        match current.is_some() {
            true => current.replace(inner(Instant::now())),
            false => None,
        }
    };
    let result = run();
    if outer.is_some() {
        *work() = outer;
        printed();
    }
    result
}

fn work() -> MutexGuard<'static, Option<Work>> {
    WORK.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_comes_after_five_seconds_then_less_and_less_often() {
        let start = Instant::now();
        let mut work = Work::new("cargo check".to_owned(), start);
        let seconds: Vec<u64> = (0..=200)
            .filter(|second| work.line(start + Duration::from_secs(*second)).is_some())
            .collect();
        assert_eq!(seconds, [5, 15, 35, 75, 135, 195]);
    }

    #[test]
    fn a_line_tells_the_time_and_the_work() {
        let start = Instant::now();
        let mut work = Work::new("cargo check".to_owned(), start);
        let line = work.line(start + Duration::from_secs(7));
        assert_eq!(line.as_deref(), Some("… 7 s: cargo check"));
    }
}
