//! The tests that need the generator but not the generated crate. They are a separate binary, so that a change to the generator
//! compiles little. `cargo xtask mutants` runs them for each broken rule of the generator.

mod committed;
mod diff;
mod emit;
mod fixtures;
mod reject;
mod schema;
mod second_opinion;
mod snapshot;
