//! Bodies that differ from the documentation: nothing panics and nothing is lost.
//!
//! The tests change each field of each response and event in turn. They remove it, set it to null or to each wrong type, use an
//! unknown enum value, and add an unknown field. They also cut each body at every byte.

mod answers;
mod change;
mod events;
mod surprise;
mod table;
