//! The Rust types of schemas. A type is created when it is first used.
//!
//! Schemas contain schemas, so this stage is recursive: `Types::of` creates an object or a union, which calls `Types::of` for its
//! parts. Only here and in the merging of schemas do modules of the generator call each other recursively.

mod accessors;
mod builders;
mod difference;
mod discriminators;
mod enums;
mod objects;
mod reach;
mod registry;
mod schemas;
mod shared;
mod undescribed;
mod unions;
mod wording;

pub(super) use enums::OTHER;
pub(super) use objects::check_required;
pub(super) use registry::{Told, Typed, Types};
pub(super) use undescribed::note as note_undescribed;
