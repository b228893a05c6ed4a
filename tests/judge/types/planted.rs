//! Differences planted in a copy of the spec: a comparison that misses one proves nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{Shapes, differences};

const MESSAGE: &str = "/components/schemas/OutboundMessagePayload/properties";
const INBOUND: &str = "/components/schemas/InboundMessagePayload/properties";
const REQUEST: &str = "/components/schemas/CreateLongCodeMessageRequest";

/// Changes the document; `None` if it has no place for that.
type Plant = fn(&mut Value) -> Option<()>;

/// What is planted, and how.
const PLANTED: [(&str, Plant); COUNT] = [
    ("a property less", |document| {
        let properties = document.pointer_mut(MESSAGE)?.as_object_mut()?;
        properties.remove("parts").map(drop)
    }),
    ("a property more", |document| {
        let properties = document.pointer_mut(INBOUND)?.as_object_mut()?;
        properties.insert("mood".to_owned(), json!({"type": "string"}));
        Some(())
    }),
    ("another type", |document| {
        let property = document.pointer_mut(&format!("{INBOUND}/text/type"))?;
        *property = json!("integer");
        Some(())
    }),
    ("a value less", |document| {
        let values = document.pointer_mut(&format!("{MESSAGE}/type/enum"))?;
        values.as_array_mut()?.pop().map(drop)
    }),
    ("nothing required", |document| {
        let request = document.pointer_mut(REQUEST)?.as_object_mut()?;
        request.remove("required").map(drop)
    }),
];

/// How many differences are planted.
pub(super) const COUNT: usize = 5;

/// Those that the comparison does not find.
pub(super) fn missed(
    document: &Value,
    theirs: &BTreeMap<String, Shapes>,
) -> Result<Vec<&'static str>, String> {
    let keys = |document: &Value| -> Result<BTreeSet<String>, String> {
        let found = differences(document, theirs)?;
        Ok(found.iter().map(super::Difference::key).collect())
    };
    let before = keys(document)?;
    let mut missed = Vec::new();
    for (what, plant) in PLANTED {
        let mut copy = document.clone();
        plant(&mut copy).ok_or_else(|| format!("the spec has no place to plant {what}"))?;
        if keys(&copy)?.is_subset(&before) {
            missed.push(what);
        }
    }
    Ok(missed)
}
