//! Operations that have another method or path.

use std::collections::BTreeMap;

use super::change::Spot;
use super::index::Placed;
use super::rules::Rule;
use super::verdict::Deployed;
use super::walk::Walk;
use crate::contract::{Exchange, Travels};
use crate::openapi::template;

impl Walk<'_> {
    /// Records another method or path, and what happens to the calls of published versions.
    pub(super) fn route(
        &mut self,
        (before, before_in): (&Exchange, &Placed<'_>),
        (after, after_in): (&Exchange, &Placed<'_>),
    ) {
        let (was_at, is_at) = (&before_in.operation.path, &after_in.operation.path);
        let is_moved = before.verb != after.verb || template(was_at) != template(is_at);
        let said = if is_moved {
            let (was, is) = (before.verb, after.verb);
            let cost = self.reached(before);
            (format!("`{was} {was_at}` is now at `{is} {is_at}`."), cost)
        } else if change_places(before, after) {
            (
                format!("The variables of `{was_at}` have changed places: `{is_at}`."),
                "Published versions send each in the place of another.".to_owned(),
            )
        } else {
            return;
        };
        let spot = Spot::New(after.place);
        let mut change = self.change(Rule::OperationMoved, before_in, spot, said);
        change.deployed = Deployed::Broken;
        self.changes.add(change);
    }

    /// Where the calls of published versions go, if the operation has another method or path.
    pub(super) fn reached(&self, before: &Exchange) -> String {
        let mut others = self.new.operations.iter();
        let other = others.find(|other| {
            other.verb == before.verb && template(&other.path) == template(&before.path)
        });
        match other {
            Some(other) => format!("Calls of published versions reach `{}` instead.", other.id),
            None => "The API rejects the calls of published versions.".to_owned(),
        }
    }
}

/// Whether the variables of the path have the same names in another order.
fn change_places(old: &Exchange, new: &Exchange) -> bool {
    let names = |exchange: &Exchange| -> BTreeMap<String, String> {
        let inputs = exchange.inputs.iter();
        let variables = inputs.filter(|input| input.travels == Travels::Path);
        variables
            .map(|input| (input.wire.clone(), input.identity.clone()))
            .collect()
    };
    let (old, new) = (names(old), names(new));
    old != new && old.keys().eq(new.keys())
}
