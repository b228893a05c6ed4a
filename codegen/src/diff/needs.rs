//! What a request needs besides the caller's values: a body, and cookies.

use super::change::Spot;
use super::fit;
use super::operations::Side;
use super::rules::{Direction, Rule, What};
use super::verdict::Deployed;
use super::walk::Walk;
use crate::contract::{Exchange, Sent, Travels};

impl<'c> Walk<'c> {
    pub(super) fn needs(&mut self, sides: (Side<'c>, Side<'c>)) {
        self.needed_body(sides);
        self.closed_body(sides);
        self.body_limits(sides);
        self.cookies(sides);
    }

    /// Whether the API rejects a request without a body. A body that the caller passes as one argument is compared as a value.
    fn needed_body(&mut self, ((before, before_in), (after, _)): (Side<'c>, Side<'c>)) {
        let is_whole = |exchange: &Exchange| exchange.inputs.iter().any(is_whole);
        let has_body = |exchange: &Exchange| !exchange.contents.is_empty();
        if before.needs_body == after.needs_body || is_whole(before) || is_whole(after) {
            return;
        }
        let is_sent =
            has_body(before) && (!may_be_bodiless(before) || before.inputs.iter().any(is_needed));
        let (rule, deployed, said) = match (after.needs_body, is_sent) {
            (true, true) => (
                Rule::BodyBecameRequired,
                Deployed::Fine,
                ("The API requires a body now.", "The crate always sends it."),
            ),
            (true, false) => (
                Rule::BodyBecameRequired,
                Deployed::Broken,
                (
                    "The API requires a body now.",
                    "It rejects the calls of published versions that have none.",
                ),
            ),
            (false, _) => (
                Rule::BodyBecameOptional,
                Deployed::Fine,
                ("The API no longer requires a body.", ""),
            ),
        };
        let spot = Spot::New(after.place);
        let mut change = self.change(rule, before_in, spot, said);
        change.deployed = deployed;
        self.changes.add(change);
    }

    /// Whether the API rejects a body with additional properties.
    fn closed_body(&mut self, ((before, before_in), (after, _)): (Side<'c>, Side<'c>)) {
        let is_given = |exchange: &Exchange| exchange.inputs.iter().any(is_of_body);
        if before.is_body_closed == after.is_body_closed || !is_given(before) || !is_given(after) {
            return;
        }
        let (what, said) = match after.is_body_closed {
            true => (
                What::LimitTightened,
                (
                    "The body may have no other properties now.",
                    "Published versions send none.",
                ),
            ),
            false => (
                What::LimitLoosened,
                ("The body may have other properties now.", ""),
            ),
        };
        let rule = Rule::Of(Direction::Request, what);
        let change = self.change(rule, before_in, Spot::New(after.place), said);
        self.changes.add(change);
    }

    /// The limits on a body as a whole. A body that the caller passes as one argument is compared as a value.
    fn body_limits(&mut self, ((before, before_in), (after, _)): (Side<'c>, Side<'c>)) {
        let has_body = |exchange: &Exchange| !exchange.contents.is_empty();
        let is_whole = |exchange: &Exchange| exchange.inputs.iter().any(is_whole);
        if is_whole(before) && is_whole(after) || !has_body(before) || !has_body(after) {
            return;
        }
        let moved = fit::moved(&before.body_limits, &after.body_limits);
        let spot = Spot::New(after.place);
        if !moved.tighter.is_empty() {
            let limits = moved.tighter.join(", ");
            let happened = format!("The API limits the body to {limits} now.");
            let said = (
                happened,
                "It rejects other calls. The crate does not check this.",
            );
            let rule = Rule::Of(Direction::Request, What::LimitTightened);
            let mut change = self.change(rule, before_in, spot, said);
            change.deployed = Deployed::Broken;
            self.changes.add(change);
        }
        if !moved.looser.is_empty() {
            let limits = moved.looser.join(", ");
            let text = format!("The body now allows more: {limits}.");
            let rule = Rule::Of(Direction::Request, What::LimitLoosened);
            let change = self.change(rule, before_in, spot, text);
            self.changes.add(change);
        }
    }

    fn cookies(&mut self, ((before, before_in), (after, _)): (Side<'c>, Side<'c>)) {
        let lacks = |exchange: &Exchange, name: &str| {
            exchange.cookies.iter().all(|(known, _)| known != name)
        };
        for (name, place) in &after.cookies {
            if lacks(before, name) {
                let text =
                    format!("The API requires the cookie `{name}`, which the crate does not send.");
                let mut change = self.change(Rule::CookieAdded, before_in, Spot::New(*place), text);
                change.deployed = Deployed::Broken;
                self.changes.add(change);
            }
        }
        for (name, _) in &before.cookies {
            if lacks(after, name) {
                let text = format!("The API no longer requires the cookie `{name}`.");
                let spot = Spot::New(after.place);
                let change = self.change(Rule::CookieRemoved, before_in, spot, text);
                self.changes.add(change);
            }
        }
    }
}

/// Whether the crate sends no body if the body has no values.
fn may_be_bodiless(exchange: &Exchange) -> bool {
    ["GET", "HEAD", "DELETE"].contains(&exchange.verb)
}

fn is_whole(sent: &Sent) -> bool {
    sent.travels == Travels::WholeBody
}

fn is_of_body(sent: &Sent) -> bool {
    sent.travels == Travels::Body
}

fn is_needed(sent: &Sent) -> bool {
    is_of_body(sent) && sent.required
}
