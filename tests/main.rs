//! The promises of the crate, and the snapshots that a reviewer reads. `generator.rs` contains the tests that need only the
//! generator.

mod architecture;
mod blocking;
mod channels;
mod committed;
mod covers;
mod decode;
mod error_codes;
mod examples;
mod exchange;
mod faults;
mod fresh;
mod models;
mod observed;
mod pages;
mod programs;
mod round_trip;
mod rules;
mod safety;
mod sample;
mod snapshot;
mod sources;
mod spec;
mod surface;
mod webhooks;
mod wire;
