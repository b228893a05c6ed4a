//! Removes from a new crate the parts that it shares with the old crate. The compiler then checks these parts once, and not for
//! each change.

use std::collections::{BTreeMap, BTreeSet};

use super::code::{Files, PROGRAM};

/// The module of the old crate.
pub(super) const OLD: &str = "old";

/// The file that declares the parts. Each crate has its own.
const ROOT: &str = "mod.rs";
const TYPES: &str = "types/mod.rs";

/// The end of the lines before the functions of a program.
const BEFORE_FUNCTIONS: &str = "::{self as api, types};\n";

const FUNCTION_END: &str = "\n}\n";

/// A part that is shared as a whole: a type, a resource with its requests, or the events.
#[derive(Default)]
struct Part<'f> {
    texts: BTreeMap<&'f str, &'f str>,
    /// The names with which other code mentions the part.
    names: BTreeSet<&'f str>,
}

/// The parts of a crate: types by `types/` and their file name, other parts by their module.
type Parts<'f> = BTreeMap<&'f str, Part<'f>>;

/// The new crate without the parts that it shares with the old crate.
///
/// Both crates share a part if its code is the same, and the code of all parts that it mentions. The new crate then uses the old
/// crate's part. A function of the program stays if it mentions a part that is not shared.
pub(super) fn without_shared(old: &Files, new: &Files) -> Files {
    let parts = parts(new);
    let changed = changed((&self::parts(old), old), (&parts, new));
    let mut left = new.clone();
    for (name, part) in &parts {
        if part.names.is_disjoint(&changed) {
            left.retain(|path, _| !part.texts.contains_key(path.as_str()));
            import(&mut left, name);
        }
    }
    let old: BTreeSet<&str> = old
        .get(PROGRAM)
        .into_iter()
        .flat_map(|text| functions(text).1)
        .collect();
    if let Some(program) = left.get_mut(PROGRAM) {
        let (start, functions) = functions(program);
        let functions = functions.filter(|function| {
            let is_function = function.ends_with(FUNCTION_END);
            !is_function
                || !old.contains(function)
                || words(function).any(|word| changed.contains(word))
        });
        *program = std::iter::once(start).chain(functions).collect();
    }
    left
}

/// Declares a part of the new crate as the old crate's part.
fn import(files: &mut Files, part: &str) {
    let old = format!("crate::upgrades::{OLD}");
    let mut replace = |path: &str, from: String, to: String| {
        if let Some(text) = files.get_mut(path) {
            *text = text.replace(&from, &to);
        }
    };
    match part.strip_prefix("types/") {
        Some(file) => {
            replace(TYPES, format!("mod {file};"), format!("mod {file} {{}}"));
            replace(TYPES, format!("self::{file}::"), format!("{old}::types::"));
        }
        None => replace(ROOT, format!("mod {part};"), format!("use {old}::{part};")),
    }
}

fn parts(files: &Files) -> Parts<'_> {
    let mut parts = Parts::new();
    for (path, text) in files {
        let name = match path.as_str() {
            ROOT | TYPES | PROGRAM => continue,
            path if path.starts_with("types/") => path.trim_end_matches(".rs"),
            path => path
                .split('/')
                .next()
                .unwrap_or(path)
                .trim_end_matches(".rs"),
        };
        let part = parts.entry(name).or_default();
        part.texts.insert(path, text);
        part.names.extend(declared(text));
        if !name.starts_with("types/") {
            part.names.insert(name);
        }
    }
    parts
}

/// The names of the public types of a file.
fn declared(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().map(str::trim_start);
    let declared = lines.filter_map(|line| {
        let line = line.strip_prefix("pub ")?;
        ["struct ", "enum ", "type ", "trait "]
            .iter()
            .find_map(|keyword| line.strip_prefix(keyword))
    });
    declared.flat_map(|rest| words(rest).next())
}

/// The names of all parts that the crates do not share.
fn changed<'f>(
    (old, old_files): (&Parts<'f>, &'f Files),
    (new, new_files): (&Parts<'f>, &'f Files),
) -> BTreeSet<&'f str> {
    let both = || old.iter().chain(new);
    let names: BTreeSet<&str> = both()
        .flat_map(|(_, part)| part.names.iter().copied())
        .collect();
    let mut changed = BTreeSet::new();
    for root in [ROOT, TYPES] {
        let [old, new] = [old_files, new_files].map(|files| declarations(files.get(root)));
        let differ = old.symmetric_difference(&new).flatten();
        changed.extend(
            differ
                .flat_map(|line| words(line))
                .filter(|word| names.contains(word)),
        );
    }
    for (name, part) in both() {
        let texts = [old, new].map(|parts| parts.get(name).map(|part| &part.texts));
        if texts[0] != texts[1] {
            changed.extend(&part.names);
        }
    }
    // A part that mentions an unshared part is not shared either.
    let mentions = both().map(|(_, part)| {
        let words = part.texts.values().flat_map(|text| words(text));
        let words: BTreeSet<&str> = words.filter(|word| names.contains(word)).collect();
        (part, words)
    });
    let mentions: Vec<(&Part, BTreeSet<&str>)> = mentions.collect();
    loop {
        let known = changed.len();
        for (part, words) in &mentions {
            if !words.is_disjoint(&changed) {
                changed.extend(&part.names);
            }
        }
        if changed.len() == known {
            return changed;
        }
    }
}

/// The lines of a root, each with its attributes.
fn declarations(root: Option<&String>) -> BTreeSet<Vec<&str>> {
    let mut declarations = BTreeSet::new();
    let mut lines = Vec::new();
    for line in root.into_iter().flat_map(|text| text.lines()) {
        lines.push(line);
        if !line.trim_start().starts_with('#') {
            declarations.insert(std::mem::take(&mut lines));
        }
    }
    declarations
}

/// What is before the functions of a program, and the functions.
fn functions(program: &str) -> (&str, impl Iterator<Item = &str>) {
    let start = program
        .find(BEFORE_FUNCTIONS)
        .map_or(0, |at| at + BEFORE_FUNCTIONS.len());
    let (start, functions) = program.split_at(start);
    (start, functions.split_inclusive(FUNCTION_END))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    words.filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROGRAM_TEXT: &str = "use crate::api::{self as api, types};\n\
        async fn notes_get(api: &api::Entry) {\nlet note = api.notes().get();\n}\n\
        fn read_Note(it: types::Note) {\nlet field: types::Author = it.author;\n}\n\
        fn read_Pen(it: types::Pen) {\nlet field: String = it.colour;\n}\n\
        use crate::api::crate_features::feature_a;\n";

    /// A crate with a resource, a type that mentions another type, and a type on its own.
    fn files() -> Files {
        let files = [
            (
                ROOT,
                "#[cfg(all())]\npub mod notes;\npub mod types;\nmod program;\n",
            ),
            (
                "notes/mod.rs",
                "pub struct Notes;\nimpl Notes {\npub fn get(&self) -> types::Note {}\n}\n",
            ),
            (
                TYPES,
                "mod author;\nmod note;\nmod pen;\npub use self::author::Author;\n\
                pub use self::note::Note;\npub use self::pen::Pen;\n",
            ),
            ("types/author.rs", "pub struct Author;\n"),
            (
                "types/note.rs",
                "pub struct Note {\npub author: types::Author,\n}\n",
            ),
            ("types/pen.rs", "pub struct Pen {\npub colour: String,\n}\n"),
            (PROGRAM, PROGRAM_TEXT),
        ];
        let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
        Files::from(files)
    }

    /// The paths that stay after a replacement in a file, and the new crate.
    fn left_after(path: &str, from: &str, to: &str) -> (Vec<String>, Files) {
        let mut new = files();
        let text = new.get_mut(path).expect("the file exists");
        assert!(text.contains(from), "{text}");
        *text = text.replace(from, to);
        let left = without_shared(&files(), &new);
        (left.keys().cloned().collect(), left)
    }

    #[test]
    fn a_crate_without_a_change_has_no_part_of_its_own() {
        let left = without_shared(&files(), &files());
        let paths: Vec<&String> = left.keys().collect();
        assert_eq!(paths, [ROOT, PROGRAM, TYPES]);
        assert_eq!(
            left[ROOT],
            "#[cfg(all())]\npub use crate::upgrades::old::notes;\npub mod types;\nmod program;\n"
        );
        let types = &left[TYPES];
        assert!(types.contains("mod pen {}\n"), "{types}");
        assert!(
            types.contains("pub use crate::upgrades::old::types::Pen;"),
            "{types}"
        );
        assert!(!left[PROGRAM].contains("fn "), "{}", left[PROGRAM]);
        assert!(left[PROGRAM].contains("feature_a"), "{}", left[PROGRAM]);
    }

    #[test]
    fn what_mentions_a_changed_type_is_not_shared() {
        let (paths, left) = left_after("types/author.rs", "Author;", "Author {}");
        let due = [
            ROOT,
            "notes/mod.rs",
            PROGRAM,
            "types/author.rs",
            TYPES,
            "types/note.rs",
        ];
        assert_eq!(paths, due);
        let program = &left[PROGRAM];
        assert!(program.contains("notes_get") && program.contains("read_Note"));
        assert!(!program.contains("read_Pen"), "{program}");
    }

    #[test]
    fn a_resource_behind_another_condition_is_not_shared() {
        let (paths, left) = left_after(ROOT, "all()", "any()");
        assert_eq!(paths, [ROOT, "notes/mod.rs", PROGRAM, TYPES]);
        assert!(left[PROGRAM].contains("notes_get"), "{}", left[PROGRAM]);
    }

    #[test]
    fn a_removed_type_is_not_shared() {
        let mut new = files();
        new.remove("types/pen.rs");
        let types = new.get_mut(TYPES).expect("the file exists");
        *types = types
            .replace("mod pen;\n", "")
            .replace("pub use self::pen::Pen;\n", "");
        let left = without_shared(&files(), &new);
        assert!(left[PROGRAM].contains("read_Pen"), "{}", left[PROGRAM]);
        assert!(!left[PROGRAM].contains("read_Note"), "{}", left[PROGRAM]);
    }

    #[test]
    fn a_changed_function_of_the_program_stays() {
        let (_, left) = left_after(PROGRAM, "fn read_Pen", "#[cfg(any())]\nfn read_Pen");
        assert!(left[PROGRAM].contains("read_Pen"), "{}", left[PROGRAM]);
    }
}
