//! Promises of the generator and of the crate it writes, and the snapshots a reviewer reads.

mod architecture;
mod decode;
mod examples;
mod fresh;
mod round_trip;
mod spec;
mod surface;
mod webhooks;
mod wire;
