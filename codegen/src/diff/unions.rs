//! Changes of a union: how the crate distinguishes its branches, and which branches there are.

use super::reading::{self, Reading};
use super::rules::What;
use super::seen::Seen;
use super::verdict::Deployed;
use super::walk::{Member, Pair, Walk, Way};
use super::{accepting, fit};
use crate::contract::{Kind, Shape};

/// A value of the tag, and the branch with this value.
pub(super) type Branch<'c> = (&'c str, &'c Shape);

/// The branches of a union by the values of its tag.
pub(super) fn branches(branches: &[(String, Shape)]) -> Vec<Branch<'_>> {
    branches
        .iter()
        .map(|(value, branch)| (value.as_str(), branch))
        .collect()
}

impl<'c> Walk<'c> {
    /// Compares the properties that distinguish the branches.
    pub(super) fn tag(
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
    pub(super) fn retold(
        &self,
        tag: &str,
        branches: &'c [(String, Shape)],
    ) -> Option<Vec<Branch<'c>>> {
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
    pub(super) fn branches(
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
        let is_read = way.direction.is_read();
        for &(value, branch) in before {
            let Some((_, same)) = after.iter().find(|(known, _)| *known == value) else {
                let text = match is_read {
                    true => format!("The API no longer sends the kind `{value}`."),
                    false => {
                        format!("The API rejects the kind `{value}` now.")
                    }
                };
                let deployed = if is_read {
                    Deployed::Fine
                } else {
                    Deployed::Broken
                };
                let behaviour = is_read.then(|| "no value has this kind any more".to_owned());
                let member = Member {
                    wire: value,
                    shape: branch,
                    place: new.place,
                    ..old
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
                continue;
            };
            let (branch, same) = (self.old.target(branch).0, self.new.target(same).0);
            self.kinds(way, inner, (old, branch), (new, same), seen);
        }
        for &(value, branch) in after {
            if before.iter().any(|(known, _)| *known == value) {
                continue;
            }
            let deployed = if is_read {
                Deployed::PartlyRead
            } else {
                Deployed::Fine
            };
            let behaviour = is_read.then(|| {
                "`Unrecognized` no longer matches it, because it now has a variant".to_owned()
            });
            let text = match is_read {
                true => {
                    format!(
                        "The API sends the new kind `{value}`. Published versions read it as `Unrecognized`."
                    )
                }
                false => format!("Requests can send the new kind `{value}`."),
            };
            let member = Member {
                wire: value,
                shape: branch,
                place: branch.place,
                ..new
            };
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
}
