//! What can happen to what a list, a map or an object holds without a name of its own.

use super::change::Deployed;
use super::rules::What;
use super::seen::Seen;
use super::walk::{Member, Walk, Way};
use crate::contract::Shape;

/// The field of all properties that the document does not name.
const OTHERS: &str = "additional_properties";

impl<'c> Walk<'c> {
    /// Compares what objects hold beside their properties.
    pub(super) fn others(
        &mut self,
        way: &Way,
        (old, old_target): (Member<'c>, &'c Shape),
        (new, new_target): (Member<'c>, &'c Shape),
        seen: &mut Seen,
    ) {
        let is_read = way.direction.is_read();
        match (&old_target.others, &new_target.others) {
            (None, None) => {}
            (Some(before), Some(after)) => {
                let (before, after) = (self.old.target(before).0, self.new.target(after).0);
                let sides = ((old.called(OTHERS), before), (new.called(OTHERS), after));
                self.kinds(way, way, sides.0, sides.1, seen);
            }
            (None, Some(_)) => {
                let text = match is_read {
                    true => "The API may send other properties: a new field.",
                    false => "Requests can send other properties: a new setter.",
                };
                let member = new.called(OTHERS);
                self.note(way, What::Added, member, Deployed::Fine, text.to_owned());
            }
            (Some(_), None) => {
                let behaviour = match is_read {
                    true => "it is always empty",
                    false => "what it sets has no effect",
                };
                let text = match is_read {
                    true => "The API sends no other properties.",
                    false => {
                        "There are no other properties. The API ignores what published versions send."
                    }
                };
                self.record(
                    way,
                    What::Removed,
                    new.called(OTHERS),
                    Deployed::Fine,
                    Some(behaviour.to_owned()),
                    text.to_owned(),
                    None,
                );
            }
        }
    }

    /// Whether the items of a list, or the values of a map, may be null.
    pub(super) fn null_items(&mut self, way: &Way, new: Member<'c>, is_nullable: bool) {
        let wire = new.wire;
        let (what, deployed, text) = match (is_nullable, way.direction.is_read()) {
            (true, true) => (
                What::BecameNullable,
                Deployed::PartlyRead,
                format!(
                    "What `{wire}` holds may be null now. Published versions lose what is null."
                ),
            ),
            (true, false) => (
                What::BecameNullable,
                Deployed::Fine,
                format!("What `{wire}` holds may be null now. The crate never sends null there."),
            ),
            (false, _) => (
                What::NoLongerNullable,
                Deployed::Fine,
                format!("What `{wire}` holds is no longer null."),
            ),
        };
        self.note(way, what, new, deployed, text);
    }

    /// Whether one item may come without its list.
    pub(super) fn one_or_list(&mut self, way: &Way, new: Member<'c>, is_alone: bool) {
        let wire = new.wire;
        let text = match is_alone {
            true => format!(
                "One item of `{wire}` may come without a list. Published versions read it, unless they decode strictly."
            ),
            false => format!("One item of `{wire}` always comes in a list."),
        };
        self.note(way, What::TypeChanged, new, Deployed::Fine, text);
    }
}
