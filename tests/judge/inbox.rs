//! Uses the mock's inbox in a browser.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use telnyx_messaging_mock::Mock;

use crate::clients::scenario;

/// How much the memory may grow from 5,000 messages to 10,000, in KiB. What is remembered is bounded long before.
const MOST_GROWTH: u64 = 16 * 1024;

/// Gives `true` if there is nothing to complain about.
pub(crate) fn run(node_modules: &str, browser: &str, folder: &str) -> Result<bool, String> {
    let runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = { runtime }
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    let (mock, _receiver) = runtime.block_on(async {
        let (listener, port) = scenario::free_port()?;
        let url = format!("http://127.0.0.1:{port}/");
        let step = Duration::from_millis(100);
        let mock = Mock::builder().webhook_url(url).step(step).start().await;
        let mock = mock.map_err(|error| error.to_string())?;
        let receiver = tokio::spawn(scenario::receive(listener, mock.public_key()));
        Ok::<_, String>((mock, receiver))
    })?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("inbox/inbox.cjs");
    let mut child = Command::new("node")
        .arg(script)
        .args([browser, folder])
        .env("NODE_PATH", node_modules)
        .env("TELNYX_BASE_URL", mock.base_url())
        .env("INBOX", mock.inbox_url())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot start node: {error}"))?;
    let output = child.stdout.take().ok_or("node has no output")?;
    let mut is_well = true;
    let mut memory = Vec::new();
    for line in BufReader::new(output).lines() {
        let line = line.map_err(|error| error.to_string())?;
        if line.starts_with("memory: ") {
            memory.push(resident_memory()?);
            continue;
        }
        is_well &= !line.starts_with("COMPLAINT");
        println!("{line}");
    }
    let status = child.wait().map_err(|error| error.to_string())?;
    if let [half, all] = memory[..] {
        let growth = all.saturating_sub(half);
        let is_flat = growth <= MOST_GROWTH;
        let word = if is_flat { "holds" } else { "COMPLAINT" };
        println!("{word}: memory is {half} KiB after 5,000 messages and {all} KiB after 10,000");
        is_well &= is_flat;
    }
    println!("screenshots: {folder}/inbox-wide.png, {folder}/inbox-narrow.png");
    Ok(is_well && status.success())
}

/// Of this process, in which the mock runs, in KiB.
fn resident_memory() -> Result<u64, String> {
    let status = std::fs::read_to_string("/proc/self/status").map_err(|error| error.to_string())?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    number.ok_or_else(|| "the system does not tell the memory".to_owned())
}
