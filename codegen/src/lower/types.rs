//! What schemas are in Rust. Types are made where they are first reached; recursion of schemas is recursion here, between
//! `schemas`, `objects` and `unions`.

mod discriminators;
mod enums;
mod objects;
mod reach;
mod registry;
mod samples;
mod schemas;
mod unions;

pub(super) use enums::OTHER;
pub(super) use objects::check_required;
pub(super) use registry::{Typed, Types};
pub(super) use samples::check_sample;
