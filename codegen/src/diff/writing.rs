//! How a request encodes its values: content types, styles, parts of forms, and values that every request has.

use super::accepting;
use super::change::Spot;
use super::operations::Side;
use super::rules::{Rule, What};
use super::styles::{Form, JSON, content, form, may_be, written, written_as};
use super::verdict::Deployed;
use super::walk::{Pair, Walk, Way};
use crate::contract::{Envelope, Kind, Sent, Travels};
use crate::model::{Body, Input, InputPlace, Operation, Part};
use crate::openapi::ContentType;

pub(super) const REFUSED: &str =
    "The API may reject the calls of published versions, or read them differently.";

impl<'c> Walk<'c> {
    /// Compares the parts of a request that do not come from the caller.
    pub(super) fn writing(&mut self, sides: (Side<'c>, Side<'c>)) {
        self.fixed_query(sides);
        self.body_type(sides);
        self.accept(sides);
    }

    fn fixed_query(&mut self, ((_, before), (after, after_in)): (Side<'c>, Side<'c>)) {
        let sorted = |operation: &Operation| {
            let mut pairs = operation.query.clone();
            pairs.sort();
            pairs
        };
        if sorted(before.operation) == sorted(after_in.operation) {
            return;
        }
        let shown = |operation: &Operation| match operation.query.as_slice() {
            [] => "no query".to_owned(),
            pairs => {
                let pairs = pairs.iter().map(|(name, value)| format!("{name}={value}"));
                format!("`?{}`", pairs.collect::<Vec<_>>().join("&"))
            }
        };
        let (was, is) = (shown(before.operation), shown(after_in.operation));
        let has = |pair| before.operation.query.contains(pair);
        let is_ignored = after_in.operation.query.iter().all(has);
        let cost = match is_ignored {
            true => "The API ignores what published versions send in addition.",
            false => REFUSED,
        };
        let said = (format!("Each request had {was} and now has {is}."), cost);
        let spot = Spot::New(after.place);
        let mut change = self.change(Rule::FixedQueryChanged, before, spot, said);
        if is_ignored {
            let user = &before.user;
            change.behaviour = Some(format!("the query {was} of `{user}` has no effect"));
        } else {
            change.deployed = Deployed::Broken;
        }
        self.changes.add(change);
    }

    fn body_type(&mut self, ((_, before), (after, after_in)): (Side<'c>, Side<'c>)) {
        let (was, is) = (body_type(before.operation), body_type(after_in.operation));
        let (Some(was), Some(is)) = (was, is) else {
            return;
        };
        if normalised(was) == normalised(is) {
            return;
        }
        let is_taken = after.contents.iter().any(|content| allows(content, was));
        let (deployed, cost) = match is_taken {
            true => (Deployed::Fine, "The API accepts both."),
            false => (
                Deployed::Broken,
                "The API rejects what published versions send.",
            ),
        };
        let said = (
            format!("The request body was `{was}` and is now `{is}`."),
            cost,
        );
        let spot = Spot::New(after.place);
        let mut change = self.change(Rule::BodyTypeChanged, before, spot, said);
        change.deployed = deployed;
        // The caller writes such a body.
        let is_raw = |operation: &Operation| matches!(operation.body, Body::Content(_));
        if is_raw(before.operation) && is_raw(after_in.operation) {
            change.behaviour = Some(format!(
                "`{}` sends its body as `{is}`, not `{was}`",
                before.user
            ));
        }
        self.changes.add(change);
    }

    /// Compares the content types of the response with what requests accept.
    fn accept(&mut self, ((before, before_in), (after, after_in)): (Side<'c>, Side<'c>)) {
        let (old, new) = (&before.answered, &after.answered);
        let (Some(was), Some(is)) = (&old.content, &new.content) else {
            return;
        };
        if normalised(was) == normalised(is) {
            return;
        }
        let accepted = accepted(before_in.operation);
        let is_met = |contents: &[String]| {
            contents.iter().any(|content| {
                let mut accepted = accepted.iter();
                accepted.any(|range| allows(range, content) || allows(content, range))
            })
        };
        let is_refused = is_met(&old.contents) && !is_met(&new.contents);
        let cost = match is_refused {
            true => format!(
                "Published versions send `Accept: {}`, so the API may reject their calls.",
                accepted.join(", ")
            ),
            false => String::new(),
        };
        let said = (format!("The response was `{was}` and is now `{is}`."), cost);
        let spot = Spot::New(after.place);
        let mut change = self.change(Rule::AcceptChanged, before_in, spot, said);
        if is_refused {
            change.deployed = Deployed::Broken;
        }
        let is_raw = |envelope| matches!(envelope, Envelope::Bytes | Envelope::Text);
        if is_raw(old.envelope) && old.envelope == new.envelope {
            change.behaviour = Some(format!("`{}` returns `{is}`, not `{was}`", after_in.user));
        }
        self.changes.add(change);
    }

    /// Compares how a request encodes a value from the caller.
    pub(super) fn style(&mut self, way: &Way, (old, new): Pair<'c>) {
        let (Some((was_sent, before)), Some((sent, after))) = (old.given, new.given) else {
            return;
        };
        if was_sent.is_json != sent.is_json {
            return;
        }
        let forms = (form(&before.ty), form(&after.ty));
        let is_list = |kind: &Kind| matches!(kind, Kind::List(_));
        let is_map = |kind: &Kind| matches!(kind, Kind::Map(_) | Kind::Object(_));
        let both = match forms {
            (was, is) if was == is => Some(was),
            (Form::List, Form::One) if may_be(self.new, new.shape, is_list) => Some(Form::List),
            (Form::One, Form::List) if may_be(self.old, old.shape, is_list) => Some(Form::List),
            (Form::Map, Form::One) if may_be(self.new, new.shape, is_map) => Some(Form::Map),
            (Form::One, Form::Map) if may_be(self.old, old.shape, is_map) => Some(Form::Map),
            _ => None,
        };
        // Whether several values may stand for one is a question of the type. A part has its content type anyway.
        let (was, is) = match both {
            Some(form) => (
                written(old.wire, before, form),
                written(new.wire, after, form),
            ),
            None => (content(before), content(after)),
        };
        if let (Some(was), Some(is)) = (&was, &is)
            && was != is
        {
            let (what, deployed) = match after.place {
                InputPlace::Part(_) if takes_part(sent, before, after) => {
                    (What::PartChanged, Deployed::Fine)
                }
                InputPlace::Part(_) => (What::PartChanged, Deployed::Broken),
                _ => (What::StyleChanged, Deployed::Broken),
            };
            let cost = match deployed {
                Deployed::Fine => "The API accepts both.",
                _ => REFUSED,
            };
            let wire = old.wire;
            let said = (
                format!("`{wire}` was sent as {was} and is now sent as {is}."),
                cost,
            );
            let mut way = way.clone();
            if old.wire != new.wire {
                way.carriers.extend(self.lines(&way, new));
            }
            self.note(&way, what, new.called(old.wire), deployed, said);
        }
        self.reserved_characters(way, (old, new));
    }

    /// Whether a value outside of a body is written as JSON on one side only. The types of the two sides then cannot be compared.
    pub(super) fn json_text(&mut self, way: &Way, (old, new): Pair<'c>) -> bool {
        let (Some((before, _)), Some((after, _))) = (old.given, new.given) else {
            return false;
        };
        if before.is_json == after.is_json {
            return false;
        }
        let (was, is) = (old.described(), new.described());
        // Such a value is the same in JSON and outside of JSON.
        let is_plain = match self.old.target(was) {
            (target, false) => {
                matches!(target.kind, Kind::Boolean | Kind::Integer(_) | Kind::Number)
            }
            _ => false,
        };
        let travels = match after.is_json {
            true => Some(Travels::Body),
            false => way.travels,
        };
        let is_taken = is_plain
            && after.is_json == after.json.is_some()
            && accepting::accepts((self.old, was), (self.new, is), travels, self.denied);
        let (deployed, cost) = match is_taken {
            true => (Deployed::Fine, "Published versions send the same."),
            false => (Deployed::Broken, REFUSED),
        };
        let wire = old.wire;
        let happened = match (written_as(self.old, old), written_as(self.new, new)) {
            (Some(was), Some(is)) => {
                format!("`{wire}` was sent as {was} and is now sent as {is}.")
            }
            _ if after.is_json => format!("`{wire}` is sent as JSON now: a string has quotes."),
            _ => format!("`{wire}` is sent as plain text now, not as JSON."),
        };
        let said = (happened, cost);
        let mut way = way.clone();
        way.carriers.extend(self.lines(&way, new));
        self.note(
            &way,
            What::StyleChanged,
            new.called(old.wire),
            deployed,
            said,
        );
        true
    }

    fn reserved_characters(&mut self, way: &Way, (old, new): Pair<'c>) {
        let (Some((before, _)), Some((after, _))) = (old.given, new.given) else {
            return;
        };
        if before.allows_reserved != after.allows_reserved {
            let now = match after.allows_reserved {
                true => "may have",
                false => "may no longer have",
            };
            let said = (
                format!("`{}` {now} reserved characters without encoding.", old.wire),
                "The crate encodes them in any case.",
            );
            self.note(way, What::ReservedChanged, new, Deployed::Fine, said);
        }
    }
}

/// The content type of a request's body.
fn body_type(operation: &Operation) -> Option<&str> {
    match &operation.body {
        Body::None => None,
        Body::Json => Some(operation.json_type.as_deref().unwrap_or(JSON)),
        Body::Multipart => Some("multipart/form-data"),
        Body::UrlEncoded => Some("application/x-www-form-urlencoded"),
        Body::Content(name) => Some(name),
    }
}

/// The content types that a request accepts.
fn accepted(operation: &Operation) -> Vec<&str> {
    let header = operation.accept.as_deref().unwrap_or(JSON);
    let without_rank = |range: &'_ str| range.find(";q=").unwrap_or(range.len());
    let ranges = header.split(',').map(str::trim);
    ranges.map(|range| &range[..without_rank(range)]).collect()
}

/// A content type in a normalized form. Text is in UTF-8 unless the content type names another charset.
fn normalised(written: &str) -> String {
    let mut parameters: Vec<String> = written
        .split(';')
        .skip(1)
        .map(|parameter| parameter.trim().to_ascii_lowercase().replace('"', ""))
        .filter(|parameter| !parameter.is_empty() && parameter != "charset=utf-8")
        .collect();
    parameters.sort();
    parameters.insert(0, ContentType::of(written).as_str().to_owned());
    parameters.join(";")
}

/// Whether a content type, or a range of content types, includes another.
fn allows(range: &str, content: &str) -> bool {
    let essence = ContentType::of(range);
    let content_type = ContentType::of(content);
    if essence.is_any() {
        return true;
    }
    if essence.is_range() {
        let start = essence.as_str().trim_end_matches('*');
        return content_type.as_str().starts_with(start);
    }
    let range = normalised(range);
    range == content_type.as_str() || range == normalised(content)
}

/// Whether the API accepts a part in the encoding of published versions.
fn takes_part(sent: &Sent, before: &Input, after: &Input) -> bool {
    if before.place != after.place {
        return false;
    }
    let by_default = match before.place {
        InputPlace::Part(Part::File) => "application/octet-stream",
        InputPlace::Part(Part::Json) => JSON,
        _ => "text/plain",
    };
    let was = before.part_type().unwrap_or(by_default);
    match sent.part_types.as_slice() {
        // Without an `encoding`, the caller chooses the content type of a file.
        [] => after.place == InputPlace::Part(Part::File) || allows(by_default, was),
        listed => listed.iter().any(|range| allows(range, was)),
    }
}
