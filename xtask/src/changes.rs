//! What changed for users since a revision, and which version the changes need.

use std::collections::BTreeSet;

use telnyx_codegen::{Report, Upgrade, Version};

use crate::diff::accepted::Accepted;
use crate::diff::{Spec, base, compare};
use crate::workspace::{entries, read_text, root};

/// What changed for users since a revision.
pub(crate) struct Changes {
    /// The version at the revision.
    pub(crate) was: Version,
    pub(crate) report: Report,
    pub(crate) surface: Surface,
    /// Breaks that need no new major version, each with a reason.
    pub(crate) accepted: Vec<Accepted>,
}

/// Lines that the public surface of hand-written code lost and gained. For generated code, the report has more details.
#[derive(Default)]
pub(crate) struct Surface {
    pub(crate) taken: Vec<String>,
    pub(crate) given: Vec<String>,
}

impl Changes {
    /// Compares two specs, and the surface with the old surface; `None` if a spec has a mistake, which is then printed.
    pub(crate) fn between(
        old: &Spec,
        new: &Spec,
        revision: &str,
        accepted: Vec<Accepted>,
    ) -> Result<Option<Self>, String> {
        let Some(report) = compare(old, new) else {
            return Ok(None);
        };
        Ok(Some(Self {
            was: old.version()?,
            report,
            surface: Surface::since(revision)?,
            accepted,
        }))
    }

    /// The names of the breaks in `spec/accepted.yaml`.
    pub(crate) fn breaks(&self) -> Vec<String> {
        let reported = self.report.breaks();
        let reported = reported.map(|change| change.fingerprint.clone());
        let taken = self.surface.taken.iter();
        reported
            .chain(taken.map(|line| format!("surface {line}")))
            .collect()
    }

    /// The breaks that are not accepted.
    pub(crate) fn undeclared(&self) -> Vec<String> {
        let is_accepted = |change: &String| {
            let mut accepted = self.accepted.iter();
            accepted.any(|entry| entry.change == *change)
        };
        let mut breaks = self.breaks();
        breaks.retain(|change| !is_accepted(change));
        breaks
    }

    /// The accepted breaks that did not happen.
    pub(crate) fn unmatched(&self) -> Vec<String> {
        let breaks = self.breaks();
        let accepted = self.accepted.iter().map(|entry| &entry.change);
        let unmatched = accepted.filter(|change| !breaks.contains(change));
        unmatched.cloned().collect()
    }

    /// What the changes cost users, without accepted breaks.
    pub(crate) fn upgrade(&self) -> Upgrade {
        let Surface { taken, given } = &self.surface;
        match self.report.upgrade {
            _ if !self.undeclared().is_empty() => Upgrade::Major,
            Upgrade::None if given.is_empty() && taken.is_empty() => Upgrade::None,
            _ => Upgrade::Minor,
        }
    }

    /// The lowest version that may contain the changes.
    pub(crate) fn next(&self) -> Version {
        self.was.after(self.upgrade(), self.report.is_noticed())
    }

    /// A line for the changelog for each change of the spec that users notice.
    pub(crate) fn lines(&self) -> Vec<String> {
        let fragment = self.report.changelog(self.was);
        let lines = fragment.lines().filter(|line| line.starts_with("- "));
        lines.map(str::to_owned).collect()
    }
}

const FOLDER: &str = "tests/snapshots/surface";
const GENERATED: &str = "generated/src/api";

impl Surface {
    pub(crate) fn since(revision: &str) -> Result<Self, String> {
        let present = |folder: &str| -> Result<BTreeSet<String>, String> {
            let paths = entries(&root().join(folder))?.into_iter();
            let names = paths.filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()));
            Ok(names.collect())
        };
        let of_both = |folder: &str| -> Result<BTreeSet<String>, String> {
            Ok(&base::names(revision, folder)? | &present(folder)?)
        };
        let mut surface = Self::default();
        for page in hand_written(&of_both(FOLDER)?, &of_both(GENERATED)?) {
            let path = format!("{FOLDER}/{page}");
            let before = base::file(revision, &path)?.unwrap_or_default();
            let after = root().join(&path);
            let after = match after.is_file() {
                true => read_text(&after)?,
                false => String::new(),
            };
            surface.compare(&String::from_utf8_lossy(&before), &after);
        }
        Ok(surface)
    }

    fn compare(&mut self, before: &str, after: &str) {
        self.taken.extend(only_in_first(before, after));
        self.given.extend(only_in_first(after, before));
    }
}

/// The pages about hand-written modules.
fn hand_written<'p>(pages: &'p BTreeSet<String>, generated: &BTreeSet<String>) -> Vec<&'p str> {
    let pages = pages.iter().map(String::as_str);
    let pages = pages.filter(|page| {
        let module = page.strip_suffix(".snap");
        module.is_some_and(|module| !generated.contains(module))
    });
    pages.collect()
}

fn only_in_first(first: &str, second: &str) -> Vec<String> {
    let known: BTreeSet<&str> = second.lines().collect();
    let first = body(first).lines();
    let only = first.filter(|line| !known.contains(line) && !is_generated(line));
    only.map(str::to_owned).collect()
}

/// A snapshot without its header.
fn body(snapshot: &str) -> &str {
    let rest = snapshot.strip_prefix("---\n");
    let cut = rest.and_then(|rest| rest.split_once("---\n"));
    cut.map_or(snapshot, |(_, body)| body)
}

/// Whether the generator writes the item of a line: events, and the accessors of resources, which return a handle from a module
/// with their own name.
fn is_generated(line: &str) -> bool {
    let accessor = line
        .strip_prefix("pub fn Client::")
        .and_then(|rest| rest.split_once("(&self) -> "));
    let is_accessor = accessor.is_some_and(|(name, handle)| {
        let inside = handle.strip_prefix(name);
        inside.is_some_and(|inside| inside.starts_with("::"))
    });
    is_accessor || line.starts_with("webhook::Event::")
}

#[cfg(test)]
pub(crate) mod tests {
    use telnyx_codegen::{Input, Source};

    use super::*;

    pub(crate) const SPEC: &str = "
openapi: 3.1.0
paths:
  /notes/{id}:
    get:
      operationId: GetNote
      tags: [notes]
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { 200: { description: A note, content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } } } }
components:
  schemas:
    Note: { type: object, properties: { text: { type: string } } }
";

    fn input(text: &str) -> Input {
        Input::from(Source {
            name: "openapi.yaml".to_owned(),
            bytes: text.as_bytes().to_vec(),
        })
    }

    pub(crate) fn changes(new: &str) -> Changes {
        let report = telnyx_codegen::diff(&input(SPEC), &input(new));
        Changes {
            was: version("0.3.1"),
            report: report.unwrap_or_else(|unread| panic!("{:?}", unread.diagnostics)),
            surface: Surface::default(),
            accepted: Vec::new(),
        }
    }

    pub(crate) fn version(text: &str) -> Version {
        Version::read(text).expect("it is a version")
    }

    pub(crate) fn with_field() -> String {
        SPEC.replace(
            "text: { type: string }",
            "text: { type: string }, size: { type: integer }",
        )
    }

    pub(crate) fn with_deprecation() -> String {
        SPEC.replacen("operationId:", "deprecated: true\n      operationId:", 1)
    }

    pub(crate) fn with_break() -> String {
        SPEC.replace("text: { type: string }", "size: { type: integer }")
    }

    #[test]
    fn a_new_line_of_hand_written_code_is_something_new() {
        let mut changes = changes(SPEC);
        assert_eq!(changes.upgrade(), Upgrade::None);
        changes
            .surface
            .compare("", "pub fn Client::clone_with(&self) -> Client\n");
        assert_eq!(changes.upgrade(), Upgrade::Minor);
        assert_eq!(changes.next(), version("0.3.2"));
    }

    #[test]
    fn a_line_that_hand_written_code_loses_is_a_break() {
        let mut changes = changes(SPEC);
        changes
            .surface
            .compare("pub fn Client::clone_with(&self) -> Client\n", "");
        let due = ["surface pub fn Client::clone_with(&self) -> Client"];
        assert_eq!(changes.undeclared(), due);
        assert_eq!(changes.next(), version("0.4.0"));
    }

    #[test]
    fn every_page_counts_that_the_generator_does_not_write() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let pages = names(&["crate.snap", "messages.snap", "text.snap", "types.snap"]);
        let generated = names(&["events.rs", "messages", "mod.rs", "types"]);
        assert_eq!(
            hand_written(&pages, &generated),
            ["crate.snap", "text.snap"]
        );
    }

    #[test]
    fn the_accessor_of_each_resource_is_generated() {
        let api = read_text(&root().join(GENERATED).join("mod.rs")).expect("it can be read");
        let methods = api.matches("pub fn ").count();
        let page = read_text(&root().join(FOLDER).join("crate.snap")).expect("it can be read");
        let generated = page.lines().filter(|line| is_generated(line));
        assert_eq!(generated.count(), methods);
        assert!(methods > 1);
    }

    #[test]
    fn the_header_of_a_snapshot_is_no_line_of_the_surface() {
        let page = "---\nsource: tests/snapshot.rs\n---\npub struct text::Culprit\n";
        assert_eq!(only_in_first(page, ""), ["pub struct text::Culprit"]);
    }
}
