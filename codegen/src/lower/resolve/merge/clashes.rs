//! Reports members of an `allOf` that exclude each other.

use super::Merger;
use crate::openapi;

impl<'a> Merger<'a, '_> {
    /// Reports two parts that exclude each other, once for each pair.
    pub(super) fn report_clash(&mut self, [outer, inner]: [&'a openapi::Schema; 2]) {
        if !self.clashes.insert([outer.place, inner.place]) {
            return;
        }
        let message = format!(
            "no value is both {} and {}",
            outer.types[0].name(),
            inner.types[0].name()
        );
        self.diagnostics
            .warning(inner.place, message)
            .related(outer.place, "the generator uses this type")
            .help("change one of the two types: a value must match every branch of an `allOf`");
    }

    /// Reports two enums without a common value, once for each pair.
    pub(super) fn report_clash_of_values(&mut self, [outer, inner]: [&'a openapi::Schema; 2]) {
        if !self.clashes.insert([outer.place, inner.place]) {
            return;
        }
        self.diagnostics
            .warning(inner.place, "no value is in both enums")
            .related(outer.place, "the generator uses this enum")
            .help(
                "a value must fit every member of an `allOf`; use `oneOf` if it must fit only one member",
            );
    }
}
