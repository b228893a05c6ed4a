//! Reads `sdk.yaml`.

use super::{Accessor, Config, Event, Operation, Paging, Table, Webhooks};
use crate::diagnostic::Diagnostics;
use crate::reader::{Keys, Text, can_be_alias, check_path, entries, list, text};
use crate::tree::{Entry, Node, Place, Value};

/// Reads `sdk.yaml`. An empty file has no settings.
pub(crate) fn read(root: &Node, diagnostics: &mut Diagnostics) -> Config {
    if matches!(root.value, Value::Null) {
        return Config::default();
    }
    mapping(root, "the configuration", diagnostics, read_config).unwrap_or_default()
}

fn read_config(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Config {
    keys.ignore(&["$schema"]);

    Config {
        left_out: texts_at(keys, "left_out", diagnostics),
        operations: table_at(keys, "operations", diagnostics, |node, diagnostics| {
            mapping(node, "an operation's entry", diagnostics, read_operation)
        }),
        features: table_at(keys, "features", diagnostics, |node, diagnostics| {
            Some(texts(node, "a list of resources", diagnostics))
        }),
        resources: texts_at(keys, "resources", diagnostics),
        types: texts_at(keys, "types", diagnostics),
        docs: texts_at(keys, "docs", diagnostics),
        fields: table_at(keys, "fields", diagnostics, read_names),
        enums: table_at(keys, "enums", diagnostics, read_names),
        constructors: texts_at(keys, "constructors", diagnostics),
        contents: texts_at(keys, "contents", diagnostics),
        texts: texts_at(keys, "texts", diagnostics),
        accessors: table_at(keys, "accessors", diagnostics, read_accessors),
        webhooks: keys
            .node("webhooks")
            .and_then(|node| mapping(node, "`webhooks`", diagnostics, read_webhooks))
            .unwrap_or_default(),
    }
}

fn read_operation(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Operation {
    Operation {
        method: keys.text("method", diagnostics),
        request: keys.text("request", diagnostics),
        path: keys
            .text("path", diagnostics)
            .inspect(|path| check_path(path, diagnostics)),
        arguments: keys
            .node("arguments")
            .is_some()
            .then(|| keys.texts("arguments", diagnostics)),
        example: keys.texts("example", diagnostics),
        paging: keys
            .text("paging", diagnostics)
            .and_then(|text| read_paging(&text, diagnostics)),
        until_empty: keys.text("until_empty", diagnostics),
        names: texts_at(keys, "names", diagnostics),
        aliases: read_aliases(keys, diagnostics),
    }
}

fn read_aliases(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Vec<Text> {
    let aliases = keys.texts("aliases", diagnostics);
    for alias in &aliases {
        if !can_be_alias(&alias.value) {
            let message = format!("rustdoc rejects the alias {:?}", alias.value);
            let help = "use no quotes or tabs, and no space at the start or the end";
            diagnostics.error(alias.place, message).help(help);
        }
    }
    aliases
}

fn read_paging(text: &Text, diagnostics: &mut Diagnostics) -> Option<(Paging, Place)> {
    match text.value.as_str() {
        "none" => Some((Paging::None, text.place)),
        "page_number" => Some((Paging::PageNumber, text.place)),
        other => {
            let message = format!("`{other}` is not a kind of paging");
            diagnostics
                .error(text.place, message)
                .help("write `page_number` or `none`");
            None
        }
    }
}

fn read_webhooks(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Webhooks {
    Webhooks {
        dispatch: keys.texts("dispatch", diagnostics),
        events: table_at(keys, "events", diagnostics, |node, diagnostics| {
            mapping(node, "an event's entry", diagnostics, read_event)
        }),
    }
}

fn read_event(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Event {
    Event {
        payload: keys.text("payload", diagnostics),
        kinds: keys
            .node("kinds")
            .is_some()
            .then(|| keys.texts("kinds", diagnostics)),
        name: keys.text("name", diagnostics),
    }
}

fn read_accessors(node: &Node, diagnostics: &mut Diagnostics) -> Option<Table<Accessor>> {
    let methods = entries(node, "a list of methods", diagnostics);
    Some(table(methods, diagnostics, |node, diagnostics| {
        mapping(node, "a method's entry", diagnostics, read_accessor)
    }))
}

fn read_accessor(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Accessor {
    Accessor {
        first: keys.texts("first", diagnostics),
        description: keys.text("description", diagnostics),
    }
}

fn read_names(node: &Node, diagnostics: &mut Diagnostics) -> Option<Table<Text>> {
    let names = entries(node, "a list of names", diagnostics);
    Some(table(names, diagnostics, |node, diagnostics| {
        text(node, "a name", diagnostics)
    }))
}

fn texts(node: &Node, what: &str, diagnostics: &mut Diagnostics) -> Vec<Text> {
    let item = format!("an item of {what}");
    let items = list(node, what, diagnostics).iter();
    items
        .filter_map(|node| text(node, &item, diagnostics))
        .collect()
}

/// The strings of the mapping at `key`, by name.
fn texts_at(keys: &mut Keys<'_>, key: &'static str, diagnostics: &mut Diagnostics) -> Table<Text> {
    table_at(keys, key, diagnostics, |node, diagnostics| {
        text(node, &format!("a value of `{key}`"), diagnostics)
    })
}

/// The entries of the mapping at `key`, each as `read` returns it.
fn table_at<T>(
    keys: &mut Keys<'_>,
    key: &'static str,
    diagnostics: &mut Diagnostics,
    read: impl Fn(&Node, &mut Diagnostics) -> Option<T>,
) -> Table<T> {
    table(keys.entries(key, diagnostics), diagnostics, read)
}

/// Reads a mapping, and reports keys that `read` does not use.
fn mapping<T>(
    node: &Node,
    what: &str,
    diagnostics: &mut Diagnostics,
    read: fn(&mut Keys<'_>, &mut Diagnostics) -> T,
) -> Option<T> {
    let mut keys = Keys::of(node, what, diagnostics)?;
    let value = read(&mut keys, diagnostics);
    keys.finish(what, diagnostics);
    Some(value)
}

fn table<T>(
    entries: &[Entry],
    diagnostics: &mut Diagnostics,
    read: impl Fn(&Node, &mut Diagnostics) -> Option<T>,
) -> Table<T> {
    let entries = entries
        .iter()
        .filter_map(|entry| {
            Some((
                entry.key.clone(),
                (entry.key_place, read(&entry.node, diagnostics)?),
            ))
        })
        .collect();
    Table::of(entries)
}

#[cfg(test)]
mod tests {
    use super::super::schema::{ACCESSOR, EVENT, Key, OPERATION, ROOT, Shape, WEBHOOKS};
    use super::*;
    use crate::tree::{Source, parse};

    fn node(yaml: &str) -> Node {
        let source = Source {
            name: "sdk.yaml".to_owned(),
            bytes: yaml.as_bytes().to_vec(),
        };
        parse(&source, 0, &mut Diagnostics::default()).expect("the text is YAML")
    }

    /// The keys that `read` uses, sorted.
    fn asked<T>(read: fn(&mut Keys<'_>, &mut Diagnostics) -> T) -> Vec<&'static str> {
        let mut diagnostics = Diagnostics::default();
        let node = node("{}");
        let mut keys = Keys::of(&node, "a mapping", &mut diagnostics).expect("it is a mapping");
        read(&mut keys, &mut diagnostics);
        let mut asked = keys.asked().to_vec();
        asked.sort_unstable();
        asked.dedup();
        asked
    }

    fn listed(keys: &[Key]) -> Vec<&'static str> {
        let mut names: Vec<&str> = keys.iter().map(|key| key.name).collect();
        names.sort_unstable();
        names
    }

    /// A value of this shape, as YAML.
    fn value(shape: &Shape) -> Vec<String> {
        match shape {
            Shape::Text => vec!["word".to_owned()],
            Shape::Path => vec!["/word".to_owned()],
            Shape::Texts => vec!["[word]".to_owned(), "[]".to_owned()],
            Shape::Word(words) => words.iter().map(|word| (*word).to_owned()).collect(),
            Shape::ByName(inner) => value(inner)
                .iter()
                .map(|value| format!("{{ name: {value} }}"))
                .collect(),
            Shape::Keys(keys) => keys
                .iter()
                .flat_map(|key| {
                    let values = value(&key.shape).into_iter();
                    values.map(|value| format!("{{ {}: {value} }}", key.name))
                })
                .collect(),
        }
    }

    #[test]
    fn the_schema_has_the_keys_that_are_read() {
        assert_eq!(asked(read_config), listed(ROOT));
        assert_eq!(asked(read_operation), listed(OPERATION));
        assert_eq!(asked(read_webhooks), listed(WEBHOOKS));
        assert_eq!(asked(read_event), listed(EVENT));
        assert_eq!(asked(read_accessor), listed(ACCESSOR));
    }

    #[test]
    fn what_the_schema_allows_is_read() {
        for yaml in value(&Shape::Keys(ROOT)) {
            let mut diagnostics = Diagnostics::default();
            read(&node(&yaml), &mut diagnostics);
            assert!(!diagnostics.has_errors(), "{yaml}");
        }
    }

    #[test]
    fn a_key_that_the_schema_lacks_is_refused() {
        for yaml in [
            "{ other: {} }",
            "{ operations: { Send: { other: x } } }",
            "{ webhooks: { other: x } }",
        ] {
            let mut diagnostics = Diagnostics::default();
            read(&node(yaml), &mut diagnostics);
            assert!(diagnostics.has_errors(), "{yaml}");
        }
    }
}
