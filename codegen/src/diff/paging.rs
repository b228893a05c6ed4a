//! Lists whose pages can no longer be requested by number.

use super::operations::Side;
use super::rules::{Direction, Rule, What};
use super::shapes::is_key;
use super::verdict::Deployed;
use super::walk::Walk;
use crate::contract::{Envelope, Exchange, Travels};
use crate::model::PAGE_NUMBER;

impl<'c> Walk<'c> {
    /// Corrects what is said of the number of a page that is gone or has another name. Published versions request each page after
    /// the first by this number.
    pub(super) fn page_number(
        &mut self,
        ((before, before_in), (after, after_in)): (Side<'c>, Side<'c>),
    ) {
        let mut inputs = after_in.operation.inputs.iter();
        let is_number_left = has_number(after) || inputs.any(|input| is_key(input, PAGE_NUMBER));
        if before.answered.envelope != Envelope::Page || !has_number(before) || is_number_left {
            return;
        }
        let is_number = |rule| {
            matches!(
                rule,
                Rule::Of(
                    Direction::Request,
                    What::Removed | What::Renamed | What::Moved
                )
            )
        };
        for change in &mut self.changes.0 {
            let is_here = change.owner == before_in.request && change.member == PAGE_NUMBER;
            if is_here && is_number(change.rule) && change.deployed == Deployed::Fine {
                change.deployed = Deployed::Broken;
                change.behaviour = None;
                change.repair = None;
                change.said.cost =
                    "Published versions ask for the next page, get the first page again, and return an error.".to_owned();
            }
        }
    }
}

fn has_number(exchange: &Exchange) -> bool {
    let mut inputs = exchange.inputs.iter();
    inputs.any(|input| input.travels == Travels::Query && input.wire == PAGE_NUMBER)
}
