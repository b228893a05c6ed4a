//! The limits of values, in the contract.

use std::collections::BTreeSet;

use super::{Shapes, json};
use crate::contract::Limits;
use crate::lower::resolve::{Kind as Written, Schema};
use crate::pointer;

impl<'a> Shapes<'_, 'a> {
    pub(super) fn limits(&self, schema: &Schema<'a>) -> Limits {
        Limits {
            any_of: self.any_of(schema),
            ..limits(schema)
        }
    }

    /// The properties that the branches beside an object's properties require. If a branch requires nothing, nothing is required.
    fn any_of(&self, schema: &Schema<'a>) -> Vec<BTreeSet<String>> {
        if !matches!(schema.kind(), Written::Object) {
            return Vec::new();
        }
        let branches = schema.written.iter().flat_map(|part| &part.branches);
        let required = branches.map(|branch| -> BTreeSet<String> {
            let name = branch.reference.as_ref();
            let name = name.map(|reference| pointer::last_name(&reference.value));
            let component = name.and_then(|name| self.resolved.component(&name));
            let target = component.and_then(|known| self.resolved.target(&known.schema));
            match target {
                Some(target) => required(target),
                None => {
                    let names = branch.required.iter();
                    names.map(|name| name.value.clone()).collect()
                }
            }
        });
        let required: Vec<_> = required.collect();
        match required.iter().any(BTreeSet::is_empty) {
            true => Vec::new(),
            false => required,
        }
    }
}

fn required(schema: &Schema<'_>) -> BTreeSet<String> {
    let names = schema.required.iter();
    names.map(|name| name.value.clone()).collect()
}

fn limits(schema: &Schema<'_>) -> Limits {
    let written = &schema.words.limits;
    let number = |value: &Option<String>| value.as_deref()?.parse().ok();
    let numbers = |limits: [(&'static str, &Option<String>); 5]| {
        let limits = limits.into_iter();
        let known = limits.filter_map(|(keyword, value)| Some((keyword, number(value)?)));
        known.collect()
    };
    // A closed object without properties is always empty, regardless of `maxProperties`.
    let is_always_empty = schema.is_closed && schema.properties.is_empty();
    let max_properties = match is_always_empty {
        true => Some("0".to_owned()),
        false => written.max_properties.clone(),
    };
    let without_schema = schema.required.iter().map(|name| &name.value);
    let without_schema = without_schema.filter(|name| schema.property(name).is_none());
    let multiples = written.multiples.iter();
    let multiples = multiples.filter_map(|multiple| multiple.parse().ok());
    Limits {
        lower: numbers([
            ("minimum", &written.minimum),
            ("exclusiveMinimum", &written.exclusive_minimum),
            ("minLength", &written.min_length),
            ("minItems", &written.min_items),
            ("minProperties", &written.min_properties),
        ]),
        upper: numbers([
            ("maximum", &written.maximum),
            ("exclusiveMaximum", &written.exclusive_maximum),
            ("maxLength", &written.max_length),
            ("maxItems", &written.max_items),
            ("maxProperties", &max_properties),
        ]),
        multiples: multiples.collect(),
        patterns: written.patterns.iter().cloned().collect(),
        unique_items: written.unique_items,
        values: schema.other_values.iter().map(json).collect(),
        integers: None,
        required: without_schema.cloned().collect(),
        always: required(schema),
        any_of: Vec::new(),
    }
}
