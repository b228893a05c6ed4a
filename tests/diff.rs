//! The verdicts of `cargo xtask diff` on single changes. The verdicts in `tests/fixtures/diff` were written before the command.

mod calls;
mod config;
mod events;
mod explained;
mod names;
mod notation;
mod nulls;
mod order;
mod repairs;
mod styles;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::num::NonZero;
use std::sync::LazyLock;
use std::thread;

use serde::Deserialize;
use telnyx_codegen::{Change, Input, Report, Source, Version};

use crate::{committed, snapshot};

/// A change, and the expected report.
#[derive(Deserialize)]
struct Case {
    name: String,
    row: String,
    upgrade: String,
    deployed: String,
    meaning: String,
    #[serde(default)]
    document: Vec<Edit>,
    #[serde(default)]
    sdk: Vec<Edit>,
}

#[derive(Deserialize)]
struct Edit {
    find: String,
    put: String,
}

const FOLDER: &str = "tests/fixtures/diff";

/// Every case, with the reports on the change and on the reverse change.
static REPORTS: LazyLock<Vec<(Case, Report, Report)>> = LazyLock::new(|| {
    let mut cases = cases();
    cases.retain(|case| snapshot::is_chosen(&case.name));
    let after: Vec<Input> = cases.iter().map(Case::after).collect();
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    // Other tests wait for this result.
    let reports: Vec<(Report, Report)> = thread::scope(|scope| {
        let parts = after.chunks(after.len().div_ceil(cores).max(1));
        let parts = parts.map(|part| scope.spawn(|| telnyx_codegen::diff_each(&before(), part)));
        let parts: Vec<_> = parts.collect();
        let reports = parts.into_iter().map(|part| part.join().expect("it ends"));
        let reports = reports.flat_map(|part| part.expect("the base has no mistake"));
        reports
            .map(|both| both.expect("no case has a mistake"))
            .collect()
    });
    let reports = cases.into_iter().zip(reports);
    reports
        .map(|(case, (forth, back))| (case, forth, back))
        .collect()
});

#[test]
fn every_change_gets_its_verdict() {
    let mut wrong = Vec::new();
    for (case, report, _) in REPORTS.iter() {
        let meaning = if report.meaning.is_empty() {
            "same"
        } else {
            "changed"
        };
        let found = (report.upgrade.word(), report.deployed.word(), meaning);
        let due = (
            case.upgrade.as_str(),
            case.deployed.as_str(),
            case.meaning.as_str(),
        );
        if found != due {
            wrong.push(format!("{}: {found:?}, not {due:?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_kind_of_change_stands_in_two_cases() {
    let mut rows: BTreeMap<String, usize> = BTreeMap::new();
    for case in cases() {
        *rows.entry(case.row).or_default() += 1;
    }
    let few: Vec<_> = rows.iter().filter(|(_, count)| **count < 2).collect();
    assert!(few.is_empty(), "{few:?}");
    assert!(rows.values().sum::<usize>() >= 100);
}

#[test]
fn swapped_sides_swap_what_came_and_what_went() {
    for (case, report, back) in REPORTS.iter() {
        let forth = seen(report, str::to_owned);
        let back = seen(back, mirrored);
        assert_eq!(forth, back, "{}", case.name);
    }
}

#[test]
fn every_rule_that_is_used_is_explained() {
    let ids: BTreeSet<String> = telnyx_codegen::rules().collect();
    for id in &ids {
        assert!(telnyx_codegen::explain(id).is_some(), "{id}");
    }
    for (_, report, _) in REPORTS.iter() {
        for change in &report.changes {
            assert!(ids.contains(&change.rule), "{}", change.rule);
        }
    }
    assert_eq!(telnyx_codegen::explain("no-such-rule"), None);
}

#[test]
fn a_report_fits_on_a_screen_however_much_has_changed() {
    let report = diff(&before(), &committed::input());
    assert!(report.changes.len() > 100);
    let lines = report.text(VERSION).lines().count();
    assert!(lines <= 40, "{lines} lines");
}

#[test]
fn json_has_every_change() {
    let report = diff(&before(), &committed::input());
    let json: serde_json::Value = serde_json::from_str(&report.json(VERSION)).expect("it is JSON");
    assert_eq!(json["upgrade"], "major");
    assert_eq!(json["version"], "0.2.0");
    let changes = json["changes"].as_array().expect("it is a list");
    assert_eq!(changes.len(), report.changes.len());
    let change = changes.iter().find(|change| change["cost"] != "");
    let change = change.expect("one says what it costs");
    let apart = [&change["happened"], &change["cost"]].map(|part| part.as_str().expect("a text"));
    assert_eq!(change["sentence"], apart.join(" "));
}

#[test]
fn a_spec_with_a_mistake_has_no_report() {
    let mut broken = before();
    broken.document.bytes.truncate(100);
    let unread = telnyx_codegen::diff(&before(), &broken).expect_err("it is not read");
    assert_eq!(unread.side, telnyx_codegen::Side::New);
}

#[test]
fn a_reader_sees_what_is_said_of_each_change() {
    let mut text = String::new();
    for (case, report, _) in REPORTS.iter() {
        let report = report.text(VERSION);
        let report = report.split("Not compared").next().unwrap_or_default();
        let _ = writeln!(text, "# {}\n{}\n", case.name, report.trim_end());
    }
    snapshot::check("diff", "reports", &text);
}

const VERSION: Version = Version {
    major: 0,
    minor: 1,
    patch: 0,
};

impl Case {
    /// The spec after the change.
    fn after(&self) -> Input {
        let before = before();
        Input {
            document: edited(before.document, &self.document, &self.name),
            config: before
                .config
                .map(|source| edited(source, &self.sdk, &self.name)),
            overlay: None,
        }
    }
}

fn edited(source: Source, edits: &[Edit], name: &str) -> Source {
    let mut text = String::from_utf8(source.bytes).expect("it is text");
    for Edit { find, put } in edits {
        assert_eq!(text.matches(find.as_str()).count(), 1, "{name}: {find}");
        text = text.replace(find.as_str(), put);
    }
    Source {
        name: source.name,
        bytes: text.into_bytes(),
    }
}

fn cases() -> Vec<Case> {
    let text = read("cases.yaml");
    serde_yaml::from_slice(&text).expect("the cases are a list")
}

/// The spec that every case changes.
fn before() -> Input {
    let source = |name: &str| Source {
        name: name.to_owned(),
        bytes: read(name),
    };
    Input {
        document: source("openapi.yaml"),
        overlay: None,
        config: Some(source("sdk.yaml")),
    }
}

/// A document without names in `sdk.yaml`.
fn bare(text: &str) -> Input {
    Input::from(Source {
        name: "openapi.yaml".to_owned(),
        bytes: text.into(),
    })
}

fn with_config(mut input: Input, config: &str) -> Input {
    input.config = Some(Source {
        name: "sdk.yaml".to_owned(),
        bytes: config.into(),
    });
    input
}

/// A document with these operations at one path, such as `get: { operationId: ListNotes, responses: { 204: {} } }`.
fn operations(all: &str) -> String {
    format!("openapi: 3.1.0\npaths: {{ /notes: {{ {all} }} }}\n")
}

/// The rule of each change, with its cost for published versions.
fn deployed(old: &Input, new: &Input) -> Vec<(String, &'static str)> {
    let changes = diff(old, new).changes.into_iter();
    changes
        .map(|change| (change.rule, change.wire.word()))
        .collect()
}

fn read(name: &str) -> Vec<u8> {
    fs::read(committed::root().join(FOLDER).join(name)).expect("it is there")
}

fn diff(old: &Input, new: &Input) -> Report {
    telnyx_codegen::diff(old, new).unwrap_or_else(|unread| {
        let input = match unread.side {
            telnyx_codegen::Side::Old => old,
            telnyx_codegen::Side::New => new,
        };
        panic!("{}", unread.diagnostics.render(input, false))
    })
}

/// The changes by rule and path. Deprecation is reported in one direction only.
fn seen(report: &Report, rule: fn(&str) -> String) -> Vec<(String, String)> {
    let told = report
        .changes
        .iter()
        .filter(|change| !change.rule.contains("deprecated"));
    let renamed = report.changes.iter();
    let renamed = renamed.filter(|change| change.rule.ends_with("renamed"));
    let renamed: BTreeSet<&str> = renamed.map(owner).collect();
    let mut seen: Vec<_> = told
        .map(|change| {
            // So has the new default or limit of what has another name.
            let is_of_name = change.rule == "request-default-changed"
                || change.rule.starts_with("request-limit-");
            let path = match is_of_name && renamed.contains(owner(change)) {
                true => String::new(),
                false => path(change),
            };
            let rule = rule(&change.rule).replace("required-field-added", "field-added");
            (rule, path)
        })
        .collect();
    seen.sort();
    // A change with different costs in two places is reported twice.
    seen.dedup();
    seen
}

fn owner(change: &Change) -> &str {
    let path = change.path.rsplit_once('.');
    path.map_or("", |(owner, _)| owner)
}

/// The path of a change. The two sides of a rename have different paths, and a style may change a name.
fn path(change: &Change) -> String {
    let has_two = ["renamed", "style-changed", "field-moved"];
    if has_two.iter().any(|end| change.rule.ends_with(end)) {
        String::new()
    } else {
        change.path.clone()
    }
}

/// The rule of the reverse change.
fn mirrored(rule: &str) -> String {
    const PAIRS: [(&str, &str); 5] = [
        ("feature-narrowed", "feature-widened"),
        ("added", "removed"),
        ("became-required", "became-optional"),
        ("became-nullable", "no-longer-nullable"),
        ("limit-tightened", "limit-loosened"),
    ];
    for (one, other) in PAIRS {
        if rule.ends_with(one) {
            let rule = rule.replace("required-field-added", "field-added");
            return rule.replace(one, other);
        }
        if rule.ends_with(other) {
            return rule.replace(other, one);
        }
    }
    rule.to_owned()
}
