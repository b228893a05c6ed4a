//! Carries changed names into `sdk.yaml`.

use telnyx_codegen::{Node, Source, TypeName};

use super::slice::Renamed;

/// The types of the spec, with their sites; none if the spec has mistakes.
pub(super) fn types_of(spec: &Node, config: Source) -> Vec<TypeName> {
    telnyx_codegen::type_names(spec.clone(), Some(&config)).unwrap_or_default()
}

/// The text of `sdk.yaml` with the new name of a component in its sites, and in patterns that start with the name. A pattern may
/// match other components too, so it stays, and the new name gets its own line.
pub(super) fn component_in_config(
    text: &str,
    (old, new): (&str, &str),
    types: &[TypeName],
) -> String {
    let mut lines = Vec::new();
    let mut is_types = false;
    for line in text.lines() {
        if !line.starts_with([' ', '#']) && !line.is_empty() {
            is_types = line.starts_with("types:");
        }
        let key = line.trim_start().trim_start_matches(['"', '\'']);
        let behind = key.strip_prefix(old).filter(|_| is_types);
        match behind.and_then(|rest| rest.chars().next()) {
            Some('*') => {
                lines.push(line.to_owned());
                lines.push(line.replacen(&format!("{old}*"), new, 1));
            }
            // The type's name follows the colon, and must not change.
            Some(':' | '.' | '[' | '{' | '|' | '"' | '\'') => {
                lines.push(line.replacen(old, new, 1))
            }
            _ => lines.push(line.to_owned()),
        }
    }
    with_kept_type(&(lines.join("\n") + "\n"), (old, new), types)
}

/// The sections of `sdk.yaml` whose keys are names of types in Rust.
const BY_TYPE: [&str; 7] = [
    "docs",
    "fields",
    "enums",
    "constructors",
    "contents",
    "texts",
    "accessors",
];

/// The text of `sdk.yaml` with a line that keeps the name of a renamed component's type. Without this line, what the file says
/// elsewhere of the type, or of a type inside it, would have no type. The other components have the line, or the file does not
/// mention their types.
fn with_kept_type(text: &str, (old, new): (&str, &str), types: &[TypeName]) -> String {
    let mut section = "";
    let mut is_kept = false;
    let (mut named, mut given) = (Vec::new(), Vec::new());
    let mut start = None;
    for (index, line) in text.lines().enumerate() {
        match line.split_once(':') {
            Some((key, _)) if !line.starts_with([' ', '#']) => {
                section = key;
                if section == "types" {
                    start = Some(index + 1);
                }
            }
            Some((key, value)) => {
                let key = key.strip_prefix("  ").unwrap_or_default();
                let key = key.trim_matches(['"', '\'']);
                if section == "types" {
                    is_kept |= key == new;
                    given.push(value.trim());
                } else if BY_TYPE.contains(&section) {
                    named.push(key);
                }
            }
            None => {}
        }
    }
    let mut of_component = types.iter().filter(|ty| is_of(&ty.site, old));
    let is_named = of_component.any(|ty| {
        let name = ty.name.as_str();
        named.contains(&name) && !given.contains(&name)
    });
    if !is_named || is_kept {
        return text.to_owned();
    }
    let mut all = types.iter();
    let name = all
        .find(|ty| ty.site == old)
        .map_or(old, |ty| ty.name.as_str());
    let mut lines: Vec<&str> = text.lines().collect();
    let line = format!("  {new}: {name}");
    let start = start.unwrap_or_else(|| {
        lines.push("types:");
        lines.len()
    });
    // The line stands before those of the type's parts, if there are any.
    let is_part = |line: &&str| line.trim_start().starts_with(&format!("{new}."));
    let mut section = lines[start..].iter().take_while(|line| is_inside(line));
    let parts = section.position(is_part);
    lines.insert(start + parts.unwrap_or_default(), &line);
    lines.join("\n") + "\n"
}

/// Whether a line does not start the next section.
fn is_inside(line: &str) -> bool {
    line.is_empty() || line.starts_with([' ', '#'])
}

/// Whether a site is a component, or is inside it.
fn is_of(site: &str, component: &str) -> bool {
    let rest = site.strip_prefix(component);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[', '{', '|']))
}

/// The text of `sdk.yaml` with a line for a new webhook, which contains the path of its content.
pub(super) fn event_in_config(text: &str, name: &str, payload: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let section = lines.iter().position(|line| *line == "webhooks:");
    let events = section.and_then(|section| {
        let events = lines[section..]
            .iter()
            .position(|line| *line == "  events:");
        events.map(|events| section + events + 1)
    });
    let Some(events) = events else {
        return text.to_owned();
    };
    let known = lines[events..].iter();
    let end = events + known.take_while(|line| line.starts_with("    ")).count();
    let line = format!("    {name}: {{ payload: {payload} }}");
    lines.insert(end, &line);
    lines.join("\n") + "\n"
}

/// The text of `sdk.yaml` with the new names of webhooks.
pub(super) fn events_in_config(text: &str, renamed: &[Renamed]) -> String {
    let mut lines = Vec::new();
    let (mut is_webhooks, mut is_events) = (false, false);
    for line in text.lines() {
        if !line.starts_with([' ', '#']) && !line.is_empty() {
            is_webhooks = line.starts_with("webhooks:");
        }
        if line.starts_with("  ") && !line.starts_with("   ") {
            is_events = is_webhooks && line.starts_with("  events:");
        }
        let key = line
            .strip_prefix("    ")
            .and_then(|line| line.split_once(':'));
        let found = key.and_then(|(key, rest)| {
            let found = renamed
                .iter()
                .find(|(section, old, _)| section == "webhooks" && old == key);
            found.map(|(_, _, new)| format!("    {new}:{rest}"))
        });
        lines.push(found.filter(|_| is_events).unwrap_or(line.to_owned()));
    }
    lines.join("\n") + "\n"
}

/// The text of `sdk.yaml` with the new id of an operation, whose request keeps its name.
pub(super) fn operation_in_config(text: &str, old: &str, new: &str) -> String {
    let mut lines = Vec::new();
    for line in text.lines() {
        if line == format!("  {old}:") {
            lines.push(format!("  {new}:"));
            let has_request = text
                .split_once(&format!("\n  {old}:\n"))
                .is_some_and(|(_, rest)| {
                    rest.lines()
                        .take_while(|line| line.starts_with("    "))
                        .any(|line| line.starts_with("    request:"))
                });
            if !has_request {
                lines.push(format!("    request: {old}"));
            }
        } else if line
            .trim_start()
            .trim_start_matches('"')
            .starts_with(&format!("{old}."))
        {
            lines.push(line.replacen(old, new, 1));
        } else {
            lines.push(line.to_owned());
        }
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_webhook_comes_after_the_others() {
        let text = "webhooks:\n  dispatch: [data.type]\n  events:\n    noteRead: { payload: data }\nlast: 1\n";
        let due = "webhooks:\n  dispatch: [data.type]\n  events:\n    noteRead: { payload: data }\n    noteLost: { payload: data.payload }\nlast: 1\n";
        assert_eq!(event_in_config(text, "noteLost", "data.payload"), due);
        assert_eq!(event_in_config("types:\n", "noteLost", "data"), "types:\n");
    }

    /// What becomes of a file when `Note` is renamed to `Memo`, and its type is `Note`.
    fn renamed(text: &str) -> String {
        let ty = |(site, name): (&str, &str)| TypeName {
            site: site.to_owned(),
            name: name.to_owned(),
            structure: None,
        };
        let types = [
            ("Note", "Note"),
            ("Note.state", "NoteState"),
            ("NoteList", "NoteList"),
        ];
        component_in_config(text, ("Note", "Memo"), &types.map(ty))
    }

    #[test]
    fn a_type_inside_a_component_keeps_its_name_if_other_sections_mention_it() {
        let text = "docs:\n  NoteState: What it is.\n";
        let due = "docs:\n  NoteState: What it is.\ntypes:\n  Memo: Note\n";
        assert_eq!(renamed(text), due);
        // These are another component, and a type with a line of its own.
        let text = "types:\n  Pen: Quill\ndocs:\n  NoteList: What it is.\n";
        assert_eq!(renamed(text), text);
        let text = "types:\n  Note.state: NoteState\ndocs:\n  NoteState: What it is.\n";
        assert_eq!(renamed(text), text.replace("Note.state", "Memo.state"));
    }

    #[test]
    fn a_kept_name_is_the_one_in_rust() {
        let types = [TypeName {
            site: "my_Note".to_owned(),
            name: "MyNote".to_owned(),
            structure: None,
        }];
        let text = "types:\n  Pen: Quill\ndocs:\n  MyNote: What it is.\n";
        let due = "types:\n  Memo: MyNote\n  Pen: Quill\ndocs:\n  MyNote: What it is.\n";
        assert_eq!(component_in_config(text, ("my_Note", "Memo"), &types), due);
    }

    #[test]
    fn a_type_keeps_its_name_when_its_component_is_renamed() {
        let text = "types:\n  Note: Note\n  Note.to[]: NoteTo\n  Note*.from: Sender\n";
        let due = "types:\n  Memo: Note\n  Memo.to[]: NoteTo\n  Note*.from: Sender\n  Memo.from: Sender\n";
        assert_eq!(renamed(text), due);
    }

    #[test]
    fn a_type_that_other_sections_mention_gets_a_line_that_keeps_its_name() {
        let text = "types:\n  Pen: Quill\n  Note.to[]: NoteTo\nconstructors:\n  Note: kind\n";
        let due = "types:\n  Pen: Quill\n  Memo: Note\n  Memo.to[]: NoteTo\nconstructors:\n  Note: kind\n";
        assert_eq!(renamed(text), due);

        let text = "types:\n  Pen: Quill\ntexts:\n  Note: body\n";
        let due = "types:\n  Memo: Note\n  Pen: Quill\ntexts:\n  Note: body\n";
        assert_eq!(renamed(text), due);

        let text = "types:\n  Note: Slip\nresources:\n  Note: What it is.\n";
        let due = "types:\n  Memo: Slip\nresources:\n  Note: What it is.\n";
        assert_eq!(renamed(text), due);
    }

    #[test]
    fn a_longer_name_and_a_property_are_others() {
        let text = "types:\n  NoteNote: First\n  NoteList.to: Second\n  User.Note: Third\n  'Note-long': Fourth\n";
        assert_eq!(renamed(text), text);
    }

    #[test]
    fn a_request_keeps_its_name_when_its_operation_is_renamed() {
        let text = "operations:\n  SendNote:\n    method: notes.send\n";
        let due = "operations:\n  PostNote:\n    request: SendNote\n    method: notes.send\n";
        assert_eq!(operation_in_config(text, "SendNote", "PostNote"), due);
    }
}
