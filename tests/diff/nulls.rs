//! Where a published crate sends null.

use super::{VERSION, bare, deployed, diff, operations};

#[test]
fn a_body_with_other_properties_of_any_json_can_send_null() {
    let body = operations(
        "post: { operationId: SendNote, requestBody: { content: { application/json: { schema: { type: object, properties: { text: { type: [string, 'null'] } }, additionalProperties: {} } } } }, responses: { 204: {} } }",
    );
    let never = body.replace("[string, 'null']", "string");
    let rule = "request-field-no-longer-nullable".to_owned();
    let due = [(rule, "broken")];
    assert_eq!(deployed(&bare(&body), &bare(&never)), due);
}

#[test]
fn a_setter_that_clears_a_value_is_told_when_it_goes() {
    let call = |verb: &str, required: &str, ty: &str| {
        bare(&operations(&format!(
            "{verb}: {{ operationId: AddNote, requestBody: {{ content: {{ application/json: {{ schema: {{ required: [to{required}], properties: {{ to: {{ type: string }}, text: {{ type: {ty} }} }} }} }} }} }}, responses: {{ 204: {{}} }} }}"
        )))
    };
    let told = |verb: &str, required: &str| {
        let old = call(verb, "", "[string, 'null']");
        let report = diff(&old, &call(verb, required, "string"));
        let mut changes = report.changes.into_iter();
        let null = changes.find(|change| change.rule == "request-field-no-longer-nullable");
        let null = null.expect("it was nullable");
        (null.happened, null.rust.word())
    };
    let gone = "`text` cannot be null now, and `clear_text()` is gone.";
    assert_eq!(told("put", ""), (gone.to_owned(), "major"));
    assert_eq!(told("put", ", text"), (gone.to_owned(), "major"));
    // A POST has no such setter. That `text` is an argument now is the other change.
    let plain = "`text` is no longer null.".to_owned();
    assert_eq!(told("post", ", text"), (plain, "none"));
}

#[test]
fn a_field_with_a_new_name_that_may_be_null_is_no_other_change() {
    let answer = |text: &str| {
        bare(&operations(&format!(
            "get: {{ operationId: GetNote, responses: {{ 200: {{ content: {{ application/json: {{ schema: {{ properties: {{ {text}, read: {{ type: boolean }} }} }} }} }} }} }} }}"
        )))
    };
    let (old, new) = (
        answer("words: { type: string }"),
        answer("text: { type: [string, 'null'] }"),
    );
    let log = diff(&old, &new).changelog(VERSION);
    assert!(!log.contains("New: "), "{log}");
}
