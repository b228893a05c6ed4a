//! The patterns of the spec, each compiled once.

use std::collections::HashMap;

use regex_lite::Regex;
use serde_json::Value;

/// The values of `pattern` in a document, as regular expressions.
#[derive(Debug)]
pub(super) struct Patterns(HashMap<String, Regex>);

impl Patterns {
    pub(super) fn of(document: &Value) -> Self {
        let mut patterns = HashMap::new();
        let mut open = vec![document];
        while let Some(part) = open.pop() {
            match part {
                Value::Object(members) => {
                    if let Some(pattern) = members.get("pattern").and_then(Value::as_str)
                        && let Ok(compiled) = Regex::new(pattern)
                    {
                        patterns.insert(pattern.to_owned(), compiled);
                    }
                    open.extend(members.values());
                }
                Value::Array(items) => open.extend(items),
                _ => {}
            }
        }
        Self(patterns)
    }

    /// Whether the text does not match the pattern. A pattern that Rust cannot compile matches every text.
    pub(super) fn is_unlike(&self, pattern: &str, text: &str) -> bool {
        let compiled = self.0.get(pattern);
        compiled.is_some_and(|compiled| !compiled.is_match(text))
    }
}
