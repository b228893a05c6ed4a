//! The final wording of the types' documentation: what each value of an enum means, and `None` instead of `null`.

use crate::markdown::code;
use crate::model::{Doc, Enum, Item, ItemKind, Object, Presence};

/// Finishes the documentation of all types, which have their builders and values by then.
pub(super) fn finish(items: &mut [Item]) {
    for Item { doc, kind, .. } in items {
        match kind {
            ItemKind::Enum(item) => explain(doc, item),
            ItemKind::Object(object) if object.builder.is_none() => say_none(doc, object),
            ItemKind::Object(_) | ItemKind::Union(_) => {}
        }
    }
}

/// Writes `None` instead of `null` in the documentation of types that are only in responses, because a program never sees their
/// nulls.
fn say_none(doc: &mut Doc, object: &mut Object) {
    let fields = object.fields.iter_mut();
    let optional = fields.filter(|field| field.presence == Presence::Optional);
    let docs = optional.map(|field| &mut field.doc);
    for Doc(lines) in docs.chain([doc]) {
        for line in lines {
            *line = line.replace("`null`", "`None`");
        }
    }
}

/// Gives each variant its value's part of the list in the enum's documentation.
fn explain(doc: &Doc, item: &mut Enum) {
    for text in list_items(doc) {
        let Some((values, meaning)) = values_and_meaning(&text) else {
            continue;
        };
        let told = item.values.iter_mut();
        for value in told.filter(|value| values.contains(&value.wire.as_str())) {
            value.doc = Doc::of(&format!("{}: {meaning}", code(&value.wire)));
        }
    }
}

/// The items of the lists, each on one line.
fn list_items(Doc(lines): &Doc) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    let mut is_inside = false;
    for line in lines {
        if let Some(start) = line.strip_prefix("- ") {
            items.push(start.to_owned());
            is_inside = true;
        } else if let (true, Some(more)) = (is_inside, line.strip_prefix("  "))
            && let Some(item) = items.last_mut()
        {
            item.push(' ');
            item.push_str(more);
        } else {
            is_inside = false;
        }
    }
    items
}

/// The values at the start of an item, and their meaning: "`queued` and `sending`: on the way."
fn values_and_meaning(text: &str) -> Option<(Vec<&str>, &str)> {
    let mut values = Vec::new();
    let mut rest = text;
    loop {
        let (value, after) = rest.strip_prefix('`')?.split_once('`')?;
        values.push(value);
        if let Some(meaning) = after.strip_prefix(": ") {
            return Some((values, meaning));
        }
        let mut separators = [", ", " and ", " or "].iter();
        rest = separators.find_map(|separator| after.strip_prefix(separator))?;
    }
}
