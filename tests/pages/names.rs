//! Names of files, commands, tests and guides.

use std::collections::BTreeSet;

use super::{page, pages, prose, spans};
use crate::sources;

#[test]
fn a_file_that_a_page_names_exists() {
    let mut known: BTreeSet<String> = sources::paths()
        .iter()
        .map(|path| format!("/{path}"))
        .collect();
    for name in ["Cargo.toml", "Cargo.lock", "README.md"] {
        known.insert(format!("/{name}"));
    }
    let exists = |named: &str| match named.strip_suffix('/') {
        Some(folder) => known
            .iter()
            .any(|path| path.contains(&format!("/{folder}/"))),
        None => known
            .iter()
            .any(|path| path.ends_with(&format!("/{named}"))),
    };
    let endings: BTreeSet<&str> = known.iter().filter_map(|path| ending(path)).collect();
    // A folder, or a file with an extension that our files have.
    let is_ours = |span: &str| {
        is_path(span)
            && (span.ends_with('/') || ending(span).is_some_and(|end| endings.contains(end)))
    };
    let mut count = 0;
    for (page, text) in pages() {
        for named in spans(&text).filter(|span| is_ours(span)) {
            assert!(exists(named), "{page} names `{named}`, which is not there");
            count += 1;
        }
    }
    assert!(count > 100, "the pages name files: {count}");
}

/// Whether the text can be a path in this workspace, and not, for example, a URL.
fn is_path(span: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
    span.chars().all(is_plain) && !span.starts_with('/') && !span.starts_with("target/")
}

/// `rs` of `xtask/src/main.rs`.
fn ending(path: &str) -> Option<&str> {
    let (_, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (stem, ending) = name.rsplit_once('.')?;
    (!stem.is_empty()).then_some(ending)
}

#[test]
fn a_command_that_a_page_names_exists() {
    let commands = variants("xtask/src", "main.rs", "enum Command {");
    let comparisons = variants("xtask/src", "judge.rs", "enum Comparison {");
    let mut count = 0;
    for (page, text) in pages() {
        let text = text.split_whitespace().collect::<Vec<&str>>().join(" ");
        for called in text.split("cargo xtask ").skip(1) {
            let mut words = called.split(|c: char| !c.is_ascii_lowercase() && c != '-');
            let command = words.next().unwrap_or_default();
            if command.is_empty() {
                continue;
            }
            count += 1;
            assert!(commands.contains(command), "{page}: cargo xtask {command}");
            let comparison = words.next().unwrap_or_default();
            assert!(
                command != "judge" || comparison.is_empty() || comparisons.contains(comparison),
                "{page}: cargo xtask judge {comparison}"
            );
        }
    }
    assert!(count > 20, "the pages name commands: {count}");
}

#[test]
fn contributing_lists_the_comparisons_and_those_that_ci_runs() {
    let page = page(".github/CONTRIBUTING.md");
    let listed = page.lines().filter_map(|line| {
        let (name, _) = line.strip_prefix("| `judge ")?.split_once('`')?;
        Some(name.to_owned())
    });
    let listed: BTreeSet<String> = listed.collect();
    assert_eq!(
        listed,
        variants("xtask/src", "judge.rs", "enum Comparison {")
    );

    let (_, second_job) = page
        .split_once("CI's second job also runs `cargo xtask judge` with ")
        .expect("it says what CI runs");
    let (second_job, _) = second_job.split_once(". These").expect("a sentence ends");
    let said: BTreeSet<&str> = spans(second_job).collect();
    let workflow = sources::one(".github/workflows", "ci.yml");
    let run = workflow.lines().filter_map(|line| {
        let name = line.trim().strip_prefix("- run: cargo xtask judge ")?;
        (!name.contains(' ')).then_some(name)
    });
    assert_eq!(said, run.collect());
}

#[test]
fn a_test_that_a_page_names_exists() {
    let architecture = page(".github/ARCHITECTURE.md");
    let tests = sources::rust_below("tests");
    let runtime = sources::rust_below("generated/src");
    let (_, table) = architecture
        .split_once("| promise | tests |\n|---|---|\n")
        .expect("there is the table");
    let (table, _) = table.split_once("\n\n").expect("the table ends");
    let guide = prose(&page("generated/src/guides/reliability.md"));
    for promise in guide.lines().filter_map(|line| line.strip_prefix("# ")) {
        let row = format!("| {promise} | ");
        assert!(table.contains(&row), "no test of {promise}");
    }
    let named: Vec<&str> = table
        .lines()
        .flat_map(spans)
        .filter(|span| {
            span.chars()
                .all(|c| c.is_ascii_lowercase() || "_:".contains(c))
        })
        .collect();
    assert!(named.len() > 20, "{named:?}");
    for name in named {
        let path = name.replace("::", "/");
        let (outer, last) = path.rsplit_once('/').unwrap_or((&path, ""));
        let is_file = [&tests, &runtime].into_iter().any(|files| {
            files.contains_key(&format!("{path}.rs"))
                || files
                    .keys()
                    .any(|file| file.starts_with(&format!("{path}/")))
        });
        let is_inside = last == "tests"
            && runtime
                .get(&format!("{outer}.rs"))
                .is_some_and(|text| text.contains("mod tests"));
        assert!(is_file || is_inside, "the table names {name}");
    }

    let security = page(".github/SECURITY.md");
    let functions: Vec<&str> = spans(&security).filter(|span| is_sentence(span)).collect();
    assert!(!functions.is_empty());
    for function in functions {
        let start = format!("fn {function}(");
        let mut files = tests.values().chain(runtime.values());
        assert!(files.any(|text| text.contains(&start)), "{function}");
    }
}

/// Whether the text is the name of a test: several words with underscores.
fn is_sentence(span: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    span.matches('_').count() > 2 && span.split('_').all(is_word)
}

#[test]
fn the_front_page_lists_each_guide() {
    let listed = sources::one("generated/src", "lib.rs");
    let listed = listed.lines().filter_map(|line| {
        let (name, _) = line.strip_prefix("//! | [`")?.split_once("`](guides::")?;
        Some(name.to_owned())
    });
    let files = sources::names_below("generated/src/guides").into_iter();
    let files = files.filter_map(|name| Some(name.strip_suffix(".md")?.to_owned()));
    assert_eq!(
        listed.collect::<BTreeSet<String>>(),
        files.collect::<BTreeSet<String>>()
    );
}

/// The variants of an enum of commands, as a user types them.
fn variants(folder: &str, name: &str, start: &str) -> BTreeSet<String> {
    let text = sources::one(folder, name);
    let (_, body) = text.split_once(start).expect("there is the enum");
    let (body, _) = body.split_once("\n}").expect("the enum ends");
    let names = body.lines().filter_map(|line| {
        let line = line.strip_prefix("    ")?;
        let starts = line.starts_with(|c: char| c.is_ascii_uppercase());
        let end = line.find(['(', ',', ' ']).unwrap_or(line.len());
        starts.then(|| typed(&line[..end]))
    });
    names.collect()
}

/// A user types `WireVerdicts` as `wire-verdicts`.
fn typed(name: &str) -> String {
    let mut typed = String::new();
    for (index, letter) in name.char_indices() {
        if letter.is_ascii_uppercase() && index > 0 {
            typed.push('-');
        }
        typed.push(letter.to_ascii_lowercase());
    }
    typed
}
