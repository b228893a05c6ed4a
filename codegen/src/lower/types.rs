//! What schemas are in Rust. A type is made where it is first reached.
//!
//! Schemas hold schemas, so this stage calls itself: `Types::of` makes an object or a union, which asks `Types::of` for what
//! it holds. It is the one circle of the generator.

mod accessors;
mod builders;
mod difference;
mod discriminators;
mod enums;
mod integers;
mod objects;
mod reach;
mod registry;
mod schemas;
mod undescribed;
mod unions;

pub(super) use enums::OTHER;
pub(super) use integers::{range as range_of, type_of as integer_of};
pub(super) use objects::check_required;
pub(super) use registry::{Typed, Types};
pub(super) use undescribed::note as note_undescribed;
