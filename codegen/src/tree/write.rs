//! Writes a tree as JSON or YAML. Only this module uses serde_yaml.

use serde::{Serialize, Serializer};

use super::{Node, Value};

impl Node {
    /// The tree as JSON, in its own order.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Writing to memory cannot fail, and all keys are strings.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The tree as JSON on several lines, for a file whose differences people read.
    #[must_use]
    pub fn to_json_lines(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// The tree as YAML, in its own order.
    #[must_use]
    pub fn to_yaml(&self) -> String {
        serde_yaml::to_string(self).unwrap_or_default()
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => value.serialize(serializer),
            Value::Number(value) => value.serialize(serializer),
            Value::String(value) => value.serialize(serializer),
            Value::Sequence(items) => serializer.collect_seq(items),
            Value::Mapping(entries) => {
                serializer.collect_map(entries.iter().map(|entry| (&entry.key, &entry.node)))
            }
        }
    }
}
