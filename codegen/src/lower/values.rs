//! Checks defaults and examples against their schemas.

mod date_time;
mod limits;

pub use date_time::is_date;
pub(crate) use limits::{is_like, is_multiple};

use std::collections::HashSet;

use super::integers;
use super::resolve::{Content, Kind, Resolved, Schema, StringKind};
use crate::diagnostic::Diagnostics;
use crate::model::Type;
use crate::openapi::{self, SchemaType, not_of_type, shown, wrong_type};
use crate::suggest;
use crate::tree::{Node, Place, Value};

/// Warns about each default and example that does not match its schema, at any depth.
pub(super) fn check(resolved: &Resolved<'_>, diagnostics: &mut Diagnostics) {
    let mut walk = Walk {
        resolved,
        diagnostics,
        seen: HashSet::new(),
        lists: HashSet::new(),
    };
    for component in &resolved.components {
        walk.schema(&component.schema);
    }
    for merged in resolved.all_merged() {
        walk.schema(merged);
    }
    for operation in &resolved.operations {
        for parameter in &operation.parameters {
            walk.schema(&parameter.schema);
        }
        let answers = operation.answers.iter().flat_map(|(_, contents)| contents);
        for content in operation.bodies.iter().chain(answers) {
            walk.content(content);
        }
    }
    for webhook in &resolved.webhooks {
        if let Some(body) = webhook.body() {
            walk.schema(body);
        }
    }
}

struct Walk<'r, 'a> {
    resolved: &'r Resolved<'a>,
    diagnostics: &'r mut Diagnostics,
    /// The places that were checked. All references to a component share the component's values.
    seen: HashSet<Place>,
    /// The lists without `items`.
    lists: HashSet<Place>,
}

impl<'r, 'a> Walk<'r, 'a> {
    fn content(&mut self, content: &'r Content<'a>) {
        self.schema(&content.schema);
        self.given("example", content.example, &content.schema);
    }

    fn schema(&mut self, schema: &'r Schema<'a>) {
        self.limits(schema);
        self.integer(schema);
        self.wire_format(schema);
        self.list(schema);
        self.given("default", schema.words.default, schema);
        self.given("example", schema.words.example, schema);
        for property in &schema.properties {
            self.schema(&property.schema);
        }
        for inner in schema.items.iter().chain(&schema.map_values) {
            self.schema(inner);
        }
        for branch in &schema.branches {
            self.schema(branch);
        }
    }

    /// Warns about limits from several schemas that exclude each other. Limits in one schema are reported where the schema is
    /// read.
    fn limits(&mut self, schema: &Schema<'a>) {
        let is_own = |low: &str| {
            let mut own = schema
                .written
                .iter()
                .flat_map(|written| written.limits.clashes());
            own.any(|([known, _], _)| known == low)
        };
        for ([low, high], message) in schema.words.limits.clashes() {
            if !is_own(low) {
                let help = format!(
                    "correct `{low}` or `{high}`: a value must fit every member of an `allOf`"
                );
                self.diagnostics.warning(schema.place, message).help(help);
            }
        }
    }

    /// Warns about an integer whose limits or default exceed every type, because the crate cannot read values beyond the type.
    fn integer(&mut self, schema: &Schema<'a>) {
        if schema.is_beyond_integers() {
            let ty = match schema.integer() {
                Type::Integer32 => "i32",
                Type::Unsigned => "u64",
                _ => "i64",
            };
            let message = format!(
                "no integer type holds all values that these limits allow, so the crate uses `{ty}`"
            );
            self.diagnostics
                .warning(schema.place, message)
                .help("correct the limits, or write `type: number` in the overlay");
        }
    }

    /// Warns about an `x-format` of ours without effect: not on a string, or on a string whose type something else decides.
    fn wire_format(&mut self, schema: &Schema<'a>) {
        let Some(found) = schema.wire_format else {
            return;
        };
        let (message, help) = match schema.kind() {
            Kind::Text if schema.string_kind() == StringKind::Timestamp => (
                "`x-format` has no effect beside `format: date-time`",
                "remove `x-format` or `format: date-time`",
            ),
            Kind::Text => return,
            Kind::Enum => (
                "`x-format` has no effect, because the schema lists its values",
                "remove `x-format`, or remove the `enum` or `const`",
            ),
            _ => (
                "`x-format` does not apply to this type",
                "write `x-format` beside `type: string`, or remove `x-format`",
            ),
        };
        // Several schemas can have it from the same member of their `allOf`.
        if self.seen.insert(found.place) {
            self.diagnostics.warning(found.place, message).help(help);
        }
    }

    /// Warns about a list without `items`.
    fn list(&mut self, schema: &Schema<'a>) {
        if !matches!(schema.kind(), Kind::List(None)) {
            return;
        }
        let written = schema.written.iter().copied();
        let mut written = written.flat_map(openapi::Schema::with_members);
        if let Some(list) = written.find(|written| written.lacks_items)
            && self.lists.insert(list.place)
        {
            self.diagnostics
                .warning(list.place, "this list has no `items`")
                .help("add `items:`; without it, each item can be any JSON value");
        }
    }

    fn given(&mut self, what: &str, value: Option<&Node>, schema: &'r Schema<'a>) {
        if let Some(value) = value.filter(|value| self.seen.insert(value.place)) {
            self.value(what, value, schema);
        }
    }

    fn value(&mut self, what: &str, value: &Node, schema: &'r Schema<'a>) {
        let Some(target) = self.resolved.target(schema) else {
            return;
        };
        let any_text = schema.any_text || target.any_text;
        if any_text && matches!(value.value, Value::String(_)) {
            return;
        }
        if matches!(target.kind(), Kind::Union) {
            if let Some(branch) = branch_of(value, target) {
                self.value(what, value, branch);
            }
            return;
        }
        if let Some(Misfit { reason, help }) = self.misfit(value, schema, target) {
            let message = format!("the {what} {}{reason}", shown(value));
            self.diagnostics.warning(value.place, message).help(help);
        }
        for property in &target.properties {
            if let Some(inner) = value.get(&property.name.value) {
                self.value(what, inner, &property.schema);
            }
        }
        if let (Value::Sequence(items), Some(schema)) = (&value.value, &target.items) {
            for item in items {
                self.value(what, item, schema);
            }
        }
        if let (Value::Mapping(entries), Kind::Map(values)) = (&value.value, target.kind()) {
            for entry in entries {
                self.value(what, &entry.node, values);
            }
        }
    }

    /// Why a value does not match.
    fn misfit(&self, value: &Node, schema: &Schema<'a>, target: &Schema<'a>) -> Option<Misfit> {
        let types = match target.kind() {
            Kind::Enum => &[SchemaType::String],
            _ => target.types.as_slice(),
        };
        if matches!(value.value, Value::Null) {
            let is_free = types.is_empty() || self.resolved.is_nullable(schema);
            return (!is_free).then(|| Misfit::of(not_of_type(value, types)));
        }
        if let Some(reason) = wrong_type(value, types, target.wire_format.is_some()) {
            let is_unquoted = types == [SchemaType::String];
            let help = if is_unquoted {
                "put the value in quotes, or correct the type"
            } else {
                Misfit::HELP
            };
            return Some(Misfit {
                help: help.to_owned(),
                reason,
            });
        }
        not_listed(value, target).or_else(|| {
            let limits = schema.words.limits.and(&target.words.limits);
            let reason = match &value.value {
                Value::String(text) => target.format.and_then(|format| {
                    let is_one = match format {
                        "date-time" => date_time::is_one(text),
                        "date" => date_time::is_date(text),
                        _ => true,
                    };
                    (!is_one).then(|| format!("is not a `{format}`"))
                }),
                Value::Number(number) if matches!(target.kind(), Kind::Integer) => {
                    beyond_format(&number.to_string(), target)
                }
                _ => None,
            };
            let reason = reason.or_else(|| limits::misfit(value, &limits));
            reason.map(Misfit::of)
        })
    }
}

/// Why a value does not match, as the end of a sentence, and what to do.
struct Misfit {
    reason: String,
    help: String,
}

impl Misfit {
    const HELP: &str = "correct the value or the schema";

    fn of(reason: String) -> Self {
        Self {
            reason,
            help: Self::HELP.to_owned(),
        }
    }
}

/// The branch of a union to which a value belongs, as far as the document shows.
fn branch_of<'r, 'a>(value: &Node, union: &'r Schema<'a>) -> Option<&'r Schema<'a>> {
    if let Some(tag) = &union.tag {
        let Value::String(kind) = &value.get(&tag.property)?.value else {
            return None;
        };
        let mut values = tag.values.iter();
        return values
            .find(|(value, _)| value.value == *kind)
            .map(|(_, branch)| &**branch);
    }
    let mut members = union.members();
    match (members.next(), members.next()) {
        (Some(only), None) if !matches!(value.value, Value::Null) => Some(only),
        _ => None,
    }
}

/// The value is not one of the values that the schema lists.
fn not_listed(value: &Node, target: &Schema<'_>) -> Option<Misfit> {
    let text = match (&value.value, &target.values) {
        (Value::String(text), Some(values)) => {
            let is_known = values.iter().any(|known| known.value == *text);
            (!is_known).then_some((text.as_str(), values.as_slice()))?
        }
        _ if target.other_values.is_empty() => return None,
        _ => {
            let json = value.to_json();
            let mut others = target.other_values.iter();
            let is_known = others.any(|known| known.to_json() == json);
            return (!is_known).then(|| match target.other_values {
                [only] => only_allowed(&only.to_json()),
                _ => Misfit::of("is not a value of the enum".to_owned()),
            });
        }
    };
    let (text, values) = text;
    if let [only] = values {
        return Some(only_allowed(&only.value));
    }
    let known = values.iter().map(|known| known.value.as_str());
    Some(Misfit {
        reason: "is not a value of the enum".to_owned(),
        help: suggest::help(
            text,
            known,
            "write a value of the enum, or add this value to the enum",
        ),
    })
}

/// The schema allows a single value, and this is another one.
fn only_allowed(value: &str) -> Misfit {
    Misfit {
        reason: format!("is not allowed: the only allowed value is `{value}`"),
        help: format!("write `{value}`, or correct the schema"),
    }
}

/// The value exceeds the format of the integer.
fn beyond_format(number: &str, target: &Schema<'_>) -> Option<String> {
    let range = integers::range(&target.integer());
    let is_beyond = integers::number(Some(number)).is_some_and(|number| !range.contains(&number));
    is_beyond.then(|| {
        let (least, most) = range.into_inner();
        format!("is not between {least} and {most}")
    })
}
