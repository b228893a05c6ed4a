//! The tests that need the generator and not its crate. They are a binary of their own, so that a change of the generator
//! compiles little: `cargo xtask mutants` runs them for each broken rule of the generator.

mod committed;
mod diff;
mod emit;
mod fixtures;
mod reject;
mod schema;
mod second_opinion;
mod snapshot;
