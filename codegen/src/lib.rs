//! Reads an OpenAPI document and writes the Rust of a client crate.

mod diagnostic;
mod tree;
