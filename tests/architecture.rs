//! Checks the invariants of `.github/ARCHITECTURE.md`.
//!
//! The checks read the sources without tests, without comments, and without quoted code for the generated crate.

mod code;
mod doors;
mod files;
mod generator;
mod order;
mod runtime;
