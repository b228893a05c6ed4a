//! Changes of a union: how the crate distinguishes its branches, and which branches there are.

use super::reading::{self, Reading};
use super::rules::What;
use super::seen::Seen;
use super::verdict::Deployed;
use super::walk::{Member, Pair, Walk, Way};
use super::{accepting, fit};
use crate::contract::{Kind, Shape};

/// The new meaning of code that looks into `Unrecognized`.
pub(super) const NO_LONGER_UNKNOWN: &str =
    "`Unrecognized` no longer matches it, because it now has a variant";

/// A value of the tag, and the branch with this value.
type Branch<'c> = (&'c str, &'c Shape);

/// A union, and its branches.
type Branches<'c> = (&'c Shape, Vec<Branch<'c>>);

/// The branches of a union by the values of its tag.
fn branches(branches: &[(String, Shape)]) -> Vec<Branch<'_>> {
    branches
        .iter()
        .map(|(value, branch)| (value.as_str(), branch))
        .collect()
}

impl<'c> Walk<'c> {
    /// Compares two unions: the properties that distinguish their branches, and the branches.
    pub(super) fn unions(
        &mut self,
        (way, inner): (&Way, &Way),
        pair: Pair<'c>,
        (old, new): (&'c Shape, &'c Shape),
        seen: &mut Seen,
    ) {
        let (Kind::Union(old_tag, before), Kind::Union(new_tag, after)) = (&old.kind, &new.kind)
        else {
            return;
        };
        // Without the tag that the decoder knows, it keeps the JSON.
        let is_told = |branch| self.new.property(branch, old_tag).is_some();
        let is_unrecognized = !after.iter().any(|(_, branch)| is_told(branch));
        let [way, inner] = [way, inner].map(|way| Way {
            is_shielded: way.is_shielded || is_unrecognized,
            ..way.clone()
        });
        // The old tag may still be present beside the new one.
        let retold = self.retold(old_tag, after).filter(|_| old_tag != new_tag);
        let tags = ((old_tag.as_str(), old), (new_tag.as_str(), new));
        self.tag(&way, tags.0, tags.1, pair, retold.is_some());
        let after = retold.unwrap_or_else(|| branches(after));
        let sides = ((old, branches(before)), (new, after));
        self.branches(&way, &inner, pair, sides, seen);
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
            true if is_kept => (Deployed::Fine, "Published versions read it."),
            false if is_kept => (
                Deployed::Fine,
                "The API accepts what published versions send.",
            ),
            true => (
                Deployed::PartlyRead,
                "Published versions read it as `Unrecognized`.",
            ),
            false => (
                Deployed::Broken,
                "The API rejects what published versions send.",
            ),
        };
        let happened = format!("`{}` was {before} and is now {after}.", new.wire);
        self.note(way, What::TypeChanged, new, deployed, (happened, cost));
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
        ((old_target, before), (new_target, after)): (Branches<'c>, Branches<'c>),
        seen: &mut Seen,
    ) {
        let owner = |shape: &Shape| shape.rust.as_ref().map(|name| format!("types::{name}"));
        let owner = owner(old_target).or_else(|| owner(new_target));
        let way = &Way {
            owner: owner.clone().unwrap_or_else(|| way.owner.clone()),
            owner_after: owner.unwrap_or_else(|| way.owner.clone()),
            ..way.clone()
        };
        for &(value, branch) in &before {
            match after.iter().find(|(known, _)| *known == value) {
                Some((_, same)) => {
                    let (branch, same) = (self.old.target(branch).0, self.new.target(same).0);
                    self.kinds(way, inner, (old, branch), (new, same), seen);
                }
                None => {
                    let member = Member {
                        wire: value,
                        shape: branch,
                        place: new.place,
                        ..old
                    };
                    self.kind_removed(way, member);
                }
            }
        }
        for (value, branch) in after {
            if before.iter().all(|(known, _)| *known != value) {
                let member = Member {
                    wire: value,
                    shape: branch,
                    place: branch.place,
                    ..new
                };
                self.kind_added(way, member);
            }
        }
    }

    fn kind_removed(&mut self, way: &Way, member: Member<'c>) {
        let kind = member.wire;
        let (deployed, behaviour, text) = match way.direction.is_read() {
            true => (
                Deployed::Fine,
                Some("no value has this kind any more".to_owned()),
                format!("The API no longer sends the kind `{kind}`."),
            ),
            false => (
                Deployed::Broken,
                None,
                format!("The API rejects the kind `{kind}` now."),
            ),
        };
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

    fn kind_added(&mut self, way: &Way, member: Member<'c>) {
        let kind = member.wire;
        let (deployed, behaviour, said) = match way.direction.is_read() {
            true => (
                Deployed::PartlyRead,
                Some(NO_LONGER_UNKNOWN.to_owned()),
                (
                    format!("The API sends the new kind `{kind}`."),
                    "Published versions read it as `Unrecognized`.",
                ),
            ),
            false => (
                Deployed::Fine,
                None,
                (format!("Requests can send the new kind `{kind}`."), ""),
            ),
        };
        self.record(
            way,
            What::KindAdded,
            member,
            deployed,
            behaviour,
            said,
            None,
        );
    }
}
