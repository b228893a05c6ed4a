//! Carries changed names into `sdk.yaml`.

use super::slice::Renamed;

/// The text of `sdk.yaml` with the new name of a component in its sites, and in patterns that start with the name. A pattern may
/// match other components too, so it stays, and the new name gets its own line.
pub(super) fn component_in_config(text: &str, old: &str, new: &str) -> String {
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
    with_kept_type(&(lines.join("\n") + "\n"), old, new)
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
/// elsewhere of the type would have no type. The other components have the line, or the file does not mention their types.
fn with_kept_type(text: &str, old: &str, new: &str) -> String {
    let mut section = "";
    let (mut is_kept, mut is_named) = (false, false);
    let mut types = None;
    for (index, line) in text.lines().enumerate() {
        match line.split_once(':') {
            Some((key, _)) if !line.starts_with([' ', '#']) => {
                section = key;
                if section == "types" {
                    types = Some(index + 1);
                }
            }
            Some((key, _)) => {
                let key = key.strip_prefix("  ").unwrap_or_default();
                let key = key.trim_matches(['"', '\'']);
                is_kept |= section == "types" && key == new;
                is_named |= BY_TYPE.contains(&section) && key == old;
            }
            None => {}
        }
    }
    let (Some(types), true, false) = (types, is_named, is_kept) else {
        return text.to_owned();
    };
    let mut lines: Vec<&str> = text.lines().collect();
    let line = format!("  {new}: {old}");
    // The line stands before those of the type's parts, if there are any.
    let is_part = |line: &&str| line.trim_start().starts_with(&format!("{new}."));
    let parts = lines[types..].iter().position(is_part);
    lines.insert(types + parts.unwrap_or_default(), &line);
    lines.join("\n") + "\n"
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

    #[test]
    fn a_type_keeps_its_name_when_its_component_is_renamed() {
        let text = "types:\n  Note: Note\n  Note.to[]: NoteTo\n  Note*.from: Sender\n";
        let due = "types:\n  Memo: Note\n  Memo.to[]: NoteTo\n  Note*.from: Sender\n  Memo.from: Sender\n";
        assert_eq!(component_in_config(text, "Note", "Memo"), due);
    }

    #[test]
    fn a_type_that_other_sections_mention_gets_a_line_that_keeps_its_name() {
        let text = "types:\n  Pen: Quill\n  Note.to[]: NoteTo\nconstructors:\n  Note: kind\n";
        let due = "types:\n  Pen: Quill\n  Memo: Note\n  Memo.to[]: NoteTo\nconstructors:\n  Note: kind\n";
        assert_eq!(component_in_config(text, "Note", "Memo"), due);

        let text = "types:\n  Pen: Quill\ntexts:\n  Note: body\n";
        let due = "types:\n  Memo: Note\n  Pen: Quill\ntexts:\n  Note: body\n";
        assert_eq!(component_in_config(text, "Note", "Memo"), due);

        let text = "types:\n  Note: Slip\nresources:\n  Note: What it is.\n";
        let due = "types:\n  Memo: Slip\nresources:\n  Note: What it is.\n";
        assert_eq!(component_in_config(text, "Note", "Memo"), due);
    }

    #[test]
    fn a_longer_name_and_a_property_are_others() {
        let text = "types:\n  NoteNote: First\n  NoteList.to: Second\n  User.Note: Third\n  'Note-long': Fourth\n";
        assert_eq!(component_in_config(text, "Note", "Memo"), text);
    }

    #[test]
    fn a_request_keeps_its_name_when_its_operation_is_renamed() {
        let text = "operations:\n  SendNote:\n    method: notes.send\n";
        let due = "operations:\n  PostNote:\n    request: SendNote\n    method: notes.send\n";
        assert_eq!(operation_in_config(text, "SendNote", "PostNote"), due);
    }
}
