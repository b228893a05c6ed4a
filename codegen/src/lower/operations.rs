//! Operations in the tree of resources, and webhook events.

pub(super) mod answers;
mod dispatch;
mod docs;
mod examples;
mod inputs;
mod methods;
mod placement;
mod requests;
mod resources;
mod webhooks;

pub(super) use resources::requests;
pub(super) use webhooks::lower as events;

use super::types::Types;
use crate::model::Resource;

/// Adds every operation of the document to the tree of resources.
pub(super) fn lower(types: &mut Types<'_>) -> Vec<Resource> {
    let operations = &types.resolved.operations;
    let placements = placement::of_all(operations, types);
    let mut taken = requests::Taken::of(types.config);
    let placed = operations
        .iter()
        .zip(placements)
        .map(|(operation, placement)| methods::lower(operation, placement, &mut taken, types))
        .collect();
    resources::lower(placed, types)
}
