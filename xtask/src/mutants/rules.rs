//! The rules, how to break each rule, and the test that must then fail.
//!
//! The command searches for a rule's code anywhere in `codegen/src` or `generated/src`. Blanks make no difference.

mod generator;
mod runtime;

use super::rule::Rule;

pub(super) fn all() -> impl Iterator<Item = &'static Rule> {
    generator::RULES.iter().chain(runtime::RULES)
}
