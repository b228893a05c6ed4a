//! Changes of an object's additional properties.

use super::reading::{self, Reading};
use super::rules::What;
use super::seen::Seen;
use super::verdict::Deployed;
use super::walk::{Member, Walk, Way};
use super::{accepting, fit};
use crate::contract::{Kind, Shape};

/// The field for all properties that the document does not name.
const OTHERS: &str = "additional_properties";

impl<'c> Walk<'c> {
    /// Compares the additional properties of objects.
    pub(super) fn others(
        &mut self,
        way: &Way,
        (old, old_target): (Member<'c>, &'c Shape),
        (new, new_target): (Member<'c>, &'c Shape),
        seen: &mut Seen,
    ) {
        let is_read = way.direction.is_read();
        if let (Some(others), true) = (&old_target.others, is_read) {
            self.unlike_others(way, others, (old_target, new_target));
        } else if let Some(others) = &old_target.others {
            self.refused_others(way, others, (old_target, new_target));
        }
        match (&old_target.others, &new_target.others) {
            (None, None) => {}
            (Some(before), Some(after)) => {
                let sides = (
                    (old.called(OTHERS), before.as_ref()),
                    (new.called(OTHERS), after.as_ref()),
                );
                self.part(way, way, "value", sides.0, sides.1, seen);
            }
            (None, Some(_)) => {
                let text = match is_read {
                    true => "The API may send other properties: a new field.",
                    false => "Requests can send other properties: a new setter.",
                };
                let member = new.called(OTHERS);
                self.note(way, What::Added, member, Deployed::Fine, text);
            }
            (Some(_), None) if !is_read && new_target.is_closed => {
                let said = (
                    "There are no other properties.",
                    "The API rejects calls of published versions that send any.",
                );
                let member = new.called(OTHERS);
                self.note(way, What::Removed, member, Deployed::Broken, said);
            }
            (Some(_), None) => {
                let behaviour = match is_read {
                    true => "it is always empty",
                    false => "what it sets has no effect",
                };
                let said = match is_read {
                    true => ("The API sends no other properties.", ""),
                    false => (
                        "There are no other properties.",
                        "The API ignores what published versions send.",
                    ),
                };
                self.record(
                    way,
                    What::Removed,
                    new.called(OTHERS),
                    Deployed::Fine,
                    Some(behaviour.to_owned()),
                    said,
                    None,
                );
            }
        }
    }

    /// Finds new properties that published versions read as additional properties, and cannot decode.
    fn unlike_others(&mut self, way: &Way, others: &'c Shape, (old, new): (&'c Shape, &'c Shape)) {
        let Kind::Object(properties) = &new.kind else {
            return;
        };
        for property in properties {
            let is_known = self.old.property(old, &property.name).is_some();
            let reading = reading::of((self.old, others), (self.new, &property.shape));
            if is_known || reading == Reading::Wholly || self.new.is_hidden(&property.shape, true) {
                continue;
            }
            let words = fit::described(self.old, others);
            let text = format!(
                "Published versions read `{}` as one of the other properties, each {words}, and cannot read it.",
                property.name
            );
            let deployed = match reading {
                Reading::Partly => Deployed::PartlyRead,
                _ => self.loss(way),
            };
            self.note(
                &way.of_new(),
                What::Added,
                Member::of(property),
                deployed,
                text,
            );
        }
    }

    /// Finds new properties that published versions can send as additional properties, and that the API then rejects.
    fn refused_others(&mut self, way: &Way, others: &'c Shape, (old, new): (&'c Shape, &'c Shape)) {
        let Kind::Object(properties) = &new.kind else {
            return;
        };
        for property in properties {
            let sides = ((self.old, others), (self.new, &property.shape));
            let is_known = self.old.property(old, &property.name).is_some();
            if is_known
                || self.new.is_hidden(&property.shape, false)
                || accepting::accepts(sides.0, sides.1, way.travels, self.denied)
            {
                continue;
            }
            let words = fit::described(self.old, others);
            let text = format!(
                "Published versions can send `{}` as one of the other properties, each {words}, and the API rejects that now.",
                property.name
            );
            let member = Member::of(property);
            self.note(&way.of_new(), What::Added, member, Deployed::Broken, text);
        }
    }

    /// What happens to a property that is now one of the additional properties.
    pub(super) fn among_others(
        &self,
        way: &Way,
        member: Member<'c>,
        others: &'c Shape,
    ) -> (Deployed, String) {
        let sides = ((self.old, member.shape), (self.new, others));
        let words = fit::described(self.new, others);
        if !way.direction.is_read() {
            return match accepting::accepts(sides.0, sides.1, way.travels, self.denied) {
                true => (
                    Deployed::Fine,
                    "The API takes it as one of the other properties.".to_owned(),
                ),
                false => (
                    Deployed::Broken,
                    format!(
                        "Each other property is {words}, so the API rejects what published versions send."
                    ),
                ),
            };
        }
        let deployed = match reading::of(sides.0, sides.1) {
            Reading::Wholly => Deployed::Fine,
            Reading::Partly | Reading::Lost => Deployed::PartlyRead,
            Reading::Stuck => Deployed::Broken,
        };
        let cost = match deployed {
            Deployed::Fine => {
                "Published versions read it, if the API sends it as one of the other properties."
                    .to_owned()
            }
            _ => format!(
                "Each other property is {words}, and published versions cannot read one of this name."
            ),
        };
        (deployed, cost)
    }
}
