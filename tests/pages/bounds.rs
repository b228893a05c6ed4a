//! Limits and times on the pages, each with the line of code that sets it.

use std::collections::{BTreeMap, BTreeSet};

use super::says;
use crate::sources;

const ARCHITECTURE: &str = ".github/ARCHITECTURE.md";
const ERRORS: &str = "generated/src/guides/errors.md";
const README: &str = "README.md";
const RELIABILITY: &str = "generated/src/guides/reliability.md";
const WEBHOOKS: &str = "generated/src/guides/webhooks.md";

/// The folder, the code in a line of one of its files, the page, and the words on the page.
#[rustfmt::skip] // a row is a line
const BOUNDS: &[(&str, &str, &str, &str)] = &[
    ("codegen/src", "MAX_BYTES: usize = 32 * 1024 * 1024;", ARCHITECTURE, "32 MiB of text"),
    ("codegen/src", "MAX_NODES: u32 = 1_000_000;", ARCHITECTURE, "a million nodes"),
    ("codegen/src", "MAX_DEPTH: usize = 100;", ARCHITECTURE, "100 levels"),
    ("codegen/src", "MAX_REPEATED_BYTES: usize = 64 * 1024 * 1024;", ARCHITECTURE, "64 MiB of text repeated by aliases"),
    ("codegen/src", "MOST_SLOTS: usize = 500;", ARCHITECTURE, "If a parameter or body has more than 500 properties"),
    ("codegen/src", "LONGEST: usize = 2_000;", ARCHITECTURE, "An argument in a documented example has at most 2,000 bytes"),
    ("codegen/src", "MOST_MERGED: usize = 10_000;", ARCHITECTURE, "at most 10,000 schemas"),
    ("codegen/src", "const SIZE: usize = 1 << 30;", ARCHITECTURE, "a stack of 1 GiB"),
    ("generated/src", "MOST_VALUES: usize = 100_000;", ARCHITECTURE, "more than 100,000 values"),
    ("generated/src", "MOST_VALUES: usize = 100_000;", WEBHOOKS, "more than 100,000 JSON values"),
    ("generated/src", "MOST_OBJECTS: usize = 50_000;", ARCHITECTURE, "or 50,000 objects"),
    ("generated/src", "MOST_OBJECTS: usize = 50_000;", RELIABILITY, "or 50,000 objects"),
    ("generated/src", "MOST_COPIED: usize = 32 << 20;", ARCHITECTURE, "The copies of one body together have a maximum of 32 MiB"),
    ("generated/src", "MOST_SEARCHED: usize = 64 << 10;", ERRORS, "from the first 64 KiB of the body"),
    ("generated/src", "MOST_ERRORS: usize = 20;", ERRORS, "up to 20"),
    ("generated/src", "SHORTEST: usize = 7;", ERRORS, "mask numbers of seven or more digits"),
    ("generated/src", "MOST_RUNTIMES: usize = 256;", RELIABILITY, "connections of up to 256 runtimes"),
    ("generated/src", "MARGIN: Duration = Duration::from_millis(2);", ARCHITECTURE, "2 ms before the attempt ends"),
    ("generated/src", "GRACE: Duration = Duration::from_millis(50);", ARCHITECTURE, "at most 50 ms longer than the timeout"),
    ("generated/src", "LIFETIME: Duration = Duration::from_secs(23 * 60 * 60);", RELIABILITY, "a key for up to 23 hours"),
    ("generated/src", "SHORTEST_ATTEMPT: Duration = Duration::from_millis(100);", RELIABILITY, "less than 100 ms of the call's time"),
    ("generated/src", "SHORTEST_FREE_WAIT: Duration = Duration::from_millis(500);", RELIABILITY, "a wait of half a second or more"),
    ("generated/src", "LATE: Duration = Duration::from_millis(20);", RELIABILITY, "20 ms after the turn of that call"),
    ("generated/src", "SOON: Duration = Duration::from_millis(100);", RELIABILITY, "wait over 0.1 s for its turn"),
    ("generated/src", "timeout: Duration::from_secs(120),", README, "within its timeout: 120 s"),
    ("generated/src", "timeout: Duration::from_secs(120),", RELIABILITY, "`timeout` (default 120 s)"),
    ("generated/src", "attempt_timeout: Duration::from_secs(60),", RELIABILITY, "`attempt_timeout` (default 60 s)"),
    ("generated/src", "longest_asked: Duration::from_secs(60),", RELIABILITY, "If the wait is over 60 s"),
    ("generated/src", "pool_idle_timeout: Duration::from_secs(30),", ARCHITECTURE, "closes an idle connection after 30 s"),
    ("generated/src", "max_body_bytes: 8 << 20,", README, "a maximum of 8 MiB"),
    ("generated/src", "max_body_bytes: 8 << 20,", RELIABILITY, "(8 MiB after decompression)"),
    ("generated/src", "TOLERANCE: Duration = Duration::from_secs(300);", ".github/SECURITY.md", "over five minutes in the past or the future"),
    ("xtask/src", "default_value_t = 20_000)]", ARCHITECTURE, "`cargo xtask faults` runs 20,000 sequences"),
    ("xtask/src", "const WAYS: u64 = 4;", ARCHITECTURE, "a quarter of them over HTTP/2"),
];

#[test]
fn a_bound_on_a_page_is_the_one_in_the_code() {
    let folders: BTreeSet<&str> = BOUNDS.iter().map(|(folder, ..)| *folder).collect();
    let read = |folder| (folder, sources::rust_below(folder));
    let folders: BTreeMap<_, _> = folders.into_iter().map(read).collect();
    for (folder, line, page, said) in BOUNDS {
        let is_set = folders[folder].values().any(|text| text.contains(line));
        assert!(
            is_set,
            "`{line}` is not in {folder}. If the bound has changed, change what {page} says: {said}"
        );
        says(page, said);
    }
}
