//! Other notations with the same meaning.

use telnyx_codegen::Input;

use super::{REPORTS, VERSION, bare, before, diff, operations};

const NOTHING: &str = "Upgrade: none   Already deployed: fine   Same code, new meaning: nothing";

#[test]
fn what_is_written_otherwise_and_means_the_same_is_no_change() {
    for (case, report, _) in REPORTS.iter() {
        if ["notation", "words"].contains(&case.row.as_str()) {
            assert_eq!(report.changes.len(), 0, "{}", case.name);
            let text = report.text(VERSION);
            let (told, left_out) = text.split_once('\n').expect("it has two lines");
            assert_eq!(told, NOTHING, "{}", case.name);
            assert!(left_out.starts_with("Not compared: "), "{left_out}");
            assert_eq!(left_out.lines().count(), 1, "{left_out}");
        }
    }
}

#[test]
fn a_schema_that_is_referred_to_or_written_in_place_is_the_same() {
    let plain = Input {
        config: None,
        ..before()
    };
    let merged = telnyx_codegen::merge(&plain).expect("it has no mistake");
    let document: serde_json::Value =
        serde_json::from_str(&merged.tree.to_json()).expect("it is JSON");
    let referring = bare(&document.to_string());
    let mut in_place = written_in_place(&document, &document);
    let kept = bare(&in_place.to_string());
    // A discriminator names these.
    let schemas = in_place["components"]["schemas"].as_object_mut();
    schemas.expect("it is an object").retain(|name, _| {
        ["Note", "Memo", "Circle", "Square", "Sailor", "Droid"].contains(&name.as_str())
    });
    for other in [kept, bare(&in_place.to_string())] {
        for (old, new) in [(&referring, &other), (&other, &referring)] {
            let report = diff(old, new);
            assert!(report.changes.is_empty(), "{}", report.text(VERSION));
        }
    }
}

#[test]
fn an_object_that_becomes_a_component_with_the_name_of_its_place_is_the_same() {
    const IN_PLACE: &str = "
    Reply: { type: object, properties: { data: { type: object, properties: { from: { type: object, properties: { id: { type: string } } } } } } }
";
    const REFERRED: &str = "
    Reply: { type: object, properties: { data: { $ref: '#/components/schemas/ReplyData' } } }
    ReplyData: { type: object, properties: { from: { $ref: '#/components/schemas/ReplyDataFrom' } } }
    ReplyDataFrom: { type: object, properties: { id: { type: string } } }
";
    for (old, new) in [(IN_PLACE, REFERRED), (REFERRED, IN_PLACE)] {
        let report = diff(&reply(old), &reply(new));
        assert!(report.changes.is_empty(), "{}", report.text(VERSION));
    }
}

#[test]
fn a_component_with_the_name_of_a_place_may_have_more_uses() {
    const IN_PLACE: &str = "
    Reply: { type: object, properties: { kind: { type: string, enum: [ReplyData, other] }, data: { type: object, properties: { id: { type: string } } } } }
";
    const REFERRED: &str = "
    Reply: { type: object, properties: { kind: { type: string, enum: [ReplyData, other] }, data: { $ref: '#/components/schemas/ReplyData' } } }
    ReplyData: { type: object, properties: { id: { type: string } } }
";
    // The value of an enum is no reference.
    let report = diff(&reply(IN_PLACE), &reply(REFERRED));
    assert!(report.changes.is_empty(), "{}", report.text(VERSION));

    let more = REFERRED.replace(
        "data: {",
        "more: { $ref: '#/components/schemas/ReplyData' }, data: {",
    );
    let report = diff(&reply(IN_PLACE), &reply(&more));
    let told: Vec<_> = report
        .changes
        .iter()
        .map(|change| (change.rule.as_str(), change.path.as_str()))
        .collect();
    let due = [("response-field-added", "types::Reply.more")];
    assert_eq!(told, due, "{}", report.text(VERSION));
}

#[test]
fn an_object_in_parts_of_an_all_of_keeps_the_name_of_its_place() {
    const WHOLE: &str = "
    Reply:
      type: object
      properties:
        data: { type: object, properties: { id: { type: string }, text: { type: string } } }
";
    let parts = WHOLE.replace(
        "{ type: object, properties: { id: { type: string }, text: { type: string } } }",
        "{ allOf: [{ type: object, properties: { id: { type: string } } }, { properties: { text: { type: string } } }] }",
    );
    let report = diff(&reply(WHOLE), &reply(&parts));
    assert!(report.changes.is_empty(), "{}", report.text(VERSION));
}

#[test]
fn what_stands_beside_a_reference_in_an_all_of_is_written_in_place_without_a_new_type() {
    const BESIDE: &str = "
    Mood: { type: string, enum: [calm, wild] }
    Reply:
      type: object
      properties:
        mood: { type: string, allOf: [{ $ref: '#/components/schemas/Mood' }] }
        usual: { $ref: '#/components/schemas/Mood' }
        other: { default: calm, description: The other., allOf: [{ $ref: '#/components/schemas/Mood' }] }
";
    let in_place = BESIDE
        .replace(
            "type: string, allOf: [{ $ref: '#/components/schemas/Mood' }]",
            "type: string, enum: [calm, wild]",
        )
        .replace(
            "allOf: [{ $ref: '#/components/schemas/Mood' }]",
            "type: string, enum: [calm, wild]",
        );
    let (beside, in_place) = (reply(BESIDE), reply(&in_place));
    for (old, new) in [(&beside, &in_place), (&in_place, &beside)] {
        let report = diff(old, new);
        assert!(report.changes.is_empty(), "{}", report.text(VERSION));
    }
}

#[test]
fn a_new_name_of_a_component_is_told_once_of_all_that_holds_it() {
    let plain = Input {
        config: None,
        ..before()
    };
    let mut renamed = plain.clone();
    let text = String::from_utf8(renamed.document.bytes).expect("it is text");
    let text = text.replace("/schemas/Note'", "/schemas/Letter'");
    renamed.document.bytes = text.replace("\n    Note:", "\n    Letter:").into_bytes();
    let report = diff(&plain, &renamed);
    let told: Vec<_> = report
        .changes
        .iter()
        .map(|change| (change.rule.as_str(), change.path.as_str()))
        .collect();
    let due = ["types::Note", "types::NoteRecordType", "types::NoteStatus"];
    assert_eq!(told, due.map(|path| ("rust-type-renamed", path)));
}

/// A document with an operation that returns the component `Reply`, which is one of these.
fn reply(components: &str) -> Input {
    const OPERATION: &str = "post: { operationId: SendReply, responses: { 200: { content: { application/json: { schema: { $ref: '#/components/schemas/Reply' } } } } } }";
    bare(&format!(
        "{}components:\n  schemas:{components}",
        operations(OPERATION)
    ))
}

/// The value with each `$ref` replaced by its target.
fn written_in_place(value: &serde_json::Value, document: &serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Object(entries) => {
            if let Some(serde_json::Value::String(target)) = entries.get("$ref") {
                let target = document.pointer(target.trim_start_matches('#'));
                return written_in_place(target.expect("it is there"), document);
            }
            let entries = entries
                .iter()
                .map(|(key, value)| (key.clone(), written_in_place(value, document)));
            serde_json::Value::Object(entries.collect())
        }
        serde_json::Value::Array(items) => items
            .iter()
            .map(|item| written_in_place(item, document))
            .collect(),
        other => other.clone(),
    }
}

#[test]
fn a_schema_in_place_is_the_same_in_another_notation() {
    const REFERRED: &str = "
openapi: 3.1.0
paths:
  /notes: { get: { operationId: GetNote, responses: { 200: { content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } } } } } }
  /boxes: { get: { operationId: GetBox, responses: { 200: { content: { application/json: { schema: { properties: { note: { $ref: '#/components/schemas/Note' } } } } } } } } }
components:
  schemas:
    Note: { type: object, properties: { kind: { type: string, enum: [note] } } }
";
    let reference = "note: { $ref: '#/components/schemas/Note' }";
    for kind in [
        "type: string, enum: [note]",
        "type: [string], enum: [note]",
        "type: string, const: note",
        "type: string, enum: [note], x-unread: 1",
    ] {
        let schema = format!("note: {{ type: object, properties: {{ kind: {{ {kind} }} }} }}");
        let in_place = REFERRED.replace(reference, &schema);
        for (old, new) in [(REFERRED, &*in_place), (&*in_place, REFERRED)] {
            let report = diff(&bare(old), &bare(new));
            assert!(report.changes.is_empty(), "{}", report.text(VERSION));
        }
    }
}

#[test]
fn a_const_beside_an_enum_is_not_the_enum_of_a_component() {
    const REFERRING: &str = "
    Reply:
      type: object
      properties:
        data: { type: object, properties: { v: { $ref: '#/components/schemas/Letter' }, w: { $ref: '#/components/schemas/Letter' } } }
    Letter: { type: string, enum: [a, b] }
";
    for in_place in [
        "v: { type: string, const: a, enum: [a, b] }",
        "v: { type: string, enum: [a, b], const: a }",
    ] {
        let new = REFERRING.replace("v: { $ref: '#/components/schemas/Letter' }", in_place);
        let report = diff(&reply(REFERRING), &reply(&new));
        assert_eq!(report.upgrade.word(), "major", "{}", report.text(VERSION));
    }
}
