//! Who may know whom, as `.github/ARCHITECTURE.md` has it.
//!
//! Read from the sources without tests, comments and what is only quoted for the generated crate.

mod code;
mod doors;
mod files;
mod generator;
mod order;
mod runtime;
