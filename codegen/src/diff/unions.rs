//! Changes of a union: how the crate distinguishes its branches, and which branches there are.

use super::reading::{self, Reading};
use super::rules::What;
use super::seen::Seen;
use super::shapes::names;
use super::verdict::Deployed;
use super::walk::{Member, Pair, Sides, Walk, Way};
use super::{accepting, fit};
use crate::contract::{Kind, Shape};

/// A value of the tag, and the branch with this value.
type Branch<'c> = (&'c str, &'c Shape);

/// The branches of a union by the values of its tag.
fn branches(branches: &[(String, Shape)]) -> Vec<Branch<'_>> {
    branches
        .iter()
        .map(|(value, branch)| (value.as_str(), branch))
        .collect()
}

/// A union in the contract: its tag, and its branches by the values of the tag.
type Union<'c> = (&'c str, &'c [(String, Shape)]);

impl<'c> Walk<'c> {
    /// Compares two unions; `inner` is the path to their branches.
    pub(super) fn unions(
        &mut self,
        way: &Way,
        inner: &Way,
        ((old, old_target), (new, new_target)): Sides<'c>,
        ((old_tag, before), (new_tag, after)): (Union<'c>, Union<'c>),
        seen: &mut Seen,
    ) {
        let (names, open) = (names(way, inner, (old, new)), way);
        let sides = (old_target, new_target);
        let Some(visited) = seen.enter(sides, names, way, &mut self.carried) else {
            return;
        };
        // Without the tag that the decoder knows, it keeps the JSON.
        let is_told = |branch| self.new.property(branch, old_tag).is_some();
        let is_unrecognized = !after.iter().any(|(_, branch)| is_told(branch));
        let [way, inner] = [way, inner].map(|way| Way {
            is_shielded: way.is_shielded || is_unrecognized,
            ..way.below(visited)
        });
        let (way, inner) = (&way, &inner);
        // The old tag may still be present beside the new one.
        let retold = self.retold(old_tag, after).filter(|_| old_tag != new_tag);
        self.tag(
            way,
            (old_tag, old_target),
            (new_tag, new_target),
            (old, new),
            retold.is_some(),
        );
        let after = retold.unwrap_or_else(|| branches(after));
        self.branches(
            way,
            inner,
            (old, new),
            (old_target, &branches(before)),
            (new_target, &after),
            seen,
        );
        seen.leave((old_target, new_target), open);
    }

    /// Compares the properties that distinguish the branches.
    fn tag(
        &mut self,
        way: &Way,
        (old_tag, old_target): (&str, &'c Shape),
        (new_tag, new_target): (&str, &'c Shape),
        (_, new): Pair<'c>,
        is_retold: bool,
    ) {
        if old_tag == new_tag {
            return;
        }
        let before = fit::described(self.old, old_target);
        let after = fit::described(self.new, new_target);
        let sides = ((self.old, old_target), (self.new, new_target));
        let is_kept = is_retold
            && match way.direction.is_read() {
                true => reading::of(sides.0, sides.1) == Reading::Wholly,
                false => accepting::accepts(sides.0, sides.1, way.travels, self.denied),
            };
        let (deployed, cost) = match way.direction.is_read() {
            true if is_kept => (Deployed::Fine, "Published versions read it"),
            false if is_kept => (
                Deployed::Fine,
                "The API accepts what published versions send",
            ),
            true => (
                Deployed::PartlyRead,
                "Published versions read it as `Unrecognized`",
            ),
            false => (
                Deployed::Broken,
                "The API rejects what published versions send",
            ),
        };
        let text = format!("`{}` was {before} and is now {after}. {cost}.", new.wire);
        self.note(way, What::TypeChanged, new, deployed, text);
    }

    /// The branches by the values of another tag, if each branch has an enum of such values.
    fn retold(&self, tag: &str, branches: &'c [(String, Shape)]) -> Option<Vec<Branch<'c>>> {
        let mut retold: Vec<Branch<'c>> = Vec::new();
        for (_, branch) in branches {
            let told = self.new.property(branch, tag)?;
            let Kind::Enum(values) = &self.new.target(&told.shape).0.kind else {
                return None;
            };
            for (value, _) in values {
                if retold.iter().all(|(known, _)| known != value) {
                    retold.push((value, branch));
                }
            }
        }
        Some(retold)
    }

    /// Compares the branches by the values of their tag.
    fn branches(
        &mut self,
        way: &Way,
        inner: &Way,
        (old, new): Pair<'c>,
        (old_target, before): (&'c Shape, &[Branch<'c>]),
        (new_target, after): (&'c Shape, &[Branch<'c>]),
        seen: &mut Seen,
    ) {
        let owner = |shape: &Shape| shape.rust.as_ref().map(|name| format!("types::{name}"));
        let owner = owner(old_target).or_else(|| owner(new_target));
        let way = &Way {
            owner: owner.clone().unwrap_or_else(|| way.owner.clone()),
            owner_after: owner.unwrap_or_else(|| way.owner.clone()),
            ..way.clone()
        };
        for &(value, branch) in before {
            let same = after.iter().find(|(known, _)| *known == value);
            let Some((_, same)) = same else {
                let member = Member {
                    wire: value,
                    shape: branch,
                    place: new.place,
                    ..old
                };
                self.branch_removed(way, member);
                continue;
            };
            let (branch, same) = (self.old.target(branch).0, self.new.target(same).0);
            self.kinds(way, inner, (old, branch), (new, same), seen);
        }
        for &(value, branch) in after {
            if before.iter().all(|(known, _)| *known != value) {
                let member = Member {
                    wire: value,
                    shape: branch,
                    place: branch.place,
                    ..new
                };
                self.branch_added(way, member);
            }
        }
    }

    /// Records that no branch has a value of the tag any more.
    fn branch_removed(&mut self, way: &Way, member: Member<'c>) {
        let value = member.wire;
        let is_read = way.direction.is_read();
        let (deployed, text) = match is_read {
            true => (
                Deployed::Fine,
                format!("The API no longer sends the kind `{value}`."),
            ),
            false => (
                Deployed::Broken,
                format!("The API rejects the kind `{value}` now."),
            ),
        };
        let behaviour = is_read.then(|| "no value has this kind any more".to_owned());
        self.record(
            way,
            What::KindRemoved,
            member,
            deployed,
            behaviour,
            text,
            None,
        );
    }

    /// Records a branch for a new value of the tag.
    fn branch_added(&mut self, way: &Way, member: Member<'c>) {
        let value = member.wire;
        let is_read = way.direction.is_read();
        let (deployed, text) = match is_read {
            true => (
                Deployed::PartlyRead,
                format!(
                    "The API sends the new kind `{value}`. Published versions read it as `Unrecognized`."
                ),
            ),
            false => (
                Deployed::Fine,
                format!("Requests can send the new kind `{value}`."),
            ),
        };
        let behaviour = is_read.then(|| {
            "`Unrecognized` no longer matches it, because it now has a variant".to_owned()
        });
        self.record(
            way,
            What::KindAdded,
            member,
            deployed,
            behaviour,
            text,
            None,
        );
    }
}
