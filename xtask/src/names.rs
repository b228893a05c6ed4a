//! `cargo xtask names`: checks that types keep their names when a document grows.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;

use telnyx_codegen::pointer::to_component;
use telnyx_codegen::{Entry, METHODS, Node, TypeName, Value};

use crate::input::{read, tree};
use crate::print;

/// Checks that new operations and components do not rename existing types. The command removes each operation and each component
/// from a document, one at a time, and compares the names of the types before and after. The command also compares each document
/// of a history with the previous document, in both directions.
///
/// Exits with 1 if a type gets another name, and with 0 otherwise. The command allows two exceptions, and only counts them. A new
/// component may take its exact name from the type of an inline schema. An inline schema that occurs in several places may get
/// its name from another place.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Document with the operations and components to add
    #[arg(long, value_name = "FILE")]
    document: PathBuf,

    /// Folder with the documents of a history; the command compares them in alphabetical order
    #[arg(long, value_name = "FOLDER")]
    history: Option<PathBuf>,
}

/// The names of types by their sites.
type Names = BTreeMap<String, TypeName>;

/// What happened to names.
#[derive(Default)]
struct Verdict {
    compared: usize,
    /// Inline schemas whose name went to a component with exactly that name.
    yielded: usize,
    /// Inline schemas that now get their name from another site.
    moved: usize,
    renamed: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let whole = tree(read(&arguments.document)?)?;
    let mut is_well = true;
    let operations = operations(&whole);
    let all = names(whole.clone())?;

    let mut verdict = Verdict::default();
    for operation in &operations {
        let others: Vec<_> = operations.iter().filter(|one| *one != operation).collect();
        verdict.compare(&names(with(&whole, &others, None))?, &all);
    }
    is_well &= verdict.tell(&format!(
        "{} operations removed, one at a time",
        operations.len()
    ))?;

    let mut verdict = Verdict::default();
    let components = components(&whole);
    for component in &components {
        let users = users(&whole, component);
        let others: Vec<_> = operations
            .iter()
            .filter(|operation| !reaches(&whole, operation, &users))
            .collect();
        verdict.compare(&names(with(&whole, &others, Some(&users)))?, &all);
    }
    is_well &= verdict.tell(&format!(
        "{} components removed, one at a time",
        components.len()
    ))?;

    let mut verdict = Verdict::default();
    for reversed in [false, true] {
        let mut kept: Vec<&(String, String)> = Vec::new();
        let mut before = Names::new();
        let mut order: Vec<_> = operations.iter().collect();
        if reversed {
            order.reverse();
        }
        for operation in order {
            kept.push(operation);
            let after = names(with(&whole, &kept, None))?;
            verdict.compare(&before, &after);
            before = after;
        }
    }
    is_well &= verdict.tell("all operations added one after the other, from both ends")?;

    if let Some(folder) = &arguments.history {
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
            .map_err(|error| format!("{}: {error}", folder.display()))?
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.file_name().is_some_and(|name| name != "pairs.json"))
            .collect();
        files.sort();
        let mut verdict = Verdict::default();
        let mut before = Names::new();
        for file in &files {
            let after = names(tree(read(file)?)?)?;
            verdict.compare(&before, &after);
            verdict.compare(&after, &before);
            before = after;
        }
        let what = format!(
            "{} documents of the history, in both directions",
            files.len()
        );
        is_well &= verdict.tell(&what)?;
    }
    Ok(ExitCode::from(u8::from(!is_well)))
}

impl Verdict {
    fn compare(&mut self, before: &Names, after: &Names) {
        // New components whose name is exactly the name of their type.
        let exact: BTreeSet<String> = after
            .values()
            .filter(|name| name.structure.is_none() && name.site == name.name)
            .filter(|name| !before.contains_key(&name.site))
            .map(|name| name.name.to_lowercase())
            .collect();
        for (site, old) in before {
            let Some(new) = after.get(site) else {
                continue;
            };
            self.compared += 1;
            if old.name == new.name || old.structure != new.structure {
                continue;
            }
            let is_exact = old.structure.is_none() && old.site == old.name;
            if !is_exact && exact.contains(&old.name.to_lowercase()) {
                self.yielded += 1;
            } else if old.structure.is_some() && stem(&old.name) != stem(&new.name) {
                self.moved += 1;
            } else {
                self.renamed
                    .push(format!("{site}: {} → {}", old.name, new.name));
            }
        }
    }

    /// Prints the result, and returns whether all is well.
    fn tell(&self, what: &str) -> Result<bool, String> {
        print::line(format_args!(
            "{what}: {} names compared, {} against the rule, {} taken by a component of exactly that name, {} moved to another site",
            self.compared,
            self.renamed.len(),
            self.yielded,
            self.moved
        ))?;
        for renamed in &self.renamed {
            print::line(format_args!("  {renamed}"))?;
        }
        Ok(self.renamed.is_empty())
    }
}

/// A name without the number that makes it unique.
fn stem(name: &str) -> &str {
    name.trim_end_matches(|last: char| last.is_ascii_digit())
}

fn names(document: Node) -> Result<Names, String> {
    let names = telnyx_codegen::type_names(document, None)
        .map_err(|_| "a part of the document has mistakes".to_owned())?;
    Ok(names
        .into_iter()
        .map(|name| (name.site.clone(), name))
        .collect())
}

/// The operations, by path and method.
fn operations(document: &Node) -> Vec<(String, String)> {
    let paths = document.get("paths").map(entries).unwrap_or_default();
    let operations = paths.iter().flat_map(|path| {
        let methods = entries(&path.node).iter();
        methods
            .filter(|method| METHODS.contains(&method.key.as_str()))
            .map(|method| (path.key.clone(), method.key.clone()))
    });
    operations.collect()
}

/// The names of the schemas in `components`.
fn components(document: &Node) -> Vec<String> {
    let schemas = schemas(document);
    schemas.iter().map(|entry| entry.key.clone()).collect()
}

fn schemas(document: &Node) -> &[Entry] {
    let components = document.get("components");
    let schemas = components.and_then(|components| components.get("schemas"));
    schemas.map(entries).unwrap_or_default()
}

/// The component, and all parts of `components` that contain it, directly or through references.
fn users(document: &Node, component: &str) -> BTreeSet<String> {
    let mut users = BTreeSet::from([to_component("schemas", component)]);
    let sections = document.get("components").map(entries).unwrap_or_default();
    loop {
        let known = users.len();
        for section in sections {
            for entry in entries(&section.node) {
                if refers(&entry.node, &users) {
                    users.insert(to_component(&section.key, &entry.key));
                }
            }
        }
        if users.len() == known {
            return users;
        }
    }
}

fn reaches(document: &Node, (path, method): &(String, String), users: &BTreeSet<String>) -> bool {
    let item = document.get("paths").and_then(|paths| paths.get(path));
    let part = |key: &str| item.and_then(|item| item.get(key));
    [part(method), part("parameters")]
        .into_iter()
        .flatten()
        .any(|node| refers(node, users))
}

/// Whether the node contains one of these references, as a `$ref` or as a value of `mapping`.
fn refers(node: &Node, references: &BTreeSet<String>) -> bool {
    match &node.value {
        Value::String(text) => references.contains(text),
        Value::Sequence(items) => items.iter().any(|item| refers(item, references)),
        Value::Mapping(entries) => entries.iter().any(|entry| refers(&entry.node, references)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The document with only these operations, and without the given components. Webhooks are removed together with components, so
/// that no webhook refers to a missing one.
fn with(
    document: &Node,
    operations: &[&(String, String)],
    without: Option<&BTreeSet<String>>,
) -> Node {
    let mut document = document.clone();
    let kept: BTreeSet<(&str, &str)> = operations
        .iter()
        .map(|(path, method)| (path.as_str(), method.as_str()))
        .collect();
    change(&mut document, "paths", |paths| {
        for path in paths {
            let key = path.key.clone();
            if let Value::Mapping(methods) = &mut path.node.value {
                methods.retain(|method| {
                    !METHODS.contains(&method.key.as_str())
                        || kept.contains(&(key.as_str(), method.key.as_str()))
                });
            }
        }
    });
    let Some(without) = without else {
        return document;
    };
    change(&mut document, "components", |sections| {
        for section in sections {
            let name = section.key.clone();
            if let Value::Mapping(parts) = &mut section.node.value {
                parts.retain(|part| !without.contains(&to_component(&name, &part.key)));
            }
        }
    });
    change(&mut document, "webhooks", |webhooks| {
        webhooks.retain(|webhook| !refers(&webhook.node, without));
    });
    document
}

/// Changes the entries of a key.
fn change(document: &mut Node, key: &str, change: impl FnOnce(&mut Vec<Entry>)) {
    if let Value::Mapping(entries) = &mut document.value
        && let Some(entry) = entries.iter_mut().find(|entry| entry.key == key)
        && let Value::Mapping(inner) = &mut entry.node.value
    {
        change(inner);
    }
}

fn entries(node: &Node) -> &[Entry] {
    match &node.value {
        Value::Mapping(entries) => entries,
        _ => &[],
    }
}
