//! The report for programs.

use serde_json::json;

use crate::diff::report::{Change, NOT_FOLLOWED, Report};
use crate::diff::version::Version;

pub(super) fn json(report: &Report, version: Version) -> String {
    let changes: Vec<_> = report.changes.iter().map(change).collect();
    let value = json!({
        "upgrade": report.upgrade.word(),
        "deployed": report.deployed.word(),
        "meaning": report.meaning,
        "version": report.next(version).to_string(),
        "previous": version.to_string(),
        "changelog": report.changelog(version),
        "not_compared": NOT_FOLLOWED,
        "changes": changes,
    });
    serde_json::to_string_pretty(&value).unwrap_or_default()
}

fn change(change: &Change) -> serde_json::Value {
    json!({
        "rule": change.rule,
        "rust": change.rust.word(),
        "wire": change.wire.word(),
        "behaviour": change.behaviour,
        "path": change.path,
        "place": change.place,
        "sentence": change.sentence(),
        "happened": change.happened,
        "cost": change.cost,
        "signatures": change.signatures,
        "repair": change.repair,
        "users": change.users,
        "fingerprint": change.fingerprint,
    })
}
