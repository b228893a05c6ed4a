//! Has the exchanges of a mock checked.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::Stdio;

use serde_json::Value;
use telnyx_messaging_mock::Mock;

use super::Validator;

/// What the validator says of the mock's exchanges, and which operations nobody has called with success.
///
/// The client has no method for those in `missing`.
pub(super) fn complaints(
    validator: &Validator<'_>,
    mock: &Mock,
    operations: &BTreeSet<String>,
    missing: &BTreeSet<String>,
) -> Result<Vec<String>, String> {
    let exchanges = mock.exchanges();
    let known = |one: &&Value| {
        one["operation"]
            .as_str()
            .is_some_and(|id| operations.contains(id))
    };
    let exchanges: Vec<&Value> = exchanges.iter().filter(known).collect();
    let successes = exchanges.iter().filter(|one| {
        let status = one["status"].as_u64();
        status.is_some_and(|status| status < 300)
    });
    let successes: BTreeSet<&str> = successes
        .filter_map(|one| one["operation"].as_str())
        .collect();
    let mut child = validator
        .command()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot start the validator: {error}"))?;
    let input = serde_json::to_vec(&exchanges).map_err(|error| error.to_string())?;
    let written = child.stdin.take().map(|mut stdin| stdin.write_all(&input));
    let output = child
        .wait_with_output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() || !matches!(written, Some(Ok(()))) {
        return Err("the validator failed".to_owned());
    }
    let said = String::from_utf8_lossy(&output.stdout);
    let without = operations
        .difference(missing)
        .filter(|id| !successes.contains(id.as_str()));
    let without = without.map(|id| format!("{id}: no call was a success"));
    Ok(said.lines().map(str::to_owned).chain(without).collect())
}
