//! Runs a program with a time limit.

use std::process::{Child, Command, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

/// How long to wait between checks whether a program has ended.
const PAUSE: Duration = Duration::from_millis(50);

/// Runs `command` with its output visible, for at most `limit`.
pub(super) fn run_for(limit: Duration, command: &mut Command) -> Result<ExitStatus, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let child = command.spawn();
    let child = child.map_err(|error| format!("cannot start `{name}`: {error}"))?;
    let mut running = Running(child);
    let deadline = Instant::now() + limit;
    while Instant::now() < deadline {
        let ended = running.0.try_wait();
        if let Some(status) = ended.map_err(|error| format!("cannot wait for `{name}`: {error}"))? {
            return Ok(status);
        }
        thread::sleep(PAUSE);
    }
    Err(format!("`{name}` took more than {} s", limit.as_secs()))
}

/// Killed when dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // The program may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
