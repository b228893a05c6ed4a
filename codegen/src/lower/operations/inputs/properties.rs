//! The properties of a body, as inputs.

use super::draft::{Draft, Need};
use super::{encodings, files, nulls, read_only, sendable, several_types};
use crate::lower::naming::{Slot, Slots};
use crate::lower::resolve::{Content, Schema};
use crate::lower::types::{Typed, Types, check_required, note_undescribed};
use crate::lower::words;
use crate::model::{Body, InputPlace, Part, Type};
use crate::openapi::{Limits, Method};

/// A body of which each property is an input.
pub(super) struct Properties<'a, 'o> {
    pub(super) content: &'a Content<'a>,
    pub(super) kind: &'o Body,
    pub(super) method: Method,
}

impl<'a> Properties<'a, '_> {
    /// Adds a draft for each property that the client sends.
    pub(super) fn add(
        &self,
        slots: Slots<'a, 'a>,
        drafts: &mut Vec<Draft<'a>>,
        types: &mut Types<'a>,
    ) {
        if !sendable::check_count(&slots, self.content.name, types.diagnostics) {
            return;
        }
        for object in slots.objects {
            check_required(object, types.diagnostics);
            sendable::check_properties(object, types);
        }
        encodings::check(self.content, &slots.slots, types.diagnostics);
        for slot in slots.slots {
            drafts.push(self.draft(slot, types));
        }
    }

    fn draft(&self, slot: Slot<'a, 'a>, types: &mut Types<'a>) -> Draft<'a> {
        note_undescribed(&slot.wire, slot.place, slot.schema, types);
        let typed = self.typed(&slot, types);
        self.check_below(slot.schema, types);
        let (travels, part_type) = self.travels(&slot, &typed.ty, types);
        let Slot {
            wire,
            schema,
            place,
            property_of,
            is_below_optional,
            ..
        } = slot;
        let rank = property_of.and_then(|(object, name)| object.rank(name));
        let rank = rank.filter(|_| !is_below_optional);
        let of_object = property_of.and_then(|(object, _)| object.type_words.example);
        let example = self.content.example.or(of_object);
        Draft {
            place,
            need: rank.map_or(Need::Optional, Need::RequiredProperty),
            // If there is nothing to clear, null means the same as an absent property.
            clearable: self.is_partial() && typed.nullable && *self.kind == Body::Json,
            filled: *self.kind == Body::Json
                && is_filled(&types.resolved.limits(schema), &typed.ty),
            travels,
            part_types: part_type
                .map(|own| (wire.clone(), own))
                .into_iter()
                .collect(),
            is_json: false,
            doc: words::of_property(schema, &wire),
            deprecated: schema.deprecated,
            sample: example
                .and_then(|example| example.get(&wire))
                .or(schema.words.example),
            typed,
            wire,
        }
    }

    /// Whether the API keeps the properties that a request lacks.
    fn is_partial(&self) -> bool {
        self.is_merge() || matches!(self.method, Method::Patch | Method::Put)
    }

    fn is_merge(&self) -> bool {
        self.content.content_type().is_merge_patch()
    }

    /// The type of a property: a file, one value or a list of them, or the type of its schema.
    fn typed(&self, slot: &Slot<'a, 'a>, types: &mut Types<'a>) -> Typed {
        let Slot {
            wire,
            site,
            schema,
            part,
            ..
        } = slot;
        if *self.kind == Body::Multipart {
            let of_anything = || {
                let encoding = self.content.encoding(part);
                files::of_anything(schema, encoding, types.resolved)
            };
            let file = files::of(schema, types.resolved).or_else(of_anything);
            if let Some(file) = file {
                return Typed::of(file);
            }
            files::check(wire, schema, types);
        }
        let is_text = *self.kind != Body::Json && !encodings::is_json(self.content, part);
        let list = match is_text {
            true => several_types::one_or_list(schema, site, types),
            false => None,
        };
        list.map_or_else(|| types.of(schema, site), Typed::of)
    }

    /// Warns about values inside a property that the client cannot send.
    fn check_below(&self, schema: &'a Schema<'a>, types: &mut Types<'a>) {
        let is_json = *self.kind == Body::Json;
        if is_json && (self.is_merge() || self.method == Method::Patch) {
            nulls::check_below(schema, self.method, types);
        }
        read_only::check_below(schema, types.resolved, types.diagnostics);
        if is_json {
            nulls::check_items(schema, types);
        }
    }

    /// Where a request contains a property, and the content type of a part.
    fn travels(
        &self,
        slot: &Slot<'a, 'a>,
        ty: &Type,
        types: &mut Types<'a>,
    ) -> (InputPlace, Option<String>) {
        let Slot {
            wire,
            schema,
            place,
            part,
            ..
        } = slot;
        if *self.kind == Body::Json {
            return (InputPlace::Body, None);
        }
        let (part, part_type) = encodings::part(self.content, (part, wire), (schema, ty), types);
        if part != Part::Json {
            several_types::warn_of_json((wire, *place), schema, ty, types);
        }
        (InputPlace::Part(part), part_type)
    }
}

/// Whether the document requires at least one character in a string, or one item in a list.
fn is_filled(limits: &Limits, ty: &Type) -> bool {
    let least = match ty {
        Type::List(_) => limits.min_items.as_ref(),
        _ => limits.min_length.as_ref(),
    };
    least.is_some_and(|least| least != "0")
}
