//! Whatever a server or a webhook sends, nothing panics and nothing is lost.
//!
//! Each field of each answer and event in turn is taken away, null, of every wrong type, an enum value nobody knows, or
//! beside a field nobody knows; and each body is cut at every byte.

mod answers;
mod change;
mod events;
mod surprise;
mod table;
