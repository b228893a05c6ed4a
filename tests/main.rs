//! Promises of the generator and of the crate it writes, and the snapshots a reviewer reads.

mod architecture;
mod blocking;
mod channels;
mod covers;
mod decode;
mod emit;
mod examples;
mod exchange;
mod faults;
mod fixtures;
mod fresh;
mod models;
mod programs;
mod reject;
mod round_trip;
mod rules;
mod safety;
mod sample;
mod schema;
mod second_opinion;
mod snapshot;
mod sources;
mod spec;
mod surface;
mod webhooks;
mod wire;
