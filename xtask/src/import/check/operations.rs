//! Finds the operations and webhooks of the spec in the published document, and compares them.

use std::collections::BTreeSet;

use telnyx_codegen::Node;

use super::super::operation::{Operation, families, operations, operations_of};
use super::super::tree::{self, entries};
use super::change::Verdict;
use super::compare::Comparison;
use super::part::{Both, Part, Site};
use super::roles::Kind;
use crate::print;

/// The maximum number of lines about parts that the spec omits.
const MAX_LINES: usize = 20;

/// The published operations and webhooks that the spec omits, with one line each.
#[derive(Default)]
pub(super) struct LeftOut {
    /// Those in spec/sdk.yaml, with the reasons there.
    on_purpose: Vec<String>,
    /// Those with tags that the spec does not cover.
    others: Vec<String>,
}

impl LeftOut {
    fn name(&mut self, line: &str, reason: &str) {
        self.on_purpose.push(format!("+ {line}: {reason}"));
    }

    pub(super) fn print(&self) -> Result<(), String> {
        print_lines("Omitted on purpose, not a difference", &self.on_purpose)?;
        let others = "In families that the spec does not cover, not a difference";
        print_lines(others, &self.others)
    }
}

pub(super) fn print_lines(heading: &str, lines: &[String]) -> Result<(), String> {
    if lines.is_empty() {
        return Ok(());
    }
    print::line(heading)?;
    if lines.len() <= MAX_LINES {
        for line in lines {
            print::line(format_args!("  {line}"))?;
        }
    } else {
        print::line(format_args!("  {} operations and webhooks", lines.len()))?;
    }
    print::line("")
}

/// The project's knowledge about the published operations.
#[derive(Clone, Copy)]
pub(super) struct Said<'s> {
    /// The settings of operations in spec/sdk.yaml.
    pub(super) corrections: Option<Part<'s>>,
    /// The reasons for omitted operations.
    pub(super) reasons: Option<Part<'s>>,
    /// The document that was imported last.
    pub(super) last: Option<&'s Node>,
}

impl Said<'_> {
    /// Whether spec/sdk.yaml corrects the published path of an operation. A path that differs from the last import is new, so it
    /// counts as a difference.
    fn corrects(&self, spec: &Operation<'_>, known: &[Operation<'_>], published: &str) -> bool {
        let correction = self.corrections.and_then(|all| all.at(spec.id()));
        let is_corrected = correction.and_then(|entry| entry.text("path")) == Some(spec.path);
        let last = self.last.map(|last| operations(last, "paths"));
        let last = last.and_then(|last| {
            spec.find_in(known, &last)
                .map(|found| found.path == published)
        });
        is_corrected && last.unwrap_or(true)
    }
}

/// Compares everything except the components.
pub(super) fn compare<'a>(comparison: &mut Comparison<'a>, said: Said<'_>) -> LeftOut {
    let roots = comparison.roots;
    comparison.part(Kind::Document, &Site::new("Document", ""), roots);

    let known = operations(roots.spec.node, "paths");
    let published = operations(roots.upstream.node, "paths");
    let mut tags = BTreeSet::new();
    let mut left_out = LeftOut::default();
    for spec in &known {
        tags.extend(spec.tags());
        let site = Site::new("Operations", spec.id());
        if let Some(upstream) = spec.find_in(&known, &published) {
            tags.extend(upstream.tags());
            let verdict = match said.corrects(spec, &known, upstream.path) {
                true => Verdict::Known,
                false => Verdict::Changed,
            };
            compare_operation(comparison, &site, *spec, upstream, verdict);
        } else {
            let owner = roots.or(roots.spec.at("paths"), roots.upstream.at("paths"));
            let owner = owner.or(Some(Part::of_entry(spec.entry)), None);
            comparison.record(Verdict::Removed, &site, line(spec), owner);
        }
    }
    let unmatched = published.iter().copied();
    let unmatched: Vec<Operation<'_>> = unmatched
        .filter(|operation| operation.find_in(&published, &known).is_none())
        .collect();
    let unmatched_webhooks = compare_webhooks(comparison, &mut tags);
    let covered = families(roots.upstream.node, roots.spec.node);
    let reason = |name| said.reasons.and_then(|reasons| reasons.text(name));
    for operation in unmatched {
        let line = line(&operation);
        if let Some(reason) = reason(operation.id()) {
            left_out.name(&line, reason);
            continue;
        }
        let site = Site::new("Operations", operation.id());
        add(
            &operation,
            line,
            &site,
            "paths",
            &covered,
            comparison,
            &mut left_out,
        );
    }
    for webhook in unmatched_webhooks {
        let site = Site::new("Webhooks", webhook.path);
        let line = format!("webhook {}", webhook.path);
        if let Some(reason) = reason(webhook.path) {
            left_out.name(&line, reason);
            continue;
        }
        add(
            &webhook,
            line,
            &site,
            "webhooks",
            &covered,
            comparison,
            &mut left_out,
        );
    }
    compare_tags(comparison, &tags);
    left_out
}

fn compare_operation<'a>(
    comparison: &mut Comparison<'a>,
    site: &Site,
    spec: Operation<'a>,
    upstream: Operation<'a>,
    moved: Verdict,
) {
    let parts = Both {
        spec: Part::of_entry(spec.entry),
        upstream: Part::of_entry(upstream.entry),
    };
    let items = Both {
        spec: Part::of_entry(spec.item),
        upstream: Part::of_entry(upstream.item),
    };
    if spec.method != upstream.method {
        comparison.change("method", site, spec.method, upstream.method, parts);
    }
    if spec.path != upstream.path {
        let text = format!("{}: {} → {}", site.with("path"), spec.path, upstream.path);
        comparison.record(moved, site, text, items);
    }
    let pair = (items.spec.at("parameters"), items.upstream.at("parameters"));
    comparison.list(Kind::Parameter, "parameter", site, pair, parts);
    comparison.part(Kind::Operation, site, parts);
}

/// Compares the webhooks of the spec, and returns those that only the published document has.
fn compare_webhooks<'a>(
    comparison: &mut Comparison<'a>,
    tags: &mut BTreeSet<&'a str>,
) -> Vec<Operation<'a>> {
    let roots = comparison.roots;
    let webhooks = |root: Part<'a>| root.node.get("webhooks").map(entries).unwrap_or_default();
    let owner = roots.or(roots.spec.at("webhooks"), roots.upstream.at("webhooks"));
    let mut known = BTreeSet::new();
    for spec in webhooks(roots.spec) {
        let name = spec.key.as_str();
        known.insert(name);
        let mut published = webhooks(roots.upstream).iter();
        let upstream = published.find(|item| item.key == name);
        for item in [Some(spec), upstream].into_iter().flatten() {
            tags.extend(operations_of(item).iter().flat_map(Operation::tags));
        }
        let site = Site::new("Webhooks", name);
        let pair = (Some(Part::of_entry(spec)), upstream.map(Part::of_entry));
        comparison.member(Kind::PathItem, "webhook", &site, pair, owner);
    }
    let others = webhooks(roots.upstream).iter();
    let others = others.filter(|item| !known.contains(item.key.as_str()));
    others.flat_map(operations_of).collect()
}

/// Compares the declarations of the tags that the compared operations use.
fn compare_tags<'a>(comparison: &mut Comparison<'a>, tags: &BTreeSet<&'a str>) {
    let roots = comparison.roots;
    let declared = roots.or(roots.spec.at("tags"), roots.upstream.at("tags"));
    let find = |list: Part<'a>, tag: &str| {
        let mut declarations = list.items().into_iter();
        declarations.find(|item| item.text("name") == Some(tag))
    };
    for tag in tags {
        let pair = (find(declared.spec, tag), find(declared.upstream, tag));
        let site = Site::new("Document", tag);
        comparison.member(Kind::Plain, "tag", &site, pair, declared);
    }
}

/// Records parts of `section` that only the published document has. Such a part is a difference if the spec covers its tag.
fn add<'a>(
    operation: &Operation<'a>,
    line: String,
    site: &Site,
    section: &str,
    covered: &BTreeSet<&str>,
    comparison: &mut Comparison<'a>,
    left_out: &mut LeftOut,
) {
    if !operation.tags().iter().any(|tag| covered.contains(tag)) {
        left_out.others.push(format!("+ {line}"));
        return;
    }
    let roots = comparison.roots;
    let owner = roots.or(roots.spec.at(section), None);
    let owner = owner.or(None, Some(Part::of_entry(operation.entry)));
    comparison.record(Verdict::Added, site, line, owner);
}

/// `operation POST /messages (SendMessage)`
fn line(operation: &Operation<'_>) -> String {
    let method = operation.method.to_uppercase();
    match tree::text_at(operation.node, "operationId") {
        Some(id) => format!("operation {method} {} ({id})", operation.path),
        None => format!("operation {method} {}", operation.path),
    }
}
