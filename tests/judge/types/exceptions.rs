//! Differences that are wanted: `exceptions.json`, each with its reason.

use serde_json::Value;

use super::compare::Difference;

/// A difference that is wanted, wherever the three patterns fit; a `*` stands for any run of characters.
struct Exception {
    part: String,
    path: String,
    what: String,
    is_used: bool,
}

pub(super) struct Exceptions(Vec<Exception>);

impl Exceptions {
    pub(super) fn read() -> Result<Self, String> {
        let list: Vec<Value> = serde_json::from_str(include_str!("exceptions.json"))
            .map_err(|error| format!("exceptions.json: {error}"))?;
        let text = |entry: &Value, key: &str| {
            let text = entry[key].as_str().filter(|text| !text.is_empty());
            text.map(str::to_owned)
                .ok_or_else(|| format!("exceptions.json: an entry has no `{key}`"))
        };
        let entries = list.iter().map(|entry| {
            text(entry, "reason")?;
            Ok(Exception {
                part: text(entry, "part")?,
                path: text(entry, "path")?,
                what: text(entry, "what")?,
                is_used: false,
            })
        });
        entries.collect::<Result<_, String>>().map(Self)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the difference is wanted.
    pub(super) fn explain(&mut self, difference: &Difference) -> bool {
        let what = difference.what();
        let fitting = self.0.iter_mut().find(|exception| {
            fits(&exception.part, &difference.part)
                && fits(&exception.path, &difference.path)
                && fits(&exception.what, &what)
        });
        fitting.map(|exception| exception.is_used = true).is_some()
    }

    /// Those that nothing needed.
    pub(super) fn idle(&self) -> Vec<String> {
        let idle = self.0.iter().filter(|exception| !exception.is_used);
        idle.map(|exception| format!("{} {}", exception.part, exception.path))
            .collect()
    }
}

fn fits(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|text| {
            let ends = text.char_indices().map(|(index, _)| index);
            ends.chain([text.len()])
                .any(|index| fits(rest, &text[index..]))
        }),
    }
}
