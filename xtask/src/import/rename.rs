//! Gives components their new names, in the document and in its overlay. In the overlay, paths and webhooks also get their new
//! names.

use telnyx_codegen::{Node, Value};

use super::slice::{Renamed, has_new_name};
use super::text::Text;
use super::tree::{at, entries, items, text, text_at};

/// Renames components in the text of a document: their keys, and each reference to them. Returns the renamed components, and
/// those that cannot be renamed.
pub(super) fn in_document(
    document: &mut Text,
    tree: &Node,
    renamed: &[Renamed],
) -> (Vec<Renamed>, Vec<Renamed>) {
    let mut is_done = |one: &Renamed| {
        let (section, old, new) = one;
        let mark = document.mark();
        let named = at(tree, &["components", section]).map(entries);
        let mut named = named.unwrap_or_default().iter();
        let is_named = has_new_name(tree, one)
            || named
                .find(|entry| entry.key == *old)
                .is_some_and(|entry| document.rename_key(entry, new));
        let is_done = is_named && references(document, tree, one);
        if !is_done {
            document.back_to(mark);
        }
        is_done
    };
    renamed.iter().cloned().partition(|one| is_done(one))
}

/// Renames components, paths and webhooks in the text of an overlay: in targets, and in the updates of actions.
pub(super) fn in_overlay(overlay: &mut Text, tree: &Node, renamed: &[Renamed]) {
    for action in tree.get("actions").map(items).unwrap_or_default() {
        let (Some(target), Some(path)) = (action.get("target"), text_at(action, "target")) else {
            continue;
        };
        if retargeted(path, renamed) != path {
            overlay.rewrite(target, |path| retargeted(path, renamed));
        }
        let Some(update) = action.get("update") else {
            continue;
        };
        for one in renamed {
            let (section, old, new) = one;
            let named = entries(update).iter();
            if path == path_of(section)
                && let Some(entry) = named.into_iter().find(|entry| entry.key == *old)
            {
                overlay.rename_key(entry, new);
            }
            references(overlay, update, one);
        }
    }
}

/// Renames each reference to a component; `false` if one cannot be replaced.
fn references(document: &mut Text, node: &Node, renamed: &Renamed) -> bool {
    let (section, old, new) = renamed;
    let reference = |name: &str| format!("#/components/{section}/{name}");
    if text(node) == Some(&reference(old)) {
        let put = Node {
            value: Value::String(reference(new)),
            place: node.place,
        };
        return document.replace(node, put);
    }
    let inner = entries(node).iter().map(|entry| &entry.node);
    let mut inner = inner.chain(items(node));
    inner.all(|inner| references(document, inner, renamed))
}

/// The target of an action with the new names: `$.components.schemas.Note`, `$.components.schemas['Note', 'Pen']`.
fn retargeted(target: &str, renamed: &[Renamed]) -> String {
    let mut sections: Vec<&str> = renamed
        .iter()
        .map(|(section, _, _)| section.as_str())
        .collect();
    sections.sort();
    sections.dedup();
    sections.iter().fold(target.to_owned(), |target, section| {
        let new_name = |name: &str| {
            let mut renamed = renamed.iter();
            let found = renamed.find(|(known, old, _)| known == section && old == name);
            found.map_or(name, |(_, _, new)| new).to_owned()
        };
        in_section(&target, &path_of(section), new_name)
    })
}

/// The path in an overlay to a section of the components, to the paths or to the webhooks.
fn path_of(section: &str) -> String {
    match section {
        "paths" | "webhooks" => format!("$.{section}"),
        _ => format!("$.components.{section}"),
    }
}

/// The target with each name after a section replaced.
fn in_section(target: &str, section: &str, new_name: impl Fn(&str) -> String) -> String {
    let mut parts = target.split(section);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for behind in parts {
        out.push_str(section);
        if let Some(rest) = behind.strip_prefix('.') {
            let is_name = |letter: char| letter.is_alphanumeric() || "_-".contains(letter);
            let end = rest.find(|letter| !is_name(letter)).unwrap_or(rest.len());
            let (name, rest) = rest.split_at(end);
            out.push_str(&format!(".{}{rest}", new_name(name)));
        } else if let Some((names, rest)) = behind
            .split_once(']')
            .filter(|(names, _)| names.starts_with('['))
        {
            // Every second piece is a name with its closing quote.
            for (index, piece) in names.split_inclusive(['\'', '"']).enumerate() {
                match piece.split_at(piece.len() - 1) {
                    (name, quote) if index % 2 == 1 => out.push_str(&(new_name(name) + quote)),
                    _ => out.push_str(piece),
                }
            }
            out.push_str(&format!("]{rest}"));
        } else {
            out.push_str(behind);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::text::parsed;

    fn renamed() -> [Renamed; 2] {
        [("Note", "Memo"), ("Pen", "Quill")]
            .map(|(old, new)| ("schemas".to_owned(), old.to_owned(), new.to_owned()))
    }

    #[test]
    fn a_target_names_components_and_properties() {
        for (old, new) in [
            ("$.components.schemas.Note", "$.components.schemas.Memo"),
            (
                "$.components.schemas.Note.properties.Note",
                "$.components.schemas.Memo.properties.Note",
            ),
            (
                "$.components.schemas['Note', \"Pen\",\n'Note-long']['Note']",
                "$.components.schemas['Memo', \"Quill\",\n'Note-long']['Note']",
            ),
            (
                "$.components.schemas.NoteList",
                "$.components.schemas.NoteList",
            ),
            ("$.components.responses.Note", "$.components.responses.Note"),
            ("$.paths['/Note'].get", "$.paths['/Note'].get"),
        ] {
            assert_eq!(retargeted(old, &renamed()), new);
        }
    }

    #[test]
    fn an_overlay_is_renamed_in_targets_and_references_and_not_in_prose() {
        let text = "\
actions:
  # A Note.
  - target: >-
      $.components.schemas['Note',
      'Pen']
    description: A Note is written with a Pen, 'Note'.
    update:
      properties:
        Note:
          $ref: '#/components/schemas/Note'
  - { target: $.components.schemas, update: { Pen: { type: string } } }
";
        let due = text
            .replace("['Note',\n      'Pen']", "['Memo',\n      'Quill']")
            .replace("schemas/Note'", "schemas/Memo'")
            .replace("{ Pen:", "{ Quill:");
        let (tree, source) = parsed("overlay.yaml", text.to_owned()).expect("it is YAML");
        let mut overlay = Text::of(&source);
        in_overlay(&mut overlay, &tree, &renamed());
        let (_, found) = overlay.changed(&tree).expect("it is as it should be");
        assert_eq!(String::from_utf8_lossy(&found.bytes), due);
    }
}
