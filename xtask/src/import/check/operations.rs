//! Finds the operations and webhooks of the spec in the published document, and compares them.

use std::collections::BTreeSet;

use super::change::Verdict;
use super::compare::Comparison;
use super::part::{Both, Part, Site};
use super::roles::{Kind, METHODS};
use crate::print;

/// How many lines are spent on what the spec leaves out.
const MAX_LINES: usize = 20;

/// An operation and where it stands.
#[derive(Clone, Copy)]
struct Operation<'a> {
    method: &'a str,
    path: &'a str,
    /// The path with all its operations.
    item: Part<'a>,
    part: Part<'a>,
}

/// The operations and webhooks that the published document has and the spec leaves out, a line each.
#[derive(Default)]
pub(super) struct LeftOut {
    /// Those that spec/sdk.yaml names, with its reasons.
    on_purpose: Vec<String>,
    /// Those of families that the spec does not cover.
    others: Vec<String>,
}

impl LeftOut {
    fn name(&mut self, line: &str, reason: &str) {
        self.on_purpose.push(format!("{line}: {reason}"));
    }

    pub(super) fn print(&self) -> Result<(), String> {
        print_lines("Omitted on purpose, not a difference", &self.on_purpose)?;
        let others = "In families that the spec does not cover, not a difference";
        print_lines(others, &self.others)
    }
}

fn print_lines(heading: &str, lines: &[String]) -> Result<(), String> {
    if lines.is_empty() {
        return Ok(());
    }
    print::line(heading)?;
    if lines.len() <= MAX_LINES {
        for line in lines {
            print::line(format_args!("  + {line}"))?;
        }
    } else {
        print::line(format_args!("  {} operations and webhooks", lines.len()))?;
    }
    print::line("")
}

/// Compares all but the components. `corrections` is what spec/sdk.yaml says of the operations, `reasons` why it leaves out
/// others.
pub(super) fn compare<'a>(
    comparison: &mut Comparison<'a>,
    corrections: Option<Part<'_>>,
    reasons: Option<Part<'_>>,
) -> LeftOut {
    let roots = comparison.roots;
    comparison.part(Kind::Document, &Site::new("Document", ""), roots);

    let mut unmatched = operations(roots.upstream);
    let mut matched = Vec::new();
    let mut tags = BTreeSet::new();
    let mut left_out = LeftOut::default();
    for spec in operations(roots.spec) {
        tags.extend(spec.tags());
        let site = Site::new("Operations", spec.name());
        let counterpart = spec
            .find_in(&unmatched)
            .map(|index| unmatched.remove(index));
        if let Some(upstream) = counterpart {
            tags.extend(upstream.tags());
            matched.push(upstream);
            compare_operation(comparison, &site, spec, upstream, corrections);
        } else {
            let owner = roots.or(roots.spec.at("paths"), roots.upstream.at("paths"));
            let owner = owner.or(Some(spec.part), None);
            comparison.record(Verdict::Removed, &site, spec.line(), owner);
        }
    }
    let unmatched_webhooks = compare_webhooks(comparison, &mut tags, &mut matched);
    let covered = covered(
        &matched,
        &[unmatched.as_slice(), &unmatched_webhooks].concat(),
    );
    let reason = |name| reasons.and_then(|reasons| reasons.text(name));
    for operation in unmatched {
        if let Some(reason) = reason(operation.name()) {
            left_out.name(&operation.line(), reason);
            continue;
        }
        let site = Site::new("Operations", operation.name());
        let line = operation.line();
        operation.add(line, &site, "paths", &covered, comparison, &mut left_out);
    }
    for webhook in unmatched_webhooks {
        let site = Site::new("Webhooks", webhook.path);
        let line = format!("webhook {}", webhook.path);
        if let Some(reason) = reason(webhook.path) {
            left_out.name(&line, reason);
            continue;
        }
        webhook.add(line, &site, "webhooks", &covered, comparison, &mut left_out);
    }
    compare_tags(comparison, &tags);
    left_out
}

/// The tags whose operations and webhooks the spec has for the most part. A tag that all events of Telnyx share says nothing
/// of a few of them.
fn covered<'a>(matched: &[Operation<'a>], unmatched: &[Operation<'a>]) -> BTreeSet<&'a str> {
    let count = |operations: &[Operation<'_>], tag: &str| {
        let tagged = operations.iter().filter(|one| one.tags().contains(&tag));
        tagged.count()
    };
    let tags = matched.iter().flat_map(Operation::tags);
    tags.filter(|tag| count(matched, tag) >= count(unmatched, tag))
        .collect()
}

fn compare_operation<'a>(
    comparison: &mut Comparison<'a>,
    site: &Site,
    spec: Operation<'a>,
    upstream: Operation<'a>,
    corrections: Option<Part<'_>>,
) {
    let parts = Both {
        spec: spec.part,
        upstream: upstream.part,
    };
    if spec.method != upstream.method {
        comparison.change("method", site, spec.method, upstream.method, parts);
    }
    if spec.path != upstream.path {
        let correction = corrections.and_then(|operations| operations.at(spec.name()));
        let is_known = correction.and_then(|entry| entry.text("path")) == Some(spec.path);
        let verdict = if is_known {
            Verdict::Known
        } else {
            Verdict::Changed
        };
        let text = format!("{}: {} → {}", site.with("path"), spec.path, upstream.path);
        let items = Both {
            spec: spec.item,
            upstream: upstream.item,
        };
        comparison.record(verdict, site, text, items);
    }
    let pair = (spec.item.at("parameters"), upstream.item.at("parameters"));
    comparison.list(Kind::Parameter, "parameter", site, pair, parts);
    comparison.part(Kind::Operation, site, parts);
}

/// Compares the webhooks of the spec, and gives those that only the published document has.
fn compare_webhooks<'a>(
    comparison: &mut Comparison<'a>,
    tags: &mut BTreeSet<&'a str>,
    matched: &mut Vec<Operation<'a>>,
) -> Vec<Operation<'a>> {
    let roots = comparison.roots;
    let webhooks = |root: Part<'a>| root.at("webhooks").map(Part::named).unwrap_or_default();
    let owner = roots.or(roots.spec.at("webhooks"), roots.upstream.at("webhooks"));
    let mut known = BTreeSet::new();
    for (name, spec) in webhooks(roots.spec) {
        known.insert(name);
        let upstream = owner.upstream.at(name);
        for item in [Some(spec), upstream].into_iter().flatten() {
            tags.extend(operations_of(name, item).iter().flat_map(Operation::tags));
        }
        matched.extend(upstream.iter().flat_map(|item| operations_of(name, *item)));
        let site = Site::new("Webhooks", name);
        comparison.member(
            Kind::PathItem,
            "webhook",
            &site,
            (Some(spec), upstream),
            owner,
        );
    }
    let others = webhooks(roots.upstream).into_iter();
    let others = others.filter(|(name, _)| !known.contains(name));
    others
        .flat_map(|(name, item)| operations_of(name, item))
        .collect()
}

/// Compares the declarations of the tags that the compared operations have.
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

/// The operations of a document.
fn operations(root: Part<'_>) -> Vec<Operation<'_>> {
    let paths = root.at("paths").map(Part::named).unwrap_or_default();
    let operations = paths
        .into_iter()
        .flat_map(|(path, item)| operations_of(path, item));
    operations.collect()
}

/// The operations of one path or webhook.
fn operations_of<'a>(path: &'a str, item: Part<'a>) -> Vec<Operation<'a>> {
    let operations = item
        .named()
        .into_iter()
        .filter(|(key, _)| METHODS.contains(key));
    let operations = operations.map(|(method, part)| Operation {
        method,
        path,
        item,
        part,
    });
    operations.collect()
}

impl<'a> Operation<'a> {
    /// The operation's id; of one without, its path.
    fn name(&self) -> &'a str {
        self.part.text("operationId").unwrap_or(self.path)
    }

    fn tags(&self) -> Vec<&'a str> {
        let tags = self.part.at("tags").map(Part::items).unwrap_or_default();
        tags.into_iter().filter_map(Part::as_text).collect()
    }

    /// The index of the same operation: the same method on the same path, else the same id.
    fn find_in(&self, others: &[Self]) -> Option<usize> {
        let is_same_call = |other: &Self| (other.method, other.path) == (self.method, self.path);
        let has_same_id = |other: &Self| other.name() == self.name();
        let found = others.iter().position(is_same_call);
        found.or_else(|| others.iter().position(has_same_id))
    }

    /// Records what only the published document has in `section`: a difference if it has a tag that the spec covers.
    fn add(
        self,
        line: String,
        site: &Site,
        section: &str,
        covered: &BTreeSet<&str>,
        comparison: &mut Comparison<'a>,
        left_out: &mut LeftOut,
    ) {
        if !self.tags().iter().any(|tag| covered.contains(tag)) {
            left_out.others.push(line);
            return;
        }
        let roots = comparison.roots;
        let owner = roots.or(roots.spec.at(section), None);
        comparison.record(Verdict::Added, site, line, owner.or(None, Some(self.part)));
    }

    /// `operation POST /messages (SendMessage)`
    fn line(&self) -> String {
        let method = self.method.to_uppercase();
        match self.part.text("operationId") {
            Some(id) => format!("operation {method} {} ({id})", self.path),
            None => format!("operation {method} {}", self.path),
        }
    }
}
