//! Operations and webhooks that have another path, name or method.

use telnyx_codegen::{Entry, Node};

use super::Documents;
use super::merge::Merge;
use super::operation::{Operation, operations, operations_of};
use super::slice::Renamed;
use super::tree::{at, entries};

/// Paths or webhooks of the spec, each with its new name. All operations of a path move together.
pub(super) struct Moves<'n>(Vec<(&'n Entry, &'n str)>);

impl<'n> Moves<'n> {
    /// The moves that can be written in the text of the spec.
    pub(super) fn of(
        merge: &mut Merge<'_>,
        section: &str,
        (base, upstream, ours): Documents<'n>,
    ) -> Self {
        let [old, new, known] = [base, upstream, ours].map(|root| operations(root, section));
        let target = |operation: Operation<'n>| {
            let before = operation.find_in(&known, &old)?;
            let after = before.find_in(&old, &new)?;
            (before.path == operation.path).then_some(after.path)
        };
        let mut moves = Vec::new();
        for item in ours.get(section).map(entries).unwrap_or_default() {
            let mut targets = operations_of(item).into_iter().map(target);
            let Some(Some(first)) = targets.next() else {
                continue;
            };
            if first != item.key && targets.all(|target| target == Some(first)) {
                let mark = merge.spec.mark();
                if merge.spec.rename_key(item, first) {
                    moves.push((item, first));
                }
                merge.spec.back_to(mark);
            }
        }
        // A move needs a free path: one that the spec does not have, or whose operations move away too.
        let is_free = |moves: &[(&Entry, &str)], path: &str| {
            let others = moves.iter().filter(|(_, to)| *to == path);
            let leaves = moves.iter().any(|(item, _)| item.key == path);
            others.count() == 1 && (leaves || at(ours, &[section, path]).is_none())
        };
        loop {
            let free = moves.iter().copied();
            let free: Vec<_> = free.filter(|(_, to)| is_free(&moves, to)).collect();
            if free.len() == moves.len() {
                return Self(moves);
            }
            moves = free;
        }
    }

    /// Writes the new names, and returns them.
    pub(super) fn carry(&self, merge: &mut Merge<'_>, section: &str) -> Vec<Renamed> {
        let mut renamed = Vec::new();
        for (item, to) in &self.0 {
            merge.spec.rename_key(item, to);
            renamed.push((section.to_owned(), item.key.clone(), (*to).to_owned()));
        }
        renamed
    }

    /// The new name of a path.
    fn to(&self, path: &str) -> Option<&'n str> {
        let found = self.0.iter().find(|(item, _)| item.key == path);
        found.map(|(_, to)| *to)
    }

    /// The path item of the spec that will be at `path`.
    pub(super) fn item(&self, path: &str, item: Option<&'n Node>) -> Option<&'n Node> {
        let found = self.0.iter().find(|(_, to)| *to == path);
        match found {
            Some((item, _)) => Some(&item.node),
            None => item.filter(|_| self.to(path).is_none()),
        }
    }

    /// Reports the new path and method of an operation.
    pub(super) fn report(
        &self,
        merge: &mut Merge<'_>,
        before: &Operation<'_>,
        after: &Operation<'_>,
        here: &Operation<'_>,
    ) {
        let id = here.id();
        let steps = [
            (before.method, after.method, here.method),
            (before.path, after.path, here.path),
        ];
        for (before, after, own) in steps {
            if before == after || own == after {
                continue;
            }
            let line = format!("~ {id}: {own} → {after}");
            let report = &mut merge.report;
            if own != before {
                let place = merge.spec.place(here.entry.key_place);
                report.conflicts.push(format!(
                    "{id}  {place}\n    last import: {before}\n    published:   {after}\n    here:        {own}"
                ));
            } else if self.to(own) == Some(after) {
                report.done.push(line);
            } else {
                report.by_hand.push(line);
            }
        }
    }
}
