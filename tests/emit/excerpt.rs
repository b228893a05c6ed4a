//! The parts of the generated files that show a decision.
//!
//! A fixture names them in its first lines: `# shows: types/cat.rs` is a whole file, and
//! `# shows: types/cat.rs: struct Cat, documented fn new` two items of it, the first without its documentation. A struct comes
//! with its table of properties, which is in `object!`.

use telnyx_codegen::File;

/// The parts that the lines `# shows: …` of a fixture name.
pub(super) fn of(fixture: &str, files: &[File]) -> Vec<String> {
    let wishes = fixture
        .lines()
        .filter_map(|line| line.strip_prefix("# shows: "));
    wishes.map(|wish| part(wish, files)).collect()
}

fn part(wish: &str, files: &[File]) -> String {
    let (path, items) = match wish.split_once(": ") {
        Some((path, items)) => (path, items.split(", ").collect()),
        None => (wish, Vec::new()),
    };
    let file = files.iter().find(|file| file.path == path);
    let Some(File { text, .. }) = file else {
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        panic!("no file is called `{path}`; there are {paths:?}");
    };
    if items.is_empty() {
        return format!("// {path}\n{text}");
    }
    let shown = items.into_iter().flat_map(|wish| {
        let table = wish
            .strip_prefix("struct ")
            .and_then(|name| table(name, text));
        [Some(item(wish, text)), table].into_iter().flatten()
    });
    format!("// {path}\n{}", shown.collect::<Vec<_>>().join("\n"))
}

/// The table of a struct's properties, if it has one.
fn table(name: &str, text: &str) -> Option<String> {
    let start = format!("object! {{\n    impl {name} {{\n");
    let found = text.find(&start)?;
    let end = text[found..].find("\n}\n")?;
    Some(text[found..found + end + 3].to_owned())
}

/// The item whose line starts with `wish`, down to where it ends. Of several, the outermost.
fn item(wish: &str, text: &str) -> String {
    let (start, documented) = match wish.strip_prefix("documented ") {
        Some(start) => (start, true),
        None => (wish, false),
    };
    let lines: Vec<&str> = text.lines().collect();
    let numbers = 0..lines.len();
    let found = numbers.filter(|number| starts_with(lines[*number], start));
    let Some(first) = found.min_by_key(|number| indent(lines[*number])) else {
        panic!("no item starts with `{start}` in\n{text}");
    };
    let last = lines[first..]
        .iter()
        .position(|line| indent(line) == indent(lines[first]) && line.ends_with(['}', ';', ',']));
    let last = first + last.unwrap_or_default();
    let above = lines[..first].iter().rev();
    let above = above
        .take_while(|line| line.trim_start().starts_with(['/', '#']))
        .count();
    lines[first - above..=last]
        .iter()
        .filter(|line| documented || !line.trim_start().starts_with("///"))
        .map(|line| format!("{line}\n"))
        .collect()
}

fn starts_with(line: &str, start: &str) -> bool {
    let line = line.trim_start();
    let visible = ["pub ", "pub(super) ", "pub(crate) "];
    let bare = visible
        .iter()
        .find_map(|word| line.strip_prefix(word))
        .unwrap_or(line);
    let rest = bare.strip_prefix(start);
    rest.is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_'))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}
