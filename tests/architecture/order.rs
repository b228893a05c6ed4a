//! The order of modules: a module imports only earlier siblings.
//!
//! A module stands for everything below it. Imports between a module and its parent do not count.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::code;

/// An import against the order, with the reason why it stays.
type Back = (&'static str, &'static str, &'static str);

const GENERATOR: &[Back] = &[(
    "diagnostic",
    "tree",
    "a diagnostic knows its place, and reading a tree finds mistakes",
)];

#[test]
fn the_modules_of_the_generator_have_an_order() {
    check("codegen/src", GENERATOR);
}

#[test]
fn the_modules_of_the_runtime_have_an_order() {
    check("generated/src", RUNTIME);
}

const RUNTIME: &[Back] = &[
    (
        "blocking",
        "call",
        "a thread of the client's own sends calls, and a call can be sent there",
    ),
    (
        "call::request",
        "call::run",
        "a request sends itself, by the loop that runs it",
    ),
    (
        "client",
        "call",
        "a client makes requests, and a request holds its client",
    ),
    (
        "decode",
        "call",
        "a page keeps the call that asks for the next one",
    ),
    (
        "error",
        "transport",
        "an error keeps how sending failed, and a transport can be set up wrongly",
    ),
    (
        "trace",
        "call",
        "a span names its operation, and a call has a span",
    ),
    (
        "webhook",
        "api",
        "a webhook holds an event of the document, and events are read by its means",
    ),
];

/// Imports between siblings: by level, importer and imported.
type Levels = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// Prints the imports of all levels. Fails if a level has a cycle apart from the listed exceptions, or if an exception is not
/// needed.
fn check(folder: &str, back: &[Back]) {
    let levels = levels(folder);
    let mut drawing = String::new();
    let mut circles = Vec::new();
    let mut needless: BTreeSet<(&str, &str)> =
        back.iter().map(|(from, to, _)| (*from, *to)).collect();
    for (level, imports) in &levels {
        let is_back = |from: &str, to: &str| {
            let [from, to] = [from, to].map(|name| join(level, name));
            back.iter()
                .any(|(one, other, _)| *one == from && *other == to)
        };
        let _ = writeln!(drawing, "{}", if level.is_empty() { folder } else { level });
        let order = order(imports, &is_back);
        for module in order.modules {
            let imported: Vec<&str> = imports
                .get(&module)
                .into_iter()
                .flatten()
                .map(String::as_str)
                .collect();
            let _ = writeln!(drawing, "  {module} → {}", imported.join(", "));
            for to in imported {
                if is_back(&module, to) && reaches(imports, to, &module) {
                    let [from, to] = [module.as_str(), to].map(|name| join(level, name));
                    needless.retain(|(one, other)| *one != from || *other != to);
                }
            }
        }
        if !order.rest.is_empty() {
            circles.push(format!("in `{level}`: {}", order.rest.join(", ")));
        }
    }
    println!("{drawing}");
    assert_eq!(
        circles, [""; 0],
        "modules that import each other:\n{drawing}"
    );
    assert_eq!(needless, BTreeSet::new(), "imports that close no circle");
}

struct Order {
    /// Each module comes after all modules that it imports.
    modules: Vec<String>,
    /// The modules in cycles.
    rest: Vec<String>,
}

/// Sorts modules topologically, without the listed exceptions.
fn order(
    imports: &BTreeMap<String, BTreeSet<String>>,
    is_back: &dyn Fn(&str, &str) -> bool,
) -> Order {
    let mut rest: BTreeSet<&String> = imports.keys().chain(imports.values().flatten()).collect();
    let mut modules = Vec::new();
    loop {
        let is_next = |module: &&&String| {
            let mut imported = imports.get(**module).into_iter().flatten();
            imported.all(|to| !rest.contains(to) || is_back(module, to))
        };
        let Some(next) = rest.iter().find(is_next).copied() else {
            break;
        };
        rest.remove(next);
        modules.push(next.clone());
    }
    Order {
        modules,
        rest: rest.into_iter().cloned().collect(),
    }
}

fn reaches(imports: &BTreeMap<String, BTreeSet<String>>, from: &str, to: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![from];
    while let Some(module) = open.pop() {
        if module == to {
            return true;
        }
        if seen.insert(module) {
            open.extend(
                imports
                    .get(module)
                    .into_iter()
                    .flatten()
                    .map(String::as_str),
            );
        }
    }
    false
}

/// The imports between the modules of each level.
fn levels(folder: &str) -> Levels {
    let files = code::below(folder);
    let modules: BTreeSet<Vec<String>> = files.keys().map(|path| code::place(path)).collect();
    let mut levels = Levels::new();
    for (path, code) in &files {
        let importer = code::place(path);
        for import in &code.imports {
            let Some(imported) = module_of(import, &modules) else {
                continue;
            };
            let common = importer
                .iter()
                .zip(&imported)
                .take_while(|(one, other)| one == other)
                .count();
            // If not, one of the two modules contains the other.
            if let (Some(from), Some(to)) = (importer.get(common), imported.get(common)) {
                let level = levels.entry(importer[..common].join("::")).or_default();
                level.entry(from.clone()).or_default().insert(to.clone());
            }
        }
    }
    levels
}

/// The module to which a path from the crate's root leads.
fn module_of(path: &[String], modules: &BTreeSet<Vec<String>>) -> Option<Vec<String>> {
    (1..=path.len())
        .rev()
        .map(|length| path[..length].to_vec())
        .find(|module| modules.contains(module))
}

fn join(level: &str, module: &str) -> String {
    if level.is_empty() {
        module.to_owned()
    } else {
        format!("{level}::{module}")
    }
}

mod tests {
    use super::*;

    fn imports(pairs: &[(&str, &str)]) -> BTreeMap<String, BTreeSet<String>> {
        let mut imports: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (from, to) in pairs {
            let from = imports.entry((*from).to_owned()).or_default();
            from.insert((*to).to_owned());
        }
        imports
    }

    #[test]
    fn a_module_comes_after_what_it_imports() {
        let order = order(&imports(&[("a", "b"), ("b", "c"), ("a", "c")]), &|_, _| {
            false
        });
        assert_eq!(order.modules, ["c", "b", "a"]);
        assert_eq!(order.rest, [""; 0]);
    }

    #[test]
    fn modules_of_a_circle_have_no_place() {
        let order = order(&imports(&[("a", "b"), ("b", "a"), ("c", "a")]), &|_, _| {
            false
        });
        assert_eq!(order.rest, ["a", "b", "c"]);
    }

    #[test]
    fn a_back_edge_opens_its_circle() {
        let is_back = |from: &str, to: &str| from == "b" && to == "a";
        let order = order(&imports(&[("a", "b"), ("b", "a")]), &is_back);
        assert_eq!(order.modules, ["b", "a"]);
    }
}
