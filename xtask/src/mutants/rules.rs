//! The rules, how to break each, and the test that must then fail.
//!
//! The command finds a rule by the text of its code, without regard to blanks, anywhere in `codegen/src` or `generated/src`.

mod generator;
mod runtime;

use super::rule::Rule;

pub(super) fn all() -> impl Iterator<Item = &'static Rule> {
    generator::RULES.iter().chain(runtime::RULES)
}
